//! iCalendar: the VTODO of RFC 5545. Lines are whole when they arrive here.

use task::Priority;

use crate::collect::{RawTask, TaskCollector};
use crate::date::{Moment, SlashOrder, read_date};
use crate::error::ImportError;
use crate::file::{FileFormat, TaskFile};
use crate::reminder::minutes_before;
use crate::repeat::read_rule;

/// A content line: `NAME;PARAMETER=VALUE:VALUE`.
struct ContentLine<'a> {
    name: String,
    parameters: Vec<(String, &'a str)>,
    value: &'a str,
}

impl<'a> ContentLine<'a> {
    fn parse(line: &'a str) -> Option<Self> {
        let mut quoted = false;
        let mut ends = line.char_indices().filter(|(_, c)| {
            quoted ^= *c == '"';
            !quoted && matches!(c, ';' | ':')
        });
        let (first, mut sign) = ends.next()?;
        let (mut at, mut parameters) = (first, Vec::new());
        while sign == ';' {
            let (end, next) = ends.next()?;
            let (name, value) = line[at + 1..end].split_once('=').unwrap_or((&line[at + 1..end], ""));
            parameters.push((name.trim().to_ascii_uppercase(), value.trim_matches('"')));
            (at, sign) = (end, next);
        }
        Some(Self { name: line[..first].trim().to_ascii_uppercase(), parameters, value: &line[at + 1..] })
    }

    fn parameter(&self, name: &str) -> Option<&'a str> {
        self.parameters.iter().find(|(known, _)| known == name).map(|(_, value)| *value)
    }

    /// The value as text.
    fn text(&self) -> String {
        unescaped(self.value)
    }

    /// The value as a moment; `None` if it cannot be read.
    fn moment(&self) -> Option<Moment> {
        let moment = read_date(self.value, SlashOrder::DayFirst).ok()??;
        let moment = if self.parameter("VALUE") == Some("DATE") { moment.whole_day(None) } else { moment };
        Some(self.parameter("TZID").map_or_else(|| moment.clone(), |zone| moment.clone().in_zone(zone)))
    }
}

fn unescaped(text: &str) -> String {
    let (mut plain, mut chars) = (String::with_capacity(text.len()), text.chars());
    while let Some(c) = chars.next() {
        match (c, if c == '\\' { chars.next() } else { None }) {
            ('\\', Some('n' | 'N')) => plain.push('\n'),
            ('\\', Some(escaped)) => plain.push(escaped),
            _ => plain.push(c),
        }
    }
    plain
}

/// The values of a list. A comma behind a backslash is part of one.
fn list(value: &str) -> Vec<String> {
    let (mut items, mut from, mut escaped) = (Vec::new(), 0, false);
    for (at, c) in value.char_indices() {
        if c == ',' && !escaped {
            items.push(unescaped(&value[from..at]));
            from = at + 1;
        }
        escaped = c == '\\' && !escaped;
    }
    items.push(unescaped(&value[from..]));
    items
}

/// The tasks of calendars. The list of a task is the name of its calendar, wherever that stands.
pub(crate) fn read(text: &str) -> Result<TaskFile, ImportError> {
    let mut collector = TaskCollector::default();
    let (mut calendar, mut tasks, mut open) = (None, Vec::new(), Vec::<String>::new());
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
                    add_all(&mut tasks, calendar.take(), &mut collector);
                }
            }
            "X-WR-CALNAME" | "NAME" if open.len() == 1 => calendar = Some(content.text()),
            _ => match (open.last().map(String::as_str), tasks.last_mut()) {
                (Some("VTODO"), Some(task)) => member(&content, task, &mut collector),
                (Some("VALARM"), Some(task)) if content.name == "TRIGGER" && open.contains(&"VTODO".to_owned()) => {
                    remind(&content, task, &mut collector);
                }
                _ => {}
            },
        }
    }
    add_all(&mut tasks, calendar, &mut collector);
    collector.finish(FileFormat::Icalendar)
}

fn add_all(tasks: &mut Vec<RawTask>, calendar: Option<String>, collector: &mut TaskCollector) {
    for mut task in tasks.drain(..) {
        task.list.clone_from(&calendar);
        if task.completed_at.is_some() {
            task.completed = true;
        }
        let timed = task.due.as_ref().is_some_and(|due| !matches!(due, Moment::Day(_)));
        if !timed && !task.remind.is_empty() {
            task.remind.clear();
            collector.lose("reminder");
        }
        collector.add(task);
    }
}

fn member(content: &ContentLine<'_>, task: &mut RawTask, collector: &mut TaskCollector) {
    let value = content.value.trim();
    let mut moment = |what| {
        let moment = content.moment();
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
        "COMPLETED" => task.completed_at = moment("completed_at_unread"),
        "DUE" => task.due = moment("due_unread"),
        "CREATED" => task.created_at = moment("created_at_unread"),
        "RRULE" => {
            task.repeat = read_rule(value);
            if task.repeat.is_none() {
                collector.unread(task.line, &task.title, "repeat_unread", value);
            }
        }
        "PRIORITY" => match value.parse::<u32>() {
            Ok(1..=4) => task.priority = Priority::High,
            Ok(5) => task.priority = Priority::Medium,
            Ok(6..=9) => task.priority = Priority::Low,
            Ok(0) => {}
            _ => collector.unread(task.line, &task.title, "priority_unread", value),
        },
        "CATEGORIES" => task.tags.extend(list(content.value)),
        // Without a type it is the parent.
        "RELATED-TO" if content.parameter("RELTYPE").is_none_or(|kind| kind.eq_ignore_ascii_case("PARENT")) => {
            task.parent = Some(value.to_owned());
        }
        "DTSTART" => collector.lose("start_date"),
        "DURATION" => collector.lose("duration"),
        "ATTACH" => collector.lose("attachment"),
        "ATTENDEE" => collector.lose("assignee"),
        "LOCATION" | "GEO" => collector.lose("place"),
        "COLOR" => collector.lose("color"),
        _ => {}
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
