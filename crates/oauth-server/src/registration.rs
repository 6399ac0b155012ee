//! Dynamic registration (RFC 7591): a client's metadata, bounded and checked. More lenient than the genuine server where
//! real clients need it: every application type may register loopback and private-scheme addresses.

use better_auth::{RandomSource, random_id};
use origin::Origin;
use serde_json::{Map, Value, json};
use visible_text::{Invisible, invisible, is_blank, visible};

use crate::client::ClientAuthMethod;
use crate::error::{OAuthError, excerpt};
use crate::hash::sha256_base64url;
use crate::redirect_uri;
use crate::scope::{SCOPES, permitted_scopes, split_scopes};

const MAX_REDIRECTS: usize = 10;
const MAX_TEXT: usize = 255;
const MAX_URL: usize = 2048;
const MAX_CONTACTS: usize = 10;
pub(crate) const GRANTS: [&str; 2] = ["authorization_code", "refresh_token"];
/// Members that only an administrator may set.
pub(crate) const FORBIDDEN: [&str; 8] = [
    "skip_consent",
    "client_id",
    "client_secret",
    "disabled",
    "user_id",
    "reference_id",
    "enable_end_session",
    "client_credentials_scopes",
];

/// A client that registers.
#[derive(Debug)]
#[expect(missing_docs, reason = "the members are those of RFC 7591")]
pub struct ClientRegistration {
    pub client_id: String,
    /// The secret in clear; the row stores its hash.
    pub client_secret: Option<String>,
    pub redirect_uris: Vec<String>,
    pub auth_method: ClientAuthMethod,
    /// Whether the client named the method itself.
    pub chose_auth_method: bool,
    pub application_type: &'static str,
    pub grant_types: Vec<String>,
    /// What the response says; the client may ask for every scope.
    scopes: Vec<String>,
    /// `client_name`, `client_uri` and the like, each checked.
    texts: Vec<(&'static str, String)>,
    contacts: Option<Vec<String>>,
}

/// Members that are stored as texts, their columns, and whether they are URLs.
const TEXTS: [(&str, &str, bool); 7] = [
    ("client_name", "name", false),
    ("client_uri", "uri", true),
    ("logo_uri", "icon", true),
    ("tos_uri", "tos", true),
    ("policy_uri", "policy", true),
    ("software_id", "softwareId", false),
    ("software_version", "softwareVersion", false),
];

impl ClientRegistration {
    /// Reads the body of a registration and makes the client's id and, unless it is a public client, its secret.
    pub fn parse(body: Option<&Value>, random: RandomSource<'_>) -> Result<Self, OAuthError> {
        let Some(Value::Object(members)) = body else {
            return Err(OAuthError::invalid_metadata("the body must be a JSON object"));
        };
        let client = Self::read_metadata(members)?;
        let client_secret = (client.auth_method != ClientAuthMethod::None).then(|| random_id(random));
        Ok(Self { client_id: random_id(random), client_secret, ..client })
    }

    /// Reads the metadata of a client, which has no id yet.
    pub(crate) fn read_metadata(members: &Map<String, Value>) -> Result<Self, OAuthError> {
        let redirect_uris = redirect_uris(members)?;
        if let Some(name) = FORBIDDEN.iter().find(|name| members.contains_key(**name)) {
            return Err(OAuthError::invalid_metadata(format!("{name} must be a never")));
        }
        let texts = texts(members)?;
        let contacts = contacts(members)?;
        let auth_method = auth_method(members)?;
        let application_type = application_type(members)?;
        if redirect_uris.is_empty() {
            let text = "Redirect URIs are required for authorization_code and implicit grant types";
            return Err(OAuthError::new("invalid_redirect_uri", text));
        }
        let grant_types = grant_types(members)?;
        let scopes = scopes(members);
        Ok(Self {
            client_id: String::new(),
            client_secret: None,
            redirect_uris,
            auth_method,
            scopes,
            chose_auth_method: members.get("token_endpoint_auth_method").is_some_and(|method| !method.is_null()),
            application_type,
            grant_types,
            texts,
            contacts,
        })
    }

