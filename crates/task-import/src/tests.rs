use chrono::NaiveDate;
use proptest::prelude::*;
use task_words::ReadingContext;
use user_language::Language;

use super::*;

mod dates;
mod samples;

fn today() -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 11, 28).unwrap()
}

fn options(media_type: &str) -> ImportOptions<'_> {
    ImportOptions { media_type, columns: None, context: ReadingContext::new(today().into(), Language::English) }
}

fn read_as(media_type: &str, bytes: &[u8]) -> Result<TaskFile, ImportError> {
    read(bytes, &options(media_type))
}

fn titles(file: &TaskFile) -> Vec<&str> {
    file.tasks.iter().map(|task| task.title.as_str()).collect()
}

fn file(text: &str) -> TaskFile {
    read_as("application/octet-stream", text.as_bytes()).unwrap()
}

fn notes(rows: &[RowNote]) -> Vec<(u64, &str)> {
    rows.iter().map(|row| (row.line, row.what)).collect()
}

fn lost(file: &TaskFile) -> Vec<(&str, usize)> {
    file.not_kept.iter().map(|part| (part.name.as_deref().unwrap_or(part.what), part.count)).collect()
}

#[test]
fn a_file_in_any_encoding_is_read() {
    let wide = |unit: fn(u16) -> [u8; 2]| {
        "\u{feff}title\tnotes\r\nÄpfel\t日本\r\n".encode_utf16().flat_map(unit).collect::<Vec<u8>>()
    };
    for bytes in [
        wide(u16::to_le_bytes),
        wide(u16::to_be_bytes),
        "\u{feff}title;notes\rÄpfel;日本\r".as_bytes().to_vec(),
        "title,notes\nÄpfel,日本".as_bytes().to_vec(),
    ] {
        let file = read_as("text/csv", &bytes).unwrap();
        assert_eq!((titles(&file), file.tasks[0].line), (vec!["Äpfel"], 2));
        assert_eq!(file.tasks[0].description.as_ref().unwrap().as_str(), "日本");
    }
    let file = read_as("text/csv", b"title\r\nCaf\xe9 \x80 5 \x96 na\xefve\r\n").unwrap();
    assert_eq!(titles(&file), ["Café € 5 – naïve"]);
}

