//! `POST /internal/tick`: sends the reminders whose time has come. Any number of clocks may do so at once: each claims what it sends.

use http::StatusCode;
use http_api::{ApiError, Request, Response, json};
use serde::Serialize;
use serde_json::json;
use sha2::{Digest, Sha256};
use subtle::ConstantTimeEq;

use crate::action_token::ActionToken;
use crate::delivery::{self, DeliverySettings, ReadyMessage};
use crate::env::ClockEnv;
use crate::message::{EncodedPush, WrittenMail};
use crate::outcome::{MAX_ATTEMPTS, MessageOutcome, pause};
use crate::store::{ClaimedReminder, MarkedMail, MarkedOutcomes, MarkedPush, MarkedReminder, ReminderStore};

/// How many reminders are claimed at once, and for how many seconds.
const BATCH: i64 = 50;
const LEASE_SECONDS: i64 = 60;
/// After so many milliseconds no further batch is begun: the next tick goes on.
const TIME_MS: u64 = 40_000;
/// The id under which mail is among those who have a reminder.
const MAIL: &str = "mail";

/// What a tick did.
#[derive(Debug, Default, Serialize)]
struct TickCounts {
    /// Reminders that reached a browser or an address.
    sent: usize,
    /// Reminders that were given up.
    failed: usize,
    /// Reminders that are tried again later.
    retried: usize,
    /// For how many seconds the longest waiting one waits beyond its time.
    oldest_seconds: i64,
}

/// Who may: the bearer of the clock's secret.
pub(crate) fn respond(request: &Request, env: &ClockEnv<'_>) -> Result<Response, ApiError> {
    let secret = env.settings.secret()?.ok_or_else(ApiError::no_route)?;
    let given = http_api::bearer(request)
        .ok_or_else(|| ApiError::unauthenticated("Send the secret of the clock in Authorization."))?;
    if !bool::from(given.as_bytes().ct_eq(secret.as_bytes())) {
        return Err(ApiError::invalid_token("it is not the secret of the clock"));
    }
    tick(request, env, &secret)
}

/// `POST /internal/late`: the same for `/ready`, which found that reminders wait for too long. It asks inside the app, by the name of
/// this component: the path is no route, so nobody outside reaches it.
pub(crate) fn catch_up(request: &Request, env: &ClockEnv<'_>) -> Result<Response, ApiError> {
    tick(request, env, &env.settings.secret()?.ok_or_else(ApiError::no_route)?)
}

fn tick(request: &Request, env: &ClockEnv<'_>, secret: &str) -> Result<Response, ApiError> {
    let counts = send_due(env, secret)?;
    http_api::log(&json!({
        "level": "info",
        "event": "reminders",
        "request_id": http_api::request_id(request),
        "todo_reminders_sent": counts.sent,
        "todo_reminders_failed": counts.failed,
        "todo_reminders_retried": counts.retried,
        "todo_reminders_oldest_seconds": counts.oldest_seconds,
    }));
    Ok(json(StatusCode::OK, &counts))
}

fn send_due(env: &ClockEnv<'_>, secret: &str) -> Result<TickCounts, ApiError> {
    let end = (env.now_ms)() + TIME_MS;
    let history_days = env.settings.history_days()?;
    let store = ReminderStore((env.open)()?);
    // Most ticks find nothing: they cost this statement alone.
    if store.sweep(history_days)?.is_none() {
        return Ok(TickCounts::default());
    }
    let settings = DeliverySettings::load(env)?;
    let mut counts = TickCounts::default();
    while (env.now_ms)() < end {
        let claimed = store.claim(BATCH, LEASE_SECONDS)?;
        if claimed.is_empty() {
            break;
        }
        let outcomes = deliver(env, &settings, &store, secret, &claimed)?;
        for reminder in &outcomes.reminders {
            match (reminder.retry, reminder.is_sent) {
                (Some(_), _) => counts.retried += 1,
                (None, true) => counts.sent += 1,
                (None, false) => counts.failed += 1,
            }
        }
        store.mark(&outcomes)?;
    }
    counts.oldest_seconds = store.sweep(history_days)?.unwrap_or_default();
    Ok(counts)
}

