use std::cell::{Cell, RefCell};
use std::collections::HashMap;
use std::time::Duration;

use futures::executor::block_on;
use http::{Request, Response};
use serde_json::{Map, Value, json};

use super::*;
use crate::env::{TransportError, TurnEnv};
use crate::testing::TestNetwork;

const AT: McpServer = McpServer { url: "http://mcp.test/mcp", token: "abc", allowed: &[], turn: "7-1", user_id: "" };

fn call_with_response(status: u16, body: &str, check: impl Fn(&http::Request<Vec<u8>>)) -> Result<Value, String> {
    let fetch = |request: http::Request<Vec<u8>>, _: Duration| {
        check(&request);
        Ok::<_, TransportError>(http::Response::builder().status(status).body(body.as_bytes().to_vec()).unwrap())
    };
    let network = TestNetwork { fetch: &fetch, ..TestNetwork::SILENT };
    let options = CallOptions { idempotency_key: "7-1-2-0", repeatable: true };
    block_on(McpClient::new(AT, network.env()).call("add_task", &Map::new(), options, Duration::from_secs(1)))
}

#[test]
fn a_call_carries_the_users_token_and_the_protocol_version() {
    let body = r#"{"jsonrpc":"2.0","id":1,"result":{"content":[{"type":"text","text":"{}"}],"structuredContent":{"task":{"id":1}}}}"#;
    let result = call_with_response(200, body, |request| {
        assert_eq!(request.headers()["authorization"], "Bearer abc");
        assert_eq!(request.headers()["todo-turn"], "7-1");
        assert_eq!(request.headers()["mcp-protocol-version"], "2025-11-25");
        let sent: Value = serde_json::from_slice(request.body()).unwrap();
        assert_eq!(sent["method"], "tools/call");
        assert_eq!(request.headers()["idempotency-key"], "7-1-2-0");
        assert_eq!(sent["params"], json!({"name": "add_task", "arguments": {}}));
    });
    assert_eq!(result, Ok(json!({"task": {"id": 1}})));
}

#[test]
fn a_result_holds_nothing_that_cannot_be_stored() {
    let body = r#"{"jsonrpc":"2.0","id":1,"result":{"structuredContent":{"a\u0000":["b\u0000c\\u0000"]}}}"#;
    assert_eq!(call_with_response(200, body, |_| ()), Ok(json!({"a": ["bc\\u0000"]})));
}

#[test]
fn tool_errors_reach_the_model_and_transport_errors_do_not_leak() {
    let tool =
        r#"{"jsonrpc":"2.0","id":1,"result":{"content":[{"type":"text","text":"No task with id 9."}],"isError":true}}"#;
    assert_eq!(call_with_response(200, tool, |_| ()), Err("No task with id 9.".into()));
    let unknown = r#"{"jsonrpc":"2.0","id":1,"error":{"code":-32602,"message":"Unknown tool: x"}}"#;
    assert_eq!(call_with_response(200, unknown, |_| ()), Err("Unknown tool: x".into()));
    for (status, body) in [(401, "secret"), (200, "secret"), (500, "secret"), (200, "{}")] {
        let error = call_with_response(status, body, |_| ()).unwrap_err();
        assert!(error.contains("cannot be reached"), "{error}");
    }
}

