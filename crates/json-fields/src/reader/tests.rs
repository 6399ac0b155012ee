use serde_json::json;

use super::*;

/// A text of 1 to 3 characters.
fn short(text: &str) -> Result<String, ValueError> {
    let error = || ValueError("must be 1 to 3 characters long.".to_owned());
    (1..=3).contains(&text.chars().count()).then(|| text.to_owned()).ok_or_else(error)
}

#[test]
fn every_error_is_found_at_once() {
    let body = json!({"title": "", "completed": "yes", "task_id": 0, "colour": 1});
    let mut fields = FieldReader::new(body.as_object().unwrap(), &["title", "completed", "task_id"]);
    let title = fields.text("title", short);
    fields.flag("completed");
    fields.number("task_id", 1..=i64::MAX);
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
fn a_list_has_its_length_and_only_good_items() {
    let body = json!({"a": [3, 1, 3], "b": [], "c": [1, 2, 3, 4], "d": ["1"], "e": 1});
    let mut fields = FieldReader::new(body.as_object().unwrap(), &["a", "b", "c", "d", "e"]);
    let read = ["a", "b", "c", "d", "e"].map(|name| fields.list(name, "numbers", 3, Value::as_i64));
    assert_eq!(read, [Some(vec![3, 1, 3]), None, None, None, None]);
    assert_eq!(fields.finish(Some(())).unwrap_err()[0].message, "must be a list of 1 to 3 numbers.");
}

#[test]
fn null_counts_as_absent_and_a_required_member_is_reported() {
    let body = json!({"title": null});
    let mut fields = FieldReader::new(body.as_object().unwrap(), &["title"]);
    assert!(fields.is_null("title"));
    fields.require("title");
    let title = fields.text("title", short);
    assert_eq!(fields.finish(title).unwrap_err()[0].message, "is required.");
}

#[test]
fn a_whole_number_is_positive_and_plain() {
    assert_eq!((whole_number("42"), whole_number("9223372036854775807")), (Some(42), Some(i64::MAX)));
    for bad in ["", "0", "-1", "+1", "01", "1.0", "9223372036854775808", "１"] {
        assert_eq!(whole_number(bad), None, "{bad}");
    }
}
