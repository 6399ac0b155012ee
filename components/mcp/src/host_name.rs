//! The host names in requests.

use http::Uri;
use http::uri::Authority;
use http_api::Request;

/// The host name that a request names.
pub(crate) fn of(request: &Request) -> Option<String> {
    http_api::header(request, "host").and_then(host_of)
}

/// The host name of `name[:port]`, in lower case and without the dot of the root. `None` if the text contains anything
/// else.
fn host_of(authority: &str) -> Option<String> {
    let authority: Authority = authority.parse().ok()?;
    let port = authority.as_str().strip_prefix(authority.host())?;
    let digits = port.is_empty() || port.strip_prefix(':').is_some_and(|port| port.parse::<u16>().is_ok());
    let name = authority.host();
    digits.then(|| name.strip_suffix('.').unwrap_or(name).to_ascii_lowercase())
}

/// The host name of an origin.
pub(crate) fn of_origin(origin: &str) -> Option<String> {
    let uri: Uri = origin.parse().ok()?;
    uri.scheme()?;
    host_of(uri.authority()?.as_str())
}
