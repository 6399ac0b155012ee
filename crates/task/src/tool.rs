//! The one table of tools.
