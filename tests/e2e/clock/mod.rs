//! Reminders that arrive, and where they go.

mod actions;
mod attacks;
mod failures;
mod mails;
mod many;
mod moments;
mod notifications;

use anyhow::{Result, ensure};
use serde_json::{Value, json};
use tests::{CLOCK_SECRET, PushServer, TestApp, TestUser};

/// An app whose clock sends messages to a stand-in.
async fn app(push: &PushServer) -> Result<TestApp> {
    TestApp::with(&push.variables()).await
}

/// One tick: its counts.
async fn tick(app: &TestApp) -> Result<Value> {
    let response = app.request("POST", "/internal/tick").bearer_auth(CLOCK_SECRET).send().await?;
    ensure!(response.status() == 200, "tick: {}\n{}", response.text().await?, app.log());
    Ok(response.json().await?)
}

/// A tick that sends so many, gives up none and puts none off.
async fn sends(app: &TestApp, number: usize) -> Result<()> {
    let counts = tick(app).await?;
    assert_eq!(
        (&counts["sent"], &counts["failed"], &counts["retried"]),
        (&json!(number), &json!(0), &json!(0)),
        "{counts}"
    );
    Ok(())
}

/// Subscribes a new browser.
async fn subscribe(user: &TestUser<'_>, push: &PushServer) -> Result<Value> {
    let browser = push.browser().await?;
    let (status, stored) = user.send("POST", "/notifications/subscriptions", browser.clone()).await?;
    assert_eq!(status, 201, "{stored}");
    Ok(browser)
}

/// A local time so many minutes from now, in UTC.
async fn time(app: &TestApp, minutes: i32) -> Result<String> {
    let client = tests::connect(&app.database_url).await?;
    let sql = format!(
        "select to_char((now() at time zone 'utc') + {minutes} * interval '1 minute', 'YYYY-MM-DD\"T\"HH24:MI')"
    );
    Ok(client.query_one(&sql, &[]).await?.get(0))
}

/// Adds a task and returns its number.
async fn add(user: &TestUser<'_>, body: Value) -> Result<i64> {
    let (status, task) = user.send("POST", "/tasks", body).await?;
    assert_eq!(status, 201, "{task}");
    Ok(task["id"].as_i64().unwrap_or_default())
}

/// A task with a reminder whose moment was a minute ago.
async fn due_task(user: &TestUser<'_>, title: &str) -> Result<i64> {
    add(user, json!({"title": title, "due": time(user.app, -1).await?, "remind": [0]})).await
}

/// Minutes pass for the reminders that wait.
async fn pass(app: &TestApp, minutes: i32) -> Result<()> {
    let moved = format!("interval '{minutes} minutes'");
    app.database(&format!("update todo.reminder set next_at = next_at - {moved}, remind_at = remind_at - {moved}"))
        .await
}
