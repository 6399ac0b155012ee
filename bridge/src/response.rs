//! Turns the server's HTTP response into lines for the client.

use serde_json::Value;
use sse::EventReader;

use crate::message::ClientMessage;

/// Characters at which some readers break lines, and their escapes.
const SEPARATORS: [(char, &str); 3] = [('\u{2028}', "\\u2028"), ('\u{2029}', "\\u2029"), ('\u{85}', "\\u0085")];
/// The longest sentence of the server that is passed on, in characters.
const MAX_SENTENCE: usize = 300;

/// A response of the server.
#[derive(Debug)]
pub(crate) struct ServerResponse {
    /// The HTTP status.
    pub(crate) status: u16,
    /// The header `Content-Type`.
    pub(crate) content_type: String,
    /// The body.
    pub(crate) body: String,
}

impl ServerResponse {
    /// The lines for the client. A message that is no request gets none.
    pub(crate) fn into_lines(self, message: &ClientMessage) -> Vec<String> {
        let messages: Vec<String> = match (self.status, message.request_id()) {
            (401 | 403, _) => Vec::new(),
            (_, Some(id)) => self.bodies().iter().filter_map(|body| with_id(body, id)).collect(),
            (_, None) => self.bodies().into_iter().filter(|body| parse(body).is_some()).collect(),
        };
        match messages.is_empty() {
            true => message.error_response(&self.reason()).into_iter().collect(),
            false => messages,
        }
    }

    /// The JSON texts in the body, without line breaks. JSON has line breaks only between its tokens; the separators of
    /// Unicode, at which some readers break lines too, stand in its strings and are escaped.
    fn bodies(&self) -> Vec<String> {
        let one_line = |text: &str| {
            let text = text.trim().replace(['\r', '\n'], " ");
            SEPARATORS.iter().fold(text, |text, (separator, escape)| text.replace(*separator, escape))
        };
        match self.content_type.trim_start().to_ascii_lowercase().starts_with("text/event-stream") {
            false => vec![one_line(&self.body)],
            true => {
                let (mut texts, mut events) = (Vec::new(), EventReader::with_limit(self.body.len()));
                let mut take = |data: &[u8]| texts.push(one_line(&String::from_utf8_lossy(data)));
                events.push(self.body.as_bytes(), &mut take);
                events.finish(&mut take).expect("no event is longer than the body");
                texts
            }
        }
    }

    /// The server's own sentence, if it sent one.
    fn sentence(&self) -> Option<String> {
        let body: Value = serde_json::from_str(&self.body).ok()?;
        let texts = [&body["error_description"], &body["error"]["message"], &body["detail"]];
        let text = texts.into_iter().find_map(Value::as_str).filter(|text| !text.trim().is_empty())?;
        Some(text.trim().trim_end_matches('.').chars().take(MAX_SENTENCE).collect())
    }

    fn reason(&self) -> String {
        let with_sentence = |text: &str| match self.sentence() {
            Some(sentence) => format!("{text} The server says: {sentence}."),
            None => text.to_owned(),
        };
        match self.status {
            401 => with_sentence("The server does not accept the token: give todo-mcp a new one."),
            403 => with_sentence(
                "The server refuses this: the token lacks a permission, or the server does not know this address as its own.",
            ),
            429 => "Too many requests: wait a minute and try again.".to_owned(),
            300..=399 => format!("The server redirects elsewhere (HTTP {}): correct the URL.", self.status),
            404 | 405 => format!("There is no MCP server at this URL (HTTP {}).", self.status),
            500.. => format!("The server has a problem (HTTP {}): try again later.", self.status),
            status => format!("What responded is no MCP server (HTTP {status}): correct the URL."),
        }
    }
}

/// The body if it is a JSON-RPC message; one without an id gets the id of the request.
fn with_id(body: &str, id: &Value) -> Option<String> {
    let members = parse(body)?;
    match members.contains_key("id") || members.contains_key("method") {
        true => Some(body.to_owned()),
        false => Some(format!("{{\"id\":{id},{}", &body[1..])),
    }
}

