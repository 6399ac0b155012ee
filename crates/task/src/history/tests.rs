use serde_json::json;

use super::*;

#[test]
fn columns_become_members_of_the_api() {
    let stored = json!([
        {"id": 7, "title": "milk", "before": {"completed": false, "completed_at": null, "updated_at": "x", "folded": "milk"},
         "after": {"completed": true, "completed_at": "2026-11-28T22:54:00.08+00:00", "updated_at": "y", "folded": "milk"}},
        {"id": 8, "title": "tea", "before": {"title": "tea", "priority": 1}},
    ]);
    let tasks = ChangedTask::read(&stored.to_string()).unwrap();
    assert_eq!(
        serde_json::to_value(&tasks).unwrap(),
        json!([
            {"id": 7, "title": "milk", "before": {"completed": false, "completed_at": null},
             "after": {"completed": true, "completed_at": "2026-11-28T22:54:00.080Z"}},
            {"id": 8, "title": "tea", "before": {"title": "tea", "priority": "high"}, "after": null},
        ])
    );
}

#[test]
fn kept_members_are_those_of_the_api() {
    let stored = json!([{"id": 7, "title": "milk", "members": ["folded", "title"]}]);
    let kept = KeptTask { id: 7, title: "milk".to_owned(), members: vec!["title".to_owned()] };
    assert_eq!(KeptTask::read(&stored.to_string()).unwrap(), [kept]);
}
