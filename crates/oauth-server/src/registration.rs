//! Dynamic registration (RFC 7591): a client's metadata, bounded and checked. The server takes what it can use and says in
//! the response what it took (§3.2.1); only a client that could not sign anybody in is rejected.

use better_auth::{RandomSource, random_id};
use origin::Origin;
use serde_json::{Map, Value, json};
use visible_text::{Invisible, invisible, is_blank, visible};

use crate::client::ClientAuthMethod;
use crate::error::OAuthError;
use crate::hash::sha256_base64url;
use crate::redirect_uri::{self, PlainHttp};
use crate::scope::{SCOPES, permitted_scopes, split_scopes};

const MAX_REDIRECTS: usize = 50;
const MAX_TEXT: usize = 255;
const MAX_URL: usize = 2048;
const MAX_CONTACTS: usize = 10;
const GRANTS: [&str; 2] = ["authorization_code", "refresh_token"];

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
    /// Reads the body of a registration and makes the client's id and, unless it is a public client, its secret. `resource`
    /// is the resource of the client's tokens.
    pub fn parse(body: Option<&Value>, resource: &str, random: RandomSource<'_>) -> Result<Self, OAuthError> {
        let Some(Value::Object(members)) = body else {
            return Err(OAuthError::invalid_metadata("the body must be a JSON object"));
        };
        let client = Self::read_metadata(members, PlainHttp::at(resource))?;
        let client_secret = (client.auth_method != ClientAuthMethod::None).then(|| random_id(random));
        Ok(Self { client_id: random_id(random), client_secret, ..client })
    }

    /// Reads the metadata of a client, which has no id yet. Members that only an administrator may set are ignored.
    pub(crate) fn read_metadata(members: &Map<String, Value>, plain: PlainHttp) -> Result<Self, OAuthError> {
        let redirect_uris = redirect_uris(members, plain)?;
        let grant_types = grant_types(members)?;
        let auth_method = auth_method(members);
        Ok(Self {
            client_id: String::new(),
            client_secret: None,
            redirect_uris,
            auth_method: auth_method.unwrap_or(ClientAuthMethod::Basic),
            chose_auth_method: auth_method.is_some(),
            application_type: if text(members, "application_type") == Some("native") { "native" } else { "web" },
            grant_types,
            scopes: scopes(members),
            texts: texts(members),
            contacts: contacts(members),
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

/// The texts of a list, if it is there and holds any.
fn list<'a>(members: &'a Map<String, Value>, name: &str) -> Option<Vec<&'a str>> {
    let items = members.get(name)?.as_array()?;
    Some(items.iter().filter_map(Value::as_str).collect::<Vec<&str>>()).filter(|texts| !texts.is_empty())
}

/// A text that is not empty.
fn text<'a>(members: &'a Map<String, Value>, name: &str) -> Option<&'a str> {
    members.get(name)?.as_str().map(str::trim).filter(|text| !text.is_empty())
}

/// The addresses that a browser may be redirected to; the others are dropped while one is left.
fn redirect_uris(members: &Map<String, Value>, plain: PlainHttp) -> Result<Vec<String>, OAuthError> {
    let reject = |why: String| OAuthError::new("invalid_redirect_uri", why);
    let Some(uris) = list(members, "redirect_uris") else {
        let text = "Redirect URIs are required for authorization_code and implicit grant types";
        return Err(reject(text.to_owned()));
    };
    let is_good = |uri: &&&str| redirect_uri::check(uri, plain).is_ok();
    let good: Vec<String> = uris.iter().filter(is_good).take(MAX_REDIRECTS).map(|uri| (*uri).to_owned()).collect();
    match redirect_uri::check(uris[0], plain) {
        Err(why) if good.is_empty() => Err(reject(format!("redirect_uris[0]: {why}"))),
        _ => Ok(good),
    }
}

/// Texts that people read: cleaned and cut. An address that is none is dropped.
fn texts(members: &Map<String, Value>) -> Vec<(&'static str, String)> {
    let read = |(name, _, is_url): (&'static str, &str, bool)| {
        let given = text(members, name)?;
        let is_address = |url: &str| url.len() <= MAX_URL && cleaned(url) == url && Origin::parse(url).is_some();
        let text = if is_url { given.to_owned() } else { cleaned(given) };
        let is_good = if is_url { is_address(&text) } else { !is_blank(&text) };
        is_good.then_some((name, text))
    };
    TEXTS.into_iter().filter_map(read).collect()
}

/// A text without control characters, line separators, marks of direction, and characters that nobody sees. Joiners and
/// variants inside an emoji or a word are seen.
fn cleaned(text: &str) -> String {
    let is_mark = |c: &char| matches!(invisible(*c), Some(Invisible::DirectionMark | Invisible::Separator));
    let plain: String = text.chars().filter(|c| !c.is_control() && !is_mark(c)).collect();
    visible(&plain).chars().take(MAX_TEXT).collect::<String>().trim().to_owned()
}

fn contacts(members: &Map<String, Value>) -> Option<Vec<String>> {
    let contacts = list(members, "contacts")?.into_iter().map(cleaned).filter(|text| !is_blank(text));
    Some(contacts.take(MAX_CONTACTS).collect::<Vec<String>>()).filter(|contacts| !contacts.is_empty())
}

/// How the client says that it authenticates. One that names a method of another kind is a public client.
fn auth_method(members: &Map<String, Value>) -> Option<ClientAuthMethod> {
    let name = text(members, "token_endpoint_auth_method")?;
    Some(ClientAuthMethod::named(name).unwrap_or(ClientAuthMethod::None))
}

/// The known ones of the grant types, among which the code flow must be.
fn grant_types(members: &Map<String, Value>) -> Result<Vec<String>, OAuthError> {
    let grants = list(members, "grant_types").unwrap_or_else(|| vec![GRANTS[0]]);
    if !grants.contains(&GRANTS[0]) {
        return Err(OAuthError::invalid_metadata("grant_types must contain authorization_code"));
    }
    if !list(members, "response_types").is_none_or(|responses| responses.contains(&"code")) {
        let text = "When 'authorization_code' grant type is used, 'code' response type must be included";
        return Err(OAuthError::invalid_metadata(text));
    }
    Ok(GRANTS.iter().filter(|known| grants.contains(known)).map(|known| (*known).to_owned()).collect())
}

/// The scopes that the response names: of those that the client names, else all. It may ask for all of them either way: what
/// it gets is the user's choice.
fn scopes(members: &Map<String, Value>) -> Vec<String> {
    let named = text(members, "scope").map(split_scopes).unwrap_or_default();
    let all = SCOPES.map(str::to_owned).to_vec();
    if named.is_empty() { all } else { permitted_scopes(named, &all) }
}

#[cfg(test)]
mod tests;
