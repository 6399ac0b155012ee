//! `/api/{user_id}/notifications…`: where the reminders of a user go. Only the signed-in page sees and changes that: a program's token could
//! make the reminders go to its own address otherwise.

use http::header::LOCATION;
use http::{HeaderValue, StatusCode};
use http_api::{ApiError, Request, Response, User, empty, json, json_body, merge_patch_body};
use json_fields::{FieldReader, ValueError};
use serde::Serialize;
use serde_json::value::RawValue;
use serde_json::{Map, Value, json};
use user_language::Language;
use visible_text::is_blank;
use web_push::{PushService, PushSubscription, SubscriptionError};

use crate::env::ClockEnv;
use crate::store::{NewSubscription, NotificationState, ReminderStore};

/// The most browsers of a user.
const MAX_SUBSCRIPTIONS: i64 = 10;
/// The longest name of a device, in characters.
const MAX_DEVICE: usize = 80;
/// The longest endpoint, in bytes.
const MAX_ENDPOINT: usize = 2000;
/// The most reminders in the list of those that were given up.
const MAX_UNDELIVERED: i64 = 50;

#[derive(Serialize)]
struct PushView {
    public_key: Option<String>,
    subscriptions: Box<RawValue>,
}

#[derive(Serialize)]
struct MailView {
    available: bool,
    enabled: bool,
    address: Option<String>,
    last_sent_at: Option<String>,
    last_error: Option<String>,
}

#[derive(Serialize)]
struct NotificationsView {
    push: PushView,
    mail: MailView,
}

/// `GET …/notifications`.
pub(crate) fn get(env: &ClockEnv<'_>, user: &User) -> Result<Response, ApiError> {
    let state = ReminderStore((env.open)()?).notifications(&user.id)?;
    view(env, state)
}

/// `PATCH …/notifications`.
pub(crate) fn change(env: &ClockEnv<'_>, request: &Request, user: &User) -> Result<Response, ApiError> {
    let body: Map<String, Value> = merge_patch_body(request)?;
    let mut fields = FieldReader::new(&body, &["mail"]);
    fields.require("mail");
    let wanted = fields.flag("mail");
    let wanted = fields.finish(wanted)?;
    let store = ReminderStore((env.open)()?);
    if wanted {
        let state = store.notifications(&user.id)?;
        if let Some(why) = no_mail(env, &state)? {
            return Err(ApiError::conflict(why));
        }
    }
    view(env, store.choose_mail(&user.id, wanted, language(request))?)
}

fn view(env: &ClockEnv<'_>, state: NotificationState) -> Result<Response, ApiError> {
    let available = no_mail(env, &state)?.is_none();
    let public_key = env.settings.push()?.map(|push| push.key.public_key());
    let mail = MailView {
        available,
        enabled: state.wants_mail && available,
        address: state.address,
        last_sent_at: state.mail_sent_at,
        last_error: state.mail_error,
    };
    Ok(json(
        StatusCode::OK,
        &NotificationsView { push: PushView { public_key, subscriptions: state.subscriptions }, mail },
    ))
}

