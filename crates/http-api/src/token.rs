//! Who calls: a personal access token, which is looked up, or an EdDSA JWT of our own, verified with the keys we publish
//! (RFC 7519, RFC 8037). There are two kinds of JWT, which
//! must never be mistaken for each other: first-party tokens, which permit everything, and OAuth access tokens
//! (RFC 9068), which are for one resource and permit what their scopes say. Each kind has its own issuer and audience.

mod claims;

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use chrono::{DateTime, Duration, Utc};
use ed25519_dalek::VerifyingKey;
use jwt_compact::alg::Ed25519;
use jwt_compact::{AlgorithmExt, TimeOptions, UntrustedToken, ValidationError};
use serde::Deserialize;
use sha2::{Digest, Sha256};

use crate::user::{Rejection, User};
use claims::TokenClaims;

/// How far the clocks of two servers may differ, in seconds.
const LEEWAY: i64 = 60;
/// The longest token that is parsed, in bytes; those we issue are shorter.
const MAX_TOKEN: usize = 8 * 1024;

/// Which copy of the key set to read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum KeyFreshness {
    /// A recent copy will do.
    Cached,
    /// A key is missing from the copy: read the set again (the source limits how often).
    Fresh,
}

/// Verifies access tokens.
pub struct Verifier<'a> {
    /// Issuer and audience of first-party tokens.
    pub issuer: &'a str,
    /// The OAuth access tokens that are accepted beside them; none where only first-party tokens are.
    pub oauth: Option<OAuthResource<'a>>,
    /// Seconds since the epoch.
    pub now: u64,
    /// The issuer's keys, or why they cannot be read.
    pub keys: &'a dyn Fn(KeyFreshness) -> Result<KeySetCopy, String>,
    /// The tokens whose signature needs no second check.
    pub cache: Option<&'a TokenCache<'a>>,
    /// Looks a personal access token up; none where they are not accepted.
    pub personal: Option<&'a PersonalTokenLookup<'a>>,
}

/// Finds the user of a personal access token.
pub type PersonalTokenLookup<'a> = dyn Fn(&str) -> Result<User, Rejection> + 'a;

/// What a personal access token begins with. It is no JWT.
pub const PERSONAL_TOKEN: &str = "tdo_";

/// A copy of the issuer's key set.
#[derive(Debug, Clone)]
pub struct KeySetCopy {
    /// The key set as it was published (RFC 7517).
    pub json: String,
    /// How long the copy may be used, in seconds since the epoch.
    pub until: u64,
}

/// The hashes of tokens with a good signature: reading the keys and checking a signature is the costliest part of a short
/// request. An entry expires with the copy of the keys that verified it, so a withdrawn key is trusted no longer than in
/// that copy. Subject, times, issuer and audience are checked each time.
pub struct TokenCache<'a> {
    /// Whether this subject's token is cached at this time, in seconds since the epoch.
    pub contains: &'a dyn Fn(&str, &TokenHash, u64) -> bool,
    /// Adds a verified token of this subject until this time, in seconds since the epoch.
    pub add: &'a dyn Fn(&str, &TokenHash, u64),
}

/// The SHA-256 hash of a token with its signature.
pub type TokenHash = [u8; 32];

/// The resource that an OAuth access token must be for.
#[derive(Debug, Clone, Copy)]
pub struct OAuthResource<'a> {
    /// The authorization server, as the token names it.
    pub issuer: &'a str,
    /// This resource, as the token names it.
    pub audience: &'a str,
}

/// `typ` of an OAuth access token (RFC 9068 §2.1); an id token of the same issuer has none.
const ACCESS_TOKEN: &str = "at+jwt";

#[derive(Deserialize)]
struct PublishedKeys {
    keys: Vec<PublishedKey>,
}

#[derive(Deserialize)]
struct PublishedKey {
    kid: String,
    #[serde(default)]
    kty: String,
    #[serde(default)]
    crv: String,
    #[serde(default)]
    x: String,
}

