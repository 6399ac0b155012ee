//! Local times in words.

use chrono::{Datelike, NaiveDateTime};

use crate::language::Language;

const GERMAN_DAYS: [&str; 7] = ["Mo", "Di", "Mi", "Do", "Fr", "Sa", "So"];
const GERMAN_MONTHS: [&str; 12] =
    ["Jan.", "Feb.", "März", "April", "Mai", "Juni", "Juli", "Aug.", "Sept.", "Okt.", "Nov.", "Dez."];

/// Local times such as `2026-11-30T17:00` in words: "Mon 30 Nov at 17:00 and Tue 1 Dec at 9:00".
pub(super) fn moments(times: &[String], language: Language) -> String {
    let words: Vec<String> = times.iter().map(|time| moment(time, language)).collect();
    let and = if language == Language::German { " und " } else { " and " };
    match words.as_slice() {
        [one] => one.clone(),
        [first @ .., last] => format!("{}{and}{last}", first.join(", ")),
        [] => String::new(),
    }
}

fn moment(time: &str, language: Language) -> String {
    let Ok(time) = NaiveDateTime::parse_from_str(time, "%Y-%m-%dT%H:%M") else { return time.to_owned() };
    match language {
        Language::English => time.format("%a %-d %b at %H:%M").to_string(),
        Language::German => {
            let day = GERMAN_DAYS[time.weekday().num_days_from_monday() as usize];
            let month = GERMAN_MONTHS[time.month0() as usize];
            format!("am {day} {}. {month} um {} Uhr", time.day(), time.format("%H:%M"))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_are_told_as_people_say_them() {
        let times = ["2026-11-30T17:00".to_owned(), "2026-12-01T09:05".to_owned()];
        assert_eq!(moments(&times, Language::English), "Mon 30 Nov at 17:00 and Tue 1 Dec at 09:05");
        assert_eq!(moments(&times[..1], Language::German), "am Mo 30. Nov. um 17:00 Uhr");
    }
}
