//! What an order or its object leaves as it is, in both languages.

use crate::offline::phrase::lowercase;

/// What stands before it.
const EXCEPTS: [&str; 21] = [
    " but keep ",
    " but leave ",
    " but spare ",
    " but not ",
    " but don't delete ",
    " but don't touch ",
    " and keep ",
    ", keep ",
    ", not ",
    " except for ",
    " except ",
    " apart from ",
    " but ",
    " aber behalte ",
    " aber behalt ",
    " aber lass ",
    " aber nicht ",
    ", behalte ",
    ", nicht ",
    " außer ",
    " bis auf ",
];

/// Words with what they leave as it is.
#[derive(Debug)]
pub(crate) struct ExceptSplit<'a> {
    /// What is meant.
    pub(crate) before: &'a str,
    /// What is left as it is.
    pub(crate) kept: &'a str,
    /// Whether nothing but "but" says so, which may begin another order.
    pub(crate) is_but: bool,
}

/// Reads "everything except the rent", "lösche alles, aber behalte die Miete".
pub(crate) fn split_except(text: &str) -> Option<ExceptSplit<'_>> {
    let lower = lowercase(text).replace('’', "'");
    let found = EXCEPTS.iter().filter_map(|words| Some((lower.find(words)?, *words)));
    let (at, words) = found.min_by_key(|(at, words)| (*at, std::cmp::Reverse(words.len())))?;
    let before = text.get(..at)?.trim_end_matches(',');
    Some(ExceptSplit { before, kept: text.get(at + words.len()..)?, is_but: words == " but " })
}
