//! Streams that break at every byte, and clients that go at every event: nothing runs that should not, and the turn is whole.

use super::*;
use crate::turn::Step;

fn event(parts: &str, finish: &str) -> String {
    format!("data: {{\"candidates\":[{{\"content\":{{\"role\":\"model\",\"parts\":{parts}}}{finish}}}]}}\r\n\r\n")
}

/// A text in three events, a call, and the end.
fn stream() -> Vec<u8> {
    let mut events = event(r#"[{"text":"Ädding "}]"#, "");
    events += &event(r#"[{"text":"milk… "}]"#, "");
    events += &event(r#"[{"functionCall":{"name":"add_task","args":{"title":"milk"}},"thoughtSignature":"c2ln"}]"#, "");
    events += &event(r#"[{"text":""}]"#, r#","finishReason":"STOP""#);
    events.into_bytes()
}

#[test]
fn a_stream_that_breaks_at_any_byte_runs_no_half_call_and_is_said() {
    let whole = stream();
    for cut in 0..whole.len() {
        for live in [false, true] {
            let add = r#"[{"functionCall":{"name":"add_task","args":{"title":"milk"}}}]"#;
            let broken = ScriptedResponse::Broken(whole[..cut].to_vec());
            let host = TestHost::default().gemini_says(vec![broken, parts(add), says("Added.")]);
            host.live.set(live);
            let reply = host.chat(&[], "add milk").unwrap();
            let is_heard = host.events.borrow().iter().any(|event| event.starts_with("text Ä"));
            let added = host.called.borrow().len();
            if live && is_heard {
                // What was heard is kept, and what was begun did not happen.
                assert_eq!(added, 0, "at {cut}");
                assert!(reply.text.starts_with("Ädding") && reply.text.contains("cut off"), "at {cut}: {}", reply.text);
                assert_eq!(
                    reply.text.contains("was not done"),
                    host.requests.borrow().len() == 1 && cut >= call_end(&whole),
                    "at {cut}"
                );
            } else {
                assert_eq!((added, reply.text.as_str()), (1, "Added."), "at {cut}");
            }
            assert!(host.turn("add milk").outcome().is_some(), "at {cut}: the turn has an end");
        }
    }
}

/// Where the JSON of the call is complete.
fn call_end(whole: &[u8]) -> usize {
    let text = String::from_utf8_lossy(whole);
    let text = text.as_ref();
    text.find("functionCall").map(|at| at + text[at..].find("\r\n\r\n").unwrap()).unwrap()
}

#[test]
fn a_client_that_goes_at_any_event_reads_later_what_was_done() {
    let two = r#"[{"functionCall":{"name":"add_task","args":{"title":"a"}}},{"functionCall":{"name":"add_task","args":{"title":"b"}}}]"#;
    let mut stops = 0;
    for after in 0..12 {
        let host = TestHost::default().gemini_says(vec![parts(two), says("Added both.")]);
        host.live.set(true);
        host.leaves_after.set(Some(after));
        let reply = host.chat(&[], "add a and b").unwrap();
        let (done, turn) = (host.called.borrow().len(), host.turn("add a and b"));
        assert_eq!(turn.calls().count(), done, "after {after}: each call that ran is stored");
        assert!(turn.outcome().is_some(), "after {after}: the turn has an end");
        let Some(Step::Model(last)) = turn.steps.last() else { panic!("after {after}: no last words") };
        assert_eq!(last.text, reply.text, "after {after}: what is kept is what was said");
        if reply.text.contains("Stopped.") {
            stops += 1;
            let told = ["Stopped.", "Stopped. Added #1.", "Stopped. Added #1, #2."][done];
            assert!(reply.text.ends_with(told), "after {after}: {}", reply.text);
        }
    }
    assert!(stops >= 5);
}

#[test]
fn a_turn_that_dies_at_any_record_goes_on_and_does_nothing_twice() {
    let add = r#"[{"functionCall":{"name":"add_task","args":{"title":"a"}}},{"functionCall":{"name":"add_task","args":{"title":"b"}}}]"#;
    for records in 0..4 {
        let host = TestHost::default().gemini_says(vec![parts(add), says("Added both."), says("Added both.")]);
        host.dies_after.set(Some(records));
        assert!(host.chat(&[], "add a and b").is_err(), "after {records}");
        host.dies_after.set(None);
        if records == 0 {
            continue; // nothing is stored to go on with
        }
        let turn = host.turn("add a and b");
        let model = crate::testing::says_done();
        let reply = host.go_on_with(&model, turn).unwrap();
        assert_eq!(reply.text, "Done.", "after {records}");
        assert_eq!(host.tasks.borrow().len(), 2, "after {records}: each task is added once");
    }
}
