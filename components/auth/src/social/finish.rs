//! `/callback/:provider`: the browser comes back from Google. Every outcome is a redirect.

use better_auth::social::google::{GoogleIdentity, GoogleTokens};
use better_auth::social::id_token::{self, ExpectedClaims};
use better_auth::social::{self, CallbackParams, SocialFlow};
use better_auth::target;
use http_api::Response;
use oauth_server::OAuthParams;

use super::{STATE, exchange, link, provider};
use crate::context::Call;
use crate::http::body::Media;
use crate::http::response::{Failure, Refusal, redirect};
use crate::oauth::{self, Visitor};
use crate::store::{NewSession, SocialOutcome, SocialSignIn};

/// A failure that is told by a redirect: the page and the parameters.
struct Astray {
    page: Option<String>,
    error: String,
    description: Option<String>,
}

/// `GET`: ends what `start` began.
pub(crate) fn callback(call: &Call<'_>) -> Result<Response, Failure> {
    let given = CallbackParams::parse(&call.parameters()).map_err(Refusal::invalid)?;
    match finish(call, &given)? {
        Ok(target) => Ok(redirect(&target)),
        Err(astray) => {
            let page = astray.page.unwrap_or_else(|| format!("{}/api/auth/error", call.settings.base));
            let mut parameters = vec![("error", astray.error.as_str())];
            parameters.extend(astray.description.as_deref().map(|text| ("error_description", text)));
            Ok(redirect(&target::with_parameters(&page, &parameters)))
        }
    }
}

/// `POST`, as a provider's form does it without our cookies: on to the `GET`, which the browser sends with them.
pub(crate) fn callback_form(call: &Call<'_>) -> Result<Response, Failure> {
    let body = call.input(Media::FormOrJson)?;
    let parameters = CallbackParams::merge(body.as_ref(), &call.parameters()).map_err(Refusal::invalid)?;
    let parameters: Vec<(&str, &str)> = parameters.iter().map(|(name, value)| (*name, value.as_str())).collect();
    let address = format!("{}/api/auth/callback/{}", call.settings.base, call.segment(1));
    Ok(redirect(&target::with_parameters(&address, &parameters)))
}

/// Where the browser goes.
fn finish(call: &Call<'_>, given: &CallbackParams) -> Result<Result<String, Astray>, Failure> {
    let flow = match flow(call, given)? {
        Ok(flow) => flow,
        Err(astray) => return Ok(Err(astray)),
    };
    let astray = |error: &str| Ok(Err(Astray { page: flow.error_page(), error: error.to_owned(), description: None }));
    if let Some(error) = &given.error {
        let description = given.error_description.clone();
        return Ok(Err(Astray { page: flow.error_page(), error: error.clone(), description }));
    }
    let Some(code) = &given.code else { return astray("no_code") };
    let Some(google) = provider(call, call.segment(1))? else { return astray("oauth_provider_not_found") };
    let Some(tokens) = exchange::code(call, &google, code, &flow.code_verifier) else { return astray("invalid_code") };
    let expected = ExpectedClaims { audience: &google.client_id, now: call.now, nonce: None };
    let claims = tokens.id_token.as_deref().and_then(|token| id_token::claims_from_exchange(token, &expected));
    let Some(identity) = claims.as_ref().and_then(GoogleIdentity::from_claims) else {
        return astray("unable_to_get_user_info");
    };
    if let Some(wanted) = &flow.link {
        return match link::after_callback(call, wanted, &identity, &tokens)? {
            Ok(()) => Ok(Ok(flow.callback_url)),
            Err(error) => astray(error),
        };
    }
    let Some(email) = &identity.email else { return astray("email_not_found") };
    let (outcome, session) = sign_in(call, &identity, email, &tokens)?;
    match outcome {
        SocialOutcome::SignedIn { user, is_new } => {
            destination(call, flow, &Visitor::new(call, &user.id, &session.id), is_new).map(Ok)
        }
        SocialOutcome::NotLinked => astray("account_not_linked"),
        SocialOutcome::Lost => astray("unable_to_create_user"),
    }
}

/// Where somebody who signed in goes: on to the app that asked for it, or to the page that the client named.
fn destination(call: &Call<'_>, flow: SocialFlow, visitor: &Visitor, is_new: bool) -> Result<String, Failure> {
    if let Some(request) = flow.oauth_query() {
        return oauth::destination(call, OAuthParams::parse(request.as_bytes()), visitor);
    }
    let welcome = flow.new_user_url.filter(|url| is_new && !url.is_empty());
    Ok(welcome.unwrap_or(flow.callback_url))
}

/// Begins a session for the user of this account: a known one, a new one, or one whose address both sides know to
/// be theirs.
pub(super) fn sign_in(
    call: &Call<'_>,
    identity: &GoogleIdentity,
    email: &str,
    tokens: &GoogleTokens,
) -> Result<(SocialOutcome, NewSession), Failure> {
    let remember = !call.is_not_remembered();
    let session = NewSession::begin(call, remember)?;
    let ids = (
        better_auth::random_id(call.random),
        better_auth::social::account_id(&call.settings.secret, &identity.subject),
    );
    let wanted = SocialSignIn { identity, email, tokens, user_id: &ids.0, account_id: &ids.1 };
    let mut outcome = call.store.social_sign_in(&wanted, &session)?;
    if matches!(outcome, SocialOutcome::Lost) {
        // Another request made the user or the account at this moment: now they are there.
        outcome = call.store.social_sign_in(&wanted, &session)?;
    }
    if matches!(outcome, SocialOutcome::SignedIn { .. }) {
        call.begin_session(&session.token, None);
    }
    Ok((outcome, session))
}

/// The flow of the state, when this is the browser that began it. It is used up then, whatever comes of it.
fn flow(call: &Call<'_>, given: &CallbackParams) -> Result<Result<SocialFlow, Astray>, Failure> {
    let astray = |page, error: &str| Ok(Err(Astray { page, error: error.to_owned(), description: None }));
    let Some(state) = &given.state else { return astray(None, "state_not_found") };
    let cookie = call.settings.cookies.name(STATE);
    let is_ours = call.cookies.signed(&cookie, &call.settings.secret) == Some(state);
    let identifier = social::state_identifier(state);
    let row = match is_ours {
        true => call.store.consume_verification(&identifier)?,
        false => call.store.verification(&identifier)?,
    };
    let Some(row) = row else { return astray(None, "state_mismatch") };
    let Some(flow) = SocialFlow::parse(&row) else { return astray(None, "internal_server_error") };
    if !is_ours || flow.state.as_ref().is_some_and(|own| own != state) {
        return astray(flow.error_page(), "state_mismatch");
    }
    call.set_cookie(call.settings.cookies.clear(&cookie));
    if flow.expires_at < call.now * 1000 {
        return astray(flow.error_page(), "state_mismatch");
    }
    Ok(Ok(flow))
}
