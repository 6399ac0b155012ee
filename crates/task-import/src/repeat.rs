//! How tasks repeat: rules of RFC 5545, and words.

mod rule;
mod words;

pub(crate) use rule::{every, read_rule, read_rule_from, read_series};
pub(crate) use words::read_words;
