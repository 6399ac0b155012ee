use recurrence::RepeatFrom;
use serde_json::json;

use super::{assert_fits, id, parse};
use crate::due::DueFilter;
use crate::list::TaskList;
use crate::store::NewTask;
use crate::stored_task::{Occurrence, Task};
use crate::tool::{ToolCommand, ToolOutput, find};

#[test]
fn the_plan_of_a_task_is_read_and_cleared() {
    let plan = json!({
        "title": "x", "due": "2026-12-01T17:00", "repeat": "FREQ=WEEKLY", "repeat_from": "Completion", "remind": 10, "tags": "home, #errands", "list": "Work",
        "parent": "#7",
    });
    let Ok(ToolCommand::Add(NewTask { members, .. })) = parse("add_task", plan) else { panic!("a task") };
    assert_eq!((members.remind, members.parent), (Some(vec![10]), Some(Some(id(7)))));
    assert_eq!(members.repeat_from, Some(RepeatFrom::Completion));
    assert_eq!(members.due.flatten().unwrap().as_str(), "2026-12-01T17:00");
    assert_eq!(
        (members.tags.unwrap().names(), members.makes_list),
        (&["home".to_owned(), "errands".to_owned()][..], true)
    );
    let Ok(ToolCommand::Update(_, changes)) =
        parse("update_task", json!({ "task_id": 1, "due": "", "list": "", "tags": "", "remind": [], "parent": "" }))
    else {
        panic!("changes")
    };
    assert_eq!((changes.members.remind, changes.members.parent), (Some(Vec::new()), Some(None)));
    assert_eq!(
        (changes.members.due, changes.members.list, changes.members.makes_list),
        (Some(None), Some(None), false)
    );
    assert_eq!(changes.members.tags.map(|tags| tags.names().len()), Some(0));
    let Ok(ToolCommand::List(query)) = parse("list_tasks", json!({ "due": "Today", "tags": ["home"], "list": "Work" }))
    else {
        panic!("a list")
    };
    assert_eq!((query.due, query.tags.names().len(), query.list.is_some()), (Some(DueFilter::Today), 1, true));
}

#[test]
fn the_plan_of_a_task_is_in_its_results() {
    let plan = Task {
        id: 1,
        title: "bins".into(),
        due: Some("2026-12-01T17:00".into()),
        repeat: Some("FREQ=WEEKLY;BYDAY=TU".into()),
        repeat_from: RepeatFrom::Completion,
        remind: vec![0, 10],
        remind_at: vec!["2026-12-01T16:50".into(), "2026-12-01T17:00".into()],
        parent: Some(7),
        list: Some("Home".into()),
        occurrence: Some(Occurrence {
            due: "2026-11-24T17:00".into(),
            completed_at: "2026-11-24T18:00:00.000Z".into(),
        }),
        ..Task::default()
    };
    let done = serde_json::to_value(ToolOutput::task(plan.clone(), None)).unwrap();
    assert_fits(&find("complete_task").unwrap().output_schema(), &done);
    let task = &done["task"];
    assert_eq!((&task["repeat_from"], &task["remind"]), (&json!("completion"), &json!([0, 10])));
    assert_eq!(task["repeat_text"], "every Tuesday after completion");
    assert_eq!(task["remind_at"], json!(["2026-12-01T16:50", "2026-12-01T17:00"]));
    assert_eq!((&task["parent"], &task["occurrence"]["due"]), (&json!(7), &json!("2026-11-24T17:00")));
    let document = serde_json::to_value(ToolOutput::document("http://localhost:3000", plan)).unwrap();
    let text = document["text"].as_str().unwrap();
    for line in ["Due: 2026-12-01T17:00", "Repeats: every Tuesday", "List: Home", "Step of task: 7"] {
        assert!(text.contains(line), "{text}");
    }
}

#[test]
fn lists_that_do_not_fit_are_counted() {
    let list = |name: &str| TaskList {
        id: 1,
        name: name.to_owned(),
        color: None,
        archived: false,
        position: 1,
        open_tasks: 3,
        created_at: String::new(),
    };
    let result = |lists| serde_json::to_value(ToolOutput::lists(lists)).unwrap();
    assert_eq!(result(vec![list("Home")]), json!({ "lists": [{ "name": "Home", "open": 3 }] }));
    let many = result(vec![list(&"😀".repeat(60)); 200]);
    assert_fits(&find("list_lists").unwrap().output_schema(), &many);
    let (shown, left_out) = (many["lists"].as_array().unwrap().len(), many["left_out"].as_u64().unwrap());
    assert!(many.to_string().len() <= 16 * 1024 && shown as u64 + left_out == 200, "{shown} {left_out}");
}
