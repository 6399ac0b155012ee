//! New tasks: quoted titles, lists of things with a date, reminders that repeat; and corrections of what was added.

use serde_json::{Value, json};

use super::lists::{host, say};
use crate::language::Language;
use crate::testing::TestHost;
use crate::turn::Turn;

/// The titles, days and tags of the tasks that a message adds.
fn added(message: &str) -> Vec<(String, Value, Value)> {
    let host = host();
    let text = say(&host, message);
    let called = host.called.borrow();
    let tasks = called.iter().filter(|(name, _)| name == "add_task").map(|(_, arguments)| {
        let title = arguments["title"].as_str().unwrap_or_default().to_owned();
        (title, arguments["due"].clone(), arguments["tags"].clone())
    });
    assert!(called.iter().all(|(name, _)| ["add_task", "list_tasks"].contains(&name.as_str())), "{message}: {text}");
    tasks.collect()
}

#[test]
fn a_quoted_title_is_what_is_quoted() {
    let (none, friday) = (Value::Null, json!("2026-12-04"));
    for (message, title, due) in [
        ("add \"buy milk friday\"", "buy milk friday", &none),
        ("add “buy milk friday”", "buy milk friday", &none),
        ("add 'call mum friday'", "call mum friday", &none),
        ("füge „Milch am Freitag“ hinzu", "Milch am Freitag", &none),
        ("add \"apples, pears and plums\"", "apples, pears and plums", &none),
        ("add “mark 1 and delete task 2”", "mark 1 and delete task 2", &none),
        ("add \"remind me friday\"", "remind me friday", &none),
        ("add \"buy milk\" friday", "buy milk", &friday),
        ("add “buy milk” friday", "buy milk", &friday),
        ("füge „Milch“ am Freitag hinzu", "Milch", &friday),
        ("add \"apples, pears and plums\" friday", "apples, pears and plums", &friday),
        ("add read \"The Monday Book\" friday", "read \"The Monday Book\"", &friday),
        ("add don't forget the kids' shoes friday", "don't forget the kids' shoes", &friday),
    ] {
        assert_eq!(added(message), [(title.to_owned(), due.clone(), none.clone())], "{message}");
    }
    let family = ("call mum".to_owned(), json!("2026-11-29T17:00"), json!(["family"]));
    assert_eq!(added("add \"call mum\" tomorrow at 5 #family"), [family]);
    assert!(!say(&host(), "add \"remind me friday\"").contains("remind you"));
}

#[test]
fn what_is_added_says_how_it_repeats() {
    for (message, language, reply) in [
        ("add gym every monday at 7am", Language::English, "#9 gym (Monday, 30 November at 07:00, every Monday)."),
        (
            "add plants every 3 days after completion",
            Language::English,
            "#9 plants (today, every 3 days after completion).",
        ),
        (
            "füge Gym jeden Montag um 7 hinzu",
            Language::German,
            "#9 Gym (Montag, 30. November um 07:00 Uhr, jeden Montag).",
        ),
    ] {
        let text = host().go_on(&mut vec![Turn::default()], message, language);
        assert!(text.contains(reply), "{message}: {text}");
    }
}

