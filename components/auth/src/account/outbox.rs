//! Sending mails. A mail leaves after the response, so that the time of a response does not tell whether one was sent.
//! In development mails are printed and kept for an hour instead, at `GET /outbox`.

use better_auth::random_id;
use http::StatusCode;
use http_api::{ApiError, Response};
use serde_json::{Value, json};

use crate::account::link_mail::LinkMail;
use crate::context::Context;
use crate::guard::origin::is_this_machine;
use crate::http::error::AuthError;
use crate::http::response;
use crate::settings::mail::MailDelivery;

/// The identifier of the outbox's rows in `verification`.
const OUTBOX: &str = "development-outbox";
const OUTBOX_SECONDS: u32 = 3600;

/// Sends a mail, after the response.
pub(super) fn send(context: &Context<'_>, mail: &LinkMail) -> Result<(), AuthError> {
    let settings = context.settings;
    match settings.mail()? {
        MailDelivery::Off => {}
        MailDelivery::Outbox => {
            let entry = mail.to_outbox(settings);
            http_api::log(&json!({"level": "info", "event": "mail", "mail": entry}));
            let id = random_id(context.env.random);
            context.store.add_verification(&id, OUTBOX, &entry.to_string(), OUTBOX_SECONDS)?;
        }
        MailDelivery::Api { url, key, from } => {
            let request = mail.to_request(settings, &url, &key, &from);
            let request = request.ok_or_else(|| ApiError::internal("variable mail_api_key is no header value"))?;
            (context.env.send_later)(request);
        }
    }
    Ok(())
}

/// `GET /outbox`: the mails of the last hour, oldest first; it exists in development alone, and only under a name of this
/// machine: a page of another name that leads here could read the links otherwise.
pub(crate) fn list(context: &Context<'_>) -> Result<Response, AuthError> {
    let is_here = context.header("host").is_some_and(|host| is_this_machine(&host));
    if !is_here || !matches!(context.settings.mail()?, MailDelivery::Outbox) {
        return Ok(http_api::empty(StatusCode::NOT_FOUND));
    }
    let mails = context.store.verifications(OUTBOX)?;
    let mails: Vec<Value> = mails.iter().filter_map(|mail| serde_json::from_str(mail).ok()).collect();
    Ok(response::json(StatusCode::OK, &mails))
}
