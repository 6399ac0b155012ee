//! When a task is due.

use chrono::{DateTime, Datelike, NaiveDate, NaiveTime, SecondsFormat, Utc};
use json_fields::ValueError;

/// The years in which a task can be due.
const YEARS: std::ops::RangeInclusive<i32> = 1970..=2200;

/// When a task is due, as text: a day (`2026-12-01`), a local time (`2026-12-01T17:00`), or an instant that ends with `Z`,
/// which the database turns into a local time of the user. A day is a day: it is never a midnight.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TaskDue(String);

impl TaskDue {
    /// ISO 8601, seconds allowed and left out, `T` or a space before the time, an offset or `Z` behind it.
    pub fn parse(text: &str) -> Result<Self, ValueError> {
        read(text.trim()).map(Self).ok_or_else(|| {
            let (first, last) = (YEARS.start(), YEARS.end());
            ValueError(format!(
                "must be a day such as 2026-12-01 or a local time such as 2026-12-01T17:00, in the years {first} to {last}."
            ))
        })
    }

    /// The text.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The text, owned.
    pub fn into_string(self) -> String {
        self.0
    }

    /// The day; of an instant, the earliest that it can be in a zone.
    pub(crate) fn earliest_day(&self) -> NaiveDate {
        let day = self.0.get(..10).and_then(|day| day.parse().ok()).unwrap_or(NaiveDate::MIN);
        if self.0.ends_with('Z') { day.pred_opt().unwrap_or(day) } else { day }
    }
}

fn read(text: &str) -> Option<String> {
    let (day, rest) = text.split_at_checked(10)?;
    let date = NaiveDate::parse_from_str(day, "%Y-%m-%d").ok().filter(|date| YEARS.contains(&date.year()))?;
    if date.format("%Y-%m-%d").to_string() != day {
        return None;
    }
    let Some(rest) = rest.strip_prefix(['T', 't', ' ']) else {
        return rest.is_empty().then(|| day.to_owned());
    };
    let (clock, offset) =
        rest.split_at(rest.find(|c: char| !c.is_ascii_digit() && !matches!(c, ':' | '.')).unwrap_or(rest.len()));
    let (hour_minute, seconds) = clock.split_at_checked(5)?;
    let is_plain = hour_minute
        .bytes()
        .enumerate()
        .all(|(place, byte)| if place == 2 { byte == b':' } else { byte.is_ascii_digit() });
    let time = NaiveTime::parse_from_str(hour_minute, "%H:%M").ok().filter(|_| is_plain && is_seconds(seconds))?;
    if offset.is_empty() {
        return Some(format!("{day}T{}", time.format("%H:%M")));
    }
    let colon = if offset.len() == 5 {
        format!("{}:{}", offset.get(..3)?, offset.get(3..)?)
    } else {
        offset.to_ascii_uppercase()
    };
    let instant = DateTime::parse_from_rfc3339(&format!("{day}T{hour_minute}:00{colon}")).ok()?.with_timezone(&Utc);
    YEARS.contains(&instant.year()).then(|| instant.to_rfc3339_opts(SecondsFormat::Secs, true))
}

/// Nothing, or `:59` with or without a fraction.
fn is_seconds(text: &str) -> bool {
    let Some(digits) = text.strip_prefix(':') else { return text.is_empty() };
    let (whole, fraction) = digits.split_once('.').unwrap_or((digits, "0"));
    whole.len() == 2
        && whole < "60"
        && !fraction.is_empty()
        && (whole.to_owned() + fraction).bytes().all(|byte| byte.is_ascii_digit())
}

/// Which tasks a list shows by when they are due.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DueFilter {
    /// Due today in the user's zone.
    Today,
    /// Due tomorrow.
    Tomorrow,
    /// Due from today to the end of the user's week.
    Week,
    /// Pending, and the day or the time is over.
    Overdue,
    /// Without a due day.
    None,
}

impl DueFilter {
    /// The words of the API, in the order in which they are listed to clients.
    pub const WORDS: [&'static str; 5] = ["today", "tomorrow", "week", "overdue", "none"];

    /// One of [`DueFilter::WORDS`], in any case.
    pub fn parse(text: &str) -> Result<Self, ValueError> {
        match text.to_ascii_lowercase().as_str() {
            "today" => Ok(Self::Today),
            "tomorrow" => Ok(Self::Tomorrow),
            "week" => Ok(Self::Week),
            "overdue" => Ok(Self::Overdue),
            "none" => Ok(Self::None),
            _ => Err(ValueError(format!("must be one of {}.", Self::WORDS.join(", ")))),
        }
    }

    /// The word of the API.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Today => "today",
            Self::Tomorrow => "tomorrow",
            Self::Week => "week",
            Self::Overdue => "overdue",
            Self::None => "none",
        }
    }
}

#[cfg(test)]
mod tests;
