//! Mails that tell of what was done to an account, and the links in them that undo it.

use anyhow::{Context, Result};
use serde_json::{Value, json};
use tests::{OAuthClient, PASSWORD, TestApp, TestUser};

use crate::auth::mail::{button, mail};

const OUTBOX: [(&str, &str); 1] = [("development_mail", "true")];
const NEW: &str = "another good password";

async fn kinds(app: &TestApp) -> Result<Vec<String>> {
    let mails: Value = app.get("/api/auth/outbox").send().await?.json().await?;
    let kinds =
        mails.as_array().context("mails")?.iter().map(|mail| mail["type"].as_str().unwrap_or_default().to_owned());
    Ok(kinds.collect())
}

async fn sign_in(app: &TestApp, user: &TestUser<'_>, password: &str, agent: &str) -> Result<u16> {
    let body = json!({"email": user.email, "password": password});
    let request = app.post("/api/auth/sign-in/email", &body).header("user-agent", agent);
    Ok(request.send().await?.status().as_u16())
}

/// Follows the link of a mail and presses the button; where the browser is sent.
async fn undo(app: &TestApp, mail: &Value) -> Result<String> {
    let url = mail["url"].as_str().context("url")?.strip_prefix(&app.base).context("the link leads elsewhere")?;
    let page = app.get(url).send().await?;
    assert_eq!(page.status(), 200);
    assert!(page.text().await?.contains("action=\"/api/auth/undo\""));
    let pressed = button(app, mail)?.send().await?;
    assert_eq!(pressed.status(), 303, "{}", pressed.text().await?);
    let target = pressed.headers()["location"].to_str()?.to_owned();
    assert_eq!(button(app, mail)?.send().await?.status(), 401, "a link is good once");
    Ok(target)
}

async fn email(user: &TestUser<'_>) -> Result<Value> {
    Ok(user.auth("GET", "/get-session").send().await?.json::<Value>().await?["user"]["email"].clone())
}

/// Sets a new password on the page to which the button led.
async fn choose_password(app: &TestApp, target: &str) -> Result<()> {
    let token = target.strip_prefix("/reset-password?token=").context("the page for a new password")?;
    let reset = json!({"newPassword": NEW, "token": token});
    assert_eq!(app.post("/api/auth/reset-password", &reset).send().await?.status(), 200);
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_sign_in_with_a_new_device_is_told_and_can_be_undone() -> Result<()> {
    let app = TestApp::with(&OUTBOX).await?;
    let ann = app.sign_up("Ann").await?;
    assert_eq!(sign_in(&app, &ann, PASSWORD, "").await?, 200);
    assert!(kinds(&app).await?.is_empty(), "the device of the sign-up is known");
    let firefox = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0";
    for _ in 0..2 {
        assert_eq!(sign_in(&app, &ann, PASSWORD, firefox).await?, 200);
    }
    assert_eq!(kinds(&app).await?, ["new-device"], "once");
    let told = mail(&app, "new-device").await?;
    assert_eq!(told["to"], ann.email);

    let target = undo(&app, &told).await?;
    assert_eq!(email(&ann).await?, Value::Null, "all sessions end");
    assert_eq!(sign_in(&app, &ann, PASSWORD, "").await?, 401, "who knows the password is out");
    choose_password(&app, &target).await?;
    assert_eq!(sign_in(&app, &ann, NEW, "").await?, 200);
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_changed_password_is_told_and_can_be_undone() -> Result<()> {
    let app = TestApp::with(&OUTBOX).await?;
    let ann = app.sign_up("Ann").await?;
    let body = json!({"currentPassword": PASSWORD, "newPassword": "the intruder's password"});
    assert_eq!(ann.auth("POST", "/change-password").json(&body).send().await?.status(), 200);
    let target = undo(&app, &mail(&app, "password-changed").await?).await?;
    assert_eq!(sign_in(&app, &ann, "the intruder's password", "").await?, 401);
    choose_password(&app, &target).await?;
    assert_eq!(sign_in(&app, &ann, NEW, "").await?, 200);
    assert_eq!(kinds(&app).await?, ["password-changed", "password-changed"], "a reset is told too");
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_changed_address_is_told_to_the_old_one_which_can_come_back() -> Result<()> {
    let app = TestApp::with(&OUTBOX).await?;
    let ann = app.sign_up("Ann").await?;
    let away = json!({"newEmail": "away@example.net"});
    assert_eq!(ann.auth("POST", "/change-email").json(&away).send().await?.status(), 200);
    let link = mail(&app, "change-email-verify").await?;
    button(&app, &link)?.header("cookie", &ann.cookie).send().await?;
    assert_eq!(email(&ann).await?, "away@example.net");
    let told = mail(&app, "address-changed").await?;
    assert_eq!(told["to"], ann.email);
    let target = undo(&app, &told).await?;
    choose_password(&app, &target).await?;
    assert_eq!(sign_in(&app, &ann, NEW, "").await?, 200, "the old address is the account's again");
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_connected_app_is_told_and_can_be_disconnected() -> Result<()> {
    let app = TestApp::with(&OUTBOX).await?;
    let ann = app.sign_up("Ann").await?;
    let client = OAuthClient::register(&app).await?;
    let tokens = client.connect(&ann, "openid offline_access tasks:read").await?;
    let target = undo(&app, &mail(&app, "app-connected").await?).await?;
    assert_eq!(target, "/settings");
    assert_eq!(client.refresh(&tokens["refresh_token"], &[]).await?.0, 400);
    assert!(email(&ann).await?.is_string(), "the session stays");
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn where_mail_is_off_or_broken_people_sign_in_all_the_same() -> Result<()> {
    for variables in [vec![], vec![("mail_api_key", "a key without a sender")]] {
        let app = TestApp::with(&variables).await?;
        let ann = app.sign_up("Ann").await?;
        assert_eq!(sign_in(&app, &ann, PASSWORD, "Firefox/140.0").await?, 200, "{}", app.log());
        let body = json!({"currentPassword": PASSWORD, "newPassword": NEW});
        assert_eq!(ann.auth("POST", "/change-password").json(&body).send().await?.status(), 200);
    }
    Ok(())
}
