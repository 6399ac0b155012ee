//! Sign-in with an id token that the client got from Google by itself.

use better_auth::social::IdToken;
use better_auth::social::google::{GoogleIdentity, GoogleTokens};
use http::StatusCode;
use http_api::Response;
use oauth_server::OAuthParams;
use serde_json::json;

use crate::account::sign_in::BANNED;
use crate::context::Context;
use crate::http::error::{AuthError, ErrorCode, ErrorResponse};
use crate::http::response;
use crate::oauth::resume;
use crate::oauth::user::SignedInUser;
use crate::settings::google::GoogleSettings;
use crate::social::{exchange, session};
use crate::store::SocialOutcome;

const INVALID: ErrorCode = ("INVALID_TOKEN", "Invalid token");
const NO_USER: ErrorCode = ("FAILED_TO_GET_USER_INFO", "Failed to get user info");
const NO_EMAIL: ErrorCode = ("USER_EMAIL_NOT_FOUND", "User email not found");

/// Begins a session for the user whom the token names.
pub(super) fn sign_in(
    context: &Context<'_>,
    google: &GoogleSettings,
    given: &IdToken,
    authorization: Option<OAuthParams>,
) -> Result<Response, AuthError> {
    let (identity, email) = identity(context, google, given)?;
    let (outcome, session) = session::sign_in(context, &identity, &email, &tokens(given))?;
    match outcome {
        SocialOutcome::SignedIn { user, .. } => match authorization {
            Some(request) => resume::resume(context, request, &SignedInUser::now(context, &user.id, &session.id)),
            None => {
                let body = json!({"redirect": false, "token": session.token, "user": user});
                Ok(response::json(StatusCode::OK, &body))
            }
        },
        SocialOutcome::Banned => Err(AuthError::new(StatusCode::FORBIDDEN, BANNED)),
        SocialOutcome::NotLinked => Err(link_error("account not linked")),
        SocialOutcome::Lost => Err(link_error("unable to create user")),
    }
}

/// The user whom a token names, and the address.
pub(super) fn identity(
    context: &Context<'_>,
    google: &GoogleSettings,
    given: &IdToken,
) -> Result<(GoogleIdentity, String), AuthError> {
    let unauthorized = |code| AuthError::new(StatusCode::UNAUTHORIZED, code);
    let nonce = given.nonce.as_deref().filter(|nonce| !nonce.is_empty());
    let claims = exchange::verify_id_token(context, google, &given.token, nonce);
    let claims = claims.ok_or_else(|| unauthorized(INVALID))?;
    let identity = GoogleIdentity::from_claims(&claims).ok_or_else(|| unauthorized(NO_USER))?;
    let email = identity.email.clone().ok_or_else(|| unauthorized(NO_EMAIL))?;
    Ok((identity, email))
}

/// The tokens that came with it.
pub(super) fn tokens(given: &IdToken) -> GoogleTokens {
    let mut tokens = GoogleTokens::default();
    (tokens.access_token, tokens.refresh_token) = (given.access_token.clone(), given.refresh_token.clone());
    tokens.id_token = Some(given.token.clone());
    tokens
}

fn link_error(message: &str) -> AuthError {
    let error = ErrorResponse::new(StatusCode::UNAUTHORIZED, ("OAUTH_LINK_ERROR", ""));
    error.with_message(message.to_owned()).into()
}
