use super::*;

/// The events of a stream that comes in pieces of this size, and its other lines.
fn read(bytes: &[u8], size: usize) -> (Vec<String>, String) {
    let mut events = EventReader::default();
    let mut seen = Vec::new();
    let mut take = |data: &[u8]| seen.push(String::from_utf8(data.to_vec()).unwrap());
    for piece in bytes.chunks(size) {
        events.push(piece, &mut take);
    }
    let other_lines = events.finish(&mut take).unwrap();
    (seen, String::from_utf8(other_lines).unwrap())
}

#[test]
fn events_are_the_same_however_they_are_cut_and_whatever_ends_their_lines() {
    let stream = "data: {\"a\":\"é\"}\n\n: note\n\nevent: x\ndata: {\ndata: }\n\ndata:last";
    for end in ["\n", "\r\n", "\r"] {
        let stream = stream.replace('\n', end);
        for size in 1..stream.len() {
            let (seen, other_lines) = read(stream.as_bytes(), size);
            assert_eq!(seen, ["{\"a\":\"é\"}", "{\n}", "last"], "{end:?} {size}");
            assert_eq!(other_lines, "");
        }
    }
}

#[test]
fn a_separator_of_unicode_ends_no_line() {
    let (seen, _) = read("data: a\u{2028}b\u{2029}c\u{85}d\n\n".as_bytes(), 3);
    assert_eq!(seen, ["a\u{2028}b\u{2029}c\u{85}d"]);
}

#[test]
fn bare_json_is_kept_apart() {
    let (seen, other_lines) = read(b"data: {}\n\n{\n \"error\": {\"code\": 503}\n}\n", 7);
    assert_eq!((seen, other_lines.as_str()), (vec!["{}".to_owned()], "{ \"error\": {\"code\": 503}}"));
}

#[test]
fn a_line_without_an_end_is_rejected() {
    let mut events = EventReader::default();
    let piece = vec![b'x'; DEFAULT_LIMIT];
    events.push(&piece, &mut |_| ());
    events.push(&piece, &mut |_| ());
    assert!(events.finish(&mut |_| ()).is_err());
}
