//! Where reminders go: subscriptions, mail, test messages.

use anyhow::{Context, Result};
use serde_json::json;
use tests::{CLOCK_SECRET, PushServer, TestApp};

use super::{app, subscribe};
use crate::problem::problem;

#[tokio::test(flavor = "multi_thread")]
async fn a_browser_is_subscribed_shown_and_removed() -> Result<()> {
    let push = PushServer::start().await?;
    let app = app(&push).await?;
    let ann = app.sign_up("Ann").await?;
    let (_, first) = ann.ask("GET", "/notifications").await?;
    assert_eq!(first["push"]["public_key"].as_str().context("a key")?.len(), 87);
    assert_eq!(
        first["mail"],
        json!({"available": false, "enabled": false, "address": ann.email, "last_sent_at": null, "last_error": null})
    );
    let mut browser = push.browser().await?;
    browser["device"] = json!("Firefox on Android");
    let (status, stored) = ann.send("POST", "/notifications/subscriptions", browser.clone()).await?;
    assert_eq!(
        (status.as_u16(), &stored["device"], &stored["last_sent_at"]),
        (201, &json!("Firefox on Android"), &json!(null))
    );
    assert!(
        stored.get("endpoint").is_none() && stored.get("keys").is_none(),
        "what others could use is not shown: {stored}"
    );
    let (status, again) = ann.send("POST", "/notifications/subscriptions", browser.clone()).await?;
    assert_eq!((status.as_u16(), &again), (200, &stored), "the same browser");
    assert_eq!(ann.ask("GET", "/notifications").await?.1["push"]["subscriptions"], json!([stored]));
    assert_eq!(ann.send("POST", "/notifications/test", json!({"channel": "push"})).await?.1, json!({"sent": 1}));
    let messages = push.messages().await?;
    assert_eq!(messages[0]["payload"]["kind"], "test");
    assert!(messages[0]["payload"].get("action_url").is_none());
    let path = format!("/notifications/subscriptions/{}", stored["id"].as_str().context("id")?);
    assert_eq!(ann.ask("DELETE", &path).await?.0, 204);
    assert_eq!(ann.ask("DELETE", &path).await?.0, 404);
    let none = ann.request("POST", "/notifications/test").json(&json!({"channel": "push"})).send().await?;
    assert!(problem(none, 409, "conflict").await?["detail"].as_str().unwrap().contains("No browser"));
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_browser_with_a_new_address_keeps_its_id_and_its_name() -> Result<()> {
    let push = PushServer::start().await?;
    let app = app(&push).await?;
    let (ann, bob) = (app.sign_up("Ann").await?, app.sign_up("Bob").await?);
    let (mut before, mut after) = (push.browser().await?, push.browser().await?);
    before["device"] = json!("Firefox on Android");
    let (_, stored) = ann.send("POST", "/notifications/subscriptions", before.clone()).await?;
    after["replaces"] = before["endpoint"].clone();
    // Nobody moves the browser of somebody else.
    let other = push.browser().await?;
    let stolen = json!({"endpoint": other["endpoint"], "keys": other["keys"], "replaces": before["endpoint"]});
    assert_eq!(bob.send("POST", "/notifications/subscriptions", stolen).await?.0, 201);
    for _ in 0..2 {
        let (status, moved) = ann.send("POST", "/notifications/subscriptions", after.clone()).await?;
        assert_eq!((status.as_u16(), &moved), (200, &stored), "also when it is repeated");
    }
    assert_eq!(ann.send("POST", "/notifications/test", json!({"channel": "push"})).await?.1, json!({"sent": 1}));
    assert_eq!(push.messages().await?[0]["endpoint"], after["endpoint"]);
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_user_has_ten_browsers_at_most() -> Result<()> {
    let push = PushServer::start().await?;
    let app = app(&push).await?;
    let ann = app.sign_up("Ann").await?;
    let mut browsers = Vec::new();
    for _ in 0..14 {
        browsers.push(push.browser().await?);
    }
    let sent = browsers.iter().map(|browser| ann.send("POST", "/notifications/subscriptions", browser.clone()));
    let results = futures::future::try_join_all(sent).await?;
    let count = |status: u16| results.iter().filter(|(it, _)| it.as_u16() == status).count();
    assert_eq!((count(201), count(409)), (10, 4), "also when they come at once");
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn without_keys_there_is_no_push() -> Result<()> {
    let push = PushServer::start().await?;
    let app = TestApp::with(&[("clock_secret", CLOCK_SECRET)]).await?;
    let ann = app.sign_up("Ann").await?;
    assert_eq!(ann.ask("GET", "/notifications").await?.1["push"]["public_key"], json!(null));
    let refused = ann.request("POST", "/notifications/subscriptions").json(&push.browser().await?).send().await?;
    assert!(problem(refused, 409, "conflict").await?["detail"].as_str().unwrap().contains("VAPID_PRIVATE_KEY"));
    for channel in ["push", "mail"] {
        let test = ann.request("POST", "/notifications/test").json(&json!({"channel": channel})).send().await?;
        problem(test, 409, "conflict").await?;
    }
    let unknown = ann.request("POST", "/notifications/test").json(&json!({"channel": "pigeon"})).send().await?;
    assert_eq!(problem(unknown, 422, "invalid").await?["errors"][0]["field"], "channel");
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn test_messages_are_counted() -> Result<()> {
    let push = PushServer::start().await?;
    let app = app(&push).await?;
    let ann = app.sign_up("Ann").await?;
    subscribe(&ann, &push).await?;
    for _ in 0..10 {
        assert_eq!(ann.send("POST", "/notifications/test", json!({"channel": "push"})).await?.0, 200);
    }
    let one_more = ann.request("POST", "/notifications/test").json(&json!({"channel": "push"})).send().await?;
    problem(one_more, 429, "rate_limited").await?;
    Ok(())
}
