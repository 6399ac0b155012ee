//! The protocol's versions and the two eras that they fall into.

/// Versions in which each request names its version and capabilities.
pub const MODERN_VERSIONS: [&str; 1] = ["2026-07-28"];
/// Versions that begin with `initialize`, newest first.
pub const LEGACY_VERSIONS: [&str; 4] = ["2025-11-25", "2025-06-18", "2025-03-26", "2024-11-05"];

/// The era whose rules a request follows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Era {
    /// One of [`MODERN_VERSIONS`].
    Modern,
    /// One of [`LEGACY_VERSIONS`].
    Legacy,
}
