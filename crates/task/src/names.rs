//! Names that users give: of tags and of lists. Two names are the same if their folded texts are.

use folded_text::folded;
use json_fields::ValueError;
use visible_text::{is_blank, visible};

/// The most tags of a task.
pub const MAX_TAGS: usize = 20;
/// The longest tag, in characters.
pub const MAX_TAG: usize = 40;
/// The longest name of a list, in characters.
pub const MAX_LIST_NAME: usize = 60;

/// The tags of a task, each once, spelled as it was first.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct TaskTags(Vec<String>);

impl TaskTags {
    /// Checks each tag and their number.
    pub fn parse<'a>(texts: impl IntoIterator<Item = &'a str>) -> Result<Self, ValueError> {
        let (mut names, mut keys) = (Vec::new(), Vec::new());
        for text in texts {
            let name = tag(text)?;
            let key = folded(&name);
            if !keys.contains(&key) {
                keys.push(key);
                names.push(name);
            }
        }
        if names.len() > MAX_TAGS {
            return Err(ValueError(format!("must be at most {MAX_TAGS} tags.")));
        }
        Ok(Self(names))
    }

    /// The names.
    pub fn names(&self) -> &[String] {
        &self.0
    }

    /// The names, owned.
    pub fn into_names(self) -> Vec<String> {
        self.0
    }
}

fn tag(text: &str) -> Result<String, ValueError> {
    let wrong = || ValueError(format!("must be tags of 1 to {MAX_TAG} characters without # and comma."));
    name(text, MAX_TAG).filter(|name| !name.contains(['#', ','])).ok_or_else(wrong)
}

/// The name of a list: 1 to [`MAX_LIST_NAME`] characters on one line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ListName(String);

impl ListName {
    /// Trims, drops invisible characters and checks the length.
    pub fn parse(text: &str) -> Result<Self, ValueError> {
        name(text, MAX_LIST_NAME)
            .map(Self)
            .ok_or_else(|| ValueError(format!("must be 1 to {MAX_LIST_NAME} characters long, on one line.")))
    }

    /// The name.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Whether another name is the same one.
    pub fn is(&self, other: &str) -> bool {
        folded(&self.0) == folded(other)
    }

    /// The name, owned.
    pub fn into_string(self) -> String {
        self.0
    }
}

/// A text of 1 to `most` visible characters on one line.
fn name(text: &str, most: usize) -> Option<String> {
    let name = visible(text).trim().to_owned();
    let is_plain = !name.contains(|c: char| c.is_control() || matches!(c, '\u{2028}' | '\u{2029}')) && !is_blank(&name);
    ((1..=most).contains(&name.chars().count()) && is_plain).then_some(name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_tag_is_one_however_it_is_spelled() {
        let tags = TaskTags::parse(["Home", " home ", "HOME", "errands"]).unwrap();
        assert_eq!(tags.names(), ["Home", "errands"]);
        let many: Vec<String> = (0..21).map(|n| format!("tag {n}")).collect();
        assert!(TaskTags::parse(many.iter().map(String::as_str)).is_err());
        assert!(TaskTags::parse(many.iter().take(20).chain(&many[..20]).map(String::as_str)).is_ok());
    }

    #[test]
    fn a_name_has_something_to_read_on_one_line() {
        for bad in ["", " ", "#home", "a,b", "a\nb", "\u{200d}", &"x".repeat(41), "a\u{0}"] {
            assert!(TaskTags::parse([bad]).is_err(), "{bad:?}");
        }
        assert_eq!(ListName::parse(" Shopping, #1 ").unwrap().as_str(), "Shopping, #1");
        for bad in ["", "\t", "a\nb", &"x".repeat(61)] {
            assert!(ListName::parse(bad).is_err(), "{bad:?}");
        }
    }
}
