//! A message of the client, from one line of stdin.

use serde_json::{Value, json};

/// A message that the client sends to the server.
#[derive(Debug)]
pub(crate) struct ClientMessage {
    /// The text as the client wrote it.
    pub(crate) text: Vec<u8>,
    /// The parsed text.
    pub(crate) json: Value,
}

impl ClientMessage {
    /// Parses one line. `None` is an empty line or a cancellation, which are dropped: the server keeps nothing that could
    /// be cancelled. A line that is not JSON is rejected; the error is the message for the client.
    pub(crate) fn parse(line: Vec<u8>) -> Result<Option<Self>, String> {
        let text = line.trim_ascii();
        if text.is_empty() {
            return Ok(None);
        }
        let Ok(json) = serde_json::from_slice::<Value>(text) else {
            let error = json!({ "code": -32700, "message": "Parse error: one JSON message per line, at most 4 MiB" });
            return Err(json!({ "jsonrpc": "2.0", "error": error }).to_string());
        };
        let text = text.to_vec();
        Ok((json["method"] != "notifications/cancelled").then_some(Self { text, json }))
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

#[cfg(test)]
mod tests {
    use super::*;

    fn read(line: &str) -> Option<ClientMessage> {
        ClientMessage::parse(line.as_bytes().to_vec()).unwrap()
    }

    #[test]
    fn only_requests_get_an_error_response() {
        let request = read("{\"jsonrpc\":\"2.0\",\"id\":\"a\",\"method\":\"ping\"}\r\n").unwrap();
        assert_eq!(request.request_id(), Some(&json!("a")));
        assert!(!request.text.ends_with(b"\n"));
        let error: Value = serde_json::from_str(&request.error_response("No.").unwrap()).unwrap();
        assert_eq!((&error["id"], &error["error"]["code"]), (&json!("a"), &json!(-32603)));
        let others = [r#"{"method":"notifications/initialized"}"#, r#"{"id":1,"result":{}}"#, "[]", "7"];
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
            let error: Value = serde_json::from_str(&ClientMessage::parse(line.to_vec()).unwrap_err()).unwrap();
            assert_eq!((&error["error"]["code"], error.get("id")), (&json!(-32700), None));
        }
    }
}
