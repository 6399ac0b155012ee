//! One request with everything a handler needs to answer it.

use edge::Request;
use http::header::COOKIE;
use percent_encoding::percent_decode;
use user::address::client_address;
use user::cookie::{Cookies, DONT_REMEMBER, SESSION_TOKEN};
use user::{Random, SESSION_SECONDS};

use crate::settings::Settings;
use crate::store::{Client, Store};

/// Characters of a `User-Agent` that are kept.
const USER_AGENT_CHARS: usize = 1024;

/// A request, the settings, the database, the clock and randomness.
pub(crate) struct Call<'a> {
    pub(crate) request: &'a Request,
    pub(crate) settings: &'a Settings,
    pub(crate) store: Store<'a>,
    /// Unix time in seconds.
    pub(crate) now: u64,
    pub(crate) random: Random<'a>,
    pub(crate) cookies: Cookies,
}

impl<'a> Call<'a> {
    pub(crate) fn new(request: &'a Request, settings: &'a Settings, now: u64, random: Random<'a>) -> Self {
        let cookies = header(request, COOKIE.as_str(), "; ").map(|text| Cookies::parse(&text)).unwrap_or_default();
        Self { request, settings, store: Store::new(&settings.database_url), now, random, cookies }
    }

    /// A header's value; several of one name are joined as a list.
    pub(crate) fn header(&self, name: &str) -> Option<String> {
        header(self.request, name, ", ")
    }

    /// The decoded values of a query parameter.
    pub(crate) fn query(&self, name: &str) -> Vec<String> {
        let query = self.request.uri().query().unwrap_or_default();
        pairs(query.as_bytes()).filter(|(other, _)| other == name.as_bytes()).map(|(_, value)| lossy(&value)).collect()
    }

    /// The content of the session cookie.
    pub(crate) fn session_token(&self) -> Option<&str> {
        self.cookies.signed(&self.settings.cookies.name(SESSION_TOKEN), &self.settings.secret)
    }

    /// Whether the client has been told to forget the session with the browser.
    pub(crate) fn is_not_remembered(&self) -> bool {
        let name = self.settings.cookies.name(DONT_REMEMBER);
        self.cookies.signed(&name, &self.settings.secret).is_some()
    }

    /// The cookies of a session that begins now.
    pub(crate) fn session_cookies(&self, token: &str, remember: bool) -> Vec<String> {
        let (style, secret) = (self.settings.cookies, &self.settings.secret);
        let session = style.set(SESSION_TOKEN, token, remember.then_some(SESSION_SECONDS), secret);
        let marker = match remember {
            false => Some(style.set(DONT_REMEMBER, "true", None, secret)),
            true => self.is_not_remembered().then(|| style.clear(&style.name(DONT_REMEMBER))),
        };
        [Some(session), marker].into_iter().flatten().collect()
    }

    /// The cookies that end a session.
    pub(crate) fn ending_cookies(&self) -> Vec<String> {
        self.settings.cookies.clear_all(&self.cookies)
    }

    /// Who is calling, as it is stored with a session.
    pub(crate) fn client(&self) -> Client {
        let address = self.header("x-forwarded-for").and_then(|text| client_address(&text)).unwrap_or_default();
        let user_agent = self.header("user-agent").unwrap_or_default().chars().take(USER_AGENT_CHARS).collect();
        Client { address, user_agent }
    }

    /// Random bytes for a salt, a nonce or a key.
    pub(crate) fn bytes<const N: usize>(&self) -> [u8; N] {
        let mut bytes = [0; N];
        (self.random)(&mut bytes);
        bytes
    }
}

fn header(request: &Request, name: &str, separator: &str) -> Option<String> {
    let values: Vec<String> = request.headers().get_all(name).iter().map(|value| lossy(value.as_bytes())).collect();
    (!values.is_empty()).then(|| values.join(separator))
}

fn lossy(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

/// The decoded names and values of a query string or a form.
pub(crate) fn pairs(text: &[u8]) -> impl Iterator<Item = (Vec<u8>, Vec<u8>)> {
    let decode = |part: &[u8]| {
        let spaced: Vec<u8> = part.iter().map(|byte| if *byte == b'+' { b' ' } else { *byte }).collect();
        percent_decode(&spaced).collect::<Vec<u8>>()
    };
    text.split(|byte| *byte == b'&').filter(|pair| !pair.is_empty()).map(move |pair| {
        let (name, value) = match pair.iter().position(|byte| *byte == b'=') {
            Some(at) => (&pair[..at], &pair[at + 1..]),
            None => (pair, &[][..]),
        };
        (decode(name), decode(value))
    })
}
