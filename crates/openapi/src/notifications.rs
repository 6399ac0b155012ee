//! The operations of reminders: where they go, and what can be done with one.

use serde_json::{Value, json};

use crate::operation::{Operation, item, reference};
use crate::shape::{id, object, time};

const LIMITS: &[&str] = &["RateLimit", "RateLimit-Policy"];
const PAGE_ONLY: &str = "Only for the token of `GET /api/auth/token`.";

pub(crate) fn paths() -> Vec<(&'static str, Value)> {
    vec![
        ("/api/{user_id}/notifications", item([("get", get()), ("patch", change())])),
        ("/api/{user_id}/notifications/subscriptions", item([("post", subscribe())])),
        ("/api/{user_id}/notifications/subscriptions/{subscription_id}", item([("delete", unsubscribe())])),
        ("/api/{user_id}/notifications/test", item([("post", test())])),
        ("/api/{user_id}/notifications/undelivered", item([("get", undelivered())])),
        ("/api/reminders/{token}", json!({ "get": show_action(), "post": act() })),
    ]
}

fn operation(id: &str, summary: &str) -> Operation {
    Operation::new("notifications", id, summary)
}

fn get() -> Value {
    operation("getNotifications", "See where reminders go")
        .about(PAGE_ONLY)
        .responds(200, "The subscribed browsers, and mail.", Some(reference("Notifications")), LIMITS)
        .errors(&[])
}

fn change() -> Value {
    operation("changeNotifications", "Choose reminders by mail")
        .about(&format!("They go to a confirmed address only, in the language of `Accept-Language`. {PAGE_ONLY}"))
        .body(true, &["application/merge-patch+json", "application/json"], &reference("NotificationChanges"))
        .responds(200, "Where reminders go now.", Some(reference("Notifications")), LIMITS)
        .errors(&["conflict", "invalid", "unsupported_media_type", "too_large"])
}

fn subscribe() -> Value {
    operation("addSubscription", "Subscribe a browser")
        .about(&format!(
            "The body is what `PushSubscription.toJSON()` returns there, with `device`. The endpoint must be one of the push services of Chrome, \
             Firefox, Edge or Safari. A browser belongs to the user who subscribed it last; its messages are in the language of `Accept-Language`. {PAGE_ONLY}"
        ))
        .body(true, &["application/json"], &reference("NewSubscription"))
        .responds(200, "The user had this browser already.", Some(reference("Subscription")), LIMITS)
        .responds(
            201,
            "The browser is subscribed.",
            Some(reference("Subscription")),
            &["Location", "RateLimit", "RateLimit-Policy"],
        )
        .errors(&["conflict", "invalid", "unsupported_media_type", "too_large"])
}

fn unsubscribe() -> Value {
    operation("removeSubscription", "Forget a subscribed browser")
        .about(PAGE_ONLY)
        .parameter("path", "subscription_id", "The id of the subscription.", json!({ "type": "string" }))
        .responds(204, "It is forgotten.", None, LIMITS)
        .errors(&[])
}

fn test() -> Value {
    let body = object(&["channel"], json!({ "channel": { "enum": ["push", "mail"] } }));
    operation("testNotifications", "Send a test message")
        .about(&format!("To all subscribed browsers, or by mail; ten in an hour. {PAGE_ONLY}"))
        .body(true, &["application/json"], &body)
        .responds(
            200,
            "It is sent.",
            Some(object(
                &["sent"],
                json!({ "sent": { "type": "integer", "minimum": 0, "description": "To how many." } }),
            )),
            LIMITS,
        )
        .errors(&["conflict", "invalid", "unsupported_media_type", "too_large", "not_delivered"])
}

fn undelivered() -> Value {
    operation("listUndelivered", "List reminders that were given up")
        .about("Those of the last week, the latest first, at most 50.")
        .responds(
            200,
            "The reminders, each with its reason.",
            Some(json!({ "type": "array", "items": reference("UndeliveredReminder") })),
            LIMITS,
        )
        .errors(&["insufficient_scope"])
}

fn token(operation: Operation) -> Operation {
    operation.parameter("path", "token", "The token of a reminder, valid for seven days.", json!({ "type": "string" }))
}

