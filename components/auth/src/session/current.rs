//! The session behind a cookie: finding it, keeping it alive, and `get-session`.

use better_auth::SESSION_SECONDS;
use better_auth::cookie::SESSION_TOKEN;
use http::header::{ACCESS_CONTROL_EXPOSE_HEADERS, CACHE_CONTROL, HeaderName, PRAGMA};
use http::{HeaderValue, StatusCode};
use http_api::Response;
use serde_json::{Value, json};

use crate::context::Call;
use crate::guard::origin;
use crate::http::response::{Code, Failure, Refusal, json as answer};
use crate::session::token;
use crate::store::Live;

const SET_AUTH_JWT: HeaderName = HeaderName::from_static("set-auth-jwt");
const FAILED_TO_GET_SESSION: Code = ("FAILED_TO_GET_SESSION", "Failed to get session");
const NOT_DEFERRED: Code = (
    "METHOD_NOT_ALLOWED_DEFER_SESSION_REQUIRED",
    "POST method requires deferSessionRefresh to be enabled in session config",
);

/// The session of a request, if there is one: refreshed if it is due; a dead one is deleted, and its cookies with it.
pub(crate) fn find(call: &Call<'_>) -> Result<Option<Live>, Failure> {
    let style = call.settings.cookies;
    style.clear_cache(&call.cookies).into_iter().for_each(|line| call.set_cookie(line));
    let Some(token) = call.session_token() else { return Ok(None) };
    let asked_not_to = call.query("disableRefresh").iter().any(|value| !value.is_empty());
    let may_refresh = !asked_not_to && !call.is_not_remembered();
    let live = call.store.session(token, may_refresh, call.settings.key_max_age()?);
    let live = live.map_err(|error| Failure::from(error).named(FAILED_TO_GET_SESSION))?;
    match &live {
        None => call.end_session(),
        Some(live) if live.refreshed => {
            call.set_cookie(style.set(SESSION_TOKEN, token, Some(SESSION_SECONDS), &call.settings.secret));
        }
        Some(_) => {}
    }
    Ok(live)
}

/// The session a route cannot do without. It always comes from the database.
pub(crate) fn require(call: &Call<'_>) -> Result<Live, Failure> {
    find(call)?.ok_or_else(|| Refusal::unauthorized().into())
}

/// A session that was begun less than a day ago.
pub(crate) fn require_fresh(call: &Call<'_>) -> Result<Live, Failure> {
    let live = require(call)?;
    let stale = || Refusal::new(StatusCode::FORBIDDEN, ("SESSION_NOT_FRESH", "Session is not fresh"));
    if live.fresh { Ok(live) } else { Err(stale().into()) }
}

/// `GET /get-session`: the session and its user, or `null`; with a fresh token in `set-auth-jwt`.
pub(crate) fn get(call: &Call<'_>) -> Result<Response, Failure> {
    let mut response = match find(call)? {
        None => answer(StatusCode::OK, &Value::Null),
        Some(live) => {
            let mut response = answer(StatusCode::OK, &json!({"session": live.session, "user": live.user}));
            let jwt = token::sign(call, &live)?;
            let jwt = HeaderValue::from_str(&jwt).expect("a JWT is base64 and dots");
            response.headers_mut().insert(SET_AUTH_JWT, jwt);
            response.headers_mut().insert(ACCESS_CONTROL_EXPOSE_HEADERS, HeaderValue::from_static("set-auth-jwt"));
            response
        }
    };
    response.headers_mut().insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
    response.headers_mut().insert(PRAGMA, HeaderValue::from_static("no-cache"));
    Ok(response)
}

/// `POST /get-session` belongs to a mode of Better Auth that is off here.
pub(crate) fn post(call: &Call<'_>) -> Result<Response, Failure> {
    origin::check(call, None)?;
    Err(Refusal::new(StatusCode::METHOD_NOT_ALLOWED, NOT_DEFERRED).uncached().into())
}
