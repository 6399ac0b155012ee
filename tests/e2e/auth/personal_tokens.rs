//! Personal access tokens: credentials for programs without a browser.

use anyhow::{Context, Result};
use reqwest::StatusCode;
use serde_json::{Value, json};
use tests::{TestApp, TestUser};

use crate::problem::problem;

/// Makes a token and returns its record, with the secret in `token`.
async fn token_of(user: &TestUser<'_>, body: Value) -> Result<Value> {
    let (status, token) = user.send("POST", "/tokens", body).await?;
    assert_eq!(status, 201, "{token}");
    Ok(token)
}

fn secret(token: &Value) -> &str {
    token["token"].as_str().unwrap()
}

/// The status of a request to an address of the user with this token.
async fn status(user: &TestUser<'_>, method: &str, path: &str, token: &str, body: Value) -> Result<u16> {
    let request = user.app.request(method, &format!("/api/{}{path}", user.id)).bearer_auth(token);
    let request = if body.is_null() { request } else { request.json(&body) };
    Ok(request.send().await?.status().as_u16())
}

async fn mcp(app: &TestApp, token: &str, method: &str, params: Value) -> Result<(StatusCode, Value)> {
    let call = json!({"jsonrpc": "2.0", "id": 1, "method": method, "params": params});
    let response = app.post("/mcp", &call).bearer_auth(token).send().await?;
    Ok((response.status(), response.json().await?))
}

