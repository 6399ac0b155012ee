//! The assistant with a model: stand-ins that respond as Gemini does, and fail as Gemini fails.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use anyhow::{Context, Result};
use serde_json::{Value, json};
use tests::{AimockServer, FaultProxy, RequestFate, TestApp, events, gemini_variables, model_says};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpListener;
use wiremock::matchers::{header, method, path};
use wiremock::{Mock, MockServer, Request, ResponseTemplate};

use crate::problem::problem;

#[tokio::test(flavor = "multi_thread")]
async fn parallel_calls_are_made_in_order_and_reported() -> Result<()> {
    let gemini = AimockServer::start().await?;
    let app = TestApp::with(&gemini_variables(&gemini.url)).await?;
    let ann = app.sign_up("Ann").await?;
    let (status, reply) = ann.chat(json!({"message": "add buy milk and call mum"})).await?;
    assert_eq!(status, 200, "{reply}\n{}", app.log());
    assert_eq!(reply["response"], "Added both.");
    let calls = reply["tool_calls"].as_array().unwrap();
    assert_eq!(calls.len(), 2, "{reply}");
    assert_eq!((&calls[0]["name"], &calls[0]["arguments"]), (&json!("add_task"), &json!({"title": "buy milk"})));
    assert_eq!(calls[1]["result"]["task"]["title"], "call mum");
    assert_eq!(ann.list().await?, ["buy milk", "call mum"]);
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn calls_that_only_read_are_made_at_once() -> Result<()> {
    let gemini = MockServer::start().await;
    let list = |status: &str| json!({"functionCall": {"name": "list_tasks", "args": {"status": status}}});
    let response = move |request: &Request| match String::from_utf8_lossy(&request.body).contains("functionResponse") {
        true => model_says(json!([{"text": "One is open, none is done."}])),
        false => model_says(json!([list("pending"), list("completed")])),
    };
    Mock::given(method("POST")).respond_with(response).mount(&gemini).await;
    let made = Arc::new(AtomicUsize::default());
    let count = made.clone();
    let relay = FaultProxy::start(move |body| match body.contains("list_tasks") {
        true => {
            count.fetch_add(1, Ordering::Relaxed);
            RequestFate::Meeting // neither gets a response before both have come
        }
        false => RequestFate::Delivered,
    })
    .await?;
    let url = gemini.uri();
    let mut variables = gemini_variables(&url);
    variables.push(("mcp_server_origin", &relay.url));
    let app = TestApp::with(&variables).await?;
    relay.leads_to(&app.base, app.base.strip_prefix("http://").context("base")?);
    let ann = app.sign_up("Ann").await?;
    ann.add("milk").await?;
    let told = events(&ann.stream(json!({"message": "how am I doing?"})).await?.text().await?)?;
    let tools: Vec<&Value> =
        told.iter().filter(|event| event["type"].as_str().is_some_and(|kind| kind.starts_with("tool-"))).collect();
    let [first, second, open, done] = tools.as_slice() else { panic!("{told:?}\n{}", app.log()) };
    assert_eq!([&first["input"]["status"], &second["input"]["status"]], ["pending", "completed"]);
    assert_eq!([&open["toolCallId"], &done["toolCallId"]], [&first["toolCallId"], &second["toolCallId"]]);
    assert_eq!([&open["output"]["tasks"][0]["title"], &done["output"]["tasks"]], [&json!("milk"), &json!([])]);
    assert_eq!(made.load(Ordering::Relaxed), 2, "none was sent twice");
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_call_that_fails_is_told_to_the_model_and_the_user() -> Result<()> {
    let gemini = AimockServer::start().await?;
    let app = TestApp::with(&gemini_variables(&gemini.url)).await?;
    let ann = app.sign_up("Ann").await?;
    let (_, reply) = ann.chat(json!({"message": "a call with bad arguments"})).await?;
    assert!(reply["tool_calls"][0]["error"].as_str().unwrap().contains("title"), "{reply}");
    assert_eq!(reply["response"], "That did not work.");
    assert!(ann.list().await?.is_empty());
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_short_429_is_waited_out_and_a_long_one_is_a_503() -> Result<()> {
    let gemini = AimockServer::start().await?;
    let app = TestApp::with(&gemini_variables(&gemini.url)).await?;
    let ann = app.sign_up("Ann").await?;
    let (status, reply) = ann.chat(json!({"message": "busy once"})).await?;
    assert_eq!((status.as_u16(), &reply["response"]), (200, &json!("Here I am.")), "{reply}\n{}", app.log());
    let response = ann.request("POST", "/chat").json(&json!({"message": "no quota at all"})).send().await?;
    assert!(response.headers().contains_key("retry-after"));
    problem(response, 503, "unavailable").await?;
    let (_, list) = ann.ask("GET", "/conversations").await?;
    assert!(list.to_string().contains("no quota at all"), "the message is kept: {list}");
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_malformed_call_is_never_made() -> Result<()> {
    let gemini = AimockServer::start().await?;
    let app = TestApp::with(&gemini_variables(&gemini.url)).await?;
    let ann = app.sign_up("Ann").await?;
    let (status, response) = ann.chat(json!({"message": "malformed call"})).await?;
    assert!(status == 200 || status == 503, "{status} {response}\n{}", app.log());
    assert!(!response.to_string().contains("add_task("), "{response}");
    assert!(ann.list().await?.is_empty());
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn nothing_is_deleted_that_the_user_did_not_ask_to_delete() -> Result<()> {
    let gemini = AimockServer::start().await?;
    let app = TestApp::with(&gemini_variables(&gemini.url)).await?;
    let ann = app.sign_up("Ann").await?;
    ann.add("keep me").await?;
    let (_, response) = ann.chat(json!({"message": "tidy up"})).await?;
    assert_eq!(response["tool_calls"][0]["status"], "confirmation_required", "{response}");
    assert_eq!(ann.list().await?, ["keep me"]);
    Ok(())
}

/// As the real one: refuses a function call that comes back without its signature.
fn sequential_calls(request: &Request) -> ResponseTemplate {
    let body: Value = request.body_json().unwrap();
    let parts: Vec<&Value> =
        body["contents"].as_array().unwrap().iter().flat_map(|c| c["parts"].as_array().unwrap()).collect();
    let calls: Vec<&&Value> = parts.iter().filter(|part| part.get("functionCall").is_some()).collect();
    if calls.iter().any(|part| !part["thoughtSignature"].as_str().is_some_and(|s| s.starts_with("EqMB+/é=="))) {
        let error = json!({"error": {"code": 400, "status": "INVALID_ARGUMENT", "message": "Function call is missing a thought_signature"}});
        return ResponseTemplate::new(400).set_body_json(error);
    }
    let results = parts.iter().filter(|part| part.get("functionResponse").is_some()).count();
    assert_eq!(results, calls.len());
    let call = |id: &str, name: &str, args: Value| json!([{"functionCall": {"id": id, "name": name, "args": args}, "thoughtSignature": format!("EqMB+/é=={id}")}]);
    model_says(match calls.len() {
        0 => call("first", "add_task", json!({"title": "buy milk"})),
        1 => call("second", "complete_task", json!({"task_id": 1})),
        _ => json!([{"text": "Added and "}, {"text": "completed."}]),
    })
}

#[tokio::test(flavor = "multi_thread")]
async fn sequential_calls_give_every_signature_back_byte_for_byte() -> Result<()> {
    let gemini = MockServer::start().await;
    let model = "/v1beta/models/gemini-3.5-flash-lite:streamGenerateContent";
    let mock = Mock::given(method("POST")).and(path(model)).and(header("x-goog-api-key", "test-key"));
    mock.respond_with(sequential_calls).mount(&gemini).await;
    let app = TestApp::with(&gemini_variables(&gemini.uri())).await?;
    let ann = app.sign_up("Ann").await?;
    let (status, first) = ann.chat(json!({"message": "add buy milk and complete it"})).await?;
    assert_eq!((status.as_u16(), &first["response"]), (200, &json!("Added and completed.")), "{first}\n{}", app.log());
    assert_eq!(ann.list().await?, ["✓ buy milk"]);

    for request in gemini.received_requests().await.unwrap() {
        let body: Value = request.body_json()?;
        assert_eq!(body["store"], false);
        assert!(!request.url.as_str().contains("test-key"));
        assert!(!body.to_string().contains(&ann.token) && !body.to_string().contains(&ann.email));
    }
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_retired_model_is_replaced_by_the_fallback() -> Result<()> {
    let gemini = MockServer::start().await;
    let gone = json!({"error": {"code": 404, "status": "NOT_FOUND", "message": "models/x is not found"}});
    let at =
        |model: &str| Mock::given(method("POST")).and(path(format!("/v1beta/models/{model}:streamGenerateContent")));
    at("gemini-3.5-flash-lite").respond_with(ResponseTemplate::new(404).set_body_json(gone)).mount(&gemini).await;
    let hello = model_says(json!([{"text": "Hello."}]));
    at("gemini-3.8-flash").respond_with(hello).mount(&gemini).await;
    let app = TestApp::with(&gemini_variables(&gemini.uri())).await?;
    let ann = app.sign_up("Ann").await?;
    let (status, said) = ann.chat(json!({"message": "hi"})).await?;
    assert_eq!((status.as_u16(), &said["response"]), (200, &json!("Hello.")), "{said}\n{}", app.log());
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_rejected_key_is_our_fault_not_the_users() -> Result<()> {
    let gemini = MockServer::start().await;
    let refusal = json!({"error": {"code": 401, "status": "UNAUTHENTICATED", "message": "bad key AQ.secret"}});
    Mock::given(method("POST")).respond_with(ResponseTemplate::new(401).set_body_json(refusal)).mount(&gemini).await;
    let app = TestApp::with(&gemini_variables(&gemini.uri())).await?;
    let ann = app.sign_up("Ann").await?;
    let response = ann.request("POST", "/chat").json(&json!({"message": "hi"})).send().await?;
    problem(response, 503, "unavailable").await?;
    assert!(!app.log().contains("AQ.secret") && !app.log().contains("test-key"), "{}", app.log());
    assert_eq!(gemini.received_requests().await.unwrap().len(), 1, "no retry");
    Ok(())
}

/// Sends every connection half of a response.
async fn cut_off() -> Result<String> {
    let listener = TcpListener::bind("127.0.0.1:0").await?;
    let url = format!("http://{}", listener.local_addr()?);
    tokio::spawn(async move {
        while let Ok((mut stream, _)) = listener.accept().await {
            let mut request = vec![0; 64 * 1024];
            if stream.read(&mut request).await.is_ok() {
                let half = b"HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: 500\r\n\r\n{\"candidates\":[{";
                stream.write_all(half).await.ok();
            }
        }
    });
    Ok(url)
}

#[tokio::test(flavor = "multi_thread")]
async fn a_cut_connection_loses_nothing_that_was_said() -> Result<()> {
    let url = cut_off().await?;
    let app = TestApp::with(&gemini_variables(&url)).await?;
    let ann = app.sign_up("Ann").await?;
    let response = ann.request("POST", "/chat").json(&json!({"message": "remember this"})).send().await?;
    assert!(response.headers().contains_key("retry-after"));
    problem(response, 503, "unavailable").await?;
    let (_, list) = ann.ask("GET", "/conversations").await?;
    let id = list[0]["id"].as_i64().unwrap();
    let (_, conversation) = ann.ask("GET", &format!("/conversations/{id}")).await?;
    assert!(conversation.to_string().contains("remember this"), "{conversation}");
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_conversation_goes_on_after_a_failed_turn() -> Result<()> {
    let gemini = MockServer::start().await;
    let overloaded = json!({"error": {"code": 400, "status": "FAILED_PRECONDITION", "message": "billing"}});
    let once = Mock::given(method("POST")).respond_with(ResponseTemplate::new(400).set_body_json(overloaded));
    once.up_to_n_times(1).mount(&gemini).await;
    let hello = model_says(json!([{"text": "Back again."}]));
    Mock::given(method("POST")).respond_with(hello).mount(&gemini).await;
    let app = TestApp::with(&gemini_variables(&gemini.uri())).await?;
    let ann = app.sign_up("Ann").await?;
    assert_eq!(ann.chat(json!({"message": "first"})).await?.0, 503);
    let (_, list) = ann.ask("GET", "/conversations").await?;
    let (status, said) = ann.chat(json!({"conversation_id": list[0]["id"], "message": "second"})).await?;
    assert_eq!((status.as_u16(), &said["response"]), (200, &json!("Back again.")), "{said}\n{}", app.log());
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn only_the_tools_of_the_list_exist() -> Result<()> {
    let gemini = MockServer::start().await;
    let response = |request: &Request| {
        let body: Value = request.body_json().unwrap();
        match body["contents"].to_string().contains("functionResponse") {
            true => model_says(json!([{"text": "I cannot."}])),
            false => model_says(json!([{"functionCall": {"name": "delete_task", "args": {"task_id": 1}}}])),
        }
    };
    Mock::given(method("POST")).respond_with(response).mount(&gemini).await;
    let url = gemini.uri();
    let mut variables = gemini_variables(&url);
    variables.push(("chat_tools", "list_tasks, add_task"));
    let app = TestApp::with(&variables).await?;
    let ann = app.sign_up("Ann").await?;
    ann.add("keep me").await?;
    for _ in 0..2 {
        let (_, said) = ann.chat(json!({"message": "delete task 1"})).await?;
        assert!(said["tool_calls"][0]["error"].as_str().unwrap().starts_with("There is no such tool."), "{said}");
    }
    assert_eq!(ann.list().await?, ["keep me"]);
    for request in gemini.received_requests().await.unwrap() {
        let body: Value = request.body_json()?;
        let declared = body["tools"][0]["functionDeclarations"].as_array().unwrap();
        let mut names: Vec<&str> = declared.iter().map(|tool| tool["name"].as_str().unwrap()).collect();
        names.sort_unstable();
        assert_eq!(names, ["add_task", "list_tasks"]);
    }
    Ok(())
}
