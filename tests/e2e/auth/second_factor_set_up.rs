//! The second factor: set up and switched off, and what this server does where it cannot check one.

use anyhow::{Context, Result};
use serde_json::json;
use tests::{OAuthClient, PASSWORD, TestApp, TestBrowser, execute};

use crate::auth::second_factor::{Guarded, code, sign_in};

#[tokio::test(flavor = "multi_thread")]
async fn it_is_set_up_with_the_password_and_confirmed_by_a_code() -> Result<()> {
    let app = TestApp::start().await?;
    let ann = app.sign_up("Ann").await?;
    let mut browser = TestBrowser::new(&app);
    sign_in(&mut browser, &ann.email).await?;
    let (status, refused) = browser.ask("/two-factor/enable", json!({"password": "a wrong password"})).await?;
    assert_eq!((status, &refused["code"]), (400, &json!("INVALID_PASSWORD")));
    let (_, made) = browser.ask("/two-factor/enable", json!({"password": PASSWORD})).await?;
    let uri = made["totpURI"].as_str().context("an address")?;
    assert!(uri.starts_with("otpauth://totp/Todo:ann%40example.com?secret="), "{uri}");
    assert!(
        sign_in(&mut TestBrowser::new(&app), &ann.email).await?.1["token"].is_string(),
        "nothing counts before a code"
    );
    assert_eq!(code(&mut browser, "000000").await?.1["code"], "INVALID_CODE");
    let (_, again) = browser.ask("/two-factor/get-totp-uri", json!({"password": PASSWORD})).await?;
    assert_eq!(again["totpURI"], made["totpURI"]);

    let bob = Guarded::sign_up(&app, "Bob").await?;
    let mut browser = bob.asked().await?;
    code(&mut browser, &bob.code()).await?;
    let (_, refused) = browser.ask("/two-factor/enable", json!({"password": PASSWORD})).await?;
    assert_eq!(refused["code"], "TOTP_ALREADY_ENABLED");
    let off = browser.ask("/two-factor/disable", json!({"password": PASSWORD})).await?;
    assert_eq!(off, (200, json!({"status": true})));
    assert_eq!(browser.user().await?["email"], json!(bob.email), "the session goes on");
    assert!(sign_in(&mut TestBrowser::new(&app), &bob.email).await?.1["token"].is_string());
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn an_app_is_connected_after_the_code() -> Result<()> {
    let app = TestApp::start().await?;
    let ann = Guarded::sign_up(&app, "Ann").await?;
    let client = OAuthClient::register(&app).await?;
    let page = client.authorize(None, &[]).await?;
    let query = page.split_once('?').map(|(_, query)| query).context("a query")?;
    let mut browser = TestBrowser::new(&app);
    let body = json!({"email": ann.email, "password": PASSWORD, "oauth_query": query});
    assert_eq!(browser.ask("/sign-in/email", body).await?.1["twoFactorRedirect"], true);
    let body = json!({"code": ann.code(), "oauth_query": query});
    let (status, next) = browser.ask("/two-factor/verify-totp", body).await?;
    assert_eq!((status, &next["redirect"]), (200, &json!(true)), "{next}");
    assert!(next["url"].as_str().unwrap().contains("/consent?"), "{next}");
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_second_factor_under_another_secret_lets_nobody_in() -> Result<()> {
    let first = TestApp::start().await?;
    let ann = Guarded::sign_up(&first, "Ann").await?;
    let secret = "another secret for the tests, as long as that";
    let second = TestApp::on(&first.database_url, &[("better_auth_secret", secret)]).await?;
    let mut browser = TestBrowser::new(&second);
    assert_eq!(sign_in(&mut browser, &ann.email).await?.1["twoFactorRedirect"], true);
    for path in ["/two-factor/verify-totp", "/two-factor/verify-backup-code"] {
        let (status, refused) = browser.ask(path, json!({"code": ann.code()})).await?;
        assert_eq!((status, &refused["code"]), (403, &json!("TWO_FACTOR_REQUIRED")), "{path}");
    }
    // A list is separated by commas; `better_auth_secret`, which has one, is the oldest version.
    let newer = [("better_auth_secrets", "2:a newer secret for the tests without a comma")];
    let third = TestApp::on(&first.database_url, &newer).await?;
    let mut browser = TestBrowser::new(&third);
    sign_in(&mut browser, &ann.email).await?;
    assert_eq!(code(&mut browser, &ann.code()).await?.0, 200, "an older version of the secret opens it");
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_second_factor_that_this_server_does_not_know_is_named() -> Result<()> {
    let app = TestApp::start().await?;
    let ann = app.sign_up("Ann").await?;
    execute(&app.database_url, r#"alter table "user" add "twoFactorEnabled" boolean"#).await?;
    execute(&app.database_url, r#"update "user" set "twoFactorEnabled" = true"#).await?;
    let mut browser = TestBrowser::new(&app);
    let (status, refused) = sign_in(&mut browser, &ann.email).await?;
    assert_eq!((status, &refused["code"]), (403, &json!("TWO_FACTOR_REQUIRED")));
    assert!(browser.cookies.is_empty());
    Ok(())
}
