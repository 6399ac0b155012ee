//! What nobody may.

use anyhow::{Context, Result};
use serde_json::json;
use tests::{CLOCK_SECRET, PushServer, TestApp};

use super::{app, due_task, sends, subscribe};
use crate::problem::problem;

#[tokio::test(flavor = "multi_thread")]
async fn only_the_clock_ticks() -> Result<()> {
    let push = PushServer::start().await?;
    let app = app(&push).await?;
    let ann = app.sign_up("Ann").await?;
    let tick = || app.request("POST", "/internal/tick");
    problem(tick().send().await?, 401, "unauthenticated").await?;
    for wrong in ["x", &CLOCK_SECRET[1..], &format!("{CLOCK_SECRET}x"), &ann.token] {
        problem(tick().bearer_auth(wrong).send().await?, 401, "invalid_token").await?;
    }
    problem(app.get("/internal/tick").bearer_auth(CLOCK_SECRET).send().await?, 405, "method_not_allowed").await?;
    assert!(!app.log().contains(CLOCK_SECRET));
    let without = TestApp::start().await?;
    problem(without.request("POST", "/internal/tick").bearer_auth("").send().await?, 404, "not_found").await?;
    problem(without.request("POST", "/internal/tick").bearer_auth(CLOCK_SECRET).send().await?, 404, "not_found")
        .await?;
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn no_subscription_makes_the_server_call_an_address_of_somebodys_choice() -> Result<()> {
    let push = PushServer::start().await?;
    let app = app(&push).await?;
    let ann = app.sign_up("Ann").await?;
    let browser = push.browser().await?;
    let elsewhere = push.origin.replace("127.0.0.1", "127.0.0.2") + "/push/1";
    for endpoint in [
        "http://169.254.169.254/latest/meta-data",
        "http://localhost:5432/",
        "https://localhost/",
        "https://fcm.googleapis.com.example.com/x",
        "https://fcm.googleapis.com@example.com/x",
        "https://example.com/#fcm.googleapis.com",
        "http://fcm.googleapis.com/x",
        "https://fcm.googleapis.com:22/x",
        "http://tasks.spin.internal/api",
        "file:///etc/passwd",
        &elsewhere,
        &app.base,
    ] {
        let mut body = browser.clone();
        body["endpoint"] = json!(endpoint);
        let response = ann.request("POST", "/notifications/subscriptions").json(&body).send().await?;
        let problem = problem(response, 422, "invalid").await?;
        assert_eq!(problem["errors"][0]["field"], "endpoint", "{endpoint}");
    }
    // A row that came in by another way is not called either.
    app.database("insert into todo.push_subscription (user_id, endpoint, p256dh, auth, language) select id, 'http://127.0.0.1:1/x', 'x', 'x', 'en' from \"user\"").await?;
    let failed = ann.request("POST", "/notifications/test").json(&json!({"channel": "push"})).send().await?;
    assert_eq!(failed.status(), 502);
    assert!(failed.text().await?.contains("push service"));
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_stand_in_is_refused_at_a_public_address() -> Result<()> {
    let push = PushServer::start().await?;
    let local = app(&push).await?;
    let ann = local.sign_up("Ann").await?;
    subscribe(&ann, &push).await?;
    due_task(&ann, "a").await?;
    let mut variables = push.variables();
    variables.push(("better_auth_url", "https://todo.example.com"));
    let app = TestApp::on(&local.database_url, &variables).await?;
    let problem = problem(app.get("/ready").send().await?, 503, "unavailable").await?;
    assert!(problem["detail"].as_str().context("detail")?.contains("PUSH_SERVICE_ORIGIN may be set only for a local"));
    let response = app.request("POST", "/internal/tick").bearer_auth(CLOCK_SECRET).send().await?;
    assert_eq!(response.status(), 500);
    assert!(app.log().contains("push_service_origin"));
    assert_eq!(push.messages().await?.len(), 0);
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn nobody_sees_or_touches_the_notifications_of_another_user() -> Result<()> {
    let push = PushServer::start().await?;
    let app = app(&push).await?;
    let (ann, bob) = (app.sign_up("Ann").await?, app.sign_up("Bob").await?);
    let browser = subscribe(&ann, &push).await?;
    let (_, state) = ann.ask("GET", "/notifications").await?;
    let id = state["push"]["subscriptions"][0]["id"].as_str().context("id")?;
    for (method, path) in [
        ("GET", "/notifications".to_owned()),
        ("PATCH", "/notifications".to_owned()),
        ("POST", "/notifications/subscriptions".to_owned()),
        ("DELETE", format!("/notifications/subscriptions/{id}")),
        ("POST", "/notifications/test".to_owned()),
        ("GET", "/notifications/undelivered".to_owned()),
    ] {
        let request = app
            .request(method, &format!("/api/{}{path}", ann.id))
            .bearer_auth(&bob.token)
            .json(&json!({"mail": false}));
        problem(request.send().await?, 403, "forbidden").await?;
        problem(app.request(method, &format!("/api/{}{path}", ann.id)).send().await?, 401, "unauthenticated").await?;
    }
    let own = bob.request("DELETE", &format!("/notifications/subscriptions/{id}")).send().await?;
    problem(own, 404, "not_found").await?;
    assert_eq!(ann.ask("GET", "/notifications").await?.1, state);
    // On a shared computer the reminders are those of who subscribed last.
    assert_eq!(bob.send("POST", "/notifications/subscriptions", browser).await?.0, 201);
    assert_eq!(ann.ask("GET", "/notifications").await?.1["push"]["subscriptions"], json!([]));
    due_task(&ann, "private").await?;
    let counts = super::tick(&app).await?;
    assert_eq!((&counts["sent"], &counts["failed"]), (&json!(0), &json!(1)));
    assert!(push.messages().await?.is_empty());
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_token_of_a_program_does_not_lead_reminders_away() -> Result<()> {
    let push = PushServer::start().await?;
    let app = app(&push).await?;
    let ann = app.sign_up("Ann").await?;
    let (_, made) = ann.send("POST", "/tokens", json!({"name": "cron"})).await?;
    let token = made["token"].as_str().context("token")?;
    let call = |method: &str, path: &str| app.request(method, &format!("/api/{}{path}", ann.id)).bearer_auth(token);
    let subscribed = call("POST", "/notifications/subscriptions").json(&push.browser().await?).send().await?;
    problem(subscribed, 403, "forbidden").await?;
    problem(call("PATCH", "/notifications").json(&json!({"mail": true})).send().await?, 403, "forbidden").await?;
    problem(call("GET", "/notifications").send().await?, 403, "forbidden").await?;
    assert_eq!(call("GET", "/notifications/undelivered").send().await?.status(), 200);
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn only_a_token_of_ours_acts_and_a_get_never_does() -> Result<()> {
    let push = PushServer::start().await?;
    let app = app(&push).await?;
    let ann = app.sign_up("Ann").await?;
    subscribe(&ann, &push).await?;
    let task = due_task(&ann, "Call <b>mum</b>").await?;
    sends(&app, 1).await?;
    let messages = push.messages().await?;
    let url = messages[0]["payload"]["action_url"].as_str().context("action_url")?;
    let is_open =
        || async { Ok::<_, anyhow::Error>(ann.ask("GET", &format!("/tasks/{task}")).await?.1["completed"] == false) };

    for method in ["GET", "HEAD"] {
        let page = app.request(method, &format!("{url}?action=done")).send().await?;
        assert_eq!(page.status(), 200);
        assert!(page.headers()["content-security-policy"].to_str()?.contains("default-src 'none'"));
        assert_eq!(
            (&page.headers()["cache-control"], &page.headers()["referrer-policy"]),
            (&"no-store".parse()?, &"no-referrer".parse()?)
        );
        let html = page.text().await?;
        assert!(method == "HEAD" || html.matches("<form method=\"post\"").count() == 1, "{html}");
    }
    assert!(is_open().await?, "a scanner of mails has followed the link");

    let (head, signature) = url.split_once('.').context("a token")?;
    let other = format!("{}A.{signature}", &head[..head.len() - 1]);
    for forged in [other.as_str(), head, "/api/reminders/x", &format!("{url}x"), &format!("{head}.{}", "A".repeat(43))]
    {
        problem(app.post(forged, &json!({"action": "done"})).send().await?, 404, "not_found").await?;
        assert_eq!(app.get(&format!("{forged}?action=done")).send().await?.status(), 404);
    }
    problem(app.post(url, &json!({"action": "delete"})).send().await?, 422, "invalid").await?;
    problem(app.post(url, &json!({})).send().await?, 422, "invalid").await?;
    problem(app.request("PUT", url).send().await?, 405, "method_not_allowed").await?;
    assert!(is_open().await?);

    let form =
        app.request("POST", &format!("{url}?action=done")).header("content-type", "application/x-www-form-urlencoded");
    let page = form.header("origin", "null").body("action=done").send().await?;
    assert_eq!(page.status(), 200);
    let html = page.text().await?;
    assert!(html.contains("Done: Call &lt;b&gt;mum&lt;/b&gt;."), "{html}");
    assert!(!is_open().await?);
    assert!(!app.log().contains(signature), "a token is not logged");
    Ok(())
}
