//! What is wrong with a value, and with a member that holds it.

/// Why a value was rejected: a sentence without its subject ("must be 1 to 200 characters long.").
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct ValueError(pub String);

/// What is wrong with one member. `message` is a sentence without its subject.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MemberError {
    /// The member's name.
    pub field: String,
    /// What it should have been.
    pub message: String,
}