    /// The columns of the row in `oauthClient`, except its id and times.
    pub fn to_row(&self) -> Value {
        let mut row = json!({
            "clientId": self.client_id,
            "clientSecret": self.client_secret.as_deref().map(sha256_base64url),
            "disabled": false,
            "scopes": SCOPES,
            "clientCredentialsScopes": [],
            "redirectUris": self.redirect_uris,
            "tokenEndpointAuthMethod": self.chose_auth_method.then(|| self.auth_method.name()),
            "applicationType": self.application_type,
            "grantTypes": self.grant_types,
            "responseTypes": ["code"],
            "dpopBoundAccessTokens": false,
            "contacts": self.contacts,
        });
        for (member, column, _) in TEXTS {
            row[column] = self.text(member).into();
        }
        row
    }

    /// The body of the response. `resource` is the resource of the client's tokens.
    pub fn to_response(&self, resource: &str, now: u64) -> Value {
        let mut response = json!({
            "client_id": self.client_id,
            "scope": self.scopes.join(" "),
            "client_id_issued_at": now,
            "redirect_uris": self.redirect_uris,
            "token_endpoint_auth_method": self.auth_method.name(),
            "grant_types": self.grant_types,
            "response_types": ["code"],
            "application_type": self.application_type,
            "disabled": false,
            "dpop_bound_access_tokens": false,
            "resources": [resource],
        });
        if let Some(secret) = &self.client_secret {
            response["client_secret"] = secret.as_str().into();
            response["client_secret_expires_at"] = 0.into();
        }
        for (member, text) in &self.texts {
            response[*member] = text.as_str().into();
        }
        if let Some(contacts) = &self.contacts {
            response["contacts"] = contacts.clone().into();
        }
        response
    }

    fn text(&self, member: &str) -> Option<&str> {
        self.texts.iter().find(|(name, _)| *name == member).map(|(_, text)| text.as_str())
    }
}

/// A list of texts, if it is there.
fn optional_list<'a>(members: &'a Map<String, Value>, name: &str) -> Result<Option<Vec<&'a str>>, OAuthError> {
    let wrong = || OAuthError::invalid_metadata(format!("{name} must be an array of strings"));
    match members.get(name) {
        None | Some(Value::Null) => Ok(None),
        Some(Value::Array(items)) => {
            items.iter().map(|item| item.as_str().ok_or_else(wrong)).collect::<Result<_, _>>().map(Some)
        }
        Some(_) => Err(wrong()),
    }
}

fn optional_text<'a>(members: &'a Map<String, Value>, name: &str) -> Result<Option<&'a str>, OAuthError> {
    match members.get(name) {
        None | Some(Value::Null) => Ok(None),
        Some(Value::String(text)) => Ok(Some(text)),
        Some(_) => Err(OAuthError::invalid_metadata(format!("{name} must be a string"))),
    }
}

fn redirect_uris(members: &Map<String, Value>) -> Result<Vec<String>, OAuthError> {
    let reject = |why: String| OAuthError::new("invalid_redirect_uri", why);
    let uris = optional_list(members, "redirect_uris").map_err(|error| reject(error.description))?.unwrap_or_default();
    if uris.len() > MAX_REDIRECTS {
        return Err(reject(format!("at most {MAX_REDIRECTS} redirect URIs can be registered")));
    }
    for (index, uri) in uris.iter().enumerate() {
        redirect_uri::check(uri).map_err(|why| reject(format!("redirect_uris[{index}]: {why}")))?;
    }
    Ok(uris.into_iter().map(str::to_owned).collect())
}

