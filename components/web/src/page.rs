//! The page as it is sent. A link to it is shown with a picture, and programs that read the page for that know only
//! absolute addresses, so the server inserts its own origin.

use std::io::Write as _;

use flate2::Compression;
use flate2::write::GzEncoder;
use http::HeaderMap;
use http::header::HOST;

/// The address of the picture as the build writes it.
const PICTURE: &str = "content=\"/social.png\"";

/// The page with the absolute address of its picture, and the scheme of that; `None` where the page has no picture or
/// the request does not name a host.
pub(crate) fn with_absolute_picture(page: &[u8], headers: &HeaderMap) -> Option<(Vec<u8>, &'static str)> {
    let host = headers.get(HOST)?.to_str().ok().filter(|host| is_host(host))?;
    let scheme = scheme_of(headers);
    let text = std::str::from_utf8(page).ok()?;
    let absolute = format!("content=\"{scheme}://{host}/social.png\"");
    text.contains(PICTURE).then(|| (text.replacen(PICTURE, &absolute, 1).into_bytes(), scheme))
}

/// Whether it is a name or an address, with or without a port: nothing that could end an attribute.
fn is_host(host: &str) -> bool {
    (1..=255).contains(&host.len())
        && host.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'-' | b':' | b'[' | b']'))
}

/// The scheme that people use, as the proxy in front says it; without a proxy there is no TLS.
fn scheme_of(headers: &HeaderMap) -> &'static str {
    let forwarded = headers.get("x-forwarded-proto").and_then(|value| value.to_str().ok());
    if forwarded.is_some_and(|proto| proto.trim().eq_ignore_ascii_case("https")) { "https" } else { "http" }
}

/// The page compressed: it is short, so this costs less than the bytes.
pub(crate) fn gzip(page: &[u8]) -> std::io::Result<Vec<u8>> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
    encoder.write_all(page)?;
    encoder.finish()
}

#[cfg(test)]
mod tests;
