//! Values that can mean one thing only, in the form that the reader takes. A model's client sends numbers as text, numbers
//! with a decimal part of zeros, booleans and words in any letters.

use serde_json::{Value, json};

use super::table::ArgumentKind;
use crate::query::SortOrder;

/// The greatest whole number below which each one has a floating-point number of its own.
const MAX_EXACT: f64 = 9_007_199_254_740_992.0;

/// The plain form of a value; a value that has none stays as it is, for the reader to reject. `None` is an empty text
/// where an empty text is no value: the argument is absent. `clears` is whether it is one.
pub(super) fn plain_value(kind: ArgumentKind, clears: bool, value: &Value) -> Option<Value> {
    if kind.is_list() {
        return plain_list(kind, value).or(clears.then_some(Value::Null));
    }
    let text = match value {
        Value::String(text) => text,
        Value::Number(_) if kind.is_number() => return Some(whole(value).map_or_else(|| value.clone(), Value::from)),
        other => return Some(other.clone()),
    };
    let trimmed = text.trim();
    let is_absent = if kind.is_free_text() { text.is_empty() && !clears } else { trimmed.is_empty() };
    let plain = match kind {
        _ if is_absent => return clears.then_some(Value::Null),
        _ if kind.is_number() => whole_text(trimmed).map(Value::from),
        ArgumentKind::Completed => trimmed.to_ascii_lowercase().parse::<bool>().ok().map(Value::from),
        ArgumentKind::Status | ArgumentKind::Priority | ArgumentKind::DueFilter | ArgumentKind::RepeatFrom => {
            Some(Value::from(trimmed.to_lowercase()))
        }
        ArgumentKind::Sort if SortOrder::parse(trimmed).is_err() => Some(Value::from(trimmed.to_lowercase())),
        ArgumentKind::Cursor
        | ArgumentKind::Query
        | ArgumentKind::Sort
        | ArgumentKind::Due
        | ArgumentKind::Repeat
        | ArgumentKind::List => Some(Value::from(trimmed)),
        _ => None,
    };
    Some(plain.unwrap_or_else(|| value.clone()))
}

/// The plain form where a list is asked: a JSON text is what it says, numbers may stand in a text with commas, and one value
/// is a list of one. `None` for an empty text.
fn plain_list(kind: ArgumentKind, value: &Value) -> Option<Value> {
    let items = match value {
        Value::Array(items) => items.clone(),
        Value::String(text) if text.trim().is_empty() => return None,
        Value::String(text) => match serde_json::from_str(text) {
            Ok(Value::Array(items)) => items,
            Ok(item @ Value::Object(_)) => vec![item],
            _ if kind == ArgumentKind::Tasks => vec![value.clone()],
            _ => text.split(',').map(Value::from).collect(),
        },
        other => vec![other.clone()],
    };
    let plain = |item: Value| match (kind, &item) {
        (ArgumentKind::Tags, Value::String(tag)) => Value::from(tag.trim().trim_start_matches('#')),
        (ArgumentKind::TaskIds | ArgumentKind::Remind, item) => {
            plain_value(ArgumentKind::TaskId, false, item).unwrap_or(Value::Null)
        }
        (_, Value::String(text)) => match serde_json::from_str(text) {
            Ok(object @ Value::Object(_)) => object,
            _ => json!({ "title": text }),
        },
        _ => item,
    };
    Some(items.into_iter().map(plain).collect())
}

impl ArgumentKind {
    fn is_number(self) -> bool {
        matches!(self, Self::TaskId | Self::TaskKey | Self::Parent | Self::Change | Self::Limit)
    }

    fn is_list(self) -> bool {
        matches!(self, Self::Tasks | Self::TaskIds | Self::Remind | Self::Tags)
    }

    fn is_free_text(self) -> bool {
        matches!(self, Self::Title | Self::Description)
    }
}

/// The whole number that a JSON number is, if it is one.
fn whole(number: &Value) -> Option<i64> {
    number.as_i64().or_else(|| number.as_f64().and_then(exact))
}

/// The whole number in a text: `3`, `#3`, `3.0` or `3e0`.
fn whole_text(text: &str) -> Option<i64> {
    let text = text.strip_prefix('#').unwrap_or(text).trim();
    let whole = match text.split_once('.') {
        Some((whole, zeros)) if !zeros.is_empty() && zeros.bytes().all(|b| b == b'0') => whole,
        _ => text,
    };
    let is_decimal = text.bytes().all(|b| b.is_ascii_digit() || matches!(b, b'.' | b'e' | b'E' | b'+' | b'-'));
    whole.parse().ok().or_else(|| is_decimal.then(|| text.parse().ok().and_then(exact)).flatten())
}

#[expect(clippy::cast_possible_truncation, reason = "a whole number within the exact range")]
fn exact(number: f64) -> Option<i64> {
    (number.fract() == 0.0 && number.abs() <= MAX_EXACT).then_some(number as i64)
}

#[cfg(test)]
mod tests;
