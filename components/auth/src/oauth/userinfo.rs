//! `/oauth2/userinfo`: who the user is, for a client that was let know (OpenID Connect Core §5.3).

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use edge::{Rejection, Resource, Response, Verifier};
use http::StatusCode;
use http::header::WWW_AUTHENTICATE;
use oauth::{OAuthError, split};
use serde::Deserialize;
use serde_json::{Value, json};
use user::User;

use super::private;
use crate::answer::{Failure, append};
use crate::call::Call;
use crate::token as keys;

const INVALID: &str = "Invalid access token";

/// Answers what the scopes of the token allow.
pub(super) fn show(call: &Call<'_>) -> Result<Response, Failure> {
    let Some(token) = edge::bearer(call.request) else {
        let error = OAuthError::request("access token not found");
        return Err(Failure::answered(private(StatusCode::UNAUTHORIZED, &error)));
    };
    let scopes = verified(call, token)?.ok_or_else(invalid)?;
    let subject = Subject::of(token).ok_or_else(invalid)?;
    let user = call.store.user_of_token(&subject.sub, subject.sid.as_deref())?.ok_or_else(invalid)?;
    Ok(private(StatusCode::OK, &claims(&user, &scopes)))
}

/// The scopes of an access token that is for this address; a first-party token is not.
fn verified(call: &Call<'_>, token: &str) -> Result<Option<Vec<String>>, Failure> {
    let base = &call.settings.base;
    let (origin, issuer, audience) = (base.to_string(), oauth::issuer(base), oauth::userinfo(base));
    let keys = keys::key_set(call)?.to_string();
    let verifier = Verifier {
        issuer: &origin,
        oauth: Some(Resource { issuer: &issuer, audience: &audience }),
        now: call.now,
        keys: &|_| Ok(keys.clone()),
    };
    match verifier.verify(token) {
        Ok(user) => Ok(user.scope.as_deref().map(split)),
        Err(Rejection::KeysUnavailable(cause)) => Err(edge::ApiError::internal(cause).into()),
        Err(Rejection::Missing | Rejection::Invalid(_)) => Ok(None),
    }
}

/// The claims of a verified token that say whom to look up.
#[derive(Deserialize)]
struct Subject {
    sub: String,
    sid: Option<String>,
}

impl Subject {
    fn of(token: &str) -> Option<Self> {
        serde_json::from_slice(&URL_SAFE_NO_PAD.decode(token.split('.').nth(1)?).ok()?).ok()
    }
}

fn claims(user: &User, scopes: &[String]) -> Value {
    let has = |scope: &str| scopes.iter().any(|held| held == scope);
    let mut claims = json!({"sub": user.id});
    if has("profile") {
        claims["name"] = user.name.as_str().into();
        if let Some(image) = &user.image {
            claims["picture"] = image.as_str().into();
        }
    }
    if has("email") {
        claims["email"] = user.email.as_str().into();
        claims["email_verified"] = user.email_verified.into();
    }
    claims
}

fn invalid() -> Failure {
    let mut response = private(StatusCode::UNAUTHORIZED, &OAuthError::new("invalid_token", INVALID));
    let challenge = format!("Bearer error=\"invalid_token\", error_description=\"{INVALID}\"");
    append(&mut response, WWW_AUTHENTICATE, &challenge);
    Failure::answered(response)
}
