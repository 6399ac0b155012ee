use csv::ReaderBuilder;
use task::{Priority, Task, TaskTime};
use task_import::ImportOptions;
use task_words::ReadingContext;
use user_language::Language;

use super::*;
use crate::drafts::drafts;

fn task(title: &str, description: Option<&str>) -> Task {
    let at = "2026-11-24T08:30:00.000Z".to_owned();
    let description = description.map(str::to_owned);
    let (completed_at, priority) = (Some(at.clone()), Priority::Low);
    let (title, created_at) = (title.to_owned(), at.clone());
    let (due, repeat) = (Some("2026-12-01T17:00".to_owned()), Some("FREQ=WEEKLY;BYDAY=TU".to_owned()));
    let (remind, tags) = (vec![0, 30], vec!["=home".to_owned(), "two words".to_owned()]);
    let (list, position) = (Some("-List".to_owned()), "a1i".to_owned());
    let members = Task { due, repeat, remind, tags, list, position, ..Task::default() };
    Task { id: 1, title, description, completed: true, created_at, updated_at: at, completed_at, priority, ..members }
}

fn exported(task: Task) -> ExportedTask {
    ExportedTask { task, series: None }
}

fn read_all(text: &str) -> Vec<task::Draft> {
    let context = ReadingContext::new(chrono::NaiveDateTime::default(), Language::English);
    let options = ImportOptions { media_type: "text/csv", columns: None, context };
    drafts(task_import::read(text.as_bytes(), &options).unwrap(), context.now.date())
}

#[test]
fn a_written_table_is_read_unchanged() {
    let titles = ["milk", "a,b", "say \"hi\"", "=1+1", "'=1+1", "''-x", "'quoted'", "@home", "-5", "+49", "x=1", "'"];
    let descriptions = [
        None,
        Some("two\nlines"),
        Some("=HYPERLINK(\"x\")"),
        Some("\tindented"),
        Some("\r\n=x"),
        Some("\n=x"),
        Some("\u{ff1d}x"),
    ];
    let mut bytes = header();
    let tasks: Vec<Task> =
        titles.iter().flat_map(|title| descriptions.map(|description| task(title, description))).collect();
    tasks.iter().for_each(|task| write(&mut bytes, &exported(task.clone())));
    let text = String::from_utf8(bytes).unwrap();
    for (draft, task) in read_all(&text).iter().zip(&tasks) {
        assert_eq!(draft.title.as_str(), task.title);
        let members = &draft.members;
        let description = members.description.as_ref().and_then(Option::as_ref);
        assert_eq!(description.map(task::Description::as_str), task.description.as_deref());
        assert_eq!(members.tags.as_ref().unwrap().names(), task.tags);
        assert_eq!(members.remind.as_ref().unwrap(), &[0, 30]);
        let list = members.list.as_ref().and_then(Option::as_ref).map(task::ListName::as_str);
        let due = members.due.as_ref().and_then(Option::as_ref).map(task::TaskDue::as_str);
        assert_eq!((list, due), (task.list.as_deref(), task.due.as_deref()));
        let rule = members.repeat.as_ref().and_then(Option::as_ref).map(ToString::to_string);
        assert_eq!(rule, task.repeat);
        assert_eq!((draft.completed, draft.created_at.as_ref().unwrap().as_str()), (true, &*task.created_at));
        assert_eq!(
            (draft.completed_at.as_ref().map(TaskTime::as_str), members.priority),
            (task.completed_at.as_deref(), Some(task.priority))
        );
    }
    assert_eq!(read_all(&text).len(), tasks.len());
}

#[test]
fn no_cell_begins_like_a_formula() {
    for text in ["=1", "+1", "-1", "@x", "\t=1", "\r=1", "\n=1", "\u{ff1d}1", "\u{ff20}x", "'=1"] {
        let mut bytes = Vec::new();
        write(&mut bytes, &exported(task(text, Some(text))));
        let mut reader = ReaderBuilder::new().has_headers(false).from_reader(bytes.as_slice());
        let record = reader.records().next().unwrap().unwrap();
        assert!(record.iter().all(|cell| !cell.starts_with(FORMULA)), "{record:?}");
    }
}
