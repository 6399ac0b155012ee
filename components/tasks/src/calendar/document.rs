//! A calendar as a response: with its version, compressed where that pays.

use http::header::{
    CACHE_CONTROL, CONTENT_DISPOSITION, CONTENT_TYPE, ETAG, HeaderName, IF_NONE_MATCH, REFERRER_POLICY, VARY,
    X_CONTENT_TYPE_OPTIONS,
};
use http::{HeaderValue, StatusCode};
use http_api::{ApiError, Request, Response, compress};
use sha2::{Digest, Sha256};

const ROBOTS: HeaderName = HeaderName::from_static("x-robots-tag");

/// 200 with the calendar, or 304 for a client that has this version.
pub(super) fn response(request: &Request, calendar: &str) -> Result<Response, ApiError> {
    // The same for both encodings, so it is a weak one.
    let version = format!("W/\"{}\"", base16ct::lower::encode_string(&Sha256::digest(calendar)[..16]));
    let mut response = match is_known(request, &version) {
        true => not_modified(),
        false => compress(request, whole(calendar))?,
    };
    let headers = response.headers_mut();
    headers.insert(ETAG, HeaderValue::try_from(version).map_err(ApiError::internal)?);
    // The address is a secret: no shared cache keeps what is there, no other site learns of it, no search engine lists it.
    headers.insert(CACHE_CONTROL, HeaderValue::from_static("private, no-cache"));
    headers.insert(REFERRER_POLICY, HeaderValue::from_static("no-referrer"));
    headers.insert(ROBOTS, HeaderValue::from_static("noindex"));
    Ok(response)
}

/// Whether `If-None-Match` names this version. A header that cannot be read names none.
fn is_known(request: &Request, version: &str) -> bool {
    let plain = |tag: &str| tag.trim().trim_start_matches("W/").to_owned();
    let lines = request.headers().get_all(IF_NONE_MATCH).iter().filter_map(|line| line.to_str().ok());
    lines.flat_map(|line| line.split(',')).any(|tag| tag.trim() == "*" || plain(tag) == plain(version))
}

fn not_modified() -> Response {
    let mut response = Response::new(Vec::new());
    *response.status_mut() = StatusCode::NOT_MODIFIED;
    response.headers_mut().insert(VARY, HeaderValue::from_static("accept-encoding"));
    response
}

fn whole(calendar: &str) -> Response {
    let mut response = Response::new(calendar.as_bytes().to_vec());
    let headers = response.headers_mut();
    headers.insert(CONTENT_TYPE, HeaderValue::from_static("text/calendar; charset=utf-8"));
    headers.insert(CONTENT_DISPOSITION, HeaderValue::from_static("inline; filename=\"tasks.ics\""));
    headers.insert(X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    response
}

#[cfg(test)]
mod tests {
    use http_api::RequestBody;

    use super::*;

    fn send(headers: &[(&str, &str)], calendar: &str) -> Response {
        let mut request = http::Request::builder().uri("/x");
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        response(&request.body(RequestBody::Complete(Vec::new())).unwrap(), calendar).unwrap()
    }

    #[test]
    fn who_has_the_version_gets_no_body() {
        let first = send(&[], "calendar");
        let version = first.headers()[ETAG].to_str().unwrap();
        for known in [version, "*", &format!("\"x\", {version}"), version.trim_start_matches("W/")] {
            let again = send(&[("if-none-match", known)], "calendar");
            assert_eq!(
                (again.status().as_u16(), again.body().len(), &again.headers()[ETAG]),
                (304, 0, &first.headers()[ETAG])
            );
        }
        assert_eq!(send(&[("if-none-match", version)], "other").status(), 200);
        assert_eq!(first.headers()[CACHE_CONTROL], "private, no-cache");
    }
}