/// Texts that people read: bounded, without control characters or marks that reverse the direction of writing.
fn texts(members: &Map<String, Value>) -> Result<Vec<(&'static str, String)>, OAuthError> {
    let mut found = Vec::new();
    for (name, _, is_url) in TEXTS {
        let Some(text) = optional_text(members, name)? else { continue };
        let limit = if is_url { MAX_URL } else { MAX_TEXT };
        if text.chars().count() > limit {
            return Err(OAuthError::invalid_metadata(format!("{name} must not be longer than {limit} characters")));
        }
        if is_deceptive(text) {
            return Err(OAuthError::invalid_metadata(format!("{name} must not hold control characters")));
        }
        if is_url && Origin::parse(text).is_none() {
            return Err(OAuthError::invalid_metadata(format!("{name} must be an http or https address")));
        }
        if name == "client_name" && is_blank(text) {
            return Err(OAuthError::invalid_metadata("client_name cannot be empty"));
        }
        found.push((name, text.to_owned()));
    }
    Ok(found)
}

/// Whether a text holds control characters, line separators, marks of direction, or characters that nobody sees. Joiners
/// and variants inside an emoji or a word are seen.
fn is_deceptive(text: &str) -> bool {
    let is_mark = |c| matches!(invisible(c), Some(Invisible::DirectionMark | Invisible::Separator));
    text.chars().any(|c| c.is_control() || is_mark(c)) || visible(text) != text
}

fn contacts(members: &Map<String, Value>) -> Result<Option<Vec<String>>, OAuthError> {
    let Some(contacts) = optional_list(members, "contacts")? else { return Ok(None) };
    let fits = |text: &&str| !text.is_empty() && text.chars().count() <= MAX_TEXT && !is_deceptive(text);
    if contacts.len() > MAX_CONTACTS || !contacts.iter().all(fits) {
        return Err(OAuthError::invalid_metadata(format!("contacts must be at most {MAX_CONTACTS} short texts")));
    }
    Ok(Some(contacts.into_iter().map(str::to_owned).collect()))
}

fn auth_method(members: &Map<String, Value>) -> Result<ClientAuthMethod, OAuthError> {
    let Some(name) = optional_text(members, "token_endpoint_auth_method")? else { return Ok(ClientAuthMethod::Basic) };
    ClientAuthMethod::named(name).ok_or_else(|| {
        OAuthError::invalid_metadata(format!("unsupported token_endpoint_auth_method {}", excerpt(name)))
    })
}

fn application_type(members: &Map<String, Value>) -> Result<&'static str, OAuthError> {
    match optional_text(members, "application_type")? {
        None | Some("web") => Ok("web"),
        Some("native") => Ok("native"),
        Some(_) => Err(OAuthError::invalid_metadata("application_type must be web or native")),
    }
}

fn grant_types(members: &Map<String, Value>) -> Result<Vec<String>, OAuthError> {
    let grants = optional_list(members, "grant_types")?.unwrap_or_else(|| vec![GRANTS[0]]);
    if grants.contains(&"client_credentials") {
        return Err(OAuthError::invalid_metadata("client_credentials grant requires authenticated registration"));
    }
    if let Some(unknown) = grants.iter().find(|grant| !GRANTS.contains(grant)) {
        return Err(OAuthError::invalid_metadata(format!("unsupported grant_type {}", excerpt(unknown))));
    }
    if !grants.contains(&GRANTS[0]) {
        return Err(OAuthError::invalid_metadata("grant_types must contain authorization_code"));
    }
    let responses = optional_list(members, "response_types")?.unwrap_or_else(|| vec!["code"]);
    if !responses.contains(&"code") {
        let text = "When 'authorization_code' grant type is used, 'code' response type must be included";
        return Err(OAuthError::invalid_metadata(text));
    }
    if members.get("require_pkce") == Some(&Value::Bool(false)) {
        return Err(OAuthError::invalid_metadata("pkce is required for registered clients."));
    }
    Ok(GRANTS.iter().filter(|known| grants.contains(known)).map(|known| (*known).to_owned()).collect())
}

/// The scopes that the response names: of those that the client names, else all. It may ask for all of them either way: what
/// it gets is the user's choice.
fn scopes(members: &Map<String, Value>) -> Vec<String> {
    let named = members.get("scope").and_then(Value::as_str).map(split_scopes).unwrap_or_default();
    let all = SCOPES.map(str::to_owned).to_vec();
    if named.is_empty() { all } else { permitted_scopes(named, &all) }
}

#[cfg(test)]
mod tests;
