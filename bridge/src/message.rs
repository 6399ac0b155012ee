//! A message of the client, from one line of stdin.

use serde_json::{Value, json};

/// Some programs begin their output with one.
const BYTE_ORDER_MARK: &[u8] = b"\xef\xbb\xbf";

/// A message that the client sends to the server.
#[derive(Debug)]
pub(crate) struct ClientMessage {
    /// The text as the client wrote it.
    pub(crate) text: Vec<u8>,
    /// The parsed text.
    pub(crate) json: Value,
}

impl ClientMessage {
    /// Parses one line: no message, one, or those of a batch, which the server takes one by one. A cancellation is dropped:
    /// the server keeps nothing that could be cancelled. The error is the message for the client.
    pub(crate) fn parse_line(line: &[u8]) -> Vec<Result<Self, String>> {
        let text = line.strip_prefix(BYTE_ORDER_MARK).unwrap_or(line).trim_ascii();
        if text.is_empty() {
            return Vec::new();
        }
        match serde_json::from_slice::<Value>(text) {
            Err(_) => vec![Err(error_line(-32700, "Parse error: one JSON message per line, at most 4 MiB"))],
            Ok(Value::Array(batch)) if batch.is_empty() => {
                vec![Err(error_line(-32600, "Invalid request: an empty batch"))]
            }
            Ok(Value::Array(batch)) => {
                let messages = batch.into_iter().filter(is_sent);
                messages.map(|json| Ok(Self { text: json.to_string().into_bytes(), json })).collect()
            }
            Ok(json) if is_sent(&json) => vec![Ok(Self { text: text.to_vec(), json })],
            Ok(_) => Vec::new(),
        }
    }

    /// The id, if the message is a request, which must get a response.
    pub(crate) fn request_id(&self) -> Option<&Value> {
        let id = self.json.get("id")?;
        self.json.get("method").is_some().then_some(id)
    }

    /// The error response to this request when the server sent none; `None` if the message is no request.
    pub(crate) fn error_response(&self, reason: &str) -> Option<String> {
        let id = self.request_id()?;
        let error = json!({ "code": -32603, "message": reason });
        Some(json!({ "jsonrpc": "2.0", "id": id, "error": error }).to_string())
    }
}

fn is_sent(message: &Value) -> bool {
    message["method"] != "notifications/cancelled"
}

fn error_line(code: i32, message: &str) -> String {
    json!({ "jsonrpc": "2.0", "error": { "code": code, "message": message } }).to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(line: &str) -> Option<ClientMessage> {
        ClientMessage::parse_line(line.as_bytes()).pop().map(Result::unwrap)
    }

    #[test]
    fn only_requests_get_an_error_response() {
        let request = read("{\"jsonrpc\":\"2.0\",\"id\":\"a\",\"method\":\"ping\"}\r\n").unwrap();
        assert_eq!(request.request_id(), Some(&json!("a")));
        assert!(!request.text.ends_with(b"\n"));
        let error: Value = serde_json::from_str(&request.error_response("No.").unwrap()).unwrap();
        assert_eq!((&error["id"], &error["error"]["code"]), (&json!("a"), &json!(-32603)));
        let others = [r#"{"method":"notifications/initialized"}"#, r#"{"id":1,"result":{}}"#, "[7]", "7"];
        assert!(others.iter().all(|line| read(line).unwrap().error_response("No.").is_none()));
    }

    #[test]
    fn empty_lines_and_cancellations_are_dropped() {
        assert!(read(" \r\n").is_none());
        assert!(read(r#"{"jsonrpc":"2.0","method":"notifications/cancelled","params":{"requestId":1}}"#).is_none());
    }

    #[test]
    fn a_line_that_is_not_json_is_rejected_without_an_id() {
        for line in [b"{bad".as_slice(), b"\xff", b"{} {}"] {
            let error = ClientMessage::parse_line(line).pop().unwrap().unwrap_err();
            let error: Value = serde_json::from_str(&error).unwrap();
            assert_eq!((&error["error"]["code"], error.get("id")), (&json!(-32700), None));
        }
        assert!(ClientMessage::parse_line(b"[]").pop().unwrap().unwrap_err().contains("-32600"));
    }

    #[test]
    fn a_batch_is_its_messages() {
        let batch = br#"[{"jsonrpc":"2.0","id":1,"method":"ping"},{"method":"notifications/cancelled"},{"id":"b","method":"x"}]"#;
        let messages: Vec<ClientMessage> = ClientMessage::parse_line(batch).into_iter().map(Result::unwrap).collect();
        let ids: Vec<&Value> = messages.iter().filter_map(ClientMessage::request_id).collect();
        assert_eq!((messages.len(), ids), (2, vec![&json!(1), &json!("b")]));
        assert_eq!(serde_json::from_slice::<Value>(&messages[1].text).unwrap(), messages[1].json);
    }

    #[test]
    fn a_byte_order_mark_is_skipped() {
        assert!(read("\u{feff}{\"id\":1,\"method\":\"ping\"}").is_some_and(|message| message.text.starts_with(b"{")));
        assert!(read("\u{feff}\r\n").is_none());
    }
}
