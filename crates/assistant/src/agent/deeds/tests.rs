use serde_json::json;

use super::*;

fn done(name: &str, arguments: Value, result: Value) -> ToolCall {
    let arguments = arguments.as_object().unwrap().clone();
    ToolCall { id: "a".to_owned(), name: name.to_owned(), arguments, outcome: CallOutcome::Done { result } }
}

fn task(id: i64) -> Value {
    json!({"task": {"id": id, "title": "milk"}})
}

#[test]
fn acts_of_a_kind_are_one_sentence() {
    let mut calls = vec![
        done("list_tasks", json!({}), json!({"tasks": [{"id": 1}]})),
        done("add_task", json!({"title": "a"}), task(7)),
        done("add_task", json!({"title": "b"}), task(8)),
        done("update_task", json!({"task_id": 3, "completed": true}), task(3)),
        done("update_task", json!({"task_id": 4, "completed": false}), task(4)),
        done("update_task", json!({"task_id": 5, "title": "x", "completed": true}), task(5)),
        done("delete_task", json!({"task_id": 6}), json!({"deleted_id": 6, "title": "milk"})),
        done("undo", json!({}), json!({"tasks": [{"id": 6}]})),
    ];
    let english = ["Added #7, #8.", "Completed #3.", "Reopened #4.", "Changed #5.", "Deleted #6.", "Brought back #6."];
    assert_eq!(deeds(&calls, Language::English), english);
    assert_eq!(deeds(&calls, Language::German)[..2], ["Hinzugefügt: #7, #8.", "Erledigt: #3."]);
    calls[1].outcome = CallOutcome::Failed { error: "No room.".to_owned() };
    assert_eq!(deeds(&calls, Language::English)[0], "Added #8.");
    assert_eq!(failures(&calls), ["add_task: No room."]);
}
