use serde_json::{Value, json};

use super::*;
use crate::language::Language;
use crate::testing::TestHost;
use crate::turn::Turn;

/// A list on a Saturday noon: a task for a day, one for a time, one without a date.
fn host() -> TestHost {
    let host = TestHost::with_tasks(&["Pay rent", "Dentist", "Call mum"]);
    host.has_dates.set(true);
    for (id, due) in [(1, "2026-12-01"), (2, "2026-11-30T17:00")] {
        host.members.borrow_mut().entry(id).or_default().insert("due".to_owned(), due.into());
    }
    host
}

/// What the last message says, and the arguments of the last call that changes something.
fn after(messages: &[&str], language: Language) -> (String, Value) {
    let host = host();
    let mut history = vec![Turn::default()];
    let mut text = String::new();
    for message in messages {
        text = host.go_on(&mut history, message, language);
    }
    let called = host.called.borrow();
    let last = called.iter().rev().find(|(name, _)| name != "list_tasks").map(|(_, arguments)| arguments.clone());
    (text, last.unwrap_or_default())
}

#[test]
fn a_new_task_reminds_when_it_is_due_and_says_when() {
    for (message, due, remind, says) in [
        (
            "Remind me to call the dentist tomorrow at 5pm",
            "2026-11-29T17:00",
            0,
            "I will remind you tomorrow at 17:00.",
        ),
        (
            "remind me on Monday at 9 to water the plants",
            "2026-11-30T09:00",
            0,
            "I will remind you on Monday, 30 November at 09:00.",
        ),
        (
            "remind me to water the plants on Monday",
            "2026-11-30",
            0,
            "I will remind you on Monday, 30 November at 09:00.",
        ),
        ("remind me in 2 hours to check the oven", "2026-11-28T14:00", 0, "I will remind you today at 14:00."),
        ("set a reminder to call the bank tomorrow at 9", "2026-11-29T09:00", 0, "tomorrow at 09:00"),
        ("set a reminder for tomorrow at 9 to call the bank", "2026-11-29T09:00", 0, "tomorrow at 09:00"),
        ("add haircut tomorrow at 5pm and remind me 10 minutes before", "2026-11-29T17:00", 10, "tomorrow at 16:50"),
        ("remind me to leave tomorrow at 5pm, an hour before", "2026-11-29T17:00", 60, "tomorrow at 16:00"),
        ("add haircut tomorrow at 5pm with a reminder", "2026-11-29T17:00", 0, "tomorrow at 17:00"),
    ] {
        let (text, arguments) = after(&[message], Language::English);
        assert_eq!((&arguments["due"], &arguments["remind"]), (&json!(due), &json!([remind])), "{message}: {text}");
        assert!(text.contains(says) && text.contains("Settings"), "{message}: {text}");
    }
    let (text, arguments) = after(&["Erinnere mich morgen um 17 Uhr daran, den Zahnarzt anzurufen"], Language::German);
    assert_eq!((&arguments["due"], &arguments["remind"]), (&json!("2026-11-29T17:00"), &json!([0])), "{text}");
    assert!(text.contains("Ich erinnere dich morgen um 17:00 Uhr."), "{text}");
}

#[test]
fn a_task_that_is_there_gets_its_reminder() {
    for (message, expected) in [
        ("remind me of task 2", json!({"task_id": 2, "remind": [0]})),
        ("remind me 10 minutes before the dentist", json!({"task_id": 2, "remind": [10]})),
        ("remind me of task 2 an hour before", json!({"task_id": 2, "remind": [60]})),
        ("set a reminder for task 2, 10 minutes before", json!({"task_id": 2, "remind": [10]})),
        ("remind me a day before task 1", json!({"task_id": 1, "remind": [1440]})),
        ("remind me of task 2 tomorrow at 5pm", json!({"task_id": 2, "remind": [1440]})),
        ("remind me tomorrow at 9 of task 3", json!({"task_id": 3, "due": "2026-11-29T09:00", "remind": [0]})),
        ("remind me about task 3 on Friday", json!({"task_id": 3, "due": "2026-12-04", "remind": [0]})),
        ("remind me of task 1 on Tuesday at 5pm", json!({"task_id": 1, "due": "2026-12-01T17:00", "remind": [0]})),
        ("stop reminding me of task 3", json!({"task_id": 3, "remind": []})),
        ("don't remind me of the rent anymore", json!({"task_id": 1, "remind": []})),
        ("turn off the reminder for task 2", json!({"task_id": 2, "remind": []})),
        ("delete the reminder for the dentist", json!({"task_id": 2, "remind": []})),
        ("erinnere mich 10 Minuten vor dem Dentist", json!({"task_id": 2, "remind": [10]})),
        ("Erinnere mich eine Stunde vorher an Aufgabe 2", json!({"task_id": 2, "remind": [60]})),
        ("Erinnere mich an Aufgabe 2 eine Stunde vorher", json!({"task_id": 2, "remind": [60]})),
        ("Erinnere mich morgen um 9 an Aufgabe 3", json!({"task_id": 3, "due": "2026-11-29T09:00", "remind": [0]})),
        ("Erinnere mich an Aufgabe 3 am Freitag", json!({"task_id": 3, "due": "2026-12-04", "remind": [0]})),
        ("Erinnere mich nicht mehr an Aufgabe 3", json!({"task_id": 3, "remind": []})),
        ("Lösche die Erinnerung für Aufgabe 2", json!({"task_id": 2, "remind": []})),
        ("Keine Erinnerung mehr an Aufgabe 2", json!({"task_id": 2, "remind": []})),
        ("Schalte die Erinnerung für Aufgabe 2 aus", json!({"task_id": 2, "remind": []})),
    ] {
        let (text, arguments) = after(&[message], Language::English);
        assert_eq!(arguments, expected, "{message}: {text}");
    }
}