#[test]
fn a_repeatable_call_is_sent_again_and_another_one_only_if_nothing_was_done() {
    let attempts = |failure: &dyn Fn() -> Result<Response<Vec<u8>>, TransportError>, repeatable| {
        let made = Cell::new(0);
        let fetch = |_: Request<Vec<u8>>, _: Duration| {
            made.set(made.get() + 1);
            failure()
        };
        let network = TestNetwork { fetch: &fetch, ..TestNetwork::SILENT };
        let mcp = McpClient::new(AT, network.env());
        let options = CallOptions { idempotency_key: "", repeatable };
        block_on(mcp.call("delete_task", &Map::new(), options, Duration::from_secs(10))).unwrap_err();
        made.get()
    };
    let status = |status: u16| move || Ok(Response::builder().status(status).body(Vec::new()).unwrap());
    let unreached = || Err(TransportError::Unreachable("refused".to_owned()));
    let failed = || Err(TransportError::Failed("reset".to_owned()));
    for repeatable in [true, false] {
        assert_eq!(attempts(&unreached, repeatable), 3);
        assert_eq!(attempts(&status(503), repeatable), 3);
        assert_eq!(attempts(&failed, repeatable), if repeatable { 3 } else { 1 });
        assert_eq!(attempts(&status(502), repeatable), if repeatable { 3 } else { 1 });
        assert_eq!(attempts(&status(500), repeatable), 1);
    }
}

#[test]
fn the_tool_list_becomes_declarations() {
    let body = r#"{"jsonrpc":"2.0","id":1,"result":{"tools":[
        {"name":"add_task","title":"Add","description":"Adds.","inputSchema":{"type":"object"},"annotations":{}},
        {"name":"9 bad","inputSchema":{"type":"object"}},
        {"name":"list_tasks","inputSchema":{},"annotations":{"readOnlyHint":true}}]}}"#;
    let fetch =
        |_: http::Request<Vec<u8>>, _: Duration| Ok::<_, TransportError>(http::Response::new(body.as_bytes().to_vec()));
    let network = TestNetwork { fetch: &fetch, ..TestNetwork::SILENT };
    let tools_with = |allowed: &[String]| {
        let mcp = McpClient::new(McpServer { allowed, ..AT }, network.env());
        block_on(mcp.tools(Duration::from_secs(1))).unwrap()
    };
    let tools = tools_with(&[]);
    let [add, list] = &tools[..] else { panic!("{tools:?}") };
    assert_eq!((&*add.name, &*add.description, add.schema.get()), ("add_task", "Adds.", r#"{"type":"object"}"#));
    assert_eq!((add.reads, add.destructive, add.repeatable), (false, true, true));
    assert_eq!((list.reads, list.destructive), (true, false));
    assert_eq!(tools_with(&["list_tasks".to_owned()])[0].name, "list_tasks");
}

#[test]
fn the_list_of_tools_is_cached_for_each_user() {
    let body = r#"{"jsonrpc":"2.0","id":1,"result":{"tools":[
        {"name":"list_tasks","inputSchema":{"type":"object"},"annotations":{"readOnlyHint":true}}]}}"#;
    let requests = Cell::new(0);
    let fetch = |_: http::Request<Vec<u8>>, _: Duration| {
        requests.set(requests.get() + 1);
        Ok::<_, TransportError>(http::Response::new(body.as_bytes().to_vec()))
    };
    let memory = RefCell::new(HashMap::new());
    let recall = |name: &str| memory.borrow().get(name).cloned();
    let remember = |name: &str, text: &str| drop(memory.borrow_mut().insert(name.to_owned(), text.to_owned()));
    let network = TestNetwork { fetch: &fetch, ..TestNetwork::SILENT };
    let env = TurnEnv { recall: &recall, remember: &remember, ..network.env() };
    let mcp = |user_id| McpClient::new(McpServer { user_id, ..AT }, env);
    let time = Duration::from_secs(1);
    let tools = |user_id| format!("{:?}", block_on(mcp(user_id).tools(time)).unwrap());
    let first = tools("ann");
    assert_eq!((&tools("ann"), requests.get()), (&first, 1));
    tools("bob");
    assert_eq!(requests.get(), 2, "each user's own");
    block_on(mcp("ann").reach(time)).unwrap();
    assert_eq!(requests.get(), 3, "reach does not use the cache");
    memory.borrow_mut().values_mut().for_each(|list| *list = "{}".to_owned());
    assert_eq!((tools("ann"), requests.get()), (first, 4), "what is not read is asked again");
}

