//! Clients that a document describes instead of a registration. It is read on behalf of signed-in users alone, kept for
//! an hour, and read by nobody else: the token endpoint takes the client as it was when the user let it in.

use http::StatusCode;
use http::header::{ACCEPT, CONTENT_TYPE};
use oauth_server::{OAuthError, RegisteredClient, document_error, parse_document};
use serde_json::json;

use super::add_client;
use crate::context::Call;
use crate::http::response::Failure;

/// The client of an address, as far as it is known.
pub(super) enum Known {
    /// As its document said, not long ago.
    Client(Box<RegisteredClient>),
    /// Its document must be read, which somebody has to sign in for first.
    Unread,
    /// Its document cannot be used.
    Refused(OAuthError),
}

/// The client at an address; `may_read` tells whether its document is read if it has to be.
pub(super) fn client(call: &Call<'_>, url: &str, may_read: bool) -> Result<Known, Failure> {
    let Some(documents) = call.settings.documents()? else {
        let text = "client_id must be one that a registration gave: this server reads no documents of clients";
        return Ok(Known::Refused(OAuthError::invalid_client(text)));
    };
    if let Err(refused) = documents.admit(url) {
        return Ok(Known::Refused(refused));
    }
    if let Some(client) = call.store.recent_oauth_client(url)? {
        return Ok(Known::Client(Box::new(client)));
    }
    if !may_read {
        return Ok(Known::Unread);
    }
    let registration = match read(call, url) {
        Ok(registration) => registration,
        Err(error) => return Ok(Known::Refused(error)),
    };
    add_client(call, &registration)?;
    // The row may say more than the document, above all that the operator switched the client off.
    let client = call.store.oauth_client(url)?;
    Ok(client.map_or_else(|| Known::Refused(document_error()), |client| Known::Client(Box::new(client))))
}

/// Asks for a document. No redirect is followed.
fn read(call: &Call<'_>, url: &str) -> Result<oauth_server::ClientRegistration, OAuthError> {
    let request = http::Request::get(url).header(ACCEPT, "application/json").body(Vec::new());
    let request = request.map_err(|_| document_error())?;
    let answer = (call.around.fetch)(request).and_then(|answer| match answer.status() {
        StatusCode::OK => Ok(answer),
        status => Err(format!("it answers {status}")),
    });
    let answer = answer.map_err(|cause| {
        eprintln!("{}", json!({"level": "warn", "event": "client_document_unreadable", "url": url, "cause": cause}));
        document_error()
    })?;
    let media_type = answer.headers().get(CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    parse_document(url, media_type, answer.body())
}
