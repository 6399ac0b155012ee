//! `POST /sign-in/social` and `POST /link-social`: sends the browser to Google, or takes an id token from there.

use better_auth::random_id;
use better_auth::social::google::GoogleAuthorizationRequest;
use better_auth::social::{
    self, AccountLink, LIFETIME_SECONDS, STATE_COOKIE_SECONDS, ServerContext, SocialFlow, SocialStartRequest,
};
use http::StatusCode;
use http_api::Response;
use oauth_server::OAuthParams;
use serde_json::json;

use crate::context::Context;
use crate::guard::input::Input;
use crate::http::error::{AuthError, ErrorCode};
use crate::http::response::{self, add_location};
use crate::oauth::resume;
use crate::settings::google::GoogleSettings;
use crate::social::provider::{self, STATE_COOKIE, redirect_uri};
use crate::social::{link, proof};
use crate::store::LiveSession;

const PROVIDER_NOT_FOUND: ErrorCode = ("PROVIDER_NOT_FOUND", "Provider not found");

/// Reads the body of `/sign-in/social`, and the authorization request that the sign-in is part of, if it is.
pub(crate) fn read_sign_in(
    context: &Context<'_>,
    input: &Input<'_>,
) -> Result<(Option<OAuthParams>, SocialStartRequest), AuthError> {
    let authorization = resume::read_request(context, input)?;
    Ok((authorization, read_link(context, input)?))
}

/// Begins a sign-in; with an id token it also ends it.
pub(crate) fn sign_in(
    context: &Context<'_>,
    (authorization, start): (Option<OAuthParams>, SocialStartRequest),
) -> Result<Response, AuthError> {
    let google = require_provider(context, &start)?;
    match &start.id_token {
        Some(id_token) => proof::sign_in(context, &google, id_token, authorization),
        None => begin_flow(context, &google, &start, authorization, None),
    }
}

/// Reads the body of `/link-social`.
pub(crate) fn read_link(_: &Context<'_>, input: &Input<'_>) -> Result<SocialStartRequest, AuthError> {
    SocialStartRequest::parse(input.json()).map_err(AuthError::invalid)
}

/// Begins to add an account to the signed-in user; with an id token it is added at once.
pub(crate) fn link_social(
    context: &Context<'_>,
    live: LiveSession,
    start: SocialStartRequest,
) -> Result<Response, AuthError> {
    let google = require_provider(context, &start)?;
    match &start.id_token {
        Some(id_token) => link::with_id_token(context, &google, id_token, &live),
        None => begin_flow(context, &google, &start, None, Some(link::new_link(context, &live))),
    }
}

fn require_provider(context: &Context<'_>, start: &SocialStartRequest) -> Result<GoogleSettings, AuthError> {
    let google = provider::find(context, &start.provider)?;
    google.ok_or_else(|| AuthError::new(StatusCode::NOT_FOUND, PROVIDER_NOT_FOUND))
}

/// Stores the flow in a row and a cookie, and responds with Google's address.
fn begin_flow(
    context: &Context<'_>,
    google: &GoogleSettings,
    start: &SocialStartRequest,
    authorization: Option<OAuthParams>,
    link: Option<AccountLink>,
) -> Result<Response, AuthError> {
    let (env, settings) = (context.env, context.settings);
    let (state, code_verifier) = (social::new_state(env.random), social::new_code_verifier(env.random));
    let url = authorization_url(context, google, start, &state, &code_verifier);
    let flow = SocialFlow {
        additional: start.additional_data.clone(),
        callback_url: start.callback_url.clone().unwrap_or_else(|| settings.base.to_string()),
        code_verifier,
        error_url: start.error_url.clone(),
        new_user_url: start.new_user_url.clone(),
        link,
        server_context: authorization.map(|query| ServerContext { oauth_query: Some(query.to_string()) }),
        expires_at: (env.now + u64::from(LIFETIME_SECONDS)) * 1000,
        request_sign_up: start.request_sign_up,
        state: Some(state.clone()),
    };
    let (id, identifier) = (random_id(env.random), social::state_identifier(&state));
    context.store.add_verification(&id, &identifier, &flow.to_json(), LIFETIME_SECONDS)?;
    context.set_cookie(settings.cookies.set(STATE_COOKIE, &state, Some(STATE_COOKIE_SECONDS), &settings.secret));
    let mut response = response::json(StatusCode::OK, &json!({"url": url, "redirect": !start.disable_redirect}));
    if !start.disable_redirect {
        add_location(&mut response, &url);
    }
    Ok(response)
}

/// The address of Google's page where the user agrees.
fn authorization_url(
    context: &Context<'_>,
    google: &GoogleSettings,
    start: &SocialStartRequest,
    state: &str,
    code_verifier: &str,
) -> String {
    GoogleAuthorizationRequest {
        endpoint: &google.authorization_url(),
        client_id: &google.client_id,
        state,
        scopes: &start.scopes,
        redirect_uri: &redirect_uri(context),
        login_hint: start.login_hint.as_deref(),
        code_verifier,
        additional: &start.additional_params,
    }
    .url()
}
