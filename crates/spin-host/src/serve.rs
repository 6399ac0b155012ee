//! One request in, one response out, whole or as a stream: reads the body up to a limit and keeps repeated headers apart.

use std::cell::Cell;
use std::time::Duration;

use http::header::{CONTENT_LENGTH, HeaderName};
use http::{HeaderMap, HeaderValue, StatusCode};
use http_api::{ApiError, Body, CrossOrigin, REQUEST_ID, Request, Response, SMALL_BODY, is_request_id};
use spin_sdk::http::{Fields, IncomingRequest, Method, OutgoingBody, OutgoingResponse, ResponseOutparam};
use wasi::clocks::monotonic_clock::subscribe_duration;
use wasi::io::poll::poll;
use wasi::io::streams::{OutputStream, StreamError};

use crate::access;

/// A client that takes nothing for this long has gone.
const CLIENT_PATIENCE: Duration = Duration::from_secs(20);
/// How many bytes of a body are asked for at once.
const CHUNK: u64 = 64 * 1024;

/// What we read of what Spin says about a request.
const OF_SPIN: [&str; 2] = ["spin-client-addr", "spin-raw-component-route"];

/// Reads the request, at most `body_limit` bytes of its body, and sends what the handler answers. The limit is asked for if
/// the body may be longer than [`SMALL_BODY`]. A request without an id is given one, so that every log line of it can be found.
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

/// The same for what pages of other origins may call, if the operator lists them.
pub fn serve_api(
    incoming: IncomingRequest,
    out: ResponseOutparam,
    body_limit: impl FnOnce(&Request) -> Result<usize, ApiError>,
    handler: impl FnOnce(&Request) -> Response,
) {
    let respond = |request: &Request| {
        http_api::respond(request, || http_api::cross_origin(request, &crate::trusted_origins, || handler(request)))
    };
    serve(incoming, out, body_limit, respond);
}

/// The same as [`serve_api`] for a handler that may stream: it answers whole, or opens the stream, writes and answers `None`.
pub fn serve_stream(
    incoming: IncomingRequest,
    out: ResponseOutparam,
    body_limit: impl FnOnce(&Request) -> Result<usize, ApiError>,
    handler: impl FnOnce(&Request, Opening) -> Option<(Opening, Response)>,
) {
    let request = match read(&incoming, body_limit) {
        Ok(request) => request,
        Err(response) => return finish(out, *response, false),
    };
    let origins = match CrossOrigin::of(&request, &crate::trusted_origins) {
        Ok(origins) => origins,
        Err(error) => return finish(out, http_api::respond(&request, || Err(error)), is_read(&request)),
    };
    if let Some(preflight) = origins.preflight(&request) {
        return finish(out, preflight, is_read(&request));
    }
    match handler(&request, Opening { out, origins }) {
        Some((opening, mut response)) => {
            opening.origins.apply(response.headers_mut());
            finish(opening.out, response, is_read(&request));
        }
        // A stream has begun with 200 and is over by now.
        None => access::answered(StatusCode::OK),
    }
}

fn is_read(request: &Request) -> bool {
    matches!(request.body(), Body::Complete(_))
}

/// Sends a whole answer. One without a body may be that of a HEAD: its length is not known here. Where the request is still
/// being sent the head goes first: the connection ends then, and a client must have the time to notice.
fn finish(out: ResponseOutparam, mut response: Response, is_read: bool) {
    access::name(response.headers_mut());
    access::answered(response.status());
    if !response.body().is_empty() {
        let length = response.body().len().into();
        response.headers_mut().entry(CONTENT_LENGTH).or_insert(length);
    }
    let (head, body) = response.into_parts();
    let stream = Stream::new(out, &head);
    if !is_read {
        stream.send_head();
    }
    match stream.send(&body) {
        Ok(()) => stream.finish(),
        Err(Gone) => client_gone(),
    }
}

fn client_gone() {
    crate::log(r#"{"level":"info","event":"client_gone"}"#);
}

/// A response that has not begun.
pub struct Opening {
    out: ResponseOutparam,
    origins: CrossOrigin<'static>,
}

/// A response that has begun. Its head leaves with its first bytes, as one packet: of two, Spin's server holds the second
/// back until the client has confirmed the first, which may take 40 ms. Dropped without [`Stream::finish`], it ends as a
/// broken one.
pub struct Stream {
    head: Cell<Option<(ResponseOutparam, OutgoingResponse)>>,
    stream: OutputStream,
    body: OutgoingBody,
}

/// The client takes no more.
#[derive(Debug)]
pub struct Gone;

impl Opening {
    /// Begins a response; its body follows.
    pub fn begin(self, mut head: http::Response<()>) -> Stream {
        self.origins.apply(head.headers_mut());
        access::name(head.headers_mut());
        Stream::new(self.out, &head.into_parts().0)
    }
}

impl Stream {
    fn new(out: ResponseOutparam, head: &http::response::Parts) -> Self {
        let response = outgoing(head);
        let body = response.body().expect("a new response has its body");
        let stream = body.write().expect("a new body has its stream");
        Self { head: Cell::new(Some((out, response))), stream, body }
    }

    fn send_head(&self) {
        if let Some((out, response)) = self.head.take() {
            out.set(response);
        }
    }

    /// Whether the client is still there, as far as one can know.
    pub fn is_open(&self) -> bool {
        self.stream.check_write().is_ok()
    }

    /// Sends these bytes now.
    pub fn send(&self, bytes: &[u8]) -> Result<(), Gone> {
        let first = self.write(bytes);
        self.send_head();
        let mut rest = first?;
        while !rest.is_empty() {
            let before = rest.len();
            rest = self.write(rest)?;
            if rest.len() == before {
                self.wait()?;
            }
        }
        self.stream.flush().map_err(|_| Gone)
    }

    /// Writes what there is room for, and answers the rest.
    fn write<'a>(&self, bytes: &'a [u8]) -> Result<&'a [u8], Gone> {
        let room = self.stream.check_write().map_err(|_| Gone)?;
        let (now, later) = bytes.split_at(bytes.len().min(usize::try_from(room).unwrap_or(usize::MAX)));
        if !now.is_empty() {
            self.stream.write(now).map_err(|_| Gone)?;
        }
        Ok(later)
    }

    /// Ends the body as a complete one.
    pub fn finish(self) {
        self.send_head();
        drop(self.stream);
        if OutgoingBody::finish(self.body, None).is_err() {
            client_gone();
        }
    }

    fn wait(&self) -> Result<(), Gone> {
        let timer = subscribe_duration(u64::try_from(CLIENT_PATIENCE.as_nanos()).unwrap_or(u64::MAX));
        match poll(&[&self.stream.subscribe(), &timer]).contains(&0) {
            true => Ok(()),
            false => Err(Gone),
        }
    }
}

