//! Weeks and days: what is asked by them, and how they are said.

use serde_json::json;

use task::WeekStart;

use crate::language::Language;
use crate::testing::TestHost;
use crate::turn::Turn;

/// A list with a task due on each of these days.
fn due_on(days: &[&str]) -> TestHost {
    let host = TestHost::with_tasks(days);
    host.has_dates.set(true);
    for (at, day) in days.iter().enumerate() {
        host.members.borrow_mut().entry(at + 1).or_default().insert("due".to_owned(), json!(day));
    }
    host
}

fn say(host: &TestHost, message: &str, language: Language) -> String {
    host.go_on(&mut vec![Turn::default()], message, language)
}

#[test]
fn a_week_begins_on_the_users_day() {
    // The tests talk on a Saturday.
    let host = due_on(&["2026-11-28", "2026-11-29", "2026-11-30", "2026-12-05", "2026-12-06"]);
    for (week_start, this_week, next_week) in
        [(WeekStart::Monday, 2, 3), (WeekStart::Sunday, 1, 3), (WeekStart::Saturday, 3, 2)]
    {
        host.week_start.set(week_start);
        for (message, language, count) in [
            ("what is due this week?", Language::English, this_week),
            ("anything this week?", Language::English, this_week),
            ("what is due next week?", Language::English, next_week),
            ("Was steht diese Woche an?", Language::German, this_week),
            ("Aufgaben für nächste Woche", Language::German, next_week),
        ] {
            let text = say(&host, message, language);
            assert_eq!(text.lines().count(), count + 1, "{week_start:?} {message}: {text}");
        }
        for message in ["what's on this weekend?", "Was steht am Wochenende an?"] {
            assert_eq!(say(&host, message, Language::German).lines().count(), 3, "{week_start:?} {message}");
        }
    }
}

#[test]
fn days_are_said_as_people_say_them() {
    let host = due_on(&["2026-11-27", "2026-11-28T17:00", "2026-11-29", "2026-12-04", "2027-01-01"]);
    for (message, language, says) in [
        ("show my tasks", Language::English, "(yesterday)"),
        ("show my tasks", Language::English, "(today at 17:00)"),
        ("what is due tomorrow?", Language::English, "(tomorrow)"),
        ("when is task 4?", Language::English, "(Friday, 4 December)"),
        ("show task 5", Language::English, "(Friday, 1 January 2027)"),
        ("Zeig meine Aufgaben", Language::German, "(heute um 17:00 Uhr)"),
        ("Was ist heute fällig", Language::German, "(gestern)"),
        ("Wann ist Aufgabe 4?", Language::German, "(Freitag, 4. Dezember)"),
        ("move 4 to monday", Language::English, "Changed #4 2026-12-04 (Monday, 30 November)."),
        ("Verschiebe 4 auf Montag", Language::German, "(Montag, 30. November)"),
        ("is 1 overdue?", Language::English, "Yes, it is overdue"),
        ("is 4 overdue?", Language::English, "No, it is not overdue"),
    ] {
        let text = say(&host, message, language);
        assert!(text.contains(says), "{message}: {text}");
    }
}

#[test]
fn a_day_is_no_title() {
    for message in [
        "change 1 to Thursday",
        "edit task 1 to thursday",
        "change 1 to 2026-12-03",
        "Ändere 1 auf Donnerstag",
        "Ändere 1 in Donnerstag",
        "1 auf Donnerstag verschieben",
        "Setz 1 auf Donnerstag",
    ] {
        let host = TestHost::with_tasks(&["Buy milk"]);
        host.has_dates.set(true);
        let text = host.talk(&[message]);
        assert_eq!(host.members.borrow()[&1]["due"], "2026-12-03", "{message}: {text}");
        assert_eq!(host.tasks.borrow()[0], Some(("Buy milk".to_owned(), false)), "{message}");
    }
    for message in ["rename 1 to Thursday", "Benenne 1 in Donnerstag um", "Nenne 1 Donnerstag"] {
        let host = TestHost::with_tasks(&["Buy milk"]);
        host.has_dates.set(true);
        let text = host.talk(&[message]);
        assert!(
            text.contains("hursday\" the new title") || text.contains("onnerstag“ der neue Titel"),
            "{message}: {text}"
        );
        assert_eq!(host.tasks.borrow()[0], Some(("Buy milk".to_owned(), false)), "{message}");
    }
    let host = TestHost::with_tasks(&["Buy milk"]);
    assert_eq!(host.talk(&["rename 1 to \"Thursday\""]), "Renamed #1 Thursday.");
}

#[test]
fn each_order_of_a_sentence_has_its_own_date() {
    let host = TestHost::with_tasks(&["Buy milk", "Pay rent", "tea"]);
    host.has_dates.set(true);
    host.talk(&["move 1 to tomorrow, move 2 to monday and complete 3"]);
    let due = |id: usize| host.members.borrow()[&id]["due"].clone();
    assert_eq!((due(1), due(2)), (json!("2026-11-29"), json!("2026-11-30")));
    assert_eq!(host.tasks.borrow()[2], Some(("tea".to_owned(), true)));
}

#[test]
fn a_time_may_stand_before_what_is_to_be_done() {
    for message in ["tomorrow I need to buy stamps", "Tomorrow, we have to buy stamps"] {
        let host = TestHost::default();
        host.has_dates.set(true);
        let text = host.talk(&[message]);
        assert_eq!(host.tasks.borrow()[..], [Some(("buy stamps".to_owned(), false))], "{text}");
        assert_eq!(host.members.borrow()[&1]["due"], "2026-11-29", "{text}");
    }
}
