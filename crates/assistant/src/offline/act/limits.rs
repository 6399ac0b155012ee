//! How much one command may do.

/// Single calls for one command that run at once.
pub(crate) const MAX_CALLS: usize = 8;

/// Tasks in one call of a tool that takes several.
pub(crate) const MAX_BATCH: usize = 25;

/// Tasks that one command changes one by one; the next ones follow on demand.
pub(crate) const MAX_CHANGES: usize = 50;

/// Tasks that one command adds.
pub(crate) const MAX_TITLES: usize = 100;
