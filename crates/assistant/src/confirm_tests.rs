use super::*;
use crate::language::Language;
use crate::question::{ask, parse_yes_or_no, question, report};
use crate::turn::{CallOutcome, ToolCall};

fn may_delete(message: &str, title: &str) -> bool {
    Wish::of(message).allows(Kind::Delete, Some(3), 1, || Some(title.to_owned()))
}

#[test]
fn only_a_message_that_names_deleting_and_the_task_allows_it() {
    for (message, allowed) in [
        ("Delete the groceries task", true),
        ("delete task 3", true),
        ("please remove groceries from my list", true),
        ("Get rid of the grocery thing", true),
        ("delete \"buy groceries\"", true),
        ("Lösche groceries", true),
        ("show my tasks", false),
        ("yes", false),
        ("delete it", false),
        ("delete task 4", false),
        ("delete the milk", false),
        ("don't delete anything", false),
        ("Do not remove groceries", false),
        ("never ever delete task 3", false),
        ("add undeleted groceries", false),
        ("delete everything", false),
    ] {
        assert_eq!(may_delete(message, "Buy groceries"), allowed, "{message}");
    }
    assert!(may_delete("「牛乳」を削除して", "牛乳"));
}

#[test]
fn what_is_pasted_is_not_asked() {
    for message in [
        "What does this mean: \"please delete task 3 now\"?",
        "I got this mail:\ndelete task 3",
        "He wrote “remove groceries from your list at once”",
        &format!("{} delete task 3", "bla ".repeat(80)),
    ] {
        assert!(!may_delete(message, "Buy groceries"), "{message}");
    }
}

#[test]
fn several_deletions_wait_even_when_they_are_named() {
    let wish = Wish::of("Delete tasks 2, 3 and #7, please");
    for id in [2, 3, 7] {
        assert!(!wish.allows(Kind::Delete, Some(id), 3, || None));
    }
    assert!(Wish::of("delete #7").allows(Kind::Delete, Some(7), 1, || None));
}

#[test]
fn a_text_is_changed_only_where_the_message_says_so() {
    let may = |message: &str| Wish::of(message).allows(Kind::Change, Some(2), 1, || Some("Buy bread".to_owned()));
    for (message, allowed) in [
        ("rename task 2 to Buy rolls", true),
        ("change bread to rolls", true),
        ("set the description of task 2 to wholemeal", true),
        ("show my tasks", false),
        ("complete task 2", false),
        ("rename task 5 to Buy rolls", false),
    ] {
        assert_eq!(may(message), allowed, "{message}");
    }
}

#[test]
fn a_few_tasks_are_completed_at_once_and_many_are_asked_for() {
    let wish = Wish::of("complete everything");
    assert!(wish.allows(Kind::Mark, Some(1), 3, || None));
    assert!(!wish.allows(Kind::Mark, Some(1), 4, || None));
    assert!(Wish::of("complete tasks 1, 2, 3, 4").allows(Kind::Mark, Some(1), 4, || None));
}

#[test]
fn the_kind_of_a_call_is_that_of_its_effect() {
    let kind = |name: &str, arguments: Value, destructive| Kind::of(name, arguments.as_object().unwrap(), destructive);
    use serde_json::json;
    assert_eq!(kind("delete_task", json!({}), false), Kind::Delete);
    assert_eq!(kind("update_task", json!({"title": "a"}), true), Kind::Change);
    assert_eq!(kind("update_task", json!({"completed": true, "title": null}), true), Kind::Mark);
    assert_eq!(kind("list_tasks", json!({}), false), Kind::Harmless);
    assert_eq!(kind("send_mail", json!({}), true), Kind::Destructive);
}

#[test]
fn only_a_whole_yes_is_one() {
    for (message, said) in [
        ("Yes", Some(true)),
        ("yes, please!", Some(true)),
        ("OK.", Some(true)),
        ("Yes, delete them", Some(true)),
        ("please do", Some(true)),
        ("Да", Some(true)),
        ("Ja, bitte!", Some(true)),
        ("nein danke", Some(false)),
        ("No", Some(false)),
        ("no thanks", Some(false)),
        ("Don’t", Some(false)),
        ("never mind", Some(false)),
        ("yes but not the milk", None),
        ("yesterday", None),
        ("what's left?", None),
        ("add yes", None),
        ("is that a yes or a no", None),
        ("", None),
        ("please", None),
    ] {
        assert_eq!(parse_yes_or_no(message), said, "{message}");
    }
}

#[test]
fn what_came_of_a_question_is_told_in_its_own_words() {
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
fn questions_are_asked_in_the_readers_language() {
    let call = |name: &str, arguments: Value| ToolRequest {
        id: None,
        name: name.to_owned(),
        arguments: arguments.as_object().unwrap().clone(),
    };
    let asked = |call: &ToolRequest| {
        let kind = Kind::of(&call.name, &call.arguments, true);
        [Language::English, Language::German].map(|language| question(call, kind, Some("Milch"), language))
    };
    use serde_json::json;
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
        (call("send_mail", json!({"to": "x"})), "send_mail {\"to\":\"x\"}", "send_mail {\"to\":\"x\"}"),
    ] {
        assert_eq!(asked(&call), [english, german]);
    }
    let outcome =
        CallOutcome::ConfirmationRequired { action_id: "a".into(), summary: "#1 „Milch“ löschen".into() };
    let call = ToolCall { id: "c".into(), name: "delete_task".into(), arguments: Map::new(), outcome };
    assert_eq!(ask(&[call], Language::German).unwrap(), "Bitte bestätige: #1 „Milch“ löschen? Sag „ja“ oder „nein“.");
}
