//! Times as RFC 3339 with milliseconds.

use chrono::{DateTime, Datelike, Timelike};

/// An instant in microseconds since 1970; `None` beyond what a calendar has.
pub(crate) fn rfc3339(microseconds: i64) -> Option<String> {
    let at = DateTime::from_timestamp_micros(microseconds)?;
    let date = (u32::try_from(at.year()).ok()?, at.month(), at.day());
    Some(written(date, (at.hour(), at.minute(), at.second(), at.timestamp_subsec_millis())))
}

/// By hand: the formatter takes ten times as long, and a list has two of these in each row.
pub(crate) fn written(
    (year, month, day): (u32, u32, u32),
    (hour, minute, second, millisecond): (u32, u32, u32, u32),
) -> String {
    let mut text = String::with_capacity("2026-01-02T03:04:05.678Z".len());
    let parts = [(year, 4), (month, 2), (day, 2), (hour, 2), (minute, 2), (second, 2), (millisecond, 3)];
    for ((value, digits), after) in parts.into_iter().zip("--T::.Z".chars()) {
        push_digits(&mut text, value, digits);
        text.push(after);
    }
    text
}

/// The last so many decimal digits.
fn push_digits(text: &mut String, value: u32, digits: u32) {
    for place in (0..digits).rev() {
        text.push(char::from(b'0' + (value / 10_u32.pow(place) % 10) as u8));
    }
}