#[test]
fn what_ends_a_list_of_things_holds_for_all_of_them() {
    let (none, tomorrow, friday) = (Value::Null, json!("2026-11-29"), json!("2026-12-04"));
    for (message, due, tags) in [
        ("add milk, eggs and bread tomorrow", &tomorrow, &none),
        ("add milk, eggs and bread on friday", &friday, &none),
        ("add for tomorrow: milk, eggs and bread", &tomorrow, &none),
        ("tomorrow: milk, eggs and bread", &tomorrow, &none),
        ("add tasks: milk, eggs, bread tomorrow", &tomorrow, &none),
        ("add milk, eggs and bread #shop", &none, &json!(["shop"])),
        ("add milk, eggs and bread friday #shop", &friday, &json!(["shop"])),
        ("add \"milk\", \"eggs\" and \"bread\" friday", &friday, &none),
    ] {
        let expected = ["milk", "eggs", "bread"].map(|title| (title.to_owned(), due.clone(), tags.clone()));
        assert_eq!(added(message), expected, "{message}");
    }
    let titled = |dated: [(&str, &Value); 2]| dated.map(|(title, due)| (title.to_owned(), due.clone(), Value::Null));
    for (message, expected) in [
        ("add milk tomorrow and bread friday", titled([("milk", &tomorrow), ("bread", &friday)])),
        ("remind me to call mum tomorrow and Bob friday", titled([("call mum", &tomorrow), ("Bob", &friday)])),
        ("füge Öl morgen und Brot am Freitag hinzu", titled([("Öl", &tomorrow), ("Brot", &friday)])),
    ] {
        assert_eq!(added(message), expected, "{message}");
    }
    let own = [("milk", &tomorrow), ("eggs", &friday), ("bread", &friday)];
    let own = own.map(|(title, due)| (title.to_owned(), due.clone(), Value::Null));
    assert_eq!(added("add milk tomorrow, eggs and bread friday"), own);
    let german = ["Äpfel", "Birnen", "Pflaumen"].map(|title| (title.to_owned(), friday.clone(), Value::Null));
    assert_eq!(added("füge Äpfel, Birnen und Pflaumen am Freitag hinzu"), german);
    for one in ["add bread and butter tomorrow", "add meeting monday and tuesday", "add milk, urgent, #home"] {
        assert_eq!(added(one).len(), 1, "{one}");
    }
}

#[test]
fn a_date_stands_behind_a_list_as_well() {
    let host = host();
    say(&host, "add apples, pears and plums to the list Groceries tomorrow");
    for (_, arguments) in host.called.borrow().iter() {
        assert_eq!((&arguments["list"], &arguments["due"]), (&json!("Groceries"), &json!("2026-11-29")));
    }
}

#[test]
fn words_for_the_date_are_no_part_of_the_title() {
    let (christmas, friday) = (json!("2026-12-24"), json!("2026-12-04"));
    for (message, title, due) in [
        ("add call mum with due date 2026-12-24", "call mum", &christmas),
        ("add call mum due on 24 december", "call mum", &christmas),
        ("add call mum due date: friday", "call mum", &friday),
        ("add call mum with a deadline of friday", "call mum", &friday),
        ("füge Öl fällig am Freitag hinzu", "Öl", &friday),
        ("füge Öl mit Fälligkeit 24.12.2026 hinzu", "Öl", &christmas),
        ("füge Öl mit Termin Freitag hinzu", "Öl", &friday),
        ("add pay due bills", "pay due bills", &Value::Null),
    ] {
        assert_eq!(added(message), [(title.to_owned(), due.clone(), Value::Null)], "{message}");
    }
}

#[test]
fn a_day_that_does_not_exist_changes_nothing() {
    for message in [
        "set task 6 due 31 june",
        "set task 6 due 30 february",
        "move report to 31 june",
        "change the due date of report to 31 june",
        "add rent due 31 june",
        "setze Aufgabe 6 auf den 31. Juni",
        "verschiebe Report auf den 30. Februar",
        "füge Öl fällig am 31. Juni hinzu",
    ] {
        let host = host();
        let text = say(&host, message);
        assert!(text.contains("understand the date") || text.contains("verstehe das Datum"), "{message}: {text}");
        assert!(host.called.borrow().iter().all(|(name, _)| name == "list_tasks"), "{message}");
    }
}