#[test]
fn files_that_are_no_text_are_refused_with_advice() {
    let refused = |bytes: &[u8]| read_as("text/csv", bytes).unwrap_err();
    assert_eq!(refused(b"PK\x03\x04....[Content_Types].xml"), ImportError::Spreadsheet);
    assert_eq!(refused(b"PK\x03\x04....data.json"), ImportError::Archive);
    assert_eq!(refused(b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR"), ImportError::NotText);
    assert_eq!(refused(b"\xd0\xcf\x11\xe0 old Excel"), ImportError::Spreadsheet);
    for bytes in [&b"title\nA\0B\n"[..], b"%PDF-1.7\n", b"{\\rtf1 x}", b"GIF89a"] {
        assert_eq!(refused(bytes), ImportError::NotText);
    }
    assert_eq!(read_as("text/plain", b"PK is a title").unwrap().tasks.len(), 1);
}

#[test]
fn a_file_without_tasks_is_refused() {
    for text in ["", " \n\t\r\n", "title\n", "title,notes\r\n,\r\n", "[]", "{}", "{\"tasks\": []}", "[1, 2]", "null\n"]
    {
        let expected = if text == "null\n" { Ok(1) } else { Err(ImportError::NoTasks) };
        let read = read_as("application/octet-stream", text.as_bytes()).map(|file| file.tasks.len());
        assert_eq!(read, expected, "{text:?}");
    }
    assert_eq!(read_as("text/calendar", b"BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n"), Err(ImportError::NoTasks));
}

#[test]
fn what_is_broken_is_named_with_its_line() {
    for (text, error) in [
        ("[\n{\"title\": \"a\"},\n{\"title\": \n", ImportError::BrokenJson(4)),
        ("{\"title\":\"a\"}\n{\"title\"\n", ImportError::BrokenJson(2)),
        ("title\nok\n\"open,\nnext\n", ImportError::OpenQuote(3)),
        ("title\rok\r\r\"open", ImportError::OpenQuote(4)),
        ("title,description\r\n\"two\r\nlines\",\"a \"\"b\"\"\r\n\"\"\r\n", ImportError::OpenQuote(3)),
    ] {
        assert_eq!(read_as("text/csv", text.as_bytes()), Err(error), "{text:?}");
    }
    for text in ["title\n5\" nails\n", "title\n\"\"\"quoted\"\"\"", "title\n \"as it is\n", "title\n\"a\"\"b\"c\"d\n"] {
        assert_eq!(file(text).tasks.len(), 1, "{text:?}");
    }
}

#[test]
fn lines_are_counted_as_an_editor_does() {
    for end in ["\n", "\r\n", "\r"] {
        let text =
            ["title,due,completed", "", "\"two", "lines\",,", ",,yes", "late,someday,true", "x,,perhaps"].join(end);
        let file = read_as("text/csv", text.as_bytes()).unwrap();
        let lines: Vec<u64> = file.tasks.iter().map(|task| task.line).collect();
        assert_eq!((titles(&file), lines), (vec!["two lines", "late", "x"], vec![3, 6, 7]), "{end:?}");
        assert_eq!(notes(&file.skipped), [(5, "no_title")], "{end:?}");
        assert_eq!(notes(&file.changed), [(6, "due_unread"), (7, "completed_unread")], "{end:?}");
    }
    let json = file("[\n\n {\"title\": \"a\",\n  \"due\": \"never ever\"},\r\n {\"title\": \"\"}]");
    assert_eq!((json.tasks[0].line, notes(&json.skipped)), (3, vec![(5, "no_title")]));
}

#[test]
fn the_delimiter_is_the_one_that_splits_the_head() {
    for text in [
        "Title,Notes\na;b,c",
        "Title;Notes\na;b;c",
        "Title\tNotes\na\tb",
        "Title|Notes\na|b",
        "sep=;\nTitle;Notes\na;b",
        "sep=^\nTitle^Notes\na^b",
    ] {
        assert_eq!(
            file(text).tasks[0].description.as_ref().map(|text| &text.as_str()[..1]).unwrap(),
            if text.contains("b,c") { "c" } else { "b" },
            "{text}"
        );
    }
    assert_eq!(titles(&file("title\nBread, the dark one\nMilk,,\n")), ["Bread, the dark one", "Milk"]);
}

#[test]
fn a_title_is_one_line_and_one_that_is_too_long_is_kept_whole_in_the_description() {
    let long = format!("{} end", "word ".repeat(60));
    let text = format!("title,notes\n\"a\n\tb\",\n{long},old\n{},\n", "x".repeat(201));
    let file = file(&text);
    assert_eq!(file.tasks[0].title.as_str(), "a b");
    let cut = file.tasks[1].title.as_str();
    assert!(cut.ends_with("word…") && cut.chars().count() <= 200, "{cut}");
    assert_eq!(file.tasks[1].description.as_ref().unwrap().as_str(), format!("{}\n\nold", long.trim()));
    assert_eq!(file.tasks[2].title.as_str(), format!("{}…", "x".repeat(199)));
    assert_eq!(notes(&file.changed), [(4, "title_cut"), (5, "title_cut")]);
}

#[test]
fn without_a_title_the_first_line_of_the_notes_is_one() {
    let file = file("title,notes\n\u{200d},\"first\nsecond\"\n , \n\u{2800},\u{ad}\n");
    assert_eq!((titles(&file), file.tasks[0].description.as_ref().unwrap().as_str()), (vec!["first"], "second"));
    assert_eq!(notes(&file.changed), [(2, "title_from_notes")]);
    assert_eq!(notes(&file.skipped), [(5, "no_title")]);
}

#[test]
fn steps_of_steps_and_circles_are_flat() {
    let file = file("id,title,parent\n3,c,2\n2,b,1\n1,a,\n4,d,5\n5,e,4\n6,f,9\n");
    assert_eq!(
        file.tasks.iter().map(|task| task.parent).collect::<Vec<_>>(),
        [Some(2), Some(2), None, None, None, None]
    );
    assert_eq!(lost(&file), [("parent", 3), ("step_of_step", 1)]);
}

#[test]
fn columns_that_nobody_knows_are_named() {
    let columns = vec!["Vorhaben".to_owned(), "Wer".to_owned()];
    assert_eq!(read_as("text/csv", "Vorhaben;Wer\nMilch;ich\n".as_bytes()), Err(ImportError::UnknownColumns(columns)));
    let given = |columns: &[&str], text: &str| {
        read(text.as_bytes(), &ImportOptions { columns: Some(columns), ..options("text/csv") }).unwrap()
    };
    let file = given(&["title", "", "due"], "Vorhaben;Wer;Wann\nMilch;ich;24.12.2026\n");
    assert_eq!(
        (titles(&file), notes(&file.skipped), lost(&file)),
        (vec!["Milch"], vec![(1, "head")], vec![("Wer", 1)])
    );
    let file = given(&["title", "", "due"], "Brot;ich;23.12.2026\nMilch;ich;24.12.2026\n");
    assert_eq!(titles(&file), ["Brot", "Milch"]);
    let file = read_as("text/csv", b"title,Size,notes,memo\nA,5,b,c\nB,,,\n").unwrap();
    assert_eq!(lost(&file), [("Size", 1), ("memo", 1)]);
}

#[test]
fn html_becomes_plain_text() {
    let text =
        "<p>one <b>two</b>&nbsp;&amp;&#8364;</p><ul><li><p>a</p></li><li>b<br>c</li></ul><style>p{}</style>1 < 2";
    assert_eq!(crate::html::to_text(text), "one two &€\n- a\n- b\nc\n1 < 2");
}

#[test]
fn comments_follow_the_description() {
    let text = r#"[{"comments": [{"text": "one"}, "two"], "title": "a", "notes": "n", "Memo": "lost"}]"#;
    let file = file(text);
    assert_eq!(file.tasks[0].description.as_ref().unwrap().as_str(), "n\n\none\n\ntwo");
    assert_eq!(lost(&file), [("Memo", 1)]);
}

#[test]
fn nesting_has_an_end() {
    for (open, close) in
        [("{\"items\":[", "]}"), ("[", "]"), ("{\"a\":", "}"), ("{\"title\":\"x\",\"subtasks\":[", "]}")]
    {
        let text = format!("[{}{}]", open.repeat(50_000), close.repeat(50_000));
        let _read = read_as("application/json", text.as_bytes());
    }
    let lists = read_as("application/json", b"[{\"tasks\":[{\"name\":\"b\",\"tasks\":[{\"title\":\"x\"}]}]}]").unwrap();
    assert_eq!((titles(&lists), lists.tasks[0].list.as_deref()), (vec!["x"], Some("b")));
}

#[test]
fn an_import_takes_ten_thousand_tasks() {
    let text = format!("title\n{}", "x\n".repeat(10_001));
    assert_eq!(read_as("text/csv", text.as_bytes()), Err(ImportError::TooMany { count: 10_001, most: 10_000 }));
    let text = format!("title\n{}", "x\n".repeat(60_000));
    assert_eq!(read_as("text/csv", text.as_bytes()), Err(ImportError::TooMany { count: 60_000, most: 10_000 }));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    #[test]
    fn no_bytes_make_it_panic(bytes in proptest::collection::vec(any::<u8>(), 0..300)) {
        let _read = read_as("text/csv", &bytes);
    }

    #[test]
    fn no_changed_file_makes_it_panic(at in any::<prop::sample::Index>(), edits in proptest::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..8), cut in any::<prop::sample::Index>()) {
        let samples = samples::own();
        let mut bytes = samples[at.index(samples.len())].bytes.clone();
        for (place, byte) in edits {
            let place = place.index(bytes.len());
            bytes[place] = byte;
        }
        let from = cut.index(bytes.len());
        for part in [&bytes[..], &bytes[from..], &bytes[..from]] {
            if let Ok(file) = read_as("application/octet-stream", part) {
                prop_assert!(file.tasks.iter().all(|task| task.parent.is_none_or(|parent| file.tasks[parent].parent.is_none())));
            }
        }
    }
}
