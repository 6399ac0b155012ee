use super::*;

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn series(rule: &str, anchor: &str, due: &str, passed: u16) -> StandardSeries {
    let state = SeriesState { anchor: day(anchor), due: day(due), from: RepeatFrom::Due, passed };
    RepeatRule::parse(rule).unwrap().standard(state)
}

fn parts(rule: &str, anchor: &str, due: &str) -> String {
    let series = series(rule, anchor, due, 0);
    assert_eq!((series.alone, series.rest.as_ref().unwrap().start), (None, day(due)), "{rule}");
    series.rest.unwrap().parts
}

#[test]
fn what_the_anchor_says_stands_in_the_rule() {
    assert_eq!(parts("FREQ=DAILY;INTERVAL=3", "2026-01-01", "2026-01-04"), "FREQ=DAILY;INTERVAL=3");
    assert_eq!(parts("FREQ=WEEKLY", "2026-01-06", "2026-01-13"), "FREQ=WEEKLY;BYDAY=TU;WKST=MO");
    assert_eq!(parts("FREQ=MONTHLY", "2026-01-15", "2026-02-15"), "FREQ=MONTHLY;BYMONTHDAY=15");
    assert_eq!(parts("FREQ=MONTHLY", "2026-01-31", "2026-02-28"), "FREQ=MONTHLY;BYMONTHDAY=-1");
    assert_eq!(parts("FREQ=MONTHLY", "2026-01-30", "2026-03-30"), "FREQ=MONTHLY;BYMONTHDAY=30");
    assert_eq!(parts("FREQ=YEARLY", "2024-02-29", "2026-02-28"), "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=-1");
    assert_eq!(parts("FREQ=YEARLY", "2024-12-24", "2026-12-24"), "FREQ=YEARLY;BYMONTH=12;BYMONTHDAY=24");
    assert_eq!(parts("FREQ=MONTHLY;BYDAY=-1FR", "2026-01-30", "2026-02-27"), "FREQ=MONTHLY;BYDAY=-1FR");
    assert_eq!(parts("FREQ=MONTHLY;BYMONTHDAY=15,31", "2026-01-31", "2026-02-28"), "FREQ=MONTHLY;BYMONTHDAY=15,-1");
}

#[test]
fn a_count_is_what_is_left_of_it() {
    assert_eq!(parts("FREQ=DAILY;COUNT=10", "2026-01-01", "2026-01-04"), "FREQ=DAILY;COUNT=7");
    let completed =
        SeriesState { anchor: day("2026-01-01"), due: day("2026-02-20"), from: RepeatFrom::Completion, passed: 3 };
    let series = RepeatRule::parse("FREQ=WEEKLY;COUNT=5").unwrap().standard(completed);
    assert_eq!(series.rest.unwrap().parts, "FREQ=WEEKLY;BYDAY=FR;WKST=MO;COUNT=2");
    let until = super::tests::series("FREQ=DAILY;UNTIL=20260105", "2026-01-01", "2026-01-04", 3).rest.unwrap();
    assert_eq!((until.parts.as_str(), until.until), ("FREQ=DAILY", Some(day("2026-01-05"))));
}

#[test]
fn a_first_day_that_the_rule_does_not_give_stands_alone() {
    let series = series("FREQ=WEEKLY;BYDAY=MO;COUNT=3", "2026-01-07", "2026-01-07", 0);
    assert_eq!(series.alone, Some(day("2026-01-07")));
    let rest = series.rest.unwrap();
    assert_eq!((rest.start, rest.parts.as_str()), (day("2026-01-12"), "FREQ=WEEKLY;BYDAY=MO;WKST=MO;COUNT=2"));
    assert_eq!(super::tests::series("FREQ=WEEKLY;BYDAY=MO;COUNT=1", "2026-01-07", "2026-01-07", 0).rest, None);
}

#[test]
fn days_that_no_rule_gives_are_listed() {
    let rest = series("FREQ=MONTHLY;BYMONTHDAY=15,30,31;COUNT=9", "2026-01-15", "2026-01-15", 0).rest.unwrap();
    assert_eq!((rest.parts.as_str(), rest.more), ("FREQ=MONTHLY;BYMONTHDAY=15,30,31;COUNT=8", vec![day("2026-02-28")]));
    let endless = series("FREQ=MONTHLY;BYMONTHDAY=30,31", "2026-01-30", "2026-02-28", 2);
    assert_eq!(endless.alone, Some(day("2026-02-28")));
    let rest = endless.rest.unwrap();
    assert_eq!((rest.start, rest.more.len()), (day("2026-03-30"), 10), "one a year, for ten years");
}
