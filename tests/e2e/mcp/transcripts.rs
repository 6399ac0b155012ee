//! MCP as recorded: what a client sends in either era, and exactly what comes back, status, headers and body.

use anyhow::Result;
use reqwest::Response;
use serde_json::{Value, json};
use tests::{TestApp, TestUser};

/// One exchange: headers, body, and what must come back (an empty body is `Value::Null`).
struct Exchange<'a> {
    headers: &'a [(&'a str, &'a str)],
    body: String,
    status: u16,
    response: Value,
}

const MODERN: (&str, &str) = ("mcp-protocol-version", "2026-07-28");
const INSTRUCTIONS: &str = "The personal to-do list of the signed-in user. A task has a number (its id, which the user says as \
    \"task 7\"), a title of one line, a description, a priority (none, low, medium, high), a due day or time in the user's time zone, \
    reminders, a repetition, tags, a list, and whether it is completed. When the user speaks of a task by its words, find it with \
    list_tasks and query; do not guess a number. For what is due use its due (today, week, overdue). \"Remind me\" sets due and \
    remind; say when (remind_at). list_tasks shows the beginning of a long description, get_task all of it. Use add_tasks and \
    complete_tasks for several at once. update_task changes only what you name; an empty text removes what may be empty. Every \
    change can be taken back by undo. When the user has finished something, complete it; delete only what they want gone.";

fn server() -> Value {
    json!({ "name": "todo-chatbot", "title": "To-do list", "version": env!("CARGO_PKG_VERSION") })
}

fn legacy(body: Value, response: Value) -> Exchange<'static> {
    Exchange { headers: &[], body: body.to_string(), status: 200, response }
}

/// A modern request with `_meta`, which names `version`.
fn modern<'a>(
    id: u32,
    method: &str,
    mut params: Value,
    version: &str,
    headers: &'a [(&'a str, &'a str)],
) -> Exchange<'a> {
    params["_meta"] = json!({
        "io.modelcontextprotocol/protocolVersion": version,
        "io.modelcontextprotocol/clientCapabilities": {},
    });
    let body = json!({ "jsonrpc": "2.0", "id": id, "method": method, "params": params }).to_string();
    Exchange { headers, body, status: 200, response: Value::Null }
}

impl Exchange<'_> {
    fn result(mut self, id: u32, mut result: Value) -> Self {
        result["resultType"] = json!("complete");
        result["_meta"] = json!({ "io.modelcontextprotocol/serverInfo": server() });
        self.response = json!({ "jsonrpc": "2.0", "id": id, "result": result });
        self
    }

    fn error(mut self, status: u16, id: u32, error: Value) -> Self {
        self.status = status;
        self.response = json!({ "jsonrpc": "2.0", "id": id, "error": error });
        self
    }

    async fn hold(&self, user: &TestUser<'_>) -> Result<()> {
        let mut request = user.app.request("POST", "/mcp").bearer_auth(&user.token);
        request = request.header("content-type", "application/json");
        for (name, value) in self.headers {
            request = request.header(*name, *value);
        }
        let response = request.body(self.body.clone()).send().await?;
        assert_eq!(response.status(), self.status, "{}", self.body);
        transport_headers(&response, self.response.is_null());
        let text = response.text().await?;
        match self.response.is_null() {
            true => assert_eq!(text, "", "{}", self.body),
            false => assert_eq!(serde_json::from_str::<Value>(&text)?, self.response, "{}", self.body),
        }
        Ok(())
    }
}

