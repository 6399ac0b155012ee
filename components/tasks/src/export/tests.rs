use chrono::{Days, NaiveDate, NaiveDateTime, SecondsFormat, TimeDelta};
use proptest::prelude::*;
use task::{
    Description, Draft, ExportedTask, ListName, Priority, RepeatFrom, RepeatRule, SeriesState, Task, TaskDue,
    TaskSeries, TaskTags, TaskTime, Title,
};
use task_calendar::TodoCalendar;
use task_import::ImportOptions;
use task_words::ReadingContext;
use user_language::Language;

use super::markdown::MarkdownFile;
use super::writer::{CsvWriter, ExportWriter, JsonWriter};
use crate::drafts::drafts;

const RULES: [&str; 8] = [
    "FREQ=DAILY",
    "FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,FR",
    "FREQ=MONTHLY",
    "FREQ=MONTHLY;BYMONTHDAY=15,31",
    "FREQ=MONTHLY;BYDAY=-1FR",
    "FREQ=YEARLY",
    "FREQ=DAILY;COUNT=40",
    "FREQ=WEEKLY;UNTIL=20301231",
];

fn title() -> impl Strategy<Value = String> {
    let text = "[!-~äß日🚀#📅⏫\\\\][ -~äß日🚀#📅⏫\\\\]{0,40}";
    text.prop_filter("a title", |text| Title::parse(text).is_ok_and(|title| title.as_str() == text))
}

fn description() -> impl Strategy<Value = Option<String>> {
    let line = prop_oneof![
        "[ -~\täß日📅]{0,30}",
        Just("- [ ] a".to_owned()),
        Just("## b".to_owned()),
        Just("\\".to_owned()),
        Just("```".to_owned())
    ];
    let text = prop::collection::vec(line, 0..6).prop_map(|lines| lines.join("\n"));
    text.prop_map(|text| Description::parse(&text).ok().flatten().filter(|read| read.as_str() == text).map(|_| text))
}

fn tags() -> impl Strategy<Value = Vec<String>> {
    let tag = prop_oneof![Just("home"), Just("two words"), Just("ä;b"), Just("back\\slash"), Just("📅"), Just("=1")];
    prop::collection::vec(tag, 0..4).prop_map(|names| TaskTags::parse(names).unwrap().names().to_vec())
}

fn due() -> impl Strategy<Value = (NaiveDate, Option<String>)> {
    let time = prop::option::of((0..24_u32, 0..60_u32).prop_map(|(hour, minute)| format!("T{hour:02}:{minute:02}")));
    (0..2000_u64, time).prop_map(|(days, time)| (NaiveDate::from_ymd_opt(2026, 1, 31).unwrap() + Days::new(days), time))
}

prop_compose! {
    fn exported()(
        (title, description, tags) in (title(), description(), tags()),
        due in prop::option::of(due()),
        (repeat, completion) in (prop::option::of(0..RULES.len()), any::<bool>()),
        series in prop::option::of((0..400_u64, 0..30_u16)),
        remind in prop::collection::btree_set(0..500_000_i32, 0..4),
        list in prop::option::of(prop_oneof![Just("Home"), Just("a; b, c"), Just("## #"), Just("=x")]),
        (priority, position) in (0..4_usize, 0..1000_u32),
        (completed, made, done) in (any::<bool>(), 0..80_000_000_000_i64, prop::option::of(0..80_000_000_000_i64)),
    ) -> ExportedTask {
        let at = |milliseconds: i64| {
            let at = NaiveDate::from_ymd_opt(2025, 1, 1).unwrap().and_hms_opt(0, 0, 0).unwrap().and_utc();
            (at + TimeDelta::milliseconds(milliseconds)).to_rfc3339_opts(SecondsFormat::Millis, true)
        };
        let repeat = repeat.filter(|_| due.is_some()).map(|rule| RULES[rule].to_owned());
        let series = series.zip(due.as_ref()).filter(|_| repeat.is_some()).map(|((before, passed), due)| TaskSeries {
            anchor: due.0 - Days::new(before),
            passed,
        });
        let task = Task {
            title,
            description,
            completed,
            created_at: at(made),
            updated_at: at(made + 1234),
            completed_at: done.filter(|_| completed).map(at),
            priority: [Priority::None, Priority::Low, Priority::Medium, Priority::High][priority],
            due: due.map(|(day, time)| format!("{day}{}", time.unwrap_or_default())),
            repeat_from: if completion && repeat.is_some() { RepeatFrom::Completion } else { RepeatFrom::Due },
            repeat,
            remind: remind.into_iter().collect(),
            tags,
            list: list.map(str::to_owned),
            position: format!("a{position:04}i"),
            ..Task::default()
        };
        ExportedTask { task, series }
    }
}

