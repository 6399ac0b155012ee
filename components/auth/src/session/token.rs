//! `GET /token` and `GET /jwks`: JWTs for the other components, and the keys that verify them.

use better_auth::jwks::LEAD_SECONDS;
use http::StatusCode;
use http::header::CACHE_CONTROL;
use http_api::Response;
use serde_json::json;

use crate::context::Context;
use crate::http::error::AuthError;
use crate::http::response::{self, add_header};
use crate::session::keys;
use crate::store::LiveSession;

/// Seconds for which the key set may be kept, by verifiers and by caches on the way. A key is in the set for longer
/// than that before it signs.
const KEY_SET_SECONDS: u32 = 300;
const _: () = assert!(KEY_SET_SECONDS < LEAD_SECONDS);

/// A JWT for the session of the cookie.
pub(crate) fn token(context: &Context<'_>, live: LiveSession) -> Result<Response, AuthError> {
    Ok(response::json(StatusCode::OK, &json!({"token": keys::sign(context, &live)?})))
}

/// The public keys.
pub(crate) fn jwks(context: &Context<'_>) -> Result<Response, AuthError> {
    let mut response = response::json(StatusCode::OK, &keys::key_set(context)?);
    add_header(&mut response, CACHE_CONTROL, &format!("public, max-age={KEY_SET_SECONDS}"));
    Ok(response)
}
