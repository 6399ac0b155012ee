use chrono::NaiveDate;
use task_import::ImportOptions;
use task_words::ReadingContext;
use user_language::Language;

use super::*;

fn read(text: &str) -> TaskFile {
    let today = NaiveDate::from_ymd_opt(2026, 11, 28).unwrap();
    let context = ReadingContext::new(today.into(), Language::English);
    task_import::read(text.as_bytes(), &ImportOptions { media_type: "text/csv", columns: None, context }).unwrap()
}

#[test]
fn a_day_on_which_something_happened_is_its_noon() {
    let file = read("title,completed at,created at\na,2026-11-03,2026-11-01T08:00:00+02:00\n");
    let draft = drafts(file, NaiveDate::MIN).remove(0);
    assert_eq!(draft.completed_at.unwrap().as_str(), "2026-11-03T12:00:00.000Z");
    assert_eq!(draft.created_at.unwrap().as_str(), "2026-11-01T06:00:00.000Z");
}

#[test]
fn a_draft_has_all_members_of_the_file() {
    let text = "id,title,due,repeat,tags,list,parent,remind\n1,a,24.12.2026 08:30,FREQ=DAILY,\"x, y\",Home,2,\"10,5\"\n2,b,,jeden Montag,,,,\n";
    let made = drafts(read(text), NaiveDate::from_ymd_opt(2026, 11, 28).unwrap());
    let members = &made[0].members;
    assert_eq!(members.due.as_ref().unwrap().as_ref().unwrap().as_str(), "2026-12-24T08:30");
    assert_eq!(members.repeat.as_ref().unwrap().as_ref().unwrap().to_string(), "FREQ=DAILY");
    assert_eq!(
        (members.tags.as_ref().unwrap().names(), members.remind.as_deref()),
        (&["x".to_owned(), "y".to_owned()][..], Some(&[10, 5][..]))
    );
    assert_eq!((members.list.as_ref().unwrap().as_ref().unwrap().as_str(), made[0].parent_draft), ("Home", Some(2)));
    assert_eq!(
        made[1].members.due.as_ref().unwrap().as_ref().unwrap().as_str(),
        "2026-11-30",
        "the first day of the rule"
    );
}

#[test]
fn a_time_in_a_zone_keeps_it() {
    let text = "TYPE,CONTENT,PRIORITY,INDENT,DATE,TIMEZONE\ntask,a,4,1,2026-12-24 17:00,Europe/Berlin\n";
    let made = drafts(read(text), NaiveDate::MIN);
    let due = made[0].members.due.as_ref().unwrap().as_ref().unwrap().as_str();
    assert_eq!((due, made[0].due_zone.as_deref()), ("2026-12-24T17:00", Some("Europe/Berlin")));
}

#[test]
fn a_preview_shows_the_first_tasks() {
    let file = read(&format!("title,due\n{}", "a,24.12.2026 08:30\n".repeat(30)));
    let shown = preview(&file, NaiveDate::from_ymd_opt(2026, 11, 28).unwrap());
    assert_eq!(
        (shown.as_array().unwrap().len(), &shown[0]["due"], &shown[0]["line"]),
        (20, &json!("2026-12-24T08:30"), &json!(2))
    );
}

#[test]
fn steps_name_their_parent_by_its_number_in_the_file() {
    let file = read("[{\"title\":\"a\",\"id\":7},{\"title\":\"b\",\"parent\":9},{\"title\":\"c\",\"id\":9}]");
    let made = drafts(file, NaiveDate::MIN);
    assert_eq!(made.iter().map(|draft| draft.parent_draft).collect::<Vec<_>>(), [None, Some(3), None]);
}

#[test]
fn places_are_kept_where_they_are_not_the_order_of_the_file() {
    let ranks = |places: [&str; 3]| {
        let tasks = places.map(|place| format!("{{\"title\":\"a\",\"position\":\"{place}\"}}"));
        let made = drafts(read(&format!("[{}]", tasks.join(","))), NaiveDate::MIN);
        made.iter().map(|draft| draft.rank).collect::<Vec<_>>()
    };
    assert_eq!(ranks(["a1i", "a2i", "b10i"]), [None; 3]);
    assert_eq!(ranks(["a3i", "a1i", "a2i"]), [Some(3), Some(1), Some(2)]);
}