/// Tasks with numbers, of which some are steps of the first one.
fn all() -> impl Strategy<Value = Vec<ExportedTask>> {
    prop::collection::vec((exported(), any::<bool>()), 1..8).prop_map(|tasks| {
        let number = |(at, (mut exported, is_step)): (usize, (ExportedTask, bool))| {
            exported.task.id = at as i64 + 1;
            exported.task.parent = Some(1).filter(|_| is_step && at > 0);
            exported
        };
        tasks.into_iter().enumerate().map(number).collect()
    })
}

fn written(writer: &mut dyn ExportWriter, tasks: &[ExportedTask]) -> Vec<u8> {
    let mut bytes = Vec::new();
    writer.begin(&mut bytes);
    tasks.iter().for_each(|task| writer.task(&mut bytes, task));
    writer.end(&mut bytes);
    bytes
}

fn read(bytes: &[u8]) -> Vec<Draft> {
    let context = ReadingContext::new(NaiveDateTime::default(), Language::English);
    let options = ImportOptions { media_type: "", columns: None, context };
    let file = task_import::read(bytes, &options).unwrap();
    assert!(file.changed.is_empty() && file.skipped.is_empty() && file.not_kept.is_empty(), "{file:?}");
    drafts(file, context.now.date())
}

/// What a draft has of a task, as the task has it.
fn as_task(draft: &Draft) -> Task {
    let members = draft.members.clone();
    Task {
        title: draft.title.as_str().to_owned(),
        description: members.description.flatten().map(Description::into_string),
        completed: draft.completed,
        created_at: draft.created_at.clone().map(TaskTime::into_string).unwrap_or_default(),
        updated_at: draft.updated_at.clone().map(TaskTime::into_string).unwrap_or_default(),
        completed_at: draft.completed_at.clone().map(TaskTime::into_string),
        priority: members.priority.unwrap_or_default(),
        due: members.due.flatten().map(TaskDue::into_string),
        repeat: members.repeat.flatten().map(|rule| rule.to_string()),
        repeat_from: members.repeat_from.unwrap_or_default(),
        remind: members.remind.unwrap_or_default().into_iter().map(|minutes| minutes as i32).collect(),
        tags: members.tags.map(TaskTags::into_names).unwrap_or_default(),
        list: members.list.flatten().map(ListName::into_string),
        parent: draft.parent_draft.map(i64::from),
        ..Task::default()
    }
}

/// The numbers of tasks in the order of their places.
fn order<P: Ord>(places: impl Iterator<Item = P>) -> Vec<usize> {
    let places: Vec<(P, usize)> = places.zip(0..).collect();
    let mut order: Vec<usize> = (0..places.len()).collect();
    order.sort_by_key(|at| &places[*at]);
    order
}