fn parse(body: &str) -> Option<serde_json::Map<String, Value>> {
    match serde_json::from_str(body).ok()? {
        Value::Object(members) if members.contains_key("jsonrpc") => Some(members),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    const PING: &str = r#"{"jsonrpc":"2.0","id":7,"method":"ping"}"#;

    fn lines(status: u16, content_type: &str, body: &str, message: &str) -> Vec<String> {
        let message = ClientMessage::parse_line(message.as_bytes()).pop().unwrap().unwrap();
        ServerResponse { status, content_type: content_type.to_owned(), body: body.to_owned() }.into_lines(&message)
    }

    fn json(status: u16, body: &str) -> Vec<String> {
        lines(status, "application/json", body, PING)
    }

    #[test]
    fn json_rpc_is_passed_on_as_it_is() {
        let result = r#"{"jsonrpc":"2.0","id":7,"result":{"b":1.0,"a":1e2}}"#;
        assert_eq!(json(200, result), [result]);
        let pretty = "{\n  \"jsonrpc\": \"2.0\",\r\n  \"id\": 7, \"result\": {\"text\": \"a\\nb\"}\n}\n";
        assert_eq!(json(200, pretty), ["{   \"jsonrpc\": \"2.0\",    \"id\": 7, \"result\": {\"text\": \"a\\nb\"} }"]);
    }

    #[test]
    fn errors_without_an_id_get_the_id_of_the_request() {
        for status in [200, 400, 404, 500] {
            let error = r#"{"jsonrpc":"2.0","error":{"code":-32601,"message":"Method not found"}}"#;
            let with_id = r#"{"id":7,"jsonrpc":"2.0","error":{"code":-32601,"message":"Method not found"}}"#;
            assert_eq!(json(status, error), [with_id], "{status}");
            assert_eq!(json(status, with_id), [with_id], "{status}");
        }
    }

    #[test]
    fn any_other_response_becomes_one_error_message() {
        let body = r#"{"jsonrpc":"2.0","error":{"code":-32600,"message":"Forbidden"}}"#;
        let cases = [
            (401, r#"{"error":"unauthorized"}"#, "token"),
            (403, body, "refuses"),
            (404, "<html>", "no MCP server"),
            (200, "<html>", "no MCP server"),
            (200, "[]", "no MCP server"),
            (202, "", "no MCP server"),
            (301, "", "redirects"),
            (429, "", "Too many"),
            (503, r#"{"title":"down"}"#, "problem"),
        ];
        for (status, body, says) in cases {
            let line: Value = serde_json::from_str(&json(status, body)[0]).unwrap();
            assert_eq!((&line["id"], &line["error"]["code"]), (&json!(7), &json!(-32603)), "{status}");
            assert!(line["error"]["message"].as_str().unwrap().contains(says), "{line}");
        }
    }

    #[test]
    fn a_refusal_passes_the_servers_sentence_on() {
        for (status, body, sentence) in [
            (
                403,
                r#"{"error":"insufficient_scope","error_description":"This tool needs tasks:write"}"#,
                "needs tasks:write.",
            ),
            (403, r#"{"jsonrpc":"2.0","error":{"code":-32600,"message":"Forbidden host."}}"#, "Forbidden host."),
            (401, r#"{"error":"invalid_token","error_description":"token expired"}"#, "says: token expired."),
        ] {
            let line: Value = serde_json::from_str(&json(status, body)[0]).unwrap();
            assert!(line["error"]["message"].as_str().unwrap().ends_with(sentence), "{line}");
        }
    }

    #[test]
    fn a_line_has_no_separator_of_any_reader() {
        let result = "{\"jsonrpc\":\"2.0\",\"id\":7,\"result\":{\"a\":\"x\u{2028}\u{2029}\u{85}y\"}}";
        let line = &json(200, result)[0];
        assert!(!line.contains(['\u{2028}', '\u{2029}', '\u{85}']), "{line}");
        assert_eq!(serde_json::from_str::<Value>(line).unwrap(), serde_json::from_str::<Value>(result).unwrap());
    }

    #[test]
    fn a_notification_gets_no_line() {
        let message = r#"{"jsonrpc":"2.0","method":"notifications/initialized"}"#;
        for (status, body) in [(202, ""), (401, "{}"), (500, "<html>")] {
            assert!(lines(status, "application/json", body, message).is_empty(), "{status}");
        }
    }

    #[test]
    fn each_event_of_a_stream_is_one_line() {
        let stream = "event: message\ndata: {\"jsonrpc\":\"2.0\",\"method\":\"notifications/progress\"}\n\n: keep-alive\n\n\
                      data: {\"jsonrpc\":\"2.0\",\r\ndata: \"id\":7,\"result\":{}}\n\n";
        let found = lines(200, "text/event-stream; charset=utf-8", stream, PING);
        assert_eq!(
            found,
            [r#"{"jsonrpc":"2.0","method":"notifications/progress"}"#, r#"{"jsonrpc":"2.0", "id":7,"result":{}}"#]
        );
    }
}
