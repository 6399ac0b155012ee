//! The state between redirecting a browser to the provider and its return: a row of `verification`.

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

/// How long the row is valid.
pub const LIFETIME_SECONDS: u32 = 600;
/// How long the cookie is valid that ties the row to a browser.
pub const STATE_COOKIE_SECONDS: u32 = 300;

/// The column `identifier` of the row for a state.
pub fn state_identifier(state: &str) -> String {
    format!("auth-state:{state}")
}

/// The content of the row, with members in the order of the genuine server.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct SocialFlow {
    /// The client's own data; never one of the members below.
    #[serde(flatten)]
    pub additional: Map<String, Value>,
    /// The page at the end.
    #[serde(rename = "callbackURL")]
    pub callback_url: String,
    /// Proves to the provider that the server that started the flow exchanges the code (RFC 7636).
    #[serde(rename = "codeVerifier")]
    pub code_verifier: String,
    /// The page after an error.
    #[serde(rename = "errorURL", skip_serializing_if = "Option::is_none")]
    pub error_url: Option<String>,
    /// The page for a new user.
    #[serde(rename = "newUserURL", skip_serializing_if = "Option::is_none")]
    pub new_user_url: Option<String>,
    /// Set if the provider's account is to be linked to a signed-in user.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub link: Option<AccountLink>,
    /// Set by the server only.
    #[serde(rename = "serverContext", skip_serializing_if = "Option::is_none")]
    pub server_context: Option<ServerContext>,
    /// The time in Unix milliseconds.
    #[serde(rename = "expiresAt")]
    pub expires_at: u64,
    /// As the client sent it.
    #[serde(rename = "requestSignUp", skip_serializing_if = "Option::is_none")]
    pub request_sign_up: Option<bool>,
    /// The state, as in the identifier.
    #[serde(rename = "oauthState", skip_serializing_if = "Option::is_none")]
    pub state: Option<String>,
}

/// Data that a client can neither set nor see.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct ServerContext {
    /// The authorization request that the sign-in is part of: its parameters, whose signature is verified.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub oauth_query: Option<String>,
}

/// The user to whom an account is linked.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct AccountLink {
    /// The user's id.
    pub user_id: String,
    /// The user's e-mail address, which must equal the provider's.
    pub email: String,
    /// The encrypted token of the session that started the flow; it must still be valid at the end.
    pub encrypted_session_token: Option<String>,
}

impl SocialFlow {
    /// Reads a row.
    pub fn parse(value: &str) -> Option<Self> {
        serde_json::from_str(value).ok()
    }

    /// The page after an error, if the client named one.
    pub fn error_page(&self) -> Option<String> {
        self.error_url.clone().filter(|url| !url.is_empty())
    }

    /// The authorization request that the sign-in is part of.
    pub fn oauth_query(&self) -> Option<&str> {
        self.server_context.as_ref()?.oauth_query.as_deref()
    }

    /// The text of the row.
    pub fn to_json(&self) -> String {
        serde_json::to_string(self).expect("plain data with string keys")
    }

    /// The data without the members that only the server may set.
    pub fn only_additional(data: &Map<String, Value>) -> Map<String, Value> {
        const OWN: [&str; 10] = [
            "callbackURL",
            "codeVerifier",
            "errorURL",
            "newUserURL",
            "link",
            "expiresAt",
            "requestSignUp",
            "oauthState",
            "idTokenNonce",
            "serverContext",
        ];
        data.iter().filter(|(name, _)| !OWN.contains(&name.as_str())).map(|(n, v)| (n.clone(), v.clone())).collect()
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    const ROW: &str = r#"{"ref":"abc","callbackURL":"/after","codeVerifier":"v","errorURL":"/err","newUserURL":"/new","link":{"userId":"u","email":"e","encryptedSessionToken":"00"},"serverContext":{"oauthQuery":"a=b"},"expiresAt":1800000600000,"requestSignUp":true,"oauthState":"s"}"#;

    #[test]
    fn rows_of_the_genuine_server_are_read_and_written_alike() {
        let flow = SocialFlow::parse(ROW).unwrap();
        assert_eq!((flow.to_json().as_str(), flow.oauth_query()), (ROW, Some("a=b")));
        let other = ROW.replace("oauthQuery", "ofAnotherPlugin");
        assert_eq!(SocialFlow::parse(&other).unwrap().oauth_query(), None);
        let small = r#"{"callbackURL":"/after","codeVerifier":"v","expiresAt":1,"oauthState":"s"}"#;
        assert_eq!(SocialFlow::parse(small).unwrap().to_json(), small);
        for bad in ["", "{}", r#"{"callbackURL":5,"codeVerifier":"v","expiresAt":1}"#] {
            assert!(SocialFlow::parse(bad).is_none(), "{bad}");
        }
    }

    #[test]
    fn a_client_cannot_set_members_of_the_server() {
        let data = json!({"errorURL": "https://evil.example", "link": {}, "ref": 1, "oauthState": "x",
            "serverContext": {"oauthQuery": "client_id=evil"}});
        assert_eq!(Value::Object(SocialFlow::only_additional(data.as_object().unwrap())), json!({"ref": 1}));
    }
}
