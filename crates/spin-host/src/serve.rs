//! Serves one request of `wasi:http` 0.2: reads it, calls the handler, and sends the response.

use http::header::CONTENT_LENGTH;
use http_api::{ApiError, Request, RequestBody, Response};
use spin_sdk::http::{IncomingRequest, ResponseOutparam};

use crate::current;
use crate::incoming::read;
use crate::stream::{Disconnected, ResponseStream, log_disconnected};
use crate::variables::trusted_origins;

/// Reads the request, at most `body_limit` bytes of its body, and sends the handler's response. `body_limit` is called only
/// if the body may be longer than [`http_api::SMALL_BODY`]. A request without an id is given one, so that every log line of
/// it can be found.
pub fn serve(
    incoming: IncomingRequest,
    out: ResponseOutparam,
    body_limit: impl FnOnce(&Request) -> Result<usize, ApiError>,
    handler: impl FnOnce(&Request) -> Response,
) {
    match read(&incoming, body_limit) {
        Ok(request) => finish(out, handler(&request), is_read(&request)),
        Err(response) => finish(out, *response, false),
    }
}

/// As [`serve`], for routes that pages of other origins may call if the operator lists them.
pub fn serve_api(
    incoming: IncomingRequest,
    out: ResponseOutparam,
    body_limit: impl FnOnce(&Request) -> Result<usize, ApiError>,
    handler: impl FnOnce(&Request) -> Response,
) {
    let respond = |request: &Request| {
        http_api::respond(request, || http_api::cross_origin(request, &trusted_origins, || handler(request)))
    };
    serve(incoming, out, body_limit, respond);
}

fn is_read(request: &Request) -> bool {
    matches!(request.body(), RequestBody::Complete(_))
}

/// Sends a whole response. One without a body may belong to a HEAD: its length is not known here. If the request is still
/// being sent, the head goes first: the connection ends then, and the client needs the time to notice.
fn finish(out: ResponseOutparam, mut response: Response, is_read: bool) {
    current::add_request_id(response.headers_mut());
    current::finish(response.status());
    if !response.body().is_empty() {
        let length = response.body().len().into();
        response.headers_mut().entry(CONTENT_LENGTH).or_insert(length);
    }
    let (head, body) = response.into_parts();
    let stream = ResponseStream::new(out, &head);
    if !is_read {
        stream.send_head();
    }
    match stream.send(&body) {
        Ok(()) => stream.finish(),
        Err(Disconnected) => log_disconnected(),
    }
}
