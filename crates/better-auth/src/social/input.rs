//! The requests of clients that sign in with a provider or manage linked accounts, and the provider's callback.

use serde_json::{Map, Value};

use super::flow::SocialFlow;
use crate::validation::{CheckResult, InputReader, any, at_most};

/// Most characters of a redirect target.
const MAX_URL: usize = 2048;
/// Most characters of each part of Google's URL.
const MAX_PART: usize = 2048;
/// Most bytes of a client's own data.
const MAX_ADDITIONAL: usize = 4096;
/// Parameters that a client may not set.
const RESERVED: [&str; 8] = [
    "state",
    "client_id",
    "redirect_uri",
    "response_type",
    "code_challenge",
    "code_challenge_method",
    "nonce",
    "scope",
];

/// A request to start a flow: to sign in, or to link an account.
pub struct SocialStartRequest {
    /// The provider's name.
    pub provider: String,
    /// The page at the end.
    pub callback_url: Option<String>,
    /// The page for a new user.
    pub new_user_url: Option<String>,
    /// The page after an error.
    pub error_url: Option<String>,
    /// Whether the client itself navigates to the provider.
    pub disable_redirect: bool,
    /// The id token of a client that signed in at the provider already.
    pub id_token: Option<IdToken>,
    /// Scopes beside the usual ones.
    pub scopes: Vec<String>,
    /// Stored as it is.
    pub request_sign_up: Option<bool>,
    /// The account that the provider should suggest.
    pub login_hint: Option<String>,
    /// Further parameters for the provider.
    pub additional_params: Vec<(String, String)>,
    /// The client's own data, stored for it.
    pub additional_data: Map<String, Value>,
}

/// An id token with the tokens that came with it. It has no `Debug`.
pub struct IdToken {
    /// The JWT.
    pub token: String,
    /// The nonce that it must contain.
    pub nonce: Option<String>,
    /// Stored with the account.
    pub access_token: Option<String>,
    /// Stored with the account.
    pub refresh_token: Option<String>,
}

impl SocialStartRequest {
    /// Reads a body. The error is the message for the client.
    pub fn parse(body: Option<&Value>) -> Result<Self, String> {
        let mut members = InputReader::of(body, &["object"])?;
        let mut url =
            |name: &str| members.optional_text(name, at_most(MAX_URL)).map(str::to_owned).filter(|u| !u.is_empty());
        let (callback_url, new_user_url, error_url) =
            (url("callbackURL"), url("newUserCallbackURL"), url("errorCallbackURL"));
        let provider = match members.get("provider") {
            Some(Value::String(provider)) => provider.clone(),
            _ => {
                members.add_issue("provider", "Invalid input");
                String::new()
            }
        };
        let disable_redirect = members.optional_bool("disableRedirect").unwrap_or(false);
        let id_token = id_token(&mut members);
        let scopes = members.optional_texts("scopes", at_most(MAX_PART)).unwrap_or_default();
        let request_sign_up = members.optional_bool("requestSignUp");
        let login_hint = members.optional_text("loginHint", at_most(MAX_PART)).map(str::to_owned);
        let additional_params = additional_params(&mut members);
        let additional_data = additional_data(&mut members);
        if scopes.iter().map(String::len).sum::<usize>() > MAX_PART {
            members.add_issue("scopes", "Too big: these are too many scopes");
        }
        members.finish(Self {
            provider,
            callback_url,
            new_user_url,
            error_url,
            disable_redirect,
            id_token,
            scopes,
            request_sign_up,
            login_hint,
            additional_params,
            additional_data,
        })
    }
}

fn id_token(members: &mut InputReader<'_>) -> Option<IdToken> {
    let mut nested = members.optional_object("idToken")?;
    let read = IdToken {
        token: nested.text("token", any).to_owned(),
        nonce: nested.optional_text("nonce", any).map(str::to_owned),
        access_token: nested.optional_text("accessToken", storable).map(str::to_owned),
        refresh_token: nested.optional_text("refreshToken", storable).map(str::to_owned),
    };
    members.merge(nested);
    Some(read)
}

