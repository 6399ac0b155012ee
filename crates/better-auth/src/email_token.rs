//! The tokens in mails that verify or change an e-mail address: JWTs under the application's secret.

use jwt_compact::alg::{Hs256, Hs256Key};
use jwt_compact::{AlgorithmExt, Claims, Header, UntrustedToken};
use serde::{Deserialize, Serialize};

use crate::email::EmailAddress;
use crate::secret::AuthSecret;

/// How long a token is valid.
pub const LIFETIME_SECONDS: u64 = 3600;

/// A change of address, confirmed by the owner of the old address.
pub const CHANGE_CONFIRMED: &str = "change-email-confirmation";
/// A change of address, to be verified by the owner of the new address.
pub const CHANGE_VERIFIED: &str = "change-email-verification";

/// The claims of a token.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct EmailToken {
    /// The user's address.
    pub email: String,
    /// The new address, for a change.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub update_to: Option<String>,
    /// [`CHANGE_CONFIRMED`] or [`CHANGE_VERIFIED`].
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub request_type: Option<String>,
    /// The user's id.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub user_id: Option<String>,
    /// Ours, for a proof: the id of the account that holds the password of the sign-up, empty where there is none. Other
    /// servers ignore it.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub account: Option<String>,
    /// Ours, for a change: the id of the pending change, so that it can be made void.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub change: Option<String>,
}

/// Why a token is rejected.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum EmailTokenError {
    /// It was valid once.
    Expired,
    /// It is not a token of this server.
    Invalid,
}

#[derive(Serialize)]
struct SignedClaims<'a> {
    #[serde(flatten)]
    token: &'a EmailToken,
    iat: u64,
    exp: u64,
}

/// Signs a token, issued `now` (Unix seconds).
pub fn sign(token: &EmailToken, now: u64, secret: &AuthSecret) -> String {
    let claims = Claims::new(SignedClaims { token, iat: now, exp: now + LIFETIME_SECONDS });
    Hs256.token(&Header::empty(), &claims, &Hs256Key::new(secret.current().1)).expect("claims are plain data")
}

/// Reads a token and checks its signature, by the current secret or an older one, its time and the address in it.
pub fn read(text: &str, now: u64, secret: &AuthSecret) -> Result<EmailToken, EmailTokenError> {
    let untrusted = UntrustedToken::new(text).map_err(|_| EmailTokenError::Invalid)?;
    let verify = |key: &[u8]| Hs256.validator::<EmailToken>(&Hs256Key::new(key)).validate(&untrusted).ok();
    let signed = secret.candidates(None).find_map(verify).ok_or(EmailTokenError::Invalid)?;
    let claims = signed.claims();
    let expires = claims.expiration.ok_or(EmailTokenError::Invalid)?.timestamp();
    if u64::try_from(expires).unwrap_or(0) <= now {
        return Err(EmailTokenError::Expired);
    }
    let valid = EmailAddress::parse_existing(&claims.custom.email).is_some();
    if valid { Ok(claims.custom.clone()) } else { Err(EmailTokenError::Invalid) }
}

#[cfg(test)]
mod tests {
    use base64::Engine;
    use base64::engine::general_purpose::URL_SAFE_NO_PAD;

    use super::*;
    use crate::encryption::tests::secret;

    const NOW: u64 = 1_800_000_000;

    fn token() -> EmailToken {
        EmailToken {
            email: "a@example.com".to_owned(),
            update_to: Some("b@example.com".to_owned()),
            request_type: Some(CHANGE_VERIFIED.to_owned()),
            user_id: Some("u1".to_owned()),
            account: None,
            change: None,
        }
    }

    #[test]
    fn a_token_is_read_back_until_it_expires() {
        let text = sign(&token(), NOW, &secret());
        assert_eq!(read(&text, NOW + LIFETIME_SECONDS - 1, &secret()), Ok(token()));
        assert_eq!(read(&text, NOW + LIFETIME_SECONDS, &secret()), Err(EmailTokenError::Expired));
    }

    #[test]
    fn a_link_sent_before_a_rotation_works_after_it() {
        let (new, old) = ("n".repeat(32), "o".repeat(32));
        let text = sign(&token(), NOW, &AuthSecret::parse(old.clone()).unwrap());
        let rotated = AuthSecret::parse_list(&format!("2:{new},1:{old}"), "").unwrap();
        assert_eq!(read(&text, NOW, &rotated), Ok(token()));
        let text = sign(&token(), NOW, &rotated);
        assert_eq!(read(&text, NOW, &AuthSecret::parse(new).unwrap()), Ok(token()));
        assert_eq!(read(&text, NOW, &AuthSecret::parse(old).unwrap()), Err(EmailTokenError::Invalid));
    }

    #[test]
    fn a_token_has_the_genuine_servers_header_and_claims() {
        let text = sign(&EmailToken { update_to: None, request_type: None, ..token() }, NOW, &secret());
        let part = |n| String::from_utf8(URL_SAFE_NO_PAD.decode(text.split('.').nth(n).unwrap()).unwrap()).unwrap();
        assert_eq!(part(0), r#"{"alg":"HS256"}"#);
        assert_eq!(part(1), r#"{"email":"a@example.com","userId":"u1","iat":1800000000,"exp":1800003600}"#);
    }

    #[test]
    fn a_changed_foreign_or_unsigned_token_is_rejected() {
        let text = sign(&token(), NOW, &secret());
        let other = AuthSecret::parse("another-secret-0123456789abcdefghijklmnopqrstuvwxyz").unwrap();
        assert_eq!(read(&text, NOW, &other), Err(EmailTokenError::Invalid));
        let (signed, signature) = text.rsplit_once('.').unwrap();
        let none = format!("{}.{}.", URL_SAFE_NO_PAD.encode(r#"{"alg":"none"}"#), signed.split('.').nth(1).unwrap());
        let claims = URL_SAFE_NO_PAD.encode(r#"{"email":"c@example.com","exp":1900000000}"#);
        let swapped = format!("{}.{claims}.{signature}", signed.split('.').next().unwrap());
        for text in [none.as_str(), swapped.as_str(), signed, "", "a.b.c", "abc"] {
            assert_eq!(read(text, NOW, &secret()), Err(EmailTokenError::Invalid), "{text}");
        }
    }
}
