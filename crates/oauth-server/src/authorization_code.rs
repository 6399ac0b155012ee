//! The grant behind an authorization code, as the row in `verification` stores it.

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use crate::params::OAuthParams;

/// The grant behind an authorization code.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct AuthorizationCode {
    r#type: VerificationKind,
    query: Map<String, Value>,
    /// The user who consented.
    pub user_id: String,
    /// The session they consented in.
    pub session_id: String,
    /// When they signed in (Unix milliseconds).
    pub auth_time: Option<u64>,
    /// The resources of the token.
    #[serde(default)]
    pub resource: Vec<String>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
enum VerificationKind {
    #[serde(rename = "authorization_code")]
    AuthorizationCode,
}

impl AuthorizationCode {
    /// The grant for a request that a user consented to.
    pub fn new(params: &OAuthParams, user_id: &str, session_id: &str, auth_time: u64, resource: &[String]) -> Self {
        let mut query = Map::new();
        for (name, value) in params.pairs() {
            match query.get_mut(name) {
                None => {
                    query.insert(name.clone(), value.as_str().into());
                }
                Some(Value::Array(values)) => values.push(value.as_str().into()),
                Some(first) => *first = Value::Array(vec![first.take(), value.as_str().into()]),
            }
        }
        Self {
            r#type: VerificationKind::AuthorizationCode,
            query,
            user_id: user_id.to_owned(),
            session_id: session_id.to_owned(),
            auth_time: Some(auth_time),
            resource: resource.to_vec(),
        }
    }

    /// Reads the value of a row; `None` if the row is not a code's.
    pub fn parse(value: &str) -> Option<Self> {
        serde_json::from_str(value).ok()
    }

    /// The value of the row.
    pub fn to_json(&self) -> String {
        serde_json::to_string(self).expect("strings are valid JSON")
    }

    /// A parameter of the authorization request.
    pub fn parameter(&self, name: &str) -> Option<&str> {
        self.query.get(name)?.as_str().filter(|value| !value.is_empty())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_is_stored_as_the_genuine_server_stores_it() {
        let query = OAuthParams::parse(b"client_id=c&scope=a+b&resource=r1&resource=r2");
        let code = AuthorizationCode::new(&query, "u", "s", 5, &["r1".to_owned()]);
        let json = r#"{"type":"authorization_code","query":{"client_id":"c","resource":["r1","r2"],"scope":"a b"},"userId":"u","sessionId":"s","authTime":5,"resource":["r1"]}"#;
        assert_eq!(
            serde_json::from_str::<Value>(&code.to_json()).unwrap(),
            serde_json::from_str::<Value>(json).unwrap()
        );
        assert_eq!(AuthorizationCode::parse(json), Some(code));
        assert_eq!(AuthorizationCode::parse(json).unwrap().parameter("scope"), Some("a b"));
    }

    #[test]
    fn another_row_of_the_table_is_no_code() {
        assert_eq!(AuthorizationCode::parse(r#"{"type":"other","query":{},"userId":"u","sessionId":"s"}"#), None);
        assert_eq!(AuthorizationCode::parse("user-id"), None);
    }
}
