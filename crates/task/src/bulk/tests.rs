use serde_json::{Map, json};

use super::*;

fn read(body: Value) -> Result<(Vec<BulkTask>, BulkChanges), Vec<String>> {
    let Value::Object(members) = body else { panic!("an object") };
    let members: Map<String, Value> = members;
    let mut fields = FieldReader::new(&members, &[&["ids"][..], &BulkChanges::NAMES].concat());
    let (tasks, changes) = (BulkTask::read_list(&mut fields), BulkChanges::read(&mut fields));
    fields.finish(tasks.map(|tasks| (tasks, changes))).map_err(|errors| errors.into_iter().map(|it| it.field).collect())
}

#[test]
fn tasks_are_named_by_numbers_or_with_their_day() {
    let (tasks, changes) = read(json!({"ids": [3, {"id": 1, "due": "2026-11-29T09:00"}], "completed": true})).unwrap();
    assert_eq!(tasks.iter().map(|task| task.id.get()).collect::<Vec<_>>(), [3, 1], "in their order");
    assert_eq!(tasks[1].due.as_ref().map(TaskDue::as_str), Some("2026-11-29T09:00"));
    assert_eq!(changes, BulkChanges { completed: Some(true), ..BulkChanges::default() });
    for ids in
        [json!([]), json!([0]), json!([1, 1]), json!([{"id": 1, "due": "x"}]), json!([{"id": 1, "at": 1}]), json!(1)]
    {
        assert_eq!(read(json!({"ids": ids, "completed": true})).unwrap_err(), ["ids"], "{ids}");
    }
    assert_eq!(read(json!({"ids": vec![1; MAX_IDS + 1], "completed": true})).unwrap_err(), ["ids"]);
}

#[test]
fn what_does_not_go_together_is_named() {
    for (body, member) in [
        (json!({}), "completed"),
        (json!({"delete": false}), "delete"),
        (json!({"delete": true, "completed": true}), "delete"),
        (json!({"due": null, "due_day": "2026-12-01"}), "due_day"),
        (json!({"due_day": "2026-12-01T10:00"}), "due_day"),
        (json!({"completed": null}), "completed"),
        (json!({"add_tags": null}), "add_tags"),
        (json!({"remove_tags": ["a,b"]}), "remove_tags"),
        (json!({"after": 2, "before": 3}), "before"),
        (json!({"after": null}), "after"),
        (json!({"before": 0}), "before"),
        (json!({"after": 2, "delete": true}), "delete"),
        (json!({"title": "x", "completed": true}), "title"),
    ] {
        let mut members = body.clone();
        members["ids"] = json!([1]);
        assert_eq!(read(members).unwrap_err(), [member], "{body}");
    }
    let (_, cleared) = read(json!({"ids": [1], "due": null, "list": null, "priority": null})).unwrap();
    assert_eq!((cleared.due, cleared.list, cleared.priority), (Some(None), Some(None), Some(Priority::None)));
    let (_, moved) = read(json!({"ids": [1], "before": 2, "list": "Home"})).unwrap();
    assert_eq!(moved.place, Some(BulkPlace { neighbour: TaskId::new(2).unwrap(), is_behind: false }));
}
