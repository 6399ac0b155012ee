//! A registered client, as its row in `oauthClient` stores it, and how it authenticates.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use serde::Deserialize;
use serde_json::{Map, Value};
use subtle::ConstantTimeEq;

use crate::error::OAuthError;
use crate::hash::sha256_base64url;
use crate::params::OAuthParams;
use crate::redirect_uri::{self, PlainHttp};
use crate::scope::SCOPES;

/// A row of `oauthClient`; null stands for the default.
#[derive(Debug, Clone, Deserialize)]
#[serde(rename_all = "camelCase")]
#[expect(missing_docs, reason = "the members are the columns")]
pub struct RegisteredClient {
    pub client_id: String,
    pub client_secret: Option<String>,
    pub disabled: Option<bool>,
    pub scopes: Option<Vec<String>>,
    pub name: Option<String>,
    pub uri: Option<String>,
    pub icon: Option<String>,
    pub contacts: Option<Vec<String>>,
    pub tos: Option<String>,
    pub policy: Option<String>,
    pub redirect_uris: Vec<String>,
    pub token_endpoint_auth_method: Option<String>,
    pub grant_types: Option<Vec<String>>,
}

/// How a client authenticates at the token endpoint.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ClientAuthMethod {
    /// The client has no secret.
    None,
    /// The secret is in the form.
    Post,
    /// The secret is in the header `Authorization`.
    Basic,
}

impl ClientAuthMethod {
    /// The registered name.
    pub fn name(self) -> &'static str {
        match self {
            Self::None => "none",
            Self::Post => "client_secret_post",
            Self::Basic => "client_secret_basic",
        }
    }

    /// The method of a registered name.
    pub fn named(name: &str) -> Option<Self> {
        [Self::None, Self::Post, Self::Basic].into_iter().find(|method| method.name() == name)
    }
}

/// The id and secret that a client sent.
#[derive(Clone)]
pub struct ClientCredentials {
    /// The client's id.
    pub client_id: String,
    /// The secret, if one was sent; never empty.
    pub secret: Option<String>,
}

impl ClientCredentials {
    /// Reads the `Authorization` header or the form; `None` if neither names a client.
    pub fn read(authorization: Option<&str>, form: &OAuthParams) -> Result<Option<Self>, OAuthError> {
        if form.get("client_assertion").is_some() {
            return Err(OAuthError::invalid_client("client assertions are not supported"));
        }
        let posted = form.get("client_id");
        let posted_secret = form.get("client_secret").map(str::to_owned);
        let Some(header) = authorization else {
            return Ok(posted.map(|id| Self { client_id: id.to_owned(), secret: posted_secret }));
        };
        let (client_id, secret) =
            parse_basic(header).ok_or_else(|| OAuthError::invalid_client("invalid authorization header"))?;
        let secret = Some(secret).filter(|secret| !secret.is_empty());
        let is_other_secret = posted_secret.is_some() && secret.is_some() && posted_secret != secret;
        if posted.is_some_and(|id| id != client_id) || is_other_secret {
            return Err(OAuthError::invalid_request("the header and the form name two clients"));
        }
        Ok(Some(Self { client_id, secret: secret.or(posted_secret) }))
    }
}

/// `Basic base64(id:secret)`, each urlencoded (RFC 6749 §2.3.1).
fn parse_basic(header: &str) -> Option<(String, String)> {
    let (scheme, encoded) = header.split_once(' ')?;
    let text = String::from_utf8(STANDARD.decode(encoded.trim()).ok()?).ok()?;
    let (id, secret) = text.split_once(':')?;
    let decode = |text: &str| OAuthParams::parse(format!("v={text}").as_bytes()).all("v").next().map(str::to_owned);
    scheme.eq_ignore_ascii_case("basic").then_some(())?;
    Some((decode(id)?, decode(secret)?))
}

impl RegisteredClient {
    /// The scopes that the client may request.
    pub fn allowed_scopes(&self) -> Vec<String> {
        self.scopes.clone().unwrap_or_else(|| SCOPES.map(str::to_owned).to_vec())
    }

    /// Whether the client may use this grant type.
    pub fn allows_grant(&self, grant: &str) -> bool {
        match &self.grant_types {
            Some(grants) => grants.iter().any(|known| known == grant),
            None => grant == "authorization_code",
        }
    }

    /// Whether a browser may be redirected to this address with a code.
    pub(crate) fn allows_redirect(&self, uri: &str, plain: PlainHttp) -> bool {
        redirect_uri::is_registered(&self.redirect_uris, uri, plain)
    }

    /// Whether the operator disabled the client.
    pub fn is_disabled(&self) -> bool {
        self.disabled == Some(true)
    }

