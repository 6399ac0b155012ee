//! The session cookies: names, signature, attributes, and reading the `Cookie` header.

use std::collections::BTreeSet;

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, percent_decode_str, utf8_percent_encode};

use crate::secret::AuthSecret;

/// The cookie with the signed session token.
pub const SESSION_TOKEN: &str = "session_token";
/// The cookie with a signed `true`, for a session that ends with the browser.
pub const DONT_REMEMBER: &str = "dont_remember";
/// The cookie cache of Better Auth. This server never sets it, and clears it where a client sends it.
pub const SESSION_DATA: &str = "session_data";

/// What JavaScript's `encodeURIComponent` encodes.
pub(crate) const ENCODED: &AsciiSet = &NON_ALPHANUMERIC
    .remove(b'-')
    .remove(b'_')
    .remove(b'.')
    .remove(b'!')
    .remove(b'~')
    .remove(b'*')
    .remove(b'\'')
    .remove(b'(')
    .remove(b')');

/// How many cookies of one name are tried.
pub const MAX_VALUES: usize = 8;

/// Base64 characters of an HMAC-SHA-256.
const SIGNATURE_CHARS: usize = 44;

/// The names and attributes of this server's cookies. Over https they are `Secure`, and their names say so.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CookieFormat {
    /// Whether the public URL is https.
    pub secure: bool,
}

impl CookieFormat {
    /// The full name of a cookie.
    pub fn name(self, base: &str) -> String {
        format!("{}better-auth.{base}", if self.secure { "__Secure-" } else { "" })
    }

    /// A `Set-Cookie` value with signed content; without `max_age` the cookie ends with the browser.
    pub fn set(self, base: &str, content: &str, max_age: Option<u32>, secret: &AuthSecret) -> String {
        self.line(&self.name(base), &sign(secret, content), max_age)
    }

    /// A `Set-Cookie` value that deletes the cookie of this full name.
    pub fn clear(self, name: &str) -> String {
        self.line(name, "", Some(0))
    }

    /// The `Set-Cookie` values after a sign-out or for an invalid session: they clear the three cookies and the cookie cache.
    pub fn clear_all(self, sent: &RequestCookies) -> Vec<String> {
        let fixed = [SESSION_TOKEN, SESSION_DATA].map(|base| self.clear(&self.name(base)));
        let cached = self.clear_cache(sent);
        let last = self.clear(&self.name(DONT_REMEMBER));
        fixed.into_iter().chain(cached).chain([last]).collect()
    }

    /// The `Set-Cookie` values that delete the cookie cache, whole or in numbered pieces, as the client sent it.
    pub fn clear_cache(self, sent: &RequestCookies) -> Vec<String> {
        let name = self.name(SESSION_DATA);
        let is_piece = |other: &str| match other.strip_prefix(&name) {
            Some("") => true,
            Some(rest) => rest.strip_prefix('.').is_some_and(|n| n.parse::<u16>().is_ok_and(|i| i.to_string() == n)),
            None => false,
        };
        let names: BTreeSet<&str> =
            sent.0.iter().map(|(other, _)| other.as_str()).filter(|name| is_piece(name)).collect();
        names.into_iter().map(|name| self.clear(name)).collect()
    }

    fn line(self, name: &str, value: &str, max_age: Option<u32>) -> String {
        let max_age = max_age.map(|seconds| format!("; Max-Age={seconds}")).unwrap_or_default();
        let secure = if self.secure { "; Secure" } else { "" };
        format!("{name}={value}{max_age}; Path=/; HttpOnly{secure}; SameSite=Lax")
    }
}

/// `content.signature`, percent-encoded.
pub fn sign(secret: &AuthSecret, content: &str) -> String {
    utf8_percent_encode(&format!("{content}.{}", secret.signature(content)), ENCODED).to_string()
}

/// The content of a decoded signed cookie, if the signature is valid.
fn verify<'a>(secret: &AuthSecret, value: &'a str) -> Option<&'a str> {
    let (content, signature) = value.rsplit_once('.')?;
    if content.is_empty() || signature.len() != SIGNATURE_CHARS || !signature.ends_with('=') {
        return None;
    }
    secret.verifies(content, signature).then_some(content)
}

/// The cookies of a request: names and decoded values.
#[derive(Default)]
pub struct RequestCookies(Vec<(String, String)>);

impl RequestCookies {
    /// Reads a `Cookie` header. Pieces without `=` are skipped. A browser sends a name more than once where a cookie of
    /// a parent domain or of another path has it too: every value is kept.
    pub fn parse(header: &str) -> Self {
        let pairs = header.split(';').filter_map(|piece| piece.split_once('='));
        Self(pairs.map(|(name, value)| (name.trim().to_owned(), decode(value.trim()))).collect())
    }

