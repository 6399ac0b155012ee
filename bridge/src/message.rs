//! What a host wrote on one line.

use serde_json::{Value, json};

/// A message for the server.
#[derive(Debug)]
pub(crate) struct Message {
    /// As the host wrote it.
    pub(crate) text: Vec<u8>,
    /// The same, read.
    pub(crate) json: Value,
}

impl Message {
    /// Reads one line. Nothing has to be done about an empty one or a cancellation (the server keeps nothing that could
    /// be cancelled); a line that is no JSON is refused with the message for the host.
    pub(crate) fn read(line: Vec<u8>) -> Result<Option<Self>, String> {
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

    /// The id, if the message is a request, which must get an answer.
    pub(crate) fn request_id(&self) -> Option<&Value> {
        let id = self.json.get("id")?;
        self.json.get("method").is_some().then_some(id)
    }

    /// The answer to this request when there is none from the server; `None` if it is no request.
    pub(crate) fn refused(&self, reason: &str) -> Option<String> {
        let id = self.request_id()?;
        let error = json!({ "code": -32603, "message": reason });
        Some(json!({ "jsonrpc": "2.0", "id": id, "error": error }).to_string())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(line: &str) -> Option<Message> {
        Message::read(line.as_bytes().to_vec()).unwrap()
    }

    #[test]
    fn only_requests_must_be_answered() {
        let request = read("{\"jsonrpc\":\"2.0\",\"id\":\"a\",\"method\":\"ping\"}\r\n").unwrap();
        assert_eq!(request.request_id(), Some(&json!("a")));
        assert!(!request.text.ends_with(b"\n"));
        let refused: Value = serde_json::from_str(&request.refused("No.").unwrap()).unwrap();
        assert_eq!((&refused["id"], &refused["error"]["code"]), (&json!("a"), &json!(-32603)));
        let others = [r#"{"method":"notifications/initialized"}"#, r#"{"id":1,"result":{}}"#, "[]", "7"];
        assert!(others.iter().all(|line| read(line).unwrap().refused("No.").is_none()));
    }

    #[test]
    fn empty_lines_and_cancellations_are_dropped() {
        assert!(read(" \r\n").is_none());
        assert!(read(r#"{"jsonrpc":"2.0","method":"notifications/cancelled","params":{"requestId":1}}"#).is_none());
    }

    #[test]
    fn what_is_no_json_is_refused_without_an_id() {
        for line in [b"{bad".as_slice(), b"\xff", b"{} {}"] {
            let refusal: Value = serde_json::from_str(&Message::read(line.to_vec()).unwrap_err()).unwrap();
            assert_eq!((&refusal["error"]["code"], refusal.get("id")), (&json!(-32700), None));
        }
    }
}