impl Verifier<'_> {
    /// Checks algorithm, key, signature, times, issuer, audience and subject of a token.
    pub fn verify(&self, token: &str) -> Result<User, Rejection> {
        let malformed = Rejection::Invalid("malformed token");
        if token.len() > MAX_TOKEN {
            return Err(malformed);
        }
        if token.starts_with(PERSONAL_TOKEN) {
            let not_here = || Err(Rejection::Invalid("personal access tokens are not accepted here"));
            return self.personal.map_or_else(not_here, |look_up| look_up(token));
        }
        let Ok(untrusted) = UntrustedToken::new(token) else { return Err(malformed) };
        if untrusted.algorithm() != "EdDSA" {
            return Err(Rejection::Invalid("unsupported algorithm"));
        }
        let claims = self.claims(&untrusted, token)?;
        self.check_times(&claims)?;
        let claims = claims.custom;
        let scope = self.check_parties(&claims, untrusted.header().token_type.as_deref())?;
        let client = claims.azp.filter(|_| scope.is_some());
        Ok(User { id: claims.sub, scope, client, session: claims.sid, token: token.to_owned() })
    }

    /// The claims of a token with a good signature.
    fn claims(
        &self,
        untrusted: &UntrustedToken<'_>,
        token: &str,
    ) -> Result<jwt_compact::Claims<TokenClaims>, Rejection> {
        let kid = untrusted.header().key_id.as_deref().ok_or(Rejection::Invalid("token names no key"))?;
        let hash: TokenHash = Sha256::digest(token).into();
        if let Some(cache) = self.cache {
            let claims: jwt_compact::Claims<TokenClaims> = untrusted.deserialize_claims_unchecked().map_err(reason)?;
            if (cache.contains)(&claims.custom.sub, &hash, self.now) {
                return Ok(claims);
            }
        }
        let (key, until) = self.key(kid)?;
        let verified = Ed25519.validator::<TokenClaims>(&key).validate(untrusted).map_err(reason)?;
        let claims = verified.into_parts().1;
        if let Some(cache) = self.cache {
            (cache.add)(&claims.custom.sub, &hash, until);
        }
        Ok(claims)
    }

    /// The key with this id, and until when its copy may be used.
    fn key(&self, kid: &str) -> Result<(VerifyingKey, u64), Rejection> {
        for freshness in [KeyFreshness::Cached, KeyFreshness::Fresh] {
            let KeySetCopy { json, until } = (self.keys)(freshness).map_err(Rejection::KeysUnavailable)?;
            let set: PublishedKeys =
                serde_json::from_str(&json).map_err(|e| Rejection::KeysUnavailable(e.to_string()))?;
            if let Some(key) = set.keys.iter().find(|key| key.kid == kid) {
                return Ok((decode_key(key).ok_or(Rejection::Invalid("unusable key"))?, until));
            }
        }
        Err(Rejection::Invalid("unknown key"))
    }

    fn check_times(&self, claims: &jwt_compact::Claims<TokenClaims>) -> Result<(), Rejection> {
        let seconds = i64::try_from(self.now).unwrap_or(i64::MAX);
        let now = DateTime::<Utc>::from_timestamp(seconds, 0).unwrap_or(DateTime::<Utc>::MAX_UTC);
        let options = TimeOptions::new(Duration::seconds(LEEWAY), || now);
        claims.validate_expiration(&options).map_err(reason)?;
        if claims.not_before.is_some() {
            claims.validate_maturity(&options).map_err(reason)?;
        }
        match claims.issued_at {
            Some(issued) if issued > now + Duration::seconds(LEEWAY) => Err(Rejection::Invalid("token not yet valid")),
            _ => Ok(()),
        }
    }

    /// The scopes of an OAuth token (an empty text if it names none); `None` for a first-party token.
    fn check_parties(&self, claims: &TokenClaims, kind: Option<&str>) -> Result<Option<String>, Rejection> {
        let (audience, scope) = match self.oauth {
            Some(resource) if claims.iss == resource.issuer => {
                if !kind.is_some_and(|kind| kind.eq_ignore_ascii_case(ACCESS_TOKEN)) {
                    return Err(Rejection::Invalid("no access token"));
                }
                (resource.audience, Some(claims.scope.clone().unwrap_or_default()))
            }
            _ if claims.iss == self.issuer => (self.issuer, None),
            _ => return Err(Rejection::Invalid("wrong issuer")),
        };
        if !claims.aud.contains(audience) {
            return Err(Rejection::Invalid("wrong audience"));
        }
        match claims.sub.is_empty() {
            true => Err(Rejection::Invalid("token names no user")),
            false => Ok(scope),
        }
    }
}

fn decode_key(key: &PublishedKey) -> Option<VerifyingKey> {
    if key.kty != "OKP" || key.crv != "Ed25519" {
        return None;
    }
    let bytes: [u8; 32] = URL_SAFE_NO_PAD.decode(&key.x).ok()?.try_into().ok()?;
    VerifyingKey::from_bytes(&bytes).ok()
}

fn reason(error: ValidationError) -> Rejection {
    Rejection::Invalid(match error {
        ValidationError::Expired => "token expired",
        ValidationError::NotMature => "token not yet valid",
        ValidationError::NoClaim(_) => "token has no expiry",
        ValidationError::InvalidSignature
        | ValidationError::InvalidSignatureLen { .. }
        | ValidationError::MalformedSignature(_) => "bad signature",
        _ => "malformed token",
    })
}

#[cfg(test)]
mod tests;
