//! `POST /sign-out`: ends the session of each session cookie, and always clears the cookies.

use better_auth::credentials::check_sign_out;
use http::StatusCode;
use http_api::Response;
use serde_json::json;

use crate::context::Context;
use crate::guard::input::Input;
use crate::http::error::AuthError;
use crate::http::response;
use crate::session::cookie;

/// The body, of which nothing is used.
pub(crate) fn read(_: &Context<'_>, input: &Input<'_>) -> Result<(), AuthError> {
    check_sign_out(input.json()).map_err(AuthError::invalid)
}

/// Signs out; needs no session. The origin is checked without cookies too: the form of another site comes without
/// them, but the response would delete them from the browser.
pub(crate) fn sign_out(context: &Context<'_>, (): ()) -> Result<Response, AuthError> {
    let tokens = cookie::tokens(context);
    if !tokens.is_empty() {
        context.store.end_sessions_of(&tokens)?;
    }
    cookie::end(context);
    Ok(response::json(StatusCode::OK, &json!({"success": true})))
}
