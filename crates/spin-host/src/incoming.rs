//! Reads a request of `wasi:http` 0.2 from the host: its head, and its body up to a limit.

use http_api::{ApiError, Request, RequestBody, Response};
use spin_sdk::http::IncomingRequest;
use wasi::io::streams::StreamError;

use crate::current;
use crate::head::{BodyReading, RequestHead, ended_early};

/// How many bytes of a body are read at once.
const CHUNK: u64 = 64 * 1024;

/// The request, or the response that says why it cannot be read.
pub(crate) fn read(
    incoming: &IncomingRequest,
    body_limit: impl FnOnce(&Request) -> Result<usize, ApiError>,
) -> Result<Request, Box<Response>> {
    let mut request = head(incoming).into_request().map_err(|error| Box::new(error.into_response()))?;
    current::start(&mut request);
    let body = BodyReading::of(&request, body_limit).and_then(|reading| match reading {
        BodyReading::Nothing => Ok(RequestBody::Complete(Vec::new())),
        BodyReading::TooLong => Ok(RequestBody::TooLarge),
        BodyReading::UpTo(limit, _) => read_body(incoming, limit),
    });
    *request.body_mut() = body.map_err(|error| Box::new(http_api::respond(&request, || Err(error))))?;
    Ok(request)
}

fn head(incoming: &IncomingRequest) -> RequestHead {
    RequestHead {
        method: incoming.method().to_string(),
        target: incoming.path_with_query(),
        authority: incoming.authority(),
        headers: incoming.headers().entries(),
    }
}

fn read_body(incoming: &IncomingRequest, limit: usize) -> Result<RequestBody, ApiError> {
    let incoming = incoming.consume().expect("nothing else reads the body");
    let stream = incoming.stream().expect("nothing else reads the body");
    let mut body = Vec::new();
    loop {
        match stream.blocking_read(CHUNK) {
            Ok(chunk) if body.len() + chunk.len() > limit => return Ok(RequestBody::TooLarge),
            Ok(chunk) => body.extend(chunk),
            Err(StreamError::Closed) => return Ok(RequestBody::Complete(body)),
            Err(_) => return Err(ended_early()),
        }
    }
}
