//! JSON-RPC 2.0: reading a posted message.

use serde_json::{Map, Value};

use crate::error::{RpcError, code};
use crate::id::RequestId;
use crate::json_text;

/// A request whose parameters are not read yet.
#[derive(Debug)]
pub(crate) struct JsonRpcRequest {
    pub(crate) id: RequestId,
    pub(crate) method: String,
    pub(crate) params: Option<Value>,
}

/// Reads a body. `None` is a message that gets no response: a notification, or a response to a request never sent.
pub(crate) fn parse(body: &[u8]) -> Result<Option<JsonRpcRequest>, RpcError> {
    let value = json_text::parse(body).ok_or_else(|| RpcError::bad_request(code::PARSE_ERROR, "Parse error"))?;
    let mut message = match value {
        Value::Object(members) => members,
        Value::Array(_) => return Err(invalid("batches are not supported")),
        _ => return Err(invalid("the message must be an object")),
    };
    let id = id(&mut message)?;
    request(message, id.clone()).map_err(|error| RpcError { id, ..error })
}

fn id(message: &mut Map<String, Value>) -> Result<Option<RequestId>, RpcError> {
    match message.remove("id") {
        None => Ok(None),
        Some(Value::String(text)) => Ok(Some(RequestId::Text(text))),
        Some(Value::Number(number)) if number.is_i64() || number.is_u64() => Ok(Some(RequestId::Number(number))),
        // The response to a message whose id could not be read has a null id.
        Some(Value::Null) if message.contains_key("error") && !message.contains_key("method") => Ok(None),
        Some(_) => Err(invalid("id must be a string or an integer")),
    }
}

fn request(mut message: Map<String, Value>, id: Option<RequestId>) -> Result<Option<JsonRpcRequest>, RpcError> {
    if message.get("jsonrpc").and_then(Value::as_str) != Some("2.0") {
        return Err(invalid("jsonrpc must be \"2.0\""));
    }
    let method = match message.remove("method") {
        Some(Value::String(method)) => method,
        None if message.contains_key("result") || message.contains_key("error") => return Ok(None),
        _ => return Err(invalid("method must be a string")),
    };
    Ok(id.map(|id| JsonRpcRequest { id, method, params: message.remove("params") }))
}

fn invalid(what: &str) -> RpcError {
    RpcError::bad_request(code::INVALID_REQUEST, format!("Invalid request: {what}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn code_of(body: &str) -> (i32, u16, bool) {
        let error = parse(body.as_bytes()).unwrap_err();
        (error.code, error.status.as_u16(), error.id.is_some())
    }

    #[test]
    fn a_body_that_is_no_message_is_rejected() {
        assert_eq!(code_of("{bad json"), (-32700, 400, false));
        assert_eq!(code_of(""), (-32700, 400, false));
        assert_eq!(code_of("\u{1}"), (-32700, 400, false));
        assert_eq!(parse(&[0xff, 0xfe]).unwrap_err().code, -32700);
        assert_eq!(code_of(&"[".repeat(100_000)), (-32700, 400, false));
        assert_eq!(code_of("[]"), (-32600, 400, false));
        assert_eq!(code_of(r#"[{"jsonrpc":"2.0","id":1,"method":"ping"}]"#), (-32600, 400, false));
        for body in ["7", "null", r#""ping""#, "{}"] {
            assert_eq!(code_of(body), (-32600, 400, false), "{body}");
        }
        for id in ["null", "1.5", "{}", "[1]", "true"] {
            let body = format!(r#"{{"jsonrpc":"2.0","id":{id},"method":"ping"}}"#);
            assert_eq!(code_of(&body), (-32600, 400, false), "{body}");
        }
        // Where the id is readable, the error carries it.
        assert_eq!(code_of(r#"{"jsonrpc":"1.0","id":1,"method":"ping"}"#), (-32600, 400, true));
        assert_eq!(code_of(r#"{"jsonrpc":"2.0","id":1,"method":7}"#), (-32600, 400, true));
        assert_eq!(code_of(r#"{"jsonrpc":"2.0","id":1}"#), (-32600, 400, true));
    }

    #[test]
    fn notifications_and_responses_get_no_response() {
        for body in [
            r#"{"jsonrpc":"2.0","method":"notifications/initialized"}"#,
            r#"{"jsonrpc":"2.0","method":"tools/call","params":7}"#,
            r#"{"jsonrpc":"2.0","id":1,"result":{}}"#,
            r#"{"jsonrpc":"2.0","id":"a","error":{"code":1,"message":"x"}}"#,
            r#"{"jsonrpc":"2.0","id":null,"error":{"code":1,"message":"x"}}"#,
        ] {
            assert!(parse(body.as_bytes()).unwrap().is_none(), "{body}");
        }
    }

    #[test]
    fn ids_keep_their_type() {
        for id in ["7", "-7", "18446744073709551615", r#""7""#, r#""""#] {
            let body = format!(r#"{{"jsonrpc":"2.0","id":{id},"method":"ping"}}"#);
            let request = parse(body.as_bytes()).unwrap().unwrap();
            assert_eq!(serde_json::to_string(&request.id).unwrap(), id);
        }
    }
}
