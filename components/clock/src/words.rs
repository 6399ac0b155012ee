//! The words of messages and pages, in English and German.

use chrono::{Datelike, NaiveDate, NaiveDateTime};
use recurrence::month_name;
use user_language::Language;

use crate::reminder_action::ReminderAction;

const ENGLISH_DAYS: [&str; 7] = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"];
const GERMAN_DAYS: [&str; 7] = ["Mo", "Di", "Mi", "Do", "Fr", "Sa", "So"];

/// When a task is due, as a sentence without a full stop: `due` is a day or a local time, `now` is now where the user is. One that is over says so.
pub(crate) fn due_in_words(due: &str, now: NaiveDateTime, language: Language) -> String {
    let (day, time) = due.split_once('T').map_or((due, None), |(day, time)| (day, Some(time)));
    let Ok(date) = day.parse::<NaiveDate>() else { return due.to_owned() };
    let moment = time.and_then(|_| NaiveDateTime::parse_from_str(due, "%Y-%m-%dT%H:%M").ok());
    let is_over = moment.map_or(date < now.date(), |moment| moment < now);
    let day = day_in_words(date, now.date(), language);
    let (start, at) = match (language, is_over) {
        (Language::English, false) => ("Due", "at"),
        (Language::English, true) => ("Was due", "at"),
        (Language::German, false) => ("Fällig", "um"),
        (Language::German, true) => ("War fällig", "um"),
    };
    match time {
        None => format!("{start} {day}"),
        Some(time) => format!("{start} {day} {at} {time}"),
    }
}

fn day_in_words(date: NaiveDate, today: NaiveDate, language: Language) -> String {
    let near = match ((date - today).num_days(), language) {
        (0, Language::English) => "today",
        (1, Language::English) => "tomorrow",
        (-1, Language::English) => "yesterday",
        (0, Language::German) => "heute",
        (1, Language::German) => "morgen",
        (-1, Language::German) => "gestern",
        _ => return far_day(date, today, language),
    };
    near.to_owned()
}

fn far_day(date: NaiveDate, today: NaiveDate, language: Language) -> String {
    let year = if date.year() == today.year() { String::new() } else { format!(" {}", date.year()) };
    let (weekday, month) = (date.weekday().num_days_from_monday() as usize, month_name(date, language));
    match language {
        Language::English => format!("on {} {} {month}{year}", ENGLISH_DAYS[weekday], date.day()),
        Language::German => format!("am {}., {}. {month}{year}", GERMAN_DAYS[weekday], date.day()),
    }
}

/// The name of an action, as on a button.
pub(crate) fn action_name(action: ReminderAction, language: Language) -> &'static str {
    match (action, language) {
        (ReminderAction::Done, Language::English) => "Done",
        (ReminderAction::Snooze, Language::English) => "In 10 minutes",
        (ReminderAction::Tomorrow, Language::English) => "Tomorrow",
        (ReminderAction::Done, Language::German) => "Erledigt",
        (ReminderAction::Snooze, Language::German) => "In 10 Minuten",
        (ReminderAction::Tomorrow, Language::German) => "Morgen",
    }
}

/// What an action does, as the question of a page.
pub(crate) fn action_question(action: ReminderAction, language: Language) -> &'static str {
    match (action, language) {
        (ReminderAction::Done, Language::English) => "Mark the task of this reminder as done?",
        (ReminderAction::Snooze, Language::English) => "Remind again in 10 minutes?",
        (ReminderAction::Tomorrow, Language::English) => "Move the task of this reminder to tomorrow?",
        (ReminderAction::Done, Language::German) => "Die Aufgabe dieser Erinnerung abhaken?",
        (ReminderAction::Snooze, Language::German) => "In 10 Minuten noch einmal erinnern?",
        (ReminderAction::Tomorrow, Language::German) => "Die Aufgabe dieser Erinnerung auf morgen verschieben?",
    }
}

/// What an action did.
pub(crate) fn action_result(action: ReminderAction, title: &str, language: Language) -> String {
    match (action, language) {
        (ReminderAction::Done, Language::English) => format!("Done: {title}."),
        (ReminderAction::Snooze, Language::English) => format!("Reminds again in 10 minutes: {title}."),
        (ReminderAction::Tomorrow, Language::English) => format!("Moved to tomorrow: {title}."),
        (ReminderAction::Done, Language::German) => format!("Erledigt: {title}."),
        (ReminderAction::Snooze, Language::German) => format!("Erinnert in 10 Minuten noch einmal: {title}."),
        (ReminderAction::Tomorrow, Language::German) => format!("Auf morgen verschoben: {title}."),
    }
}

/// Why an action did nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum NothingDone {
    /// The task is not there any longer.
    Gone,
    /// It is completed.
    Completed,
    /// It is due at another time.
    Moved,
}

/// That an action did nothing, and why.
pub(crate) fn nothing_done(why: NothingDone, language: Language) -> &'static str {
    match (why, language) {
        (NothingDone::Gone, Language::English) => "This task is gone. Nothing was changed.",
        (NothingDone::Completed, Language::English) => "This task is done already. Nothing was changed.",
        (NothingDone::Moved, Language::English) => "This task is due at another time now. Nothing was changed.",
        (NothingDone::Gone, Language::German) => "Diese Aufgabe gibt es nicht mehr. Nichts wurde geändert.",
        (NothingDone::Completed, Language::German) => "Diese Aufgabe ist schon erledigt. Nichts wurde geändert.",
        (NothingDone::Moved, Language::German) => {
            "Diese Aufgabe ist jetzt zu einer anderen Zeit fällig. Nichts wurde geändert."
        }
    }
}

/// That a link is not valid.
pub(crate) fn no_link(language: Language) -> &'static str {
    match language {
        Language::English => "This link is not valid, or not any longer.",
        Language::German => "Dieser Link gilt nicht oder nicht mehr.",
    }
}

/// Title and body of a test message.
pub(crate) fn test_message(language: Language) -> (&'static str, &'static str) {
    match language {
        Language::English => ("Todo", "Reminders arrive here."),
        Language::German => ("Todo", "Hier kommen Erinnerungen an."),
    }
}

/// The subject of a reminder by mail.
pub(crate) fn mail_subject(title: &str, language: Language) -> String {
    match language {
        Language::English => format!("Reminder: {title}"),
        Language::German => format!("Erinnerung: {title}"),
    }
}

/// The line that leads to the tasks, and the last one of a mail.
pub(crate) fn mail_lines(language: Language) -> (&'static str, &'static str) {
    match language {
        Language::English => ("Your tasks", "You chose reminders by mail. In the settings you can turn them off."),
        Language::German => (
            "Deine Aufgaben",
            "Du hast Erinnerungen per E-Mail gewählt. In den Einstellungen kannst du sie abschalten.",
        ),
    }
}

#[cfg(test)]
mod tests;
