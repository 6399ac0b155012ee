//! iCalendar: the VTODO of RFC 5545. Lines are whole when they arrive here.

use chrono::TimeDelta;
use task::Priority;
use task_calendar::{ContentLine, PRODUCT};

use crate::collect::{RawTask, TaskCollector};
use crate::date::{Moment, SlashOrder, read_date};
use crate::error::ImportError;
use crate::file::{FileFormat, TaskFile};
use crate::reminder::{minutes, minutes_before};
use crate::repeat::{read_rule, read_rule_from, read_series};

/// The day or time that a line says; `None` if it cannot be read.
fn moment(content: &ContentLine<'_>) -> Option<Moment> {
    let moment = read_date(content.value, SlashOrder::DayFirst).ok()??;
    let moment = if content.parameter("VALUE") == Some("DATE") { moment.whole_day(None) } else { moment };
    Some(content.parameter("TZID").map_or_else(|| moment.clone(), |zone| moment.clone().in_zone(zone)))
}

/// The tasks of calendars. The list of a task is the name of its calendar, wherever that stands.
pub(crate) fn read(text: &str) -> Result<TaskFile, ImportError> {
    let mut collector = TaskCollector::default();
    let (mut calendar, mut tasks, mut open) = (None, Vec::new(), Vec::<String>::new());
    let mut is_own = false;
    for (at, line) in text.split('\n').enumerate() {
        let Some(content) = ContentLine::parse(line) else { continue };
        match content.name.as_str() {
            "BEGIN" => {
                let kind = content.value.trim().to_ascii_uppercase();
                match kind.as_str() {
                    "VTODO" => tasks.push(RawTask { line: at as u64 + 1, ..RawTask::default() }),
                    "VEVENT" => collector.lose("calendar_event"),
                    "VJOURNAL" => collector.lose("journal"),
                    _ => {}
                }
                open.push(kind);
            }
            "END" => {
                let kind = content.value.trim().to_ascii_uppercase();
                if open.contains(&kind) {
                    while open.pop().is_some_and(|last| last != kind) {}
                }
                if open.is_empty() {
                    add_all(&mut tasks, calendar.take(), is_own, &mut collector);
                }
            }
            "X-WR-CALNAME" | "NAME" if open.len() == 1 => calendar = Some(content.text()),
            "PRODID" if open.len() == 1 => {
                is_own = content.value == PRODUCT;
                if is_own {
                    collector.keep_exactly();
                }
            }
            _ => match (open.last().map(String::as_str), tasks.last_mut()) {
                (Some("VALARM"), _) if is_own => {}
                (Some("VTODO"), Some(task)) => {
                    let is_read = is_own && own_member(&content, task);
                    if !is_read {
                        member(&content, task, &mut collector);
                    }
                }
                (Some("VALARM"), Some(task)) if content.name == "TRIGGER" && open.contains(&"VTODO".to_owned()) => {
                    remind(&content, task, &mut collector);
                }
                _ => {}
            },
        }
    }
    add_all(&mut tasks, calendar, is_own, &mut collector);
    collector.finish(FileFormat::Icalendar)
}

fn add_all(tasks: &mut Vec<RawTask>, calendar: Option<String>, is_own: bool, collector: &mut TaskCollector) {
    for mut task in tasks.drain(..) {
        task.list = task.list.take().or_else(|| calendar.clone());
        if task.completed_at.is_some() {
            task.completed = true;
        }
        if let Some(start) = task.start.take() {
            match task.due.is_none() && task.repeat.is_some() {
                true => task.due = Some(start),
                false => collector.lose("start_date"),
            }
        }
        if let Some(rule) = task.repeat.take() {
            task.repeat = read_rule_from(&rule, task.due.as_ref());
            if task.repeat.is_none() {
                collector.unread(task.line, &task.title, "repeat_unread", &rule);
            }
        }
        let timed = task.due.as_ref().is_some_and(|due| !matches!(due, Moment::Day(_)));
        if !timed && !is_own && !task.remind.is_empty() {
            task.remind.clear();
            collector.lose("reminder");
        }
        collector.add(task);
    }
}

