//! Which characters of a text nobody sees: one table ([`invisible`]) for titles, messages, the words of models and the names
//! of OAuth clients. Models read such characters, people do not, so they could carry a text past the people. [`visible`]
//! drops them and leaves everything that is seen whole: emoji, and the scripts that need joiners or variants.

mod filter;
mod table;

pub use filter::{VisibleFilter, is_blank, visible};
pub use table::{Invisible, invisible};
