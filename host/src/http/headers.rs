//! Headers that the host sets: the request's id, and Spin's description of the route. Clients can forge neither: a
//! malformed id is replaced, and Spin's own headers come after those that a client sent.

use std::net::SocketAddr;

use http::header::HOST;
use http::uri::{Authority, Scheme};
use http::{HeaderMap, HeaderName, HeaderValue, Request, Uri};

use crate::manifest::allowed_hosts::CHAIN_SUFFIX;
use crate::manifest::routes::RouteMatch;

/// The header with the request's id.
pub(crate) const REQUEST_ID: &str = "x-request-id";

/// The id of a request: the client's if it is well-formed, else a new one. The component sees the same header.
pub(crate) fn request_id(headers: &mut HeaderMap) -> String {
    let well_formed = |id: &&str| {
        (1..=64).contains(&id.len()) && id.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_' | b'.'))
    };
    let given = headers.get(REQUEST_ID).and_then(|value| value.to_str().ok()).filter(well_formed).map(str::to_owned);
    let id = given.unwrap_or_else(|| uuid::Uuid::new_v4().simple().to_string());
    if let Ok(value) = HeaderValue::from_str(&id) {
        headers.insert(REQUEST_ID, value);
    }
    id
}

/// The size of a request's header in bytes, nearly as on the wire.
pub(crate) fn size<B>(request: &Request<B>) -> usize {
    let uri = request.uri().path_and_query().map_or(0, |path| path.as_str().len());
    let line = |(name, value): (&HeaderName, &HeaderValue)| name.as_str().len() + value.len() + 4;
    uri + request.headers().iter().map(line).sum::<usize>()
}

/// Makes the URI absolute. `None` means that the request names no host, or more than one.
pub(crate) fn make_absolute<B>(request: &mut Request<B>) -> Option<()> {
    let mut hosts = request.headers().get_all(HOST).iter();
    let header = match hosts.next() {
        Some(value) => Some(value.to_str().ok()?.parse::<Authority>().ok()?),
        None => None,
    };
    let mut parts = request.uri().clone().into_parts();
    let authority = match (header, parts.authority.take()) {
        _ if hosts.next().is_some() => return None,
        (Some(header), Some(uri)) if header != uri => return None,
        (Some(authority), _) | (None, Some(authority)) => authority,
        (None, None) => return None,
    };
    parts.authority = Some(authority);
    parts.scheme = Some(Scheme::HTTP);
    parts.path_and_query.get_or_insert_with(|| http::uri::PathAndQuery::from_static("/"));
    *request.uri_mut() = Uri::from_parts(parts).ok()?;
    Some(())
}

/// Whether the request is for a host name that only components of the app may call.
pub(crate) fn is_internal(uri: &Uri) -> bool {
    uri.host().is_some_and(|host| host.to_ascii_lowercase().ends_with(CHAIN_SUFFIX))
}

/// Adds Spin's headers about the route, after those that the client may have sent under the same names.
pub(crate) fn add_spin_headers<B>(request: &mut Request<B>, found: &RouteMatch, client: SocketAddr) {
    let host = request.headers().get(HOST).and_then(|host| host.to_str().ok()).unwrap_or("localhost");
    let path = request.uri().path_and_query().map_or("/", |path| path.as_str());
    let mut all = vec![
        ("spin-path-info".to_owned(), found.trailing.clone()),
        ("spin-full-url".to_owned(), format!("http://{host}{path}")),
        ("spin-matched-route".to_owned(), found.route.clone()),
        ("spin-base-path".to_owned(), "/".to_owned()),
        ("spin-raw-component-route".to_owned(), found.route.clone()),
        ("spin-component-route".to_owned(), found.prefix().to_owned()),
        ("spin-client-addr".to_owned(), client.to_string()),
    ];
    for (name, value) in &found.parameters {
        all.push((format!("spin-path-match-{}", name.to_ascii_lowercase().replace('_', "-")), value.clone()));
    }
    for (name, value) in all {
        if let (Ok(name), Ok(value)) = (name.parse::<HeaderName>(), HeaderValue::from_bytes(value.as_bytes())) {
            request.headers_mut().append(name, value);
        }
    }
}

#[cfg(test)]
mod tests;
