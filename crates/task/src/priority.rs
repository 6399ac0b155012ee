//! How important a task is.

use json_fields::ValueError;
use serde::Serialize;

/// The priority of a task. The order is that of a list: high first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Priority {
    /// Before all others.
    High,
    /// Before low ones.
    Medium,
    /// Before those without.
    Low,
    /// Nobody said.
    #[default]
    None,
}

impl Priority {
    /// The words of the API, in the order in which they are listed to clients.
    pub const WORDS: [&'static str; 4] = ["none", "low", "medium", "high"];

    /// One of [`Priority::WORDS`], in any case.
    pub fn parse(text: &str) -> Result<Self, ValueError> {
        match text.to_ascii_lowercase().as_str() {
            "none" => Ok(Self::None),
            "low" => Ok(Self::Low),
            "medium" => Ok(Self::Medium),
            "high" => Ok(Self::High),
            _ => Err(ValueError(format!("must be one of {}.", Self::WORDS.join(", ")))),
        }
    }

    /// The word of the API.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::None => "none",
            Self::Low => "low",
            Self::Medium => "medium",
            Self::High => "high",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_word_is_a_priority_and_high_comes_first() {
        let mut all = Priority::WORDS.map(|word| Priority::parse(word).unwrap());
        assert_eq!(all.map(Priority::as_str), Priority::WORDS);
        assert_eq!(Priority::parse("High"), Ok(Priority::High));
        all.sort_unstable();
        assert_eq!(all.map(Priority::as_str), ["high", "medium", "low", "none"]);
        assert!(Priority::parse("").is_err() && Priority::parse("1").is_err());
    }
}
