//! Parts of a JSON text that know where they stand in it.

use std::fmt;

use serde::de::{MapAccess, Visitor};
use serde::{Deserialize, Deserializer};
use serde_json::value::RawValue;

use crate::date::{Moment, SlashOrder, UnreadDate, from_number, read_date};
use crate::line_index::LineIndex;

/// A value, as the text has it.
#[derive(Debug, Clone, Copy)]
pub(super) struct JsonNode<'a>(&'a str);

impl<'a> JsonNode<'a> {
    /// A text that is one value, or the line that is wrong.
    pub(super) fn parse(text: &'a str) -> Result<Self, u64> {
        let value: &RawValue = serde_json::from_str(text).map_err(|error| error.line() as u64)?;
        Ok(Self(value.get()))
    }

    pub(super) fn is_object(self) -> bool {
        self.0.starts_with('{')
    }

    pub(super) fn is_array(self) -> bool {
        self.0.starts_with('[')
    }

    pub(super) fn is_string(self) -> bool {
        self.0.starts_with('"')
    }

    pub(super) fn is_null(self) -> bool {
        self.0 == "null"
    }

    pub(super) fn line(self, lines: &LineIndex<'_>) -> u64 {
        lines.line_of(self.0)
    }

    /// The values of an array; none of anything else.
    pub(super) fn items(self) -> Vec<JsonNode<'a>> {
        let items: Vec<&RawValue> = serde_json::from_str(self.0).unwrap_or_default();
        items.into_iter().map(|item| JsonNode(item.get())).collect()
    }

    /// The objects of an array.
    pub(super) fn objects(self) -> Vec<JsonObject<'a>> {
        self.items().into_iter().filter_map(JsonNode::object).collect()
    }

    pub(super) fn object(self) -> Option<JsonObject<'a>> {
        let members: RawMembers<'a> = self.is_object().then(|| serde_json::from_str(self.0).ok()).flatten()?;
        Some(JsonObject { node: self, members: members.0 })
    }

    /// The text of a string, a number or a boolean; `None` for anything else.
    pub(super) fn text(self) -> Option<String> {
        match self.0.as_bytes().first()? {
            b'"' => serde_json::from_str(self.0).ok(),
            b'{' | b'[' | b'n' => None,
            _ => Some(self.0.to_owned()),
        }
    }

    /// The moment of a text or a number.
    pub(super) fn moment(self) -> Result<Option<Moment>, UnreadDate> {
        match self.text() {
            None => Ok(None),
            Some(text) if self.0.starts_with('"') => read_date(&text, SlashOrder::DayFirst),
            Some(number) => number.parse::<f64>().map_or(Err(UnreadDate), |number| from_number(number as i64)),
        }
    }
}

/// The members of an object, in the order of the text.
pub(super) struct JsonObject<'a> {
    pub(super) node: JsonNode<'a>,
    pub(super) members: Vec<(String, JsonNode<'a>)>,
}

impl<'a> JsonObject<'a> {
    /// The member of this name, unless it is `null`.
    pub(super) fn get(&self, name: &str) -> Option<JsonNode<'a>> {
        let found = self.members.iter().find(|(known, _)| known == name).map(|(_, node)| *node);
        found.filter(|node| !node.is_null())
    }

    pub(super) fn has(&self, name: &str) -> bool {
        self.members.iter().any(|(known, _)| known == name)
    }

    /// A text that is not empty.
    pub(super) fn text(&self, name: &str) -> Option<String> {
        self.get(name)?.text().filter(|text| !text.is_empty())
    }

    pub(super) fn number(&self, name: &str) -> Option<f64> {
        self.get(name)?.text()?.parse().ok()
    }

    /// Whether the member is `true`.
    pub(super) fn is(&self, name: &str) -> bool {
        self.get(name).is_some_and(|node| node.0 == "true")
    }

    pub(super) fn object(&self, name: &str) -> Option<JsonObject<'a>> {
        self.get(name)?.object()
    }

    pub(super) fn items(&self, name: &str) -> Vec<JsonNode<'a>> {
        self.get(name).map(JsonNode::items).unwrap_or_default()
    }

    pub(super) fn objects(&self, name: &str) -> Vec<JsonObject<'a>> {
        self.get(name).map(JsonNode::objects).unwrap_or_default()
    }

    /// Whether the member says anything: it is no empty text, list or object, and neither `false` nor 0.
    pub(super) fn says(&self, name: &str) -> bool {
        let nothing = |node: JsonNode<'_>| match node.0 {
            "false" | "0" | "\"\"" => true,
            text => text.len() <= 32 && matches!(text.split_whitespace().collect::<String>().as_str(), "[]" | "{}"),
        };
        self.get(name).is_some_and(|node| !nothing(node))
    }
}

/// The members of an object with their texts.
struct RawMembers<'a>(Vec<(String, JsonNode<'a>)>);

impl<'de: 'a, 'a> Deserialize<'de> for RawMembers<'a> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct MemberVisitor;
        impl<'de> Visitor<'de> for MemberVisitor {
            type Value = RawMembers<'de>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an object")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
                let mut members = Vec::new();
                while let Some((name, value)) = map.next_entry::<String, &RawValue>()? {
                    members.push((name, JsonNode(value.get())));
                }
                Ok(RawMembers(members))
            }
        }
        deserializer.deserialize_map(MemberVisitor)
    }
}
