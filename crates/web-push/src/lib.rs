//! Web push: a notification becomes a request to the push service of a browser. No I/O.
//!
//! The payload is encrypted for the browser (RFC 8291), the request is signed with the server's key (RFC 8292, VAPID), and the endpoint can only be
//! one of the known push services, so that nobody makes the server call an address of their choice.

mod request;
mod subscription;
mod vapid;

pub use request::{PushMessage, PushOutcome, Urgency};
pub use subscription::{PUSH_SERVICES, PushService, PushSubscription, SubscriptionError};
pub use vapid::{PushSigner, VapidKey, VapidKeyError};

#[cfg(test)]
mod tests;
