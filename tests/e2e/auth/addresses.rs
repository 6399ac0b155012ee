//! Addresses that users have already, in whatever form, and how many mails they get; and rows whose time is over.

use anyhow::{Context, Result};
use serde_json::{Value, json};
use tests::{GoogleServer, PASSWORD, TestApp, TestBrowser, connect};

use crate::auth::mail::{button, mail};

async fn rows(app: &TestApp, sql: &str) -> Result<i64> {
    Ok(connect(&app.database_url).await?.query_one(sql, &[]).await?.get(0))
}

async fn ask_reset(app: &TestApp, email: &str, from: &str) -> Result<u16> {
    let body = json!({"email": email, "redirectTo": "/reset"});
    let request = app.post("/api/auth/request-password-reset", &body).header("x-forwarded-for", from);
    Ok(request.send().await?.status().as_u16())
}

#[tokio::test(flavor = "multi_thread")]
async fn an_address_of_another_form_is_changed_like_any_other() -> Result<()> {
    let google = GoogleServer::start().await?;
    let variables = [google.variables(), vec![("development_mail", "true")]].concat();
    let app = TestApp::with(&variables).await?;
    let mut ann = TestBrowser::new(&app);
    let person = json!({"sub": "a1", "email": "first/last@exämple.com", "email_verified": true, "name": "Ann"});
    assert_eq!(ann.sign_in(&person).await?, "/welcome");
    assert_eq!(ann.ask("/change-email", json!({"newEmail": "ann@example.com"})).await?.0, 200);
    let agreed = button(&app, &mail(&app, "change-email-confirm").await?)?.send().await?;
    assert!(!agreed.headers()["location"].to_str()?.contains("error"), "{agreed:?}");
    assert_eq!(mail(&app, "change-email-verify").await?["to"], "ann@example.com");
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn an_address_in_other_letters_is_the_same() -> Result<()> {
    let app = TestApp::with(&[("development_mail", "true")]).await?;
    let (ann, bob) = (app.sign_up("Ann").await?, app.sign_up("Bob").await?);
    app.database("update \"user\" set email = 'Ann@Example.com' where email = 'ann@example.com'").await?;
    for email in ["ann@example.com", "ANN@example.com", "Ann@Example.com"] {
        let body = json!({"email": email, "password": PASSWORD});
        let signed_in = app.post("/api/auth/sign-in/email", &body).send().await?;
        assert_eq!(signed_in.status(), 200, "{email}");
        assert_eq!(signed_in.json::<Value>().await?["user"]["id"], ann.id);
        assert_eq!(ask_reset(&app, email, "203.0.113.1").await?, 200);
    }
    let account = json!({"name": "x", "email": "ann@example.com", "password": PASSWORD});
    assert_eq!(app.post("/api/auth/sign-up/email", &account).send().await?.status(), 422, "it is taken");
    let change = bob.auth("POST", "/change-email").json(&json!({"newEmail": "ann@example.com"})).send().await?;
    assert_eq!(change.status(), 200, "nothing is told");
    assert!(mail(&app, "change-email-verify").await.is_err(), "and nothing is sent");
    assert_eq!(rows(&app, "select count(*) from \"user\"").await?, 2);
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn an_address_gets_five_mails_of_a_kind_in_an_hour() -> Result<()> {
    let app =
        TestApp::with(&[("development_mail", "true"), ("rate_limit", "on"), ("client_address_hops", "1")]).await?;
    let ann = app.sign_up("Ann").await?;
    for n in 0..8 {
        assert_eq!(ask_reset(&app, &ann.email, &format!("203.0.113.{n}")).await?, 200);
        assert_eq!(ask_reset(&app, "nobody@example.com", &format!("198.51.100.{n}")).await?, 200);
    }
    let mails: Value = app.get("/api/auth/outbox").send().await?.json().await?;
    assert_eq!(mails.as_array().context("outbox")?.len(), 5);
    assert_eq!(rows(&app, "select count(*) from \"rateLimit\" where key like '%ann@%'").await?, 0, "nobody is named");
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_probe_deletes_what_is_over() -> Result<()> {
    let app = TestApp::start().await?;
    let (ann, bob) = (app.sign_up("Ann").await?, app.sign_up("Bob").await?);
    app.database(&format!(
        "update session set \"expiresAt\" = now() - interval '2 days' where \"userId\" = '{}'",
        ann.id
    ))
    .await?;
    assert_eq!(app.get("/ready").send().await?.status(), 200);
    assert_eq!(rows(&app, "select count(*) from session").await?, 1);
    assert_eq!(bob.auth("GET", "/get-session").send().await?.json::<Value>().await?["user"]["id"], bob.id);
    Ok(())
}
