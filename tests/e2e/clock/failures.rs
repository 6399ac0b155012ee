//! What goes wrong at a push service, and on the way there.

use std::time::Duration;

use anyhow::Result;
use serde_json::{Value, json};
use tests::{CLOCK_SECRET, PushServer, TestApp, TestUser, create_database, is_on_spin};

use super::{app, due_task, pass, sends, subscribe, tick};

async fn undelivered(user: &TestUser<'_>) -> Result<Vec<Value>> {
    let (status, list) = user.ask("GET", "/notifications/undelivered").await?;
    assert_eq!(status, 200, "{list}");
    Ok(list.as_array().cloned().unwrap_or_default())
}

async fn subscriptions(user: &TestUser<'_>) -> Result<Value> {
    Ok(user.ask("GET", "/notifications").await?.1["push"]["subscriptions"].clone())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_browser_that_is_gone_is_forgotten_and_the_others_are_reached() -> Result<()> {
    let push = PushServer::start().await?;
    let app = app(&push).await?;
    let ann = app.sign_up("Ann").await?;
    let (gone, lost) = (subscribe(&ann, &push).await?, subscribe(&ann, &push).await?);
    let here = subscribe(&ann, &push).await?;
    push.behave(&gone, json!({"status": 410})).await?;
    push.behave(&lost, json!({"status": 404})).await?;
    due_task(&ann, "a").await?;
    sends(&app, 1).await?;
    let left = subscriptions(&ann).await?;
    assert_eq!(left.as_array().map(Vec::len), Some(1));
    assert!(left[0]["last_sent_at"].is_string() && left[0]["last_error"].is_null(), "{left}");
    push.behave(&here, json!({"status": 410})).await?;
    due_task(&ann, "b").await?;
    assert_eq!(tick(&app).await?["failed"], 1);
    let list = undelivered(&ann).await?;
    assert_eq!((list.len(), &list[0]["title"]), (1, &json!("b")));
    assert!(list[0]["error"].as_str().unwrap().contains("not subscribed"), "{}", list[0]);
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_service_that_is_busy_gets_the_message_later_and_the_others_once() -> Result<()> {
    let push = PushServer::start().await?;
    let app = app(&push).await?;
    let ann = app.sign_up("Ann").await?;
    let (busy, _free) = (subscribe(&ann, &push).await?, subscribe(&ann, &push).await?);
    push.behave(&busy, json!({"status": 429, "retryAfter": 600})).await?;
    due_task(&ann, "a").await?;
    assert_eq!(tick(&app).await?["retried"], 1);
    assert_eq!(push.messages().await?.len(), 1);
    push.behave(&busy, json!({})).await?;
    pass(&app, 9).await?;
    sends(&app, 0).await?;
    pass(&app, 1).await?;
    sends(&app, 1).await?;
    let messages = push.messages().await?;
    assert_eq!((messages.len(), &messages[1]["endpoint"]), (2, &busy["endpoint"]));
    assert!(undelivered(&ann).await?.is_empty());
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_service_that_is_down_is_tried_eight_times_and_then_the_reminder_shows_as_undelivered() -> Result<()> {
    let push = PushServer::start().await?;
    let app = app(&push).await?;
    let ann = app.sign_up("Ann").await?;
    let browser = subscribe(&ann, &push).await?;
    push.behave(&browser, json!({"status": 503})).await?;
    let task = due_task(&ann, "a").await?;
    for _ in 0..7 {
        assert_eq!(tick(&app).await?["retried"], 1);
        assert!(undelivered(&ann).await?.is_empty());
        pass(&app, 61).await?;
    }
    assert_eq!(tick(&app).await?["failed"], 1);
    let list = undelivered(&ann).await?;
    assert_eq!(list[0]["task"], task);
    assert!(list[0]["error"].as_str().unwrap().contains("503"), "{}", list[0]);
    assert!(list[0]["due"].is_string() && list[0]["remind_at"].as_str().unwrap().ends_with('Z'));
    assert!(subscriptions(&ann).await?[0]["last_error"].as_str().unwrap().contains("503"));
    pass(&app, 600).await?;
    sends(&app, 0).await?;
    // A rejected message is not tried again.
    push.behave(&browser, json!({"status": 403})).await?;
    due_task(&ann, "b").await?;
    assert_eq!(tick(&app).await?["failed"], 1);
    assert_eq!(undelivered(&ann).await?.len(), 2);
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_service_that_never_responds_holds_nobody_up() -> Result<()> {
    let push = PushServer::start().await?;
    let app = app(&push).await?;
    let (ann, bob) = (app.sign_up("Ann").await?, app.sign_up("Bob").await?);
    let slow = subscribe(&ann, &push).await?;
    push.behave(&slow, json!({"status": 503, "delay": 60_000})).await?;
    subscribe(&bob, &push).await?;
    for title in ["a", "b", "c"] {
        due_task(&ann, title).await?;
    }
    due_task(&bob, "d").await?;
    let counts = tokio::time::timeout(Duration::from_secs(30), tick(&app)).await??;
    assert_eq!((&counts["sent"], &counts["retried"]), (&json!(1), &json!(3)), "{counts}");
    assert!(subscriptions(&ann).await?[0]["last_error"].as_str().unwrap().contains("timed out"));
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_clock_that_dies_between_sending_and_storing_sends_again_under_the_same_name() -> Result<()> {
    if is_on_spin() {
        return Ok(()); // no limit ends the request there
    }
    let push = PushServer::start().await?;
    let database = create_database().await?;
    let limits = host::HostLimits { request_time: Duration::from_secs(3), ..host::HostLimits::default() };
    let mortal = TestApp::limited(&database, &push.variables(), limits).await?;
    assert_eq!(mortal.get("/ready").send().await?.status(), 200);
    let ann = mortal.sign_up("Ann").await?;
    let browser = subscribe(&ann, &push).await?;
    let task = due_task(&ann, "a").await?;
    push.behave(&browser, json!({"delay": 4_500})).await?;
    let died = mortal.request("POST", "/internal/tick").bearer_auth(CLOCK_SECRET).send().await?;
    assert_eq!(died.status(), 504);
    push.behave(&browser, json!({})).await?;
    assert_eq!(push.messages().await?.len(), 1, "it was sent and is not stored");
    sends(&mortal, 0).await?;
    pass(&mortal, 1).await?;
    sends(&mortal, 1).await?;
    let messages = push.messages().await?;
    let name = json!(format!("todo-task-{task}"));
    assert!(
        messages.len() == 2 && messages.iter().all(|it| it["topic"] == name && it["payload"]["tag"] == name),
        "{messages:?}"
    );
    Ok(())
}
