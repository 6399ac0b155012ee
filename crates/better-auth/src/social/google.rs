//! Google's OAuth 2.0: the URL to which a browser is redirected, the response of the token endpoint, and the identity in
//! the claims of an id token.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde::Deserialize;
use serde_json::{Map, Value};
use sha2::{Digest, Sha256};

use crate::credentials::{MAX_IMAGE_UNITS, MAX_NAME_UNITS};
use crate::email::EmailAddress;
use crate::target;

/// The provider's name in `account`.
pub const PROVIDER: &str = "google";

/// The issuers that Google names in id tokens.
pub const ISSUERS: [&str; 2] = ["https://accounts.google.com", "accounts.google.com"];

const SCOPES: [&str; 3] = ["email", "profile", "openid"];
/// Longest subject that is accepted (OpenID Connect Core, section 2).
const MAX_SUBJECT: usize = 255;

/// The authorization request that a browser takes to Google.
pub struct GoogleAuthorizationRequest<'a> {
    /// The URL of Google's page.
    pub endpoint: &'a str,
    /// This server's client id at Google.
    pub client_id: &'a str,
    /// Google returns it with the browser.
    pub state: &'a str,
    /// Scopes beside e-mail, profile and identity.
    pub scopes: &'a [String],
    /// The URL to which the browser returns.
    pub redirect_uri: &'a str,
    /// The account that the page should suggest.
    pub login_hint: Option<&'a str>,
    /// The secret of this server until it exchanges the code.
    pub code_verifier: &'a str,
    /// Further parameters.
    pub additional: &'a [(String, String)],
}

impl GoogleAuthorizationRequest<'_> {
    /// The URL with all parameters.
    pub fn url(&self) -> String {
        let own = self.scopes.iter().map(String::as_str);
        let scope = SCOPES.into_iter().chain(own).collect::<Vec<_>>().join(" ");
        let challenge = URL_SAFE_NO_PAD.encode(Sha256::digest(self.code_verifier));
        let mut parameters = vec![
            ("response_type", "code"),
            ("client_id", self.client_id),
            ("state", self.state),
            ("scope", &scope),
            ("redirect_uri", self.redirect_uri),
        ];
        parameters.extend(self.login_hint.filter(|hint| !hint.is_empty()).map(|hint| ("login_hint", hint)));
        parameters.extend([("code_challenge_method", "S256"), ("code_challenge", &challenge)]);
        parameters.push(("include_granted_scopes", "true"));
        for (name, value) in self.additional {
            match parameters.iter_mut().find(|(other, _)| other == name) {
                Some(known) => known.1 = value,
                None => parameters.push((name, value)),
            }
        }
        target::with_parameters(self.endpoint, &parameters)
    }
}

/// The response of the token endpoint.
#[derive(Debug, Clone, Default, Deserialize)]
pub struct GoogleTokens {
    /// A token for Google's services.
    pub access_token: Option<String>,
    /// A token for new access tokens; Google seldom sends one.
    pub refresh_token: Option<String>,
    /// The JWT that names the user.
    pub id_token: Option<String>,
    /// The lifetime of the access token in seconds.
    pub expires_in: Option<u32>,
    /// The lifetime of the refresh token in seconds.
    pub refresh_token_expires_in: Option<u32>,
    #[serde(default)]
    scope: String,
}

impl GoogleTokens {
    /// Reads a response; `None` if it cannot be stored.
    pub fn parse(body: &[u8]) -> Option<Self> {
        let tokens: Self = serde_json::from_slice(body).ok()?;
        let texts = [&tokens.access_token, &tokens.refresh_token, &tokens.id_token, &Some(tokens.scope.clone())];
        let fine = texts.into_iter().flatten().all(|text| !text.chars().any(char::is_control));
        fine.then_some(tokens)
    }

    /// The granted scopes as they are stored, if the response names any.
    pub fn scope(&self) -> Option<String> {
        let scopes: Vec<&str> = self.scope.split_whitespace().collect();
        (!scopes.is_empty()).then(|| scopes.join(","))
    }
}

/// A user's identity at Google.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GoogleIdentity {
    /// Google's id of the user (`sub`).
    pub subject: String,
    /// The e-mail address in lower case. Google allows some addresses with which a sign-up fails here.
    pub email: Option<String>,
    /// Whether Google verified the address.
    pub email_verified: bool,
    /// The display name, which may be empty.
    pub name: String,
    /// The URL of a picture.
    pub image: Option<String>,
}

