use chrono::{NaiveDateTime, TimeDelta, Weekday};
use proptest::prelude::*;
use serde_json::{Map, Value, json};
use user_language::Language;

use super::*;

fn context(now: &str, language: &str) -> ReadingContext {
    let now = NaiveDateTime::parse_from_str(now, "%Y-%m-%dT%H:%M").expect("a time");
    ReadingContext::new(now, if language == "de" { Language::German } else { Language::English })
}

/// What was read, in the form of the table: only what was said.
fn said(text: &str, reading: &TaskReading) -> Value {
    let mut said = Map::from_iter([("text".to_owned(), json!(text)), ("title".to_owned(), json!(reading.title))]);
    if let Some(due) = reading.due {
        said.insert("due".to_owned(), json!(due.to_text()));
        due.minutes_from_now.map(|minutes| said.insert("minutes".to_owned(), json!(minutes)));
    }
    reading.repeat.as_ref().map(|rule| said.insert("repeat".to_owned(), json!(rule.to_string())));
    if reading.repeat_from != recurrence::RepeatFrom::Due {
        said.insert("repeat_from".to_owned(), json!(reading.repeat_from.as_str()));
    }
    if reading.remind {
        said.insert("remind".to_owned(), json!(true));
    }
    reading.priority.map(|priority| said.insert("priority".to_owned(), json!(priority.as_str())));
    if !reading.tags.is_empty() {
        said.insert("tags".to_owned(), json!(reading.tags));
    }
    reading.list.as_ref().map(|list| said.insert("list".to_owned(), json!(list)));
    said.into()
}

#[test]
fn every_line_is_read_as_the_table_says() {
    let groups: Vec<Value> = serde_json::from_str(include_str!("../../../tests/fixtures/task-words.json")).unwrap();
    let (mut count, mut wrong) = (0, Vec::new());
    for group in &groups {
        let mut context = context(group["now"].as_str().unwrap(), group["language"].as_str().unwrap());
        if group["week_start"] == "sunday" {
            context.week_start = Weekday::Sun;
        }
        if group["day_start"] == "04:00" {
            context.today = (context.now - TimeDelta::hours(4)).date();
        }
        for case in group["cases"].as_array().unwrap() {
            count += 1;
            let text = case["text"].as_str().unwrap();
            let read = said(text, &read_task(text, &context, &[]));
            if read != *case {
                wrong.push(format!("{case}\n  read {read}"));
            }
        }
    }
    assert!(count >= 1000, "{count} cases");
    assert!(wrong.is_empty(), "{} of {count}:\n{}", wrong.len(), wrong.join("\n"));
}

#[test]
fn a_part_that_is_kept_stays_in_the_title_and_hides_nothing() {
    let context = context("2026-11-28T10:00", "en");
    let text = "Gym every monday at 9am #fit p1";
    let all = read_task(text, &context, &[]);
    let spans: Vec<_> = all.parts.iter().map(|part| (part.kind, &text[part.span.clone()])).collect();
    let expected = [
        (PartKind::Repeat, "every monday"),
        (PartKind::Due, "at 9am"),
        (PartKind::Tag, "#fit"),
        (PartKind::Priority, "p1"),
    ];
    assert_eq!(spans, expected);
    for (part, title) in all.parts.iter().zip(["Gym every monday", "Gym at 9am", "Gym #fit", "Gym p1"]) {
        let reading = read_task(text, &context, std::slice::from_ref(&part.span));
        assert_eq!(reading.title, title);
        assert!(!reading.parts.contains(part));
        assert_eq!(reading.parts.len(), 3, "{title}");
    }
    assert_eq!(
        read_task("Remind me to eat tomorrow", &context, std::slice::from_ref(&(17..25))).title,
        "Remind me to eat tomorrow"
    );
}

