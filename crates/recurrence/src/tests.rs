use chrono::{Days, NaiveDate};
use serde_json::Value;
use user_language::Language;

use super::*;

fn day(text: &str) -> NaiveDate {
    text.parse().expect("a day")
}

fn rule(text: &str) -> RepeatRule {
    RepeatRule::parse(text).unwrap_or_else(|error| panic!("{text}: {error}"))
}

#[test]
fn the_days_of_every_rule_are_those_of_the_table() {
    let cases: Vec<Value> = serde_json::from_str(include_str!("../../../tests/fixtures/recurrence.json")).unwrap();
    for case in cases {
        let (rule, anchor) = (rule(case["rule"].as_str().unwrap()), day(case["anchor"].as_str().unwrap()));
        let expected: Vec<NaiveDate> =
            case["days"].as_array().unwrap().iter().map(|d| day(d.as_str().unwrap())).collect();
        assert_eq!(rule.days(anchor).take(6).collect::<Vec<_>>(), expected, "{case}");
        for pair in expected.windows(2) {
            assert_eq!(rule.next(anchor, pair[0]), Some(pair[1]), "{case}");
            assert_eq!(rule.next(anchor, pair[1] - Days::new(1)), Some(pair[1]), "{case}");
        }
        assert_eq!(RepeatRule::parse(&rule.to_string()), Ok(rule), "{case}");
    }
}

#[test]
fn a_rule_ends_at_the_last_day() {
    assert_eq!(rule("FREQ=DAILY").next(day("1970-01-01"), day("2200-12-31")), None);
    assert_eq!(rule("FREQ=YEARLY;INTERVAL=999").next(day("2026-01-01"), day("2026-01-01")), None);
    assert_eq!(rule("FREQ=MONTHLY;BYDAY=5FR").next(day("2200-12-01"), day("2200-12-01")), None);
    assert_eq!(rule("FREQ=DAILY;UNTIL=20200101").days(day("2026-01-01")).count(), 0);
}

#[test]
fn from_completion_a_rule_begins_again_on_that_day() {
    for (text, completed, passed, next) in [
        ("FREQ=DAILY;INTERVAL=3", "2026-11-28", 1, Some("2026-12-01")),
        ("FREQ=MONTHLY", "2026-01-31", 9, Some("2026-02-28")),
        ("FREQ=WEEKLY;BYDAY=MO", "2026-11-28", 1, Some("2026-11-30")),
        ("FREQ=WEEKLY;BYDAY=MO", "2026-11-30", 1, Some("2026-12-07")),
        ("FREQ=DAILY;COUNT=3", "2026-11-28", 2, Some("2026-11-29")),
        ("FREQ=DAILY;COUNT=3", "2026-11-28", 3, None),
        ("FREQ=DAILY;UNTIL=20261128", "2026-11-27", 1, Some("2026-11-28")),
        ("FREQ=DAILY;UNTIL=20261128", "2026-11-28", 1, None),
    ] {
        assert_eq!(rule(text).next_after_completion(day(completed), passed), next.map(day), "{text}");
    }
}

#[test]
fn a_task_without_a_day_gets_the_first_one_that_fits() {
    for (text, first) in [
        ("FREQ=DAILY;INTERVAL=2", "2026-11-28"),
        ("FREQ=WEEKLY;BYDAY=MO", "2026-11-30"),
        ("FREQ=WEEKLY;BYDAY=SA", "2026-11-28"),
        ("FREQ=WEEKLY;INTERVAL=2;BYDAY=FR", "2026-12-04"),
        ("FREQ=MONTHLY;BYMONTHDAY=3", "2026-12-03"),
        ("FREQ=MONTHLY;BYMONTHDAY=-1", "2026-11-30"),
        ("FREQ=MONTHLY;BYDAY=-1FR", "2026-12-25"),
        ("FREQ=YEARLY;COUNT=1", "2026-11-28"),
    ] {
        assert_eq!(rule(text).first(day("2026-11-28")), day(first), "{text}");
    }
}

#[test]
fn a_rule_is_written_in_one_way() {
    for (text, written) in [
        ("rrule:freq=weekly;byday=fr,mo;interval=1;", "FREQ=WEEKLY;BYDAY=MO,FR"),
        ("FREQ=DAILY;BYDAY=MO", "FREQ=WEEKLY;BYDAY=MO"),
        ("COUNT=3;FREQ=MONTHLY;BYMONTHDAY=-1,31,31", "FREQ=MONTHLY;BYMONTHDAY=31,-1;COUNT=3"),
        ("FREQ=MONTHLY;BYDAY=-1FR,+2TU", "FREQ=MONTHLY;BYDAY=2TU,-1FR"),
        ("FREQ=YEARLY;UNTIL=20271231T225959Z;INTERVAL=2", "FREQ=YEARLY;INTERVAL=2;UNTIL=20271231"),
        ("FREQ=WEEKLY;WKST=MO", "FREQ=WEEKLY"),
        ("FREQ=WEEKLY;WKST=SU", "FREQ=WEEKLY;WKST=SU"),
    ] {
        assert_eq!(rule(text).to_string(), written);
    }
}

