//! Requests to Google: its token endpoint and its certificates.

use better_auth::social::google::GoogleTokens;
use better_auth::social::id_token::{self, ExpectedClaims, IdTokenError};
use better_auth::target;
use http::header::{ACCEPT, CONTENT_TYPE};
use http_api::KeyFreshness;
use serde_json::{Map, Value};

use crate::context::Context;
use crate::settings::google::GoogleSettings;
use crate::social::provider::redirect_uri;

/// Exchanges the code of a callback; none when Google rejects it or cannot be reached.
pub(super) fn exchange_code(
    context: &Context<'_>,
    google: &GoogleSettings,
    code: &str,
    code_verifier: &str,
) -> Option<GoogleTokens> {
    let redirect_uri = redirect_uri(context);
    let grant = [
        ("grant_type", "authorization_code"),
        ("code", code),
        ("code_verifier", code_verifier),
        ("redirect_uri", &redirect_uri),
    ];
    request_tokens(context, google, &grant)
}

/// Gets a new access token; none when Google rejects the refresh token or cannot be reached.
pub(super) fn refresh(context: &Context<'_>, google: &GoogleSettings, refresh_token: &str) -> Option<GoogleTokens> {
    let grant = [("grant_type", "refresh_token"), ("refresh_token", refresh_token)];
    let tokens = request_tokens(context, google, &grant);
    tokens.filter(|tokens| tokens.access_token.as_ref().is_some_and(|token| !token.is_empty()))
}

/// Sends a grant to the token endpoint. No redirect is followed: the request holds our secret.
fn request_tokens(context: &Context<'_>, google: &GoogleSettings, grant: &[(&str, &str)]) -> Option<GoogleTokens> {
    let credentials = [("client_id", google.client_id.as_str()), ("client_secret", google.client_secret.as_str())];
    let body = target::query(&[grant, &credentials].concat()).into_bytes();
    let request = http::Request::post(format!("{}/token", google.tokens))
        .header(CONTENT_TYPE, "application/x-www-form-urlencoded")
        .header(ACCEPT, "application/json")
        .body(body);
    let response = request.map_err(|error| error.to_string()).and_then(|request| (context.env.fetch)(request));
    let cause = match response {
        Ok(response) if response.status().is_success() => match GoogleTokens::parse(response.body()) {
            Some(tokens) => return Some(tokens),
            None => "the response is not readable".to_owned(),
        },
        Ok(response) => format!("{}", response.status()),
        Err(error) => error,
    };
    context.warn("google_token_endpoint", &cause);
    None
}

/// The claims of an id token that a client sent, if Google signed it for this server.
pub(super) fn verify_id_token(
    context: &Context<'_>,
    google: &GoogleSettings,
    token: &str,
    nonce: Option<&str>,
) -> Option<Map<String, Value>> {
    let address = format!("{}/oauth2/v3/certs", google.certs);
    let expected = ExpectedClaims { audience: &google.client_id, now: context.env.now, nonce };
    for wanted in [KeyFreshness::Cached, KeyFreshness::Fresh] {
        let keys = (context.env.key_set)(&address, wanted);
        let keys = keys.inspect_err(|error| context.warn("google_certificates", error)).ok()?;
        match id_token::verify(token, &keys, &expected) {
            Ok(claims) => return Some(claims),
            Err(IdTokenError::Invalid) => return None,
            Err(IdTokenError::UnknownKey) => {}
        }
    }
    None
}