fn show_action() -> Value {
    let page = token(operation("showReminderAction", "Ask whether to act on a reminder"));
    let action = json!({ "enum": ["done", "snooze", "tomorrow"], "default": "done" });
    let mut page = page
        .about("For the links of mails: a page with one button, which posts. It changes nothing itself.")
        .parameter("query", "action", "What the button does.", action)
        .open_to_all(&["malformed", "invalid", "rate_limited", "internal", "unavailable"]);
    page["responses"]["200"] =
        json!({ "description": "The page.", "content": { "text/html": { "schema": { "type": "string" } } } });
    page["responses"]["404"] = unknown_token();
    page
}

/// What a browser gets for a token that is not valid, and what other clients get.
fn unknown_token() -> Value {
    json!({ "description": "The token is not valid.", "content": {
        "text/html": { "schema": { "type": "string" } },
        "application/problem+json": { "schema": reference("Problem") },
    } })
}

fn act() -> Value {
    let form = object(&["action"], json!({ "action": { "enum": ["done", "snooze", "tomorrow"] } }));
    let mut act = token(operation("actOnReminder", "Act on a reminder"))
        .about(
            "`done` completes the task, `snooze` reminds again in ten minutes, `tomorrow` moves the task to the same time tomorrow. The token is the \
             credential. A task that is gone, completed or due at another time stays as it is, and the message says so. A form gets a page.",
        )
        .body(true, &["application/json", "application/x-www-form-urlencoded"], &form)
        .responds(
            200,
            "What was done.",
            Some(object(&["message"], json!({ "message": { "type": "string" } }))),
            &[],
        )
        .or_responds(200, "text/html", json!({ "type": "string" }))
        .open_to_all(&["malformed", "too_large", "unsupported_media_type", "invalid", "rate_limited", "internal", "unavailable"]);
    act["responses"]["404"] = unknown_token();
    act
}

pub(crate) fn schemas() -> Value {
    let subscription = ["id", "device", "created_at", "last_sent_at", "last_error"];
    let optional = |about: &str| json!({ "type": ["string", "null"], "description": about });
    let sent_at = json!({ "type": ["string", "null"], "format": "date-time" });
    json!({
        "Notifications": object(&["push", "mail"], json!({
            "push": object(&["public_key", "subscriptions"], json!({
                "public_key": optional("For `PushManager.subscribe` (`applicationServerKey`); null: this server sends no push messages."),
                "subscriptions": { "type": "array", "items": reference("Subscription") },
            })),
            "mail": object(&["available", "enabled", "address", "last_sent_at", "last_error"], json!({
                "available": { "type": "boolean", "description": "Whether this server sends mails and the address is confirmed." },
                "enabled": { "type": "boolean" },
                "address": optional("The address of the account."),
                "last_sent_at": sent_at,
                "last_error": optional("Why the last mail was not sent."),
            })),
        })),
        "NotificationChanges": object(&["mail"], json!({ "mail": { "type": "boolean" } })),
        "Subscription": object(&subscription, json!({
            "id": { "type": "string" },
            "device": optional("What its owner knows it by."),
            "created_at": time("When it was subscribed."),
            "last_sent_at": sent_at,
            "last_error": optional("Why the last message was not sent."),
        })),
        "NewSubscription": object(&["endpoint", "keys"], json!({
            "endpoint": { "type": "string", "format": "uri", "maxLength": 2000 },
            "expirationTime": { "type": ["number", "null"] },
            "keys": { "type": "object", "required": ["p256dh", "auth"], "properties": { "p256dh": { "type": "string" }, "auth": { "type": "string" } } },
            "device": { "type": ["string", "null"], "maxLength": 80 },
            "replaces": { "type": ["string", "null"], "maxLength": 2000, "description": "The endpoint that the browser had before: it keeps its id." },
        })),
        "UndeliveredReminder": object(&["task", "title", "due", "remind_at", "error"], json!({
            "task": id("The task."),
            "title": { "type": "string" },
            "due": { "type": "string", "description": "When the task was due for this reminder." },
            "remind_at": time("Its moment."),
            "error": { "type": "string", "description": "Why it was given up." },
        })),
    })
}
