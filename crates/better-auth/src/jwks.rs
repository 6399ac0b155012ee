//! The key pairs that sign JWTs, as rows of the table `jwks`: Ed25519, with the private key encrypted.

use std::fmt;

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use ed25519_dalek::SigningKey;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use crate::encryption::{self, NONCE_BYTES};
use crate::secret::AuthSecret;

/// Bytes of a private key.
pub const SEED_BYTES: usize = 32;
/// A key is published this long before it signs, so that every verifier knows it by then. Meanwhile its predecessor signs.
pub const LEAD_SECONDS: u32 = 600;
/// The column `alg` of a new key.
pub const ALGORITHM: &str = "EdDSA";
/// The column `crv` of a new key.
pub const CURVE: &str = "Ed25519";

/// The two key columns of a new row.
pub struct NewKey {
    /// The public JWK.
    pub public_key: String,
    /// The encrypted private JWK, as a JSON string.
    pub private_key: String,
}

/// Why a stored private key cannot sign.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SigningKeyError {
    /// It was encrypted under another secret.
    OtherSecret,
    /// It is not an Ed25519 key in a format of Better Auth.
    InvalidKey,
}

impl fmt::Display for SigningKeyError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::OtherSecret => "it was encrypted under another secret (better_auth_secret)",
            Self::InvalidKey => "it holds no Ed25519 private key",
        })
    }
}

impl std::error::Error for SigningKeyError {}

/// Members in the order of the genuine server.
#[derive(Serialize, Deserialize)]
struct Ed25519Jwk {
    crv: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    d: Option<String>,
    x: String,
    kty: String,
}

/// The id of a key made at `now` (Unix seconds). All instances that make a key in the same minute derive the same id, so
/// the table keeps one of them; a deployment with another secret derives another id.
pub fn key_id(secret: &AuthSecret, now: u64) -> String {
    secret.derive_id(&format!("jwks {}", now / 60))
}

/// The key columns of a new row, from 32 random bytes and a random nonce.
pub fn generate(seed: [u8; SEED_BYTES], nonce: [u8; NONCE_BYTES], secret: &AuthSecret) -> NewKey {
    let x = URL_SAFE_NO_PAD.encode(SigningKey::from_bytes(&seed).verifying_key().as_bytes());
    let jwk = |d| Ed25519Jwk { crv: CURVE.to_owned(), d, x: x.clone(), kty: "OKP".to_owned() };
    let private = encryption::encrypt(secret, nonce, &to_json(&jwk(Some(URL_SAFE_NO_PAD.encode(seed)))));
    NewKey { public_key: to_json(&jwk(None)), private_key: to_json(&private) }
}

/// The signing key of a row. The column holds an encrypted JWK as a JSON string, or a plain JWK if encryption was
/// switched off.
pub fn signing_key(private_key: &str, secret: &AuthSecret) -> Result<SigningKey, SigningKeyError> {
    let json = match serde_json::from_str(private_key) {
        Ok(Value::String(hex)) => encryption::decrypt(secret, &hex).map_err(|_| SigningKeyError::OtherSecret)?,
        _ => private_key.to_owned(),
    };
    let jwk: Ed25519Jwk = serde_json::from_str(&json).map_err(|_| SigningKeyError::InvalidKey)?;
    let seed = URL_SAFE_NO_PAD.decode(jwk.d.unwrap_or_default()).map_err(|_| SigningKeyError::InvalidKey)?;
    let seed: [u8; SEED_BYTES] = seed.try_into().map_err(|_| SigningKeyError::InvalidKey)?;
    if jwk.crv == CURVE { Ok(SigningKey::from_bytes(&seed)) } else { Err(SigningKeyError::InvalidKey) }
}

/// A row as a member of the published key set; `None` if its public key is not a JSON object.
pub fn to_public_jwk(id: &str, alg: Option<&str>, crv: Option<&str>, public_key: &str) -> Option<Value> {
    let mut jwk = Map::new();
    jwk.insert("alg".to_owned(), alg.unwrap_or(ALGORITHM).into());
    if let Some(crv) = crv {
        jwk.insert("crv".to_owned(), crv.into());
    }
    jwk.extend(serde_json::from_str::<Map<String, Value>>(public_key).ok()?);
    jwk.insert("kid".to_owned(), id.into());
    Some(Value::Object(jwk))
}

fn to_json(value: &impl Serialize) -> String {
    serde_json::to_string(value).expect("strings are valid JSON")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::encryption::tests::{PRIVATE_JWK, SEALED, secret};

    const PUBLIC_JWK: &str = r#"{"crv":"Ed25519","x":"jKfGuaYX3R21LjAhmAfjEuZC9PFDiXKw29rENs6U09U","kty":"OKP"}"#;

    fn seed() -> [u8; SEED_BYTES] {
        signing_key(PRIVATE_JWK, &secret()).unwrap().to_bytes()
    }

    #[test]
    fn a_row_is_written_as_the_genuine_server_writes_it() {
        let nonce = *base16ct::lower::decode_vec(SEALED).unwrap().first_chunk().unwrap();
        let key = generate(seed(), nonce, &secret());
        assert_eq!(key.public_key, PUBLIC_JWK);
        assert_eq!(key.private_key, format!("\"{SEALED}\""));
        assert_eq!(key.private_key.len(), 340);
    }

    #[test]
    fn keys_of_one_minute_have_one_id() {
        let id = key_id(&secret(), 600);
        assert!(id.len() == 32 && id.bytes().all(|byte| byte.is_ascii_alphanumeric()));
        assert_eq!(id, key_id(&secret(), 659));
        assert_ne!(id, key_id(&secret(), 660));
    }

    #[test]
    fn encrypted_and_plain_rows_are_read() {
        let encrypted = signing_key(&format!("\"{SEALED}\""), &secret()).unwrap();
        assert_eq!(encrypted.to_bytes(), seed());
        assert_eq!(URL_SAFE_NO_PAD.encode(seed()), "zG4TPwrn0EhfCivbtCEW8IeLxkYlyzWFFLDMEjVZX3w");
    }

    #[test]
    fn an_unusable_key_is_rejected_with_its_reason() {
        let other = AuthSecret::parse("another-secret-0123456789abcdefghijklmnopqrstuvwxyz").unwrap();
        let error = |column: &str, secret: &AuthSecret| signing_key(column, secret).err();
        assert_eq!(error(&format!("\"{SEALED}\""), &other), Some(SigningKeyError::OtherSecret));
        for column in ["", "5", PUBLIC_JWK, r#"{"crv":"P-256","d":"AA","x":"","kty":"EC"}"#] {
            assert_eq!(error(column, &secret()), Some(SigningKeyError::InvalidKey), "{column}");
        }
    }

    #[test]
    fn a_published_key_has_the_rows_id_and_nothing_private() {
        let jwk = to_public_jwk("the-id", None, Some("Ed25519"), PUBLIC_JWK).unwrap();
        let expected = r#"{"alg":"EdDSA","crv":"Ed25519","x":"jKfGuaYX3R21LjAhmAfjEuZC9PFDiXKw29rENs6U09U","kty":"OKP","kid":"the-id"}"#;
        assert_eq!(jwk, serde_json::from_str::<Value>(expected).unwrap());
        assert!(to_public_jwk("the-id", None, None, "no JSON").is_none());
    }
}
