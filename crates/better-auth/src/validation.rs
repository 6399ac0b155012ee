//! Validation of bodies and queries with Better Auth's messages: `[body.name] Invalid input: expected string, …`. A
//! message names all issues, joined by `; `.

use serde_json::{Map, Value};

use crate::email::EmailAddress;

/// Reads the members of a body or the parameters of a query, and collects their issues.
pub struct InputReader<'a> {
    object: &'a Map<String, Value>,
    part: String,
    issues: Vec<String>,
}

/// The result of checking a text: what is wrong with it, if anything.
pub type CheckResult = Result<(), String>;

impl<'a> InputReader<'a> {
    /// The members of `body`; the error says that it is none of `expected` (`object`, then `record`).
    pub fn of(body: Option<&'a Value>, expected: &[&str]) -> Result<Self, String> {
        match body {
            Some(Value::Object(object)) => Ok(Self { object, part: "body".to_owned(), issues: Vec::new() }),
            other => {
                let received = type_name(other);
                let issues =
                    expected.iter().map(|kind| format!("[body] Invalid input: expected {kind}, received {received}"));
                Err(issues.collect::<Vec<_>>().join("; "))
            }
        }
    }

    /// The parameters of a query: each is a text, or an array of texts if it was repeated.
    pub fn of_query(parameters: &'a Map<String, Value>) -> Self {
        Self { object: parameters, part: "query".to_owned(), issues: Vec::new() }
    }

    /// A member as it was sent.
    pub fn get(&self, name: &str) -> Option<&'a Value> {
        self.object.get(name)
    }

    /// A required text that must pass `check`. Returns `""` after an issue.
    pub fn text(&mut self, name: &str, check: impl FnOnce(&str) -> CheckResult) -> &'a str {
        match self.object.get(name) {
            Some(Value::String(text)) => self.check(name, text, check),
            other => {
                self.add_type_issue(name, "string", other);
                ""
            }
        }
    }

    /// An optional text.
    pub fn optional_text(&mut self, name: &str, check: impl FnOnce(&str) -> CheckResult) -> Option<&'a str> {
        self.object.contains_key(name).then(|| self.text(name, check))
    }

    /// A required boolean. Returns `false` after an issue.
    pub fn boolean(&mut self, name: &str) -> bool {
        if !self.object.contains_key(name) {
            self.add_type_issue(name, "boolean", None);
        }
        self.optional_bool(name).unwrap_or(false)
    }

    /// An optional boolean.
    pub fn optional_bool(&mut self, name: &str) -> Option<bool> {
        match self.object.get(name)? {
            Value::Bool(value) => Some(*value),
            other => {
                self.add_type_issue(name, "boolean", Some(other));
                None
            }
        }
    }

    /// The names of the members.
    pub fn names(&self) -> impl Iterator<Item = &'a String> + use<'a> {
        self.object.keys()
    }

    /// An optional object; give its reader to [`Self::merge`] when it is read.
    pub fn optional_object(&mut self, name: &str) -> Option<InputReader<'a>> {
        self.nested(name, "object")
    }

    /// The same for an object with names of the client's choice.
    pub fn optional_record(&mut self, name: &str) -> Option<InputReader<'a>> {
        self.nested(name, "record")
    }

    /// Takes over the issues of a nested object.
    pub fn merge(&mut self, nested: InputReader<'_>) {
        self.issues.extend(nested.issues);
    }

    /// An optional list of texts.
    pub fn optional_texts(&mut self, name: &str, check: impl Fn(&str) -> CheckResult) -> Option<Vec<String>> {
        let given = self.object.get(name)?;
        let Some(items) = given.as_array() else {
            self.add_type_issue(name, "array", Some(given));
            return None;
        };
        let mut texts = Vec::new();
        for (index, item) in items.iter().enumerate() {
            let name = format!("{name}.{index}");
            match item {
                Value::String(text) => texts.push(self.check(&name, text, &check).to_owned()),
                other => self.add_type_issue(&name, "string", Some(other)),
            }
        }
        Some(texts)
    }

    /// Adds an issue of a member.
    pub fn add_issue(&mut self, name: &str, issue: &str) {
        self.issues.push(format!("[{}.{name}] {issue}", self.part));
    }

    /// The value, or the message with all issues.
    pub fn finish<T>(self, value: T) -> Result<T, String> {
        if self.issues.is_empty() { Ok(value) } else { Err(self.issues.join("; ")) }
    }

    fn nested(&mut self, name: &str, wanted: &str) -> Option<InputReader<'a>> {
        let given = self.object.get(name)?;
        match given {
            Value::Object(object) => {
                Some(InputReader { object, part: format!("{}.{name}", self.part), issues: Vec::new() })
            }
            other => {
                self.add_type_issue(name, wanted, Some(other));
                None
            }
        }
    }

    fn check(&mut self, name: &str, text: &'a str, check: impl FnOnce(&str) -> CheckResult) -> &'a str {
        if let Err(issue) = check(text) {
            self.add_issue(name, &issue);
        }
        text
    }

    fn add_type_issue(&mut self, name: &str, wanted: &str, value: Option<&Value>) {
        let received = type_name(value);
        self.add_issue(name, &format!("Invalid input: expected {wanted}, received {received}"));
    }
}

/// Any text.
pub fn any(_: &str) -> CheckResult {
    Ok(())
}

/// The syntax of an e-mail address.
pub fn email(text: &str) -> CheckResult {
    EmailAddress::parse(text).map(|_| ()).ok_or_else(|| INVALID_EMAIL.to_owned())
}

/// An e-mail address that a user may have already.
pub fn existing_email(text: &str) -> CheckResult {
    EmailAddress::parse_existing(text).map(|_| ()).ok_or_else(|| INVALID_EMAIL.to_owned())
}

/// The message for a text that is not an e-mail address.
pub const INVALID_EMAIL: &str = "Invalid email address";

/// A text that is not empty.
pub fn not_empty(text: &str) -> CheckResult {
    match text.is_empty() {
        true => Err("Too small: expected string to have >=1 characters".to_owned()),
        false => Ok(()),
    }
}

/// A text that is stored and displayed: bounded in UTF-16 units, without control characters.
pub fn display_text(max_units: usize) -> impl Fn(&str) -> CheckResult {
    move |text| {
        if text.chars().any(char::is_control) {
            return Err("Invalid input: control characters are not allowed".to_owned());
        }
        check_units(text, max_units)
    }
}

/// A text of at most so many UTF-16 units.
pub(crate) fn at_most(max_units: usize) -> impl Fn(&str) -> CheckResult {
    move |text| check_units(text, max_units)
}

fn check_units(text: &str, max: usize) -> CheckResult {
    match text.encode_utf16().count() > max {
        true => Err(format!("Too big: expected string to have <={max} characters")),
        false => Ok(()),
    }
}

fn type_name(value: Option<&Value>) -> &'static str {
    match value {
        None => "undefined",
        Some(Value::Null) => "null",
        Some(Value::Bool(_)) => "boolean",
        Some(Value::Number(_)) => "number",
        Some(Value::String(_)) => "string",
        Some(Value::Array(_)) => "array",
        Some(Value::Object(_)) => "object",
    }
}
