//! Serves a request by `wasi:http` 0.3, in an instance that serves others before, after and meanwhile. What waits for the client
//! gives way to them; a handler is a plain function and runs through. A component's entry exports an [`HttpService`].

mod idle;
mod incoming;
mod outgoing;
mod patience;

use http::Method;
use http_api::{ApiError, CrossOrigin, Request, RequestBody, Response};

use crate::current::CurrentRequest;
use crate::head::BodyReading;
use crate::variables::trusted_origins;
use incoming::{read_body, read_head};
use outgoing::{send, send_parts};

pub use outgoing::BodyParts;
/// What a component implements and exports by [`export`].
pub use wasip3::exports::http::handler::Guest as HttpService;
/// Exports an [`HttpService`].
pub use wasip3::http::service::export;
/// A request and a response as the host has them, and why there is none.
pub use wasip3::http::types::{ErrorCode, Request as HostRequest, Response as HostResponse};

/// A response whose body may be made part by part.
pub struct ServiceResponse {
    /// Status, headers, and the first part of the body.
    pub head: Response,
    /// The other parts, if they are not in memory yet.
    pub rest: Option<BodyParts>,
}

impl From<Response> for ServiceResponse {
    fn from(head: Response) -> Self {
        Self { head, rest: None }
    }
}

/// Reads the request, at most `body_limit` bytes of its body, and sends the handler's response. `body_limit` is called only
/// if the body may be longer than [`http_api::SMALL_BODY`]. A request without an id is given one, so that every log line of
/// it can be found.
pub async fn serve<R: Into<ServiceResponse>>(
    incoming: HostRequest,
    body_limit: impl FnOnce(&Request) -> Result<usize, ApiError>,
    handler: impl FnOnce(&Request) -> R,
) -> Result<HostResponse, ErrorCode> {
    let mut request = match read_head(&incoming).into_request() {
        Ok(request) => request,
        Err(error) => return Ok(send(error.into_response(), true)),
    };
    let current = CurrentRequest::new(&mut request);
    let body = match current.run(|| BodyReading::of(&request, body_limit)) {
        Ok(BodyReading::Nothing) => Ok(RequestBody::Complete(Vec::new())),
        Ok(BodyReading::TooLong) => Ok(RequestBody::TooLarge),
        Ok(BodyReading::UpTo(limit)) => read_body(incoming, limit).await,
        Err(error) => Err(error),
    };
    let ServiceResponse { mut head, rest } = current.run(|| match body {
        Ok(body) => {
            *request.body_mut() = body;
            handler(&request).into()
        }
        Err(error) => http_api::respond(&request, || Err(error)).into(),
    });
    idle::watch();
    current.add_id(head.headers_mut());
    match rest {
        Some(rest) => Ok(send_parts(head, rest, request, current)),
        None => {
            current.finish(head.status());
            Ok(send(head, request.method() != Method::HEAD))
        }
    }
}

/// As [`serve`], for routes that pages of other origins may call if the operator lists them.
pub async fn serve_api<R: Into<ServiceResponse>>(
    incoming: HostRequest,
    body_limit: impl FnOnce(&Request) -> Result<usize, ApiError>,
    handler: impl FnOnce(&Request) -> R,
) -> Result<HostResponse, ErrorCode> {
    let respond = |request: &Request| {
        let origins = match CrossOrigin::check(request, &trusted_origins) {
            Ok(origins) => origins,
            Err(error) => return http_api::respond(request, || Err(error)).into(),
        };
        if let Some(preflight) = origins.preflight(request) {
            return preflight.into();
        }
        let mut response: ServiceResponse = handler(request).into();
        origins.apply(response.head.headers_mut());
        response
    };
    serve(incoming, body_limit, respond).await
}
