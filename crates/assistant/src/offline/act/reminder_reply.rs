//! What the offline assistant says about reminders, in both languages.

use crate::day_words::DayWords;
use crate::offline::act::find::ListedTask;

/// A reply about reminders.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum ReminderReply {
    /// The tasks that remind.
    Set(Vec<ListedTask>),
    /// Asks when to remind of a task that has no date.
    AskWhen(Box<ListedTask>),
    /// Says that a task is due before it would remind.
    TooLate(Box<ListedTask>),
    /// Says that the time of a reminder is over.
    IsOver,
    /// Asks when to remind of what was added.
    AskTime,
    /// Says once where reminders come.
    WhereTheyCome,
}

impl ReminderReply {
    /// The reply in English.
    pub(super) fn english(&self, days: &DayWords) -> String {
        match self {
            Self::Set(tasks) if tasks.is_empty() => "No reminders are set.".into(),
            Self::Set(tasks) => format!("I will remind you of:\n{}", listed(tasks, days)),
            Self::AskWhen(task) => format!(
                "#{id} {} has no date yet. When should I remind you? Say for example \"remind me of task {id} tomorrow at 9\".",
                task.title,
                id = task.id
            ),
            Self::TooLate(task) => format!(
                "#{id} {} is due {}, before that. Say \"move task {id} to …\" first if it is due later.",
                task.title,
                days.due(task.due.as_deref().unwrap_or_default()),
                id = task.id
            ),
            Self::IsOver => "That time is over, so no reminder comes then. Say a later one.".into(),
            Self::AskTime => "Say when, and I will remind you: for example \"remind me tomorrow at 9\".".into(),
            Self::WhereTheyCome => {
                "Reminders come on the devices and by the mail that you turned on in Settings → Notifications.".into()
            }
        }
    }

    /// The reply in German.
    pub(super) fn german(&self, days: &DayWords) -> String {
        match self {
            Self::Set(tasks) if tasks.is_empty() => "Es ist keine Erinnerung gesetzt.".into(),
            Self::Set(tasks) => format!("Ich erinnere dich an:\n{}", listed(tasks, days)),
            Self::AskWhen(task) => format!(
                "#{id} {} hat noch kein Datum. Wann soll ich dich erinnern? Sag zum Beispiel „erinnere mich morgen um 9 an \
                 Aufgabe {id}“.",
                task.title,
                id = task.id
            ),
            Self::TooLate(task) => format!(
                "#{id} {} ist schon vorher fällig: {}. Sag zuerst „verschiebe Aufgabe {id} auf …“, wenn es später ist.",
                task.title,
                days.due(task.due.as_deref().unwrap_or_default()),
                id = task.id
            ),
            Self::IsOver => "Diese Zeit ist vorbei, darum kommt dann keine Erinnerung. Sag eine spätere.".into(),
            Self::AskTime => {
                "Sag wann, dann erinnere ich dich: zum Beispiel „erinnere mich morgen um 9 daran“.".into()
            }
            Self::WhereTheyCome => {
                "Erinnerungen kommen auf die Geräte und per Mail, wie du es unter Einstellungen → Benachrichtigungen eingeschaltet \
                 hast."
                    .into()
            }
        }
    }
}

/// Tasks with the moments when they remind.
fn listed(tasks: &[ListedTask], days: &DayWords) -> String {
    let line = |task: &ListedTask| format!("#{} {}: {}", task.id, task.title, days.moments(&task.remind_at));
    tasks.iter().map(line).collect::<Vec<_>>().join("\n")
}
