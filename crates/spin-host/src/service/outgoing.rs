//! Sends a response by `wasi:http` 0.3: its head when the function of the component returns, its body by a task that goes on after that.

use std::cell::Cell;
use std::rc::Rc;

use http::header::CONTENT_LENGTH;
use http::{HeaderMap, StatusCode};
use http_api::{Request, Response};
use wasip3::http::types::{ErrorCode, Fields, Response as HostResponse, Trailers};
use wasip3::wit_bindgen::{FutureReader, StreamReader, StreamResult, StreamWriter, yield_async};
use wasip3::{spawn, wit_future, wit_stream};

use super::patience::at_most;
use crate::current::CurrentRequest;
use crate::stream::{CLIENT_TIMEOUT, Disconnected, log_disconnected};

/// The parts of a body. The next one is made when the client has taken the one before; an error breaks the response.
pub type BodyParts = Box<dyn Iterator<Item = Result<Vec<u8>, String>>>;

/// A whole body up to this size waits in the host, so nothing here waits for the client.
const KEPT_BY_HOST: usize = 16 * 1024;

/// How often a request lets the host go on with the responses before it. The host takes a body at once; this is the bound where it does not.
const MAX_YIELDS: usize = 8;

thread_local!(static UNTAKEN: Cell<usize> = const { Cell::new(0) });

/// A whole body that the host has not taken yet.
struct UntakenBody(());

impl UntakenBody {
    fn new() -> Self {
        UNTAKEN.set(UNTAKEN.get() + 1);
        Self(())
    }
}

impl Drop for UntakenBody {
    fn drop(&mut self) {
        UNTAKEN.set(UNTAKEN.get() - 1);
    }
}

/// Lets the host take the bodies of responses that the instance has returned. A handler blocks the instance, and the host sends a head whose body it
/// does not have: the body then waits until the client acknowledges the head, up to 40 ms (Nagle's algorithm, which Spin leaves on).
pub(super) async fn let_bodies_go() {
    for _ in 0..MAX_YIELDS {
        if UNTAKEN.get() == 0 {
            break;
        }
        yield_async().await;
    }
}

/// Sends a complete response. One without a body may belong to a HEAD, whose length is not known here (`has_body` is false).
pub(super) fn send(mut response: Response, has_body: bool) -> HostResponse {
    let status = response.status();
    let says_length = has_body && status != StatusCode::NO_CONTENT && status != StatusCode::NOT_MODIFIED;
    if says_length || !response.body().is_empty() {
        let length = response.body().len().into();
        response.headers_mut().entry(CONTENT_LENGTH).or_insert(length);
    }
    let (head, body) = response.into_parts();
    let (end, end_reader) = wit_future::new(|| Ok(None));
    drop(end); // no trailers
    if body.is_empty() {
        return begin(status, &head.headers, None, end_reader);
    }
    let (mut writer, reader) = wit_stream::new();
    let untaken = (body.len() <= KEPT_BY_HOST).then(UntakenBody::new);
    spawn(async move {
        let is_sent = match untaken {
            Some(_untaken) => writer.write_all(body).await.is_empty(),
            None => write(&mut writer, body).await.is_ok(),
        };
        if !is_sent {
            log_disconnected();
        }
    });
    begin(status, &head.headers, Some(reader), end_reader)
}

/// Sends a response part by part, and logs its request at the end.
pub(super) fn send_parts(
    response: Response,
    mut parts: BodyParts,
    request: Request,
    current: Rc<CurrentRequest>,
) -> HostResponse {
    let (head, first) = response.into_parts();
    let (mut writer, reader) = wit_stream::new();
    let (end, end_reader) = wit_future::new(|| Ok(None));
    spawn(async move {
        let mut part: Option<Result<Vec<u8>, String>> = Some(Ok(first));
        let is_broken = loop {
            match part {
                None => break false,
                Some(Err(cause)) => {
                    http_api::log_late_error(&request, &cause);
                    break true;
                }
                Some(Ok(bytes)) => {
                    if !bytes.is_empty() && write(&mut writer, bytes).await.is_err() {
                        log_disconnected();
                        break false;
                    }
                }
            }
            part = current.run(|| parts.next());
        };
        current.finish(head.status);
        drop(writer);
        if is_broken {
            // The client sees a broken response, not a short one. Nobody listens if it has gone.
            end.write(Err(ErrorCode::InternalError(None))).await.unwrap_or(());
        }
    });
    begin(head.status, &head.headers, Some(reader), end_reader)
}

/// A response as the host takes it.
pub(super) fn begin(
    status: StatusCode,
    headers: &HeaderMap,
    body: Option<StreamReader<u8>>,
    end: FutureReader<Result<Option<Trailers>, ErrorCode>>,
) -> HostResponse {
    let headers: Vec<(String, Vec<u8>)> =
        headers.iter().map(|(name, value)| (name.to_string(), value.as_bytes().to_vec())).collect();
    let fields = Fields::from_list(&headers).expect("names and values were checked when they were set");
    let (response, _sent) = HostResponse::new(fields, body, end);
    response.set_status_code(status.as_u16()).expect("http::StatusCode is a valid status");
    response
}

/// Writes these bytes as the client takes them.
pub(super) async fn write(writer: &mut StreamWriter<u8>, bytes: Vec<u8>) -> Result<(), Disconnected> {
    let mut step = at_most(CLIENT_TIMEOUT, writer.write(bytes)).await;
    while let Some((StreamResult::Complete(_), rest)) = step {
        if rest.remaining() == 0 {
            return Ok(());
        }
        step = at_most(CLIENT_TIMEOUT, writer.write_buf(rest)).await;
    }
    Err(Disconnected)
}
