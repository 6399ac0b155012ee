//! The request that carries a message to a push service (RFC 8030), and what its response means.

use http::{HeaderName, HeaderValue, Request, StatusCode, header};

use crate::subscription::PushSubscription;
use crate::vapid::PushSigner;

/// The longest payload, in bytes: every push service takes 4096 bytes when encrypted (RFC 8291 §4).
const MAX_PAYLOAD: usize = 3_993;
/// The longest topic, in characters (RFC 8030 §5.4).
const MAX_TOPIC: usize = 32;

/// How soon a device must be woken (RFC 8030 §5.3).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Urgency {
    /// When it is awake anyway.
    Normal,
    /// At once.
    High,
}

/// A message for one browser.
#[derive(Debug, Clone, Copy)]
pub struct PushMessage<'a> {
    /// What the page's service worker gets. What is longer than a push service takes is no message.
    pub payload: &'a [u8],
    /// How many seconds the push service keeps it for a device that is away.
    pub ttl: u32,
    /// A later message with the same topic replaces this one: letters, digits, `-` and `_`.
    pub topic: Option<&'a str>,
    /// How soon.
    pub urgency: Urgency,
}

/// What the response of a push service says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PushOutcome {
    /// It took the message.
    Sent,
    /// The browser is not subscribed any more: forget the subscription.
    Gone,
    /// It is worth another attempt, after so many seconds if the service says so.
    Retry(Option<u32>),
    /// The message or its signature is wrong, and will be the next time.
    Rejected,
}

impl PushOutcome {
    /// Reads status and `Retry-After` (in seconds; a date is ignored).
    pub fn of(status: StatusCode, retry_after: Option<&str>) -> Self {
        match status.as_u16() {
            200..=299 => Self::Sent,
            404 | 410 => Self::Gone,
            408 | 429 | 500..=599 => Self::Retry(retry_after.and_then(|text| text.trim().parse().ok())),
            _ => Self::Rejected,
        }
    }
}

impl PushMessage<'_> {
    /// The signed request for a subscription; `None` if the payload or the topic is too long.
    pub fn request(&self, subscription: &PushSubscription, signer: &PushSigner) -> Option<Request<Vec<u8>>> {
        if self.payload.len() > MAX_PAYLOAD {
            return None;
        }
        let body = web_push_native::encrypt(self.payload.to_vec(), &subscription.public, &subscription.auth).ok()?;
        let urgency = match self.urgency {
            Urgency::Normal => "normal",
            Urgency::High => "high",
        };
        let mut request = Request::post(subscription.endpoint())
            .header(HeaderName::from_static("ttl"), self.ttl)
            .header(HeaderName::from_static("urgency"), urgency)
            .header(header::CONTENT_ENCODING, "aes128gcm")
            .header(header::CONTENT_TYPE, "application/octet-stream")
            .header(header::AUTHORIZATION, signer.authorization(subscription.origin()));
        if let Some(topic) = self.topic {
            let fits =
                topic.len() <= MAX_TOPIC && topic.bytes().all(|b| b.is_ascii_alphanumeric() || b"-_".contains(&b));
            let value = HeaderValue::from_str(topic).ok().filter(|_| fits)?;
            request = request.header(HeaderName::from_static("topic"), value);
        }
        request.body(body).ok()
    }
}
