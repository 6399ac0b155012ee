//! What a browser gives when it subscribes.

use base64::prelude::{BASE64_URL_SAFE, BASE64_URL_SAFE_NO_PAD, Engine};
use origin::Origin;
use web_push_native::Auth;
use web_push_native::p256::PublicKey;

/// The hosts of the push services of Chrome, Firefox, Edge and Safari. `*.` is one name in front.
pub const PUSH_SERVICES: [&str; 4] =
    ["fcm.googleapis.com", "*.push.services.mozilla.com", "*.notify.windows.com", "*.push.apple.com"];
/// The longest endpoint, in bytes. Those of today have up to 500.
const MAX_ENDPOINT: usize = 2_000;

/// Which push services may be called.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct PushService {
    /// One more origin, such as that of a stand-in in a test.
    pub further: Option<Origin>,
}

impl PushService {
    fn allows(&self, origin: &Origin) -> bool {
        if self.further.as_ref() == Some(origin) {
            return true;
        }
        let text = origin.to_string();
        let Some(host) = text.strip_prefix("https://") else { return false };
        PUSH_SERVICES.iter().any(|service| match service.strip_prefix('*') {
            Some(suffix) => host.strip_suffix(suffix).is_some_and(|name| !name.is_empty()),
            None => host == *service,
        })
    }
}

/// A subscription of one browser: where its push service takes messages, and the keys that encrypt them.
#[derive(Debug, Clone)]
pub struct PushSubscription {
    endpoint: String,
    origin: Origin,
    pub(crate) public: PublicKey,
    pub(crate) auth: Auth,
}

/// Why a subscription is none.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum SubscriptionError {
    /// The endpoint is no address of a known push service.
    #[error("endpoint must be an https address of a browser's push service.")]
    Endpoint,
    /// The key is no point of the curve P-256.
    #[error("p256dh must be the browser's public key, 65 bytes in base64url.")]
    Key,
    /// The secret has another length.
    #[error("auth must be 16 bytes in base64url.")]
    Auth,
}

impl PushSubscription {
    /// Reads the members of `PushSubscription.toJSON()`: `endpoint`, `keys.p256dh`, `keys.auth` (W3C Push API).
    pub fn parse(endpoint: &str, p256dh: &str, auth: &str, services: &PushService) -> Result<Self, SubscriptionError> {
        let origin = Origin::parse(endpoint)
            .filter(|origin| endpoint.len() <= MAX_ENDPOINT && services.allows(origin))
            .ok_or(SubscriptionError::Endpoint)?;
        endpoint.parse::<http::Uri>().map_err(|_| SubscriptionError::Endpoint)?;
        let key = decode(p256dh).filter(|key| key.len() == 65).ok_or(SubscriptionError::Key)?;
        let public = PublicKey::from_sec1_bytes(&key).map_err(|_| SubscriptionError::Key)?;
        let auth = decode(auth).filter(|auth| auth.len() == 16).ok_or(SubscriptionError::Auth)?;
        Ok(Self { endpoint: endpoint.to_owned(), origin, public, auth: Auth::clone_from_slice(&auth) })
    }

    /// Where messages go.
    pub fn endpoint(&self) -> &str {
        &self.endpoint
    }

    /// The push service: the audience of the signature.
    pub(crate) fn origin(&self) -> &Origin {
        &self.origin
    }
}

/// Browsers leave the padding out, some libraries keep it.
fn decode(text: &str) -> Option<Vec<u8>> {
    BASE64_URL_SAFE_NO_PAD.decode(text).or_else(|_| BASE64_URL_SAFE.decode(text)).ok()
}
