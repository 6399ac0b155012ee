//! How long the body of a request may be.

use http_api::Request;

/// The longest request body, in bytes.
pub const BODY_LIMIT: usize = 16 * 1024;
/// The longest body of a request that holds a whole chat, in bytes.
const CHAT_BODY_LIMIT: usize = 512 * 1024;

/// The longest body of a request, in bytes.
pub fn body_limit(request: &Request) -> usize {
    let is_message = request.uri().path().trim_end_matches('/').ends_with("/chat");
    if is_message { CHAT_BODY_LIMIT } else { BODY_LIMIT }
}
