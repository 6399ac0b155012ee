use super::*;
use serde_json::value::to_raw_value;

fn request(name: &str, arguments: Value) -> ToolRequest {
    ToolRequest { id: None, name: name.to_owned(), arguments: arguments.as_object().unwrap().clone() }
}

#[test]
fn arguments_that_can_mean_one_thing_only_are_taken_so() {
    for (name, arguments, tool, expected) in [
        ("complete_task", json!({"task_id": 1.0}), "complete_task", json!({"task_id": 1})),
        ("complete_task", json!({"task_id": "#12"}), "complete_task", json!({"task_id": 12})),
        ("complete_task", json!({"task_id": " 7 "}), "complete_task", json!({"task_id": 7})),
        ("complete_task", json!({"task_id": "milk"}), "complete_task", json!({"task_id": "milk"})),
        ("complete_task", json!({"task_id": 1.5}), "complete_task", json!({"task_id": 1.5})),
        ("default_api:add_task", json!({"title": "eggs"}), "add_task", json!({"title": "eggs"})),
        ("list_tasks", json!({"status": "PENDING"}), "list_tasks", json!({"status": "pending"})),
        ("list_tasks", json!({"status": "done"}), "list_tasks", json!({"status": "completed"})),
        ("list_tasks", json!({"limit": 5.0}), "list_tasks", json!({"limit": 5})),
    ] {
        assert_eq!(normalized(request(name, arguments)), request(tool, expected));
    }
}

#[test]
fn a_call_that_the_schema_refuses_is_refused_with_the_member_at_fault() {
    let schema = json!({"properties": {"task_id": {"type": "integer"}, "title": {"type": ["string", "null"], "maxLength": 200}},
        "required": ["task_id"], "additionalProperties": false});
    let tool = ToolDeclaration {
        name: "update_task".into(),
        description: String::new(),
        schema: to_raw_value(&schema).unwrap(),
        reads: false,
        destructive: true,
        repeatable: true,
    };
    let fault = |arguments| schema_fault(&request("update_task", arguments), &tool);
    assert_eq!(fault(json!({"task_id": 2, "title": null})), None);
    assert_eq!(fault(json!({"task_id": 2, "title": "x"})), None);
    let unknown = fault(json!({"task_id": 2, "colour": "red"})).unwrap();
    assert!(unknown.contains("colour") && unknown.contains("\"title\""), "{unknown}");
    assert_eq!(fault(json!({"task_id": "x"})).unwrap(), "\"task_id\" must be of the type \"integer\".");
    assert_eq!(fault(json!({"title": "x"})).unwrap(), "\"task_id\" is required.");
    let long = fault(json!({"task_id": 2, "title": "x".repeat(201)})).unwrap();
    assert_eq!(long, "\"title\" must have at most 200 characters; it has 201.");
}
