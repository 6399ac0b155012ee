//! Serves a request by `wasi:http` 0.3, in an instance that serves others before, after and meanwhile. What waits for the client or for
//! another server gives way to them; what a handler does else, such as a statement, runs through. A component's entry exports an
//! [`HttpService`].

mod idle;
mod incoming;
mod outbound;
mod outgoing;
mod patience;
mod response_stream;

use std::rc::Rc;

use http::{Method, StatusCode};
use http_api::{ApiError, CrossOrigin, Request, RequestBody, Response};

use crate::current::CurrentRequest;
use crate::head::BodyReading;
use crate::variables::trusted_origins;
use incoming::{read_body, read_head};
use outgoing::{let_bodies_go, send, send_parts};
use wasip3::spawn;

pub use outbound::{OutboundResponse, OutboundTimeouts, fetch};
pub use outgoing::BodyParts;
pub use patience::wait;
pub use response_stream::{ResponseStarter, ResponseStream};
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
    let ReceivedRequest { request, current, fault } = match receive(incoming, body_limit).await {
        Ok(received) => received,
        Err(response) => return Ok(response),
    };
    let ServiceResponse { mut head, rest } = current.run(|| match fault {
        None => handler(&request).into(),
        Some(error) => http_api::respond(&request, || Err(error)).into(),
    });
    idle::watch();
    match rest {
        Some(rest) => {
            current.add_id(head.headers_mut());
            Ok(send_parts(head, rest, request, current))
        }
        None => Ok(finish(head, &current, request.method() != Method::HEAD)),
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

/// As [`serve_api`], for a handler that waits for others and may stream. It returns a whole response with the starter; or it starts a
/// stream, writes it to the end and returns `None`.
pub async fn serve_stream(
    incoming: HostRequest,
    body_limit: impl FnOnce(&Request) -> Result<usize, ApiError>,
    handler: impl AsyncFnOnce(Request, ResponseStarter) -> Option<(ResponseStarter, Response)> + 'static,
) -> Result<HostResponse, ErrorCode> {
    let ReceivedRequest { request, current, fault } = match receive(incoming, body_limit).await {
        Ok(received) => received,
        Err(response) => return Ok(response),
    };
    let has_body = request.method() != Method::HEAD;
    let origins = match current.run(|| fault.map_or_else(|| CrossOrigin::check(&request, &trusted_origins), Err)) {
        Ok(origins) => origins,
        Err(error) => return Ok(finish(http_api::respond(&request, || Err(error)), &current, has_body)),
    };
    if let Some(preflight) = origins.preflight(&request) {
        return Ok(finish(preflight, &current, has_body));
    }
    let (starter, begun) = ResponseStarter::new(origins, current.clone(), has_body);
    spawn(async move {
        match current.run_waiting(handler(request, starter)).await {
            Some((starter, response)) => starter.finish(response),
            None => current.finish(StatusCode::OK), // a stream began with it
        }
        idle::watch();
    });
    begun.await.map_err(|_| ErrorCode::InternalError(None))
}

/// A request that was read.
struct ReceivedRequest {
    request: Request,
    current: Rc<CurrentRequest>,
    /// Why its body could not be read.
    fault: Option<ApiError>,
}

/// Reads a request; or returns the response to one whose head cannot be read.
async fn receive(
    incoming: HostRequest,
    body_limit: impl FnOnce(&Request) -> Result<usize, ApiError>,
) -> Result<ReceivedRequest, HostResponse> {
    let mut request = read_head(&incoming).into_request().map_err(|error| send(error.into_response(), true))?;
    let current = CurrentRequest::new(&mut request);
    let body = match current.run(|| BodyReading::of(&request, body_limit)) {
        Ok(BodyReading::Nothing) => Ok(RequestBody::Complete(Vec::new())),
        Ok(BodyReading::TooLong) => Ok(RequestBody::TooLarge),
        Ok(BodyReading::UpTo(limit, length)) => read_body(incoming, limit, length).await,
        Err(error) => Err(error),
    };
    let fault = body.map(|body| *request.body_mut() = body).err();
    let_bodies_go().await;
    Ok(ReceivedRequest { request, current, fault })
}

/// Sends a whole response, and logs its request.
fn finish(mut response: Response, current: &CurrentRequest, has_body: bool) -> HostResponse {
    current.add_id(response.headers_mut());
    current.finish(response.status());
    send(response, has_body)
}
