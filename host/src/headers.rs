//! Headers that the host sets: the request's id, and what Spin tells a component about its route. Clients cannot
//! forge either: an id that is not one is replaced, and `spin-*` from outside is dropped.

use std::net::SocketAddr;

use http::header::HOST;
use http::uri::{Authority, Scheme};
use http::{HeaderMap, HeaderName, HeaderValue, Request, Uri};

use crate::outbound::CHAIN_SUFFIX;
use crate::routes::Found;

/// The header with the request's id.
pub(crate) const REQUEST_ID: &str = "x-request-id";

/// The id of a request: the client's if it is a decent one, else a new one. It is set for the component, too.
pub(crate) fn request_id(headers: &mut HeaderMap) -> String {
    let decent = |id: &&str| {
        (1..=64).contains(&id.len()) && id.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_' | b'.'))
    };
    let given = headers.get(REQUEST_ID).and_then(|value| value.to_str().ok()).filter(decent).map(str::to_owned);
    let id = given.unwrap_or_else(|| uuid::Uuid::new_v4().simple().to_string());
    if let Ok(value) = HeaderValue::from_str(&id) {
        headers.insert(REQUEST_ID, value);
    }
    id
}

/// The size of a request's header, nearly as on the wire.
pub(crate) fn size<B>(request: &Request<B>) -> usize {
    let uri = request.uri().path_and_query().map_or(0, |path| path.as_str().len());
    let line = |(name, value): (&HeaderName, &HeaderValue)| name.as_str().len() + value.len() + 4;
    uri + request.headers().iter().map(line).sum::<usize>()
}

/// Makes the URI absolute; an answer of `None` means that the request names no host, or two different ones.
pub(crate) fn absolute<B>(request: &mut Request<B>) -> Option<()> {
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

/// Tells whether a client claims to be on the inside.
pub(crate) fn claims_to_be_internal(uri: &Uri) -> bool {
    uri.host().is_some_and(|host| host.to_ascii_lowercase().ends_with(CHAIN_SUFFIX))
}

/// Adds what Spin tells a component about its route: after what the client may have written under the same names.
pub(crate) fn describe<B>(request: &mut Request<B>, found: &Found, client: SocketAddr) {
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
mod tests {
    use super::*;

    fn get(uri: &str, headers: &[(&str, &str)]) -> Request<()> {
        let mut request = Request::get(uri).body(()).unwrap();
        for (name, value) in headers {
            request.headers_mut().append(name.parse::<HeaderName>().unwrap(), value.parse().unwrap());
        }
        request
    }

    #[test]
    fn a_decent_id_is_kept_and_another_is_replaced() {
        let mut request = get("/", &[("x-request-id", "abc-1.2_3")]);
        assert_eq!(request_id(request.headers_mut()), "abc-1.2_3");
        let long = "x".repeat(65);
        for bad in ["", "a b", "a\"b", long.as_str()] {
            let mut request = get("/", &[("x-request-id", bad)]);
            let id = request_id(request.headers_mut());
            assert_eq!((id.len(), request.headers()["x-request-id"].to_str().unwrap()), (32, id.as_str()));
        }
    }

    #[test]
    fn exactly_one_host_is_needed() {
        let mut request = get("/a?b", &[("host", "h:1")]);
        assert_eq!(absolute(&mut request), Some(()));
        assert_eq!(request.uri(), "http://h:1/a?b");
        assert_eq!(absolute(&mut get("http://h/", &[])), Some(()));
        assert_eq!(absolute(&mut get("/", &[])), None);
        assert_eq!(absolute(&mut get("/", &[("host", "a b")])), None);
        assert_eq!(absolute(&mut get("/", &[("host", "a"), ("host", "a")])), None);
        assert_eq!(absolute(&mut get("http://h/", &[("host", "other")])), None);
    }

    #[test]
    fn the_route_is_described_as_spin_does() {
        let mut request = get("http://h:1/api/u1/tasks/7?x=1", &[("host", "h:1"), ("spin-client-addr", "1.2.3.4:5")]);
        let found = Found {
            component: "tasks".into(),
            route: "/api/:user_id/tasks/...".into(),
            trailing: "/7".into(),
            parameters: vec![("user_id".into(), "u1".into())],
        };
        describe(&mut request, &found, "127.0.0.1:9".parse().unwrap());
        let header =
            |name: &str| request.headers().get_all(name).iter().next_back().unwrap().to_str().unwrap().to_owned();
        assert_eq!(header("spin-full-url"), "http://h:1/api/u1/tasks/7?x=1");
        assert_eq!(header("spin-path-info"), "/7");
        assert_eq!(header("spin-component-route"), "/api/:user_id/tasks");
        assert_eq!(header("spin-path-match-user-id"), "u1");
        assert_eq!(header("spin-client-addr"), "127.0.0.1:9");
    }
}
