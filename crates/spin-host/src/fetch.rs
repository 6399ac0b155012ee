//! Outbound HTTP by `wasi:http` 0.2: whole responses, blocking, and bounded in time and size.

use std::time::{Duration, Instant};

use http::header::{HeaderName, HeaderValue};
use wasi::clocks::monotonic_clock::subscribe_duration;
use wasi::http::outgoing_handler::handle;
use wasi::http::types::{
    Fields, FutureIncomingResponse, IncomingBody, IncomingResponse, Method, OutgoingBody, OutgoingRequest,
    RequestOptions, Scheme,
};
use wasi::io::poll::{Pollable, poll};
use wasi::io::streams::{OutputStream, StreamError};

use crate::current;
use crate::instance_memory::Waiting;
use crate::outbound_error::{OutboundError, connection};

/// The end of all waiting for responses.
struct Deadline(Instant);

const READ_SIZE: u64 = 64 * 1024;
/// How long connecting may take.
pub(crate) const CONNECT_TIMEOUT: Duration = Duration::from_secs(5);

/// Sends `request` and reads its response, at most `limit` bytes of body, within `timeout`.
pub fn fetch(
    request: http::Request<Vec<u8>>,
    timeout: Duration,
    limit: usize,
) -> Result<http::Response<Vec<u8>>, OutboundError> {
    fetch_all(vec![request], timeout, limit).pop().expect("one result for one request")
}

/// Sends these requests at once and reads their responses, in the same order, each at most `limit` bytes of body, all within
/// `timeout`.
pub fn fetch_all(
    requests: Vec<http::Request<Vec<u8>>>,
    timeout: Duration,
    limit: usize,
) -> Vec<Result<http::Response<Vec<u8>>, OutboundError>> {
    let _waiting = Waiting::begin();
    let deadline = Deadline(Instant::now() + timeout);
    let mut waiting: Vec<_> = requests.into_iter().map(|request| Some(start(request, timeout, &deadline))).collect();
    let mut responses: Vec<_> = waiting.iter().map(|_| Err(OutboundError::Timeout)).collect();
    // What is there is taken first: a request without a response keeps no other waiting.
    while let Some(number) = deadline.first_of(&waiting) {
        if let Some(pending) = waiting[number].take() {
            responses[number] = pending.and_then(|pending| whole_response(&pending, timeout, limit, &deadline));
        }
    }
    responses
}

fn whole_response(
    pending: &FutureIncomingResponse,
    timeout: Duration,
    limit: usize,
    deadline: &Deadline,
) -> Result<http::Response<Vec<u8>>, OutboundError> {
    let response = head(pending, deadline.0, deadline)?;
    let mut builder = http::Response::builder().status(response.status());
    for (name, value) in response.headers().entries() {
        if let (Ok(name), Ok(value)) = (HeaderName::try_from(name), HeaderValue::try_from(value)) {
            builder = builder.header(name, value);
        }
    }
    builder
        .body(read(&response, timeout, limit, deadline)?)
        .map_err(|error| OutboundError::Connection(error.to_string()))
}

/// Sends a request; its response comes later.
fn start(
    request: http::Request<Vec<u8>>,
    first_byte: Duration,
    deadline: &Deadline,
) -> Result<FutureIncomingResponse, OutboundError> {
    let until = deadline.0.min(Instant::now() + first_byte);
    let (parts, body) = request.into_parts();
    let outgoing = outgoing(&parts)?;
    let sink = outgoing.body().map_err(|()| OutboundError::Request("no body".to_owned()))?;
    let left = deadline.0.saturating_duration_since(Instant::now());
    let pending = handle(outgoing, Some(options(first_byte, left))).map_err(connection)?;
    write_body(sink, &body, until, deadline)?;
    Ok(pending)
}

fn outgoing(parts: &http::request::Parts) -> Result<OutgoingRequest, OutboundError> {
    let invalid = |what: &str| OutboundError::Request(format!("{what} is not valid"));
    let headers = Fields::from_list(&current::outgoing_headers(parts)).map_err(|_| invalid("a header"))?;
    let request = OutgoingRequest::new(headers);
    let scheme = match parts.uri.scheme_str() {
        Some("https") => Scheme::Https,
        Some("http") => Scheme::Http,
        _ => return Err(invalid("the scheme")),
    };
    let path = parts.uri.path_and_query().map_or("/", |p| p.as_str());
    request.set_method(&method(&parts.method)).map_err(|()| invalid("the method"))?;
    request.set_scheme(Some(&scheme)).map_err(|()| invalid("the scheme"))?;
    request.set_authority(parts.uri.authority().map(|a| a.as_str())).map_err(|()| invalid("the host"))?;
    request.set_path_with_query(Some(path)).map_err(|()| invalid("the path"))?;
    Ok(request)
}

