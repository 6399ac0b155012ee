//! A calendar of events: what every calendar program shows.

use chrono::{DateTime, NaiveDate, NaiveTime, Utc};
use recurrence::{RepeatRule, SeriesState, StandardRule};
use task::Priority;

use crate::owner::CalendarOwner;
use crate::properties::{alarms, begin_calendar, priority, stamps};
use crate::time;
use crate::writer::CalendarWriter;
use crate::zone::{self, ZoneChange};

/// How long a task with a time is shown: a deadline has no length, and some programs hide events without one.
const SHOWN_FOR: &str = "PT30M";
/// How often programs should read the feed.
const READ_EVERY: &str = "PT1H";
const UTC: &str = "UTC";

/// A task that is open and due.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FeedTask {
    /// The owner's number of it.
    pub id: i64,
    /// What to do.
    pub title: String,
    /// Details.
    pub description: Option<String>,
    /// How important it is.
    pub priority: Priority,
    /// When it is due, in the owner's zone: a day, and perhaps a time of it.
    pub due: (NaiveDate, Option<NaiveTime>),
    /// The instant of a due time.
    pub due_at: Option<DateTime<Utc>>,
    /// How it repeats.
    pub series: Option<RepeatSeries>,
    /// Minutes before it is due at which to remind.
    pub remind: Vec<i32>,
    /// Its tags.
    pub tags: Vec<String>,
    /// When it was added.
    pub created_at: DateTime<Utc>,
    /// When it last changed.
    pub updated_at: DateTime<Utc>,
}

/// How a task repeats, and where its series stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RepeatSeries {
    /// The rule.
    pub rule: RepeatRule,
    /// Where it stands.
    pub state: SeriesState,
    /// The instant of the due time on the day of UNTIL.
    pub until_at: Option<DateTime<Utc>>,
}

/// The open tasks of a user that are due.
#[derive(Debug, Clone)]
pub struct CalendarFeed<'a> {
    /// The owner's id, which does not stand in the calendar.
    pub owner: &'a str,
    /// The IANA name of the owner's zone.
    pub zone: &'a str,
    /// What that zone does from the year before the first due day on: needed where a task with a time repeats.
    pub changes: &'a [ZoneChange],
    /// The minute of a day from which reminders of tasks without a time are counted.
    pub reminder_minute: i32,
    /// The tasks.
    pub tasks: &'a [FeedTask],
}

/// When an event is.
enum EventTime {
    Day(NaiveDate),
    Instant(DateTime<Utc>),
    /// In the owner's zone, where it stays when the clocks change.
    InZone(NaiveDate, NaiveTime),
}

