//! Outbound HTTP over wasi:http, blocking: one request, one whole response, bounded in time and size.

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

/// Why there is no (whole) response.
#[derive(Debug, thiserror::Error)]
pub enum FetchError {
    /// The request cannot be expressed or sent; our own fault.
    #[error("request: {0}")]
    Request(String),
    /// The deadline passed.
    #[error("timed out")]
    Timeout,
    /// The connection failed or ended early.
    #[error("connection: {0}")]
    Connection(String),
    /// The response is longer than the limit.
    #[error("the response is longer than {0} bytes")]
    TooLarge(usize),
}

const READ_SIZE: u64 = 64 * 1024;
const CONNECT_TIMEOUT: Duration = Duration::from_secs(5);

/// Sends `request` and reads its response, at most `limit` bytes of body, within `timeout`.
pub fn fetch(
    request: http::Request<Vec<u8>>,
    timeout: Duration,
    limit: usize,
) -> Result<http::Response<Vec<u8>>, FetchError> {
    let deadline = Instant::now() + timeout;
    let (parts, body) = request.into_parts();
    let outgoing = outgoing(&parts)?;
    let sink = outgoing.body().map_err(|()| FetchError::Request("no body".to_owned()))?;
    let pending = handle(outgoing, Some(options(timeout))).map_err(connection)?;
    write_body(sink, &body, deadline)?;
    let response = wait(&pending, deadline)?;
    read(&response, deadline, limit)
}

fn outgoing(parts: &http::request::Parts) -> Result<OutgoingRequest, FetchError> {
    let invalid = |what: &str| FetchError::Request(format!("{what} is not valid"));
    let headers: Vec<(String, Vec<u8>)> =
        parts.headers.iter().map(|(name, value)| (name.to_string(), value.as_bytes().to_vec())).collect();
    let request = OutgoingRequest::new(Fields::from_list(&headers).map_err(|_| invalid("a header"))?);
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

/// A host that does not know an option keeps its own limit; ours is the deadline, kept below.
fn options(timeout: Duration) -> RequestOptions {
    let options = RequestOptions::new();
    let nanoseconds = |duration: Duration| u64::try_from(duration.as_nanos()).ok();
    for refused in [
        options.set_connect_timeout(nanoseconds(CONNECT_TIMEOUT.min(timeout))),
        options.set_first_byte_timeout(nanoseconds(timeout)),
        options.set_between_bytes_timeout(nanoseconds(timeout)),
    ] {
        refused.unwrap_or(());
    }
    options
}

fn write_body(sink: OutgoingBody, bytes: &[u8], deadline: Instant) -> Result<(), FetchError> {
    let stream = sink.write().map_err(|()| FetchError::Request("no body stream".to_owned()))?;
    let mut rest = bytes;
    while !rest.is_empty() {
        let room = match writable(&stream, deadline)? {
            Some(room) => room.min(rest.len()),
            None => break, // the peer stopped reading; its response says why
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

fn writable(stream: &OutputStream, deadline: Instant) -> Result<Option<usize>, FetchError> {
    loop {
        match stream.check_write() {
            Ok(0) => block(&stream.subscribe(), deadline)?,
            Ok(room) => return Ok(Some(usize::try_from(room).unwrap_or(usize::MAX))),
            Err(_) => return Ok(None),
        }
    }
}

fn wait(pending: &FutureIncomingResponse, deadline: Instant) -> Result<IncomingResponse, FetchError> {
    loop {
        match pending.get() {
            Some(Ok(answer)) => return answer.map_err(connection),
            Some(Err(())) => return Err(FetchError::Connection("answered twice".to_owned())),
            None => block(&pending.subscribe(), deadline)?,
        }
    }
}

fn read(response: &IncomingResponse, deadline: Instant, limit: usize) -> Result<http::Response<Vec<u8>>, FetchError> {
    let mut builder = http::Response::builder().status(response.status());
    for (name, value) in response.headers().entries() {
        if let (Ok(name), Ok(value)) = (HeaderName::try_from(name), HeaderValue::try_from(value)) {
            builder = builder.header(name, value);
        }
    }
    let body = response.consume().map_err(|()| FetchError::Connection("no body".to_owned()))?;
    let bytes = read_body(&body, deadline, limit)?;
    builder.body(bytes).map_err(|error| FetchError::Connection(error.to_string()))
}

fn read_body(body: &IncomingBody, deadline: Instant, limit: usize) -> Result<Vec<u8>, FetchError> {
    let stream = body.stream().map_err(|()| FetchError::Connection("no body stream".to_owned()))?;
    let mut bytes = Vec::new();
    loop {
        match stream.read(READ_SIZE) {
            Ok(chunk) if chunk.is_empty() => block(&stream.subscribe(), deadline)?,
            Ok(chunk) => bytes.extend(chunk),
            Err(StreamError::Closed) => return Ok(bytes),
            Err(StreamError::LastOperationFailed(error)) => {
                return Err(FetchError::Connection(error.to_debug_string()));
            }
        }
        if bytes.len() > limit {
            return Err(FetchError::TooLarge(limit));
        }
    }
}

fn block(ready: &Pollable, deadline: Instant) -> Result<(), FetchError> {
    let left = deadline.saturating_duration_since(Instant::now());
    if left.is_zero() {
        return Err(FetchError::Timeout);
    }
    let timer = subscribe_duration(u64::try_from(left.as_nanos()).unwrap_or(u64::MAX));
    match poll(&[ready, &timer]).contains(&0) {
        true => Ok(()),
        false => Err(FetchError::Timeout),
    }
}

fn connection(code: wasi::http::types::ErrorCode) -> FetchError {
    use wasi::http::types::ErrorCode::{ConnectionReadTimeout, ConnectionTimeout, HttpResponseTimeout};
    match code {
        ConnectionTimeout | ConnectionReadTimeout | HttpResponseTimeout => FetchError::Timeout,
        other => FetchError::Connection(format!("{other:?}")),
    }
}
