use std::sync::{Arc, Mutex};

use super::*;

#[test]
fn output_is_cut_into_whole_lines() {
    let seen = Arc::new(Mutex::new(Vec::new()));
    let lines = seen.clone();
    let log = LogSink::Function(Arc::new(move |line: &str| lines.lock().unwrap().push(line.to_owned())));
    let mut buffer = LineBuffer { log, pending: Vec::new() };
    buffer.push(b"one\ntw");
    buffer.push(b"o\nthree");
    drop(buffer);
    assert_eq!(*seen.lock().unwrap(), ["one", "two", "three"]);
}
