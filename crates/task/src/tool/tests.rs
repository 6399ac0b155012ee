mod plan;
mod several;

use json_fields::MemberError;
use serde_json::{Map, Value, json};

use super::*;
use crate::fields::{Description, StatusFilter, TaskId, Title};
use crate::history::KeptTask;
use crate::members::TaskMembers;
use crate::priority::Priority;
use crate::query::{Position, TaskQuery};
use crate::store::{NewTask, TaskChanges, TaskPage, UndoResult};
use crate::stored_task::Task;

fn parse(tool: &str, arguments: Value) -> Result<ToolCommand, Vec<String>> {
    let Value::Object(arguments) = arguments else { panic!("arguments are an object") };
    let said = |error: MemberError| format!("{} {}", error.field, error.message);
    let call = find(tool).unwrap().parse(&arguments);
    call.map(|call| call.command).map_err(|errors| errors.into_iter().map(said).collect())
}

fn id(number: i64) -> TaskId {
    TaskId::new(number).unwrap()
}

/// Every schema inside `schema`, itself included.
fn schemas(schema: &Value) -> Vec<&Value> {
    let inner = schema["properties"].as_object().into_iter().flat_map(Map::values).chain(schema.get("items"));
    std::iter::once(schema).chain(inner.flat_map(schemas)).collect()
}

#[test]
fn every_tool_can_be_listed_to_any_client() {
    let names = TOOLS.each_ref().map(|tool| tool.name);
    let expected = [
        "add_task",
        "add_tasks",
        "list_tasks",
        "get_task",
        "complete_task",
        "complete_tasks",
        "update_task",
        "delete_task",
        "undo",
        "list_lists",
        "search",
        "fetch",
    ];
    assert_eq!(names, expected);
    for tool in &TOOLS {
        assert!(tool.name.len() <= 24 && tool.name.bytes().all(|b| b.is_ascii_lowercase() || b == b'_'));
        assert!((1..=60).contains(&tool.title.len()), "{}", tool.name);
        assert!((20..=400).contains(&tool.description.len()), "{}", tool.name);
        assert!(!tool.description.contains("  "), "{}", tool.name);
        assert!(!(tool.read_only && tool.destructive), "{}", tool.name);
        for schema in [tool.input_schema(), tool.output_schema()] {
            assert_eq!(schema["type"], "object", "{}", tool.name);
            for part in schemas(&schema) {
                assert!(part["type"].is_string(), "{}: {part}", tool.name);
                assert!(part["type"] != "array" || part["items"].is_object(), "{}: {part}", tool.name);
                assert_eq!(part.get("additionalProperties"), None, "{}: {part}", tool.name);
            }
        }
    }
}

#[test]
fn the_declarations_cost_a_model_little() {
    let size = |tool: &Tool| tool.name.len() + tool.description.len() + tool.input_schema().to_string().len();
    let bytes: usize = TOOLS.iter().map(size).sum();
    assert!(bytes <= 12 * 1024, "{bytes}");
}

#[test]
fn every_limit_stands_in_the_description_too() {
    let mut limits = 0;
    for tool in &TOOLS {
        for (name, schema) in tool.input_schema()["properties"].as_object().unwrap() {
            let description = schema["description"].as_str().unwrap();
            for keyword in ["minLength", "maxLength", "minimum", "maximum", "minItems", "maxItems", "default"] {
                let Some(limit) = schema.get(keyword) else { continue };
                let limit = limit.as_str().map_or_else(|| limit.to_string(), str::to_owned);
                assert!(description.contains(&limit), "{} {name}: {keyword} {limit}: {description}", tool.name);
                limits += 1;
            }
        }
    }
    assert_eq!(limits, 33);
}

#[test]
fn the_required_arguments_are_the_ones_that_are_missed() {
    for tool in &TOOLS {
        let missed = tool.parse(&Map::new()).map_or_else(|errors| errors, |_| Vec::new());
        let missed: Vec<&str> =
            missed.iter().filter(|error| error.message == "is required.").map(|error| error.field.as_str()).collect();
        let schema = tool.input_schema();
        assert_eq!(json!(missed), *schema.get("required").unwrap_or(&json!([])), "{}", tool.name);
    }
}

