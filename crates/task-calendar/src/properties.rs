//! What events and to-dos have in common.

use chrono::{DateTime, NaiveDate, NaiveTime, Utc};
use task::Priority;

use crate::time;
use crate::writer::CalendarWriter;

/// The properties of a calendar before its components.
pub(crate) fn begin_calendar(writer: &mut CalendarWriter) {
    writer.begin("VCALENDAR");
    writer.line("VERSION", "2.0");
    writer.line("PRODID", crate::PRODUCT);
    writer.line("CALSCALE", "GREGORIAN");
}

/// PRIORITY of RFC 5545: 1 is the highest, 9 the lowest.
pub(crate) fn priority(writer: &mut CalendarWriter, priority: Priority) {
    let number = match priority {
        Priority::High => "1",
        Priority::Medium => "5",
        Priority::Low => "9",
        Priority::None => return,
    };
    writer.line("PRIORITY", number);
}

/// When an entry was made and changed. SEQUENCE counts the seconds between: it grows with each change.
pub(crate) fn stamps(writer: &mut CalendarWriter, created: DateTime<Utc>, updated: DateTime<Utc>) {
    writer.line("DTSTAMP", &time::utc(updated));
    writer.line("SEQUENCE", &(updated - created).num_seconds().clamp(0, i32::MAX.into()).to_string());
}

/// The alarms: so many minutes before the time; of a day before this minute of it. `related` is a parameter of the trigger.
pub(crate) fn alarms(
    writer: &mut CalendarWriter,
    title: &str,
    remind: &[i32],
    due: (NaiveDate, Option<NaiveTime>),
    (day_minute, related): (i32, &str),
) {
    for minutes in remind {
        let from = if due.1.is_none() { i64::from(day_minute) } else { 0 };
        writer.begin("VALARM");
        writer.line("ACTION", "DISPLAY");
        writer.line(&format!("TRIGGER{related}"), &time::duration(from - i64::from(*minutes)));
        writer.text("DESCRIPTION", title);
        writer.end("VALARM");
    }
}