impl GoogleIdentity {
    /// The identity in the claims of an id token.
    pub fn from_claims(claims: &Map<String, Value>) -> Option<Self> {
        let text = |name: &str| claims.get(name).and_then(Value::as_str);
        let subject = text("sub").filter(|sub| !sub.trim().is_empty() && sub.len() <= MAX_SUBJECT)?;
        (!subject.chars().any(char::is_control)).then_some(())?;
        let email_verified = match claims.get("email_verified") {
            Some(Value::Bool(verified)) => *verified,
            Some(Value::String(verified)) => verified == "true",
            _ => false,
        };
        Some(Self {
            subject: subject.to_owned(),
            email: text("email").filter(|email| is_address(email)).map(str::to_lowercase),
            email_verified,
            name: to_display_text(text("name").unwrap_or_default(), MAX_NAME_UNITS),
            image: text("picture")
                .map(|url| to_display_text(url, usize::MAX))
                .filter(|url| url.len() <= MAX_IMAGE_UNITS),
        })
    }
}

fn is_address(text: &str) -> bool {
    let fine = |letter: char| !letter.is_control() && !letter.is_whitespace();
    text.len() <= EmailAddress::MAX_BYTES && text.contains('@') && text.chars().all(fine)
}

/// The text without control characters, cut to so many UTF-16 units.
fn to_display_text(text: &str, max_units: usize) -> String {
    let mut units = 0;
    let fits = |letter: &char| {
        units += letter.len_utf16();
        units <= max_units
    };
    text.chars().filter(|letter| !letter.is_control()).take_while(fits).collect()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn authorization<'a>(scopes: &'a [String], additional: &'a [(String, String)]) -> GoogleAuthorizationRequest<'a> {
        GoogleAuthorizationRequest {
            endpoint: "https://accounts.google.com/o/oauth2/v2/auth",
            client_id: "id",
            state: "st",
            scopes,
            redirect_uri: "http://localhost:3000/api/auth/callback/google",
            login_hint: Some("me@example.com"),
            code_verifier: "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk",
            additional,
        }
    }

    #[test]
    fn the_url_has_the_parameters_of_the_genuine_server_in_their_order() {
        let pair = |name: &str, value: &str| (name.to_owned(), value.to_owned());
        let url =
            authorization(&["https://a.b/calendar".to_owned()], &[pair("hl", "de"), pair("login_hint", "x")]).url();
        let expected = "https://accounts.google.com/o/oauth2/v2/auth?response_type=code&client_id=id&state=st\
            &scope=email+profile+openid+https%3A%2F%2Fa.b%2Fcalendar\
            &redirect_uri=http%3A%2F%2Flocalhost%3A3000%2Fapi%2Fauth%2Fcallback%2Fgoogle&login_hint=x\
            &code_challenge_method=S256&code_challenge=E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM\
            &include_granted_scopes=true&hl=de";
        assert_eq!(url, expected);
    }

    #[test]
    fn a_response_is_read_and_its_scopes_are_joined_by_commas() {
        let tokens =
            GoogleTokens::parse(br#"{"access_token":"a","expires_in":3599,"scope":" openid  email ","x":1}"#).unwrap();
        assert_eq!((tokens.access_token.as_deref(), tokens.expires_in), (Some("a"), Some(3599)));
        assert_eq!(tokens.scope().as_deref(), Some("openid,email"));
        assert_eq!(GoogleTokens::parse(b"{}").unwrap().scope(), None);
        for bad in [&b"[]"[..], b"", br#"{"access_token":5}"#, br#"{"access_token":"a\u0000"}"#] {
            assert!(GoogleTokens::parse(bad).is_none());
        }
    }

    #[test]
    fn an_identity_has_a_subject_and_values_that_can_be_stored() {
        let of = |claims: Value| GoogleIdentity::from_claims(claims.as_object().unwrap());
        let all =
            of(json!({"sub": "1", "email": "A@b.co", "email_verified": "true", "name": "A\u{0}b", "picture": "p"}));
        let all = all.unwrap();
        assert_eq!((all.email.as_deref().unwrap(), all.email_verified, all.name.as_str()), ("a@b.co", true, "Ab"));
        assert_eq!(all.image.as_deref(), Some("p"));
        let least = of(json!({"sub": "1", "email": "bad", "name": "n".repeat(300)})).unwrap();
        assert_eq!((least.email, least.email_verified, least.name.len()), (None, false, MAX_NAME_UNITS));
        for bad in
            [json!({}), json!({"sub": " "}), json!({"sub": 5}), json!({"sub": "a\n"}), json!({"sub": "s".repeat(256)})]
        {
            assert!(of(bad).is_none());
        }
    }
}