fn member(content: &ContentLine<'_>, task: &mut RawTask, collector: &mut TaskCollector) {
    let value = content.value.trim();
    let mut read = |what| {
        let moment = moment(content);
        if moment.is_none() && !value.is_empty() {
            collector.unread(task.line, &task.title, what, value);
        }
        moment
    };
    match content.name.as_str() {
        "SUMMARY" => task.title = content.text(),
        "DESCRIPTION" => task.notes = content.text(),
        "COMMENT" => task.comments.push(content.text()),
        "UID" => task.key = Some(value.to_owned()),
        "STATUS" if matches!(value.to_ascii_uppercase().as_str(), "COMPLETED" | "CANCELLED") => task.completed = true,
        "PERCENT-COMPLETE" if value == "100" => task.completed = true,
        "PERCENT-COMPLETE" if !matches!(value, "" | "0") => collector.lose("progress"),
        "COMPLETED" => task.completed_at = read("completed_at_unread"),
        "DUE" => task.due = read("due_unread"),
        "CREATED" => task.created_at = read("created_at_unread"),
        // Read when it is known from when it counts.
        "RRULE" => task.repeat = Some(value.to_owned()),
        "PRIORITY" => match value.parse::<u32>() {
            Ok(1..=4) => task.priority = Priority::High,
            Ok(5) => task.priority = Priority::Medium,
            Ok(6..=9) => task.priority = Priority::Low,
            Ok(0) => {}
            _ => collector.unread(task.line, &task.title, "priority_unread", value),
        },
        "CATEGORIES" => task.tags.extend(content.texts()),
        // Without a type it is the parent.
        "RELATED-TO" if content.parameter("RELTYPE").is_none_or(|kind| kind.eq_ignore_ascii_case("PARENT")) => {
            task.parent = Some(value.to_owned());
        }
        "DTSTART" => match moment(content) {
            Some(start) => task.start = Some(start),
            None => collector.lose("start_date"),
        },
        "EXDATE" | "RDATE" | "RECURRENCE-ID" => collector.lose("repeat_exception"),
        "DURATION" => collector.lose("duration"),
        "ATTACH" => collector.lose("attachment"),
        "ATTENDEE" => collector.lose("assignee"),
        "LOCATION" | "GEO" => collector.lose("place"),
        "COLOR" => collector.lose("color"),
        _ => {}
    }
}

/// What our own export says in another way, or beside what others know; whether a line is such.
fn own_member(content: &ContentLine<'_>, task: &mut RawTask) -> bool {
    match content.name.as_str() {
        "X-TODO-LIST" => task.list = Some(content.text()),
        "X-TODO-POSITION" => task.place = Some(content.text()),
        "X-TODO-REPEAT" => task.repeat = read_rule(content.value),
        "X-TODO-REPEAT-FROM" => task.from_completion = content.value == "completion",
        "X-TODO-SERIES" => task.series = read_series(content.value, content.parameter("X-TODO-PASSED")),
        "X-TODO-REMIND" => task.remind = minutes(content.value),
        "CREATED" => task.created_at = instant(content),
        "LAST-MODIFIED" => task.updated_at = instant(content),
        "COMPLETED" => task.completed_at = instant(content),
        // A to-do that repeats begins when it is due, by a rule that others read.
        "DTSTART" | "RRULE" => {}
        _ => return false,
    }
    true
}

/// An instant with the milliseconds that our own export writes beside it.
fn instant(content: &ContentLine<'_>) -> Option<Moment> {
    let milliseconds = content.parameter("X-TODO-MS").and_then(|number| number.parse().ok()).unwrap_or_default();
    match moment(content)? {
        Moment::Instant(at) => Some(Moment::Instant(at + TimeDelta::try_milliseconds(milliseconds)?)),
        other => Some(other),
    }
}

/// An alarm relative to the due time becomes minutes before it.
fn remind(content: &ContentLine<'_>, task: &mut RawTask, collector: &mut TaskCollector) {
    let of_due = content.parameter("VALUE").is_none_or(|kind| kind.eq_ignore_ascii_case("DURATION"));
    match minutes_before(content.value.trim()).filter(|_| of_due) {
        Some(minutes) => task.remind.push(minutes),
        None => collector.lose("reminder"),
    }
}