#[test]
fn arguments_become_domain_types() {
    let title = Title::parse("milk").unwrap();
    let description = Description::parse("two").unwrap();
    let add = |description: Option<_>| {
        let members = TaskMembers { description: description.map(Some), ..TaskMembers::default() };
        Ok(ToolCommand::Add(NewTask { title: title.clone(), members }))
    };
    assert_eq!(parse("add_task", json!({ "title": " milk " })), add(None));
    assert_eq!(parse("add_task", json!({ "title": "milk", "description": null })), add(None));
    assert_eq!(parse("add_task", json!({ "title": "milk", "description": "" })), add(None));
    assert_eq!(parse("add_task", json!({ "title": "milk", "description": "two" })), add(description.clone()));

    let list = |status, limit, after: Option<TaskId>| {
        Ok(ToolCommand::List(TaskQuery { status, after: after.map(Position::after), ..TaskQuery::all(limit) }))
    };
    assert_eq!(parse("list_tasks", json!({})), list(StatusFilter::All, 50, None));
    assert_eq!(
        parse("list_tasks", json!({ "status": null, "limit": null, "cursor": null })),
        list(StatusFilter::All, 50, None)
    );
    let given = json!({ "status": "completed", "limit": "10", "cursor": "after-7" });
    assert_eq!(parse("list_tasks", given), list(StatusFilter::Completed, 10, Some(id(7))));

    assert_eq!(parse("complete_task", json!({ "task_id": 3 })), Ok(ToolCommand::Complete(id(3))));
    assert_eq!(parse("delete_task", json!({ "task_id": "10" })), Ok(ToolCommand::Delete(id(10))));

    let given = json!({ "query": "milk Bread", "sort": "-created_at", "priority": "High" });
    let Ok(ToolCommand::List(query)) = parse("list_tasks", given) else { panic!("a list") };
    assert_eq!((query.search.words().len(), query.sort.descending, query.priority), (2, true, Some(Priority::High)));
    assert_eq!(parse("get_task", json!({ "task_id": 3 })), Ok(ToolCommand::Get(id(3))));
    assert_eq!(parse("fetch", json!({ "id": "3" })), Ok(ToolCommand::Fetch(id(3))));
    let Ok(ToolCommand::Search(query)) = parse("search", json!({ "query": "milk" })) else { panic!("a search") };
    assert_eq!((query.search.words(), query.limit), (&["milk".to_owned()][..], 20));

    let undo = |target| Ok(ToolCommand::Undo(target));
    assert_eq!(parse("undo", json!({})), undo(UndoTarget::LastChange));
    assert_eq!(parse("undo", json!({ "task_id": 4 })), undo(UndoTarget::Deletion(id(4))));
    assert_eq!(parse("undo", json!({ "change": "12", "task_id": 4 })), undo(UndoTarget::Change(12)));
    assert_eq!(parse("list_lists", json!({})), Ok(ToolCommand::ListLists));

    let update = |changes| Ok(ToolCommand::Update(id(1), changes));
    let members = TaskMembers { description: Some(None), ..TaskMembers::default() };
    let cleared = TaskChanges { members, ..TaskChanges::default() };
    assert_eq!(parse("update_task", json!({ "task_id": 1, "description": "" })), update(cleared));
    let members =
        TaskMembers { description: Some(description), priority: Some(Priority::Low), ..TaskMembers::default() };
    let all = TaskChanges { title: Some(title), completed: Some(false), members, ..TaskChanges::default() };
    let given = json!({ "task_id": 1, "title": "milk", "description": "two", "completed": false, "priority": "low" });
    assert_eq!(parse("update_task", given), update(all));
}

#[test]
fn every_error_is_reported_at_once() {
    let refused = |tool, arguments| parse(tool, arguments).unwrap_err();
    assert_eq!(refused("add_task", json!({})), ["title is required."]);
    assert_eq!(refused("add_task", json!({ "title": null })), ["title is required."]);
    assert_eq!(
        refused("add_task", json!({ "titel": "x", "description": 7 })),
        [
            "titel is not known; did you mean \"title\"? Known here: title, description, priority, due, repeat, repeat_from, remind, tags, list, parent.",
            "title is required.",
            "description must be a string.",
        ]
    );
    assert_eq!(
        refused("list_tasks", json!({ "status": "open", "limit": 101, "cursor": "7" })),
        [
            "status must be one of all, pending, completed.",
            "limit must be a whole number from 1 to 100.",
            "cursor is not valid. Call list_tasks again without cursor.",
        ]
    );
    let nothing = "title is required when no other member is given. An empty text clears a member; null leaves it.";
    assert_eq!(refused("update_task", json!({ "task_id": 1, "title": null })), [nothing]);
    assert_eq!(refused("update_task", json!({})), ["task_id is required.", nothing]);
    assert_eq!(
        refused("update_task", json!({ "task_id": 1, "title": " ", "completed": "no" })),
        ["title must be 1 to 200 characters long.", "completed must be true or false."]
    );
    for number in
        [json!(0), json!(-1), json!(1.5), json!("x"), json!(u64::MAX), json!([1]), json!("99999999999999999999")]
    {
        let said = refused("complete_task", json!({ "task_id": number }));
        assert_eq!(said, ["task_id must be a whole number from 1 to 9223372036854775807."], "{number}");
    }
}

fn page_of(tasks: Vec<Task>) -> TaskPage {
    TaskPage { tasks, next: None, version: String::new() }
}

