//! The assistant as a stream: events as they happen, to whoever still listens.

use std::time::{Duration, Instant};

use anyhow::{Context, Result};
use serde_json::{Value, json};
use tests::{Events, FakeModel, TestApp, events, gemini_variables};
use wiremock::matchers::method;
use wiremock::{Mock, MockServer, ResponseTemplate};

fn types(events: &[Value]) -> String {
    events.iter().map(|event| event["type"].as_str().unwrap()).collect::<Vec<_>>().join(" ")
}

#[tokio::test(flavor = "multi_thread")]
async fn a_stream_tells_calls_and_words_and_may_not_be_kept_back() -> Result<()> {
    let app = TestApp::start().await?;
    let ann = app.sign_up("Ann").await?;
    let response = ann.stream(json!({"message": "add buy milk"})).await?;
    let header = |name: &str| response.headers()[name].to_str().unwrap().to_owned();
    assert_eq!(header("content-type"), "text/event-stream");
    assert_eq!((header("x-vercel-ai-ui-message-stream"), header("x-accel-buffering")), ("v1".into(), "no".into()));
    assert!(header("cache-control").contains("no-cache") && response.headers().contains_key("ratelimit"));
    let told = events(&response.text().await?)?;
    let expected = "start start-step tool-input-available tool-output-available finish-step start-step text-start \
                    text-delta text-end finish-step finish";
    assert_eq!(types(&told), expected, "{told:?}");
    let conversation = &told[0]["messageMetadata"]["conversation_id"];
    assert_eq!((&told[2]["toolName"], &told[2]["input"]), (&json!("add_task"), &json!({"title": "buy milk"})));
    assert_eq!(told[3]["output"]["task"]["title"], "buy milk");
    assert_eq!(told[2]["toolCallId"], told[3]["toolCallId"]);
    let (_, kept) = ann.ask("GET", &format!("/conversations/{conversation}")).await?;
    assert_eq!(kept["messages"][1]["text"], told[7]["delta"]);
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn words_reach_the_client_while_the_model_still_speaks() -> Result<()> {
    let mut model = FakeModel::start().await?;
    let app = TestApp::with(&gemini_variables(&model.url)).await?;
    let ann = app.sign_up("Ann").await?;
    let (response, speaker) = tokio::join!(ann.stream(json!({"message": "hi"})), async {
        let mut speaker = model.next_request().await?;
        speaker.say(json!([{"text": "Hello "}]), true).await?;
        Ok::<_, anyhow::Error>(speaker)
    });
    let (mut told, mut speaker) = (Events::of(response?), speaker?);
    assert_eq!(told.until("text-delta").await?["delta"], "Hello ");
    speaker.say(json!([{"text": "Ann."}]), false).await?;
    drop(speaker);
    assert_eq!(told.until("text-delta").await?["delta"], "Ann.");
    assert_eq!(told.until("finish").await?["finishReason"], "stop");
    assert!(told.next().await?.is_none());
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_client_that_goes_away_stops_what_would_follow() -> Result<()> {
    let mut model = FakeModel::start().await?;
    let app = TestApp::with(&gemini_variables(&model.url)).await?;
    let ann = app.sign_up("Ann").await?;
    let (response, speaker) = tokio::join!(ann.stream(json!({"message": "add milk"})), async {
        let call = json!([{"functionCall": {"name": "add_task", "args": {"title": "milk"}}}]);
        model.next_request().await?.say(call, false).await?;
        model.next_request().await
    });
    let mut told = Events::of(response?);
    let conversation = told.until("start").await?["messageMetadata"]["conversation_id"].as_i64().unwrap();
    told.until("tool-output-available").await?;
    drop(told);
    speaker?.hung_up().await?; // without a response
    let path = format!("/conversations/{conversation}");
    let mut kept = ann.ask("GET", &path).await?.1;
    while kept["running"] == true {
        kept = ann.ask("GET", &path).await?.1;
    }
    assert_eq!(kept["messages"][1]["text"], "Stopped. Added #1.", "{kept}");
    assert_eq!(kept["messages"][1]["tool_calls"][0]["status"], "done");
    assert_eq!(ann.list().await?, ["milk"]);
    assert!(model.is_idle(), "nobody was asked again");
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn who_went_away_is_not_waited_for() -> Result<()> {
    let gemini = MockServer::start().await;
    let details = json!([{"@type": "type.googleapis.com/google.rpc.RetryInfo", "retryDelay": "4s"}]);
    let busy = json!({"error": {"code": 429, "status": "RESOURCE_EXHAUSTED", "message": "quota", "details": details}});
    Mock::given(method("POST")).respond_with(ResponseTemplate::new(429).set_body_json(busy)).mount(&gemini).await;
    let app = TestApp::with(&gemini_variables(&gemini.uri())).await?;
    let ann = app.sign_up("Ann").await?;
    let mut told = Events::of(ann.stream(json!({"message": "hi"})).await?);
    let conversation = told.until("start").await?["messageMetadata"]["conversation_id"].as_i64().unwrap();
    told.until("start-step").await?;
    drop(told);
    let path = format!("/conversations/{conversation}");
    while ann.ask("GET", &path).await?.1["running"] == true {}
    assert_eq!(gemini.received_requests().await.unwrap().len(), 1);
    assert_eq!(ann.ask("GET", &path).await?.1["messages"][1]["text"], "Stopped.");
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_failure_after_the_beginning_is_an_event() -> Result<()> {
    let mut model = FakeModel::start().await?;
    let app = TestApp::with(&gemini_variables(&model.url)).await?;
    let ann = app.sign_up("Ann").await?;
    let (response, asked) = tokio::join!(ann.stream(json!({"message": "remember this"})), async {
        for _ in 0..2 {
            drop(model.next_request().await?); // ends without a word
        }
        Ok::<_, anyhow::Error>(())
    });
    asked?;
    let told = events(&response?.text().await?)?;
    assert_eq!(types(&told), "start start-step error finish-step finish", "{told:?}");
    assert!(told[2]["errorText"].as_str().unwrap().contains("Your message is kept."));
    let (_, list) = ann.ask("GET", "/conversations").await?;
    assert!(list.to_string().contains("remember this"));
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_wrong_before_the_beginning_is_a_problem_document() -> Result<()> {
    let app = TestApp::start().await?;
    let ann = app.sign_up("Ann").await?;
    let request = ann.request("POST", "/chat").header("accept", "text/event-stream");
    let body = json!({"message": "hi", "conversation_id": 4711});
    crate::problem::problem(request.json(&body).send().await?, 404, "not_found").await?;
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_silent_model_does_not_make_a_silent_stream() -> Result<()> {
    let mut model = FakeModel::start().await?;
    let app = TestApp::with(&gemini_variables(&model.url)).await?;
    let ann = app.sign_up("Ann").await?;
    let (response, speaker) = tokio::join!(ann.stream(json!({"message": "hi"})), model.next_request());
    let (mut response, mut speaker) = (response?, speaker?);
    let mut heard = String::new();
    while !heard.contains("\n\n: keepalive\n\n") {
        heard.push_str(std::str::from_utf8(&response.chunk().await?.context("the stream ended")?)?);
    }
    speaker.say(json!([{"text": "Sorry to keep you waiting."}]), false).await?;
    drop(speaker);
    heard.push_str(&response.text().await?);
    let told = events(&heard)?;
    assert_eq!(types(&told), "start start-step text-start text-delta text-end finish-step finish");
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_model_that_keeps_speaking_is_hung_up_on_when_the_client_goes() -> Result<()> {
    let mut model = FakeModel::start().await?;
    let app = TestApp::with(&gemini_variables(&model.url)).await?;
    let ann = app.sign_up("Ann").await?;
    let (response, speaker) = tokio::join!(ann.stream(json!({"message": "hi"})), async {
        let mut speaker = model.next_request().await?;
        speaker.say(json!([{"text": "One "}]), true).await?;
        Ok::<_, anyhow::Error>(speaker)
    });
    let (mut told, mut speaker) = (Events::of(response?), speaker?);
    let conversation = told.until("start").await?["messageMetadata"]["conversation_id"].as_i64().unwrap();
    told.until("text-delta").await?;
    drop(told);
    let gone = Instant::now();
    while speaker.say(json!([{"text": "more "}]), true).await.is_ok() {
        assert!(gone.elapsed() < Duration::from_secs(10), "the model is still listened to");
        tokio::time::sleep(Duration::from_millis(100)).await; // its pace
    }
    let path = format!("/conversations/{conversation}");
    while ann.ask("GET", &path).await?.1["running"] == true {}
    let (_, kept) = ann.ask("GET", &path).await?;
    assert!(kept["messages"][1]["text"].as_str().unwrap().ends_with("\n\nStopped."), "{kept}");
    let next = ann.request("POST", "/chat").json(&json!({"message": "yes", "conversation_id": conversation}));
    let (next, speaker) = tokio::join!(next.send(), async {
        let mut speaker = model.next_request().await?;
        speaker.say(json!([{"text": "Well."}]), false).await
    });
    speaker?;
    assert_eq!(next?.status(), 200, "the conversation takes the next message");
    Ok(())
}