#[test]
fn an_error_names_the_part_that_is_wrong() {
    for (text, part) in [
        ("", "FREQ is missing"),
        ("every day", "EVERY DAY has no value"),
        ("FREQ=HOURLY", "FREQ must be DAILY, WEEKLY, MONTHLY or YEARLY"),
        ("FREQ=DAILY;INTERVAL=0", "INTERVAL must be a whole number from 1 to 999"),
        ("FREQ=DAILY;INTERVAL=+1", "INTERVAL must be"),
        ("FREQ=DAILY;COUNT=0", "COUNT must be a whole number from 1 to 9999"),
        ("FREQ=DAILY;COUNT=1;UNTIL=20261231", "UNTIL and COUNT exclude each other"),
        ("FREQ=DAILY;UNTIL=2026-12-31", "UNTIL must be a day"),
        ("FREQ=DAILY;UNTIL=20260231", "UNTIL must be a day"),
        ("FREQ=DAILY;UNTIL=20261231T99", "UNTIL must be a day"),
        ("FREQ=DAILY;UNTIL=22010101", "UNTIL must be a day"),
        ("FREQ=DAILY;UNTIL=é026123x", "UNTIL must be a day"),
        ("FREQ=WEEKLY;BYDAY=2MO", "BYDAY must be weekdays"),
        ("FREQ=WEEKLY;BYDAY=", "BYDAY must be weekdays"),
        ("FREQ=MONTHLY;BYDAY=6MO", "BYDAY must be weekdays"),
        ("FREQ=MONTHLY;BYDAY=0MO", "BYDAY must be weekdays"),
        ("FREQ=MONTHLY;BYDAY=éO", "BYDAY must be weekdays"),
        ("FREQ=MONTHLY;BYMONTHDAY=32", "BYMONTHDAY must be days"),
        ("FREQ=MONTHLY;BYMONTHDAY=-2", "BYMONTHDAY must be days"),
        ("FREQ=MONTHLY;BYMONTHDAY=1;BYDAY=MO", "BYMONTHDAY goes with FREQ=MONTHLY"),
        ("FREQ=YEARLY;BYMONTHDAY=1", "BYMONTHDAY goes with FREQ=MONTHLY"),
        ("FREQ=YEARLY;BYDAY=MO", "BYDAY goes with FREQ=WEEKLY"),
        ("FREQ=DAILY;INTERVAL=2;BYDAY=MO", "BYDAY goes with FREQ=WEEKLY"),
        ("FREQ=YEARLY;BYMONTH=12", "BYMONTH is not supported"),
        ("FREQ=MONTHLY;BYDAY=MO;BYSETPOS=-1", "BYSETPOS is not supported"),
        ("FREQ=DAILY;FREQ=DAILY", "FREQ stands there twice"),
        ("FREQ=WEEKLY;WKST=XX", "WKST must be one of"),
        (&"FREQ=DAILY;".repeat(30), "at most 250 characters"),
    ] {
        let error = RepeatRule::parse(text).expect_err(text).to_string();
        assert!(error.starts_with("must be a rule such as") && error.contains(part), "{text}: {error}");
    }
}

#[test]
fn a_rule_is_said_in_words() {
    for (text, english, german) in [
        ("FREQ=DAILY", "every day", "jeden Tag"),
        ("FREQ=DAILY;INTERVAL=3", "every 3 days", "alle 3 Tage"),
        ("FREQ=WEEKLY", "every week", "jede Woche"),
        ("FREQ=WEEKLY;BYDAY=MO", "every Monday", "jeden Montag"),
        ("FREQ=WEEKLY;BYDAY=MO,TH,SA", "every Monday, Thursday and Saturday", "jeden Montag, Donnerstag und Samstag"),
        ("FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR", "every weekday", "von Montag bis Freitag"),
        ("FREQ=WEEKLY;INTERVAL=2;BYDAY=TU", "every 2 weeks on Tuesday", "alle 2 Wochen am Dienstag"),
        ("FREQ=MONTHLY", "every month", "jeden Monat"),
        ("FREQ=MONTHLY;BYMONTHDAY=3", "every month on the 3rd", "jeden Monat am 3."),
        ("FREQ=MONTHLY;BYMONTHDAY=1,12,22", "every month on the 1st, 12th and 22nd", "jeden Monat am 1., 12. und 22."),
        ("FREQ=MONTHLY;BYMONTHDAY=-1", "every month on the last day", "jeden Monat am letzten Tag"),
        ("FREQ=MONTHLY;BYDAY=2TU", "every month on the 2nd Tuesday", "jeden Monat am 2. Dienstag"),
        ("FREQ=MONTHLY;INTERVAL=2;BYDAY=-1FR", "every 2 months on the last Friday", "alle 2 Monate am letzten Freitag"),
        ("FREQ=MONTHLY;BYDAY=-5FR", "every month on the fifth to last Friday", "jeden Monat am fünftletzten Freitag"),
        ("FREQ=MONTHLY;BYDAY=MO", "every month on each Monday", "jeden Monat an jedem Montag"),
        ("FREQ=YEARLY;INTERVAL=4", "every 4 years", "alle 4 Jahre"),
        ("FREQ=YEARLY;UNTIL=20301231", "every year, until 31 December 2030", "jedes Jahr, bis 31. Dezember 2030"),
        ("FREQ=DAILY;COUNT=5", "every day, 5 times", "jeden Tag, 5-mal"),
        ("FREQ=DAILY;COUNT=1", "every day, once", "jeden Tag, einmal"),
    ] {
        assert_eq!(repeat_text(&rule(text), RepeatFrom::Due, Language::English), english);
        assert_eq!(repeat_text(&rule(text), RepeatFrom::Due, Language::German), german);
    }
    let count = rule("FREQ=DAILY;INTERVAL=3;COUNT=5");
    let english = repeat_text(&count, RepeatFrom::Completion, Language::English);
    assert_eq!(english, "every 3 days after completion, 5 times");
    let german = repeat_text(&count, RepeatFrom::Completion, Language::German);
    assert_eq!(german, "alle 3 Tage nach Erledigung, 5-mal");
}
