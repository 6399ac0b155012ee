//! Lengths of time before a task is due, and whether words are a time.

use chrono::{NaiveDate, NaiveTime};
use task::MAX_REMIND_MINUTES;
use task_words::{DuePeriod, ReadingContext, read_date, read_period, read_task};

use crate::language::Language;
use crate::offline::phrase::{lowercase, quotes, strip_suffix};

/// A reminder at the end of a sentence that adds or dates a task.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct ReminderLead {
    /// Minutes before the task is due.
    pub(crate) minutes: u32,
}

/// What words mean is asked at a time of no importance: only lengths are read, and whether there is a time at all.
fn context() -> ReadingContext {
    let noon = NaiveTime::MIN + chrono::TimeDelta::hours(12);
    let day = NaiveDate::from_ymd_opt(2026, 1, 5).unwrap_or_default();
    ReadingContext::new(day.and_time(noon), Language::English)
}

/// Whether words are nothing but a day, a time or a repeat.
pub(crate) fn is_time(words: &str) -> bool {
    read_date(words.trim().trim_start_matches([',', ' ']), &context()).is_some()
}

/// Whether words are a time without a day, as in "6pm". Its day is the next one that still has it, so it depends on the hour at
/// which the words are read.
pub(crate) fn is_time_alone(words: &str) -> bool {
    let read_at = |hour, minute| {
        let now = context().now.date().and_hms_opt(hour, minute, 0)?;
        read_date(words, &ReadingContext { now, ..context() }).map(|date| date.due)
    };
    match (read_at(0, 0), read_at(23, 59)) {
        (Some(early), Some(late)) => early.minutes_from_now.is_none() && early.day != late.day,
        _ => false,
    }
}

/// The text before what ends it and is read apart from a title: a date, a repeat, tags; and that.
pub(crate) fn split_marks(text: &str) -> (&str, &str) {
    let reading = read_task(text, &context(), &quotes(text));
    let is_parting = |between: &str| between.chars().all(|letter| matches!(letter, ' ' | ',' | ';'));
    let mut end = text.len();
    for part in reading.parts.iter().rev() {
        if !is_parting(&text[part.span.end.min(end)..end]) {
            break;
        }
        end = part.span.start;
    }
    (text[..end].trim_end_matches([' ', ',', ';']), text[end..].trim())
}

/// Whether words name a day or a period anywhere, understood or not: "next week", "bis Freitag", "soon".
pub(crate) fn has_period(words: &str) -> bool {
    matches!(read_period(words, &context()), Some(DuePeriod::Days(..) | DuePeriod::Overdue | DuePeriod::Unclear))
}

/// Reads "10 minutes", "an hour", "eine halbe Stunde", "2 days", "a quarter of an hour".
pub(super) fn minutes_before(words: &str) -> Option<u32> {
    let words =
        words.trim().to_lowercase().replace("halbe stunde", "halben stunde").replace("and a half", "30 minutes");
    let words = words.trim_start_matches("about ").trim_start_matches(", ").trim_start_matches("also ");
    if ["quarter of an hour", "quarter hour", "viertelstunde"].iter().any(|quarter| words.ends_with(quarter)) {
        return Some(15);
    }
    let context = context();
    let date = read_date(&format!("in {words}"), &context)?;
    let minutes = match date.due.minutes_from_now {
        Some(minutes) => minutes,
        None if date.due.time.is_none() && date.repeat.is_none() => {
            u32::try_from((date.due.day - context.now.date()).num_minutes()).ok()?
        }
        None => return None,
    };
    (minutes <= MAX_REMIND_MINUTES).then_some(minutes)
}

/// The sentence before ", and remind me an hour before", "with a reminder", ", 10 minutes before", and the reminder.
pub(crate) fn split_lead(message: &str) -> Option<(&str, ReminderLead)> {
    let text = message.trim().trim_end_matches(['.', '!', ' ']);
    let lower = lowercase(text);
    let wish = [
        " and remind me",
        ", remind me",
        ". remind me",
        "; remind me",
        " with a reminder",
        " with reminder",
        " und erinnere mich",
        ", erinnere mich",
        " und erinner mich",
        ". erinnere mich",
        " mit erinnerung",
    ]
    .iter()
    .find_map(|wish| Some((lower.rfind(wish)?, wish.len())));
    if let Some((at, length)) = wish.filter(|(at, _)| *at > 0) {
        let minutes = lead_minutes(&lower[at + length..])?;
        return Some((text[..at].trim_end_matches([',', '.', ' ']), ReminderLead { minutes }));
    }
    let end = ENDS.iter().find(|end| strip_suffix(&lower, end).len() < lower.len())?;
    let before = &lower[..lower.len() - end.len()];
    let minutes = |at: usize| minutes_before(before[at..].trim_start_matches([',', ' ']));
    let at = before.match_indices([' ']).map(|(at, _)| at).find(|at| minutes(*at).is_some())?;
    let rest = text[..at].trim_end_matches([',', ' ']);
    (!rest.is_empty()).then_some((rest, ReminderLead { minutes: minutes(at)? }))
}

/// What stands after a length of time.
const ENDS: [&str; 9] =
    [" before it", " before that", " before", " beforehand", " in advance", " earlier", " vorher", " davor", " zuvor"];

/// The minutes of what follows "and remind me".
fn lead_minutes(rest: &str) -> Option<u32> {
    let rest = [" of it", " about it", " daran", " then", " dann", " when it is due", " at the time"]
        .iter()
        .fold(rest, |rest, end| strip_suffix(rest, end));
    match rest.trim() {
        "" => Some(0),
        rest => ENDS
            .iter()
            .find_map(|end| Some(strip_suffix(rest, end)).filter(|left| left.len() < rest.len()))
            .and_then(minutes_before),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lengths_are_read_in_both_languages() {
        for (words, minutes) in [
            ("10 minutes", Some(10)),
            ("an hour", Some(60)),
            ("half an hour", Some(30)),
            ("a quarter of an hour", Some(15)),
            ("2 hours", Some(120)),
            ("a day", Some(1440)),
            ("1 week", Some(10_080)),
            ("10 Minuten", Some(10)),
            ("eine Stunde", Some(60)),
            ("eine halbe Stunde", Some(30)),
            ("einen Tag", Some(1440)),
            ("zwei Tage", Some(2880)),
            ("2 years", None),
            ("to buy milk", None),
            ("milk", None),
        ] {
            assert_eq!(minutes_before(words), minutes, "{words}");
        }
    }

    #[test]
    fn a_reminder_at_the_end_is_apart_from_the_task() {
        for (message, rest, minutes) in [
            ("add dentist tomorrow at 5pm and remind me 10 minutes before", "add dentist tomorrow at 5pm", 10),
            ("add dentist tomorrow at 5pm, remind me an hour before.", "add dentist tomorrow at 5pm", 60),
            ("remind me to call mum at 5pm, 10 minutes before", "remind me to call mum at 5pm", 10),
            ("add buy milk tomorrow and remind me", "add buy milk tomorrow", 0),
            ("add dentist on Monday with a reminder", "add dentist on Monday", 0),
            ("Zahnarzt morgen um 9 und erinnere mich eine Stunde vorher", "Zahnarzt morgen um 9", 60),
        ] {
            assert_eq!(split_lead(message), Some((rest, ReminderLead { minutes })), "{message}");
        }
        for message in
            ["remind me 10 minutes before", "add wash hands before", "remind me to eat", "add x and remind me of y"]
        {
            assert_eq!(
                split_lead(message).map(|(rest, _)| rest).filter(|rest| *rest != "remind me"),
                None,
                "{message}"
            );
        }
    }
}
