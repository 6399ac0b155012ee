//! The JSON response: its client may go while the model works, as that of a stream may.

use std::time::{Duration, Instant};

use anyhow::{Result, bail};
use serde_json::{Value, json};
use tests::{FakeModel, ModelReply, TestApp, TestUser, gemini_variables};

/// What the model takes its time for.
const SLOWLY: Duration = Duration::from_millis(2500);

/// Sends a message, and leaves when `work` is done.
async fn leave_after<T>(user: &TestUser<'_>, work: impl Future<Output = Result<T>>) -> Result<T> {
    let whole =
        async { user.request("POST", "/chat").json(&json!({"message": "add milk"})).send().await?.text().await };
    tokio::select! {
        response = whole => bail!("there is a response: {response:?}"),
        done = work => done,
    }
}

/// Speaks a word every tenth of a second.
async fn speak(reply: &mut ModelReply, time: Duration) -> Result<()> {
    let began = Instant::now();
    while began.elapsed() < time {
        reply.say(json!([{"text": "more "}]), true).await?;
        tokio::time::sleep(Duration::from_millis(100)).await; // its pace
    }
    Ok(())
}

/// The only conversation of a user, when its turn is over.
async fn settled(user: &TestUser<'_>) -> Result<Value> {
    let (_, list) = user.ask("GET", "/conversations").await?;
    loop {
        let (_, kept) = user.ask("GET", &format!("/conversations/{}", list[0]["id"])).await?;
        if kept["running"] == false {
            return Ok(kept);
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_model_that_speaks_is_hung_up_on_when_the_client_goes() -> Result<()> {
    let mut model = FakeModel::start().await?;
    let app = TestApp::with(&gemini_variables(&model.url)).await?;
    let ann = app.sign_up("Ann").await?;
    let mut reply = leave_after(&ann, async {
        let mut reply = model.next_request().await?;
        speak(&mut reply, SLOWLY).await?;
        Ok(reply)
    })
    .await?;
    assert!(speak(&mut reply, Duration::from_secs(10)).await.is_err(), "the model is still listened to");
    let kept = settled(&ann).await?;
    assert_eq!(kept["messages"][1]["text"], "Stopped.", "{kept}");
    let body = json!({"message": "add milk", "conversation_id": kept["id"]});
    let (next, said) = tokio::join!(ann.chat(body), async {
        model.next_request().await?.say(json!([{"text": "Well."}]), false).await
    });
    said?;
    assert_eq!(next?.1["response"], "Well.", "the conversation takes the next message");
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_done_until_the_client_went_is_said() -> Result<()> {
    let mut model = FakeModel::start().await?;
    let app = TestApp::with(&gemini_variables(&model.url)).await?;
    let ann = app.sign_up("Ann").await?;
    let reply = leave_after(&ann, async {
        let call = json!([{"functionCall": {"name": "add_task", "args": {"title": "milk"}}}]);
        model.next_request().await?.say(call, false).await?;
        let reply = model.next_request().await?;
        tokio::time::sleep(SLOWLY).await; // it thinks
        Ok(reply)
    })
    .await?;
    reply.hung_up().await?; // without a word
    let kept = settled(&ann).await?;
    assert_eq!(kept["messages"][1]["text"], "Stopped. Added #1.", "{kept}");
    assert_eq!(ann.list().await?, ["milk"]);
    assert!(model.is_idle(), "nobody was asked again");
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn who_waits_for_a_slow_model_gets_the_whole_response() -> Result<()> {
    let mut model = FakeModel::start().await?;
    let app = TestApp::with(&gemini_variables(&model.url)).await?;
    let ann = app.sign_up("Ann").await?;
    let sent = ann.request("POST", "/chat").json(&json!({"message": "hi"})).send();
    let (response, said) = tokio::join!(sent, async {
        let mut reply = model.next_request().await?;
        speak(&mut reply, SLOWLY).await?;
        reply.say(json!([{"text": "and that is all."}]), false).await
    });
    said?;
    let response = response?;
    let header = |name: &str| response.headers()[name].to_str().unwrap().to_owned();
    assert_eq!((response.status().as_u16(), header("content-type")), (200, "application/json".into()));
    assert_eq!(header("cache-control"), "no-store");
    assert!(header("ratelimit").starts_with("\"chat\"") && response.headers().contains_key("x-request-id"));
    let body: Value = response.json().await?;
    let text = body["response"].as_str().unwrap();
    assert!(text.starts_with("more more ") && text.ends_with("and that is all."), "{body}");
    assert_eq!(settled(&ann).await?["messages"][1]["text"], text);
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_failure_after_the_head_breaks_the_response_and_is_no_success() -> Result<()> {
    let mut model = FakeModel::start().await?;
    let app = TestApp::with(&gemini_variables(&model.url)).await?;
    let ann = app.sign_up("Ann").await?;
    let sent = async { ann.request("POST", "/chat").json(&json!({"message": "hi"})).send().await?.text().await };
    let (text, said) = tokio::join!(sent, async {
        let mut reply = model.next_request().await?;
        speak(&mut reply, SLOWLY).await?;
        drop(reply); // in the middle of its response
        drop(model.next_request().await?); // and again, without a word
        Ok::<_, anyhow::Error>(())
    });
    said?;
    assert!(text.is_err(), "{text:?}");
    Ok(())
}
