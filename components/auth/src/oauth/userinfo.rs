//! `/oauth2/userinfo`: who the user is, for a client that may know (OpenID Connect Core §5.3).

use better_auth::UserRecord;
use http::StatusCode;
use http::header::WWW_AUTHENTICATE;
use http_api::{ApiError, KeySetCopy, OAuthResource, Rejection, Response, Verifier};
use oauth_server::{OAuthError, split_scopes};
use serde_json::{Value, json};

use crate::context::Context;
use crate::http::error::AuthError;
use crate::http::response::add_header;
use crate::oauth::response::private_json;
use crate::session::keys;

const INVALID: &str = "Invalid access token";

/// The claims that the scopes of the token allow.
pub(crate) fn userinfo(context: &Context<'_>) -> Result<Response, AuthError> {
    let Some(token) = context.bearer() else {
        let error = OAuthError::invalid_request("access token not found");
        return Err(AuthError::response(private_json(StatusCode::UNAUTHORIZED, &error)));
    };
    let bearer = verify(context, token)?;
    context.record_user(&bearer.id);
    let scopes = bearer.scope.as_deref().map(split_scopes).ok_or_else(invalid)?;
    let user = context.store.user_of_token(&bearer.id, bearer.session.as_deref())?.ok_or_else(invalid)?;
    Ok(private_json(StatusCode::OK, &claims(&user, &scopes)))
}

/// The user whom a token names. Only an access token for this address has scopes.
fn verify(context: &Context<'_>, token: &str) -> Result<http_api::User, AuthError> {
    let (base, now) = (&context.settings.base, context.env.now);
    let (origin, issuer, audience) =
        (base.to_string(), oauth_server::issuer_url(base), oauth_server::userinfo_url(base));
    let keys = keys::key_set(context)?.to_string();
    let verifier = Verifier {
        issuer: &origin,
        oauth: Some(OAuthResource { issuer: &issuer, audience: &audience }),
        now,
        keys: &|_| Ok(KeySetCopy { json: keys.clone(), until: now }),
        cache: None,
        personal: None,
    };
    verifier.verify(token).map_err(|rejection| match rejection {
        Rejection::KeysUnavailable(cause) => ApiError::internal(cause).into(),
        Rejection::Missing | Rejection::Invalid(_) | Rejection::Limited(_) => invalid(),
    })
}

fn claims(user: &UserRecord, scopes: &[String]) -> Value {
    let has = |scope: &str| scopes.iter().any(|granted| granted == scope);
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

fn invalid() -> AuthError {
    let mut response = private_json(StatusCode::UNAUTHORIZED, &OAuthError::new("invalid_token", INVALID));
    let challenge = format!("Bearer error=\"invalid_token\", error_description=\"{INVALID}\"");
    add_header(&mut response, WWW_AUTHENTICATE, &challenge);
    AuthError::response(response)
}