#[test]
fn an_outcome_has_the_members_of_its_schema() {
    let task = |description: Option<&str>| Task {
        id: 1,
        title: "milk".into(),
        description: description.map(str::to_owned),
        completed: false,
        created_at: "2026-11-24T00:00:00.000Z".into(),
        updated_at: "2026-11-24T00:00:00.000Z".into(),
        completed_at: None,
        priority: Priority::High,
        ..Task::default()
    };
    let fits = |tool: &str, outcome: ToolOutput| {
        let schema = find(tool).unwrap().output_schema();
        let value = serde_json::to_value(outcome).unwrap();
        assert_fits(&schema, &value);
        value
    };
    let full = fits("add_task", ToolOutput::task(task(Some("two")), Some(7)));
    assert_eq!(full["change"], 7);
    assert_eq!((&full["task"]["description"], &full["task"]["priority"]), (&json!("two"), &json!("high")));
    assert_eq!(fits("update_task", ToolOutput::task(task(None), None))["task"].get("description"), None);
    let page = |next: Option<TaskId>| {
        let page = page_of(vec![task(None), task(Some("x"))]);
        ToolOutput::page(&TaskQuery::all(2), TaskPage { next: next.map(Position::after), ..page }, Some(2))
    };
    let cursor = fits("list_tasks", page(Some(id(9))))["next_cursor"].clone();
    let Ok(ToolCommand::List(next)) = parse("list_tasks", json!({ "cursor": cursor })) else { panic!("{cursor}") };
    assert_eq!(next.after, Some(Position::after(id(9))));
    assert_eq!(fits("get_task", ToolOutput::whole_task(task(Some("two"))))["task"]["description"], "two");
    let items = vec![ItemOutput::done(Some(1), task(None)), ItemOutput::failed(Some(2), "none".into())];
    assert_eq!(fits("complete_tasks", ToolOutput::items(items.clone(), None, Some(8)))["results"][1]["task_id"], 2);
    assert_eq!(fits("add_tasks", ToolOutput::items(items, Some(1), Some(8)))["added"], 1);
    let found = fits("search", ToolOutput::found("http://localhost:3000", page_of(vec![task(None)])));
    assert_eq!((&found["results"][0]["id"], &found["results"][0]["title"]), (&json!("1"), &json!("milk")));
    let document = fits("fetch", ToolOutput::document("http://localhost:3000", task(Some("two"))));
    assert_eq!(document["text"], "milk\nStatus: pending\nPriority: high\n\ntwo");
    assert_eq!(fits("list_tasks", page(None)).get("next_cursor"), None);
    let kept = vec![KeptTask { id: 2, title: "tea".to_owned(), members: vec!["title".to_owned()] }];
    let (kind, title, deleted) = ("complete".to_owned(), Some("milk".to_owned()), vec![3]);
    let (tasks, lists) = (vec![task(None)], Vec::new());
    let undo = UndoResult { change: 5, undone: 4, kind, title, tasks, count: 1, deleted, kept, lists };
    let undone = fits("undo", ToolOutput::undone(undo));
    assert_eq!((&undone["undone_change"], &undone["change"]), (&json!(4), &json!(5)));
    assert_eq!((&undone["undone"], &undone["tasks"][0]["id"]), (&json!("completed \"milk\""), &json!(1)));
    assert_eq!((&undone["deleted_ids"], &undone["kept"]), (&json!([3]), &json!(["#2 tea: title"])));
    let deleted = json!({ "deleted_id": 1, "title": "milk", "change": 9 });
    assert_eq!(fits("delete_task", ToolOutput::deleted(task(None), Some(9))), deleted);
}

#[test]
fn a_result_says_what_was_ignored() {
    let output = ToolOutput::page(&TaskQuery::all(2), page_of(Vec::new()), None);
    let noted = |note: Option<&str>| {
        let noted = NotedOutput { output: output.clone(), note: note.map(str::to_owned) };
        serde_json::to_value(noted).unwrap()
    };
    assert_eq!(noted(Some("x")), json!({ "tasks": [], "note": "x" }));
    assert_eq!(noted(None), json!({ "tasks": [] }));
    for tool in TOOLS.iter().filter(|tool| tool.has_note()) {
        let schema = tool.output_schema();
        assert_eq!(schema["properties"]["note"]["type"], "string", "{}", tool.name);
        assert!(!schema["required"].as_array().unwrap().contains(&json!("note")), "{}", tool.name);
    }
    let made = NotedOutput::new(output, Some("x".to_owned()), &["Home", "Work"]).note.unwrap();
    assert_eq!(made, "x There was no list \"Home\", so it was made. There was no list \"Work\", so it was made.");
}

fn assert_fits(schema: &Value, value: &Value) {
    match value {
        Value::Object(members) => {
            for name in schema["required"].as_array().into_iter().flatten() {
                assert!(members.contains_key(name.as_str().unwrap()), "{name} is missing in {value}");
            }
            for (name, member) in
                members.iter().filter(|_| schema.get("properties").is_some_and(|all| all != &json!({})))
            {
                assert_fits(&schema["properties"][name], member);
            }
        }
        Value::Array(items) => items.iter().for_each(|item| assert_fits(&schema["items"], item)),
        Value::String(_) => assert_eq!(schema["type"], "string"),
        Value::Bool(_) => assert_eq!(schema["type"], "boolean"),
        Value::Number(_) => assert_eq!(schema["type"], "integer"),
        Value::Null => panic!("null is in no schema"),
    }
}
