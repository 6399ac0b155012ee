//! The sessions of a user: seeing them and ending them.

use better_auth::validation::{InputReader, any};
use http::StatusCode;
use http_api::Response;

use crate::context::Call;
use crate::http::body::Media;
use crate::http::response::{Failure, Refusal, done, json as answer};
use crate::session::current as session;

/// `GET /list-sessions`: all that have not expired, the current one included.
pub(crate) fn list(call: &Call<'_>) -> Result<Response, Failure> {
    let live = session::require_fresh(call)?;
    Ok(answer(StatusCode::OK, &call.store.sessions(&live.user.id)?))
}

/// `POST /revoke-session`: ends the session with a token, if it is the user's own.
pub(crate) fn revoke(call: &Call<'_>) -> Result<Response, Failure> {
    let body = call.input(Media::Json)?;
    let mut members = InputReader::of(body.as_ref(), &["object"]).map_err(Refusal::invalid)?;
    let token = members.text("token", any);
    let token = members.finish(token).map_err(Refusal::invalid)?;
    let live = session::require(call)?;
    call.store.end_session_of(&live.user.id, token)?;
    if token == live.session.token {
        call.end_session();
    }
    Ok(done())
}

/// `POST /revoke-sessions`: ends all of them.
pub(crate) fn revoke_all(call: &Call<'_>) -> Result<Response, Failure> {
    call.input(Media::Json)?;
    let live = session::require(call)?;
    call.store.end_sessions(&live.user.id, None)?;
    call.end_session();
    Ok(done())
}

/// `POST /revoke-other-sessions`: ends all but the current one.
pub(crate) fn revoke_others(call: &Call<'_>) -> Result<Response, Failure> {
    call.input(Media::Json)?;
    let live = session::require(call)?;
    call.store.end_sessions(&live.user.id, Some(&live.session.token))?;
    Ok(done())
}