/// A server that insists on a session and responds with event streams.
struct SessionServer {
    sessions: Cell<u32>,
    requests: RefCell<Vec<String>>,
}

impl SessionServer {
    fn serve(&self, request: &Request<Vec<u8>>) -> Response<Vec<u8>> {
        let body: Value = serde_json::from_slice(request.body()).unwrap();
        let method = body["method"].as_str().unwrap();
        self.requests.borrow_mut().push(method.to_owned());
        let header = |name: &str| request.headers().get(name).map(|value| value.to_str().unwrap().to_owned());
        let current = format!("s{}", self.sessions.get());
        let respond = |result: Value| {
            let note = json!({"jsonrpc": "2.0", "method": "notifications/message", "params": {"level": "info"}});
            let response = json!({"jsonrpc": "2.0", "id": body["id"], "result": result});
            let stream = format!("event: message\r\ndata: {note}\r\n\r\n: ping\r\n\r\ndata: {response}\r\n\r\n");
            Response::builder()
                .header("content-type", "text/event-stream")
                .header("mcp-session-id", &current)
                .body(stream.into_bytes())
        };
        let reject = |status: u16| Response::builder().status(status).body(b"{}".to_vec());
        match (method, header("mcp-session-id")) {
            ("initialize", None) => {
                assert_eq!(header("mcp-protocol-version"), None);
                respond(json!({"protocolVersion": "2025-06-18", "capabilities": {}, "serverInfo": {"name": "x", "version": "1"}}))
            }
            (_, None) => reject(400),
            (_, Some(session)) if session != current => reject(404),
            ("notifications/initialized", _) => reject(202),
            ("tools/list", _) => {
                assert_eq!(header("mcp-protocol-version").as_deref(), Some("2025-06-18"));
                let name = if body["params"]["cursor"] == "more" { "b" } else { "a" };
                let tool = json!({"name": name, "inputSchema": {"type": "object"}});
                let more = if name == "a" { json!("more") } else { json!(null) };
                respond(json!({"tools": [tool], "nextCursor": more}))
            }
            _ => respond(json!({"content": [{"type": "text", "text": "done"}]})),
        }
        .unwrap()
    }
}

#[test]
fn a_server_that_insists_on_a_session_gets_one_and_may_respond_with_a_stream() {
    let server = SessionServer { sessions: Cell::new(1), requests: RefCell::default() };
    let fetch = |request: Request<Vec<u8>>, _: Duration| Ok::<_, TransportError>(server.serve(&request));
    let memory = RefCell::new(HashMap::new());
    let recall = |name: &str| memory.borrow().get(name).cloned();
    let remember = |name: &str, text: &str| drop(memory.borrow_mut().insert(name.to_owned(), text.to_owned()));
    let network = TestNetwork { fetch: &fetch, ..TestNetwork::SILENT };
    let env = TurnEnv { recall: &recall, remember: &remember, ..network.env() };
    let call = |mcp: &McpClient| {
        let options = CallOptions { idempotency_key: "k", repeatable: false };
        block_on(mcp.call("a", &Map::new(), options, Duration::from_secs(1))).unwrap()["text"].clone()
    };
    let mcp = McpClient::new(AT, env);
    let names: Vec<String> =
        block_on(mcp.tools(Duration::from_secs(1))).unwrap().into_iter().map(|tool| tool.name).collect();
    assert_eq!((names, call(&mcp)), (vec!["a".to_owned(), "b".to_owned()], json!("done")));
    let expected = "tools/list initialize notifications/initialized tools/list tools/list tools/call";
    assert_eq!(server.requests.take().join(" "), expected);

    let next = McpClient::new(AT, env);
    assert_eq!(call(&next), "done");
    assert_eq!(server.requests.take().join(" "), "tools/call tools/call", "the session is cached");
    server.sessions.set(2);
    assert_eq!(
        (call(&next), call(&McpClient::new(AT, env))),
        (json!("done"), json!("done")),
        "and a new one is started when it is gone"
    );
}
