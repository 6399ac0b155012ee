//! How much one command may do.

/// Calls for one command.
pub(crate) const MAX_CALLS: usize = 8;

/// Tasks that one command may change.
pub(crate) const MAX_CHANGES: usize = 50;
