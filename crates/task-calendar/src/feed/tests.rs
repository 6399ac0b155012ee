use recurrence::RepeatFrom;

use super::*;

fn task(id: i64, due: &str, at: Option<&str>) -> FeedTask {
    let day: NaiveDate = due.parse().unwrap();
    let time: Option<NaiveTime> = at.map(|at| at.parse().unwrap());
    FeedTask {
        id,
        title: "Call; the dentist, Ann".to_owned(),
        description: Some("two\nlines".to_owned()),
        priority: Priority::High,
        due: (day, time),
        // An hour ahead of UTC.
        due_at: time.map(|time| (day.and_time(time) - chrono::TimeDelta::hours(1)).and_utc()),
        series: None,
        remind: vec![0, 30],
        tags: vec!["health".to_owned(), "a b".to_owned()],
        created_at: "2026-11-01T08:00:00.250Z".parse().unwrap(),
        updated_at: "2026-11-01T09:00:00.250Z".parse().unwrap(),
    }
}

fn repeating(due: &str, at: Option<&str>, rule: &str, anchor: &str) -> FeedTask {
    let mut task = task(7, due, at);
    let state = SeriesState { anchor: anchor.parse().unwrap(), due: task.due.0, from: RepeatFrom::Due, passed: 0 };
    let until_at = at.map(|_| "2027-01-01T16:00:00Z".parse().unwrap());
    task.series = Some(RepeatSeries { rule: RepeatRule::parse(rule).unwrap(), state, until_at });
    task
}

fn lines(zone: &str, tasks: &[FeedTask]) -> Vec<String> {
    let changes = [ZoneChange { at: "2026-03-29T01:00:00".parse().unwrap(), before: 3600, after: 7200 }];
    let feed = CalendarFeed { owner: "ann", zone, changes: &changes, reminder_minute: 540, tasks };
    feed.to_text().replace("\r\n ", "").split("\r\n").map(str::to_owned).collect()
}

fn has(lines: &[String], wanted: &[&str]) {
    for line in wanted {
        assert!(lines.iter().any(|found| found == line), "{line} is not in {lines:#?}");
    }
}

#[test]
fn a_day_is_a_whole_day_and_a_time_is_an_instant() {
    let day = lines("Europe/Berlin", &[task(1, "2026-12-01", None)]);
    has(
        &day,
        &[
            "DTSTART;VALUE=DATE:20261201",
            "DTEND;VALUE=DATE:20261202",
            "SUMMARY:Call\\; the dentist\\, Ann",
            "DESCRIPTION:two\\nlines",
            "CATEGORIES:health,a b",
            "DTSTAMP:20261101T090000Z",
            "SEQUENCE:3600",
            "TRIGGER:PT9H",
            "TRIGGER:PT510M",
            "PRIORITY:1",
        ],
    );
    let time = lines("Europe/Berlin", &[task(1, "2026-12-01", Some("17:00:00"))]);
    has(&time, &["DTSTART:20261201T160000Z", "DURATION:PT30M", "TRIGGER:PT0S", "TRIGGER:-PT30M"]);
    assert!(!time.iter().any(|line| line == "BEGIN:VTIMEZONE"), "an instant needs no zone");
    let uid = |lines: &[String]| lines.iter().find(|line| line.starts_with("UID:")).unwrap().clone();
    assert_eq!(uid(&day), uid(&time), "a task that moves keeps its name");
}

#[test]
fn a_repeating_time_stays_where_it_is_on_the_clock() {
    let task = repeating("2026-12-01", Some("17:00:00"), "FREQ=WEEKLY;UNTIL=20270101", "2026-11-24");
    has(
        &lines("Europe/Berlin", std::slice::from_ref(&task)),
        &[
            "BEGIN:VTIMEZONE",
            "TZID:Europe/Berlin",
            "DTSTART;TZID=Europe/Berlin:20261201T170000",
            "RRULE:FREQ=WEEKLY;BYDAY=TU;WKST=MO;UNTIL=20270101T160000Z",
        ],
    );
    let utc = lines("UTC", &[task]);
    has(&utc, &["DTSTART:20261201T170000Z"]);
    assert!(!utc.iter().any(|line| line == "BEGIN:VTIMEZONE"));
}

#[test]
fn a_repeating_day_has_days_only() {
    let task = repeating("2027-02-28", None, "FREQ=MONTHLY;BYMONTHDAY=15,30,31;UNTIL=20281231", "2027-01-15");
    let lines = lines("Europe/Berlin", &[task]);
    has(
        &lines,
        &[
            "DTSTART;VALUE=DATE:20270228",
            "DTSTART;VALUE=DATE:20270315",
            "RRULE:FREQ=MONTHLY;BYMONTHDAY=15,30,31;UNTIL=20281231",
            "RDATE;VALUE=DATE:20280229",
        ],
    );
    let uids: Vec<&String> = lines.iter().filter(|line| line.starts_with("UID:")).collect();
    assert!(uids.len() == 2 && uids[0] != uids[1], "{uids:?}");
    assert!(!lines.iter().any(|line| line == "BEGIN:VTIMEZONE"));
}

#[test]
fn a_feed_without_tasks_is_a_calendar_with_a_component() {
    let lines = lines("Europe/Berlin", &[]);
    has(&lines, &["BEGIN:VTIMEZONE", "TZID:UTC", "END:VCALENDAR"]);
}