#[test]
fn it_is_the_task_that_was_mentioned() {
    let first = "Remind me to call the bank tomorrow at 5pm";
    for (then, expected) in [
        ("remind me 10 minutes before", json!({"task_id": 4, "remind": [10]})),
        ("remind me tomorrow at 4pm", json!({"task_id": 4, "remind": [60]})),
        ("stop reminding me of it", json!({"task_id": 4, "remind": []})),
        ("erinnere mich 10 Minuten vorher", json!({"task_id": 4, "remind": [10]})),
        ("erinnere mich nicht mehr daran", json!({"task_id": 4, "remind": []})),
    ] {
        let (text, arguments) = after(&[first, then], Language::English);
        assert_eq!(arguments, expected, "{then}: {text}");
    }
    let (text, _) = after(&[first, "remind me 10 minutes before"], Language::English);
    assert_eq!(text, "I will remind you tomorrow at 16:50 of #4 call the bank (tomorrow at 17:00).");
    let (text, _) = after(&["remind me to call the bank", "remind me tomorrow at 9"], Language::English);
    assert!(text.contains("I will remind you tomorrow at 09:00 of #4 call the bank (tomorrow at 09:00)."), "{text}");
}

#[test]
fn what_cannot_remind_says_so_and_changes_nothing() {
    for (message, says) in [
        ("remind me of task 3", "#3 Call mum has no date yet"),
        ("remind me 10 minutes before task 3", "#3 Call mum has no date yet"),
        ("remind me of task 2 on Friday", "is due Monday, 30 November at 17:00, before that"),
        ("remind me tomorrow", "Which task should I remind you of?"),
        ("what reminders do I have?", "No reminders are set."),
        ("Welche Erinnerungen habe ich?", "Es ist keine Erinnerung gesetzt."),
        ("do I have a reminder for task 2?", "No reminders are set."),
    ] {
        let (text, arguments) = after(&[message], Language::English);
        assert_eq!(arguments, Value::Null, "{message}: {text}");
        assert!(text.contains(says), "{message}: {text}");
    }
    let (text, _) = after(&["remind me to call the bank"], Language::English);
    assert!(text.contains("Say when, and I will remind you"), "{text}");
    let (text, _) = after(&["remind me to call the bank today at 8am"], Language::English);
    assert!(text.contains("That time is over") && !text.contains("I will remind you"), "{text}");
}

#[test]
fn a_wish_to_do_something_is_no_sentence_about_a_reminder() {
    for text in [
        "remind me to buy milk before noon",
        "remind me about the rent at 5pm",
        "add a reminder card",
        "remind me of mum's birthday",
    ] {
        assert_eq!(parse_reminder(text), None, "{text}");
    }
}

#[test]
fn where_reminders_come_is_said_once_in_a_conversation() {
    let (text, _) =
        after(&["remind me to call the bank tomorrow", "remind me to buy milk tomorrow"], Language::English);
    assert!(text.contains("I will remind you") && !text.contains("Settings"), "{text}");
    let shown = after(&["remind me to call the bank tomorrow", "show my reminders"], Language::English).0;
    assert_eq!(shown, "I will remind you of:\n#4 call the bank: tomorrow at 09:00");
}
