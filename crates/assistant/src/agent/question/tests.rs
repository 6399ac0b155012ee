use serde_json::{Map, json};

use super::*;

#[test]
fn a_report_uses_the_words_of_the_question() {
    let call = |outcome| ToolCall { id: "a".into(), name: "x".into(), arguments: serde_json::Map::new(), outcome };
    let done = call(CallOutcome::Done { result: Value::Null });
    assert_eq!(report(&done, "delete #3 \"milk\"", Language::English), "Deleted #3 \"milk\".");
    assert_eq!(report(&done, "send_mail {}", Language::English), "Done: send_mail {}.");
    let failed = call(CallOutcome::Failed { error: "No task with id 3.".into() });
    assert_eq!(
        report(&failed, "delete #3 \"milk\"", Language::English),
        "Not done (delete #3 \"milk\"): No task with id 3."
    );
    assert_eq!(report(&done, "#3 „milk“ löschen", Language::German), "Erledigt: #3 „milk“ löschen.");
}

#[test]
fn questions_are_in_the_language_of_the_user() {
    let call = |name: &str, arguments: Value| ToolRequest {
        id: None,
        name: name.to_owned(),
        arguments: arguments.as_object().unwrap().clone(),
    };
    let summaries = |call: &ToolRequest| {
        let kind = CallKind::of(&call.name, &call.arguments, false, true);
        [Language::English, Language::German]
            .map(|language| summarize_call(call, kind, Some("Milch"), &DayWords { language, today: None }))
    };
    for (call, english, german) in [
        (call("delete_task", json!({"task_id": 1})), "delete #1 \"Milch\"", "#1 „Milch“ löschen"),
        (call("complete_task", json!({"task_id": 1})), "complete #1 \"Milch\"", "#1 „Milch“ abhaken"),
        (
            call("update_task", json!({"task_id": 1, "completed": false})),
            "reopen #1 \"Milch\"",
            "#1 „Milch“ wieder öffnen",
        ),
        (
            call("update_task", json!({"task_id": 1, "title": "Brot"})),
            "change #1 \"Milch\": title \"Brot\"",
            "#1 „Milch“ ändern: Titel „Brot“",
        ),
        (
            call("update_task", json!({"task_id": 1, "due": "2026-12-01", "remind": [10]})),
            "change #1 \"Milch\": due Tuesday, 1 December 2026, reminders in minutes before [10]",
            "#1 „Milch“ ändern: fällig Dienstag, 1. Dezember 2026, Erinnerungen in Minuten vorher [10]",
        ),
        (call("undo", json!({"change": 7})), "undo change 7", "Änderung 7 rückgängig machen"),
        (call("undo", json!({})), "undo the last change", "die letzte Änderung rückgängig machen"),
        (call("send_mail", json!({"to": "x"})), "send_mail {\"to\":\"x\"}", "send_mail {\"to\":\"x\"}"),
    ] {
        assert_eq!(summaries(&call), [english, german]);
    }
    let outcome =
        CallOutcome::ConfirmationRequired { action_id: "a".into(), summary: "#1 „Milch“ löschen".into() };
    let call = ToolCall { id: "c".into(), name: "delete_task".into(), arguments: Map::new(), outcome };
    assert_eq!(
        confirmation_request(&[call], Language::German).unwrap(),
        "Bitte bestätige: #1 „Milch“ löschen? Sag „ja“ oder „nein“."
    );
}
