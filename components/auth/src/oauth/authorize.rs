//! `GET /oauth2/authorize`: where the browser goes next: to sign in, to consent, or back to the client.

use better_auth::random_id;
use chrono::DateTime;
use http::StatusCode;
use http_api::Response;
use oauth_server::{
    AuthorizationCode, AuthorizationRequest, OAuthError, OAuthParams, RedirectError, RegisteredClient, is_document_url,
};
use serde_json::json;

use super::Visitor;
use super::document::{self, Known};
use crate::context::Call;
use crate::http::response::{Failure, json as answer, redirect};
use crate::session::current as session;
use crate::store::Live;

const SIGN_IN: &str = "/sign-in";
const CONSENT: &str = "/consent";

/// Answers the browser, or a script that asks on its behalf.
pub(super) fn authorize(call: &Call<'_>) -> Result<Response, Failure> {
    let query = OAuthParams::parse_request(call.request.uri().query().unwrap_or_default().as_bytes());
    let visitor = session::find(call)?.as_ref().map(Visitor::of);
    let target = proceed(call, query, visitor.as_ref())?;
    let has = |name: &str, value: &str| call.header(name).is_some_and(|text| text.contains(value));
    match has("sec-fetch-mode", "cors") || has("accept", "application/json") {
        true => Ok(answer(StatusCode::OK, &json!({"redirect": true, "url": target}))),
        false => Ok(redirect(&target)),
    }
}

/// Where a request leads this visitor.
pub(super) fn proceed(call: &Call<'_>, query: OAuthParams, visitor: Option<&Visitor>) -> Result<String, Failure> {
    match client(call, &query, visitor)? {
        Ok(client) => lead(call, query, client.as_ref(), visitor),
        Err(location) => Ok(location),
    }
}

/// The client that a request names, or where the browser goes for want of it.
pub(super) fn client(
    call: &Call<'_>,
    query: &OAuthParams,
    visitor: Option<&Visitor>,
) -> Result<Result<Option<RegisteredClient>, String>, Failure> {
    let refuse = |error| Ok(Err(RedirectError::page(error).location(&oauth_server::issuer_url(&call.settings.base))));
    match query.get("client_id") {
        Some(id) if is_document_url(id) && !query.is_too_long() => match document::client(call, id, visitor.is_some())?
        {
            Known::Client(client) => Ok(Ok(Some(*client))),
            Known::Unread if query.get("prompt") == Some("none") => {
                refuse(OAuthError::new("login_required", "authentication required"))
            }
            Known::Unread => Ok(Err(page(call, SIGN_IN, query))),
            Known::Refused(error) => refuse(error),
        },
        Some(id) => Ok(Ok(call.store.oauth_client(id)?)),
        None => Ok(Ok(None)),
    }
}

/// A page of ours that a request goes through.
fn page(call: &Call<'_>, path: &str, query: &OAuthParams) -> String {
    format!("{path}?{}", query.sign(&call.settings.secret, call.now))
}

/// Where a request of this client leads the visitor.
pub(super) fn lead(
    call: &Call<'_>,
    query: OAuthParams,
    client: Option<&RegisteredClient>,
    visitor: Option<&Visitor>,
) -> Result<String, Failure> {
    let base = &call.settings.base;
    let issuer = oauth_server::issuer_url(base);
    let asked = match AuthorizationRequest::read(query, client, &oauth_server::resource_url(base)) {
        Ok(asked) => asked,
        Err(denied) => return Ok(denied.location(&issuer)),
    };
    let page = |path: &str| page(call, path, &asked.params);
    let prompts = asked.prompts;
    let current = |visitor: &&Visitor| asked.max_age.is_none_or(|seconds| visitor.age(call.now) < seconds);
    let Some(visitor) = visitor.filter(current).filter(|_| !prompts.login) else {
        let refusal = asked.redirect_error("login_required", "authentication required");
        return Ok(if prompts.none { refusal.location(&issuer) } else { page(SIGN_IN) });
    };
    let granted = if prompts.consent { None } else { give_code(call, &asked, visitor)? };
    Ok(match granted {
        Some(code) => asked.code_location(&code, &issuer),
        None if prompts.none => {
            asked.redirect_error("consent_required", "End-User consent is required").location(&issuer)
        }
        None => page(CONSENT),
    })
}

/// A code, if the user consented to all of this before.
fn give_code(call: &Call<'_>, asked: &AuthorizationRequest, visitor: &Visitor) -> Result<Option<String>, Failure> {
    let code = random_id(call.random);
    let Visitor { user_id, session_id, since } = visitor;
    let value = AuthorizationCode::new(&asked.params, user_id, session_id, *since, &asked.resources);
    let given = call.store.add_code(&random_id(call.random), &code, &value, asked)?;
    Ok(given.then_some(code))
}

impl Visitor {
    /// Who is behind a session.
    pub(super) fn of(live: &Live) -> Self {
        let since = DateTime::parse_from_rfc3339(&live.session.created_at).ok();
        let since = since.and_then(|time| u64::try_from(time.timestamp_millis()).ok()).unwrap_or_default();
        Self { user_id: live.user.id.clone(), session_id: live.session.id.clone(), since }
    }

    /// Seconds since they signed in.
    fn age(&self, now: u64) -> u64 {
        now.saturating_sub(self.since / 1000)
    }
}
