//! The session behind a cookie: finding it, keeping it alive, and `get-session`.

use edge::Response;
use http::header::{ACCESS_CONTROL_EXPOSE_HEADERS, CACHE_CONTROL, HeaderName, PRAGMA};
use http::{HeaderValue, StatusCode};
use serde_json::{Value, json};
use user::SESSION_SECONDS;
use user::cookie::SESSION_TOKEN;

use crate::answer::{Code, Failure, Refusal, json as answer, set_cookies};
use crate::call::Call;
use crate::origin_guard;
use crate::store::Live;
use crate::token;

const SET_AUTH_JWT: HeaderName = HeaderName::from_static("set-auth-jwt");
const FAILED_TO_GET_SESSION: Code = ("FAILED_TO_GET_SESSION", "Failed to get session");
const NOT_DEFERRED: Code = (
    "METHOD_NOT_ALLOWED_DEFER_SESSION_REQUIRED",
    "POST method requires deferSessionRefresh to be enabled in session config",
);

/// What the session cookie of a request stands for, and the cookies to answer with.
pub(crate) struct Found {
    /// The session, if there is one and it has not expired.
    pub(crate) live: Option<Live>,
    /// `Set-Cookie` values that belong to any answer.
    pub(crate) cookies: Vec<String>,
}

/// Looks the session up and refreshes it if it is due; a dead one is deleted, and its cookies with it.
pub(crate) fn find(call: &Call<'_>) -> Result<Found, Failure> {
    let style = call.settings.cookies;
    let mut cookies = style.clear_cache(&call.cookies);
    let Some(token) = call.session_token() else { return Ok(Found { live: None, cookies }) };
    let asked_not_to = call.query("disableRefresh").iter().any(|value| !value.is_empty());
    let may_refresh = !asked_not_to && !call.is_not_remembered();
    let live = call.store.session(token, may_refresh);
    let live = live.map_err(|error| Failure::from(error).named(FAILED_TO_GET_SESSION))?;
    match &live {
        None => cookies = call.ending_cookies(),
        Some(live) if live.refreshed => {
            cookies.push(style.set(SESSION_TOKEN, token, Some(SESSION_SECONDS), &call.settings.secret));
        }
        Some(_) => {}
    }
    Ok(Found { live, cookies })
}

/// The session a route cannot do without.
pub(crate) fn require(call: &Call<'_>) -> Result<(Live, Vec<String>), Failure> {
    let found = find(call)?;
    match found.live {
        Some(live) => Ok((live, found.cookies)),
        None => {
            let refusal = Refusal::new(StatusCode::UNAUTHORIZED, ("UNAUTHORIZED", "Unauthorized"));
            Err(refusal.with_cookies(found.cookies).into())
        }
    }
}

/// `GET /get-session`: the session and its user, or `null`; with a fresh token in `set-auth-jwt`.
pub(crate) fn get(call: &Call<'_>) -> Result<Response, Failure> {
    let found = find(call)?;
    let mut response = match &found.live {
        None => answer(StatusCode::OK, &Value::Null),
        Some(live) => {
            let mut response = answer(StatusCode::OK, &json!({"session": live.session, "user": live.user}));
            let jwt = token::sign(call, live)?;
            let jwt = HeaderValue::from_str(&jwt).expect("a JWT is base64 and dots");
            response.headers_mut().insert(SET_AUTH_JWT, jwt);
            response.headers_mut().insert(ACCESS_CONTROL_EXPOSE_HEADERS, HeaderValue::from_static("set-auth-jwt"));
            response
        }
    };
    response.headers_mut().insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
    response.headers_mut().insert(PRAGMA, HeaderValue::from_static("no-cache"));
    set_cookies(&mut response, found.cookies);
    Ok(response)
}

/// `POST /get-session` belongs to a mode of Better Auth that is off here.
pub(crate) fn post(call: &Call<'_>) -> Result<Response, Failure> {
    origin_guard::check(call, None)?;
    Err(Refusal::new(StatusCode::METHOD_NOT_ALLOWED, NOT_DEFERRED).uncached().into())
}
