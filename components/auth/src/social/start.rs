//! `POST /sign-in/social` and `POST /link-social`: a browser is sent to Google, or a proof from there is taken.

use better_auth::social::google::GoogleAuthorizationRequest;
use better_auth::social::{
    self, AccountLink, LIFETIME_SECONDS, STATE_COOKIE_SECONDS, ServerContext, SocialFlow, SocialStartRequest,
};
use better_auth::{encryption, random_id};
use http::StatusCode;
use http_api::Response;
use oauth_server::OAuthParams;
use serde_json::json;

use super::{PROVIDER_NOT_FOUND, STATE, link, proof, provider, redirect_uri};
use crate::context::Call;
use crate::http::body::Media;
use crate::http::response::{Failure, Refusal, json as answer, locate};
use crate::oauth;
use crate::session::current as session;
use crate::settings::google::Google;
use crate::store::Live;

/// Why a browser is sent to Google.
enum Purpose {
    /// To sign in, perhaps for an app that asked for it.
    SignIn(Option<OAuthParams>),
    /// To add an account to the signed-in user.
    Link(AccountLink),
}

/// Begins a sign-in, or ends it at once for who brings an id token.
pub(crate) fn sign_in(call: &Call<'_>) -> Result<Response, Failure> {
    let body = call.input(Media::Json)?;
    let request = oauth::resumed(call, body.as_ref())?;
    let start = SocialStartRequest::parse(body.as_ref()).map_err(Refusal::invalid)?;
    let google = find(call, &start)?;
    match &start.id_token {
        Some(id_token) => proof::sign_in(call, &google, id_token, request),
        None => send_away(call, &google, &start, Purpose::SignIn(request)),
    }
}

/// Begins to add an account to the signed-in user.
pub(crate) fn link_social(call: &Call<'_>) -> Result<Response, Failure> {
    let start = SocialStartRequest::parse(call.input(Media::Json)?.as_ref()).map_err(Refusal::invalid)?;
    let live = session::require(call)?;
    let google = find(call, &start)?;
    match &start.id_token {
        Some(id_token) => link::by_proof(call, &google, id_token, &live),
        None => send_away(call, &google, &start, Purpose::Link(link_for(call, &live))),
    }
}

fn find(call: &Call<'_>, start: &SocialStartRequest) -> Result<Google, Failure> {
    let google = provider(call, &start.provider)?;
    google.ok_or_else(|| Refusal::new(StatusCode::NOT_FOUND, PROVIDER_NOT_FOUND).into())
}

fn link_for(call: &Call<'_>, live: &Live) -> AccountLink {
    let key = call.settings.secret.for_purpose(link::PURPOSE);
    AccountLink {
        user_id: live.user.id.clone(),
        email: live.user.email.clone(),
        encrypted_session_token: Some(encryption::encrypt(&key, call.bytes(), &live.session.token)),
    }
}

/// Remembers the flow in a row and a cookie, and answers Google's address.
fn send_away(
    call: &Call<'_>,
    google: &Google,
    start: &SocialStartRequest,
    purpose: Purpose,
) -> Result<Response, Failure> {
    let (request, link) = match purpose {
        Purpose::SignIn(request) => (request, None),
        Purpose::Link(link) => (None, Some(link)),
    };
    let (state, code_verifier) = (social::new_state(call.random), social::new_code_verifier(call.random));
    let url = GoogleAuthorizationRequest {
        endpoint: &google.authorization_url(),
        client_id: &google.client_id,
        state: &state,
        scopes: &start.scopes,
        redirect_uri: &redirect_uri(call),
        login_hint: start.login_hint.as_deref(),
        code_verifier: &code_verifier,
        additional: &start.additional_params,
    }
    .url();
    let flow = SocialFlow {
        additional: start.additional_data.clone(),
        callback_url: start.callback_url.clone().unwrap_or_else(|| call.settings.base.to_string()),
        code_verifier,
        error_url: start.error_url.clone(),
        new_user_url: start.new_user_url.clone(),
        link,
        server_context: request.map(|query| ServerContext { oauth_query: Some(query.to_string()) }),
        expires_at: (call.now + u64::from(LIFETIME_SECONDS)) * 1000,
        request_sign_up: start.request_sign_up,
        state: Some(state.clone()),
    };
    let (id, identifier) = (random_id(call.random), social::state_identifier(&state));
    call.store.add_verification(&id, &identifier, &flow.to_json(), LIFETIME_SECONDS)?;
    let (style, secret) = (call.settings.cookies, &call.settings.secret);
    call.set_cookie(style.set(STATE, &state, Some(STATE_COOKIE_SECONDS), secret));
    let mut response = answer(StatusCode::OK, &json!({"url": url, "redirect": !start.disable_redirect}));
    if !start.disable_redirect {
        locate(&mut response, &url);
    }
    Ok(response)
}
