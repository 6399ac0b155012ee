//! Better Auth's tables and ours. Each function runs one statement, which is complete in itself.

mod accounts;
mod database;
mod keys;
mod notices;
pub(crate) mod oauth;
mod profile;
mod rate_limit;
mod rows;
mod sessions;
mod slots;
mod two_factor;
mod users;
mod verification;

pub(crate) use accounts::{LinkOutcome, NewAccount, SocialOutcome, SocialSignIn, StoredTokens, UnlinkOutcome};
pub(crate) use database::Store;
pub(crate) use keys::{NewSigningKey, PublicKeyRow, SigningKeyRow};
pub(crate) use profile::{AddressChange, ProfileChange};
pub(crate) use sessions::{LiveSession, NewSession, SessionClient};
pub(crate) use two_factor::{CodeOutcome, CodeProof, NewMarker, PendingChallenge, SecondFactor};
pub(crate) use users::{NewUser, PasswordCredential};