#[tokio::test(flavor = "multi_thread")]
async fn a_token_is_shown_once_and_opens_tasks_tools_and_the_assistant() -> Result<()> {
    let app = TestApp::start().await?;
    let ann = app.sign_up("Ann").await?;
    let made = token_of(&ann, json!({"name": "cron"})).await?;
    let token = secret(&made);
    assert!(token.starts_with("tdo_") && token.len() == 50, "{token}");
    assert!(token.starts_with(made["start"].as_str().context("start")?));
    assert_eq!(made["scopes"], json!(["tasks:read", "tasks:write"]));
    assert!(made["last_used_at"].is_null() && made["expires_at"].is_string());
    assert_eq!(ann.ask("GET", "/tokens").await?.1[0].get("token"), None);

    assert_eq!(status(&ann, "POST", "/tasks", token, json!({"title": "milk"})).await?, 201);
    let lower = app.get(&format!("/api/{}/tasks", ann.id)).header("authorization", format!("bearer {token}"));
    assert_eq!(lower.send().await?.status(), 200, "the scheme is read in any case");
    assert_eq!(status(&ann, "GET", "/tasks/export", token, Value::Null).await?, 200);
    assert_eq!(status(&ann, "POST", "/chat", token, json!({"message": "Mark task #1 as complete"})).await?, 200);
    assert_eq!(ann.list().await?, ["✓ milk"]);
    let (code, listed) = mcp(&app, token, "tools/call", json!({"name": "list_tasks", "arguments": {}})).await?;
    assert_eq!((code.as_u16(), &listed["result"]["structuredContent"]["tasks"][0]["title"]), (200, &json!("milk")));
    let used = ann.ask("GET", "/tokens").await?.1[0]["last_used_at"].clone();
    assert!(used.as_str().context("used")?.ends_with(":00.000Z"), "to the minute: {used}");
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_token_opens_nothing_else_and_no_other_user() -> Result<()> {
    let app = TestApp::start().await?;
    let (ann, bob) = (app.sign_up("Ann").await?, app.sign_up("Bob").await?);
    let made = token_of(&ann, json!({"name": "cron"})).await?;
    let (id, token) = (made["id"].as_str().context("id")?, secret(&made));
    for (method, path, body) in [
        ("GET", "/tokens".to_owned(), Value::Null),
        ("POST", "/tokens".to_owned(), json!({"name": "another"})),
        ("DELETE", format!("/tokens/{id}"), Value::Null),
    ] {
        assert_eq!(status(&ann, method, &path, token, body).await?, 403, "{method}");
    }
    assert_eq!(status(&bob, "GET", "/tasks", token, Value::Null).await?, 403);
    assert_eq!(bob.ask("GET", "/tokens").await?.1, json!([]));
    problem(bob.request("DELETE", &format!("/tokens/{id}")).send().await?, 404, "not_found").await?;
    assert!(app.get("/api/auth/get-session").bearer_auth(token).send().await?.json::<Value>().await?.is_null());
    assert_eq!(app.get("/api/auth/token").bearer_auth(token).send().await?.status(), 401);
    assert_eq!(status(&ann, "GET", "/tasks", token, Value::Null).await?, 200, "it is still good");
    let by_query = app.get(&format!("/api/{}/tasks?access_token={token}", ann.id)).send().await?;
    assert_eq!(by_query.status(), 401);
    let log = app.log();
    assert!(!log.contains(&token[8..]), "no log line holds a token");
    assert!(log.contains(&format!("\"token\":\"{id}\"")), "but its id: {log}");
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_token_that_reads_does_not_write() -> Result<()> {
    let app = TestApp::start().await?;
    let ann = app.sign_up("Ann").await?;
    ann.add("milk").await?;
    let made = token_of(&ann, json!({"name": "reader", "scopes": ["tasks:read"], "expires_in_days": null})).await?;
    let token = secret(&made);
    assert_eq!(made["expires_at"], Value::Null);
    assert_eq!(status(&ann, "GET", "/tasks", token, Value::Null).await?, 200);
    for (method, path, body) in [
        ("POST", "/tasks", json!({"title": "x"})),
        ("DELETE", "/tasks/1", Value::Null),
        ("POST", "/tasks/undo", json!({})),
        ("POST", "/chat", json!({"message": "hi"})),
        ("GET", "/conversations", Value::Null),
    ] {
        let request = app.request(method, &format!("/api/{}{path}", ann.id)).bearer_auth(token).json(&body);
        let refused = request.send().await?;
        let challenge = refused.headers()["www-authenticate"].to_str()?.to_owned();
        assert!(challenge.contains("insufficient_scope") && challenge.contains("tasks:write"), "{path}: {challenge}");
        problem(refused, 403, "insufficient_scope").await?;
    }
    let (_, tools) = mcp(&app, token, "tools/list", json!({})).await?;
    let tools = tools["result"]["tools"].as_array().context("tools")?;
    assert!(!tools.is_empty() && tools.iter().all(|tool| tool["annotations"]["readOnlyHint"] == true), "{tools:?}");
    assert_eq!(mcp(&app, token, "tools/call", json!({"name": "add_task"})).await?.0, 403);
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_token_ends_at_once_when_it_is_revoked_and_at_its_time() -> Result<()> {
    let app = TestApp::start().await?;
    let ann = app.sign_up("Ann").await?;
    let revoked = token_of(&ann, json!({"name": "revoked"})).await?;
    let expired = token_of(&ann, json!({"name": "expired", "expires_in_days": 7})).await?;
    for token in [&revoked, &expired] {
        assert_eq!(status(&ann, "GET", "/tasks", secret(token), Value::Null).await?, 200);
    }
    let path = format!("/tokens/{}", revoked["id"].as_str().context("id")?);
    assert_eq!(ann.ask("DELETE", &path).await?.0, 204);
    assert_eq!(ann.ask("DELETE", &path).await?.0, 404);
    let refused = app.get(&format!("/api/{}/tasks", ann.id)).bearer_auth(secret(&revoked)).send().await?;
    assert!(refused.headers()["www-authenticate"].to_str()?.contains("invalid_token"));
    problem(refused, 401, "invalid_token").await?;
    assert_eq!(app.post("/mcp", &json!({})).bearer_auth(secret(&revoked)).send().await?.status(), 401);
    let unused = token_of(&ann, json!({"name": "unused"})).await?;
    app.database("update personal_token set expires_at = now() - interval '1 second'").await?;
    assert_eq!(status(&ann, "GET", "/tasks", secret(&unused), Value::Null).await?, 401);
    assert_eq!(ann.ask("GET", "/tokens").await?.1.as_array().context("tokens")?.len(), 2, "it is still listed");
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn what_ends_the_apps_of_a_user_ends_the_tokens() -> Result<()> {
    let app = TestApp::start().await?;
    let ann = app.sign_up("Ann").await?;
    token_of(&ann, json!({"name": "kept"})).await?;
    assert_eq!(ann.sign_in().await?.auth("POST", "/sign-out").json(&json!({})).send().await?.status(), 200);
    assert_eq!(ann.ask("GET", "/tokens").await?.1.as_array().context("tokens")?.len(), 1, "a sign-out ends none");
    let sessions = ann.auth("POST", "/revoke-other-sessions").json(&json!({})).send().await?;
    assert_eq!(sessions.status(), 200);
    assert_eq!(ann.ask("GET", "/tokens").await?.1, json!([]));
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn wrong_tokens_are_refused_and_counted() -> Result<()> {
    let app = TestApp::start().await?;
    let ann = app.sign_up("Ann").await?;
    let made = token_of(&ann, json!({"name": "cron"})).await?;
    let path = format!("/tokens/{}", made["id"].as_str().context("id")?);
    ann.ask("DELETE", &path).await?;
    let mut mistyped = secret(&made).to_owned();
    mistyped.pop();
    assert_eq!(status(&ann, "GET", "/tasks", &mistyped, Value::Null).await?, 401);
    for _ in 0..30 {
        assert_eq!(status(&ann, "GET", "/tasks", secret(&made), Value::Null).await?, 401);
    }
    let searched = app.get(&format!("/api/{}/tasks", ann.id)).bearer_auth(secret(&made)).send().await?;
    assert!(searched.headers().contains_key("retry-after"));
    problem(searched, 429, "rate_limited").await?;
    assert_eq!(ann.ask("GET", "/tasks").await?.0, 200, "the page goes on");
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_user_has_fifty_tokens_at_most_and_errors_name_the_member() -> Result<()> {
    let app = TestApp::start().await?;
    let ann = app.sign_up("Ann").await?;
    for body in [json!({}), json!({"name": "x".repeat(61)}), json!({"name": "a", "expires_in_days": 1})] {
        let refused = ann.request("POST", "/tokens").json(&body).send().await?;
        problem(refused, 422, "invalid").await?;
    }
    for n in 0..50 {
        token_of(&ann, json!({"name": format!("token {n}")})).await?;
    }
    let refused = ann.request("POST", "/tokens").json(&json!({"name": "one more"})).send().await?;
    problem(refused, 409, "token_limit").await?;
    Ok(())
}
