//! Days and times as people say them: "tomorrow at 17:00", "Freitag, 4. Dezember".

use chrono::{Datelike, NaiveDate, NaiveDateTime};
use recurrence::{month_name, weekday_name};

use crate::language::Language;

/// Says days in a language, as seen from a day.
#[derive(Debug, Clone, Copy)]
pub(crate) struct DayWords {
    pub(crate) language: Language,
    /// The user's day, where it is known.
    pub(crate) today: Option<NaiveDate>,
}

impl DayWords {
    /// A due day or time such as `2026-12-24` or `2026-12-24T17:00` in words; a text that is neither as it is.
    pub(crate) fn due(&self, text: &str) -> String {
        self.told(text, false)
    }

    /// Times such as `2026-11-30T17:00`, as they stand in a sentence: "tomorrow at 17:00 and on Tuesday, 1 December at 09:00".
    pub(crate) fn moments(&self, times: &[String]) -> String {
        let words: Vec<String> = times.iter().map(|time| self.told(time, true)).collect();
        let and = if self.language == Language::German { " und " } else { " and " };
        match words.as_slice() {
            [one] => one.clone(),
            [first @ .., last] => format!("{}{and}{last}", first.join(", ")),
            [] => String::new(),
        }
    }

    /// A day or time in words; `in_sentence`: with the word before a day.
    fn told(&self, text: &str, in_sentence: bool) -> String {
        let time = NaiveDateTime::parse_from_str(text, "%Y-%m-%dT%H:%M").ok();
        let Some(day) = time.map(|time| time.date()).or_else(|| text.parse().ok()) else { return text.to_owned() };
        let time = time.map(|time| time.format("%H:%M").to_string());
        let day = match (self.near(day), self.language) {
            (Some(near), _) => near.to_owned(),
            (None, Language::English) => format!("{}{}", if in_sentence { "on " } else { "" }, self.calendar_day(day)),
            (None, Language::German) => format!("{}{}", if in_sentence { "am " } else { "" }, self.calendar_day(day)),
        };
        match (time, self.language) {
            (None, _) => day,
            (Some(time), Language::English) => format!("{day} at {time}"),
            (Some(time), Language::German) => format!("{day} um {time} Uhr"),
        }
    }

    /// The word for a day next to today.
    fn near(&self, day: NaiveDate) -> Option<&'static str> {
        let words = match self.language {
            Language::English => ["yesterday", "today", "tomorrow"],
            Language::German => ["gestern", "heute", "morgen"],
        };
        let days = day.signed_duration_since(self.today?).num_days();
        words.get(usize::try_from(days + 1).ok()?).copied()
    }

    /// "Friday, 27 November", with the year where it is another one.
    fn calendar_day(&self, day: NaiveDate) -> String {
        let (weekday, month) = (weekday_name(day.weekday(), self.language), month_name(day, self.language));
        let dot = if self.language == Language::German { "." } else { "" };
        let is_this_year = self.today.is_some_and(|today| today.year() == day.year());
        let year = if is_this_year { String::new() } else { format!(" {}", day.year()) };
        format!("{weekday}, {}{dot} {month}{year}", day.day())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_are_told_as_people_say_them() {
        let days = |language| DayWords { language, today: NaiveDate::from_ymd_opt(2026, 11, 28) };
        for (due, english, german) in [
            ("2026-11-28", "today", "heute"),
            ("2026-11-29T17:00", "tomorrow at 17:00", "morgen um 17:00 Uhr"),
            ("2026-11-27", "yesterday", "gestern"),
            ("2026-11-30", "Monday, 30 November", "Montag, 30. November"),
            ("2026-12-04T09:05", "Friday, 4 December at 09:05", "Freitag, 4. Dezember um 09:05 Uhr"),
            ("2027-01-01", "Friday, 1 January 2027", "Freitag, 1. Januar 2027"),
            ("soon", "soon", "soon"),
        ] {
            assert_eq!(days(Language::English).due(due), english);
            assert_eq!(days(Language::German).due(due), german);
        }
        let times = ["2026-11-29T09:00".to_owned(), "2026-12-01T09:05".to_owned()];
        assert_eq!(days(Language::English).moments(&times), "tomorrow at 09:00 and on Tuesday, 1 December at 09:05");
        assert_eq!(days(Language::German).moments(&times[1..]), "am Dienstag, 1. Dezember um 09:05 Uhr");
        let unknown = DayWords { language: Language::English, today: None };
        assert_eq!(unknown.due("2026-11-28"), "Saturday, 28 November 2026");
    }
}
