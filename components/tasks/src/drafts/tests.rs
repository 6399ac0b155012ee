use super::*;

fn read(text: &str) -> Result<Vec<Draft>, ApiError> {
    let mut drafts = DraftList::default();
    read_json(text, &mut drafts).and_then(|()| drafts.finish())
}

#[test]
fn each_error_names_its_line() {
    let text = "[\n{\"title\": \"a\"},\n\n{\"title\": \"\", \"completed\": 1}, 5,\n{\"title\": \"b\", \"due\": 1}]";
    let errors = read(text).unwrap_err().fields;
    let named: Vec<_> = errors.iter().map(|error| (error.line.unwrap(), error.field.as_str())).collect();
    assert_eq!(named, [(4, "title"), (4, "completed"), (4, "body"), (5, "due")]);
}

#[test]
fn errors_and_tasks_are_bounded() {
    assert_eq!(read(&format!("[{}]", vec!["1"; 50_000].join(","))).unwrap_err().fields.len(), MAX_ERRORS);
    let many = vec!["{\"title\":\"a\"}"; MAX_IMPORT + 1].join("\n,");
    assert_eq!(read(&format!("[{many}]")).unwrap_err().fields[0].line, Some(MAX_IMPORT as u64 + 1));
    assert_eq!(read("[]").unwrap(), []);
    assert_eq!(read("{}").unwrap_err().status, 422);
    assert_eq!(read("[1").unwrap_err().status, 400);
}
