use serde_json::{Value, json};

use super::{id, parse};
use crate::tool::{ToolCommand, find};

#[test]
fn several_tasks_may_be_named_in_each_way_that_means_them() {
    let complete = |ids: &[i64], completed| {
        Ok(ToolCommand::CompleteMany(ids.iter().map(|number| id(*number)).collect(), completed))
    };
    for ids in [json!([1, 2]), json!(["1", "#2"]), json!("1, 2"), json!("[1,2]"), json!([2.0, 1, 1])] {
        assert_eq!(parse("complete_tasks", json!({ "task_ids": ids })), complete(&[1, 2], true), "{ids}");
    }
    assert_eq!(parse("complete_tasks", json!({ "task_ids": 3, "completed": "false" })), complete(&[3], false));
    for ids in [json!([1.5]), json!(["three"]), json!([]), json!(vec![1; 26]), json!([[1]])] {
        let said = parse("complete_tasks", json!({ "task_ids": ids })).unwrap_err();
        assert_eq!(said, ["task_ids must be a list of 1 to 25 numbers of tasks."], "{ids}");
    }
    let titles = |tasks: Value| {
        let Ok(ToolCommand::AddMany(tasks)) = parse("add_tasks", json!({ "tasks": tasks })) else { panic!("tasks") };
        tasks.into_iter().map(|task| task.map(|task| task.title.into_string())).collect::<Vec<_>>()
    };
    let (milk, bread) = (Ok("milk".to_owned()), Ok("bread".to_owned()));
    for tasks in [
        json!([{ "title": "milk" }, { "title": "bread", "priority": "high" }]),
        json!(["milk", "bread"]),
        json!(r#"[{"title":"milk"},{"title":"bread"}]"#),
        json!([r#"{"title":"milk"}"#, "bread"]),
    ] {
        assert_eq!(titles(tasks.clone()), [milk.clone(), bread.clone()], "{tasks}");
    }
    assert_eq!(titles(json!("milk")), std::slice::from_ref(&milk));
    assert_eq!(titles(json!({ "title": "milk" })), std::slice::from_ref(&milk));
    let mixed = titles(json!([{ "title": "milk" }, { "titel": "x" }, 7, { "title": "", "priority": "asap" }]));
    assert_eq!(mixed[0], milk);
    assert!(mixed[1].as_ref().unwrap_err().contains("did you mean \"title\""), "{mixed:?}");
    assert!(mixed[2].as_ref().unwrap_err().contains("must be an object"));
    assert!(mixed[3].as_ref().unwrap_err().contains("is required"));
    assert!(parse("add_tasks", json!({ "tasks": vec!["x"; 26] })).is_err());
}

#[test]
fn the_tool_for_several_is_named_where_several_are_given() {
    let said = |tool, arguments| parse(tool, arguments).unwrap_err().join(" ");
    assert!(said("complete_task", json!({ "task_ids": [1, 2] })).contains("the tool complete_tasks"));
    assert!(said("add_task", json!({ "tasks": ["a", "b"] })).contains("the tool add_tasks"));
    assert!(said("list_tasks", json!({ "q": "milk" })).contains("use \"query\""));
    let arguments = json!({ "tasks": [{ "title": "a", "toolCallId": "x" }], "security_risk": "LOW" });
    let note = find("add_tasks").unwrap().parse(arguments.as_object().unwrap()).unwrap().note.unwrap();
    assert!(note.contains("toolCallId") && note.contains("security_risk"), "{note}");
}
