//! The program as a host uses it: lines in, lines out, with a mock server.

#![expect(clippy::unwrap_used, reason = "a test fails where it panics")]

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::process::{Command, Output, Stdio};
use std::sync::{Arc, Condvar, Mutex};
use std::thread;
use std::time::Duration;

use serde_json::{Value, json};
use wiremock::matchers::{body_partial_json, header, method, path};
use wiremock::{Mock, MockServer, ResponseTemplate};

/// Runs the bridge on these lines until it ends.
async fn bridge(arguments: Vec<String>, variables: Vec<(&'static str, String)>, lines: Vec<String>) -> Output {
    tokio::task::spawn_blocking(move || {
        let mut child = Command::new(std::env::var("CARGO_BIN_EXE_todo-mcp").unwrap())
            .args(arguments)
            .env_clear()
            .envs(variables)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let mut stdin = child.stdin.take().unwrap();
        for line in lines {
            writeln!(stdin, "{line}").unwrap();
        }
        drop(stdin);
        child.wait_with_output().unwrap()
    })
    .await
    .unwrap()
}

fn output(output: &Output) -> Vec<Value> {
    assert!(output.status.success(), "{output:?}");
    let text = std::str::from_utf8(&output.stdout).unwrap();
    text.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

fn to(server: &MockServer) -> Vec<(&'static str, String)> {
    vec![("MCP_URL", format!("{}/mcp", server.uri())), ("MCP_TOKEN", "abc".to_owned())]
}

fn request(id: Value, method: &str) -> Value {
    json!({ "jsonrpc": "2.0", "id": id, "method": method })
}

#[tokio::test(flavor = "multi_thread")]
async fn a_modern_request_is_posted_with_its_headers_and_a_404_is_passed_on() {
    let server = MockServer::start().await;
    let error = r#"{"jsonrpc":"2.0","error":{"code":-32601,"message":"Method not found: prompts/get"}}"#;
    Mock::given(method("POST"))
        .and(path("/mcp"))
        .and(header("authorization", "Bearer abc"))
        .and(header("content-type", "application/json"))
        .and(header("mcp-protocol-version", "2026-07-28"))
        .and(header("mcp-method", "prompts/get"))
        .and(header("mcp-name", "=?base64?dMOiY2hl?="))
        .respond_with(ResponseTemplate::new(404).set_body_raw(error, "application/json"))
        .expect(1)
        .mount(&server)
        .await;
    let mut message = request(json!("a"), "prompts/get");
    message["params"] =
        json!({ "name": "tâche", "_meta": { "io.modelcontextprotocol/protocolVersion": "2026-07-28" } });
    let lines = output(&bridge(vec![], to(&server), vec![message.to_string()]).await);
    let error = json!({ "code": -32601, "message": "Method not found: prompts/get" });
    assert_eq!(lines, [json!({ "jsonrpc": "2.0", "id": "a", "error": error })]);
}

/// A server that responds to request 1 only after `others` further responses. Each response says how many came before.
fn patient_server(others: usize) -> SocketAddr {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap();
    let answered = Arc::new((Mutex::new(0), Condvar::new()));
    thread::spawn(move || {
        for stream in listener.incoming() {
            let answered = answered.clone();
            thread::spawn(move || respond(stream.unwrap(), &answered, others));
        }
    });
    address
}

fn respond(stream: TcpStream, (count, changed): &(Mutex<usize>, Condvar), others: usize) {
    let mut reader = BufReader::new(&stream);
    let head: Vec<String> = reader.by_ref().lines().map(Result::unwrap).take_while(|line| !line.is_empty()).collect();
    let length = head.iter().find_map(|line| line.to_ascii_lowercase().strip_prefix("content-length: ")?.parse().ok());
    let mut body = vec![0; length.unwrap()];
    reader.read_exact(&mut body).unwrap();
    let id = serde_json::from_slice::<Value>(&body).unwrap()["id"].clone();
    let mut count = count.lock().unwrap();
    if id == 1 {
        // The timeout fails the test if the bridge sends one request at a time.
        count = changed.wait_timeout_while(count, Duration::from_secs(60), |count| *count < others).unwrap().0;
    }
    let body = json!({ "jsonrpc": "2.0", "id": id, "result": { "responses": *count } }).to_string();
    let head = format!("content-type: application/json\r\ncontent-length: {}\r\nconnection: close", body.len());
    write!(&stream, "HTTP/1.1 200 OK\r\n{head}\r\n\r\n{body}").unwrap();
    *count += 1;
    changed.notify_all();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_slow_request_delays_no_other_and_all_get_a_response() {
    let variables = vec![("MCP_URL", format!("http://{}/mcp", patient_server(39))), ("MCP_TOKEN", "abc".to_owned())];
    let lines = (1..=40).map(|id| request(json!(id), "ping").to_string()).collect();
    let responses = output(&bridge(vec![], variables, lines).await);
    let slow = responses.iter().find(|response| response["id"] == 1).unwrap();
    assert_eq!(slow["result"]["responses"], 39);
    let mut ids: Vec<i64> = responses.iter().map(|response| response["id"].as_i64().unwrap()).collect();
    ids.sort_unstable();
    assert_eq!(ids, (1..=40).collect::<Vec<_>>());
}

#[tokio::test(flavor = "multi_thread")]
async fn notifications_and_cancellations_write_nothing() {
    let server = MockServer::start().await;
    Mock::given(body_partial_json(json!({ "method": "notifications/initialized" })))
        .respond_with(ResponseTemplate::new(202))
        .expect(1)
        .mount(&server)
        .await;
    let notification = |method: &str| json!({ "jsonrpc": "2.0", "method": method }).to_string();
    let lines = vec![notification("notifications/initialized"), notification("notifications/cancelled"), String::new()];
    assert!(output(&bridge(vec![], to(&server), lines).await).is_empty());
    assert_eq!(server.received_requests().await.unwrap().len(), 1, "a cancellation is dropped");
}

#[tokio::test(flavor = "multi_thread")]
async fn each_request_of_a_batch_gets_its_response_and_no_line_breaks_within_one() {
    let server = MockServer::start().await;
    for id in [1, 2] {
        let result = json!({ "jsonrpc": "2.0", "id": id, "result": { "text": "a\u{2028}b\u{85}c" } });
        Mock::given(body_partial_json(json!({ "id": id })))
            .respond_with(ResponseTemplate::new(200).set_body_json(result))
            .mount(&server)
            .await;
    }
    let batch = json!([request(json!(1), "ping"), { "method": "notifications/cancelled" }, request(json!(2), "ping")]);
    let written = bridge(vec![], to(&server), vec![format!("\u{feff}{batch}")]).await;
    assert!(!String::from_utf8_lossy(&written.stdout).contains(['\u{2028}', '\u{85}']), "{written:?}");
    let mut ids: Vec<i64> = output(&written).iter().map(|line| line["id"].as_i64().unwrap()).collect();
    ids.sort_unstable();
    assert_eq!(ids, [1, 2]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_refusal_is_told_in_the_servers_own_words() {
    let server = MockServer::start().await;
    let body =
        json!({ "error": "insufficient_scope", "error_description": "This tool needs the tasks:write permission" });
    Mock::given(header("authorization", "Bearer abc"))
        .respond_with(ResponseTemplate::new(403).set_body_json(body))
        .mount(&server)
        .await;
    let mut variables = to(&server);
    variables[1].1 = "BEARER abc".to_owned();
    let lines = output(&bridge(vec![], variables, vec![request(json!(7), "ping").to_string()]).await);
    let message = lines[0]["error"]["message"].as_str().unwrap();
    assert!(message.ends_with("The server says: This tool needs the tasks:write permission."), "{message}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_request_gets_an_error_response_for_each_failure() {
    let ping = || vec![request(json!(7), "ping").to_string()];
    let is_error = |lines: Vec<Value>, says: &str| {
        assert_eq!((lines.len(), &lines[0]["id"], &lines[0]["error"]["code"]), (1, &json!(7), &json!(-32603)));
        let message = lines[0]["error"]["message"].as_str().unwrap();
        assert!(message.contains(says), "{message}");
    };
    let unset = bridge(vec![], vec![], ping()).await;
    assert!(String::from_utf8_lossy(&unset.stderr).contains("--url"));
    is_error(output(&unset), "MCP_URL");

    let free = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    let no_server = vec![("MCP_URL", format!("http://{free}/mcp")), ("MCP_TOKEN", "abc".to_owned())];
    is_error(output(&bridge(vec![], no_server, ping()).await), "cannot be reached");

    let server = MockServer::start().await;
    let elsewhere = MockServer::start().await;
    let redirect = ResponseTemplate::new(307).insert_header("location", format!("{}/mcp", elsewhere.uri()).as_str());
    Mock::given(method("POST")).respond_with(redirect).mount(&server).await;
    let redirected = bridge(vec![], to(&server), ping()).await;
    assert!(!String::from_utf8_lossy(&redirected.stderr).contains("abc"), "the token is never logged");
    is_error(output(&redirected), "redirects");
    assert!(elsewhere.received_requests().await.unwrap().is_empty(), "the token is for one server only");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_line_that_is_too_long_is_rejected_and_the_next_one_is_served() {
    let server = MockServer::start().await;
    let response = ResponseTemplate::new(200).set_body_json(json!({ "jsonrpc": "2.0", "id": 7, "result": {} }));
    Mock::given(method("POST")).respond_with(response).expect(1).mount(&server).await;
    let long = format!("{{\"a\":\"{}\"}}", "x".repeat(5 * 1024 * 1024));
    let lines = output(&bridge(vec![], to(&server), vec![long, request(json!(7), "ping").to_string()]).await);
    assert_eq!((&lines[0]["error"]["code"], &lines[1]["id"]), (&json!(-32700), &json!(7)));
    assert_eq!(lines.len(), 2);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_url_and_the_token_file_are_arguments_too() {
    let server = MockServer::start().await;
    let response = ResponseTemplate::new(200).set_body_json(json!({ "jsonrpc": "2.0", "id": 7, "result": {} }));
    Mock::given(header("authorization", "Bearer from-file")).respond_with(response).mount(&server).await;
    let mut file = tempfile::NamedTempFile::new().unwrap();
    writeln!(file, "from-file").unwrap();
    let file = file.into_temp_path();
    let arguments = ["--url", &format!("{}/mcp", server.uri()), "--token-file", file.to_str().unwrap()];
    let arguments = arguments.map(str::to_owned).to_vec();
    let lines = output(&bridge(arguments, vec![], vec![request(json!(7), "ping").to_string()]).await);
    assert_eq!(lines, [json!({ "jsonrpc": "2.0", "id": 7, "result": {} })]);
}
