//! `POST …/notifications/test`: sends a message now, so that a user sees whether messages arrive.

use http::StatusCode;
use http_api::{ApiError, Request, Response, User};

use crate::delivery::{self, DeliverySettings, ReadyMessage};
use crate::env::ClockEnv;
use crate::message::{EncodedPush, WrittenMail};
use crate::notifications::{NO_KEYS, NotificationChannel, sent};
use crate::outcome::MessageOutcome;
use crate::store::{MarkedMail, MarkedOutcomes, MarkedPush, Recipients, ReminderStore, SubscribedBrowser};

/// 409 for a channel that cannot be used, 502 if nobody took the message.
pub(crate) fn respond(env: &ClockEnv<'_>, request: &Request, user: &User) -> Result<Response, ApiError> {
    let channel = NotificationChannel::read(request)?;
    (env.admit_test)(&user.id)?;
    let settings = DeliverySettings::load(env)?;
    let store = ReminderStore((env.open)()?);
    let gone = || ApiError::not_found("The account does not exist any longer.");
    let recipients = store.recipients(&user.id)?.ok_or_else(gone)?;
    let (outcomes, marked) = match channel {
        NotificationChannel::Push => push(env, &settings, &recipients)?,
        NotificationChannel::Mail => mail(env, &settings, &store, &user.id, &recipients)?,
    };
    store.mark(&marked)?;
    let reached = outcomes.iter().filter(|outcome| **outcome == MessageOutcome::Sent).count();
    match outcomes.iter().find_map(MessageOutcome::error) {
        Some(why) if reached == 0 => Err(ApiError::new(StatusCode::BAD_GATEWAY, "not_delivered", why)),
        _ => Ok(sent(reached)),
    }
}

type TrialResult = Result<(Vec<MessageOutcome>, MarkedOutcomes), ApiError>;

fn push(env: &ClockEnv<'_>, settings: &DeliverySettings, recipients: &Recipients) -> TrialResult {
    let push = settings.push.as_ref().ok_or_else(|| ApiError::conflict(NO_KEYS))?;
    if recipients.browsers.is_empty() {
        return Err(ApiError::conflict("No browser is subscribed: allow notifications in one first."));
    }
    let message =
        |browser: &SubscribedBrowser| ReadyMessage::push(push, browser, &EncodedPush::test(browser.language()));
    let outcomes = delivery::send(env, recipients.browsers.iter().map(message).collect());
    let told = recipients.browsers.iter().zip(&outcomes);
    let pushes = told.map(|(browser, outcome)| {
        let error = outcome.error().map(str::to_owned);
        MarkedPush { id: browser.id.clone(), outcome: outcome.word(), error }
    });
    let marked = MarkedOutcomes { pushes: pushes.collect(), ..MarkedOutcomes::default() };
    Ok((outcomes, marked))
}

fn mail(
    env: &ClockEnv<'_>,
    settings: &DeliverySettings,
    store: &ReminderStore,
    owner: &str,
    recipients: &Recipients,
) -> TrialResult {
    if !settings.mail.is_on() {
        return Err(ApiError::conflict("This server sends no mails."));
    }
    let off = || ApiError::conflict("Reminders by mail are off, or your email address is not confirmed.");
    let address = recipients.address.as_ref().ok_or_else(off)?;
    let mail = WrittenMail::test(&settings.base, recipients.mail_language);
    let outcomes = delivery::send(env, vec![ReadyMessage::mail(settings, store, address, &mail, None)?]);
    let mails = outcomes
        .iter()
        .map(|outcome| MarkedMail { owner: owner.to_owned(), error: outcome.error().map(str::to_owned) });
    let marked = MarkedOutcomes { mails: mails.collect(), ..MarkedOutcomes::default() };
    Ok((outcomes, marked))
}