#[test]
fn a_text_that_is_a_date_alone_is_read_with_its_short_forms() {
    for (text, language, due, repeat) in [
        ("2026-12-24", "en", "2026-12-24", ""),
        ("2026-12-24 17:00", "en", "2026-12-24T17:00", ""),
        ("24.12.2026", "en", "2026-12-24", ""),
        ("24.12.26", "de", "2026-12-24", ""),
        ("24.12.2026 08:30", "de", "2026-12-24T08:30", ""),
        ("12/24/2026", "en", "2026-12-24", ""),
        ("12/24/2026 5:00 PM", "en", "2026-12-24T17:00", ""),
        ("24 Dec 2026", "de", "2026-12-24", ""),
        ("Dec 24 2026", "en", "2026-12-24", ""),
        ("December 24, 2026", "en", "2026-12-24", ""),
        ("24. Dez. 2026 17:00", "en", "2026-12-24T17:00", ""),
        ("24. Dezember 2026", "de", "2026-12-24", ""),
        ("24.12", "de", "2026-12-24", ""),
        ("2019-02-28", "en", "2019-02-28", ""),
        ("1/2/2026", "en", "2026-01-02", ""),
        ("1/2/2026", "de", "2026-02-01", ""),
        ("fri 9", "en", "2026-12-04T09:00", ""),
        ("Fr 9", "de", "2026-12-04T09:00", ""),
        ("tomorrow 9", "en", "2026-11-29T09:00", ""),
        ("tomorrow", "de", "2026-11-29", ""),
        ("morgen", "en", "2026-11-29", ""),
        ("Morgen", "de", "2026-11-29", ""),
        ("on the 5th", "en", "2026-12-05", ""),
        ("5.", "de", "2026-12-05", ""),
        ("the friday", "en", "", ""),
        ("noon", "en", "2026-11-28T12:00", ""),
        ("every monday", "en", "2026-11-30", "FREQ=WEEKLY;BYDAY=MO"),
        ("every 2 weeks", "en", "2026-11-28", "FREQ=WEEKLY;INTERVAL=2"),
        ("jeden Montag", "en", "2026-11-30", "FREQ=WEEKLY;BYDAY=MO"),
        ("every day at 9", "en", "2026-11-29T09:00", "FREQ=DAILY"),
        ("monthly", "en", "2026-11-28", "FREQ=MONTHLY"),
        ("Monthly", "en", "2026-11-28", "FREQ=MONTHLY"),
        ("someday", "en", "", ""),
        ("", "en", "", ""),
        ("0001-01-01", "en", "", ""),
        ("2201-01-01", "en", "", ""),
        ("31.02.2026", "en", "", ""),
        ("high priority", "en", "", ""),
        ("Call mum tomorrow", "en", "", ""),
        ("24:00", "en", "2026-11-29T00:00", ""),
    ] {
        let read = read_date(text, &context("2026-11-28T10:00", language));
        let said =
            |read: &DateReading| (read.due.to_text(), read.repeat.as_ref().map_or(String::new(), ToString::to_string));
        assert_eq!(
            read.as_ref().map(said).unwrap_or_default(),
            (due.to_owned(), repeat.to_owned()),
            "{text} ({language})"
        );
    }
}

#[test]
fn a_written_time_says_how_far_it_is_ahead_of_utc() {
    for (text, offset) in [
        ("2026-12-24T17:00:00Z", Some(0)),
        ("2026-12-24T17:00:00.000+01:00", Some(60)),
        ("2026-12-24T17:00:00-0530", Some(-330)),
        ("2026-12-24T17:00", None),
        ("2026-12-24 17:00:00", None),
    ] {
        let read = read_date(text, &context("2026-11-28T10:00", "en")).expect(text);
        assert_eq!((read.due.to_text().as_str(), read.offset_minutes), ("2026-12-24T17:00", offset), "{text}");
    }
}