fn additional_params(members: &mut InputReader<'_>) -> Vec<(String, String)> {
    let Some(mut nested) = members.optional_record("additionalParams") else { return Vec::new() };
    let names: Vec<String> = nested.names().cloned().collect();
    let parameters: Vec<_> = names.iter().map(|name| (name.clone(), nested.text(name, any).to_owned())).collect();
    members.merge(nested);
    if names.iter().any(|name| RESERVED.contains(&name.as_str())) {
        let reserved = RESERVED.join(", ");
        let issue = format!("additionalParams cannot include reserved OAuth parameters: {reserved}");
        members.add_issue("additionalParams", &issue);
    }
    if parameters.iter().map(|(name, value)| name.len() + value.len()).sum::<usize>() > MAX_PART {
        members.add_issue("additionalParams", "Too big: these are too many parameters");
    }
    parameters
}

fn additional_data(members: &mut InputReader<'_>) -> Map<String, Value> {
    if members.optional_record("additionalData").map(|nested| members.merge(nested)).is_none() {
        return Map::new();
    }
    let data = members.get("additionalData").and_then(Value::as_object).cloned().unwrap_or_default();
    if serde_json::to_string(&data).is_ok_and(|text| text.len() > MAX_ADDITIONAL || text.contains("\\u0000")) {
        members.add_issue("additionalData", "Too big: this is too much data, or data that cannot be stored");
    }
    SocialFlow::only_additional(&data)
}

fn storable(text: &str) -> CheckResult {
    let fine = text.len() <= MAX_PART && !text.chars().any(char::is_control);
    if fine { Ok(()) } else { Err(format!("Too big: expected a token of <={MAX_PART} characters")) }
}

/// The account that a request is about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum AccountSelector {
    /// The account with this row id.
    Account(String),
    /// The account in a cookie, which this server never sets.
    Cookie,
}

impl AccountSelector {
    /// Reads a body or a query; `part` is its name in an error message.
    pub fn parse(given: Option<&Value>, part: &str) -> Result<Self, String> {
        let invalid = || format!("[{part}] Invalid input");
        let members = given.and_then(Value::as_object).ok_or_else(invalid)?;
        let is_user = |(name, value): (&String, &Value)| name != "userId" || value.is_string();
        let selected = match (members.get("accountId"), members.get("useAccountCookie")) {
            (Some(Value::String(id)), None) => Some(Self::Account(id.clone())),
            (None, Some(Value::Bool(true))) => Some(Self::Cookie),
            _ => None,
        };
        let known = members.keys().all(|name| ["accountId", "useAccountCookie", "userId"].contains(&name.as_str()));
        selected.filter(|_| known && members.iter().all(is_user)).ok_or_else(invalid)
    }
}

/// The id of the account that is to be unlinked.
pub fn parse_unlink(body: Option<&Value>) -> Result<String, String> {
    let mut members = InputReader::of(body, &["object"])?;
    let id = members.text("accountId", any).to_owned();
    members.finish(id)
}

/// The parameters with which the provider returns the browser. Each may be missing.
pub struct CallbackParams {
    /// The code to exchange for tokens.
    pub code: Option<String>,
    /// The error code, if there is no code.
    pub error: Option<String>,
    /// A sentence about the error.
    pub error_description: Option<String>,
    /// The state of the flow.
    pub state: Option<String>,
}

impl CallbackParams {
    const NAMES: [&str; 7] = ["code", "error", "device_id", "error_description", "state", "user", "iss"];

    /// Reads a query.
    pub fn parse(parameters: &Map<String, Value>) -> Result<Self, String> {
        let mut members = InputReader::of_query(parameters);
        for name in Self::NAMES {
            members.optional_text(name, any);
        }
        let text = |name: &str| members.get(name).and_then(Value::as_str).filter(|t| !t.is_empty()).map(str::to_owned);
        let (code, error, state) = (text("code"), text("error"), text("state"));
        let error_description = text("error_description");
        members.finish(Self { code, error, error_description, state })
    }

    /// The parameters of a GET made of a posted form and its query. The query wins.
    pub fn merge(body: Option<&Value>, query: &Map<String, Value>) -> Result<Vec<(&'static str, String)>, String> {
        let empty = Value::Object(Map::new());
        let body = body.unwrap_or(&empty);
        let mut members = InputReader::of(Some(body), &["object"])?;
        for name in Self::NAMES {
            members.optional_text(name, any);
        }
        members.finish(())?;
        Self::parse(query)?;
        let value = |name| query.get(name).or_else(|| body.get(name)).and_then(Value::as_str);
        Ok(Self::NAMES.into_iter().filter_map(|name| Some((name, value(name)?.to_owned()))).collect())
    }
}

#[cfg(test)]
mod tests;