fn method(method: &http::Method) -> Method {
    match method.as_str() {
        "GET" => Method::Get,
        "POST" => Method::Post,
        other => Method::Other(other.to_owned()),
    }
}

/// A host that does not know an option keeps its own limit; [`Deadline`] enforces ours in any case.
fn options(first_byte: Duration, whole: Duration) -> RequestOptions {
    let options = RequestOptions::new();
    let nanoseconds = |duration: Duration| u64::try_from(duration.as_nanos()).ok();
    for refused in [
        options.set_connect_timeout(nanoseconds(CONNECT_TIMEOUT.min(first_byte))),
        options.set_first_byte_timeout(nanoseconds(first_byte)),
        options.set_between_bytes_timeout(nanoseconds(whole)),
    ] {
        refused.unwrap_or(());
    }
    options
}

fn write_body(sink: OutgoingBody, bytes: &[u8], until: Instant, deadline: &Deadline) -> Result<(), OutboundError> {
    let stream = sink.write().map_err(|()| OutboundError::Request("no body stream".to_owned()))?;
    let mut rest = bytes;
    while !rest.is_empty() {
        let room = match writable(&stream, until, deadline)? {
            Some(room) => room.min(rest.len()),
            None => break, // the server stopped reading; its response says why
        };
        let (now, later) = rest.split_at(room);
        if stream.write(now).is_err() {
            break;
        }
        rest = later;
    }
    drop(stream);
    OutgoingBody::finish(sink, None).map_err(connection)
}

fn writable(stream: &OutputStream, until: Instant, deadline: &Deadline) -> Result<Option<usize>, OutboundError> {
    loop {
        match stream.check_write() {
            Ok(0) => deadline.block(&stream.subscribe(), until)?,
            Ok(room) => return Ok(Some(usize::try_from(room).unwrap_or(usize::MAX))),
            Err(_) => return Ok(None),
        }
    }
}

fn head(
    pending: &FutureIncomingResponse,
    until: Instant,
    deadline: &Deadline,
) -> Result<IncomingResponse, OutboundError> {
    loop {
        match pending.get() {
            Some(Ok(response)) => return response.map_err(connection),
            Some(Err(())) => return Err(OutboundError::Connection("settled twice".to_owned())),
            None => deadline.block(&pending.subscribe(), until)?,
        }
    }
}

fn read(
    response: &IncomingResponse,
    idle: Duration,
    limit: usize,
    deadline: &Deadline,
) -> Result<Vec<u8>, OutboundError> {
    let body: IncomingBody = response.consume().map_err(|()| OutboundError::Connection("no body".to_owned()))?;
    let stream = body.stream().map_err(|()| OutboundError::Connection("no body stream".to_owned()))?;
    let mut bytes = Vec::new();
    loop {
        match stream.read(READ_SIZE) {
            Ok(chunk) if chunk.is_empty() => deadline.block(&stream.subscribe(), Instant::now() + idle)?,
            Ok(chunk) => {
                if bytes.len() + chunk.len() > limit {
                    return Err(OutboundError::TooLarge(limit));
                }
                bytes.extend(chunk);
            }
            Err(StreamError::Closed) => return Ok(bytes),
            Err(StreamError::LastOperationFailed(error)) => {
                return Err(OutboundError::Connection(error.to_debug_string()));
            }
        }
    }
}

impl Deadline {
    /// Waits for one of these; `None` when nothing is left or the time is over.
    fn first_of(&self, waiting: &[Option<Result<FutureIncomingResponse, OutboundError>>]) -> Option<usize> {
        if let Some(failed) = waiting.iter().position(|pending| matches!(pending, Some(Err(_)))) {
            return Some(failed);
        }
        let pending = waiting.iter().enumerate();
        let (numbers, ready): (Vec<usize>, Vec<Pollable>) = pending
            .filter_map(|(number, pending)| Some((number, pending.as_ref()?.as_ref().ok()?.subscribe())))
            .unzip();
        if ready.is_empty() {
            return None;
        }
        let left = self.0.saturating_duration_since(Instant::now());
        let timer = subscribe_duration(u64::try_from(left.as_nanos()).unwrap_or(u64::MAX));
        let first = *poll(&ready.iter().chain([&timer]).collect::<Vec<_>>()).first()?;
        numbers.get(usize::try_from(first).ok()?).copied()
    }

    /// Waits for `ready`, at most until `until` or the end of all waiting.
    fn block(&self, ready: &Pollable, until: Instant) -> Result<(), OutboundError> {
        let left = until.min(self.0).saturating_duration_since(Instant::now());
        let timer = subscribe_duration(u64::try_from(left.as_nanos()).unwrap_or(u64::MAX));
        match !left.is_zero() && poll(&[ready, &timer]).contains(&0) {
            true => Ok(()),
            false => Err(OutboundError::Timeout),
        }
    }
}
