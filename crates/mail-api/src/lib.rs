//! Mails by an HTTP API of Resend's shape: how they leave, by the settings, and the request that sends one. No I/O.

mod delivery;
mod message;

pub use delivery::MailDelivery;
pub use message::MailMessage;
