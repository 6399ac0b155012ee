//! What of a text people see, and what of it can be kept.

use serde_json::Value;

/// JSON as it can be kept: the database knows no character 0.
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

/// Without what a page and the database do not take, and without what is not seen but read by models: tags, variation
/// selectors, joiners and marks that turn the direction of text.
pub(crate) fn visible(text: &str) -> impl Iterator<Item = char> {
    text.chars().filter(|c| match c {
        '\n' | '\t' => true,
        '\u{200b}'..='\u{200d}' | '\u{2060}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' => false,
        '\u{fe00}'..='\u{fe0e}' | '\u{e0000}'..='\u{e007f}' => false,
        c => !c.is_control(),
    })
}

/// The visible text without space around it.
pub(crate) fn readable(text: &str) -> String {
    visible(text).collect::<String>().trim().to_owned()
}
