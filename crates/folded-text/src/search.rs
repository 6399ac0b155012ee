//! The words of a search.

use crate::fold::folded;

/// One word of a search.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SearchTerm {
    /// `#3`: the task with this number.
    Number(i64),
    /// A word that begins with a digit: found where a word begins so. `3` finds "3 eggs" and "30", not "13".
    Start(String),
    /// Any other word: found anywhere.
    Part(String),
}

/// The folded words of a search, in their order. All of them must be found.
pub fn search_terms(query: &str) -> Vec<SearchTerm> {
    folded(query).split_whitespace().map(term).collect()
}

fn term(word: &str) -> SearchTerm {
    let digits = word.strip_prefix('#').filter(|digits| digits.bytes().all(|byte| byte.is_ascii_digit()));
    match digits.and_then(|digits| digits.parse().ok()) {
        Some(number) => SearchTerm::Number(number),
        None if word.starts_with(|c: char| c.is_ascii_digit()) => SearchTerm::Start(word.to_owned()),
        None => SearchTerm::Part(word.to_owned()),
    }
}

/// Whether a task with this number and this folded text is found by all of the terms.
pub fn matches_all(terms: &[SearchTerm], id: i64, folded_text: &str) -> bool {
    terms.iter().all(|term| match term {
        SearchTerm::Number(number) => *number == id,
        SearchTerm::Part(part) => folded_text.contains(part.as_str()),
        SearchTerm::Start(start) => folded_text.match_indices(start.as_str()).any(|(at, _)| {
            let before = folded_text[..at].chars().next_back();
            !before.is_some_and(char::is_alphanumeric)
        }),
    })
}
