//! `/oauth2/userinfo`: who the user is, for a client that was let know (OpenID Connect Core §5.3).

use better_auth::UserRecord;
use http::StatusCode;
use http::header::WWW_AUTHENTICATE;
use http_api::{Keys, Rejection, Resource, Response, Verifier};
use oauth_server::{OAuthError, split_scopes};
use serde_json::{Value, json};

use super::private;
use crate::context::Call;
use crate::http::response::{Failure, append};
use crate::session::token as keys;

const INVALID: &str = "Invalid access token";

/// Answers what the scopes of the token allow.
pub(super) fn show(call: &Call<'_>) -> Result<Response, Failure> {
    let Some(token) = http_api::bearer(call.request) else {
        let error = OAuthError::invalid_request("access token not found");
        return Err(Failure::answered(private(StatusCode::UNAUTHORIZED, &error)));
    };
    let bearer = verified(call, token)?;
    let scopes = bearer.scope.as_deref().map(split_scopes).ok_or_else(invalid)?;
    let user = call.store.user_of_token(&bearer.id, bearer.session.as_deref())?.ok_or_else(invalid)?;
    Ok(private(StatusCode::OK, &claims(&user, &scopes)))
}

/// Whom a token names; only an access token for this address has scopes.
fn verified(call: &Call<'_>, token: &str) -> Result<http_api::User, Failure> {
    let base = &call.settings.base;
    let (origin, issuer, audience) =
        (base.to_string(), oauth_server::issuer_url(base), oauth_server::userinfo_url(base));
    let keys = keys::key_set(call)?.to_string();
    let verifier = Verifier {
        issuer: &origin,
        oauth: Some(Resource { issuer: &issuer, audience: &audience }),
        now: call.now,
        keys: &|_| Ok(Keys { json: keys.clone(), until: call.now }),
        memory: None,
    };
    verifier.verify(token).map_err(|rejection| match rejection {
        Rejection::KeysUnavailable(cause) => http_api::ApiError::internal(cause).into(),
        Rejection::Missing | Rejection::Invalid(_) => invalid(),
    })
}

fn claims(user: &UserRecord, scopes: &[String]) -> Value {
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
