//! The forms in which days and times are written.

use chrono::{DateTime, Datelike, FixedOffset, NaiveDate, NaiveTime, TimeDelta, Utc};

use super::cursor::DateCursor;
use super::moment::Moment;
use super::names::{month, weekday};
use super::slash::SlashOrder;

/// From here on a number is milliseconds since 1970, below it is seconds.
const MILLISECONDS_FROM: i64 = 100_000_000_000;
/// The fewest seconds that are taken for a time: a year.
const MIN_SECONDS: i64 = 31_536_000;
/// The longest text that is a date.
const MAX_TEXT: usize = 80;

/// A text that is no day and no time, or one outside of the years 1970 to 2200.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct UnreadDate;

/// Reads a day or a time. An empty text and dates of the year 0 or 1, by which programs say that there is none, are none.
pub(crate) fn read_date(text: &str, slash: SlashOrder) -> Result<Option<Moment>, UnreadDate> {
    let text = text.trim().trim_matches('"');
    if text.is_empty() {
        return Ok(None);
    }
    if text.len() > MAX_TEXT {
        return Err(UnreadDate);
    }
    let digits = text.bytes().all(|byte| byte.is_ascii_digit());
    if digits && text.len() != 8 {
        return from_number(text.parse().map_err(|_| UnreadDate)?);
    }
    let mut cursor = DateCursor(text);
    if cursor.take_word(weekday).is_some() {
        cursor.skip(&['.', ',', ' ']);
    }
    let Some((year, month, day)) = parts(&mut cursor, slash) else { return Err(UnreadDate) };
    if year <= 1 {
        return Ok(None);
    }
    let date = NaiveDate::from_ymd_opt(i32::try_from(year).map_err(|_| UnreadDate)?, month, day);
    let date = date.filter(|date| is_in_range(*date)).ok_or(UnreadDate)?;
    moment(date, &mut cursor).map(Some)
}

/// Seconds or milliseconds since 1970; 0 is none.
pub(crate) fn from_number(number: i64) -> Result<Option<Moment>, UnreadDate> {
    let instant = match number {
        0 => return Ok(None),
        // A small number is no time, but a count or a year.
        ..MIN_SECONDS => return Err(UnreadDate),
        MILLISECONDS_FROM.. => DateTime::from_timestamp_millis(number),
        _ => DateTime::from_timestamp(number, 0),
    };
    let instant = instant.filter(|at| is_in_range(at.date_naive())).ok_or(UnreadDate)?;
    Ok(Some(Moment::Instant(instant)))
}

fn is_in_range(date: NaiveDate) -> bool {
    (1970..=2200).contains(&date.year())
}

/// Year, month and day.
fn parts(cursor: &mut DateCursor<'_>, slash: SlashOrder) -> Option<(u32, u32, u32)> {
    if cursor.begins_with_letter() {
        // Dec 24 2026; December 24, 2026
        let month = cursor.take_word(month)?;
        cursor.skip(&['.', ' ', '-', '/']);
        let day = ordinal(cursor)?;
        cursor.skip(&[',', ' ', '.', '-', '/']);
        return Some((year(cursor)?, month, day));
    }
    let (first, digits) = cursor.number()?;
    match digits {
        8 => return Some((first / 10_000, first / 100 % 100, first % 100)),
        4 => {
            let sign = cursor.one_of(&['-', '/', '.'])?;
            let month = cursor.number()?.0;
            cursor.one_of(&[sign])?;
            return Some((first, month, cursor.number()?.0));
        }
        _ => {}
    }
    take_ordinal_ending(cursor);
    let before = cursor.0;
    cursor.skip(&['.', ' ', '-']);
    if let Some(month) = cursor.take_word(month) {
        // 24 Dec 2026; 24. Dezember 2026
        cursor.skip(&['.', ',', ' ', '-']);
        return Some((year(cursor)?, month, first));
    }
    cursor.0 = before;
    let sign = cursor.one_of(&['.', '/', '-'])?;
    cursor.skip(&[' ']);
    let second = cursor.number()?.0;
    cursor.one_of(&[sign])?;
    cursor.skip(&[' ']);
    let year = year(cursor)?;
    let month_first = sign == '/' && slash == SlashOrder::MonthFirst;
    Some(if month_first { (year, first, second) } else { (year, second, first) })
}

fn ordinal(cursor: &mut DateCursor<'_>) -> Option<u32> {
    let (day, _) = cursor.number()?;
    take_ordinal_ending(cursor);
    Some(day)
}

