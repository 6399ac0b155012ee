//! Errors as ChatKit's client gets them.

use http::StatusCode;

use super::request::UNACCEPTABLE_TEXT;
use super::stream::ThreadStream;
use crate::env::ChatEnv;
use crate::error::ChatError;
use crate::sse;

/// Sends an error that a person has to read as a stream. Any other error is the response itself.
pub(crate) fn stream_error(error: ChatError, env: &ChatEnv) -> ChatError {
    let error = error.into_api_error(env.language);
    let is_for_people = [StatusCode::CONFLICT, StatusCode::GONE, StatusCode::TOO_MANY_REQUESTS].contains(&error.status)
        || error.code == UNACCEPTABLE_TEXT
        || error.status.is_server_error();
    if is_for_people {
        let mut head = sse::head(None);
        let headers = error.headers.iter().filter_map(|(name, value)| Some((name.clone(), value.parse().ok()?)));
        head.headers_mut().extend(headers);
        (env.start_stream)(head);
        ThreadStream::new(env, 0, 0).fail(&error);
    }
    error.into()
}
