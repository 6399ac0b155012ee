//! Lists that are asked for by a time: what is said about it is obeyed, or it is said that it is not understood.

use serde_json::json;

use crate::language::Language;
use crate::testing::TestHost;
use crate::turn::Turn;

/// Tasks of a Saturday, 28 November: rent is overdue, milk due today, mum tomorrow, the report on Friday and gym in December.
fn host() -> TestHost {
    let host = TestHost::with_tasks(&["Pay rent", "Buy milk", "Call mum", "Report", "Gym", "Undated"]);
    host.has_dates.set(true);
    let days = ["2026-11-25", "2026-11-28", "2026-11-29T17:00", "2026-12-04T12:00", "2026-12-07"];
    for (at, day) in days.iter().enumerate() {
        host.members.borrow_mut().entry(at + 1).or_default().insert("due".to_owned(), json!(day));
    }
    host
}

/// The numbers of the tasks in a reply.
fn listed(text: &str) -> Vec<usize> {
    let numbers = text.lines().filter_map(|line| line.strip_prefix('#')?.split(' ').next()?.parse().ok());
    numbers.collect()
}

fn say(message: &str) -> String {
    say_in(Language::English, message)
}

fn say_in(language: Language, message: &str) -> String {
    host().go_on(&mut vec![Turn::default()], message, language)
}

#[test]
fn the_relation_to_a_day_is_obeyed() {
    for (message, tasks) in [
        ("what is due before friday?", vec![1, 2, 3]),
        ("was ist vor Freitag fällig?", vec![1, 2, 3]),
        ("what is due after friday?", vec![5]),
        ("what is due later than friday?", vec![5]),
        ("was ist nach Freitag fällig?", vec![5]),
        ("list everything due before 7 december", vec![1, 2, 3, 4]),
        ("what is due before 5 december?", vec![1, 2, 3, 4]),
        ("what do I have after 5 december?", vec![5]),
        ("show tasks due between 29 november and 5 december", vec![3, 4]),
        ("show tasks due between 2 and 5 december", vec![4]),
        ("what is due today or tomorrow?", vec![1, 2, 3]),
        ("what is due from monday to friday?", vec![4]),
        ("what was due yesterday?", vec![]),
        ("what is due in january?", vec![]),
        ("what is due in december?", vec![4, 5]),
        ("was ist im Dezember fällig?", vec![4, 5]),
        ("what is due this year?", vec![1, 2, 3, 4, 5]),
        ("what was due last week?", vec![]),
        ("what is due in 6 days?", vec![4]),
        ("what is due within a week?", vec![1, 2, 3, 4]),
        ("which tasks are late?", vec![1]),
    ] {
        let text = say(message);
        assert_eq!(listed(&text), tasks, "{message}: {text}");
        assert!(
            text.starts_with("Due") || text.starts_with("Fällig") || text == "Nothing is due.",
            "{message}: {text}"
        );
    }
}

#[test]
fn what_is_not_understood_lists_nothing() {
    for message in [
        "what is due except today?",
        "what is not overdue?",
        "what is due today besides milk?",
        "what is due soon?",
        "what is due on 31 november?",
        "what is due tomorrow before noon?",
        "what is due tomorrow morning?",
        "delete everything due soon",
    ] {
        assert!(say(message).starts_with("I do not understand the date."), "{message}: {}", say(message));
    }
    for message in ["was ist bald fällig?", "was ist am 31. November fällig?", "was ist morgen früh fällig?"] {
        let text = say_in(Language::German, message);
        assert!(text.starts_with("Ich verstehe das Datum nicht."), "{message}: {text}");
    }
}

#[test]
fn what_is_due_before_a_day_is_deleted_after_a_question() {
    let host = host();
    let text = host.go_on(&mut vec![Turn::default()], "delete everything due before friday", Language::English);
    let asked: Vec<_> = host.turn("").calls().filter(|call| call.name == "delete_task").cloned().collect();
    let ids: Vec<_> = asked.iter().map(|call| call.arguments["task_id"].clone()).collect();
    assert_eq!(ids, [json!(1), json!(2), json!(3)], "{text}");
    assert!(host.tasks.borrow().iter().all(Option::is_some), "{text}");
}

#[test]
fn a_new_time_keeps_the_day_of_the_task() {
    for (message, number, due) in [
        ("move call mum to 6pm", 3, "2026-11-29T18:00"),
        ("change call mum to 6pm", 3, "2026-11-29T18:00"),
        ("verschiebe Call mum auf 18 Uhr", 3, "2026-11-29T18:00"),
        ("postpone report until 3pm", 4, "2026-12-04T15:00"),
        ("move report to noon", 4, "2026-12-04T12:00"),
        ("move gym to 7am", 5, "2026-12-07T07:00"),
        ("move undated to 6pm", 6, "2026-11-28T18:00"),
        ("move 2 to 6pm", 2, "2026-11-28T18:00"),
        ("move call mum to today at 6pm", 3, "2026-11-28T18:00"),
        ("move call mum to monday", 3, "2026-11-30T17:00"),
    ] {
        let host = host();
        let text = host.go_on(&mut vec![Turn::default()], message, Language::English);
        assert_eq!(host.members.borrow()[&number]["due"], due, "{message}: {text}");
    }
}

#[test]
fn what_is_overdue_is_over_by_its_day_or_its_time() {
    let host = TestHost::with_tasks(&["rent", "call", "dinner", "milk"]);
    for (id, due) in [(1, "2026-11-27"), (2, "2026-11-28T09:00"), (3, "2026-11-28T19:00"), (4, "2026-11-28")] {
        host.members.borrow_mut().insert(id, serde_json::from_value(json!({ "due": due })).unwrap());
    }
    host.has_dates.set(true);
    for message in ["what is overdue?", "Was ist überfällig?", "show overdue tasks"] {
        let text = host.go_on(&mut vec![Turn::default()], message, Language::English);
        assert!(text.contains("#1 rent") && text.contains("#2 call") && text.lines().count() == 3, "{message}: {text}");
    }
    assert_eq!(host.go_on(&mut vec![Turn::default()], "complete 1 and 2", Language::English).lines().count(), 2);
    assert_eq!(host.go_on(&mut vec![Turn::default()], "what is overdue?", Language::English), "Nothing is overdue.");
}
