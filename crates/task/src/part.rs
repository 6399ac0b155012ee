//! The parts of a task. A value of these types is within its limits.

use std::fmt;

/// The longest title, in characters.
pub const MAX_TITLE: usize = 200;
/// The longest description, in characters.
pub const MAX_DESCRIPTION: usize = 1000;
/// The most tasks that are named in one request.
pub const MAX_IDS: usize = 100;
/// The most tasks of one import.
pub const MAX_IMPORT: usize = 10_000;

/// Why a part was refused: a sentence without its subject ("must be 1 to 200 characters long.").
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct Invalid(pub String);

/// A title: 1 to [`MAX_TITLE`] characters after trimming, on one line, without control or invisible characters.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Title(String);

impl Title {
    /// Trims, drops invisible characters and checks the length.
    pub fn parse(text: &str) -> Result<Self, Invalid> {
        let title = visible(text)?.trim().to_owned();
        if title.contains(['\n', '\r', '\t']) {
            return Err(Invalid("must be on one line.".to_owned()));
        }
        match title.chars().count() {
            1..=MAX_TITLE => Ok(Self(title)),
            _ => Err(Invalid(format!("must be 1 to {MAX_TITLE} characters long."))),
        }
    }

    /// The text.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The text, owned.
    pub fn into_string(self) -> String {
        self.0
    }
}

/// A description: 1 to [`MAX_DESCRIPTION`] characters, line breaks allowed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Description(String);

impl Description {
    /// Drops invisible characters and checks the length. Blank text is no description: `None`.
    pub fn parse(text: &str) -> Result<Option<Self>, Invalid> {
        let description = visible(text)?;
        match description.chars().count() {
            _ if description.trim().is_empty() => Ok(None),
            1..=MAX_DESCRIPTION => Ok(Some(Self(description))),
            _ => Err(Invalid(format!("must be at most {MAX_DESCRIPTION} characters long."))),
        }
    }

    /// The text.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The text, owned.
    pub fn into_string(self) -> String {
        self.0
    }
}

/// Control characters are refused; characters that hide text or turn its direction are dropped, since a title is
/// read by people and by models alike.
fn visible(text: &str) -> Result<String, Invalid> {
    let control = |c: char| c.is_control() && !matches!(c, '\n' | '\r' | '\t');
    if text.chars().any(control) {
        return Err(Invalid("must not contain control characters.".to_owned()));
    }
    Ok(text.chars().filter(|c| !hidden(*c)).collect())
}

/// Zero-width characters (joiners stay inside emoji and several scripts, so they are kept), direction overrides and
/// tag characters.
fn hidden(c: char) -> bool {
    matches!(c, '\u{200B}' | '\u{2060}' | '\u{FEFF}' | '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}' | '\u{E0000}'..='\u{E007F}')
}

/// A positive number in decimal digits without sign or leading zero, within 64 bits.
pub fn whole_number(text: &str) -> Option<i64> {
    let plain = text.bytes().all(|b| b.is_ascii_digit()) && !text.starts_with('0');
    text.parse().ok().filter(|_| plain)
}

/// A task's number: its owner's own count from 1.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct TaskId(i64);

impl TaskId {
    /// A positive number, or `None`.
    pub fn new(number: i64) -> Option<Self> {
        (number > 0).then_some(Self(number))
    }

    /// As [`whole_number`].
    pub fn parse(text: &str) -> Option<Self> {
        whole_number(text).and_then(Self::new)
    }

    /// The number.
    pub fn get(self) -> i64 {
        self.0
    }
}

impl fmt::Display for TaskId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

/// Which tasks to list.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Status {
    /// Every task.
    #[default]
    All,
    /// Those not completed.
    Pending,
    /// Those completed.
    Completed,
}

impl Status {
    /// The words of the API, in the order in which they are listed to clients.
    pub const WORDS: [&'static str; 3] = ["all", "pending", "completed"];

    /// One of [`Status::WORDS`].
    pub fn parse(text: &str) -> Result<Self, Invalid> {
        match text {
            "all" => Ok(Self::All),
            "pending" => Ok(Self::Pending),
            "completed" => Ok(Self::Completed),
            _ => Err(Invalid(format!("must be one of {}.", Self::WORDS.join(", ")))),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_title_is_trimmed_and_counted_in_characters() {
        assert_eq!(Title::parse("  buy milk ").unwrap().as_str(), "buy milk");
        assert!(Title::parse(&"ü".repeat(200)).is_ok());
        for bad in ["", "   ", "\u{200b}", "a\nb", "a\0b", "a\u{7f}b", &"ü".repeat(201)] {
            assert!(Title::parse(bad).is_err(), "{bad:?}");
        }
    }

    #[test]
    fn text_that_hides_or_turns_is_dropped() {
        assert_eq!(Title::parse("pay\u{202e}lru\u{202c} \u{e0041}now").unwrap().as_str(), "paylru now");
        assert_eq!(Title::parse("👩\u{200d}🚀").unwrap().as_str(), "👩\u{200d}🚀");
    }

    #[test]
    fn a_blank_description_is_none() {
        assert_eq!(Description::parse(" \n ").unwrap(), None);
        assert_eq!(Description::parse("two\nlines").unwrap().unwrap().as_str(), "two\nlines");
        assert!(Description::parse(&"a".repeat(1001)).is_err());
        assert!(Description::parse("a\u{1}").is_err());
    }

    #[test]
    fn an_id_is_a_plain_positive_number() {
        assert_eq!(TaskId::parse("42").unwrap().get(), 42);
        assert_eq!(TaskId::parse("9223372036854775807").unwrap().get(), i64::MAX);
        for bad in ["", "0", "-1", "+1", "01", "1.0", "9223372036854775808", "１"] {
            assert!(TaskId::parse(bad).is_none(), "{bad}");
        }
    }
}
