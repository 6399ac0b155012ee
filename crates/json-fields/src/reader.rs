//! The reader.

use serde_json::{Map, Value};

use crate::error::{MemberError, ValueError};

/// The members of one object, and the errors found so far.
pub struct FieldReader<'a> {
    members: &'a Map<String, Value>,
    errors: Vec<MemberError>,
}

impl<'a> FieldReader<'a> {
    /// Starts to read. A member that is not in `known` is an error.
    pub fn new(members: &'a Map<String, Value>, known: &[&str]) -> Self {
        let mut fields = Self { members, errors: Vec::new() };
        for name in members.keys().filter(|name| !known.contains(&name.as_str())) {
            let shown: String = name.chars().filter(|c| !c.is_control()).take(64).collect();
            fields.reject(&shown, format!("is not known; known here: {}.", known.join(", ")));
        }
        fields
    }

    /// Adds an error.
    pub fn reject(&mut self, field: &str, message: impl Into<String>) {
        self.errors.push(MemberError { field: field.to_owned(), message: message.into() });
    }

    /// Whether the member is given.
    pub fn has(&self, name: &str) -> bool {
        self.members.contains_key(name)
    }

    /// Whether the member is given as `null`.
    pub fn is_null(&self, name: &str) -> bool {
        self.members.get(name).is_some_and(Value::is_null)
    }

    /// A text parsed by `parse`; `None` if it is absent, `null` or wrong.
    pub fn text<T>(&mut self, name: &str, parse: impl FnOnce(&str) -> Result<T, ValueError>) -> Option<T> {
        let parsed = match self.present(name)? {
            Value::String(text) => parse(text),
            _ => Err(ValueError("must be a string.".to_owned())),
        };
        self.keep(name, parsed)
    }

    /// A boolean; `None` if it is absent, `null` or wrong.
    pub fn flag(&mut self, name: &str) -> Option<bool> {
        let parsed = self.present(name)?.as_bool().ok_or_else(|| ValueError("must be true or false.".to_owned()));
        self.keep(name, parsed)
    }

    /// A whole number within `range`, also as a string of digits; `None` if it is absent, `null` or wrong.
    pub fn number(&mut self, name: &str, range: std::ops::RangeInclusive<i64>) -> Option<i64> {
        let number = match self.present(name)? {
            Value::String(digits) => digits.parse().ok(),
            other => other.as_i64(),
        };
        let (low, high) = (range.start(), range.end());
        let parsed = number
            .filter(|number| range.contains(number))
            .ok_or_else(|| ValueError(format!("must be a whole number from {low} to {high}.")));
        self.keep(name, parsed)
    }

    /// A list of 1 to `most` items, each read by `parse`; `None` if it is absent, `null` or wrong. `items` names them.
    pub fn list<T>(
        &mut self,
        name: &str,
        items: &str,
        most: usize,
        parse: impl Fn(&Value) -> Option<T>,
    ) -> Option<Vec<T>> {
        let parsed = match self.present(name)? {
            Value::Array(values) if (1..=most).contains(&values.len()) => values.iter().map(parse).collect(),
            _ => None,
        };
        self.keep(name, parsed.ok_or_else(|| ValueError(format!("must be a list of 1 to {most} {items}."))))
    }

    /// A list of at most `most` items or of none, each read by `parse`; `None` if it is absent, `null` or wrong. `items`
    /// names them.
    pub fn items<T>(
        &mut self,
        name: &str,
        items: &str,
        most: usize,
        parse: impl Fn(&'a Value) -> Option<T>,
    ) -> Option<Vec<T>> {
        let parsed = match self.present(name)? {
            Value::Array(values) if values.len() <= most => values.iter().map(parse).collect(),
            _ => None,
        };
        self.keep(name, parsed.ok_or_else(|| ValueError(format!("must be a list of at most {most} {items}."))))
    }

    /// A value that was read in another way: an error of it is one of this member.
    pub fn parsed<T>(&mut self, name: &str, parsed: Result<T, ValueError>) -> Option<T> {
        self.keep(name, parsed)
    }

    /// Adds an error if the member is absent or `null`.
    pub fn require(&mut self, name: &str) {
        if self.present(name).is_none() {
            self.reject(name, "is required.");
        }
    }

    /// Returns the value if there was no error, else the errors in the order in which they were found.
    pub fn finish<T>(self, value: Option<T>) -> Result<T, Vec<MemberError>> {
        match value {
            Some(value) if self.errors.is_empty() => Ok(value),
            _ => Err(self.errors),
        }
    }

    fn present(&self, name: &str) -> Option<&'a Value> {
        self.members.get(name).filter(|value| !value.is_null())
    }

    fn keep<T>(&mut self, name: &str, parsed: Result<T, ValueError>) -> Option<T> {
        parsed.map_err(|ValueError(message)| self.reject(name, message)).ok()
    }
}

/// A positive number in decimal digits without sign or leading zero, within 64 bits.
pub fn whole_number(text: &str) -> Option<i64> {
    let plain = text.bytes().all(|b| b.is_ascii_digit()) && !text.starts_with('0');
    text.parse().ok().filter(|_| plain)
}

#[cfg(test)]
mod tests;
