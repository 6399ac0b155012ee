//! The tasks of a feed, from the rows of the statement that reads them.

use chrono::{DateTime, NaiveDate, NaiveDateTime, NaiveTime, Utc};
use db::{DbError, Row};
use recurrence::{RepeatFrom, RepeatRule, SeriesState};
use task::Priority;
use task_calendar::{CalendarFeed, FeedTask, RepeatSeries, ZoneChange};

/// What a feed shows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FeedContent {
    owner: String,
    zone: String,
    changes: Vec<ZoneChange>,
    reminder_minute: i32,
    tasks: Vec<FeedTask>,
}

impl FeedContent {
    /// The calendar.
    pub fn to_text(&self) -> String {
        let Self { owner, zone, changes, reminder_minute, tasks } = self;
        CalendarFeed { owner, zone, changes, reminder_minute: *reminder_minute, tasks }.to_text()
    }

    /// The rows of a feed that is there. The first has what they have in common.
    pub(crate) fn read(rows: &[Row]) -> Result<Self, DbError> {
        let Some(first) = rows.first() else { return Err(DbError::Internal("a feed has no row".to_owned())) };
        let changes = first.get::<Option<Vec<Option<String>>>>("zone_changes")?.unwrap_or_default();
        let mut tasks = Vec::new();
        for row in rows {
            if row.get::<Option<i64>>("id")?.is_some() {
                tasks.push(task(row)?);
            }
        }
        Ok(Self {
            owner: first.text("user_id")?,
            zone: first.text("zone")?,
            changes: changes.iter().flatten().filter_map(|text| zone_change(text)).collect(),
            reminder_minute: first.get("reminder_minute")?,
            tasks,
        })
    }
}

fn task(row: &Row) -> Result<FeedTask, DbError> {
    let day = read(&row.text("due_day")?)?;
    let time = row.opt_text("due_time")?.map(|text| read::<NaiveTime>(&text)).transpose()?;
    Ok(FeedTask {
        id: row.i64("id")?,
        title: row.text("title")?,
        description: row.opt_text("description")?,
        priority: match row.get::<i16>("priority")? {
            1 => Priority::High,
            2 => Priority::Medium,
            3 => Priority::Low,
            _ => Priority::None,
        },
        due: (day, time),
        due_at: instant(row, "due_at")?,
        series: series(row, day)?,
        remind: row.get::<Vec<Option<i32>>>("remind")?.into_iter().flatten().collect(),
        tags: row.get::<Vec<Option<String>>>("tags")?.into_iter().flatten().collect(),
        created_at: read(&row.time("created_at")?)?,
        updated_at: read(&row.time("updated_at")?)?,
    })
}

/// How a task repeats. A rule that is not understood any more does not.
fn series(row: &Row, due: NaiveDate) -> Result<Option<RepeatSeries>, DbError> {
    let Some(rule) = row.opt_text("repeat")?.and_then(|rule| RepeatRule::parse(&rule).ok()) else { return Ok(None) };
    let state = SeriesState {
        anchor: read(&row.text("repeat_anchor")?)?,
        due,
        from: RepeatFrom::parse(&row.text("repeat_from")?).unwrap_or_default(),
        passed: u16::try_from(row.get::<i32>("repeat_done")?).unwrap_or(u16::MAX),
    };
    Ok(Some(RepeatSeries { rule, state, until_at: instant(row, "until_at")? }))
}

fn instant(row: &Row, column: &str) -> Result<Option<DateTime<Utc>>, DbError> {
    row.opt_time(column)?.map(|text| read(&text)).transpose()
}

/// `2026-03-29T01:00:00 3600 7200`
fn zone_change(text: &str) -> Option<ZoneChange> {
    let mut parts = text.split(' ');
    let at: NaiveDateTime = parts.next()?.parse().ok()?;
    Some(ZoneChange { at, before: parts.next()?.parse().ok()?, after: parts.next()?.parse().ok()? })
}

fn read<T: std::str::FromStr>(text: &str) -> Result<T, DbError> {
    text.parse().map_err(|_| DbError::Internal("a day or a time of a task cannot be read".to_owned()))
}
