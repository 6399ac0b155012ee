//! Lists of tasks as replies, in both languages.

use chrono::NaiveDate;

use crate::day_words::DayWords;
use crate::offline::act::find::{ListedTask, lines};
use crate::offline::filter::{DueCondition, OrderKey, TaskFilter, TaskOrder};

/// A list of tasks as a reply.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct ListReply {
    /// What all of them have in common.
    pub(crate) filter: TaskFilter,
    /// Whether it was asked how many there are.
    pub(crate) counts: bool,
    pub(crate) tasks: Vec<ListedTask>,
    /// Whether there are more.
    pub(crate) more: bool,
    /// Whether a time was named that the list does not know.
    pub(crate) names_time: bool,
}

impl ListReply {
    /// The reply in English.
    pub(super) fn english(&self, days: &DayWords) -> String {
        let Self { filter, counts, tasks, more, names_time } = self;
        let listed = lines(tasks, " (done)", days);
        match (filter.is_only_due() && !counts, &filter.due, tasks.is_empty()) {
            (true, Some(DueCondition::Undated), true) => return "Every open task has a date.".into(),
            (true, Some(DueCondition::Undated), false) => return format!("Without a date:\n{listed}"),
            (true, _, true) if is_overdue(filter) => return "Nothing is overdue.".into(),
            (true, _, true) => return "Nothing is due.".into(),
            (true, _, false) => return format!("Due:\n{listed}"),
            _ => {}
        }
        let (before, after) = english_kind(filter, days);
        if tasks.is_empty() {
            return format!("You have no {before}tasks{after}.");
        }
        let order = filter.order.map_or_else(String::new, english_order);
        let title = match (counts, tasks.len(), more) {
            (false, ..) => format!("Your {before}tasks{after}{order}"),
            (true, 1, false) => format!("You have 1 {before}task{after}"),
            (true, n, _) => format!("You have {}{n} {before}tasks{after}", if *more { "more than " } else { "" }),
        };
        let more = if *more { "\n…and more: see the task page." } else { "" };
        let note = if *names_time { "\nTasks have no dates yet, so these are all of them." } else { "" };
        format!("{title}:\n{listed}{more}{note}")
    }

    /// The reply in German.
    pub(super) fn german(&self, days: &DayWords) -> String {
        let Self { filter, counts, tasks, more, names_time } = self;
        let listed = lines(tasks, " (erledigt)", days);
        match (filter.is_only_due() && !counts, &filter.due, tasks.is_empty()) {
            (true, Some(DueCondition::Undated), true) => return "Jede offene Aufgabe hat ein Datum.".into(),
            (true, Some(DueCondition::Undated), false) => return format!("Ohne Datum:\n{listed}"),
            (true, _, true) if is_overdue(filter) => return "Nichts ist überfällig.".into(),
            (true, _, true) => return "Nichts ist fällig.".into(),
            (true, _, false) => return format!("Fällig:\n{listed}"),
            _ => {}
        }
        let (before, after) = german_kind(filter, days);
        if tasks.is_empty() {
            return format!("Du hast keine {before}Aufgaben{after}.");
        }
        let order = filter.order.map_or_else(String::new, german_order);
        let title = match (counts, tasks.len(), more) {
            (false, ..) => format!("Deine {before}Aufgaben{after}{order}"),
            (true, n, more) => {
                // "3 offene Aufgaben", not "3 offenen".
                let before = before.replace("en ", "e ");
                let noun = if n == 1 && !more { "Aufgabe" } else { "Aufgaben" };
                format!("Du hast {}{n} {before}{noun}{after}", if *more { "mehr als " } else { "" })
            }
        };
        let more = if *more { "\n… und mehr: siehe die Seite mit den Aufgaben." } else { "" };
        let note = if *names_time { "\nAufgaben haben noch kein Datum, darum sind das alle." } else { "" };
        format!("{title}:\n{listed}{more}{note}")
    }
}

