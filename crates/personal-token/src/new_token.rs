//! What a user says about a new token.

use json_fields::{FieldReader, MemberError, ValueError};
use serde_json::{Map, Value};
use visible_text::{is_blank, visible};

/// The longest name, in characters.
const MAX_NAME: usize = 60;
/// How many days a token may live.
const DAYS: [i64; 4] = [7, 30, 90, 365];
/// How many days a token lives when nothing is said.
const DEFAULT_DAYS: i64 = 90;
/// The scopes of tasks, in the order in which they are written.
const SCOPES: [&str; 2] = ["tasks:read", "tasks:write"];

/// A token that a user wants.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewPersonalToken {
    /// What the owner calls it.
    pub name: String,
    /// `tasks:read`, or both scopes with a blank between them.
    pub scopes: &'static str,
    /// After how many days it ends; `None` for never.
    pub days: Option<i64>,
}

impl NewPersonalToken {
    /// Reads the body of a request, or returns everything that is wrong with it.
    pub fn parse(body: &Map<String, Value>) -> Result<Self, Vec<MemberError>> {
        let mut fields = FieldReader::new(body, &["name", "scopes", "expires_in_days"]);
        fields.require("name");
        let name = fields.text("name", parse_name);
        let scopes = read_scopes(&mut fields, body);
        let days = match body.get("expires_in_days") {
            None => Some(Some(DEFAULT_DAYS)),
            Some(Value::Null) => Some(None),
            Some(days) => read_days(&mut fields, days).map(Some),
        };
        let all = name.zip(scopes).zip(days);
        fields.finish(all.map(|((name, scopes), days)| Self { name, scopes, days }))
    }
}

fn parse_name(text: &str) -> Result<String, ValueError> {
    let plain: String = visible(text).chars().filter(|c| !c.is_control()).collect();
    let name = plain.trim();
    match name.chars().count() {
        1..=MAX_NAME if !is_blank(name) => Ok(name.to_owned()),
        _ => Err(ValueError(format!("must be 1 to {MAX_NAME} characters long."))),
    }
}

/// Both scopes if nothing is said. Writing includes reading.
fn read_scopes(fields: &mut FieldReader, body: &Map<String, Value>) -> Option<&'static str> {
    let both = "tasks:read tasks:write";
    match body.get("scopes") {
        None => return Some(both),
        Some(Value::Array(items)) => {
            let is_scope = |item: &Value| item.as_str().is_some_and(|scope| SCOPES.contains(&scope));
            if !items.is_empty() && items.iter().all(is_scope) {
                return Some(if items.iter().any(|item| item == SCOPES[1]) { both } else { SCOPES[0] });
            }
        }
        Some(_) => {}
    }
    fields.reject("scopes", r#"must be ["tasks:read"] or ["tasks:read", "tasks:write"]."#);
    None
}

fn read_days(fields: &mut FieldReader, days: &Value) -> Option<i64> {
    let known = days.as_i64().filter(|days| DAYS.contains(days));
    if known.is_none() {
        fields.reject("expires_in_days", "must be 7, 30, 90 or 365, or null for a token that does not expire.");
    }
    known
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn parse(body: Value) -> Result<NewPersonalToken, Vec<String>> {
        let parsed = NewPersonalToken::parse(body.as_object().unwrap());
        parsed.map_err(|errors| errors.into_iter().map(|error| error.field).collect())
    }

    #[test]
    fn only_a_name_is_required() {
        let token = parse(json!({"name": " cron\tjob "})).unwrap();
        assert_eq!((token.name.as_str(), token.scopes, token.days), ("cronjob", "tasks:read tasks:write", Some(90)));
        let reader = parse(json!({"name": "n", "scopes": ["tasks:read"], "expires_in_days": null})).unwrap();
        assert_eq!((reader.scopes, reader.days), ("tasks:read", None));
        let writer = parse(json!({"name": "n", "scopes": ["tasks:write"], "expires_in_days": 7})).unwrap();
        assert_eq!((writer.scopes, writer.days), ("tasks:read tasks:write", Some(7)));
    }

    #[test]
    fn every_member_that_is_wrong_is_named() {
        for (body, fields) in [
            (json!({}), vec!["name"]),
            (json!({"name": ""}), vec!["name"]),
            (json!({"name": "\u{200b}"}), vec!["name"]),
            (json!({"name": "x".repeat(61)}), vec!["name"]),
            (json!({"name": 7, "scopes": [], "expires_in_days": 8}), vec!["name", "scopes", "expires_in_days"]),
            (json!({"name": "n", "scopes": ["tasks:admin"]}), vec!["scopes"]),
            (json!({"name": "n", "scopes": "tasks:read"}), vec!["scopes"]),
            (json!({"name": "n", "scopes": null}), vec!["scopes"]),
            (json!({"name": "n", "expires_in_days": "90"}), vec!["expires_in_days"]),
            (json!({"name": "n", "expires_in_days": 0}), vec!["expires_in_days"]),
            (json!({"name": "n", "token": "tdo_x"}), vec!["token"]),
        ] {
            assert_eq!(parse(body.clone()).unwrap_err(), fields, "{body}");
        }
        assert_eq!(parse(json!({"name": "ü".repeat(60)})).unwrap().name.chars().count(), 60);
    }
}
