//! Reminders by mail.

use anyhow::{Context, Result};
use serde_json::{Value, json};
use tests::{CLOCK_SECRET, TestApp, TestUser};
use wiremock::matchers::{header, method, path};
use wiremock::{Mock, MockServer, ResponseTemplate};

use super::{due_task, sends, tick};
use crate::problem::problem;

async fn app(api: &MockServer) -> Result<TestApp> {
    TestApp::with(&[
        ("clock_secret", CLOCK_SECRET),
        ("mail_api_origin", api.uri().as_str()),
        ("mail_api_key", "mail-key"),
        ("mail_from", "Todo <todo@example.com>"),
    ])
    .await
}

/// The API responds with this status to all mails.
async fn responds(api: &MockServer, status: u16) {
    api.reset().await;
    let mail = Mock::given(method("POST")).and(path("/emails")).and(header("authorization", "Bearer mail-key"));
    mail.respond_with(ResponseTemplate::new(status)).mount(api).await;
}

async fn mails(api: &MockServer) -> Result<Vec<(Value, String)>> {
    let requests = api.received_requests().await.context("recorded")?;
    requests
        .iter()
        .map(|request| {
            let name = request.headers.get("idempotency-key").and_then(|value| value.to_str().ok()).unwrap_or_default();
            Ok((serde_json::from_slice(&request.body)?, name.to_owned()))
        })
        .collect()
}

async fn prove_address(user: &TestUser<'_>) -> Result<()> {
    user.app.database("update \"user\" set \"emailVerified\" = true").await
}

#[tokio::test(flavor = "multi_thread")]
async fn a_reminder_comes_by_mail_to_a_confirmed_address_that_wants_it() -> Result<()> {
    let api = MockServer::start().await;
    let app = app(&api).await?;
    let ann = app.sign_up("Ann").await?;
    let (_, state) = ann.ask("GET", "/notifications").await?;
    assert_eq!(state["push"], json!({"public_key": null, "subscriptions": []}));
    assert_eq!((&state["mail"]["available"], &state["mail"]["enabled"]), (&json!(false), &json!(false)));
    assert_eq!(state["mail"]["address"], ann.email);
    let refused = ann.request("PATCH", "/notifications").json(&json!({"mail": true})).send().await?;
    assert!(problem(refused, 409, "conflict").await?["detail"].as_str().unwrap().contains("Confirm"));
    prove_address(&ann).await?;
    responds(&api, 200).await;
    let (status, state) = ann.send("PATCH", "/notifications", json!({"mail": true})).await?;
    assert_eq!(
        (status.as_u16(), &state["mail"]["enabled"], &state["mail"]["available"]),
        (200, &json!(true), &json!(true))
    );

    let task = due_task(&ann, "Call the dentist").await?;
    sends(&app, 1).await?;
    let sent = mails(&api).await?;
    let (mail, _) = &sent[0];
    assert_eq!((&mail["to"], &mail["subject"]), (&json!([ann.email]), &json!("Reminder: Call the dentist")));
    let text = mail["text"].as_str().context("text")?;
    assert!(text.contains("\nWas due ") && text.contains(&format!("{}/?due=today", app.base)), "{text}");
    let link = text.lines().find_map(|line| line.strip_prefix("Done: ")).context("a link")?;
    let link = link.strip_prefix(&app.base).context("of this server")?;
    assert_eq!(app.get(link).send().await?.status(), 200);
    assert_eq!(ann.ask("GET", &format!("/tasks/{task}")).await?.1["completed"], false);
    let press =
        app.request("POST", link).header("content-type", "application/x-www-form-urlencoded").body("action=done");
    assert_eq!(press.send().await?.status(), 200);
    assert_eq!(ann.ask("GET", &format!("/tasks/{task}")).await?.1["completed"], true);
    assert!(ann.ask("GET", "/notifications").await?.1["mail"]["last_sent_at"].is_string());

    ann.send("PATCH", "/notifications", json!({"mail": false})).await?;
    due_task(&ann, "quiet").await?;
    assert_eq!(tick(&app).await?["failed"], 1);
    assert_eq!(mails(&api).await?.len(), 1);
    assert!(!app.log().contains(&ann.email) && !app.log().contains("dentist"));
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_mail_that_is_tried_again_has_the_same_name() -> Result<()> {
    let api = MockServer::start().await;
    let app = app(&api).await?;
    let ann = app.sign_up("Ann").await?;
    prove_address(&ann).await?;
    ann.send("PATCH", "/notifications", json!({"mail": true})).await?;
    responds(&api, 500).await;
    due_task(&ann, "a").await?;
    assert_eq!(tick(&app).await?["retried"], 1);
    let (_, first) = mails(&api).await?.remove(0);
    let test = ann.request("POST", "/notifications/test").json(&json!({"channel": "mail"})).send().await?;
    let detail = problem(test, 502, "not_delivered").await?["detail"].clone();
    assert!(detail.as_str().unwrap().contains("mail API returned 500"), "{detail}");
    responds(&api, 200).await;
    app.database("update todo.reminder set next_at = now()").await?;
    sends(&app, 1).await?;
    let again = mails(&api).await?;
    assert_eq!((again.len(), &again[0].1), (1, &first));
    assert!(first.starts_with("todo-reminder-"), "{first}");
    assert_eq!(ann.send("POST", "/notifications/test", json!({"channel": "mail"})).await?.1, json!({"sent": 1}));
    responds(&api, 403).await;
    due_task(&ann, "b").await?;
    assert_eq!(tick(&app).await?["failed"], 1);
    assert!(ann.ask("GET", "/notifications").await?.1["mail"]["last_error"].as_str().unwrap().contains("403"));
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn in_development_a_mail_lies_in_the_outbox() -> Result<()> {
    let app = TestApp::with(&[("clock_secret", CLOCK_SECRET), ("development_mail", "true")]).await?;
    let ann = app.sign_up("Ann").await?;
    prove_address(&ann).await?;
    ann.request("PATCH", "/notifications").header("accept-language", "de").json(&json!({"mail": true})).send().await?;
    due_task(&ann, "Zahnarzt").await?;
    sends(&app, 1).await?;
    let outbox: Value = app.get("/api/auth/outbox").send().await?.json().await?;
    let mail =
        outbox.as_array().and_then(|mails| mails.iter().find(|mail| mail["type"] == "reminder")).context("a mail")?;
    assert_eq!(mail["subject"], "Erinnerung: Zahnarzt");
    Ok(())
}
