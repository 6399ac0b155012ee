//! The session behind the cookie of a request. It always comes from the database.

use better_auth::SESSION_SECONDS;
use better_auth::cookie::SESSION_TOKEN;
use http::StatusCode;
use http_api::ApiError;

use crate::context::Context;
use crate::http::error::{AuthError, ErrorCode};
use crate::http::response::empty_json;
use crate::session::cookie;
use crate::store::LiveSession;

const FAILED_TO_GET_SESSION: ErrorCode = ("FAILED_TO_GET_SESSION", "Failed to get session");
const NOT_FRESH: ErrorCode = ("SESSION_NOT_FRESH", "Session is not fresh");

/// Which session a route needs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum SessionRule {
    /// Any that has not expired.
    Live,
    /// One that began less than a day ago.
    Fresh,
    /// Any that has not expired; the 401 without one has an empty body.
    LiveOrEmpty,
}

/// The session of a request, if there is one: the first that lives of those that its cookies name. It is prolonged if
/// that is due. Where none lives, those that have expired are deleted, and the cookies with them.
pub(crate) fn find(context: &Context<'_>) -> Result<Option<LiveSession>, AuthError> {
    let style = context.settings.cookies;
    style.clear_cache(&context.cookies).into_iter().for_each(|line| context.set_cookie(line));
    let tokens = cookie::tokens(context);
    if tokens.is_empty() {
        return Ok(None);
    }
    let refresh_disabled = context.query_values("disableRefresh").iter().any(|value| !value.is_empty());
    let may_refresh = !refresh_disabled && !cookie::is_not_remembered(context);
    let session = context.store.session(&tokens, may_refresh, key_max_age(context)?);
    let session = session.map_err(|error| AuthError::from(error).with_code(FAILED_TO_GET_SESSION))?;
    match &session {
        None => cookie::end(context),
        Some(session) if session.refreshed => {
            let (token, secret) = (&session.session.token, &context.settings.secret);
            context.set_cookie(style.set(SESSION_TOKEN, token, Some(SESSION_SECONDS), secret));
        }
        Some(_) => {}
    }
    Ok(session)
}

/// The same for a request that is to change nothing, not even a cookie.
pub(crate) fn peek(context: &Context<'_>) -> Result<Option<LiveSession>, AuthError> {
    match cookie::tokens(context).as_slice() {
        [] => Ok(None),
        tokens => Ok(context.store.session(tokens, false, key_max_age(context)?)?),
    }
}

/// The greatest age of the key that is read with a session; none where the instance has kept one.
fn key_max_age(context: &Context<'_>) -> Result<Option<u32>, ApiError> {
    let has_key = context.env.signing_key.get(context.env.now).is_some();
    if has_key { Ok(None) } else { context.settings.key_max_age().map(Some) }
}

/// The session of a request that must have one.
pub(crate) fn require(context: &Context<'_>, rule: SessionRule) -> Result<LiveSession, AuthError> {
    match (find(context)?, rule) {
        (Some(session), SessionRule::Fresh) if !session.fresh => Err(AuthError::new(StatusCode::FORBIDDEN, NOT_FRESH)),
        (Some(session), _) => Ok(session),
        (None, SessionRule::LiveOrEmpty) => Err(AuthError::response(empty_json(StatusCode::UNAUTHORIZED))),
        (None, SessionRule::Live | SessionRule::Fresh) => Err(AuthError::unauthorized()),
    }
}
