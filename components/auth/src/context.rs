//! One request with everything a handler needs to answer it.

use std::cell::RefCell;

use better_auth::address::client_address;
use better_auth::cookie::{DONT_REMEMBER, RequestCookies, SESSION_TOKEN};
use better_auth::{RandomSource, SESSION_SECONDS};
use http::header::COOKIE;
use http_api::{ApiError, Request};
use percent_encoding::percent_decode;
use serde_json::{Map, Value};

use crate::guard::origin;
use crate::http::body::{self, Media};
use crate::http::response::Failure;
use crate::routes::{PREFIX, Surroundings};
use crate::settings::Settings;
use crate::store::{Client, Store};

/// Characters of a `User-Agent` that are kept.
const USER_AGENT_CHARS: usize = 600;

/// A request, the settings, the database, the clock and randomness; and the cookies of the answer.
pub(crate) struct Call<'a> {
    pub(crate) request: &'a Request,
    pub(crate) settings: &'a Settings,
    pub(crate) around: &'a Surroundings<'a>,
    pub(crate) store: Store<'a>,
    /// Unix time in seconds.
    pub(crate) now: u64,
    pub(crate) random: RandomSource<'a>,
    pub(crate) cookies: RequestCookies,
    answer_cookies: RefCell<Vec<String>>,
}

impl<'a> Call<'a> {
    pub(crate) fn new(request: &'a Request, settings: &'a Settings, around: &'a Surroundings<'a>) -> Self {
        let cookies =
            header(request, COOKIE.as_str(), "; ").map(|text| RequestCookies::parse(&text)).unwrap_or_default();
        Self {
            request,
            settings,
            around,
            store: Store::new(settings),
            now: around.now,
            random: around.random,
            cookies,
            answer_cookies: RefCell::default(),
        }
    }

    /// The path behind `/api/auth`, with its leading slash; empty for any other.
    pub(crate) fn path(&self) -> &'a str {
        let path = self.request.uri().path().strip_prefix(PREFIX).unwrap_or_default();
        if path.starts_with('/') { path } else { "" }
    }

    /// A segment of the path behind `/api/auth/`, undecoded.
    pub(crate) fn segment(&self, index: usize) -> &'a str {
        self.path().split('/').nth(index + 1).unwrap_or_default()
    }

    /// The body of a changing request, after its leave to change something was checked. Every route that is not
    /// GET begins with it, also one that reads no body.
    pub(crate) fn input(&self, media: Media) -> Result<Option<Value>, Failure> {
        let body = body::read(self.request, media)?;
        origin::check(self, body.as_ref())?;
        Ok(body)
    }

    /// A header's value; several of one name are joined as a list.
    pub(crate) fn header(&self, name: &str) -> Option<String> {
        header(self.request, name, ", ")
    }

    /// The decoded values of a query parameter.
    pub(crate) fn query(&self, name: &str) -> Vec<String> {
        self.query_pairs().filter(|(other, _)| other == name).map(|(_, value)| value).collect()
    }

    /// All parameters of the query: a text each, an array where one was repeated.
    pub(crate) fn parameters(&self) -> Map<String, Value> {
        let mut all = Map::new();
        for (name, value) in self.query_pairs() {
            match all.get_mut(&name) {
                None => {
                    all.insert(name, value.into());
                }
                Some(Value::Array(values)) => values.push(value.into()),
                Some(first) => *first = vec![first.take(), value.into()].into(),
            }
        }
        all
    }

    fn query_pairs(&self) -> impl Iterator<Item = (String, String)> {
        let query = self.request.uri().query().unwrap_or_default();
        pairs(query.as_bytes()).map(|(name, value)| (lossy(&name), lossy(&value)))
    }

    /// Adds a `Set-Cookie` value to whatever the answer will be, also to a refusal. The last of one name counts.
    pub(crate) fn set_cookie(&self, line: String) {
        let mut cookies = self.answer_cookies.borrow_mut();
        let name = |line: &str| line.split('=').next().unwrap_or_default().to_owned();
        cookies.retain(|other| name(other) != name(&line));
        cookies.push(line);
    }

    /// The `Set-Cookie` values so far.
    pub(crate) fn answer_cookies(&self) -> Vec<String> {
        self.answer_cookies.take()
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

    /// Sets the cookies of a session that begins now. What the request asks for decides whether the browser keeps
    /// them, else what an earlier request asked for.
    pub(crate) fn begin_session(&self, token: &str, remember: Option<bool>) {
        let (style, secret) = (self.settings.cookies, &self.settings.secret);
        let kept = remember.unwrap_or(!self.is_not_remembered());
        self.set_cookie(style.set(SESSION_TOKEN, token, kept.then_some(SESSION_SECONDS), secret));
        if !kept {
            self.set_cookie(style.set(DONT_REMEMBER, "true", None, secret));
        } else if self.is_not_remembered() {
            self.set_cookie(style.clear(&style.name(DONT_REMEMBER)));
        }
    }

    /// Sets the cookies that end a session.
    pub(crate) fn end_session(&self) {
        self.settings.cookies.clear_all(&self.cookies).into_iter().for_each(|line| self.set_cookie(line));
    }

    /// The client's address, if it is known.
    pub(crate) fn client_address(&self) -> Result<Option<String>, ApiError> {
        let forwarded = self.header("x-forwarded-for");
        let connection = self.header("spin-client-addr");
        let hops = self.settings.client_address_hops()?;
        Ok(client_address(hops, forwarded.as_deref(), connection.as_deref()))
    }

    /// Who is calling, as it is stored with a session.
    pub(crate) fn client(&self) -> Result<Client, ApiError> {
        let address = self.client_address()?.unwrap_or_default();
        let user_agent = self.header("user-agent").unwrap_or_default().chars().take(USER_AGENT_CHARS).collect();
        Ok(Client { address, user_agent })
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
