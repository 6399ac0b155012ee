//! Google's OAuth 2.0: the address a browser is sent to, what the token endpoint is asked and answers, and who the
//! claims of an id token speak of.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde::Deserialize;
use serde_json::{Map, Value};
use sha2::{Digest, Sha256};

use crate::credentials::{MAX_IMAGE_UNITS, MAX_NAME_UNITS};
use crate::{EmailAddress, target};

/// The provider's name in `account`.
pub const PROVIDER: &str = "google";

/// What Google calls itself in id tokens.
pub const ISSUERS: [&str; 2] = ["https://accounts.google.com", "accounts.google.com"];

const SCOPES: [&str; 3] = ["email", "profile", "openid"];
/// Longest subject that is taken for one (OpenID Connect Core, section 2).
const MAX_SUBJECT: usize = 255;

/// What a browser is sent to Google with.
pub struct GoogleAuthorizationRequest<'a> {
    /// The page's address.
    pub endpoint: &'a str,
    /// Our id there.
    pub client_id: &'a str,
    /// Comes back with the browser.
    pub state: &'a str,
    /// Asked for beside e-mail, profile and identity.
    pub scopes: &'a [String],
    /// Where the browser comes back to.
    pub redirect_uri: &'a str,
    /// Whom the page should propose.
    pub login_hint: Option<&'a str>,
    /// Known to us alone until the exchange.
    pub code_verifier: &'a str,
    /// Further parameters.
    pub additional: &'a [(String, String)],
}

impl GoogleAuthorizationRequest<'_> {
    /// The address with all its parameters.
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

/// The answer of the token endpoint.
#[derive(Debug, Clone, Default, Deserialize)]
pub struct GoogleTokens {
    /// For Google's other services.
    pub access_token: Option<String>,
    /// To get further ones; seldom there.
    pub refresh_token: Option<String>,
    /// Who signed in.
    pub id_token: Option<String>,
    /// Seconds.
    pub expires_in: Option<u32>,
    /// Seconds.
    pub refresh_token_expires_in: Option<u32>,
    #[serde(default)]
    scope: String,
}

impl GoogleTokens {
    /// Reads an answer; none that could not be stored.
    pub fn parse(body: &[u8]) -> Option<Self> {
        let tokens: Self = serde_json::from_slice(body).ok()?;
        let texts = [&tokens.access_token, &tokens.refresh_token, &tokens.id_token, &Some(tokens.scope.clone())];
        let fine = texts.into_iter().flatten().all(|text| !text.chars().any(char::is_control));
        fine.then_some(tokens)
    }

    /// The granted scopes as they are stored, if the answer names any.
    pub fn scope(&self) -> Option<String> {
        let scopes: Vec<&str> = self.scope.split_whitespace().collect();
        (!scopes.is_empty()).then(|| scopes.join(","))
    }
}

/// Who somebody is at Google.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GoogleIdentity {
    /// Google's id for them (`sub`).
    pub subject: String,
    /// Their address in lower case. Google may know more kinds of address than one can sign up with here.
    pub email: Option<String>,
    /// Whether Google knows that it is theirs.
    pub email_verified: bool,
    /// Display name; may be empty.
    pub name: String,
    /// Address of a picture.
    pub image: Option<String>,
}

impl GoogleIdentity {
    /// Whom these claims speak of.
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
            name: shown(text("name").unwrap_or_default(), MAX_NAME_UNITS),
            image: text("picture").map(|url| shown(url, usize::MAX)).filter(|url| url.len() <= MAX_IMAGE_UNITS),
        })
    }
}

fn is_address(text: &str) -> bool {
    let fine = |letter: char| !letter.is_control() && !letter.is_whitespace();
    text.len() <= EmailAddress::MAX_BYTES && text.contains('@') && text.chars().all(fine)
}

/// Without control characters, at most so many UTF-16 units.
fn shown(text: &str, max_units: usize) -> String {
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
    fn the_address_has_the_genuine_servers_parameters_in_its_order() {
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
    fn an_answer_is_read_and_its_scopes_are_joined_by_commas() {
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
    fn an_identity_has_a_subject_and_what_can_be_stored() {
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
