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

#[test]
fn steps_name_their_parent_by_its_number_in_the_file() {
    let drafts =
        read("[{\"title\":\"a\",\"id\":7},{\"title\":\"b\",\"parent\":9},{\"title\":\"c\",\"id\":9}]").unwrap();
    assert_eq!(drafts.iter().map(|draft| draft.parent_draft).collect::<Vec<_>>(), [None, Some(3), None]);
    let errors = read("[{\"title\":\"a\",\"id\":7},\n{\"title\":\"b\",\"parent\":8}]").unwrap_err().fields;
    assert_eq!((errors[0].line, errors[0].field.as_str()), (Some(2), "parent"));
}

#[test]
fn places_are_kept_where_they_are_not_the_order_of_the_file() {
    let ranks = |places: [&str; 3]| {
        let tasks = places.map(|place| format!("{{\"title\":\"a\",\"position\":\"{place}\"}}"));
        let drafts = read(&format!("[{}]", tasks.join(","))).unwrap();
        drafts.iter().map(|draft| draft.rank).collect::<Vec<_>>()
    };
    assert_eq!(ranks(["a1i", "a2i", "b10i"]), [None; 3]);
    assert_eq!(ranks(["a3i", "a1i", "a2i"]), [Some(3), Some(1), Some(2)]);
}
