//! Dates, times and numbers in digits. The same in both languages.

use chrono::{NaiveDate, NaiveTime};

use crate::meaning::{Meaning, PeriodUnit};

/// Reads one form of a word of digits.
type NumeralReader = fn(&str) -> Option<Vec<Meaning>>;

/// What a word of digits may mean.
pub(crate) fn numeral_meanings(word: &str) -> Vec<Meaning> {
    if !word.starts_with(|c: char| c.is_ascii_digit() || c == '\'') || word.len() > 32 || !word.is_ascii() {
        return Vec::new();
    }
    let readers: [NumeralReader; 7] = [whole, short_year, ordinal, iso, points, slashes, time_or_length];
    let read = |word: &str| readers.iter().find_map(|read| read(word));
    // "3." is an ordinal, the point of "5pm." ends a sentence.
    read(word).or_else(|| read(word.strip_suffix('.')?)).unwrap_or_default()
}

fn digits<T: std::str::FromStr>(text: &str) -> Option<T> {
    (text.len() <= 4 && text.bytes().all(|byte| byte.is_ascii_digit())).then(|| text.parse().ok())?
}

fn whole(word: &str) -> Option<Vec<Meaning>> {
    digits(word).map(|number| vec![Meaning::Number(number)])
}

/// `'27`
fn short_year(word: &str) -> Option<Vec<Meaning>> {
    let year = word.strip_prefix('\'').filter(|year| year.len() == 2)?;
    digits(year).map(|year: u16| vec![Meaning::Number(2000 + year)])
}

/// `3rd`, `3.`
fn ordinal(word: &str) -> Option<Vec<Meaning>> {
    let number = ["st", "nd", "rd", "th", "."].iter().find_map(|end| word.strip_suffix(end))?;
    digits(number).filter(|number| (1..=31).contains(number)).map(|number| vec![Meaning::Ordinal(number)])
}

/// `2026-12-24`, alone or with a time and an offset. One that is not in the calendar is no other date either.
fn iso(word: &str) -> Option<Vec<Meaning>> {
    let (date, time) = word.split_once('t').unwrap_or((word, ""));
    let parts: Vec<&str> = date.split(['-', '/']).collect();
    let [year, month, day] = parts.as_slice() else { return None };
    let year = (year.len() == 4).then(|| digits(year))??;
    let Some(day) = NaiveDate::from_ymd_opt(year, digits(month)?, digits(day)?) else {
        return Some(vec![Meaning::Blocks]);
    };
    if time.is_empty() {
        return Some(vec![Meaning::Date(day)]);
    }
    let (clock, offset) = time.split_at(time.find(['z', '+', '-']).unwrap_or(time.len()));
    let clock = clock.trim_end_matches(|c: char| c.is_ascii_digit()).strip_suffix('.').unwrap_or(clock);
    let offset = if offset.is_empty() { None } else { Some(minutes_of_offset(offset)?) };
    Some(vec![Meaning::Written(day, clock_time(clock)?, offset)])
}

fn minutes_of_offset(offset: &str) -> Option<i16> {
    let (sign, rest) = offset.split_at_checked(1)?;
    if sign == "z" {
        return rest.is_empty().then_some(0);
    }
    let rest = rest.replace(':', "");
    let (hours, minutes) = rest.split_at_checked(2)?;
    let minutes = digits::<i16>(hours)? * 60 + if minutes.is_empty() { 0 } else { digits::<i16>(minutes)? };
    (minutes <= 14 * 60).then_some(if sign == "-" { -minutes } else { minutes })
}