    /// The contents of the cookies with this full name whose signature is right, in the order of the header: each once,
    /// at most [`MAX_VALUES`].
    pub fn signed(&self, name: &str, secret: &AuthSecret) -> Vec<&str> {
        let values = self.0.iter().filter(|(other, _)| other == name);
        let mut contents = Vec::new();
        for content in values.filter_map(|(_, value)| verify(secret, value)) {
            if contents.len() < MAX_VALUES && !contents.contains(&content) {
                contents.push(content);
            }
        }
        contents
    }
}

/// Removes quotes and percent-decodes; a value that cannot be decoded stays as it is.
fn decode(value: &str) -> String {
    let bare = match value.strip_prefix('"') {
        Some(rest) => rest.strip_suffix('"').unwrap_or(rest),
        None => value,
    };
    percent_decode_str(bare).decode_utf8().map_or_else(|_| bare.to_owned(), |text| text.into_owned())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::encryption::tests::secret;

    const TOKEN: &str = "NtESBWtQKUueqyc5tLgv8ybTEbT7CMhp";
    const SIGNED: &str = "NtESBWtQKUueqyc5tLgv8ybTEbT7CMhp.X3CaC8qGWuN9b39wxQbxliX2w77GpsI7guDWzQ5Rzu0%3D";
    const PLAIN: CookieFormat = CookieFormat { secure: false };
    const SECURE: CookieFormat = CookieFormat { secure: true };

    fn read(header: &str) -> Option<String> {
        let cookies = RequestCookies::parse(header);
        cookies.signed("better-auth.session_token", &secret()).first().map(|&content| content.to_owned())
    }

    #[test]
    fn signatures_equal_those_of_the_genuine_server() {
        assert_eq!(sign(&secret(), TOKEN), SIGNED);
        assert_eq!(sign(&secret(), "true"), "true.%2FPTAWZrgdFpaCP2i8Q6M1qXsD78Ju0wMXVWbdTETi7c%3D");
    }

    #[test]
    fn a_signed_cookie_is_read_encoded_plain_and_quoted() {
        let plain = SIGNED.replace("%3D", "=");
        for value in [SIGNED.to_owned(), plain.clone(), format!("\"{SIGNED}\"")] {
            let header = format!("x; a=b;better-auth.session_token={value} ; better-auth.session_token=second");
            assert_eq!(read(&header).as_deref(), Some(TOKEN), "{value}");
        }
    }

    #[test]
    fn each_of_several_cookies_with_one_name_is_tried_up_to_eight() {
        let name = "better-auth.session_token";
        assert_eq!(read(&format!("{name}=first; {name}={SIGNED}")).as_deref(), Some(TOKEN));
        let signed = |n: usize| format!("{name}={}; ", sign(&secret(), &format!("token{n}")));
        let header: String = [1, 1].into_iter().chain(2..12).map(signed).collect();
        let cookies = RequestCookies::parse(&header);
        let expected: Vec<String> = (1..=MAX_VALUES).map(|n| format!("token{n}")).collect();
        assert_eq!(cookies.signed(name, &secret()), expected);
    }

    #[test]
    fn unsigned_and_wrongly_signed_cookies_are_ignored() {
        let wrong = format!("{TOKEN}.{}=", "A".repeat(43));
        let other = SIGNED.replacen('N', "M", 1);
        let shorter = SIGNED.replace("%3D", "");
        for value in [TOKEN, &wrong, &other, &shorter, "", ".", "%ff", &SIGNED[TOKEN.len()..]] {
            assert!(read(&format!("better-auth.session_token={value}")).is_none(), "{value}");
        }
        assert!(read(&format!("__Secure-better-auth.session_token={SIGNED}")).is_none());
    }

    #[test]
    fn attributes_equal_those_of_the_genuine_server() {
        let remembered = format!("better-auth.session_token={SIGNED}; Max-Age=604800; Path=/; HttpOnly; SameSite=Lax");
        assert_eq!(PLAIN.set(SESSION_TOKEN, TOKEN, Some(604_800), &secret()), remembered);
        let secure = format!("__Secure-better-auth.session_token={SIGNED}; Path=/; HttpOnly; Secure; SameSite=Lax");
        assert_eq!(SECURE.set(SESSION_TOKEN, TOKEN, None, &secret()), secure);
    }

    #[test]
    fn clearing_names_three_cookies_and_the_sent_cache() {
        let lines = |header: &str| -> Vec<String> {
            let all = PLAIN.clear_all(&RequestCookies::parse(header));
            all.into_iter().map(|line| line.split_once('=').unwrap().0.replace("better-auth.", "")).collect()
        };
        assert_eq!(lines(""), ["session_token", "session_data", "dont_remember"]);
        let sent = "better-auth.session_data.0=a; better-auth.session_data.01=b; better-auth.session_data.x=c";
        assert_eq!(lines(sent), ["session_token", "session_data", "session_data.0", "dont_remember"]);
        let first = PLAIN.clear_all(&RequestCookies::default()).remove(0);
        assert_eq!(first, "better-auth.session_token=; Max-Age=0; Path=/; HttpOnly; SameSite=Lax");
    }
}
