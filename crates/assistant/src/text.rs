//! The visible part of a text, and JSON that the database can store.

use serde_json::Value;
use visible_text::VisibleFilter;

/// Removes the character 0 from all texts of a value: PostgreSQL cannot store it.
pub(crate) fn storable(value: Value) -> Value {
    match value {
        Value::String(text) => Value::String(text.replace('\0', "")),
        Value::Array(items) => items.into_iter().map(storable).collect(),
        Value::Object(members) => {
            members.into_iter().map(|(name, value)| (name.replace('\0', ""), storable(value))).collect()
        }
        value => value,
    }
}

/// The visible part of a text that comes in pieces, without white space before it. Characters that models read but people do not
/// see are left out, and so are control characters but line breaks and tabs.
#[derive(Default)]
pub(crate) struct VisibleText {
    filter: VisibleFilter,
    text: String,
}

impl VisibleText {
    /// Adds a piece and returns what became visible by it.
    pub(crate) fn push(&mut self, piece: &str) -> &str {
        let before = self.text.len();
        let piece: String = piece.chars().filter(|c| !c.is_control() || matches!(c, '\n' | '\t')).collect();
        self.filter.push(&piece, &mut self.text);
        if before == 0 {
            self.text = self.text.trim_start().to_owned();
        }
        &self.text[before..]
    }

    /// The text so far, without white space after it.
    pub(crate) fn trimmed(&self) -> &str {
        self.text.trim_end()
    }
}

#[cfg(test)]
mod tests;