/// A rule of which the file says no anchor gives the same days from the due one on.
fn from_due(ExportedTask { task, series }: &ExportedTask) -> Option<String> {
    let rule = RepeatRule::parse(task.repeat.as_deref()?).unwrap();
    let Some(TaskSeries { anchor, passed }) = *series else { return Some(rule.to_string()) };
    let due = task.due.as_deref()?[..10].parse().unwrap();
    Some(rule.from_due(SeriesState { anchor, due, from: task.repeat_from, passed }).to_string())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn what_is_written_is_read_as_it_was(tasks in all()) {
        let calendar: Box<dyn ExportWriter> = Box::new(TodoCalendar::new("ann", 540));
        let writers: [Box<dyn ExportWriter>; 3] = [Box::new(JsonWriter::new("ann")), Box::new(CsvWriter), calendar];
        for mut writer in writers {
            let bytes = written(writer.as_mut(), &tasks);
            let drafts = read(&bytes);
            for (draft, ExportedTask { task, series }) in drafts.iter().zip(&tasks) {
                let expected = Task { id: 0, position: String::new(), ..task.clone() };
                prop_assert_eq!(as_task(draft), expected, "{}", String::from_utf8_lossy(&bytes));
                prop_assert_eq!(draft.series, *series);
            }
            prop_assert_eq!(drafts.len(), tasks.len());
            let ranks = drafts.iter().zip(1..).map(|(draft, at)| draft.rank.unwrap_or(at));
            prop_assert_eq!(order(ranks), order(tasks.iter().map(|exported| &exported.task.position)));
        }
    }

    #[test]
    fn a_checklist_has_what_markdown_can_say(tasks in all()) {
        let mut file = MarkdownFile::default();
        tasks.iter().for_each(|task| file.add(task));
        let text = file.into_text(&["Home".to_owned()]);
        let drafts = read(text.as_bytes());
        prop_assert_eq!(drafts.len(), tasks.len());
        let key = |task: &Task| serde_json::to_string(task).unwrap();
        let mut found: Vec<String> = drafts
            .iter()
            .map(|draft| {
                let task = as_task(draft);
                let parent = task.parent.map(|parent| as_task(&drafts[parent as usize - 1]).title);
                format!("{} of {parent:?}", key(&Task { parent: None, ..task }))
            })
            .collect();
        let noon = |at: &str| format!("{}T12:00:00.000Z", &at[..10]);
        let first = &tasks[0].task;
        let mut expected: Vec<String> = tasks
            .iter()
            .map(|exported| {
                let task = exported.task.clone();
                let expected = Task {
                    id: 0,
                    position: String::new(),
                    parent: None,
                    remind: Vec::new(),
                    updated_at: String::new(),
                    created_at: noon(&task.created_at),
                    completed_at: task.completed_at.as_deref().map(noon),
                    repeat: from_due(exported),
                    list: if task.parent.is_some() { first.list.clone() } else { task.list.clone() },
                    ..task.clone()
                };
                format!("{} of {:?}", key(&expected), task.parent.map(|_| &first.title))
            })
            .collect();
        found.sort();
        expected.sort();
        prop_assert_eq!(found, expected, "{}", text);
    }
}

#[test]
fn a_checklist_is_read_by_people() {
    let task =
        |id: i64, title: &str| Task { id, title: title.to_owned(), position: format!("a{id}i"), ..Task::default() };
    let due = Task {
        due: Some("2027-01-04".to_owned()),
        repeat: Some("FREQ=WEEKLY;BYDAY=MO".to_owned()),
        tags: vec!["home".to_owned()],
        description: Some("two\nlines".to_owned()),
        list: Some("Flat".to_owned()),
        created_at: "2026-11-01T08:00:00.000Z".to_owned(),
        ..task(1, "Water the plants")
    };
    let step = Task { parent: Some(1), completed: true, ..task(2, "the fern #1") };
    let mut file = MarkdownFile::default();
    for task in [due, step, task(3, "Milk")] {
        file.add(&ExportedTask { task, series: None });
    }
    let expected = "---\ngenerator: todo-chatbot\n---\n\n- [ ] Milk\n\n## Flat\n\n\
        - [ ] Water the plants #home 📅 2027-01-04 🔁 every Monday ➕ 2026-11-01\n    two\n    lines\n    \
        - [x] the fern \\#1\n";
    assert_eq!(file.into_text(&[]), expected);
}
