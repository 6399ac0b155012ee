//! The path of a request, decoded.

use percent_encoding::percent_decode_str;

use crate::error::ApiError;
use crate::request::Request;

/// The percent-decoded segments of the path. No route has a segment that is not UTF-8 or that decodes to a slash or a
/// control character: 404.
pub fn segments(request: &Request) -> Result<Vec<String>, ApiError> {
    let path = request.uri().path();
    let decode = |segment: &str| {
        let text = percent_decode_str(segment).decode_utf8().ok()?;
        (!text.contains('/') && !text.chars().any(char::is_control)).then(|| text.into_owned())
    };
    let decoded: Option<Vec<String>> = path.strip_prefix('/').unwrap_or(path).split('/').map(decode).collect();
    decoded.ok_or_else(ApiError::no_route)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::request::RequestBody;

    fn request(uri: &str) -> Request {
        http::Request::builder().uri(uri).body(RequestBody::Complete(Vec::new())).unwrap()
    }

    #[test]
    fn segments_are_decoded() {
        assert_eq!(segments(&request("/api/a%40b/tasks/1?x=%2F")).unwrap(), ["api", "a@b", "tasks", "1"]);
    }

    #[test]
    fn a_hidden_slash_control_or_broken_utf8_is_no_path() {
        for path in ["/api/a%2Fb", "/api/%00", "/api/%ff"] {
            assert_eq!(segments(&request(path)).unwrap_err().status, 404, "{path}");
        }
    }
}
