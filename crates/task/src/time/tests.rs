use super::*;

#[test]
fn a_time_is_shown_in_utc_and_milliseconds() {
    let shown = |text: &str| TaskTime::parse(text).map(TaskTime::into_string);
    assert_eq!(shown("2026-11-24T10:30:00.1234+02:00").unwrap(), "2026-11-24T08:30:00.123Z");
    assert_eq!(shown("2026-11-24T08:30:00.123Z").unwrap(), "2026-11-24T08:30:00.123Z");
    for bad in [
        "",
        "2026-11-24",
        "2026-02-30T00:00:00Z",
        "1969-12-31T23:59:59Z",
        "9999-01-01T00:00:00Z",
        "+12026-01-01T00:00:00Z",
        "now",
    ] {
        assert!(shown(bad).is_err(), "{bad}");
    }
}
