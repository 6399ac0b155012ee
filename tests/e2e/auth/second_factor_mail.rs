//! A second factor without an authenticator app, as another server may have set it up: a code by mail ends the sign-in.

use anyhow::{Context, Result};
use serde_json::{Value, json};
use tests::{TestApp, TestBrowser, execute};

use crate::auth::mail::mail;
use crate::auth::second_factor::{Guarded, sign_in};

const OUTBOX: [(&str, &str); 1] = [("development_mail", "true")];

/// A user whose account asks for a second factor, and who has no authenticator app.
async fn without_app(app: &TestApp, name: &str) -> Result<String> {
    let email = app.sign_up(name).await?.email;
    let statements = format!(
        r#"alter table "user" add column if not exists "twoFactorEnabled" boolean;
        update "user" set "twoFactorEnabled" = true where "email" = '{email}'"#
    );
    execute(&app.database_url, &statements).await?;
    Ok(email)
}

/// A browser in which the password was typed.
async fn asked<'a>(app: &'a TestApp, email: &str) -> Result<TestBrowser<'a>> {
    let mut browser = TestBrowser::new(app);
    let asked = sign_in(&mut browser, email).await?;
    assert_eq!(asked, (200, json!({"twoFactorRedirect": true, "twoFactorMethods": ["otp"]})));
    assert_eq!(browser.user().await?, Value::Null, "the password alone begins no session");
    Ok(browser)
}

async fn send(browser: &mut TestBrowser<'_>) -> Result<(u16, Value)> {
    browser.ask("/two-factor/send-otp", json!({})).await
}

async fn try_code(browser: &mut TestBrowser<'_>, code: &str) -> Result<(u16, Value)> {
    browser.ask("/two-factor/verify-otp", json!({"code": code})).await
}

/// Has a code sent, and reads it in the mail.
async fn mailed(app: &TestApp, browser: &mut TestBrowser<'_>) -> Result<String> {
    assert_eq!(send(browser).await?, (200, json!({"status": true})));
    Ok(mail(app, "sign-in-code").await?["token"].as_str().context("a code")?.to_owned())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_code_by_mail_ends_the_sign_in_once() -> Result<()> {
    let app = TestApp::with(&OUTBOX).await?;
    let email = without_app(&app, "Ann").await?;
    let mut browser = asked(&app, &email).await?;
    assert_eq!(try_code(&mut browser, "123456").await?.1["code"], "OTP_HAS_EXPIRED", "none was sent");
    let first = mailed(&app, &mut browser).await?;
    assert!(first.len() == 6 && first.bytes().all(|byte| byte.is_ascii_digit()), "{first}");
    let code = mailed(&app, &mut browser).await?;
    for wrong in [first.as_str(), "", "12345", "1234567"].into_iter().filter(|wrong| *wrong != code).take(2) {
        assert_eq!(try_code(&mut browser, wrong).await?.1["code"], "INVALID_CODE");
    }
    let mut other = asked(&app, &email).await?;
    let others = mailed(&app, &mut other).await?;
    if others != code {
        assert_eq!(try_code(&mut other, &code).await?.1["code"], "INVALID_CODE", "another sign-in's");
    }
    assert_eq!(try_code(&mut browser, &code).await?.0, 200);
    assert_eq!(browser.user().await?["email"], json!(email));
    let again = asked(&app, &email).await?;
    browser.cookies = again.cookies;
    assert_eq!(try_code(&mut browser, &code).await?.1["code"], "OTP_HAS_EXPIRED");
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn few_codes_are_tried_and_old_ones_are_not_taken() -> Result<()> {
    let app = TestApp::with(&OUTBOX).await?;
    let email = without_app(&app, "Ann").await?;
    let mut browser = asked(&app, &email).await?;
    let code = mailed(&app, &mut browser).await?;
    let wrong = if code == "000000" { "000001" } else { "000000" };
    for _ in 0..5 {
        assert_eq!(try_code(&mut browser, wrong).await?.1["code"], "INVALID_CODE");
    }
    assert_eq!(try_code(&mut browser, &code).await?.1["code"], "TOO_MANY_ATTEMPTS_REQUEST_NEW_CODE");

    let mut browser = asked(&app, &email).await?;
    let code = mailed(&app, &mut browser).await?;
    app.database(r#"update "verification" set "expiresAt" = now() where "identifier" like '2fa-otp-%'"#).await?;
    assert_eq!(try_code(&mut browser, &code).await?.1["code"], "OTP_HAS_EXPIRED");
    assert_eq!(send(&mut TestBrowser::new(&app)).await?.1["code"], "INVALID_TWO_FACTOR_COOKIE");
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn who_has_an_app_gets_no_code_by_mail() -> Result<()> {
    let app = TestApp::with(&OUTBOX).await?;
    let ann = Guarded::sign_up(&app, "Ann").await?;
    let mut browser = ann.asked().await?;
    let (status, refused) = send(&mut browser).await?;
    assert_eq!((status, &refused["code"]), (400, &json!("OTP_NOT_CONFIGURED")));
    assert!(mail(&app, "sign-in-code").await.is_err());
    Ok(())
}
