//! The sessions of a user: listing and ending them.

use better_auth::validation::{InputReader, any};
use http::StatusCode;
use http_api::Response;

use crate::context::Context;
use crate::guard::input::Input;
use crate::http::error::AuthError;
use crate::http::response::{json, status_true};
use crate::session::cookie;
use crate::store::LiveSession;

/// `GET /list-sessions`: all that have not expired, the current one included.
pub(crate) fn list(context: &Context<'_>, live: LiveSession) -> Result<Response, AuthError> {
    Ok(json(StatusCode::OK, &context.store.sessions(&live.user.id)?))
}

/// The token of the session to be ended.
pub(crate) fn read_token(_: &Context<'_>, input: &Input<'_>) -> Result<String, AuthError> {
    let mut members = InputReader::of(input.json(), &["object"]).map_err(AuthError::invalid)?;
    let token = members.text("token", any).to_owned();
    members.finish(token).map_err(AuthError::invalid)
}

/// `POST /revoke-session`: ends the session with a token, if it is the user's own.
pub(crate) fn revoke(context: &Context<'_>, live: LiveSession, token: String) -> Result<Response, AuthError> {
    context.store.end_session_of(&live.user.id, &token)?;
    if token == live.session.token {
        cookie::end(context);
    }
    Ok(status_true())
}

/// `POST /revoke-sessions`: ends all of them, and with them all clients and the changes of address that wait for a link.
pub(crate) fn revoke_all(context: &Context<'_>, live: LiveSession, (): ()) -> Result<Response, AuthError> {
    context.store.end_sessions(&live.user.id, None)?;
    cookie::end(context);
    Ok(status_true())
}

/// `POST /revoke-other-sessions`: ends all but the current one, the clients that it did not let in itself, and the
/// changes of address that wait for a link.
pub(crate) fn revoke_others(context: &Context<'_>, live: LiveSession, (): ()) -> Result<Response, AuthError> {
    context.store.end_sessions(&live.user.id, Some(&live.session.id))?;
    Ok(status_true())
}
