//! The visible part of a text, and JSON that the database can store.

use serde_json::Value;

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

/// Leaves out control characters but line breaks and tabs, and characters that models read but people do not see: tags,
/// variation selectors, joiners and marks of direction.
pub(crate) fn visible(text: &str) -> impl Iterator<Item = char> {
    text.chars().filter(|c| match c {
        '\n' | '\t' => true,
        '\u{200b}'..='\u{200d}' | '\u{2060}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' => false,
        '\u{fe00}'..='\u{fe0e}' | '\u{e0000}'..='\u{e007f}' => false,
        c => !c.is_control(),
    })
}

/// The visible text without white space around it.
pub(crate) fn visible_trimmed(text: &str) -> String {
    visible(text).collect::<String>().trim().to_owned()
}
