use serde_json::json;

use super::*;
use crate::fields::types::Title;

#[test]
fn every_error_is_found_at_once() {
    let body = json!({"title": "", "completed": "yes", "task_id": 0, "colour": 1});
    let mut fields = FieldReader::new(body.as_object().unwrap(), &["title", "completed", "task_id"]);
    let title = fields.text("title", Title::parse);
    fields.flag("completed");
    fields.task_id("task_id");
    let errors = fields.finish(title).unwrap_err();
    let names: Vec<&str> = errors.iter().map(|error| error.field.as_str()).collect();
    assert_eq!(names, ["colour", "title", "completed", "task_id"]);
}

#[test]
fn a_number_may_be_a_string_of_digits() {
    let body = json!({"a": "10", "b": 10, "c": 10.5, "d": "ten"});
    let mut fields = FieldReader::new(body.as_object().unwrap(), &["a", "b", "c", "d"]);
    let read = ["a", "b", "c", "d"].map(|name| fields.number(name, 1..=20));
    assert_eq!(read, [Some(10), Some(10), None, None]);
}

#[test]
fn task_numbers_are_counted_once() {
    let body = json!({"a": [3, 1, 3], "b": [], "c": [1, 2, 3, 4], "d": [0], "e": ["1"], "f": 1});
    let mut fields = FieldReader::new(body.as_object().unwrap(), &["a", "b", "c", "d", "e", "f"]);
    let read = ["a", "b", "c", "d", "e", "f"].map(|name| fields.task_ids(name, 3).map(|ids| ids.len()));
    assert_eq!(read, [Some(2), None, None, None, None, None]);
}

#[test]
fn null_counts_as_absent_and_a_required_member_is_reported() {
    let body = json!({"title": null});
    let mut fields = FieldReader::new(body.as_object().unwrap(), &["title"]);
    assert!(fields.is_null("title"));
    fields.require("title");
    let title = fields.text("title", Title::parse);
    assert_eq!(fields.finish(title).unwrap_err()[0].message, "is required.");
}