/// Every response: never kept, never a session, JSON unless it is empty.
fn transport_headers(response: &Response, empty: bool) {
    let header = |name: &str| response.headers().get(name).map(|value| value.to_str().unwrap());
    assert_eq!(header("cache-control"), Some("no-store"));
    assert_eq!(header("mcp-session-id"), None);
    assert_eq!(header("www-authenticate"), None);
    assert_eq!(header("content-type"), (!empty).then_some("application/json"));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_legacy_session_goes_as_recorded() -> Result<()> {
    let app = TestApp::start().await?;
    let ann = app.sign_up("Ann").await?;
    let initialize = |asked: &str, agreed: &str| {
        let client = json!({ "name": "c", "version": "1" });
        let params = json!({ "protocolVersion": asked, "capabilities": {}, "clientInfo": client });
        let result = json!({
            "protocolVersion": agreed, "capabilities": { "tools": {} }, "serverInfo": server(), "instructions": INSTRUCTIONS,
        });
        let body = json!({ "jsonrpc": "2.0", "id": 1, "method": "initialize", "params": params });
        legacy(body, json!({ "jsonrpc": "2.0", "id": 1, "result": result }))
    };
    for version in ["2025-11-25", "2025-06-18", "2025-03-26", "2024-11-05"] {
        initialize(version, version).hold(&ann).await?;
    }
    initialize("2031-01-01", "2025-11-25").hold(&ann).await?;
    Exchange { headers: &[("mcp-protocol-version", "1999-01-01")], ..initialize("2025-06-18", "2025-06-18") }
        .hold(&ann)
        .await?;

    let notification = json!({ "jsonrpc": "2.0", "method": "notifications/initialized" });
    Exchange { status: 202, ..legacy(notification, Value::Null) }.hold(&ann).await?;
    let ping = json!({ "jsonrpc": "2.0", "id": 2, "method": "ping" });
    legacy(ping.clone(), json!({ "jsonrpc": "2.0", "id": 2, "result": {} })).hold(&ann).await?;
    Exchange {
        headers: &[("mcp-session-id", "stale"), ("last-event-id", "7")],
        ..legacy(ping, json!({ "jsonrpc": "2.0", "id": 2, "result": {} }))
    }
    .hold(&ann)
    .await?;

    let call =
        json!({ "jsonrpc": "2.0", "id": 5, "method": "tools/call", "params": { "name": "nope", "arguments": {} } });
    legacy(call, Value::Null)
        .error(200, 5, json!({ "code": -32602, "message": "Unknown tool: nope" }))
        .hold(&ann)
        .await?;
    let prompts = json!({ "jsonrpc": "2.0", "id": 7, "method": "prompts/get" });
    Exchange { headers: &[("mcp-protocol-version", "2025-11-25")], ..legacy(prompts, Value::Null) }
        .error(200, 7, json!({ "code": -32601, "message": "Method not found: prompts/get" }))
        .hold(&ann)
        .await?;
    let supported = "2025-11-25, 2025-06-18, 2025-03-26, 2024-11-05";
    let message = format!("Unsupported protocol version: 1999-01-01 (supported: {supported})");
    let list = json!({ "jsonrpc": "2.0", "id": 8, "method": "tools/list" });
    Exchange { headers: &[("mcp-protocol-version", "1999-01-01")], ..legacy(list, Value::Null) }
        .error(400, 8, json!({ "code": -32600, "message": message }))
        .hold(&ann)
        .await
}

#[tokio::test(flavor = "multi_thread")]
async fn a_modern_session_goes_as_recorded() -> Result<()> {
    let app = TestApp::start().await?;
    let ann = app.sign_up("Ann").await?;
    let discovered = json!({
        "supportedVersions": ["2026-07-28"], "capabilities": { "tools": {} }, "instructions": INSTRUCTIONS,
        "ttlMs": 300_000, "cacheScope": "public",
    });
    modern(3, "server/discover", json!({}), "2026-07-28", &[MODERN, ("mcp-method", "server/discover")])
        .result(3, discovered)
        .hold(&ann)
        .await?;
    let call = |name: &str, arguments: Value, headers: &'static [(&'static str, &'static str)]| {
        modern(4, "tools/call", json!({ "name": name, "arguments": arguments }), "2026-07-28", headers)
    };
    const ADD: &[(&str, &str)] = &[MODERN, ("mcp-method", "tools/call"), ("mcp-name", "add_task")];
    let text = "Invalid arguments for add_task: \"title\" is required.";
    call("add_task", json!({}), ADD)
        .result(4, json!({ "content": [{ "type": "text", "text": text }], "isError": true }))
        .hold(&ann)
        .await?;
    const BASE64: &[(&str, &str)] =
        &[MODERN, ("mcp-method", "tools/call"), ("mcp-name", "=?base64?bGlzdF90YXNrcw==?=")];
    let empty = json!({ "content": [{ "type": "text", "text": "{\"tasks\":[],\"total\":0}" }], "structuredContent": { "tasks": [], "total": 0 } });
    call("list_tasks", json!({}), BASE64).result(4, empty).hold(&ann).await?;
    let missing = json!({ "code": -32020, "message": "Header mismatch: Mcp-Name header is missing" });
    call("list_tasks", json!({}), &[MODERN, ("mcp-method", "tools/call")]).error(400, 4, missing).hold(&ann).await?;

    modern(6, "prompts/get", json!({}), "2026-07-28", &[MODERN, ("mcp-method", "prompts/get")])
        .error(404, 6, json!({ "code": -32601, "message": "Method not found: prompts/get" }))
        .hold(&ann)
        .await?;
    let data = json!({ "supported": ["2026-07-28"], "requested": "1900-01-01" });
    modern(9, "tools/list", json!({}), "1900-01-01", &[("mcp-protocol-version", "1900-01-01")])
        .error(400, 9, json!({ "code": -32022, "message": "Unsupported protocol version", "data": data }))
        .hold(&ann)
        .await?;
    let differs = "Header mismatch: MCP-Protocol-Version header '2025-11-25' does not match body value '2026-07-28'";
    modern(9, "tools/list", json!({}), "2026-07-28", &[("mcp-protocol-version", "2025-11-25")])
        .error(400, 9, json!({ "code": -32020, "message": differs }))
        .hold(&ann)
        .await?;
    let bare = json!({ "jsonrpc": "2.0", "id": 9, "method": "tools/list", "params": {} });
    let unclaimed = "Invalid params: _meta is missing io.modelcontextprotocol/protocolVersion";
    Exchange { headers: &[MODERN], ..legacy(bare, Value::Null) }
        .error(400, 9, json!({ "code": -32602, "message": unclaimed }))
        .hold(&ann)
        .await
}

