//! What is long is sent compressed to clients that take it.

use std::io::Write;

use flate2::Compression;
use flate2::write::GzEncoder;
use http::HeaderValue;
use http::header::{CONTENT_ENCODING, ETAG, VARY};

use crate::{ApiError, ContentCoding, Request, Response};

/// From how many bytes on.
const LONG: usize = 1024;

/// The response, compressed by gzip where that pays. A strong version names the bytes as they are, so they stay so.
pub fn compress(request: &Request, response: Response) -> Result<Response, ApiError> {
    let is_strong = response.headers().get(ETAG).is_some_and(|tag| !tag.as_bytes().starts_with(b"W/"));
    if response.body().len() <= LONG || is_strong {
        return Ok(response);
    }
    let coding = ContentCoding::negotiate(request.headers(), |coding| coding != ContentCoding::Brotli);
    let (mut head, body) = response.into_parts();
    head.headers.append(VARY, HeaderValue::from_static("accept-encoding"));
    if coding != Some(ContentCoding::Gzip) {
        return Ok(Response::from_parts(head, body));
    }
    head.headers.insert(CONTENT_ENCODING, HeaderValue::from_static("gzip"));
    Ok(Response::from_parts(head, gzip(&body).map_err(ApiError::internal)?))
}

fn gzip(body: &[u8]) -> std::io::Result<Vec<u8>> {
    let mut encoder = GzEncoder::new(Vec::with_capacity(body.len() / 4), Compression::fast());
    encoder.write_all(body)?;
    encoder.finish()
}

#[cfg(test)]
mod tests {
    use std::io::Read;

    use super::*;
    use crate::RequestBody;
    use flate2::read::GzDecoder;

    fn send(accepted: Option<&str>, tag: Option<&'static str>, body: &str) -> Response {
        let mut request = http::Request::builder().uri("/x");
        if let Some(accepted) = accepted {
            request = request.header("accept-encoding", accepted);
        }
        let mut response = Response::new(body.as_bytes().to_vec());
        if let Some(tag) = tag {
            response.headers_mut().insert(ETAG, HeaderValue::from_static(tag));
        }
        compress(&request.body(RequestBody::Complete(Vec::new())).unwrap(), response).unwrap()
    }

    #[test]
    fn a_long_body_is_compressed_for_who_takes_it() {
        let long = "buy milk\n".repeat(200);
        for tag in [None, Some("W/\"1\"")] {
            let sent = send(Some("gzip, br"), tag, &long);
            assert_eq!(sent.headers()[CONTENT_ENCODING], "gzip");
            assert_eq!(sent.headers()[VARY], "accept-encoding");
            let mut text = String::new();
            GzDecoder::new(sent.body().as_slice()).read_to_string(&mut text).unwrap();
            assert_eq!(text, long);
        }
        for accepted in [None, Some("gzip;q=0"), Some("br"), Some("identity, gzip;q=0.5")] {
            let sent = send(accepted, None, &long);
            assert_eq!((sent.headers().get(CONTENT_ENCODING), sent.body().len()), (None, long.len()));
            assert_eq!(sent.headers()[VARY], "accept-encoding");
        }
    }

    #[test]
    fn a_short_body_and_one_with_a_strong_version_stay_as_they_are() {
        assert_eq!(send(Some("gzip"), None, "short").headers().get(CONTENT_ENCODING), None);
        let long = "buy milk\n".repeat(200);
        assert_eq!(send(Some("gzip"), Some("\"1\""), &long).headers().get(CONTENT_ENCODING), None);
    }
}
