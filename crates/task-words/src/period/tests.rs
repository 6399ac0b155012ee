//! What questions about due tasks ask for, on a Tuesday.

use chrono::NaiveDate;
use user_language::Language;

use crate::{DuePeriod, ReadingContext, read_period};

fn read(text: &str, language: Language) -> Option<DuePeriod> {
    let today = NaiveDate::from_ymd_opt(2026, 12, 1).unwrap();
    read_period(text, &ReadingContext::new(today.and_hms_opt(14, 0, 0).unwrap(), language))
}

fn check(texts: &[&str], from: &str, to: &str) {
    let day = |day: &str, open| if day.is_empty() { open } else { day.parse().unwrap() };
    let days = DuePeriod::Days(day(from, NaiveDate::MIN), day(to, NaiveDate::MAX));
    for text in texts {
        for language in [Language::English, Language::German] {
            assert_eq!(read(text, language), Some(days), "{text} {language:?}");
        }
    }
}

#[test]
fn days_before_and_after_a_day_are_read() {
    let before =
        ["what is due before friday?", "was ist vor Freitag fällig?", "due earlier than friday", "vor dem Freitag"];
    check(&before, "", "2026-12-03");
    check(&["everything due before monday", "alles vor Montag"], "", "2026-12-06");
    check(
        &["what is due before 5 december?", "was ist vor dem 5. Dezember fällig?", "vor dem 5.12."],
        "",
        "2026-12-04",
    );
    let after =
        ["what is due after friday?", "due later than friday", "was ist nach Freitag fällig?", "nach dem Freitag"];
    check(&after, "2026-12-05", "");
    check(&["what do I have after 5 december?", "was habe ich nach dem 5. Dezember?"], "2026-12-06", "");
    check(&["due after next week", "was ist nach nächster Woche fällig"], "2026-12-14", "");
    check(&["due before the weekend", "vor dem Wochenende"], "", "2026-12-04");
    check(&["due from friday on", "tasks starting friday", "was ist ab Freitag fällig?"], "2026-12-04", "");
    check(&["due on or before friday", "no later than friday", "bis Freitag"], "2026-12-01", "2026-12-04");
    check(&["what is due after tomorrow and before friday?"], "2026-12-03", "2026-12-03");
}

#[test]
fn days_from_one_to_another_are_read() {
    check(&["show tasks due between 2 and 5 december", "zwischen dem 2. und 5. Dezember"], "2026-12-02", "2026-12-05");
    check(&["due from 2 to 5 december", "vom 2. bis zum 5. Dezember"], "2026-12-02", "2026-12-05");
    check(
        &["due today or tomorrow", "heute oder morgen", "was ist heute und morgen fällig"],
        "2026-12-01",
        "2026-12-02",
    );
    check(
        &["due from monday to wednesday", "von Montag bis Mittwoch", "monday through wednesday"],
        "2026-12-07",
        "2026-12-09",
    );
    check(&["between thursday and saturday", "zwischen Donnerstag und Samstag"], "2026-12-03", "2026-12-05");
}

#[test]
fn other_periods_are_read() {
    check(&["what was due yesterday?", "was war gestern fällig?"], "2026-11-30", "2026-11-30");
    check(&["due in january?", "was ist im Januar fällig?", "due in january 2027"], "2027-01-01", "2027-01-31");
    check(&["due in december", "im Dezember", "this month"], "2026-12-01", "2026-12-31");
    check(&["due this year", "dieses Jahr fällig"], "2026-12-01", "2026-12-31");
    check(&["due next year", "nächstes Jahr fällig"], "2027-01-01", "2027-12-31");
    check(&["what was due last week?", "was war letzte Woche fällig?"], "2026-11-23", "2026-11-29");
    check(&["due in 3 days", "in 3 Tagen fällig"], "2026-12-04", "2026-12-04");
    check(&["due in a week", "in einer Woche fällig"], "2026-12-08", "2026-12-08");
    check(&["due within a week", "innerhalb einer Woche fällig"], "2026-12-01", "2026-12-08");
    check(&["what is due on the 5th?", "was ist am 5. fällig?", "due on 5 december"], "2026-12-05", "2026-12-05");
    check(&["what do I have tonight", "was habe ich heute vor?"], "2026-12-01", "2026-12-01");
    for text in ["which tasks are late?", "what is past due?", "was ist überfällig?"] {
        assert_eq!(read(text, Language::English), Some(DuePeriod::Overdue), "{text}");
    }
}

#[test]
fn what_is_not_understood_is_no_period() {
    for text in [
        "due except today",
        "what is not overdue?",
        "today besides milk",
        "was ist nicht überfällig?",
        "alles außer heute",
        "what is due soon?",
        "was ist bald fällig?",
        "due on 31 november",
        "am 31. November fällig",
        "tomorrow before noon",
        "tomorrow morning",
        "was ist morgen früh fällig?",
        "due at 5pm",
        "due today before work",
        "due monday or friday",
        "due every monday",
        "due in 2 hours",
        "due last weekend",
        "what is due since friday",
        "what was due on friday",
    ] {
        for language in [Language::English, Language::German] {
            assert_eq!(read(text, language), Some(DuePeriod::Unclear), "{text} {language:?}");
        }
    }
    for text in ["show my tasks", "what may I do?", "was habe ich vor?", "do I have to call mum before dinner?"] {
        assert_eq!(read(text, Language::English), None, "{text}");
    }
}
