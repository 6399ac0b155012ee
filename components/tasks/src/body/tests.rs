use serde_json::json;

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
    let cleared =
        TaskChanges { title: None, description: Some(None), completed: Some(false), priority: Some(Priority::None) };
    assert_eq!(put(&json!({"description": null, "completed": null, "priority": null})).unwrap(), cleared);
    let fields = put(&json!({"title": null, "due": 1})).unwrap_err().fields;
    assert_eq!(fields.iter().map(|error| error.field.as_str()).collect::<Vec<_>>(), ["due", "title"]);
}

#[test]
fn a_patch_clears_only_what_can_be_empty() {
    let patch = |body: Value| changes(body.as_object().unwrap());
    assert_eq!(patch(json!({"description": null})).unwrap().description, Some(None));
    assert!(patch(json!({"completed": null})).is_err() && patch(json!({"title": null})).is_err());
}
