//! Sending mails. A mail leaves after the response, so that the time of a response does not tell whether one was sent.
//! In development mails are printed and kept for an hour instead, at `GET /outbox`.

use better_auth::random_id;
use http::StatusCode;
use http_api::{ApiError, Response};
use mail_api::MailDelivery;
use oauth_server::sha256_base64url;
use serde_json::{Value, json};

use crate::account::link_mail::LinkMail;
use crate::context::Context;
use crate::guard::origin::is_this_machine;
use crate::http::error::AuthError;
use crate::http::response;

/// The identifier of the outbox's rows in `verification`.
const OUTBOX: &str = "development-outbox";
/// The same for mails that tell of something that was done. They are listed first: the last mail is one that was asked for.
const NOTICES: &str = "development-notices";
const OUTBOX_SECONDS: u32 = 3600;
/// How many mails of one kind go to one address in an hour.
const MAILS: u32 = 5;
const MAILS_SECONDS: u32 = 3600;

/// A mail that is ready to be sent. A route that must not tell whether there is a user prepares the mail for every address.
pub(crate) enum PreparedMail {
    /// It is not sent: there is no way, or the address had its mails of this kind.
    None,
    /// For the outbox of development.
    Outbox { entry: Value, is_notice: bool },
    /// For the mail API.
    Request(Box<http::Request<Vec<u8>>>),
}

/// Sends a mail, after the response.
pub(crate) fn send(context: &Context<'_>, mail: &LinkMail) -> Result<(), AuthError> {
    prepare(context, mail)?.send(context)
}

/// Counts a mail and makes it ready.
pub(crate) fn prepare(context: &Context<'_>, mail: &LinkMail) -> Result<PreparedMail, AuthError> {
    let settings = context.settings;
    let delivery = settings.mail()?;
    if !delivery.is_on() || !is_admitted(context, mail)? {
        return Ok(PreparedMail::None);
    }
    Ok(match delivery {
        MailDelivery::Off => PreparedMail::None,
        MailDelivery::Outbox => PreparedMail::Outbox { entry: mail.to_outbox(settings), is_notice: mail.is_notice() },
        MailDelivery::Api { url, key, from } => {
            let request = mail.to_request(settings, &url, &key, &from);
            let request = request.ok_or_else(|| ApiError::internal("variable mail_api_key is no header value"))?;
            PreparedMail::Request(Box::new(request))
        }
    })
}

/// Whether the address may get one more mail of this kind, whoever asks and from where. The counter names nobody.
fn is_admitted(context: &Context<'_>, mail: &LinkMail) -> Result<bool, AuthError> {
    if !context.settings.rate_limit()? {
        return Ok(true);
    }
    let key = format!("mail|{}", sha256_base64url(&format!("{}|{}", mail.kind_name(), mail.to().to_lowercase())));
    let id = random_id(context.env.random);
    Ok(context.store.count_request(&id, &key, MAILS, MAILS_SECONDS, false)?.is_none())
}

impl PreparedMail {
    /// Whether there is a mail to be sent.
    pub(crate) fn is_some(&self) -> bool {
        !matches!(self, Self::None)
    }

    /// Sends it, after the response.
    pub(crate) fn send(self, context: &Context<'_>) -> Result<(), AuthError> {
        match self {
            Self::None => {}
            Self::Outbox { entry, is_notice } => {
                http_api::log(&json!({"level": "info", "event": "mail", "mail": entry}));
                let id = random_id(context.env.random);
                let list = if is_notice { NOTICES } else { OUTBOX };
                context.store.add_verification(&id, list, &entry.to_string(), OUTBOX_SECONDS)?;
            }
            Self::Request(request) => (context.env.send_later)(*request),
        }
        Ok(())
    }
}

/// `GET /outbox`: the mails of the last hour, notices first, then oldest first; it exists in development alone, and only under a name of this
/// machine: a page of another name that leads here could read the links otherwise.
pub(crate) fn list(context: &Context<'_>) -> Result<Response, AuthError> {
    let is_here = context.header("host").is_some_and(|host| is_this_machine(&host));
    if !is_here || !matches!(context.settings.mail()?, MailDelivery::Outbox) {
        return Ok(http_api::empty(StatusCode::NOT_FOUND));
    }
    let mails = [context.store.verifications(NOTICES)?, context.store.verifications(OUTBOX)?];
    let mails: Vec<Value> = mails.iter().flatten().filter_map(|mail| serde_json::from_str(mail).ok()).collect();
    Ok(response::json(StatusCode::OK, &mails))
}
