//! One request with everything that a handler needs, and the cookies of its response.
//! A handler gets no body from here: that of a write is the `Input` which the router makes.

use std::cell::RefCell;

use better_auth::address::client_address;
use better_auth::cookie::RequestCookies;
use http::Method;
use http::header::COOKIE;
use http_api::{ApiError, Request};
use serde_json::{Map, Value};

use crate::env::Env;
use crate::settings::Settings;
use crate::store::Store;

/// Where the routes of this component are, but for the metadata of OAuth.
pub(crate) const PREFIX: &str = "/api/auth";

/// A request, the settings, the database and the host.
pub(crate) struct Context<'a> {
    request: &'a Request,
    pub(crate) settings: &'a Settings,
    pub(crate) env: &'a Env<'a>,
    pub(crate) store: Store<'a>,
    pub(crate) cookies: RequestCookies,
    response_cookies: RefCell<Vec<String>>,
}

impl<'a> Context<'a> {
    pub(crate) fn new(request: &'a Request, settings: &'a Settings, env: &'a Env<'a>) -> Self {
        let cookies =
            header(request, COOKIE.as_str(), "; ").map(|text| RequestCookies::parse(&text)).unwrap_or_default();
        let store = Store::new(settings, env.connect);
        Self { request, settings, env, store, cookies, response_cookies: RefCell::default() }
    }

    pub(crate) fn method(&self) -> &'a Method {
        self.request.method()
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

    /// A header's value; several of one name are joined as a list.
    pub(crate) fn header(&self, name: &str) -> Option<String> {
        header(self.request, name, ", ")
    }

    /// The bearer token.
    pub(crate) fn bearer(&self) -> Option<&'a str> {
        http_api::bearer(self.request)
    }

    /// The query string as it was sent.
    pub(crate) fn query(&self) -> &'a [u8] {
        self.request.uri().query().unwrap_or_default().as_bytes()
    }

    /// The decoded values of a query parameter.
    pub(crate) fn query_values(&self, name: &str) -> Vec<String> {
        let pairs = http_api::form_pairs(self.query());
        pairs.filter(|(other, _)| other == name).map(|(_, value)| value.into_owned()).collect()
    }

    /// All parameters of the query: a string each, an array where one was repeated.
    pub(crate) fn query_parameters(&self) -> Map<String, Value> {
        let mut parameters = Map::new();
        for (name, value) in http_api::form_pairs(self.query()).into_owned() {
            match parameters.get_mut(&name) {
                None => {
                    parameters.insert(name, value.into());
                }
                Some(Value::Array(values)) => values.push(value.into()),
                Some(first) => *first = vec![first.take(), value.into()].into(),
            }
        }
        parameters
    }

    /// The client's address, if it is known.
    pub(crate) fn client_address(&self) -> Result<Option<String>, ApiError> {
        let forwarded = self.header("x-forwarded-for");
        let connection = self.header("spin-client-addr");
        let hops = self.settings.client_address_hops()?;
        Ok(client_address(hops, forwarded.as_deref(), connection.as_deref()))
    }

    /// Adds a `Set-Cookie` value to the response, also to that of an error. The last of one name counts.
    pub(crate) fn set_cookie(&self, line: String) {
        let mut cookies = self.response_cookies.borrow_mut();
        let name = |line: &str| line.split('=').next().unwrap_or_default().to_owned();
        cookies.retain(|other| name(other) != name(&line));
        cookies.push(line);
    }

    /// Takes the `Set-Cookie` values.
    pub(crate) fn take_cookies(&self) -> Vec<String> {
        self.response_cookies.take()
    }

    /// Notes the verified user of a bearer token for the log line of the request.
    pub(crate) fn record_user(&self, id: &str) {
        http_api::record_user(self.request, id);
    }

    /// Logs what went wrong somewhere else.
    pub(crate) fn warn(&self, event: &'static str, cause: &str) {
        http_api::log_warning(self.request, event, cause);
    }
}

fn header(request: &Request, name: &str, separator: &str) -> Option<String> {
    let values = request.headers().get_all(name).iter().map(|value| String::from_utf8_lossy(value.as_bytes()));
    let values: Vec<_> = values.collect();
    (!values.is_empty()).then(|| values.join(separator))
}
