//! Google's id tokens: RS256 JWTs (OpenID Connect Core, section 3.1.3.7).

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use rsa::pkcs1v15::{Signature, VerifyingKey};
use rsa::signature::Verifier;
use rsa::{BoxedUint, PublicKey};
use serde::Deserialize;
use serde_json::{Map, Value};
use sha2::Sha256;

use super::google::ISSUERS;

/// Longest token that is read.
const MAX_TOKEN: usize = 16 * 1024;
/// Tolerated difference of clocks, in seconds.
const LEEWAY: u64 = 30;
/// Greatest age of a token, in seconds.
const MAX_AGE: u64 = 3600;
/// Bytes of an RSA modulus: 2048 to 4096 bits.
const MODULUS: std::ops::RangeInclusive<usize> = 256..=512;

/// What the claims of a token must match.
pub struct ExpectedClaims<'a> {
    /// This server's client id at Google.
    pub audience: &'a str,
    /// The time in Unix seconds.
    pub now: u64,
    /// The nonce that the client gave to Google, if it did.
    pub nonce: Option<&'a str>,
}

/// Why a token is rejected.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum IdTokenError {
    /// The key set has no such key; a newer one may have it.
    UnknownKey,
    /// Any other reason.
    Invalid,
}

#[derive(Deserialize)]
struct JwtHeader {
    alg: String,
    kid: Option<String>,
    crit: Option<Value>,
}

#[derive(Deserialize)]
struct GoogleKeySet {
    keys: Vec<Value>,
}

#[derive(Deserialize)]
struct RsaJwk {
    kty: String,
    kid: Option<String>,
    alg: Option<String>,
    r#use: Option<String>,
    #[serde(default)]
    n: String,
    #[serde(default)]
    e: String,
}

/// The claims of a token from Google's token endpoint, where TLS takes the place of the signature (section 3.1.3.7,
/// point 6). Audience, issuer and expiry are checked.
pub fn claims_from_exchange(token: &str, expected: &ExpectedClaims<'_>) -> Option<Map<String, Value>> {
    let claims = unverified_claims(token)?;
    is_for(&claims, expected).then_some(claims)
}

/// The claims of a token, unverified.
pub fn unverified_claims(token: &str) -> Option<Map<String, Value>> {
    let mut parts = token.split('.');
    let (_, Some(claims), Some(_), None) = (parts.next()?, parts.next(), parts.next(), parts.next()) else {
        return None;
    };
    (token.len() <= MAX_TOKEN).then_some(())?;
    serde_json::from_slice(&URL_SAFE_NO_PAD.decode(claims).ok()?).ok()
}

/// The claims of a token that a client sent: signed by one of the keys, recent, and with the expected nonce.
pub fn verify(token: &str, key_set: &str, expected: &ExpectedClaims<'_>) -> Result<Map<String, Value>, IdTokenError> {
    let claims = unverified_claims(token).ok_or(IdTokenError::Invalid)?;
    let (signed, signature) = token.rsplit_once('.').ok_or(IdTokenError::Invalid)?;
    let header = signed.split('.').next().and_then(|part| URL_SAFE_NO_PAD.decode(part).ok());
    let header: JwtHeader = header.and_then(|json| serde_json::from_slice(&json).ok()).ok_or(IdTokenError::Invalid)?;
    if header.alg != "RS256" || header.crit.is_some() || !is_for(&claims, expected) || !is_recent(&claims, expected) {
        return Err(IdTokenError::Invalid);
    }
    let signature = URL_SAFE_NO_PAD.decode(signature).ok().and_then(|bytes| Signature::try_from(bytes.as_slice()).ok());
    let signature = signature.ok_or(IdTokenError::Invalid)?;
    let keys = usable_keys(key_set, header.kid.as_deref());
    if keys.is_empty() {
        return Err(IdTokenError::UnknownKey);
    }
    let proven =
        keys.into_iter().any(|key| VerifyingKey::<Sha256>::new(key).verify(signed.as_bytes(), &signature).is_ok());
    if proven { Ok(claims) } else { Err(IdTokenError::Invalid) }
}

fn is_for(claims: &Map<String, Value>, expected: &ExpectedClaims<'_>) -> bool {
    let audience = match claims.get("aud") {
        Some(Value::String(one)) => one == expected.audience,
        Some(Value::Array(several)) => several.iter().any(|one| one == expected.audience),
        _ => false,
    };
    let issuer = claims.get("iss").and_then(Value::as_str).is_some_and(|issuer| ISSUERS.contains(&issuer));
    let not_expired = seconds(claims, "exp").is_some_and(|expiry| expiry + LEEWAY > expected.now);
    let started =
        !claims.contains_key("nbf") || seconds(claims, "nbf").is_some_and(|from| from <= expected.now + LEEWAY);
    audience && issuer && not_expired && started
}

fn is_recent(claims: &Map<String, Value>, expected: &ExpectedClaims<'_>) -> bool {
    let recent = seconds(claims, "iat")
        .is_some_and(|issued| issued <= expected.now + LEEWAY && expected.now <= issued + MAX_AGE + LEEWAY);
    let nonce = expected.nonce.is_none_or(|nonce| claims.get("nonce").and_then(Value::as_str) == Some(nonce));
    recent && nonce
}

fn seconds(claims: &Map<String, Value>, name: &str) -> Option<u64> {
    const END_OF_TIME: u64 = 1 << 40;
    claims.get(name).and_then(Value::as_u64).filter(|seconds| *seconds < END_OF_TIME)
}

fn usable_keys(key_set: &str, kid: Option<&str>) -> Vec<PublicKey> {
    let set: GoogleKeySet = serde_json::from_str(key_set).unwrap_or(GoogleKeySet { keys: Vec::new() });
    let keys = set.keys.into_iter().filter_map(|key| serde_json::from_value::<RsaJwk>(key).ok());
    let wanted = keys.filter(|key| kid.is_none_or(|kid| key.kid.as_deref() == Some(kid)));
    wanted.filter_map(|key| decode(&key)).collect()
}

fn decode(key: &RsaJwk) -> Option<PublicKey> {
    let is = |value: &Option<String>, wanted: &str| value.as_deref().is_none_or(|value| value == wanted);
    (key.kty == "RSA" && is(&key.alg, "RS256") && is(&key.r#use, "sig")).then_some(())?;
    let modulus = URL_SAFE_NO_PAD.decode(&key.n).ok().filter(|bytes| MODULUS.contains(&bytes.len()))?;
    let exponent = URL_SAFE_NO_PAD.decode(&key.e).ok().filter(|bytes| bytes.len() <= 4)?;
    PublicKey::new(BoxedUint::from_be_slice_vartime(&modulus), BoxedUint::from_be_slice_vartime(&exponent)).ok()
}

#[cfg(test)]
mod tests;
