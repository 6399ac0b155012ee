//! `GET /oauth2/authorize`: where the browser goes next: to sign in, to consent, or back to the client.

use better_auth::random_id;
use http::StatusCode;
use http_api::Response;
use oauth_server::{
    AuthorizationCode, AuthorizationRequest, OAuthError, OAuthParams, RedirectError, RegisteredClient, is_document_url,
};
use serde_json::json;

use crate::context::Context;
use crate::http::error::AuthError;
use crate::http::response::{self, redirect};
use crate::oauth::document::{self, DocumentClient};
use crate::oauth::user::SignedInUser;
use crate::session::current;

const SIGN_IN_PAGE: &str = "/sign-in";
const CONSENT_PAGE: &str = "/consent";

/// Redirects the browser, or returns the address to a script that asks on its behalf.
pub(crate) fn authorize(context: &Context<'_>) -> Result<Response, AuthError> {
    let query = OAuthParams::parse_request(context.query());
    let user = current::find(context)?.as_ref().map(SignedInUser::of);
    let target = next_url(context, query, user.as_ref())?;
    let has = |name: &str, value: &str| context.header(name).is_some_and(|text| text.contains(value));
    match has("sec-fetch-mode", "cors") || has("accept", "application/json") {
        true => Ok(response::json(StatusCode::OK, &json!({"redirect": true, "url": target}))),
        false => Ok(redirect(&target)),
    }
}

/// Where the browser goes with a request. A request that is denied leads somewhere too.
pub(super) fn next_url(
    context: &Context<'_>,
    query: OAuthParams,
    user: Option<&SignedInUser>,
) -> Result<String, AuthError> {
    let client = find_client(context, &query, user.is_some());
    client.and_then(|client| grant(context, query, client.as_ref(), user)).or_else(AuthError::into_redirect)
}

/// The client that a request names; a redirect where its document cannot be used or not be read yet.
fn find_client(
    context: &Context<'_>,
    query: &OAuthParams,
    is_signed_in: bool,
) -> Result<Option<RegisteredClient>, AuthError> {
    let Some(id) = query.get("client_id") else { return Ok(None) };
    if !is_document_url(id) || query.is_too_long() {
        return Ok(context.store.oauth_client(id)?);
    }
    match document::find_client(context, id, is_signed_in)? {
        DocumentClient::Read(client) => Ok(Some(*client)),
        DocumentClient::Unread if query.get("prompt") == Some("none") => {
            Err(denied(context, &RedirectError::page(OAuthError::new("login_required", "authentication required"))))
        }
        DocumentClient::Unread => Err(AuthError::Redirect(page_url(context, SIGN_IN_PAGE, query))),
        DocumentClient::Unusable(error) => Err(denied(context, &RedirectError::page(error))),
    }
}

/// Grants a request of this client a code, or says which page of ours comes before that. A denial is a redirect.
pub(super) fn grant(
    context: &Context<'_>,
    query: OAuthParams,
    client: Option<&RegisteredClient>,
    user: Option<&SignedInUser>,
) -> Result<String, AuthError> {
    let request = read(context, query, client)?;
    let prompts = &request.prompts;
    let is_recent = |user: &&SignedInUser| request.max_age.is_none_or(|seconds| user.age(context.env.now) < seconds);
    let Some(user) = user.filter(is_recent).filter(|_| !prompts.login) else {
        return match prompts.none {
            true => Err(denied(context, &request.redirect_error("login_required", "authentication required"))),
            false => Ok(page_url(context, SIGN_IN_PAGE, &request.params)),
        };
    };
    let code = if prompts.consent { None } else { new_code(context, &request, user)? };
    match code {
        Some(code) => Ok(request.code_location(&code, &oauth_server::issuer_url(&context.settings.base))),
        None if prompts.none => {
            Err(denied(context, &request.redirect_error("consent_required", "End-User consent is required")))
        }
        None => Ok(page_url(context, CONSENT_PAGE, &request.params)),
    }
}

/// The request of a client as it stands now; a redirect if it is denied.
pub(super) fn read(
    context: &Context<'_>,
    query: OAuthParams,
    client: Option<&RegisteredClient>,
) -> Result<AuthorizationRequest, AuthError> {
    let resource = oauth_server::resource_url(&context.settings.base);
    AuthorizationRequest::read(query, client, &resource).map_err(|error| denied(context, &error))
}

/// The redirect of a request that is denied.
pub(super) fn denied(context: &Context<'_>, error: &RedirectError) -> AuthError {
    AuthError::Redirect(error.location(&oauth_server::issuer_url(&context.settings.base)))
}

/// A page of ours with the signed request.
fn page_url(context: &Context<'_>, page: &str, query: &OAuthParams) -> String {
    format!("{page}?{}", query.sign(&context.settings.secret, context.env.now))
}

/// A code, if the user consented to all of this before.
fn new_code(
    context: &Context<'_>,
    request: &AuthorizationRequest,
    user: &SignedInUser,
) -> Result<Option<String>, AuthError> {
    let code = random_id(context.env.random);
    let value =
        AuthorizationCode::new(&request.params, &user.user_id, &user.session_id, user.since, &request.resources);
    let is_stored = context.store.add_code(&random_id(context.env.random), &code, &value, request)?;
    Ok(is_stored.then_some(code))
}