/// Why a user cannot be reminded by mail. An address that is not proved may be a stranger's, who gets nothing that others wrote.
fn no_mail(env: &ClockEnv<'_>, state: &NotificationState) -> Result<Option<&'static str>, ApiError> {
    Ok(match (env.settings.mail()?.is_on(), state.is_proved) {
        (false, _) => Some("This server sends no mails."),
        (true, false) => Some("Confirm your email address first: reminders go to a confirmed address only."),
        (true, true) => None,
    })
}

/// `POST …/notifications/subscriptions`.
pub(crate) fn subscribe(env: &ClockEnv<'_>, request: &Request, user: &User) -> Result<Response, ApiError> {
    let push = env.settings.push()?.ok_or_else(|| ApiError::conflict(NO_KEYS))?;
    let new = subscription(&json_body(request)?, &push.services)?;
    let stored = ReminderStore((env.open)()?).subscribe(&user.id, new, language(request), MAX_SUBSCRIPTIONS)?;
    let stored = stored.ok_or_else(|| {
        ApiError::conflict(format!(
            "There are {MAX_SUBSCRIPTIONS} subscribed browsers already. Remove one that is not used."
        ))
    })?;
    let status = if stored.is_new { StatusCode::CREATED } else { StatusCode::OK };
    let mut response = json(status, &stored.shown);
    if stored.is_new {
        let location = HeaderValue::try_from(format!("{}/{}", request.uri().path(), stored.id));
        response.headers_mut().insert(LOCATION, location.map_err(ApiError::internal)?);
    }
    Ok(response)
}

/// Why there are no push messages.
pub(crate) const NO_KEYS: &str = "This server has no keys for push messages (VAPID_PRIVATE_KEY).";

/// Reads what `PushSubscription.toJSON()` returns in a browser, `device`, and `replaces`.
fn subscription(body: &Map<String, Value>, services: &PushService) -> Result<NewSubscription, ApiError> {
    let mut fields = FieldReader::new(body, &["endpoint", "expirationTime", "keys", "device", "replaces"]);
    let text = |value: Option<&Value>| value.and_then(Value::as_str).unwrap_or_default().to_owned();
    let keys = |name: &str| text(body.get("keys").and_then(|keys| keys.get(name)));
    let (endpoint, p256dh, auth) = (text(body.get("endpoint")), keys("p256dh"), keys("auth"));
    let device = fields.text("device", device).flatten();
    let replaces = fields.text("replaces", |text| match text.len() > MAX_ENDPOINT {
        true => Err(ValueError(format!("must be at most {MAX_ENDPOINT} bytes."))),
        false => Ok(text.to_owned()),
    });
    if let Err(error) = PushSubscription::parse(&endpoint, &p256dh, &auth, services) {
        let name = match error {
            SubscriptionError::Endpoint => "endpoint",
            SubscriptionError::Key => "keys.p256dh",
            SubscriptionError::Auth => "keys.auth",
        };
        let message = error.to_string();
        fields.reject(name, message.split_once(' ').map_or(message.as_str(), |(_, rule)| rule));
    }
    Ok(fields.finish(Some(NewSubscription { endpoint, p256dh, auth, device, replaces }))?)
}

/// One line; none if there is nothing to read in it.
fn device(text: &str) -> Result<Option<String>, ValueError> {
    let text = text.trim();
    match text.chars().count() > MAX_DEVICE || text.chars().any(char::is_control) {
        true => Err(ValueError(format!("must be at most {MAX_DEVICE} characters on one line."))),
        false => Ok((!is_blank(text)).then(|| text.to_owned())),
    }
}

/// `DELETE …/notifications/subscriptions/{id}`.
pub(crate) fn unsubscribe(env: &ClockEnv<'_>, user: &User, id: &str) -> Result<Response, ApiError> {
    match ReminderStore((env.open)()?).unsubscribe(&user.id, id)? {
        true => Ok(empty(StatusCode::NO_CONTENT)),
        false => Err(ApiError::not_found("You have no subscribed browser with this id.")),
    }
}

/// `GET …/notifications/undelivered`.
pub(crate) fn undelivered(env: &ClockEnv<'_>, user: &User) -> Result<Response, ApiError> {
    let reminders = ReminderStore((env.open)()?).undelivered(&user.id, MAX_UNDELIVERED)?;
    Ok(json(StatusCode::OK, &reminders))
}

/// The number of messages that were sent.
pub(crate) fn sent(number: usize) -> Response {
    json(StatusCode::OK, &json!({ "sent": number }))
}

/// The channel of a test message.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum NotificationChannel {
    Push,
    Mail,
}

impl NotificationChannel {
    /// Reads the body of `POST …/notifications/test`.
    pub(crate) fn read(request: &Request) -> Result<Self, ApiError> {
        let body: Map<String, Value> = json_body(request)?;
        let mut fields = FieldReader::new(&body, &["channel"]);
        fields.require("channel");
        let channel = fields.text("channel", |text| match text {
            "push" => Ok(Self::Push),
            "mail" => Ok(Self::Mail),
            _ => Err(ValueError("must be one of push, mail.".to_owned())),
        });
        Ok(fields.finish(channel)?)
    }
}

/// The language that the browser prefers: that of what is sent to it.
fn language(request: &Request) -> Language {
    http_api::header(request, "accept-language").map(Language::preferred).unwrap_or_default()
}

#[cfg(test)]
mod tests;
