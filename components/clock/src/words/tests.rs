use super::*;

fn words(due: &str, now: &str, language: Language) -> String {
    due_in_words(due, NaiveDateTime::parse_from_str(now, "%Y-%m-%dT%H:%M").unwrap(), language)
}

#[test]
fn a_reminder_says_when_its_task_is_due() {
    let now = "2026-12-01T16:00";
    for (due, english, german) in [
        ("2026-12-01T17:00", "Due today at 17:00", "Fällig heute um 17:00"),
        ("2026-12-01T16:00", "Due today at 16:00", "Fällig heute um 16:00"),
        ("2026-12-01", "Due today", "Fällig heute"),
        ("2026-12-02T09:05", "Due tomorrow at 09:05", "Fällig morgen um 09:05"),
        ("2026-12-24", "Due on Thu 24 December", "Fällig am Do., 24. Dezember"),
        ("2027-03-01T08:00", "Due on Mon 1 March 2027 at 08:00", "Fällig am Mo., 1. März 2027 um 08:00"),
    ] {
        assert_eq!(words(due, now, Language::English), english);
        assert_eq!(words(due, now, Language::German), german);
    }
}

#[test]
fn a_late_reminder_says_that_it_was() {
    let now = "2026-12-01T16:00";
    for (due, english, german) in [
        ("2026-12-01T15:59", "Was due today at 15:59", "War fällig heute um 15:59"),
        ("2026-11-30", "Was due yesterday", "War fällig gestern"),
        ("2026-11-30T17:00", "Was due yesterday at 17:00", "War fällig gestern um 17:00"),
        ("2026-11-02T17:00", "Was due on Mon 2 November at 17:00", "War fällig am Mo., 2. November um 17:00"),
    ] {
        assert_eq!(words(due, now, Language::English), english);
        assert_eq!(words(due, now, Language::German), german);
    }
}
