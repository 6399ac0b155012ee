//! Clients that a document describes instead of a registration. The document is read for signed-in users alone and kept
//! for an hour. The token endpoint reads none: it takes the client as it was when the user let it in.

use http::StatusCode;
use http::header::{ACCEPT, CONTENT_TYPE};
use oauth_server::{ClientRegistration, OAuthError, RegisteredClient, document_error, parse_document};
use serde_json::json;

use crate::context::Context;
use crate::http::error::AuthError;
use crate::oauth::register::add_client;

/// The client of an address.
pub(super) enum DocumentClient {
    /// As its document described it, not long ago.
    Read(Box<RegisteredClient>),
    /// Its document must be read, for which a user has to sign in first.
    Unread,
    /// Its document cannot be used.
    Unusable(OAuthError),
}

/// The client at an address; its document is read only if `may_read`.
pub(super) fn find_client(context: &Context<'_>, url: &str, may_read: bool) -> Result<DocumentClient, AuthError> {
    let Some(documents) = context.settings.documents()? else {
        let text = "client_id must be one that a registration gave: this server reads no documents of clients";
        return Ok(DocumentClient::Unusable(OAuthError::invalid_client(text)));
    };
    if let Err(error) = documents.admit(url) {
        return Ok(DocumentClient::Unusable(error));
    }
    if let Some(client) = context.store.recent_oauth_client(url)? {
        return Ok(DocumentClient::Read(Box::new(client)));
    }
    if !may_read {
        return Ok(DocumentClient::Unread);
    }
    let registration = match fetch(context, url) {
        Ok(registration) => registration,
        Err(error) => return Ok(DocumentClient::Unusable(error)),
    };
    add_client(context, &registration)?;
    // The row may say more than the document, above all that the operator switched the client off.
    let client = context.store.oauth_client(url)?;
    let client = client.map(|client| DocumentClient::Read(Box::new(client)));
    Ok(client.unwrap_or_else(|| DocumentClient::Unusable(document_error())))
}

/// Requests a document. No redirect is followed.
fn fetch(context: &Context<'_>, url: &str) -> Result<ClientRegistration, OAuthError> {
    let request = http::Request::get(url).header(ACCEPT, "application/json").body(Vec::new());
    let request = request.map_err(|_| document_error())?;
    let response = (context.env.fetch)(request).and_then(|response| match response.status() {
        StatusCode::OK => Ok(response),
        status => Err(format!("it returned {status}")),
    });
    let response = response.map_err(|cause| {
        http_api::log(&json!({"level": "warn", "event": "client_document_unreadable", "url": url, "cause": cause}));
        document_error()
    })?;
    let media_type = response.headers().get(CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    parse_document(url, media_type, response.body())
}
