//! `/callback/:provider`: the browser comes back from Google. Every outcome is a redirect.

use better_auth::social::google::{GoogleIdentity, GoogleTokens};
use better_auth::social::id_token::{self, ExpectedClaims};
use better_auth::social::{self, CallbackParams, SocialFlow};
use better_auth::target::with_parameters;
use http_api::Response;
use oauth_server::OAuthParams;

use crate::context::Context;
use crate::guard::input::Input;
use crate::http::error::AuthError;
use crate::http::response::redirect;
use crate::oauth::resume;
use crate::oauth::user::SignedInUser;
use crate::social::error_page::ErrorPage;
use crate::social::provider::{self, STATE_COOKIE};
use crate::social::{exchange, link, session};
use crate::store::SocialOutcome;

/// `GET`: ends the flow that `start` began.
pub(crate) fn callback(context: &Context<'_>) -> Result<Response, AuthError> {
    let given = CallbackParams::parse(&context.query_parameters()).map_err(AuthError::invalid)?;
    let flow = take_flow(context, &given)?;
    let page = ErrorPage::new(context, flow.error_page());
    if let Some(error) = &given.error {
        return Err(page.described_error(error, given.error_description.as_deref()));
    }
    let code = given.code.as_deref().ok_or_else(|| page.error("no_code"))?;
    let (identity, tokens) = identify(context, &flow, code, &page)?;
    if let Some(wanted) = &flow.link {
        link::after_callback(context, wanted, &identity, &tokens, &page)?;
        return Ok(redirect(&flow.callback_url));
    }
    let email = identity.email.as_deref().ok_or_else(|| page.error("email_not_found"))?;
    let (outcome, session) = session::sign_in(context, &identity, email, &tokens)?;
    match outcome {
        SocialOutcome::SignedIn { user, is_new } => {
            let user = SignedInUser::now(context, &user.id, &session.id);
            Ok(redirect(&destination(context, flow, &user, is_new)?))
        }
        SocialOutcome::Banned => Err(page.error("BANNED_USER")),
        SocialOutcome::NotLinked => Err(page.error("account_not_linked")),
        SocialOutcome::Lost => Err(page.error("unable_to_create_user")),
    }
}

/// Reads the parameters of `POST`, from its body and its query.
pub(crate) fn read_form(context: &Context<'_>, input: &Input<'_>) -> Result<Vec<(&'static str, String)>, AuthError> {
    CallbackParams::merge(input.json(), &context.query_parameters()).map_err(AuthError::invalid)
}

/// `POST`, which a provider's form sends without our cookies: redirects to the `GET`, which has them.
pub(crate) fn redirect_form(
    context: &Context<'_>,
    parameters: Vec<(&'static str, String)>,
) -> Result<Response, AuthError> {
    let parameters: Vec<(&str, &str)> = parameters.iter().map(|(name, value)| (*name, value.as_str())).collect();
    let address = format!("{}/api/auth/callback/{}", context.settings.base, context.segment(1));
    Ok(redirect(&with_parameters(&address, &parameters)))
}

/// The flow of the state, if this is the browser that began it. The flow is used up then, whatever its outcome.
fn take_flow(context: &Context<'_>, given: &CallbackParams) -> Result<SocialFlow, AuthError> {
    let default_page = ErrorPage::new(context, None);
    let settings = context.settings;
    let state = given.state.as_deref().ok_or_else(|| default_page.error("state_not_found"))?;
    let cookie = settings.cookies.name(STATE_COOKIE);
    let is_ours = context.cookies.signed(&cookie, &settings.secret).contains(&state);
    let identifier = social::state_identifier(state);
    let row = match is_ours {
        true => context.store.consume_verification(&identifier)?,
        false => context.store.verification(&identifier)?,
    };
    let row = row.ok_or_else(|| default_page.error("state_mismatch"))?;
    let flow = SocialFlow::parse(&row).ok_or_else(|| default_page.error("internal_server_error"))?;
    let mismatch = || ErrorPage::new(context, flow.error_page()).error("state_mismatch");
    if !is_ours || flow.state.as_ref().is_some_and(|own| own != state) {
        return Err(mismatch());
    }
    context.set_cookie(settings.cookies.clear(&cookie));
    if flow.expires_at < context.env.now * 1000 {
        return Err(mismatch());
    }
    Ok(flow)
}

/// Exchanges the code, and reads who the user is at Google.
fn identify(
    context: &Context<'_>,
    flow: &SocialFlow,
    code: &str,
    page: &ErrorPage,
) -> Result<(GoogleIdentity, GoogleTokens), AuthError> {
    let google = provider::find(context, context.segment(1))?.ok_or_else(|| page.error("oauth_provider_not_found"))?;
    let tokens = exchange::exchange_code(context, &google, code, &flow.code_verifier);
    let tokens = tokens.ok_or_else(|| page.error("invalid_code"))?;
    let expected = ExpectedClaims { audience: &google.client_id, now: context.env.now, nonce: None };
    let claims = tokens.id_token.as_deref().and_then(|token| id_token::claims_from_exchange(token, &expected));
    let identity = claims.as_ref().and_then(GoogleIdentity::from_claims);
    Ok((identity.ok_or_else(|| page.error("unable_to_get_user_info"))?, tokens))
}

/// Where the browser of a signed-in user goes: back to the app that asked for the sign-in, or to the client's page.
fn destination(
    context: &Context<'_>,
    flow: SocialFlow,
    user: &SignedInUser,
    is_new: bool,
) -> Result<String, AuthError> {
    if let Some(request) = flow.oauth_query() {
        return resume::next_url(context, OAuthParams::parse(request.as_bytes()), user);
    }
    let welcome = flow.new_user_url.filter(|url| is_new && !url.is_empty());
    Ok(welcome.unwrap_or(flow.callback_url))
}
