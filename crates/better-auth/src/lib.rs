//! Users, sessions and credentials in the formats of Better Auth 1.7: identifiers, signed cookies, password hashes,
//! encrypted signing keys, JWTs, validation messages, and the rules against cross-site requests. The database and the
//! cookies of a Better Auth server work unchanged, and this server's work there. Plain functions: the clock and every
//! random byte are arguments; no I/O, no HTTP status codes.

pub mod address;
pub mod cookie;
pub mod credentials;
pub mod csrf;
mod email;
pub mod email_token;
pub mod encryption;
mod id;
pub mod jwks;
pub mod jwt;
pub mod password;
mod records;
mod secret;
pub mod social;
pub mod target;
pub mod two_factor;
pub mod validation;

pub use email::EmailAddress;
pub use id::{ALPHANUMERIC, LOWER_ALPHANUMERIC, RandomSource, random_id, random_text};
pub use records::{
    FRESH_SECONDS, REFRESH_AFTER_SECONDS, SESSION_SECONDS, SHORT_SESSION_SECONDS, SessionRecord, UserRecord,
};
pub use secret::{AuthSecret, SecretError};