#[test]
fn a_question_names_a_period() {
    let days = |from: &str, to: &str| Some(DuePeriod::Days(from.parse().unwrap(), to.parse().unwrap()));
    for (text, language, period) in [
        ("What is due today?", "en", days("2026-11-25", "2026-11-25")),
        ("what's due tomorrow", "en", days("2026-11-26", "2026-11-26")),
        ("was ist heute fällig?", "de", days("2026-11-25", "2026-11-25")),
        ("Was ist heute fällig?", "en", days("2026-11-25", "2026-11-25")),
        ("was muss ich morgen machen?", "de", days("2026-11-26", "2026-11-26")),
        ("show tasks due this week", "en", days("2026-11-25", "2026-11-29")),
        ("what is due next week?", "en", days("2026-11-30", "2026-12-06")),
        ("was steht nächste Woche an?", "de", days("2026-11-30", "2026-12-06")),
        ("anything this weekend?", "en", days("2026-11-28", "2026-11-29")),
        ("what is due on friday?", "en", days("2026-11-27", "2026-11-27")),
        ("what is due by friday?", "en", days("2026-11-25", "2026-11-27")),
        ("what do I have until friday", "en", days("2026-11-25", "2026-11-27")),
        ("was ist bis Freitag fällig?", "de", days("2026-11-25", "2026-11-27")),
        ("what's due in the next 3 days?", "en", days("2026-11-25", "2026-11-28")),
        ("was ist in den nächsten zwei Wochen fällig?", "de", days("2026-11-25", "2026-12-09")),
        ("what is on at the weekend?", "en", days("2026-11-28", "2026-11-29")),
        ("was steht am Wochenende an?", "de", days("2026-11-28", "2026-11-29")),
        ("anything next weekend?", "en", days("2026-12-05", "2026-12-06")),
        ("what is due next month?", "en", days("2026-12-01", "2026-12-31")),
        ("what do I have to do tonight?", "en", days("2026-11-25", "2026-11-25")),
        ("which tasks are overdue?", "en", Some(DuePeriod::Overdue)),
        ("was ist überfällig?", "de", Some(DuePeriod::Overdue)),
        ("show tasks without a due date", "en", Some(DuePeriod::Undated)),
        ("Aufgaben ohne Datum", "de", Some(DuePeriod::Undated)),
        ("show my tasks", "en", None),
    ] {
        assert_eq!(read_period(text, &context("2026-11-25T10:00", language)), period, "{text}");
    }
}

#[test]
fn a_week_begins_with_the_users_first_day() {
    let days = |from: &str, to: &str| Some(DuePeriod::Days(from.parse().unwrap(), to.parse().unwrap()));
    for (now, week_start, this_week, next_week, weekend) in [
        ("2026-11-25T10:00", Weekday::Mon, ("2026-11-25", "2026-11-29"), ("2026-11-30", "2026-12-06"), "2026-11-28"),
        ("2026-11-25T10:00", Weekday::Sun, ("2026-11-25", "2026-11-28"), ("2026-11-29", "2026-12-05"), "2026-11-28"),
        ("2026-11-25T10:00", Weekday::Sat, ("2026-11-25", "2026-11-27"), ("2026-11-28", "2026-12-04"), "2026-11-28"),
        ("2026-11-29T10:00", Weekday::Mon, ("2026-11-29", "2026-11-29"), ("2026-11-30", "2026-12-06"), "2026-11-29"),
        ("2026-11-29T10:00", Weekday::Sun, ("2026-11-29", "2026-12-05"), ("2026-12-06", "2026-12-12"), "2026-11-29"),
    ] {
        let context = ReadingContext { week_start, ..context(now, "en") };
        let read = |text| read_period(text, &context);
        assert_eq!(read("what is due this week?"), days(this_week.0, this_week.1), "{now} {week_start}");
        assert_eq!(read("was ist diese Woche fällig?"), days(this_week.0, this_week.1), "{now} {week_start}");
        assert_eq!(read("and next week?"), days(next_week.0, next_week.1), "{now} {week_start}");
        assert_eq!(read("nächste Woche"), days(next_week.0, next_week.1), "{now} {week_start}");
        assert_eq!(read("this weekend"), days(weekend, "2026-11-29"), "{now} {week_start}");
    }
}

proptest! {
    #[test]
    fn any_text_is_read_without_a_loss(text in "(every|on|at|in|next|5pm|24\\.12\\.|monday|am|jeden|3\\.|bis|#a|p1|\"|,|[a-zäß€ ]{0,4}| ){0,9}") {
        let context = context("2026-11-28T10:00", "en");
        let reading = read_task(&text, &context, &[]);
        prop_assert_eq!(reading.title.is_empty(), text.trim().is_empty());
        let mut end = 0;
        for part in &reading.parts {
            prop_assert!(part.span.start >= end && text.get(part.span.clone()).is_some_and(|part| !part.is_empty()));
            end = part.span.end;
        }
        prop_assert!(reading.due.is_none_or(|due| due.day >= context.now.date()));
        let _ = (read_date(&text, &context), read_period(&text, &context));
    }

    #[test]
    fn any_characters_are_read(text in "\\PC*") {
        read_task(&text, &context("2026-11-28T10:00", "de"), std::slice::from_ref(&(1..3)));
    }
}
