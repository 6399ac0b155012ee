//! What users let clients do: the decision on the consent page, and the list of the clients that were let in.

use better_auth::validation::{InputReader, any};
use http::StatusCode;
use http_api::Response;
use oauth_server::{OAuthError, OAuthParams, covers_scopes, split_scopes};
use serde_json::json;

use crate::context::Context;
use crate::guard::input::Input;
use crate::http::error::AuthError;
use crate::http::response;
use crate::notices;
use crate::oauth::response::oauth_error;
use crate::oauth::user::SignedInUser;
use crate::oauth::{authorize, resume};
use crate::store::LiveSession;

/// The prompts that the consent page has dealt with.
const CONSENT_PROMPTS: [&str; 4] = ["consent", "login", "select_account", "create"];

/// The decision of a user on the consent page.
pub(crate) struct ConsentDecision {
    /// The request, and when it was signed (Unix milliseconds).
    signed: Option<(OAuthParams, u64)>,
    accept: bool,
    /// The scopes that are left of those of the request.
    scope: Option<String>,
}

/// Reads the body of `/oauth2/consent`.
pub(crate) fn read_decision(context: &Context<'_>, input: &Input<'_>) -> Result<ConsentDecision, AuthError> {
    let signed = resume::read_signed(context, input)?;
    let mut members = InputReader::of(input.json(), &["object"]).map_err(AuthError::invalid)?;
    let accept = members.boolean("accept");
    let scope = members.optional_text("scope", any).map(str::to_owned);
    members.finish(ConsentDecision { signed, accept, scope }).map_err(AuthError::invalid)
}

/// `POST /oauth2/consent`: stores a yes and sends the browser on with a code, or with a no.
pub(crate) fn decide(
    context: &Context<'_>,
    live: LiveSession,
    decision: ConsentDecision,
) -> Result<Response, AuthError> {
    let error = |text| oauth_error(OAuthError::invalid_request(text), false);
    let (query, issued) = decision.signed.ok_or_else(|| error("missing oauth query"))?;
    let query = narrow_scope(query, decision.scope).ok_or_else(|| error("Scope not originally requested"))?;
    let url = match decision.accept {
        true => accept(context, query, issued, &live),
        false => deny(context, query),
    };
    let url = url.or_else(AuthError::into_redirect)?;
    Ok(response::json(StatusCode::OK, &json!({"redirect": true, "url": url})))
}

/// The request with the scopes that are left; none if one of them was not asked for.
fn narrow_scope(query: OAuthParams, scope: Option<String>) -> Option<OAuthParams> {
    let Some(scope) = scope else { return Some(query) };
    let wanted = split_scopes(&scope);
    let requested = split_scopes(query.get("scope").unwrap_or_default());
    (!wanted.is_empty() && covers_scopes(&requested, &wanted)).then(|| query.with("scope", &wanted.join(" ")))
}

/// Stores the consent and goes on. If the request wants a new sign-in, that must have come after the request was signed.
fn accept(context: &Context<'_>, query: OAuthParams, issued: u64, live: &LiveSession) -> Result<String, AuthError> {
    let user = &SignedInUser::of(live);
    let client_id = query.get("client_id").unwrap_or_default().to_owned();
    let client = context.store.oauth_client(&client_id)?;
    let request = authorize::read(context, query.clone(), client.as_ref())?;
    let has_signed_in = user.since >= issued + 1000; // it was signed at some point within that second
    if request.prompts.login && !has_signed_in {
        return authorize::grant(context, query, client.as_ref(), Some(user));
    }
    context.store.add_consent(&client_id, user, &request.scopes, &request.resources)?;
    notices::client_connected(context, &user.user_id, &live.user.email, &client_id);
    let query = query.without_prompts(&CONSENT_PROMPTS);
    authorize::grant(context, query, client.as_ref(), Some(user))
}

/// Sends the browser back to the client without a code: always an error.
fn deny(context: &Context<'_>, query: OAuthParams) -> Result<String, AuthError> {
    let client = context.store.oauth_client(query.get("client_id").unwrap_or_default())?;
    let request = authorize::read(context, query, client.as_ref())?;
    Err(authorize::denied(context, &request.redirect_error("access_denied", "User denied access")))
}

/// `GET /oauth2/public-client`: what the consent page shows of a client.
pub(crate) fn public_client(context: &Context<'_>, _: LiveSession) -> Result<Response, AuthError> {
    let ids = context.query_values("client_id");
    let [id] = ids.as_slice() else {
        let received = if ids.is_empty() { "undefined" } else { "array" };
        let text = format!("[query.client_id] Invalid input: expected string, received {received}");
        return Err(AuthError::invalid(text));
    };
    show_client(context, id)
}

/// The client that a sign-in page is for: the one of its signed request. Better Auth's path, which it serves where an option says so.
pub(crate) fn read_requesting_client(context: &Context<'_>, input: &Input<'_>) -> Result<String, AuthError> {
    let unsigned = || response::json(StatusCode::UNAUTHORIZED, &json!({"error": "invalid_signature"}));
    let signed = resume::read_signed(context, input).ok().flatten();
    let (query, _) = signed.ok_or_else(|| AuthError::response(unsigned()))?;
    let mut members = InputReader::of(input.json(), &["object"]).map_err(AuthError::invalid)?;
    let id = members.text("client_id", any).to_owned();
    let id = members.finish(id).map_err(AuthError::invalid)?;
    query.get("client_id").filter(|signed| *signed == id).map(str::to_owned).ok_or_else(client_not_found)
}

/// `POST /oauth2/public-client-prelogin`: the same before anybody has signed in.
pub(crate) fn requesting_client(context: &Context<'_>, id: String) -> Result<Response, AuthError> {
    show_client(context, &id)
}

fn show_client(context: &Context<'_>, id: &str) -> Result<Response, AuthError> {
    let client = context.store.oauth_client(id)?.filter(|client| !client.is_disabled());
    let client = client.ok_or_else(client_not_found)?;
    Ok(response::json(StatusCode::OK, &client.to_public()))
}

/// `GET /oauth2/get-consents`: the clients that the user lets in.
pub(crate) fn list(context: &Context<'_>, live: LiveSession) -> Result<Response, AuthError> {
    Ok(response::json(StatusCode::OK, &context.store.consents(&live.user.id)?))
}

/// The id of the consent to be taken back.
pub(crate) fn read_id(_: &Context<'_>, input: &Input<'_>) -> Result<String, AuthError> {
    let mut members = InputReader::of(input.json(), &["object"]).map_err(AuthError::invalid)?;
    let id = members.text("id", any).to_owned();
    members.finish(id).map_err(AuthError::invalid)
}

/// `POST /oauth2/delete-consent`: takes it back; the client's refresh tokens end with it.
pub(crate) fn delete(context: &Context<'_>, live: LiveSession, id: String) -> Result<Response, AuthError> {
    match context.store.delete_consent(&id, &live.user.id)? {
        true => Ok(http_api::empty(StatusCode::OK)),
        false => Err(not_found("no consent")),
    }
}

fn client_not_found() -> AuthError {
    not_found("client not found")
}

fn not_found(text: &str) -> AuthError {
    AuthError::response(response::json(StatusCode::NOT_FOUND, &OAuthError::new("not_found", text)))
}
