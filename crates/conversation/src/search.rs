//! What a search in conversations looks for.

use folded_text::folded;
use json_fields::ValueError;
use task::SearchWords;

/// Words that must all occur in a conversation's title or messages, whatever their case and marks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ConversationSearch(Vec<String>);

impl ConversationSearch {
    /// The words of a text as a search for tasks reads it.
    pub fn parse(text: &str) -> Result<Self, ValueError> {
        Ok(Self(SearchWords::parse(text)?.words().iter().map(|word| folded(word)).collect()))
    }

    /// Whether all of them are in this text.
    pub fn finds(&self, text: &str) -> bool {
        let text = folded(text);
        self.0.iter().all(|word| text.contains(word.as_str()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_words_must_occur_in_any_order_case_and_spelling() {
        let finds = |words: &str, text: &str| ConversationSearch::parse(words).unwrap().finds(text);
        assert!(finds("MILK apfel", "Äpfel\nund milk"));
        assert!(finds("don't", "Don’t forget"));
        assert!(finds("", "anything"));
        assert!(!finds("milk bread", "milk"));
        assert!(!finds("%", "milk"));
        assert!(ConversationSearch::parse(&"x".repeat(201)).is_err());
    }
}
