//! What users let clients do: the decision on the consent page, and the list of those that were let in.

use better_auth::validation::{InputReader, any};
use http::StatusCode;
use http_api::Response;
use oauth_server::{AuthorizationRequest, OAuthError, OAuthParams, RegisteredClient, covers_scopes, split_scopes};
use serde_json::{Value, json};

use super::authorize::lead;
use super::{Visitor, refused, resume};
use crate::context::Call;
use crate::http::body::Media;
use crate::http::response::{Failure, Refusal, json as answer};
use crate::session::current as session;

/// `POST /oauth2/consent`: remembers a yes and sends the browser on with a code, or with a no.
pub(super) fn decide(call: &Call<'_>) -> Result<Response, Failure> {
    let body = call.input(Media::Json)?;
    let signed = resume::signed(call, body.as_ref())?;
    let (accept, scope) = decision(body.as_ref()).map_err(Refusal::invalid)?;
    let live = session::require(call)?;
    let refuse = |text| refused(OAuthError::invalid_request(text), false);
    let (query, issued) = signed.ok_or_else(|| refuse("missing oauth query"))?;
    let query = narrowed(query, scope).ok_or_else(|| refuse("Scope not originally requested"))?;
    let visitor = Visitor::of(&live);
    let url = match accept {
        true => accepted(call, query, issued, &visitor)?,
        false => denied(call, query)?,
    };
    Ok(answer(StatusCode::OK, &json!({"redirect": true, "url": url})))
}

fn decision(body: Option<&Value>) -> Result<(bool, Option<String>), String> {
    let mut members = InputReader::of(body, &["object"])?;
    let accept = members.boolean("accept");
    let scope = members.optional_text("scope", any).map(str::to_owned);
    members.finish((accept, scope))
}

/// The request with the scopes that are left; none if one of them was not asked for.
fn narrowed(query: OAuthParams, scope: Option<String>) -> Option<OAuthParams> {
    let Some(scope) = scope else { return Some(query) };
    let wanted = split_scopes(&scope);
    let asked = split_scopes(query.get("scope").unwrap_or_default());
    (!wanted.is_empty() && covers_scopes(&asked, &wanted)).then(|| query.with("scope", &wanted.join(" ")))
}

/// Keeps the consent and goes on. Who was asked to sign in again must have done so after they were asked.
fn accepted(call: &Call<'_>, query: OAuthParams, issued: u64, visitor: &Visitor) -> Result<String, Failure> {
    let client_id = query.get("client_id").unwrap_or_default();
    let client = call.store.oauth_client(client_id)?;
    let asked = match read(call, query.clone(), client.as_ref()) {
        Ok(asked) => asked,
        Err(location) => return Ok(location),
    };
    let signed_in = visitor.since >= issued + 1000; // it was signed somewhen in that second
    if asked.prompts.login && !signed_in {
        return lead(call, query, client.as_ref(), Some(visitor));
    }
    call.store.add_consent(client_id, &visitor.user_id, &asked.scopes, &asked.resources)?;
    let query = query.without_prompts(&["consent", "login", "select_account", "create"]);
    lead(call, query, client.as_ref(), Some(visitor))
}

fn denied(call: &Call<'_>, query: OAuthParams) -> Result<String, Failure> {
    let client = call.store.oauth_client(query.get("client_id").unwrap_or_default())?;
    Ok(match read(call, query, client.as_ref()) {
        Ok(asked) => asked
            .redirect_error("access_denied", "User denied access")
            .location(&oauth_server::issuer_url(&call.settings.base)),
        Err(location) => location,
    })
}

/// The request as it stands now, or where the browser goes if the client has changed since.
fn read(
    call: &Call<'_>,
    query: OAuthParams,
    client: Option<&RegisteredClient>,
) -> Result<AuthorizationRequest, String> {
    let base = &call.settings.base;
    let asked = AuthorizationRequest::read(query, client, &oauth_server::resource_url(base));
    asked.map_err(|denied| denied.location(&oauth_server::issuer_url(base)))
}

/// `GET /oauth2/public-client`: what the consent page shows of a client.
pub(super) fn client(call: &Call<'_>) -> Result<Response, Failure> {
    session::require(call)?;
    let ids = call.query("client_id");
    let [id] = ids.as_slice() else {
        let received = if ids.is_empty() { "undefined" } else { "array" };
        let text = format!("[query.client_id] Invalid input: expected string, received {received}");
        return Err(Refusal::invalid(text).into());
    };
    let client = call.store.oauth_client(id)?.filter(|client| !client.is_disabled());
    let client = client.ok_or_else(|| missing("client not found"))?;
    Ok(answer(StatusCode::OK, &client.to_public()))
}

/// `GET /oauth2/get-consents`: what the user lets in.
pub(super) fn list(call: &Call<'_>) -> Result<Response, Failure> {
    let live = session::require(call)?;
    Ok(answer(StatusCode::OK, &call.store.consents(&live.user.id)?))
}

/// `POST /oauth2/delete-consent`: takes it back; the client's refresh tokens end with it.
pub(super) fn delete(call: &Call<'_>) -> Result<Response, Failure> {
    let body = call.input(Media::Json)?;
    let mut members = InputReader::of(body.as_ref(), &["object"]).map_err(Refusal::invalid)?;
    let id = members.text("id", any);
    let id = members.finish(id).map_err(Refusal::invalid)?;
    let live = session::require(call)?;
    match call.store.delete_consent(id, &live.user.id)? {
        true => Ok(http_api::empty(StatusCode::OK)),
        false => Err(missing("no consent")),
    }
}

fn missing(text: &str) -> Failure {
    let error = OAuthError::new("not_found", text);
    Failure::answered(answer(StatusCode::NOT_FOUND, &error))
}