#[test]
fn a_wish_to_be_reminded_again_and_again_repeats() {
    for (message, title, due, rule) in [
        ("remind me every day at 8pm to take my pills", "take my pills", "2026-11-28T20:00", "FREQ=DAILY"),
        ("remind me to take my pills every day at 8pm", "take my pills", "2026-11-28T20:00", "FREQ=DAILY"),
        ("remind me every monday at 9 to call mum", "call mum", "2026-11-30T09:00", "FREQ=WEEKLY;BYDAY=MO"),
        ("every monday remind me to call mum", "call mum", "2026-11-30", "FREQ=WEEKLY;BYDAY=MO"),
        ("erinnere mich jeden Tag um 20 Uhr an die Tabletten", "die Tabletten", "2026-11-28T20:00", "FREQ=DAILY"),
        ("erinnere mich jeden Montag daran, zu üben", "üben", "2026-11-30", "FREQ=WEEKLY;BYDAY=MO"),
    ] {
        let host = host();
        let text = say(&host, message);
        let called = host.called.borrow();
        let [(name, task)] = called.as_slice() else { panic!("{message}: {text}") };
        assert_eq!(
            (name.as_str(), &task["title"], &task["due"]),
            ("add_task", &json!(title), &json!(due)),
            "{message}"
        );
        assert_eq!((&task["repeat"], &task["remind"]), (&json!(rule), &json!([0])), "{message}");
    }
    // A time that is not understood is no title.
    assert!(added("erinnere mich jeden Vollmond daran, zu üben").is_empty());
}

/// The members of the ninth task, which the first message adds, after both.
fn corrected(first: &str, second: &str) -> Value {
    let host = host();
    let mut history = vec![Turn::default()];
    for message in [first, second] {
        host.go_on(&mut history, message, Language::English);
    }
    host.members.borrow()[&9]["due"].clone()
}

#[test]
fn a_correction_gives_what_was_added_another_time() {
    for (first, second, due) in [
        ("add dentist thursday", "no, I meant friday", "2026-12-04"),
        ("add dentist thursday", "no wait, I meant friday", "2026-12-04"),
        ("add dentist thursday", "not thursday, friday", "2026-12-04"),
        ("add dentist thursday", "friday, not thursday", "2026-12-04"),
        ("add dentist thursday at 5pm", "actually make it 6pm", "2026-12-03T18:00"),
        ("add dentist thursday at 5pm", "better friday", "2026-12-04T17:00"),
        ("add dentist thursday", "move it to monday", "2026-11-30"),
        ("add dentist thursday", "nein, ich meinte Freitag", "2026-12-04"),
        ("add dentist thursday at 5pm", "doch lieber um 18 Uhr", "2026-12-03T18:00"),
        ("add dentist thursday", "Freitag statt Donnerstag", "2026-12-04"),
        ("add dentist thursday", "not friday", "2026-12-03"),
    ] {
        assert_eq!(corrected(first, second), due, "{first}, {second}");
    }
    // Nothing was changed by the message before.
    for messages in [&["what's due tomorrow?", "no, I meant friday"][..], &["find report", "actually friday"]] {
        let host = host();
        let text = host.talk(messages);
        assert!(host.called.borrow().iter().all(|(name, _)| name == "list_tasks"), "{messages:?}: {text}");
    }
    let host = TestHost::default();
    host.has_dates.set(true);
    host.talk(&["add milk, eggs and bread tomorrow", "no, I meant friday"]);
    assert!((1..=3).all(|id| host.members.borrow()[&id]["due"] == "2026-12-04"));
}

#[test]
fn a_reason_is_no_part_of_an_order() {
    for (message, tool, id) in [
        ("delete the milk, I already have it", "delete_task", 2),
        ("cross off the milk, got it already", "complete_task", 2),
        ("streich den Report, hab ich schon", "delete_task", 4),
        ("lösche gym, brauche ich nicht mehr", "delete_task", 5),
    ] {
        let host = host();
        say(&host, message);
        let calls: Vec<_> = host.turn("").calls().filter(|call| call.name != "list_tasks").cloned().collect();
        let made: Vec<_> = calls.iter().map(|call| (call.name.as_str(), &call.arguments["task_id"])).collect();
        assert_eq!(made, [(tool, &json!(id))], "{message}");
    }
}