/// The request, or why it cannot be read.
fn read(
    incoming: &IncomingRequest,
    body_limit: impl FnOnce(&Request) -> Result<usize, ApiError>,
) -> Result<Request, Box<Response>> {
    let mut request = head(incoming).map_err(|error| Box::new(error.into_response()))?;
    access::began(&request);
    let length = http_api::header(&request, CONTENT_LENGTH.as_str()).and_then(|text| text.parse::<u64>().ok());
    let body = match *request.method() {
        // What a GET carries means nothing (RFC 9110 §9.3.1).
        http::Method::GET | http::Method::HEAD => Ok(Body::Complete(Vec::new())),
        _ if length.is_some_and(|length| length <= SMALL_BODY as u64) => read_body(incoming, SMALL_BODY),
        _ => body_limit(&request).and_then(|limit| match length {
            Some(length) if length > limit as u64 => Ok(Body::TooLarge),
            _ => read_body(incoming, limit),
        }),
    };
    *request.body_mut() = body.map_err(|error| Box::new(http_api::respond(&request, || Err(error))))?;
    Ok(request)
}

fn head(incoming: &IncomingRequest) -> Result<Request, ApiError> {
    let mut builder = http::Request::builder()
        .method(method(&incoming.method()))
        .uri(incoming.path_with_query().unwrap_or_else(|| "/".to_owned()));
    let mut headers = HeaderMap::new();
    for (name, value) in incoming.headers().entries() {
        if name.starts_with("spin-") && !OF_SPIN.contains(&name.as_str()) {
            continue;
        }
        if let (Ok(name), Ok(value)) = (HeaderName::try_from(name), HeaderValue::try_from(value)) {
            // Spin's own word comes after what the client may have written under the same name.
            match name.as_str().starts_with("spin-") {
                true => drop(headers.insert(name, value)),
                false => drop(headers.append(name, value)),
            }
        }
    }
    if !headers.contains_key("host")
        && let Some(Ok(host)) = incoming.authority().map(HeaderValue::try_from)
    {
        headers.insert("host", host);
    }
    if !headers.get(REQUEST_ID).and_then(|id| id.to_str().ok()).is_some_and(is_request_id) {
        headers.insert(REQUEST_ID, random_id());
    }
    if let Some(target) = builder.headers_mut() {
        *target = headers;
    }
    let request = builder.body(Body::Complete(Vec::new()));
    request.map_err(|error| ApiError::malformed(format!("The request cannot be read: {error}.")))
}

fn read_body(incoming: &IncomingRequest, limit: usize) -> Result<Body, ApiError> {
    let incoming = incoming.consume().expect("nobody else reads the body");
    let stream = incoming.stream().expect("nobody else reads the body");
    let mut body = Vec::new();
    loop {
        match stream.blocking_read(CHUNK) {
            Ok(chunk) if body.len() + chunk.len() > limit => return Ok(Body::TooLarge),
            Ok(chunk) => body.extend(chunk),
            Err(StreamError::Closed) => return Ok(Body::Complete(body)),
            Err(_) => return Err(ApiError::malformed("The request body ended early.")),
        }
    }
}

fn random_id() -> HeaderValue {
    let id = getrandom::u64().map(|n| format!("{n:016x}")).unwrap_or_default();
    HeaderValue::try_from(id).unwrap_or(HeaderValue::from_static("-"))
}

fn method(method: &Method) -> http::Method {
    http::Method::from_bytes(method.to_string().as_bytes()).unwrap_or(http::Method::TRACE)
}

fn outgoing(parts: &http::response::Parts) -> OutgoingResponse {
    let headers: Vec<(String, Vec<u8>)> =
        parts.headers.iter().map(|(name, value)| (name.to_string(), value.as_bytes().to_vec())).collect();
    let fields = Fields::from_list(&headers).expect("names and values were checked when they were set");
    let outgoing = OutgoingResponse::new(fields);
    outgoing.set_status_code(parts.status.as_u16()).expect("http::StatusCode is a valid status");
    outgoing
}
