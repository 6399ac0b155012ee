//! What a user writes to the assistant.

use json_fields::ValueError;
use visible_text::visible;

/// The longest message, in characters.
pub const MAX_MESSAGE: usize = 2000;
/// The longest title of a conversation, in characters.
pub const MAX_TITLE: usize = 80;

/// A message: 1 to [`MAX_MESSAGE`] characters after trimming, without control characters but line breaks and tabs, and
/// without characters that nobody sees.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MessageText(String);

impl MessageText {
    /// Drops invisible characters, trims, makes all line breaks alike and checks.
    pub fn parse(text: &str) -> Result<Self, ValueError> {
        let text = visible(text).trim().replace("\r\n", "\n");
        if text.chars().any(|c| c.is_control() && !matches!(c, '\n' | '\t')) {
            return Err(ValueError("must not contain control characters.".to_owned()));
        }
        match text.chars().count() {
            1..=MAX_MESSAGE => Ok(Self(text)),
            _ => Err(ValueError(format!("must be 1 to {MAX_MESSAGE} characters long."))),
        }
    }

    /// The text.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The title of a conversation that begins with this message: its start, on one line, at most [`MAX_TITLE`] characters.
    pub fn to_title(&self) -> String {
        let line = self.0.split_whitespace().collect::<Vec<_>>().join(" ");
        match line.char_indices().nth(MAX_TITLE) {
            None => line,
            Some(_) => line.chars().take(MAX_TITLE - 1).chain(['…']).collect(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_message_is_trimmed_and_counted_in_characters() {
        assert_eq!(MessageText::parse(" a\r\nb\t ").unwrap().as_str(), "a\nb");
        assert!(MessageText::parse(&"ü".repeat(2000)).is_ok());
        for bad in ["", " \n ", "a\u{0}", "a\u{1b}[0m", &"ü".repeat(2001)] {
            assert!(MessageText::parse(bad).is_err(), "{bad:?}");
        }
    }

    #[test]
    fn what_nobody_sees_is_no_part_of_a_message() {
        let hidden = "Add milk\u{e0041}\u{200b}\u{202e}\u{feff} 👩\u{200d}🚀\u{e0101}";
        assert_eq!(MessageText::parse(hidden).unwrap().as_str(), "Add milk 👩\u{200d}🚀");
        assert!(MessageText::parse("\u{200b} \u{e0041}").is_err());
    }

    #[test]
    fn a_title_is_the_start_on_one_line() {
        assert_eq!(MessageText::parse("a\n  b").unwrap().to_title(), "a b");
        let long = MessageText::parse(&"ü".repeat(100)).unwrap().to_title();
        assert_eq!((long.chars().count(), long.ends_with('…')), (80, true));
        assert_eq!(MessageText::parse(&"a".repeat(80)).unwrap().to_title(), "a".repeat(80));
    }
}
