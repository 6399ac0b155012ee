//! A calendar of to-dos: an export. What a VTODO cannot say stands in properties whose names begin with X-TODO, so that our own
//! import loses nothing.

use chrono::{DateTime, NaiveDate, NaiveTime, Utc};
use recurrence::{RepeatFrom, RepeatRule, SeriesState};
use task::{Task, TaskSeries};

use crate::owner::CalendarOwner;
use crate::properties::{alarms, begin_calendar, priority, stamps};
use crate::time;
use crate::writer::CalendarWriter;

/// The calendar of a user's tasks, written piece by piece.
#[derive(Debug)]
pub struct TodoCalendar {
    owner: CalendarOwner,
    /// The minute of a day from which reminders of tasks without a time are counted.
    reminder_minute: i32,
}

impl TodoCalendar {
    /// A calendar of this user.
    pub fn new(owner: &str, reminder_minute: i32) -> Self {
        Self { owner: CalendarOwner::new(owner), reminder_minute }
    }

    /// What stands before the tasks.
    pub fn begin(&self) -> String {
        let mut writer = CalendarWriter::default();
        begin_calendar(&mut writer);
        writer.into_text()
    }

    /// What stands behind them.
    pub fn end(&self) -> String {
        let mut writer = CalendarWriter::default();
        writer.end("VCALENDAR");
        writer.into_text()
    }

    /// A task.
    pub fn task(&self, task: &Task, series: Option<&TaskSeries>) -> String {
        let mut writer = CalendarWriter::default();
        writer.begin("VTODO");
        writer.line("UID", &self.owner.uid(task.id));
        if let (Some(created), Some(updated)) = (instant(&task.created_at), instant(&task.updated_at)) {
            stamps(&mut writer, created, updated);
            moment(&mut writer, "CREATED", created);
            moment(&mut writer, "LAST-MODIFIED", updated);
        }
        writer.text("SUMMARY", &task.title);
        if let Some(description) = &task.description {
            writer.text("DESCRIPTION", description);
        }
        writer.line("STATUS", if task.completed { "COMPLETED" } else { "NEEDS-ACTION" });
        if let Some(completed) = task.completed_at.as_deref().and_then(instant) {
            moment(&mut writer, "COMPLETED", completed);
        }
        priority(&mut writer, task.priority);
        writer.texts("CATEGORIES", &task.tags);
        if let Some(parent) = task.parent {
            writer.line("RELATED-TO", &self.owner.uid(parent));
        }
        if let Some(list) = &task.list {
            writer.text("X-TODO-LIST", list);
        }
        writer.text("X-TODO-POSITION", &task.position);
        self.due(&mut writer, task, series);
        writer.end("VTODO");
        writer.into_text()
    }

    fn due(&self, writer: &mut CalendarWriter, task: &Task, series: Option<&TaskSeries>) {
        if !task.remind.is_empty() {
            let minutes: Vec<String> = task.remind.iter().map(i32::to_string).collect();
            writer.line("X-TODO-REMIND", &minutes.join(","));
        }
        let Some(due) = task.due.as_deref().and_then(day_and_time) else { return };
        let (parameter, value) = match due {
            (day, None) => (";VALUE=DATE", time::day(day)),
            // Without a zone: a local time of whoever reads it, as it is one of the owner.
            (day, Some(at)) => ("", time::local(day.and_time(at))),
        };
        if let Some(rule) = task.repeat.as_deref().and_then(|rule| RepeatRule::parse(rule).ok()) {
            // A to-do that repeats has a start.
            writer.line(&format!("DTSTART{parameter}"), &value);
            repeat(writer, task.repeat_from, &rule, due.0, series);
        }
        writer.line(&format!("DUE{parameter}"), &value);
        alarms(writer, &task.title, &task.remind, due, (self.reminder_minute, ";RELATED=END"));
    }
}

/// The rule in the terms of RFC 5545, and as it is.
fn repeat(
    writer: &mut CalendarWriter,
    from: RepeatFrom,
    rule: &RepeatRule,
    due: NaiveDate,
    series: Option<&TaskSeries>,
) {
    let (anchor, passed) = series.map_or((due, 0), |series| (series.anchor, series.passed));
    if let Some(standard) = rule.standard(SeriesState { anchor, due, from, passed }).rest {
        let until = standard.until.map(|day| format!(";UNTIL={}", time::day(day))).unwrap_or_default();
        writer.line("RRULE", &format!("{}{until}", standard.parts));
    }
    writer.line("X-TODO-REPEAT", &rule.to_string());
    if from == RepeatFrom::Completion {
        writer.line("X-TODO-REPEAT-FROM", from.as_str());
    }
    if let Some(TaskSeries { anchor, passed }) = series {
        writer.line(&format!("X-TODO-SERIES;X-TODO-PASSED={passed}"), &anchor.to_string());
    }
}

/// A time with its milliseconds, which no value has, in a parameter.
fn moment(writer: &mut CalendarWriter, name: &str, at: DateTime<Utc>) {
    match at.timestamp_subsec_millis() {
        0 => writer.line(name, &time::utc(at)),
        milliseconds => writer.line(&format!("{name};X-TODO-MS={milliseconds}"), &time::utc(at)),
    }
}

fn instant(text: &str) -> Option<DateTime<Utc>> {
    text.parse().ok()
}

/// A day (2026-12-01), or a local time (2026-12-01T17:00).
fn day_and_time(due: &str) -> Option<(NaiveDate, Option<NaiveTime>)> {
    let (day, at) = due.split_once('T').map_or((due, None), |(day, at)| (day, Some(at)));
    let at = match at {
        Some(at) => Some(NaiveTime::parse_from_str(at, "%H:%M").ok()?),
        None => None,
    };
    Some((day.parse().ok()?, at))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_task_is_a_to_do() {
        let task = Task {
            id: 7,
            title: "Rent".to_owned(),
            created_at: "2026-01-02T03:04:05.678Z".to_owned(),
            updated_at: "2026-01-02T03:04:06.000Z".to_owned(),
            due: Some("2026-02-28".to_owned()),
            repeat: Some("FREQ=MONTHLY".to_owned()),
            remind: vec![60],
            parent: Some(3),
            ..Task::default()
        };
        let series = TaskSeries { anchor: "2026-01-31".parse().unwrap(), passed: 1 };
        let text = TodoCalendar::new("ann", 540).task(&task, Some(&series));
        let lines: Vec<&str> = text.split("\r\n").collect();
        for line in [
            "CREATED;X-TODO-MS=678:20260102T030405Z",
            "LAST-MODIFIED:20260102T030406Z",
            "DUE;VALUE=DATE:20260228",
            "DTSTART;VALUE=DATE:20260228",
            "RRULE:FREQ=MONTHLY;BYMONTHDAY=-1",
            "X-TODO-REPEAT:FREQ=MONTHLY",
            "X-TODO-SERIES;X-TODO-PASSED=1:2026-01-31",
            "TRIGGER;RELATED=END:PT8H",
            "STATUS:NEEDS-ACTION",
        ] {
            assert!(lines.contains(&line), "{line} is not in {text}");
        }
        assert!(text.contains("RELATED-TO:") && text.contains("-3@todo-chatbot"));
    }
}
