//! How long codes and tokens are valid, in seconds.

/// An authorization code, and the signed query of a login or consent page.
pub const CODE_SECONDS: u64 = 600;
/// An access token.
pub const ACCESS_SECONDS: u64 = 3600;
/// An id token.
pub(crate) const ID_TOKEN_SECONDS: u64 = 36_000;
/// A refresh token; each use starts the time again.
pub const REFRESH_SECONDS: u32 = 2_592_000;
/// A used refresh token gets the same response again for this long.
pub const REPLAY_SECONDS: u32 = 30;
/// A used refresh token gives new tokens for this long: another window of the same host has it too.
pub const GRACE_SECONDS: u32 = 1800;
