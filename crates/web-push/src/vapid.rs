//! The key with which the server signs its messages (RFC 8292), so that a push service knows its sender.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::fmt;

use base64::prelude::{BASE64_URL_SAFE_NO_PAD, Engine};
use jwt_compact::alg::Es256;
use jwt_compact::{AlgorithmExt, Claims, Header};
use origin::Origin;
use p256::ecdsa::SigningKey;
use serde::Serialize;

/// How long a signature is valid, in seconds. A push service takes a day at most.
const LIFETIME_SECONDS: u64 = 12 * 60 * 60;

/// A private key on the curve P-256.
#[derive(Clone)]
pub struct VapidKey(SigningKey);

/// The text is no key.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("must be a private key of P-256: 32 bytes in base64url.")]
pub struct VapidKeyError;

#[derive(Serialize)]
struct VapidClaims<'a> {
    aud: &'a str,
    exp: u64,
    sub: &'a str,
}

impl VapidKey {
    /// Reads 32 bytes in base64url, as `npx web-push generate-vapid-keys` prints them.
    pub fn parse(text: &str) -> Result<Self, VapidKeyError> {
        let bytes = BASE64_URL_SAFE_NO_PAD.decode(text.trim_end_matches('=')).map_err(|_| VapidKeyError)?;
        SigningKey::from_slice(&bytes).map(Self).map_err(|_| VapidKeyError)
    }

    /// The public key for `PushManager.subscribe` (`applicationServerKey`): 65 bytes in base64url.
    pub fn public_key(&self) -> String {
        BASE64_URL_SAFE_NO_PAD.encode(self.0.verifying_key().to_encoded_point(false))
    }
}

/// Signs the messages of one request: one signature for each push service, since it names the service and not the message.
pub struct PushSigner {
    key: VapidKey,
    contact: String,
    now: u64,
    /// The value of `Authorization` for each service so far.
    signed: RefCell<BTreeMap<String, String>>,
}

impl PushSigner {
    /// Signs at `now` (Unix seconds). `contact` is a `mailto:` or https address at which the service reaches the sender (RFC 8292 §2.1).
    pub fn new(key: VapidKey, contact: String, now: u64) -> Self {
        Self { key, contact, now, signed: RefCell::default() }
    }

    /// The value of `Authorization` for a push service.
    pub(crate) fn authorization(&self, service: &Origin) -> String {
        let service = service.to_string();
        self.signed.borrow_mut().entry(service).or_insert_with_key(|service| self.sign(service)).clone()
    }

    fn sign(&self, service: &str) -> String {
        let claims = VapidClaims { aud: service, exp: self.now + LIFETIME_SECONDS, sub: &self.contact };
        let header = Header::empty().with_token_type("JWT");
        let token = Es256.token(&header, &Claims::new(claims), &self.key.0).expect("claims are plain data");
        format!("vapid t={token}, k={}", self.key.public_key())
    }
}

/// Never the key.
impl fmt::Debug for VapidKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "VapidKey({})", self.public_key())
    }
}
