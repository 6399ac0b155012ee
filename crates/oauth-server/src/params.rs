//! Query strings and forms, and the signed query that carries an authorization request through the login and consent
//! pages. The signature keeps the request from being changed on the way; it expires after ten minutes.

use better_auth::AuthSecret;
use form_urlencoded::Serializer;
use serde_json::{Map, Value};

use crate::lifetime::CODE_SECONDS;

/// Longest request as a query string.
const MAX_BYTES: usize = 8192;
/// Parameters of the signature; a client cannot set them.
const EXPIRES: &str = "exp";
const ISSUED: &str = "ba_iat";
const NAMES: &str = "ba_param";
const CLEARED_PROMPTS: &str = "ba_pl";
const SIGNATURE: &str = "sig";
const SIGNATURE_PARAMS: [&str; 5] = [EXPIRES, ISSUED, NAMES, CLEARED_PROMPTS, SIGNATURE];

/// The order in which the genuine server writes the parameters that it knows; others follow.
const ORDER: [&str; 19] = [
    "response_type",
    "request",
    "request_uri",
    "redirect_uri",
    "scope",
    "state",
    "client_id",
    "prompt",
    "display",
    "ui_locales",
    "max_age",
    "acr_values",
    "login_hint",
    "id_token_hint",
    "code_challenge",
    "code_challenge_method",
    "nonce",
    "claims",
    "resource",
];

/// Decoded names and values in their order.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct OAuthParams(Vec<(String, String)>);

impl OAuthParams {
    /// Reads a query string or a urlencoded form.
    pub fn parse(text: &[u8]) -> Self {
        Self(form_urlencoded::parse(text).into_owned().collect())
    }

    /// The texts of a JSON object, and each text of a list in it; other values are dropped.
    pub fn from_members(members: &Map<String, Value>) -> Self {
        let texts = |(name, value): (&String, &Value)| -> Vec<(String, String)> {
            let values = value.as_array().map_or(std::slice::from_ref(value), Vec::as_slice);
            values.iter().filter_map(|value| Some((name.clone(), value.as_str()?.to_owned()))).collect()
        };
        Self(members.iter().flat_map(texts).collect())
    }

    /// Reads an authorization request; parameters of the signature are dropped.
    pub fn parse_request(text: &[u8]) -> Self {
        Self::parse(text).without(&SIGNATURE_PARAMS)
    }

    /// The first value of a name; an empty one counts as absent.
    pub fn get(&self, name: &str) -> Option<&str> {
        self.all(name).next().filter(|value| !value.is_empty())
    }

