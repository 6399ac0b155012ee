//! The operations of calendar feeds.

use serde_json::{Value, json};

use crate::operation::{Operation, item, reference};
use crate::shape::object;

const LIMITS: &[&str] = &["RateLimit", "RateLimit-Policy"];

pub(crate) fn paths() -> Vec<(&'static str, Value)> {
    vec![
        ("/api/{user_id}/calendar", item([("get", state()), ("post", make()), ("delete", revoke())])),
        ("/api/calendar/{secret}.ics", json!({ "get": read() })),
    ]
}

pub(crate) fn schemas() -> Value {
    let time = |about: &str| json!({ "type": ["string", "null"], "format": "date-time", "description": about });
    json!({
        "CalendarFeed": object(&["created_at", "last_read_at"], json!({
            "created_at": time("When its address was made; null without one."),
            "last_read_at": time("When a program last read it, to the minute; null for never."),
        })),
        "MadeCalendarFeed": object(&["url", "created_at"], json!({
            "url": { "type": "string", "format": "uri", "description": "The address. It is shown once." },
            "created_at": { "type": "string", "format": "date-time" },
        })),
    })
}

fn operation(id: &str, summary: &str) -> Operation {
    Operation::new("calendar", id, summary)
}

fn state() -> Value {
    operation("getCalendarFeed", "Tell whether there is a calendar feed")
        .about("Without its address, which is kept as a hash. Only for the token of `GET /api/auth/token`.")
        .responds(200, "The feed.", Some(reference("CalendarFeed")), LIMITS)
        .errors(&[])
}

fn make() -> Value {
    operation("makeCalendarFeed", "Make the address of the calendar feed")
        .about(
            "Whoever has the address reads the open tasks that are due, and nothing else. A new address ends the one before. Only for \
             the token of `GET /api/auth/token`.",
        )
        .responds(201, "The address.", Some(reference("MadeCalendarFeed")), LIMITS)
        .errors(&[])
}

fn revoke() -> Value {
    operation("revokeCalendarFeed", "End the calendar feed")
        .about("The address is 404 from then on. Only for the token of `GET /api/auth/token`.")
        .responds(204, "There is no feed any more.", None, LIMITS)
        .errors(&[])
}

fn read() -> Value {
    let headers = &["ETag", "RateLimit", "RateLimit-Policy"];
    operation("readCalendarFeed", "Read a calendar feed")
        .about(
            "For calendar programs: the open tasks that are due as events, at most 10,000. A day is a whole day; a time is an \
             instant, or where it repeats a time of the owner's zone with its VTIMEZONE. Reminders are alarms.",
        )
        .parameter("path", "secret", "The secret part of the address.", json!({ "type": "string" }))
        .parameter("header", "If-None-Match", "The versions (ETag) that the client has.", json!({ "type": "string" }))
        .responds(200, "The calendar (RFC 5545).", None, headers)
        .or_responds(200, "text/calendar", json!({ "type": "string" }))
        .responds(304, "The client has the current version.", None, headers)
        .open_to_all(&["not_found", "rate_limited", "malformed", "internal", "unavailable"])
}
