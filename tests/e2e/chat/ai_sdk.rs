//! The AI SDK's own requests: the whole chat in the body, responded to with a stream whatever `Accept` says.

use anyhow::{Context, Result};
use reqwest::Response;
use serde_json::{Value, json};
use tests::{TestApp, TestUser, events};

use crate::problem::problem;

async fn send(ann: &TestUser<'_>, messages: &Value) -> Result<Response> {
    let body = json!({"id": "k3XJ9wQz", "messages": messages, "trigger": "submit-message"});
    Ok(ann.request("POST", "/chat").json(&body).send().await?)
}

fn user(text: &str) -> Value {
    json!({"id": "u", "role": "user", "parts": [{"type": "text", "text": text}]})
}

#[tokio::test(flavor = "multi_thread")]
async fn a_chat_is_one_conversation_and_its_last_message_is_said() -> Result<()> {
    let app = TestApp::start().await?;
    let ann = app.sign_up("Ann").await?;
    let response = send(&ann, &json!([user("add milk")])).await?;
    assert_eq!(response.headers()["content-type"], "text/event-stream");
    assert_eq!(response.headers()["x-vercel-ai-ui-message-stream"], "v1");
    let told = events(&response.text().await?)?;
    let reply =
        json!({"id": told[0]["messageId"], "role": "assistant", "metadata": told[0]["messageMetadata"], "parts": []});
    let padding = "x".repeat(20_000); // a long chat is no long message
    let old = json!({"id": "old", "role": "assistant", "parts": [{"type": "text", "text": padding}]});
    let response = send(&ann, &json!([user("hi"), old, user("add milk"), reply, user("complete it")])).await?;
    assert!(response.text().await?.contains("Completed #1 milk."));
    let (_, conversations) = ann.ask("GET", "/conversations").await?;
    assert_eq!(conversations.as_array().unwrap().len(), 1);
    problem(send(&ann, &json!([])).await?, 422, "invalid").await?;
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn approval_responses_decide_and_go_on_with_the_message() -> Result<()> {
    let app = TestApp::start().await?;
    let ann = app.sign_up("Ann").await?;
    for title in ["a", "b"] {
        ann.add(title).await?;
    }
    let told = events(&send(&ann, &json!([user("delete everything")])).await?.text().await?)?;
    let asked: Vec<&Value> = told.iter().filter(|event| event["type"] == "tool-approval-request").collect();
    let steps = told.iter().filter(|event| event["type"] == "start-step").count();
    assert_eq!((asked.len(), told.iter().rposition(|event| event["type"] == "start-step").unwrap() > 0), (2, true));
    let question = told.iter().position(|event| event["type"] == "text-start").context("a question")?;
    assert!(
        told[question..].iter().all(|event| event["type"] != "start-step"),
        "the question is in the calls' step: {steps}"
    );
    let part = |event: &Value, approved: bool| {
        json!({"type": "dynamic-tool", "toolName": "delete_task", "toolCallId": event["toolCallId"], "state": "approval-responded",
               "approval": {"id": event["approvalId"], "approved": approved}})
    };
    let parts = json!([part(asked[0], true), part(asked[1], false)]);
    let message = json!({"id": told[0]["messageId"], "role": "assistant", "parts": parts});
    for _ in 0..2 {
        // The same decision sent again changes nothing.
        let told = events(&send(&ann, &json!([user("delete everything"), message])).await?.text().await?)?;
        assert_eq!(told[0]["messageId"], message["id"]);
        let types: Vec<&str> = told.iter().filter_map(|event| event["type"].as_str()).collect();
        assert_eq!(types[1..3], ["tool-output-available", "tool-output-denied"], "{told:?}");
        assert_eq!(ann.list().await?, ["b"]);
    }
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn nothing_is_resumed_and_features_are_told_before_the_first_message() -> Result<()> {
    let app = TestApp::start().await?;
    let ann = app.sign_up("Ann").await?;
    assert_eq!(ann.request("GET", "/chat/k3XJ9wQz/stream").send().await?.status(), 204);
    let (_, features) = ann.ask("GET", "/chat/features").await?;
    assert_eq!(features, json!({"language_model": false, "languages": ["en", "de"]}));
    assert_eq!(ann.request("POST", "/chat/").json(&json!({"message": "hi"})).send().await?.status(), 200);
    Ok(())
}
