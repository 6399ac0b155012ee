//! A sign-in on the way to a client: it ends where the client's request goes on, instead of telling who signed in.
//! Whoever signs in at Google or by the link of a mail leaves the page meanwhile: the request waits in the row of the
//! way over Google, or in the link.

use http::StatusCode;
use http_api::Response;
use oauth_server::OAuthParams;
use serde_json::{Value, json};

use super::authorize::proceed;
use crate::context::Call;
use crate::http::response::{Failure, json as answer};
use crate::routes::PREFIX;

/// What a login page has made the user do.
const ANSWERED: [&str; 3] = ["login", "select_account", "create"];

/// A signed-in user, as an authorization sees them.
pub(crate) struct Visitor {
    pub(crate) user_id: String,
    pub(crate) session_id: String,
    /// When they signed in, in Unix milliseconds.
    pub(crate) since: u64,
}

impl Visitor {
    /// Who signs in now.
    pub(crate) fn new(call: &Call<'_>, user_id: &str, session_id: &str) -> Self {
        Self { user_id: user_id.to_owned(), session_id: session_id.to_owned(), since: call.now * 1000 }
    }
}

/// The request that a sign-in is part of, if it is; what was tampered with or is too old is refused.
pub(crate) fn resumed(call: &Call<'_>, body: Option<&Value>) -> Result<Option<OAuthParams>, Failure> {
    Ok(signed(call, body)?.map(|(query, _)| query))
}

/// The request in the member `oauth_query`, and when it was signed (Unix milliseconds).
pub(super) fn signed(call: &Call<'_>, body: Option<&Value>) -> Result<Option<(OAuthParams, u64)>, Failure> {
    let given = match body.and_then(|body| body.get("oauth_query")) {
        None | Some(Value::Null) => return Ok(None),
        Some(Value::String(text)) if text.is_empty() => return Ok(None),
        Some(given) => given.as_str(),
    };
    let verified = given.and_then(|text| OAuthParams::verify(text, &call.settings.secret, call.now));
    let invalid = || Failure::answered(answer(StatusCode::BAD_REQUEST, &json!({"error": "invalid_signature"})));
    verified.map(Some).ok_or_else(invalid)
}

/// Goes on with a request after its user signed in: tells a script where.
pub(crate) fn resume(call: &Call<'_>, query: OAuthParams, visitor: &Visitor) -> Result<Response, Failure> {
    let url = destination(call, query, visitor)?;
    Ok(answer(StatusCode::OK, &json!({"redirect": true, "url": url})))
}

/// Where the browser goes with a request whose user has signed in.
pub(crate) fn destination(call: &Call<'_>, query: OAuthParams, visitor: &Visitor) -> Result<String, Failure> {
    proceed(call, signed_in(query), Some(visitor))
}

/// Where the browser goes with a request whose user will have signed in by then. It is judged there, as any is.
pub(crate) fn later(query: OAuthParams) -> String {
    format!("{PREFIX}/oauth2/authorize?{}", signed_in(query))
}

fn signed_in(query: OAuthParams) -> OAuthParams {
    query.without_prompts(&ANSWERED).without(&["max_age"])
}