/// `24.12.2026`, `24.12.26`, `24.12.`, `24.12`, `17.30`. What is no day, such as `31.6.`, is no other date either.
fn points(word: &str) -> Option<Vec<Meaning>> {
    let parts: Vec<&str> = word.split('.').collect();
    let [first, second, rest @ ..] = parts.as_slice() else { return None };
    if first.len() > 2 || second.len() > 2 {
        return None;
    }
    let (day, month) = (digits::<u8>(first)?, digits::<u8>(second)?);
    let meaning = match rest {
        [] if second.len() == 2 => Some(Meaning::Pair(day, month)),
        [""] => day_of_year(day, month),
        [year] => NaiveDate::from_ymd_opt(full_year(year)?, month.into(), day.into()).map(Meaning::Date),
        _ => return None,
    };
    let is_near = (1..=31).contains(&day) && (1..=12).contains(&month);
    meaning.or(is_near.then_some(Meaning::Blocks)).map(|meaning| vec![meaning])
}

/// A day of the year, if some year has it.
pub(crate) fn day_of_year(day: u8, month: u8) -> Option<Meaning> {
    NaiveDate::from_ymd_opt(2024, month.into(), day.into()).map(|_| Meaning::DayMonth(day, month))
}

/// A year in two or four digits.
pub(crate) fn full_year(text: &str) -> Option<i32> {
    match text.len() {
        2 => digits::<i32>(text).map(|year| 2000 + year),
        4 => digits(text),
        _ => None,
    }
}

/// `12/24/2026`, `12/24`
fn slashes(word: &str) -> Option<Vec<Meaning>> {
    let parts: Vec<&str> = word.split('/').collect();
    let (first, second, year) = match parts.as_slice() {
        [first, second] => (first, second, None),
        [first, second, year] => (first, second, Some(full_year(year)? as u16)),
        _ => return None,
    };
    let short = first.len() <= 2 && second.len() <= 2;
    short.then(|| Some(vec![Meaning::Slashes(digits(first)?, digits(second)?, year)]))?
}

/// `17:30`, `5pm`, `5:30pm`, `2h`, `30min`, `2x`
fn time_or_length(word: &str) -> Option<Vec<Meaning>> {
    let end = word.find(|c: char| c.is_ascii_alphabetic()).unwrap_or(word.len());
    let (number, unit) = word.split_at(end);
    let unit = match unit {
        "" => return clock_time(number).map(|time| vec![Meaning::Time(time, number.find(':') == Some(2))]),
        "am" | "a.m" => return half_day(number, false),
        "pm" | "p.m" => return half_day(number, true),
        "uhr" => return Some(vec![Meaning::Time(hour_time(number)?, true)]),
        "m" | "min" | "mins" => PeriodUnit::Minute,
        "h" | "hr" | "hrs" | "std" => PeriodUnit::Hour,
        "d" => PeriodUnit::Day,
        "w" => PeriodUnit::Week,
        "x" => return digits::<u16>(number).map(|_| vec![Meaning::Times]),
        _ => return None,
    };
    digits(number).map(|number| vec![Meaning::Length(number, unit)])
}

fn half_day(number: &str, afternoon: bool) -> Option<Vec<Meaning>> {
    let time = in_half(hour_time(&number.replace('.', ":"))?, afternoon)?;
    Some(vec![Meaning::Time(time, true)])
}

/// A time of a clock with twelve hours.
pub(crate) fn in_half(time: NaiveTime, afternoon: bool) -> Option<NaiveTime> {
    use chrono::Timelike;
    let hour = (1..=12).contains(&time.hour()).then(|| time.hour() % 12)?;
    time.with_hour(if afternoon { hour + 12 } else { hour })
}

fn hour_time(number: &str) -> Option<NaiveTime> {
    clock_time(number).or_else(|| NaiveTime::from_hms_opt(digits(number)?, 0, 0))
}

/// `17:30` or `17:30:00`; the seconds are dropped.
fn clock_time(text: &str) -> Option<NaiveTime> {
    let parts: Vec<&str> = text.split(':').collect();
    let ([hour, minute] | [hour, minute, _]) = parts.as_slice() else { return None };
    let is_time =
        hour.len() <= 2 && minute.len() == 2 && parts.get(2).is_none_or(|second| digits::<u8>(second).is_some());
    is_time.then(|| NaiveTime::from_hms_opt(digits(hour)?, digits(minute)?, 0))?
}
