//! The first-party access token: a JWT that names the user of a session, valid for fifteen minutes.

use ed25519_dalek::SigningKey;
use jwt_compact::alg::Ed25519;
use jwt_compact::{AlgorithmExt, Claims, Header};
use serde::Serialize;

use crate::records::UserRecord;
use origin::Origin;

/// How long a token is valid.
pub const LIFETIME_SECONDS: u64 = 900;

/// The claims: every member of the user, and those of the token.
#[derive(Serialize)]
struct UserClaims<'a> {
    iat: u64,
    #[serde(flatten)]
    user: &'a UserRecord,
    sub: &'a str,
    exp: u64,
    iss: &'a str,
    aud: &'a str,
}

/// Signs a token for `user`, issued `now` (Unix seconds) by and for `base`, under the key with the id `kid`.
pub fn sign(user: &UserRecord, base: &Origin, now: u64, kid: &str, key: &SigningKey) -> String {
    let origin = base.to_string();
    let claims = UserClaims { iat: now, user, sub: &user.id, exp: now + LIFETIME_SECONDS, iss: &origin, aud: &origin };
    let header = Header::empty().with_key_id(kid);
    Ed25519.token(&header, &Claims::new(claims), key).expect("claims are plain data")
}

#[cfg(test)]
mod tests {
    use base64::Engine;
    use base64::engine::general_purpose::URL_SAFE_NO_PAD;
    use ed25519_dalek::{Signature, Verifier};
    use serde_json::{Value, json};

    use super::*;
    use crate::encryption::tests::{PRIVATE_JWK, secret};

    fn user() -> UserRecord {
        UserRecord {
            name: "Alice Liddell".to_owned(),
            email: "alice@example.com".to_owned(),
            email_verified: false,
            image: None,
            created_at: "2026-01-02T03:04:05.678Z".to_owned(),
            updated_at: "2026-01-02T03:04:05.678Z".to_owned(),
            id: "u1".to_owned(),
            two_factor_enabled: false,
        }
    }

    #[test]
    fn a_token_has_the_genuine_servers_header_claims_and_signature() {
        let key = crate::jwks::signing_key(PRIVATE_JWK, &secret()).unwrap();
        let base = Origin::parse("http://localhost:3000").unwrap();
        let token = sign(&user(), &base, 1_800_000_000, "k1", &key);
        let (signed, signature) = token.rsplit_once('.').unwrap();
        let (header, claims) = signed.split_once('.').unwrap();
        let text = |part: &str| String::from_utf8(URL_SAFE_NO_PAD.decode(part).unwrap()).unwrap();
        assert_eq!(text(header), r#"{"alg":"EdDSA","kid":"k1"}"#);
        let expected = json!({
            "iat": 1_800_000_000, "name": "Alice Liddell", "email": "alice@example.com", "emailVerified": false,
            "image": null, "createdAt": "2026-01-02T03:04:05.678Z", "updatedAt": "2026-01-02T03:04:05.678Z",
            "id": "u1", "sub": "u1", "exp": 1_800_000_900, "iss": "http://localhost:3000", "aud": "http://localhost:3000",
        });
        assert_eq!(serde_json::from_str::<Value>(&text(claims)).unwrap(), expected);
        let signature = Signature::from_slice(&URL_SAFE_NO_PAD.decode(signature).unwrap()).unwrap();
        key.verifying_key().verify(signed.as_bytes(), &signature).unwrap();
    }
}
