//! Reads a request of `wasi:http` 0.3.

use http_api::{ApiError, RequestBody};
use wasip3::http::types::{Method, Request as HostRequest};
use wasip3::wit_bindgen::StreamResult;
use wasip3::wit_future;

use crate::head::{RequestHead, ended_early};

/// How many bytes of a body are read at once, at least.
const CHUNK: usize = 16 * 1024;

pub(super) fn read_head(incoming: &HostRequest) -> RequestHead {
    RequestHead {
        method: method(incoming.get_method()),
        target: incoming.get_path_with_query(),
        authority: incoming.get_authority(),
        headers: incoming.get_headers().copy_all(),
    }
}

fn method(method: Method) -> String {
    let name = match method {
        Method::Get => "GET",
        Method::Head => "HEAD",
        Method::Post => "POST",
        Method::Put => "PUT",
        Method::Delete => "DELETE",
        Method::Connect => "CONNECT",
        Method::Options => "OPTIONS",
        Method::Trace => "TRACE",
        Method::Patch => "PATCH",
        Method::Other(name) => return name,
    };
    name.to_owned()
}

/// Reads the body, which must end as its sender meant it to end: at its `length`, if that is known. A client may take its time: the connection that the
/// instance keeps goes back meanwhile ([`super::idle`]).
pub(super) async fn read_body(
    incoming: HostRequest,
    limit: usize,
    length: Option<u64>,
) -> Result<RequestBody, ApiError> {
    let (received, received_by_host) = wit_future::new(|| Ok(()));
    drop(received); // what became of the body is in our response
    let (mut stream, end) = HostRequest::consume_body(incoming, received_by_host);
    let mut body = Vec::new();
    loop {
        body.reserve(CHUNK);
        let (result, read) = stream.read(body).await;
        body = read;
        if body.len() > limit {
            return Ok(RequestBody::TooLarge);
        }
        if length == Some(body.len() as u64) {
            return Ok(RequestBody::Complete(body));
        }
        if !matches!(result, StreamResult::Complete(_)) {
            break;
        }
    }
    end.into_future().await.map_err(|_| ended_early())?;
    Ok(RequestBody::Complete(body))
}
