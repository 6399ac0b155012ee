use serde_json::json;
use task::Priority;

use super::*;

fn put(body: &Value) -> Result<TaskChanges, ApiError> {
    replacement(body.as_object().unwrap())
}

#[test]
fn a_put_changes_the_members_that_it_names() {
    let title = Title::parse("new").ok();
    let named = TaskChanges { title, ..TaskChanges::default() };
    assert_eq!(put(&json!({"title": "new"})).unwrap(), named);
    assert_eq!(put(&json!({"completed": true})).unwrap(), TaskChanges::completed(true));
    assert_eq!(put(&json!({})).unwrap(), TaskChanges::default());
}

#[test]
fn a_put_clears_a_member_by_null() {
    let members = TaskMembers {
        description: Some(None),
        priority: Some(Priority::None),
        due: Some(None),
        ..TaskMembers::default()
    };
    let cleared = TaskChanges { completed: Some(false), members, ..TaskChanges::default() };
    let body = json!({"description": null, "completed": null, "priority": null, "due": null});
    assert_eq!(put(&body).unwrap(), cleared);
    let fields = put(&json!({"title": null, "color": 1})).unwrap_err().fields;
    assert_eq!(fields.iter().map(|error| error.field.as_str()).collect::<Vec<_>>(), ["color", "title"]);
}

#[test]
fn a_patch_clears_only_what_can_be_empty() {
    let patch = |body: Value| changes(body.as_object().unwrap());
    assert_eq!(patch(json!({"description": null})).unwrap().members.description, Some(None));
    assert!(patch(json!({"completed": null})).is_err() && patch(json!({"title": null})).is_err());
}

#[test]
fn the_names_of_other_apis_mean_our_members() {
    let add = |body: Value| new_task(body.as_object().unwrap());
    let due = |body: Value| add(body).unwrap().members.due.flatten().map(TaskDue::into_string);
    assert_eq!(due(json!({"title": "a", "due_date": "2026-12-01T09:00:00"})).as_deref(), Some("2026-12-01T09:00"));
    assert_eq!(due(json!({"title": "a", "dueDate": "2026-12-01"})).as_deref(), Some("2026-12-01"));
    let both = add(json!({"title": "a", "due": "2026-12-01", "due_date": "2026-12-02"})).unwrap_err();
    assert_eq!(both.fields[0].field, "due_date");
}

#[test]
fn a_task_moves_before_or_behind_one_other() {
    let read = |body: Value| neighbour(body.as_object().unwrap()).map(|(id, behind)| (id.get(), behind));
    assert_eq!(read(json!({"after": 3})).unwrap(), (3, true));
    assert_eq!(read(json!({"before": "3"})).unwrap(), (3, false));
    for bad in
        [json!({}), json!({"after": 1, "before": 2}), json!({"after": 0}), json!({"after": null}), json!({"to": 1})]
    {
        assert!(read(bad.clone()).is_err(), "{bad}");
    }
}
