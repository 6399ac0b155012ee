//! One request in, one response out: reads the body up to a limit and keeps repeated headers apart.

use edge::{Body, Request, Response};
use futures::StreamExt;
use http::header::{CONTENT_LENGTH, HeaderName};
use http::{HeaderMap, HeaderValue};
use spin_sdk::http::{Fields, IncomingRequest, Method, OutgoingResponse, ResponseOutparam};

/// Reads the request, at most `body_limit` bytes of its body, and sends what the handler answers.
/// A request without an id is given one, so that every log line of it can be found.
pub async fn serve(
    incoming: IncomingRequest,
    out: ResponseOutparam,
    body_limit: usize,
    handler: impl FnOnce(&Request) -> Response,
) {
    let response = match read(incoming, body_limit).await {
        Ok(request) => handler(&request),
        Err(error) => error.into_response(),
    };
    send(out, response).await;
}

async fn read(incoming: IncomingRequest, body_limit: usize) -> Result<Request, edge::ApiError> {
    let mut builder = http::Request::builder()
        .method(method(&incoming.method()))
        .uri(incoming.path_with_query().unwrap_or_else(|| "/".to_owned()));
    let mut headers = HeaderMap::new();
    for (name, value) in incoming.headers().entries() {
        if let (Ok(name), Ok(value)) = (HeaderName::try_from(name), HeaderValue::try_from(value)) {
            headers.append(name, value);
        }
    }
    if !headers.contains_key("host")
        && let Some(Ok(host)) = incoming.authority().map(HeaderValue::try_from)
    {
        headers.insert("host", host);
    }
    if !headers.contains_key("x-request-id") {
        headers.insert("x-request-id", random_id());
    }
    let length = headers.get(CONTENT_LENGTH).and_then(|v| v.to_str().ok()).and_then(|v| v.parse::<usize>().ok());
    let body = match length {
        Some(length) if length > body_limit => Body::TooLarge,
        _ => read_body(incoming, body_limit).await?,
    };
    if let Some(target) = builder.headers_mut() {
        *target = headers;
    }
    builder.body(body).map_err(|error| edge::ApiError::malformed(format!("The request cannot be read: {error}.")))
}

async fn read_body(incoming: IncomingRequest, limit: usize) -> Result<Body, edge::ApiError> {
    let mut stream = std::pin::pin!(incoming.into_body_stream());
    let mut body = Vec::new();
    while let Some(chunk) = stream.next().await {
        let chunk = chunk.map_err(|_| edge::ApiError::malformed("The request body ended early."))?;
        if body.len() + chunk.len() > limit {
            return Ok(Body::TooLarge);
        }
        body.extend(chunk);
    }
    Ok(Body::Complete(body))
}

fn random_id() -> HeaderValue {
    let id = getrandom::u64().map(|n| format!("{n:016x}")).unwrap_or_default();
    HeaderValue::try_from(id).unwrap_or(HeaderValue::from_static("-"))
}

fn method(method: &Method) -> http::Method {
    http::Method::from_bytes(method.to_string().as_bytes()).unwrap_or(http::Method::TRACE)
}

async fn send(out: ResponseOutparam, response: Response) {
    let (parts, body) = response.into_parts();
    let headers: Vec<(String, Vec<u8>)> =
        parts.headers.iter().map(|(name, value)| (name.to_string(), value.as_bytes().to_vec())).collect();
    let fields = Fields::from_list(&headers).expect("names and values were checked when they were set");
    let outgoing = OutgoingResponse::new(fields);
    outgoing.set_status_code(parts.status.as_u16()).expect("http::StatusCode is a valid status");
    if let Err(error) = out.set_with_body(outgoing, body).await {
        eprintln!("{{\"level\":\"info\",\"event\":\"client_gone\",\"cause\":{:?}}}", error.to_string());
    }
}