/// What stands before "tasks" and after it.
fn english_kind(filter: &TaskFilter, days: &DayWords) -> (String, String) {
    let status = match filter.completed {
        Some(true) => "completed ",
        Some(false) => "pending ",
        None => "",
    };
    let is_overdue = is_overdue(filter);
    let status = format!("{status}{}", if is_overdue { "overdue " } else { "" });
    let (priority, unranked) = match filter.priority {
        Some("none") => (String::new(), " without a priority"),
        Some(priority) => (format!("{priority}-priority "), ""),
        None => (String::new(), ""),
    };
    let repeats = match filter.repeats {
        None => "",
        Some("FREQ=DAILY") => "daily ",
        Some("FREQ=WEEKLY") => "weekly ",
        Some("FREQ=MONTHLY") => "monthly ",
        Some("FREQ=YEARLY") => "yearly ",
        Some(_) => "recurring ",
    };
    let named = filter.named.as_ref().map_or_else(String::new, |name| format!("\"{name}\" "));
    let due = match &filter.due {
        Some(DueCondition::Undated) => " without a date".to_owned(),
        Some(DueCondition::Days(from, to)) => {
            let day = |day: &NaiveDate| days.due(&day.to_string());
            match (*from == NaiveDate::MIN, *to == NaiveDate::MAX) {
                (true, _) => format!(" due by {}", day(to)),
                (_, true) => format!(" due from {} on", day(from)),
                _ if from == to => format!(" due {}", days.moments(&[from.to_string()])),
                _ => format!(" due from {} to {}", day(from), day(to)),
            }
        }
        _ => String::new(),
    };
    let list = filter.list.as_ref().map_or_else(String::new, |list| format!(" in the list {list}"));
    (
        format!("{status}{priority}{repeats}{named}"),
        format!("{unranked}{due}{list}{}", tagged(filter, " tagged ", " and ")),
    )
}

fn german_kind(filter: &TaskFilter, days: &DayWords) -> (String, String) {
    let status = match filter.completed {
        Some(true) => "erledigten ",
        Some(false) => "offenen ",
        None => "",
    };
    let is_overdue = is_overdue(filter);
    let status = format!("{status}{}", if is_overdue { "überfälligen " } else { "" });
    let repeats = match filter.repeats {
        None => "",
        Some("FREQ=DAILY") => "täglichen ",
        Some("FREQ=WEEKLY") => "wöchentlichen ",
        Some("FREQ=MONTHLY") => "monatlichen ",
        Some("FREQ=YEARLY") => "jährlichen ",
        Some(_) => "wiederkehrenden ",
    };
    let named = filter.named.as_ref().map_or_else(String::new, |name| format!(" zu „{name}“"));
    let priority = match filter.priority {
        None => "",
        Some("high") => " mit hoher Priorität",
        Some("medium") => " mit mittlerer Priorität",
        Some("low") => " mit niedriger Priorität",
        Some(_) => " ohne Priorität",
    };
    let due = match &filter.due {
        Some(DueCondition::Undated) => " ohne Datum".to_owned(),
        Some(DueCondition::Days(from, to)) => {
            let day = |day: &NaiveDate| days.due(&day.to_string());
            match (*from == NaiveDate::MIN, *to == NaiveDate::MAX) {
                (true, _) => format!(", fällig bis {}", day(to)),
                (_, true) => format!(", fällig ab {}", day(from)),
                _ if from == to => format!(", fällig {}", days.moments(&[from.to_string()])),
                _ => format!(", fällig von {} bis {}", day(from), day(to)),
            }
        }
        _ => String::new(),
    };
    let list = filter.list.as_ref().map_or_else(String::new, |list| format!(" in der Liste {list}"));
    let after = format!("{named}{priority}{list}{}{due}", tagged(filter, " mit ", " und "));
    (format!("{status}{repeats}"), after)
}

fn is_overdue(filter: &TaskFilter) -> bool {
    filter.due == Some(DueCondition::Overdue)
}

/// The tags with their marks.
fn tagged(filter: &TaskFilter, before: &str, and: &str) -> String {
    let tags: Vec<String> = filter.tags.iter().map(|tag| format!("#{tag}")).collect();
    if tags.is_empty() { String::new() } else { format!("{before}{}", tags.join(and)) }
}

fn english_order(order: TaskOrder) -> String {
    let by = match (order.key, order.is_reversed) {
        (OrderKey::Due, _) => "by due date",
        (OrderKey::Priority, _) => "by priority",
        (OrderKey::Title, _) => "by title",
        (OrderKey::Created, true) => "the newest first",
        (OrderKey::Created, false) => "the oldest first",
        (OrderKey::Updated, _) => "by their last change",
    };
    let is_backwards = order.is_reversed && order.key != OrderKey::Created;
    format!(", {by}{}", if is_backwards { " backwards" } else { "" })
}

fn german_order(order: TaskOrder) -> String {
    let by = match (order.key, order.is_reversed) {
        (OrderKey::Due, _) => "nach Fälligkeit",
        (OrderKey::Priority, _) => "nach Priorität",
        (OrderKey::Title, _) => "nach Titel",
        (OrderKey::Created, true) => "die neuesten zuerst",
        (OrderKey::Created, false) => "die ältesten zuerst",
        (OrderKey::Updated, _) => "nach letzter Änderung",
    };
    let is_backwards = order.is_reversed && order.key != OrderKey::Created;
    format!(", {by}{}", if is_backwards { " rückwärts" } else { "" })
}
