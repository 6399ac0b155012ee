//! Days, times and durations as values.

use chrono::{DateTime, NaiveDate, NaiveDateTime, Utc};

/// `20261201`
pub(crate) fn day(day: NaiveDate) -> String {
    day.format("%Y%m%d").to_string()
}

/// `20261201T170000`
pub(crate) fn local(time: NaiveDateTime) -> String {
    time.format("%Y%m%dT%H%M%S").to_string()
}

/// `20261201T160000Z`
pub(crate) fn utc(time: DateTime<Utc>) -> String {
    format!("{}Z", local(time.naive_utc()))
}

/// The offset of a zone from UTC: `+0100`.
pub(crate) fn offset(seconds: i32) -> String {
    let (sign, size) = if seconds < 0 { ('-', -seconds) } else { ('+', seconds) };
    let (hours, minutes, seconds) = (size / 3600, size / 60 % 60, size % 60);
    let seconds = if seconds == 0 { String::new() } else { format!("{seconds:02}") };
    format!("{sign}{hours:02}{minutes:02}{seconds}")
}

/// So many minutes behind a moment, or before it: `PT9H`, `-PT30M`, `-P2D`, `PT0S`.
pub(crate) fn duration(minutes: i64) -> String {
    let sign = if minutes < 0 { "-" } else { "" };
    match minutes.unsigned_abs() {
        0 => "PT0S".to_owned(),
        size if size % 1440 == 0 => format!("{sign}P{}D", size / 1440),
        size if size % 60 == 0 => format!("{sign}PT{}H", size / 60),
        size => format!("{sign}PT{size}M"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn durations_and_offsets_have_a_sign() {
        assert_eq!([duration(0), duration(-30), duration(540), duration(-2880)], ["PT0S", "-PT30M", "PT9H", "-P2D"]);
        assert_eq!([offset(3600), offset(-12600), offset(0), offset(-1172)], ["+0100", "-0330", "+0000", "-001932"]);
    }
}