#[tokio::test(flavor = "multi_thread")]
async fn a_modern_call_adds_what_rest_shows() -> Result<()> {
    let app = TestApp::start().await?;
    let ann = app.sign_up("Ann").await?;
    let exchange =
        modern(4, "tools/call", json!({ "name": "add_task", "arguments": { "title": "milk" } }), "2026-07-28", &[]);
    let request = app.request("POST", "/mcp").bearer_auth(&ann.token).header("content-type", "application/json");
    let request = request.header(MODERN.0, MODERN.1).header("mcp-method", "tools/call").header("mcp-name", "add_task");
    let response: Value = request.body(exchange.body).send().await?.json().await?;
    let task = ann.ask("GET", "/tasks/1").await?.1;
    let shown = &response["result"]["structuredContent"]["task"];
    for member in ["id", "title", "completed", "created_at", "updated_at"] {
        assert_eq!(shown[member], task[member], "{member}");
    }
    let text: Value = serde_json::from_str(response["result"]["content"][0]["text"].as_str().unwrap())?;
    assert_eq!((&text["task"], response["result"].get("ttlMs")), (shown, None));
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_no_message_is_refused_as_recorded() -> Result<()> {
    let app = TestApp::start().await?;
    let ann = app.sign_up("Ann").await?;
    let parse_error = json!({ "jsonrpc": "2.0", "error": { "code": -32700, "message": "Parse error" } });
    Exchange { headers: &[], body: "{bad json".to_owned(), status: 400, response: parse_error }.hold(&ann).await?;
    for method in ["GET", "DELETE", "HEAD", "PUT"] {
        let response = app.request(method, "/mcp").bearer_auth(&ann.token).send().await?;
        assert_eq!((response.status().as_u16(), &response.headers()["allow"]), (405, &"POST".parse()?), "{method}");
        let body = response.text().await?;
        if method != "HEAD" {
            let body: Value = serde_json::from_str(&body)?;
            assert_eq!((&body["error"]["code"], body.get("id")), (&json!(-32600), None));
        }
        let anonymous = app.request(method, "/mcp").send().await?;
        assert_eq!(anonymous.status(), 401, "{method}");
        assert!(anonymous.headers()["www-authenticate"].to_str()?.starts_with("Bearer scope="));
    }
    for path in ["/mcp/x", "/.well-known/other", "/.well-known/oauth-protected-resource/other"] {
        let request = app.get(path).bearer_auth(&ann.token).header("accept", "text/html");
        assert_eq!(request.send().await?.status(), 404, "{path}");
    }
    Ok(())
}
