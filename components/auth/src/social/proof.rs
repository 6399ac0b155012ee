//! Sign-in with an id token that the client got from Google by itself.

use better_auth::social::IdToken;
use better_auth::social::google::{GoogleIdentity, GoogleTokens};
use http::StatusCode;
use http_api::Response;
use oauth_server::OAuthParams;
use serde_json::json;

use super::{exchange, finish};
use crate::context::Call;
use crate::http::response::{Code, Failure, Refusal, json as answer};
use crate::oauth::{self, Visitor};
use crate::settings::google::Google;
use crate::store::SocialOutcome;

const INVALID: Code = ("INVALID_TOKEN", "Invalid token");
const NO_USER: Code = ("FAILED_TO_GET_USER_INFO", "Failed to get user info");
const NO_EMAIL: Code = ("USER_EMAIL_NOT_FOUND", "User email not found");

/// Begins a session for whom the token speaks of.
pub(super) fn sign_in(
    call: &Call<'_>,
    google: &Google,
    given: &IdToken,
    request: Option<OAuthParams>,
) -> Result<Response, Failure> {
    let (identity, email) = identity(call, google, given)?;
    let refuse = |message: &str| {
        let refusal = Refusal::new(StatusCode::UNAUTHORIZED, ("OAUTH_LINK_ERROR", "")).saying(message.to_owned());
        Err(refusal.into())
    };
    let (outcome, session) = finish::sign_in(call, &identity, &email, &tokens(given))?;
    match outcome {
        SocialOutcome::SignedIn { user, .. } => match request {
            Some(request) => oauth::resume(call, request, &Visitor::new(call, &user.id, &session.id)),
            None => Ok(answer(StatusCode::OK, &json!({"redirect": false, "token": session.token, "user": user}))),
        },
        SocialOutcome::NotLinked => refuse("account not linked"),
        SocialOutcome::Lost => refuse("unable to create user"),
    }
}

/// Whom a token speaks of, and their address.
pub(super) fn identity(call: &Call<'_>, google: &Google, given: &IdToken) -> Result<(GoogleIdentity, String), Refusal> {
    let refuse = |code| Refusal::new(StatusCode::UNAUTHORIZED, code);
    let nonce = given.nonce.as_deref().filter(|nonce| !nonce.is_empty());
    let claims = exchange::prove(call, google, &given.token, nonce).ok_or_else(|| refuse(INVALID))?;
    let identity = GoogleIdentity::from_claims(&claims).ok_or_else(|| refuse(NO_USER))?;
    let email = identity.email.clone().ok_or_else(|| refuse(NO_EMAIL))?;
    Ok((identity, email))
}

/// The tokens that came with it.
pub(super) fn tokens(given: &IdToken) -> GoogleTokens {
    let mut tokens = GoogleTokens::default();
    (tokens.access_token, tokens.refresh_token) = (given.access_token.clone(), given.refresh_token.clone());
    tokens.id_token = Some(given.token.clone());
    tokens
}
