//! Outbound HTTP by `wasi:http` 0.3, bounded in time and size: a whole response ([`fetch`]), or its body as it comes
//! ([`OutboundResponse`]). The instance serves others meanwhile. What is dropped before its end ends the connection.

use std::time::{Duration, Instant};

use http::header::{HeaderName, HeaderValue};
use http::{HeaderMap, StatusCode};
use wasip3::http::client;
use wasip3::http::types::{
    ErrorCode, Fields, Method, Request as HostRequest, RequestOptions, Response as HostResponse, Scheme, Trailers,
};
use wasip3::wit_bindgen::{FutureReader, StreamReader, StreamResult};
use wasip3::{spawn, wit_future, wit_stream};

use super::patience::at_most;
use crate::current;
use crate::fetch::CONNECT_TIMEOUT;
use crate::instance_memory::Waiting;
use crate::outbound_error::{OutboundError, service_connection};

/// How many bytes of a body are read at once.
const CHUNK: usize = 16 * 1024;

/// How long to wait for a response.
#[derive(Debug, Clone, Copy)]
pub struct OutboundTimeouts {
    /// Until its head.
    pub first_byte: Duration,
    /// Between two pieces of its body.
    pub idle: Duration,
    /// For the whole response.
    pub whole: Duration,
}

/// A response whose head has come.
pub struct OutboundResponse {
    status: StatusCode,
    headers: HeaderMap,
    body: StreamReader<u8>,
    end: Option<FutureReader<Result<Option<Trailers>, ErrorCode>>>,
    idle: Duration,
    until: Instant,
    /// How many bytes of the body may still come, of how many.
    left: usize,
    limit: usize,
    _waiting: Waiting,
}

/// Sends `request` and reads its response, at most `limit` bytes of body, within `timeout`.
pub async fn fetch(
    request: http::Request<Vec<u8>>,
    timeout: Duration,
    limit: usize,
) -> Result<http::Response<Vec<u8>>, OutboundError> {
    let timeouts = OutboundTimeouts { first_byte: timeout, idle: timeout, whole: timeout };
    let mut response = OutboundResponse::of(request, timeouts, limit).await?;
    let mut bytes = Vec::new();
    while let Some(chunk) = response.next_chunk().await? {
        bytes.extend(chunk);
    }
    let mut whole = http::Response::new(bytes);
    *whole.status_mut() = response.status;
    *whole.headers_mut() = response.headers;
    Ok(whole)
}

impl OutboundResponse {
    /// Sends a request and waits for the head of its response. At most `limit` bytes of the body are passed on.
    pub async fn of(
        request: http::Request<Vec<u8>>,
        timeouts: OutboundTimeouts,
        limit: usize,
    ) -> Result<Self, OutboundError> {
        let waiting = Waiting::begin();
        let OutboundTimeouts { first_byte, idle, whole } = timeouts;
        let until = Instant::now() + whole;
        let first_byte = first_byte.min(whole);
        let sent = client::send(outgoing(request, first_byte, whole)?);
        let response = at_most(first_byte, sent).await.ok_or(OutboundError::Timeout)?.map_err(service_connection)?;
        let status = StatusCode::from_u16(response.get_status_code())
            .map_err(|_| OutboundError::Connection("the status is not a number from 100 to 999".to_owned()))?;
        let headers = headers(response.get_headers().copy_all());
        let (received, received_by_host) = wit_future::new(|| Ok(()));
        drop(received); // nothing is to be said of the body
        let (body, end) = HostResponse::consume_body(response, received_by_host);
        Ok(Self { status, headers, body, end: Some(end), idle, until, left: limit, limit, _waiting: waiting })
    }

    /// The status.
    pub fn status(&self) -> StatusCode {
        self.status
    }

    /// Waits for the next piece of the body; `None` at its end.
    pub async fn next_chunk(&mut self) -> Result<Option<Vec<u8>>, OutboundError> {
        let patience = self.idle.min(self.until.saturating_duration_since(Instant::now()));
        let step = async {
            let (result, chunk) = self.body.read(Vec::with_capacity(CHUNK)).await;
            match (result, self.end.take()) {
                (StreamResult::Complete(_), end) => {
                    self.end = end;
                    Ok(Some(chunk))
                }
                // The body must end as its sender meant it to end.
                (_, Some(end)) => end.into_future().await.map(|_| None),
                (_, None) => Ok(None),
            }
        };
        let chunk = at_most(patience, step).await.ok_or(OutboundError::Timeout)?.map_err(service_connection)?;
        self.left = match &chunk {
            Some(chunk) => self.left.checked_sub(chunk.len()).ok_or(OutboundError::TooLarge(self.limit))?,
            None => 0,
        };
        Ok(chunk)
    }
}

/// The request as the host takes it. A task writes its body.
fn outgoing(
    request: http::Request<Vec<u8>>,
    first_byte: Duration,
    whole: Duration,
) -> Result<HostRequest, OutboundError> {
    let (parts, body) = request.into_parts();
    let invalid = |what: &str| OutboundError::Request(format!("{what} is not valid"));
    let fields = Fields::from_list(&current::outgoing_headers(&parts)).map_err(|_| invalid("a header"))?;
    let (end, end_reader) = wit_future::new(|| Ok(None));
    drop(end); // no trailers
    let body = (!body.is_empty()).then(|| {
        let (mut writer, reader) = wit_stream::new();
        spawn(async move {
            writer.write_all(body).await; // a server that stops reading says why in its response
        });
        reader
    });
    let (request, _sent) = HostRequest::new(fields, body, end_reader, Some(options(first_byte, whole)));
    let scheme = match parts.uri.scheme_str() {
        Some("https") => Scheme::Https,
        Some("http") => Scheme::Http,
        _ => return Err(invalid("the scheme")),
    };
    let path = parts.uri.path_and_query().map_or("/", |path| path.as_str());
    request.set_method(&method(&parts.method)).map_err(|()| invalid("the method"))?;
    request.set_scheme(Some(&scheme)).map_err(|()| invalid("the scheme"))?;
    request.set_authority(parts.uri.authority().map(|name| name.as_str())).map_err(|()| invalid("the host"))?;
    request.set_path_with_query(Some(path)).map_err(|()| invalid("the path"))?;
    Ok(request)
}

fn headers(entries: Vec<(String, Vec<u8>)>) -> HeaderMap {
    let read = |(name, value)| Some((HeaderName::try_from(name).ok()?, HeaderValue::try_from(value).ok()?));
    entries.into_iter().filter_map(|(name, value): (String, Vec<u8>)| read((name, value))).collect()
}

fn method(method: &http::Method) -> Method {
    match method.as_str() {
        "GET" => Method::Get,
        "POST" => Method::Post,
        other => Method::Other(other.to_owned()),
    }
}

/// A host that does not know an option keeps its own limit; ours are enforced in any case.
fn options(first_byte: Duration, whole: Duration) -> RequestOptions {
    let options = RequestOptions::new();
    let nanoseconds = |duration: Duration| u64::try_from(duration.as_nanos()).ok();
    for unknown in [
        options.set_connect_timeout(nanoseconds(CONNECT_TIMEOUT.min(first_byte))),
        options.set_first_byte_timeout(nanoseconds(first_byte)),
        options.set_between_bytes_timeout(nanoseconds(whole)),
    ] {
        unknown.unwrap_or(());
    }
    options
}