fn take_ordinal_ending(cursor: &mut DateCursor<'_>) {
    cursor.take_word(|word| matches!(word, "st" | "nd" | "rd" | "th").then_some(()));
}

/// A year of four digits, or of two in this century.
fn year(cursor: &mut DateCursor<'_>) -> Option<u32> {
    match cursor.number()? {
        (year, 4) => Some(year),
        (year, 2) => Some(2000 + year),
        _ => None,
    }
}

/// The day alone, or with the time that follows.
fn moment(date: NaiveDate, cursor: &mut DateCursor<'_>) -> Result<Moment, UnreadDate> {
    cursor.skip(&['T', 't', ',', ' ', '\u{a0}', '\u{202f}']);
    cursor.take_word(|word| matches!(word, "um" | "at").then_some(()));
    cursor.skip(&[' ']);
    if cursor.0.is_empty() {
        return Ok(Moment::Day(date));
    }
    let local = date.and_time(time(cursor).ok_or(UnreadDate)?);
    cursor.skip(&[' ']);
    let offset = offset(cursor);
    match (offset, cursor.0.is_empty()) {
        (Some(offset), true) => {
            let instant = local.and_local_timezone(offset).single().ok_or(UnreadDate)?;
            Ok(Moment::Instant(instant.with_timezone(&Utc)))
        }
        (None, true) => Ok(Moment::Local(local)),
        _ => Err(UnreadDate),
    }
}

/// `17:00`, `17:00:05.25`, `170005`, `5:00 PM`, `5pm`, `17 Uhr`.
fn time(cursor: &mut DateCursor<'_>) -> Option<NaiveTime> {
    let (first, digits) = cursor.number()?;
    let (mut hour, mut minute, mut second, mut fraction) = (first, 0, 0, TimeDelta::zero());
    let timed = cursor.0.starts_with(':');
    match digits {
        6 => (hour, minute, second) = (first / 10_000, first / 100 % 100, first % 100),
        4 => (hour, minute) = (first / 100, first % 100),
        _ => {
            if cursor.one_of(&[':']).is_some() {
                minute = cursor.number()?.0;
                if cursor.one_of(&[':']).is_some() {
                    second = cursor.number()?.0;
                    fraction = seconds_fraction(cursor)?;
                }
            }
        }
    }
    cursor.skip(&[' ', '\u{a0}', '\u{202f}']);
    let half = cursor.take_word(|word| match word.to_lowercase().as_str() {
        "am" | "a" => Some(0),
        "pm" | "p" => Some(12),
        "uhr" | "h" => Some(24),
        _ => None,
    });
    match half {
        Some(after @ (0 | 12)) if (1..=12).contains(&hour) => hour = hour % 12 + after,
        Some(24) => {}
        // Digits alone are no time.
        None if digits > 2 || timed => {}
        _ => return None,
    }
    NaiveTime::from_hms_opt(hour, minute, second.min(59)).map(|time| time.overflowing_add_signed(fraction).0)
}

/// The digits behind the point of seconds, to milliseconds.
fn seconds_fraction(cursor: &mut DateCursor<'_>) -> Option<TimeDelta> {
    if cursor.one_of(&['.', ',']).is_none() {
        return Some(TimeDelta::zero());
    }
    let (number, digits) = cursor.number()?;
    let milliseconds = f64::from(number) * 1000.0 / 10f64.powi(i32::try_from(digits).ok()?);
    TimeDelta::try_milliseconds(milliseconds as i64)
}

/// `Z`, `UTC`, `+01:00`, `+0100`, `+01`.
fn offset(cursor: &mut DateCursor<'_>) -> Option<FixedOffset> {
    if cursor.take_word(|word| matches!(word, "Z" | "z" | "UTC" | "GMT").then_some(())).is_some() {
        return FixedOffset::east_opt(0);
    }
    let sign = cursor.one_of(&['+', '-', '−'])?;
    let (first, digits) = cursor.number()?;
    let (hours, minutes) = match digits {
        4 => (first / 100, first % 100),
        _ => (first, if cursor.one_of(&[':']).is_some() { cursor.number()?.0 } else { 0 }),
    };
    let seconds = i32::try_from(hours.checked_mul(60)?.checked_add(minutes)?.checked_mul(60)?).ok()?;
    FixedOffset::east_opt(if sign == '+' { seconds } else { -seconds })
}
