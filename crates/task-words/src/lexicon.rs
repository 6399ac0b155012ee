//! The words of each language.

mod english;
mod german;

use user_language::Language;

use crate::meaning::Meaning;

/// What a word in plain spelling may mean.
pub(crate) fn meanings(plain: &str, language: Language) -> Vec<Meaning> {
    let bare = plain.strip_suffix('.').filter(|bare| !bare.is_empty());
    let table = match language {
        Language::English => english::WORDS,
        Language::German => german::WORDS,
    };
    let find = |word: &str| table.iter().find(|(words, _)| words.split(' ').any(|known| known == word));
    match find(plain).or_else(|| bare.and_then(find)) {
        Some((_, meanings)) => meanings.to_vec(),
        None if language == Language::German => german::compound(bare.unwrap_or(plain)),
        None => Vec::new(),
    }
}

/// Words before a weekday that make it a name.
pub(crate) fn names_day(before: &str) -> bool {
    english::BEFORE_NAMES.split(' ').any(|word| word == before)
}
