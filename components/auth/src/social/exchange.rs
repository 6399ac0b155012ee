//! Google's token endpoint and its certificates.

use better_auth::social::google::GoogleTokens;
use better_auth::social::id_token::{self, ExpectedClaims, IdTokenError};
use better_auth::target;
use http::header::{ACCEPT, CONTENT_TYPE};
use http_api::KeysWanted;
use serde_json::{Map, Value};

use super::redirect_uri;
use crate::context::Call;
use crate::settings::google::Google;

/// Exchanges the code of a callback; none when Google refuses or cannot be reached.
pub(super) fn code(call: &Call<'_>, google: &Google, code: &str, code_verifier: &str) -> Option<GoogleTokens> {
    let redirect_uri = redirect_uri(call);
    let grant = [
        ("grant_type", "authorization_code"),
        ("code", code),
        ("code_verifier", code_verifier),
        ("redirect_uri", &redirect_uri),
    ];
    ask(call, google, &grant)
}

/// Gets a new access token.
pub(super) fn refresh(call: &Call<'_>, google: &Google, refresh_token: &str) -> Option<GoogleTokens> {
    let grant = [("grant_type", "refresh_token"), ("refresh_token", refresh_token)];
    ask(call, google, &grant).filter(|tokens| tokens.access_token.as_ref().is_some_and(|token| !token.is_empty()))
}

/// A redirect is a refusal: the request holds our secret.
fn ask(call: &Call<'_>, google: &Google, grant: &[(&str, &str)]) -> Option<GoogleTokens> {
    let credentials = [("client_id", google.client_id.as_str()), ("client_secret", google.client_secret.as_str())];
    let body = target::query(&[grant, &credentials].concat()).into_bytes();
    let request = http::Request::post(format!("{}/token", google.tokens))
        .header(CONTENT_TYPE, "application/x-www-form-urlencoded")
        .header(ACCEPT, "application/json")
        .body(body);
    let answer = request.map_err(|error| error.to_string()).and_then(|request| (call.around.fetch)(request));
    let refusal = match answer {
        Ok(response) if response.status().is_success() => match GoogleTokens::parse(response.body()) {
            Some(tokens) => return Some(tokens),
            None => "the answer is not readable".to_owned(),
        },
        Ok(response) => format!("{}", response.status()),
        Err(error) => error,
    };
    http_api::warn(call.request, "google_token_endpoint", &refusal);
    None
}

/// The claims of an id token that a client brought, if Google signed it for us.
pub(super) fn prove(call: &Call<'_>, google: &Google, token: &str, nonce: Option<&str>) -> Option<Map<String, Value>> {
    let address = format!("{}/oauth2/v3/certs", google.certs);
    let expected = ExpectedClaims { audience: &google.client_id, now: call.now, nonce };
    for wanted in [KeysWanted::Cached, KeysWanted::Fresh] {
        let keys = (call.around.key_set)(&address, wanted);
        let keys = keys.inspect_err(|error| http_api::warn(call.request, "google_certificates", error)).ok()?;
        match id_token::verify(token, &keys, &expected) {
            Ok(claims) => return Some(claims),
            Err(IdTokenError::Invalid) => return None,
            Err(IdTokenError::UnknownKey) => {}
        }
    }
    None
}
