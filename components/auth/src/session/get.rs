//! `get-session`.

use http::header::{ACCESS_CONTROL_EXPOSE_HEADERS, CACHE_CONTROL, HeaderName, PRAGMA};
use http::{HeaderValue, StatusCode};
use http_api::Response;
use serde_json::{Value, json};

use crate::context::Context;
use crate::http::error::{AuthError, ErrorCode, ErrorResponse};
use crate::http::response;
use crate::session::{current, keys};

const SET_AUTH_JWT: HeaderName = HeaderName::from_static("set-auth-jwt");
const NOT_DEFERRED: ErrorCode = (
    "METHOD_NOT_ALLOWED_DEFER_SESSION_REQUIRED",
    "POST method requires deferSessionRefresh to be enabled in session config",
);

/// `GET /get-session`: the session and its user, or `null`; with a new token in `set-auth-jwt`.
pub(crate) fn get_session(context: &Context<'_>) -> Result<Response, AuthError> {
    let mut response = match current::find(context)? {
        None => response::json(StatusCode::OK, &Value::Null),
        Some(live) => {
            let mut response = response::json(StatusCode::OK, &json!({"session": live.session, "user": live.user}));
            let jwt = HeaderValue::from_str(&keys::sign(context, &live)?).expect("a JWT is base64 and dots");
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
pub(crate) fn post_session(_: &Context<'_>, (): ()) -> Result<Response, AuthError> {
    Err(ErrorResponse::new(StatusCode::METHOD_NOT_ALLOWED, NOT_DEFERRED).uncached().into())
}
