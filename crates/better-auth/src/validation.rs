//! Complaints about input, in Better Auth's words: `[body.name] Invalid input: expected string, …`,
//! all of them, joined by `; `.

use serde_json::{Map, Value};

use crate::Email;

/// Collects what is wrong with the members of a body, or the parameters of a query.
pub struct Members<'a> {
    object: &'a Map<String, Value>,
    part: String,
    issues: Vec<String>,
}

/// What is wrong with a text that has the right type.
pub type Complaint = Option<String>;

impl<'a> Members<'a> {
    /// The members of `body`, or the complaint that it is none of `wanted` (`object`, then `record`).
    pub fn of(body: Option<&'a Value>, wanted: &[&str]) -> Result<Self, String> {
        match body {
            Some(Value::Object(object)) => Ok(Self { object, part: "body".to_owned(), issues: Vec::new() }),
            other => {
                let received = type_name(other);
                let issues =
                    wanted.iter().map(|wanted| format!("[body] Invalid input: expected {wanted}, received {received}"));
                Err(issues.collect::<Vec<_>>().join("; "))
            }
        }
    }

    /// The parameters of a query: each a text, or an array of them where it was repeated.
    pub fn of_query(parameters: &'a Map<String, Value>) -> Self {
        Self { object: parameters, part: "query".to_owned(), issues: Vec::new() }
    }

    /// The member as it was sent.
    pub fn get(&self, name: &str) -> Option<&'a Value> {
        self.object.get(name)
    }

    /// A text that must be there and pass `check`. After a complaint the answer is `""`.
    pub fn text(&mut self, name: &str, check: impl FnOnce(&str) -> Complaint) -> &'a str {
        match self.object.get(name) {
            Some(Value::String(text)) => self.checked(name, text, check),
            other => {
                self.mistyped(name, "string", other);
                ""
            }
        }
    }

    /// A text that may be missing.
    pub fn optional_text(&mut self, name: &str, check: impl FnOnce(&str) -> Complaint) -> Option<&'a str> {
        self.object.contains_key(name).then(|| self.text(name, check))
    }

    /// A boolean that must be there. After a complaint the answer is `false`.
    pub fn boolean(&mut self, name: &str) -> bool {
        if !self.object.contains_key(name) {
            self.mistyped(name, "boolean", None);
        }
        self.optional_bool(name).unwrap_or(false)
    }

    /// A boolean that may be missing.
    pub fn optional_bool(&mut self, name: &str) -> Option<bool> {
        match self.object.get(name)? {
            Value::Bool(value) => Some(*value),
            other => {
                self.mistyped(name, "boolean", Some(other));
                None
            }
        }
    }

    /// The names of the members.
    pub fn names(&self) -> impl Iterator<Item = &'a String> + use<'a> {
        self.object.keys()
    }

    /// An object that may be missing, to be read and then given to [`Self::absorb`].
    pub fn optional_object(&mut self, name: &str) -> Option<Members<'a>> {
        self.nested(name, "object")
    }

    /// The same for one whose names are the client's own.
    pub fn optional_record(&mut self, name: &str) -> Option<Members<'a>> {
        self.nested(name, "record")
    }

    /// Takes over what is wrong with the members of a member.
    pub fn absorb(&mut self, nested: Members<'_>) {
        self.issues.extend(nested.issues);
    }

    /// A list of texts that may be missing.
    pub fn optional_texts(&mut self, name: &str, check: impl Fn(&str) -> Complaint) -> Option<Vec<String>> {
        let given = self.object.get(name)?;
        let Some(items) = given.as_array() else {
            self.mistyped(name, "array", Some(given));
            return None;
        };
        let mut texts = Vec::new();
        for (index, item) in items.iter().enumerate() {
            let name = format!("{name}.{index}");
            match item {
                Value::String(text) => texts.push(self.checked(&name, text, &check).to_owned()),
                other => self.mistyped(&name, "string", Some(other)),
            }
        }
        Some(texts)
    }

    /// A complaint about a member.
    pub fn complain(&mut self, name: &str, complaint: &str) {
        self.issues.push(format!("[{}.{name}] {complaint}", self.part));
    }

    /// The value, if nothing was wrong.
    pub fn finish<T>(self, value: T) -> Result<T, String> {
        if self.issues.is_empty() { Ok(value) } else { Err(self.issues.join("; ")) }
    }

    fn nested(&mut self, name: &str, wanted: &str) -> Option<Members<'a>> {
        let given = self.object.get(name)?;
        match given {
            Value::Object(object) => {
                Some(Members { object, part: format!("{}.{name}", self.part), issues: Vec::new() })
            }
            other => {
                self.mistyped(name, wanted, Some(other));
                None
            }
        }
    }

    fn checked(&mut self, name: &str, text: &'a str, check: impl FnOnce(&str) -> Complaint) -> &'a str {
        if let Some(complaint) = check(text) {
            self.complain(name, &complaint);
        }
        text
    }

    fn mistyped(&mut self, name: &str, wanted: &str, value: Option<&Value>) {
        let received = type_name(value);
        self.complain(name, &format!("Invalid input: expected {wanted}, received {received}"));
    }
}

/// Any text.
pub fn any(_: &str) -> Complaint {
    None
}

/// The syntax of an e-mail address.
pub fn email(text: &str) -> Complaint {
    Email::parse(text).is_none().then(|| INVALID_EMAIL.to_owned())
}

/// What is said about a text that is no e-mail address.
pub const INVALID_EMAIL: &str = "Invalid email address";

/// A text that is not empty.
pub fn not_empty(text: &str) -> Complaint {
    text.is_empty().then(|| "Too small: expected string to have >=1 characters".to_owned())
}

/// A text that is stored and shown: bounded in UTF-16 units and without control characters.
pub fn shown(max_units: usize) -> impl Fn(&str) -> Complaint {
    move |text| {
        if text.chars().any(char::is_control) {
            return Some("Invalid input: control characters are not allowed".to_owned());
        }
        let too_long = text.encode_utf16().count() > max_units;
        too_long.then(|| format!("Too big: expected string to have <={max_units} characters"))
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