    /// Checks the credentials. A right secret is good wherever it was sent. A client that registered without a method
    /// has a secret and need not know it: PKCE proves that the code is its own.
    pub fn authenticate(&self, sent: &ClientCredentials) -> Result<(), OAuthError> {
        if self.is_disabled() {
            return Err(OAuthError::invalid_client("client is disabled"));
        }
        let needs_secret = self.client_secret.is_some() && self.token_endpoint_auth_method.is_some();
        match (&self.client_secret, &sent.secret) {
            (_, None) if !needs_secret => Ok(()),
            (Some(stored), Some(secret))
                if bool::from(stored.as_bytes().ct_eq(sha256_base64url(secret).as_bytes())) =>
            {
                Ok(())
            }
            _ => Err(OAuthError::invalid_client("invalid client_secret")),
        }
    }

    /// What any signed-in user may read about the client; the consent page shows it.
    pub fn to_public(&self) -> Value {
        let mut members = Map::new();
        members.insert("client_id".to_owned(), self.client_id.clone().into());
        let texts = [
            ("client_name", &self.name),
            ("client_uri", &self.uri),
            ("logo_uri", &self.icon),
            ("tos_uri", &self.tos),
            ("policy_uri", &self.policy),
        ];
        for (name, value) in texts {
            if let Some(value) = value {
                members.insert(name.to_owned(), value.clone().into());
            }
        }
        if let Some(contacts) = &self.contacts {
            members.insert("contacts".to_owned(), contacts.clone().into());
        }
        members.insert("redirect_uris".to_owned(), Value::Array(Vec::new()));
        Value::Object(members)
    }
}

#[cfg(test)]
pub(crate) mod tests {
    use serde_json::json;

    use super::*;

    pub(crate) fn client(replaced: Value) -> RegisteredClient {
        let mut row = json!({
            "clientId": "c1", "clientSecret": null, "disabled": false, "scopes": SCOPES, "name": "CLI", "uri": null,
            "icon": null, "contacts": null, "tos": null, "policy": null, "tokenEndpointAuthMethod": "none",
            "redirectUris": ["http://127.0.0.1:8912/cb"], "grantTypes": ["authorization_code", "refresh_token"],
        });
        for (name, value) in replaced.as_object().unwrap() {
            row[name] = value.clone();
        }
        serde_json::from_value(row).unwrap()
    }

    fn credentials(secret: Option<&str>) -> ClientCredentials {
        ClientCredentials { client_id: "c1".to_owned(), secret: secret.map(str::to_owned) }
    }

    #[test]
    fn a_right_secret_is_good_and_only_a_client_that_chose_one_must_send_it() {
        let public = client(json!({}));
        assert!(
            public.authenticate(&credentials(None)).is_ok() && public.authenticate(&credentials(Some("x"))).is_err()
        );
        let secret = sha256_base64url("s3cret");
        for method in [json!("client_secret_basic"), json!("client_secret_post"), json!(null)] {
            let own = client(json!({"clientSecret": secret, "tokenEndpointAuthMethod": method}));
            assert!(own.authenticate(&credentials(Some("s3cret"))).is_ok(), "{method}");
            for wrong in [Some("wrong"), Some(&*secret)] {
                assert!(own.authenticate(&credentials(wrong)).is_err(), "{method} {wrong:?}");
            }
            assert_eq!(own.authenticate(&credentials(None)).is_ok(), method.is_null(), "{method}");
        }
        assert!(client(json!({"disabled": true})).authenticate(&credentials(None)).is_err());
    }

    #[test]
    fn credentials_are_in_the_header_or_the_form_or_alike_in_both() {
        let read =
            |header: Option<&str>, form: &str| ClientCredentials::read(header, &OAuthParams::parse(form.as_bytes()));
        let basic = |text: &str| format!("Basic {}", STANDARD.encode(text));
        let header = basic("a%3Ab:s+1");
        for form in ["", "client_id=a%3Ab", "client_id=a%3Ab&client_secret=s+1", "client_secret="] {
            let found = read(Some(&header), form).unwrap().unwrap();
            assert_eq!((found.client_id.as_str(), found.secret.as_deref()), ("a:b", Some("s 1")), "{form}");
        }
        assert!(read(Some(&header), "client_id=other").is_err());
        assert!(read(Some(&header), "client_secret=x").is_err());
        assert!(read(Some("Bearer x"), "client_id=c1").is_err());
        for (header, form) in [(None, "client_id=c1&client_secret="), (Some(basic("c1:")), ""), (None, "client_id=c1")]
        {
            assert_eq!(read(header.as_deref(), form).unwrap().unwrap().secret, None, "{form}");
        }
        assert_eq!(read(None, "client_id=c1&client_secret=s").unwrap().unwrap().secret.as_deref(), Some("s"));
        assert!(read(None, "").unwrap().is_none());
    }

    #[test]
    fn the_public_view_holds_no_secret() {
        let shown = client(json!({"clientSecret": "hash", "uri": "https://c.example"})).to_public();
        let expected =
            json!({"client_id": "c1", "client_name": "CLI", "client_uri": "https://c.example", "redirect_uris": []});
        assert_eq!(shown, expected);
    }
}
