//! Text as it is compared: by a search ([`folded`], [`search_terms`]) and by an order of titles ([`sort_key`]). Independent
//! of any locale. `ui/src/search/foldedText.ts` has the same rules; `tests/fixtures/folding.json` tests both. Never does I/O.

mod fold;
mod order;
mod search;

pub use fold::folded;
pub use order::sort_key;
pub use search::{SearchTerm, matches_all, search_terms};

#[cfg(test)]
mod tests;
