//! A sign-in that is part of an authorization request: it ends where that request goes on. A user who leaves the page to
//! sign in at Google or by the link of a mail takes the request along: in the row of the flow, or in the link.

use http::StatusCode;
use http_api::Response;
use oauth_server::OAuthParams;
use serde_json::{Value, json};

use crate::context::{Context, PREFIX};
use crate::guard::input::Input;
use crate::http::error::AuthError;
use crate::http::response;
use crate::oauth::authorize;
use crate::oauth::user::SignedInUser;

/// The prompts that a login page has dealt with.
const LOGIN_PROMPTS: [&str; 3] = ["login", "select_account", "create"];

/// The authorization request that a sign-in is part of, if it is. One that was changed or is too old is an error.
pub(crate) fn read_request(context: &Context<'_>, input: &Input<'_>) -> Result<Option<OAuthParams>, AuthError> {
    Ok(read_signed(context, input)?.map(|(query, _)| query))
}

/// The request in the member `oauth_query`, and when it was signed (Unix milliseconds).
pub(super) fn read_signed(context: &Context<'_>, input: &Input<'_>) -> Result<Option<(OAuthParams, u64)>, AuthError> {
    let given = match input.json().and_then(|body| body.get("oauth_query")) {
        None | Some(Value::Null) => return Ok(None),
        Some(Value::String(text)) if text.is_empty() => return Ok(None),
        Some(given) => given.as_str(),
    };
    let verified = given.and_then(|text| OAuthParams::verify(text, &context.settings.secret, context.env.now));
    let invalid = || response::json(StatusCode::BAD_REQUEST, &json!({"error": "invalid_signature"}));
    verified.map(Some).ok_or_else(|| AuthError::response(invalid()))
}

/// Resumes an authorization request after sign-in; returns the next URL as JSON.
pub(crate) fn resume(context: &Context<'_>, query: OAuthParams, user: &SignedInUser) -> Result<Response, AuthError> {
    let url = next_url(context, query, user)?;
    Ok(response::json(StatusCode::OK, &json!({"redirect": true, "url": url})))
}

/// Where the browser goes with a request whose user has signed in.
pub(crate) fn next_url(context: &Context<'_>, query: OAuthParams, user: &SignedInUser) -> Result<String, AuthError> {
    authorize::next_url(context, without_login_prompts(query), Some(user))
}

/// The path of a request whose user will have signed in by the time the browser goes there.
pub(crate) fn authorize_path(query: OAuthParams) -> String {
    format!("{PREFIX}/oauth2/authorize?{}", without_login_prompts(query))
}

fn without_login_prompts(query: OAuthParams) -> OAuthParams {
    query.without_prompts(&LOGIN_PROMPTS).without(&["max_age"])
}