impl CalendarFeed<'_> {
    /// The calendar. It is the same text for the same tasks.
    pub fn to_text(&self) -> String {
        let mut writer = CalendarWriter::default();
        begin_calendar(&mut writer);
        writer.text("NAME", "Tasks");
        writer.text("X-WR-CALNAME", "Tasks");
        writer.text("X-WR-TIMEZONE", self.zone);
        writer.line("REFRESH-INTERVAL;VALUE=DURATION", READ_EVERY);
        writer.line("X-PUBLISHED-TTL", READ_EVERY);
        let in_zone = |task: &&FeedTask| task.series.is_some() && task.due.1.is_some();
        match self.tasks.iter().find(in_zone).filter(|_| self.zone != UTC) {
            Some(task) => zone::write(&mut writer, self.zone, self.changes, offset(task)),
            // A calendar has at least one component.
            None if self.tasks.is_empty() => zone::write(&mut writer, UTC, &[], 0),
            None => {}
        }
        let owner = CalendarOwner::new(self.owner);
        self.tasks.iter().for_each(|task| self.task(&mut writer, &owner, task));
        writer.end("VCALENDAR");
        writer.into_text()
    }

    fn task(&self, writer: &mut CalendarWriter, owner: &CalendarOwner, task: &FeedTask) {
        let uid = owner.uid(task.id);
        let once = || match (task.due.1, task.due_at) {
            (Some(_), Some(at)) => EventTime::Instant(at),
            _ => EventTime::Day(task.due.0),
        };
        let Some(repeat) = &task.series else { return self.event(writer, &uid, task, &once(), |_| {}) };
        let series = repeat.rule.standard(repeat.state);
        if series.alone.is_some() {
            self.event(writer, &uid, task, &once(), |_| {});
        }
        let Some(rule) = series.rest else { return };
        let uid = if series.alone.is_some() { owner.following_uid(task.id) } else { uid };
        let start = self.repeated(rule.start, task.due.1);
        self.event(writer, &uid, task, &start, |writer| self.rule(writer, &rule, repeat, task.due.1));
    }

    /// An occurrence on a day of a series.
    fn repeated(&self, day: NaiveDate, at: Option<NaiveTime>) -> EventTime {
        match at {
            None => EventTime::Day(day),
            Some(at) if self.zone == UTC => EventTime::Instant(day.and_time(at).and_utc()),
            Some(at) => EventTime::InZone(day, at),
        }
    }

    fn rule(&self, writer: &mut CalendarWriter, rule: &StandardRule, repeat: &RepeatSeries, at: Option<NaiveTime>) {
        let until = match (rule.until, at) {
            (None, _) => String::new(),
            (Some(day), None) => format!(";UNTIL={}", time::day(day)),
            (Some(day), Some(at)) => {
                let last = repeat.until_at.unwrap_or_else(|| day.and_time(at).and_utc());
                format!(";UNTIL={}", time::utc(last))
            }
        };
        writer.line("RRULE", &format!("{}{until}", rule.parts));
        for day in &rule.more {
            let time = self.repeated(*day, at);
            writer.line(&format!("RDATE{}", time.parameter(self.zone)), &time.value());
        }
    }

    fn event(
        &self,
        writer: &mut CalendarWriter,
        uid: &str,
        task: &FeedTask,
        start: &EventTime,
        repeat: impl FnOnce(&mut CalendarWriter),
    ) {
        writer.begin("VEVENT");
        writer.line("UID", uid);
        stamps(writer, task.created_at, task.updated_at);
        writer.line("CREATED", &time::utc(task.created_at));
        writer.line("LAST-MODIFIED", &time::utc(task.updated_at));
        writer.line(&format!("DTSTART{}", start.parameter(self.zone)), &start.value());
        match start {
            EventTime::Day(day) => {
                writer.line("DTEND;VALUE=DATE", &time::day(day.succ_opt().unwrap_or(*day)));
            }
            EventTime::Instant(_) | EventTime::InZone(..) => writer.line("DURATION", SHOWN_FOR),
        }
        repeat(writer);
        writer.text("SUMMARY", &task.title);
        if let Some(description) = &task.description {
            writer.text("DESCRIPTION", description);
        }
        priority(writer, task.priority);
        writer.texts("CATEGORIES", &task.tags);
        // A task takes no time of the day away.
        writer.line("TRANSP", "TRANSPARENT");
        alarms(writer, &task.title, &task.remind, task.due, (self.reminder_minute, ""));
        writer.end("VEVENT");
    }
}

impl EventTime {
    fn parameter(&self, zone: &str) -> String {
        match self {
            Self::Day(_) => ";VALUE=DATE".to_owned(),
            Self::Instant(_) => String::new(),
            Self::InZone(..) => format!(";TZID={zone}"),
        }
    }

    fn value(&self) -> String {
        match self {
            Self::Day(day) => time::day(*day),
            Self::Instant(at) => time::utc(*at),
            Self::InZone(day, at) => time::local(day.and_time(*at)),
        }
    }
}

/// The seconds that the owner's zone is ahead of UTC when the task is due.
fn offset(task: &FeedTask) -> i32 {
    let local = task.due.1.map(|at| task.due.0.and_time(at));
    let ahead = local.zip(task.due_at).map(|(local, at)| (local - at.naive_utc()).num_seconds());
    ahead.and_then(|seconds| i32::try_from(seconds).ok()).unwrap_or_default()
}

#[cfg(test)]
mod tests;