/// A message of the batch: of which reminder, and for whom.
struct BatchMessage {
    reminder: usize,
    /// The id of a subscription, or [`MAIL`].
    recipient: String,
}

fn deliver(
    env: &ClockEnv<'_>,
    settings: &DeliverySettings,
    store: &ReminderStore,
    secret: &str,
    claimed: &[ClaimedReminder],
) -> Result<MarkedOutcomes, ApiError> {
    let now = (env.now_ms)() / 1000;
    let (mut names, mut messages) = (Vec::new(), Vec::new());
    for (number, reminder) in claimed.iter().enumerate().filter(|(_, reminder)| reminder.key.attempts <= MAX_ATTEMPTS) {
        let token = ActionToken::new(&reminder.key.owner, reminder.key.task, &reminder.key.due, now).sign(secret);
        let browsers = settings
            .push
            .iter()
            .flat_map(|push| reminder.recipients.browsers.iter().map(move |browser| (push, browser)));
        for (push, browser) in browsers {
            let message = EncodedPush::reminder(reminder, &token, browser.language());
            names.push(BatchMessage { reminder: number, recipient: browser.id.clone() });
            messages.push(ReadyMessage::push(push, browser, &message));
        }
        if let Some(address) = reminder.recipients.address.as_ref().filter(|_| settings.mail.is_on()) {
            let mail = WrittenMail::reminder(reminder, &token, &settings.base, reminder.recipients.mail_language);
            names.push(BatchMessage { reminder: number, recipient: MAIL.to_owned() });
            messages.push(ReadyMessage::mail(settings, store, address, &mail, Some(&once(reminder)))?);
        }
    }
    let outcomes = delivery::send(env, messages);
    let told: Vec<(BatchMessage, MessageOutcome)> = names.into_iter().zip(outcomes).collect();
    Ok(mark(claimed, &told))
}

/// The name of a reminder's mail, the same at each attempt.
fn once(reminder: &ClaimedReminder) -> String {
    let key = &reminder.key;
    let name = format!("{}\n{}\n{}\n{}\n{}", key.owner, key.task, key.due, key.minutes, reminder.remind_at);
    let digest = Sha256::digest(name);
    format!("todo-reminder-{}", digest.iter().take(16).map(|byte| format!("{byte:02x}")).collect::<String>())
}

fn mark(claimed: &[ClaimedReminder], told: &[(BatchMessage, MessageOutcome)]) -> MarkedOutcomes {
    let mut marked = MarkedOutcomes::default();
    for (name, outcome) in told {
        let error = outcome.error().map(str::to_owned);
        let Some(reminder) = claimed.get(name.reminder) else { continue };
        match name.recipient.as_str() {
            MAIL => marked.mails.push(MarkedMail { owner: reminder.key.owner.clone(), error }),
            id => marked.pushes.push(MarkedPush { id: id.to_owned(), outcome: outcome.word(), error }),
        }
    }
    marked.reminders = claimed.iter().enumerate().map(|(number, reminder)| mark_one(number, reminder, told)).collect();
    marked
}

fn mark_one(number: usize, reminder: &ClaimedReminder, told: &[(BatchMessage, MessageOutcome)]) -> MarkedReminder {
    let mine = || told.iter().filter(|(name, _)| name.reminder == number);
    let outcomes: Vec<MessageOutcome> = mine().map(|(_, outcome)| outcome.clone()).collect();
    let newly = mine().filter(|(_, outcome)| *outcome == MessageOutcome::Sent).map(|(name, _)| name.recipient.clone());
    let reached: Vec<String> = reminder.reached.iter().cloned().chain(newly).collect();
    let is_sent = !reached.is_empty();
    let error = match (outcomes.is_empty(), is_sent) {
        (true, true) => None,
        (true, false) if reminder.key.attempts > MAX_ATTEMPTS => Some("It was begun too often."),
        (true, false) => Some("No browser is subscribed, and no mail is wanted."),
        (false, _) => outcomes.iter().rev().find_map(MessageOutcome::error),
    };
    let error = error.map(str::to_owned);
    let retry = pause(&outcomes, reminder.key.attempts);
    MarkedReminder { key: reminder.key.clone(), reached, is_sent, retry, error }
}

#[cfg(test)]
mod tests;