    /// All values of a name.
    pub fn all<'a>(&'a self, name: &str) -> impl Iterator<Item = &'a str> {
        self.0.iter().filter(move |(other, _)| other == name).map(|(_, value)| value.as_str())
    }

    /// The first name that occurs twice, those in `except` aside.
    pub fn repeated(&self, except: &[&str]) -> Option<&str> {
        let names = || self.0.iter().map(|(name, _)| name.as_str());
        names().find(|name| !except.contains(name) && names().filter(|other| other == name).count() > 1)
    }

    /// The parameters with one value set.
    #[must_use]
    pub fn with(mut self, name: &str, value: &str) -> Self {
        match self.0.iter_mut().find(|(other, _)| other == name) {
            Some((_, old)) => value.clone_into(old),
            None => self.0.push((name.to_owned(), value.to_owned())),
        }
        self
    }

    /// The parameters without some names.
    #[must_use]
    pub fn without(mut self, names: &[&str]) -> Self {
        self.0.retain(|(name, _)| !names.contains(&name.as_str()));
        self
    }

    /// The request once the user has seen the pages of these prompts.
    #[must_use]
    pub fn without_prompts(self, done: &[&str]) -> Self {
        let Some(text) = self.get("prompt").map(str::to_owned) else { return self };
        let left: Vec<&str> = text.split(' ').filter(|prompt| !done.contains(prompt)).collect();
        match left.is_empty() {
            true => self.without(&["prompt"]),
            false => self.with("prompt", &left.join(" ")),
        }
    }

    /// Whether the request is longer than any genuine one.
    pub fn is_too_long(&self) -> bool {
        self.to_string().len() > MAX_BYTES
    }

    /// Whether the request contains a null character, which PostgreSQL cannot store.
    pub fn holds_null(&self) -> bool {
        self.0.iter().any(|(name, value)| name.contains('\0') || value.contains('\0'))
    }

    /// All names and values.
    pub fn pairs(&self) -> &[(String, String)] {
        &self.0
    }

    /// The request as a signed query string, valid for ten minutes from `now` (Unix seconds).
    pub fn sign(&self, secret: &AuthSecret, now: u64) -> String {
        let mut signed = self.clone().without(&SIGNATURE_PARAMS);
        signed.0.sort_by_key(|(name, _)| ORDER.iter().position(|known| known == name).unwrap_or(ORDER.len()));
        let mut append = |name: &str, value: String| signed.0.push((name.to_owned(), value));
        append(EXPIRES, (now + CODE_SECONDS).to_string());
        append(ISSUED, (now * 1000).to_string());
        let mut names: Vec<String> = signed.0.iter().map(|(name, _)| name.clone()).chain([NAMES.to_owned()]).collect();
        names.sort_unstable();
        names.dedup();
        signed.0.extend(names.into_iter().map(|name| (NAMES.to_owned(), name)));
        let signature = secret.signature(&signed.canonical());
        signed.0.push((SIGNATURE.to_owned(), signature));
        signed.to_string()
    }

    /// The request in a signed query string, and when it was signed (Unix milliseconds). `None` if the query was changed
    /// or has expired.
    pub fn verify(text: &str, secret: &AuthSecret, now: u64) -> Option<(Self, u64)> {
        let sent = Self::parse(text.as_bytes());
        let (signature, None) = ({ sent.all(SIGNATURE).next()? }, sent.all(SIGNATURE).nth(1)) else { return None };
        let signed = sent.clone().without(&[SIGNATURE]);
        if !secret.verifies(&signed.canonical(), signature) {
            return None;
        }
        let expires: u64 = signed.get(EXPIRES)?.parse().ok()?;
        let issued = signed.get(ISSUED)?.parse().ok()?;
        (now <= expires).then(|| (signed.without(&SIGNATURE_PARAMS), issued))
    }

    /// The text that is signed: sorted by name, then by value.
    fn canonical(&self) -> String {
        let mut sorted = self.clone();
        sorted.0.sort_unstable();
        sorted.to_string()
    }
}

impl std::fmt::Display for OAuthParams {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&Serializer::new(String::new()).extend_pairs(&self.0).finish())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOW: u64 = 1_800_000_000;

    fn secret() -> AuthSecret {
        AuthSecret::parse("ref-secret-0123456789abcdefghijklmnopqrstuvwxyz").unwrap()
    }

    fn signed() -> String {
        OAuthParams::parse_request(b"state=a+b&client_id=c&response_type=code&exp=9&sig=x&resource=r1&resource=r2")
            .sign(&secret(), NOW)
    }

    #[test]
    fn a_signed_query_looks_as_the_genuine_servers() {
        let text = signed();
        let expected = "response_type=code&state=a+b&client_id=c&resource=r1&resource=r2&exp=1800000600\
            &ba_iat=1800000000000&ba_param=ba_iat&ba_param=ba_param&ba_param=client_id&ba_param=exp\
            &ba_param=resource&ba_param=response_type&ba_param=state&sig=";
        assert!(text.starts_with(expected), "{text}");
    }

    #[test]
    fn a_signed_query_comes_back_as_the_request() {
        let (query, issued) = OAuthParams::verify(&signed(), &secret(), NOW + 600).unwrap();
        assert_eq!(query.to_string(), "response_type=code&state=a+b&client_id=c&resource=r1&resource=r2");
        assert_eq!(issued, NOW * 1000);
    }

    #[test]
    fn a_changed_old_or_foreign_query_is_rejected() {
        let good = signed();
        let changed = [
            good.replace("client_id=c", "client_id=d"),
            good.replace("exp=1800000600", "exp=1900000600"),
            good.replace("&resource=r2", ""),
            format!("{good}&scope=openid"),
            format!("{good}&sig=x"),
            good.split("&sig=").next().unwrap().to_owned(),
            String::new(),
        ];
        for text in changed {
            assert_eq!(OAuthParams::verify(&text, &secret(), NOW), None, "{text}");
        }
        assert_eq!(OAuthParams::verify(&good, &secret(), NOW + 601), None);
        let other = AuthSecret::parse("another-secret-0123456789abcdefghijklmnopqrstuvwxyz").unwrap();
        assert_eq!(OAuthParams::verify(&good, &other, NOW), None);
    }

    #[test]
    fn repeated_names_are_found() {
        assert_eq!(OAuthParams::parse(b"a=1&b=2&a=3").repeated(&[]), Some("a"));
        assert_eq!(OAuthParams::parse(b"a=1&b=2&a=3").repeated(&["a"]), None);
    }
}
