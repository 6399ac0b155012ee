//! The second factor: asked for, and passed by a code of an authenticator app, a backup code or a trusted device.

use std::time::{SystemTime, UNIX_EPOCH};

use anyhow::{Context, Result};
use better_auth::AuthSecret;
use better_auth::two_factor::totp::TotpSecret;
use serde_json::{Value, json};
use tests::{PASSWORD, SECRET, TestApp, TestBrowser, connect};

use crate::auth::mail::mail;

pub(crate) async fn sign_in(browser: &mut TestBrowser<'_>, email: &str) -> Result<(u16, Value)> {
    browser.ask("/sign-in/email", json!({"email": email, "password": PASSWORD})).await
}

pub(crate) async fn code(browser: &mut TestBrowser<'_>, code: &str) -> Result<(u16, Value)> {
    browser.ask("/two-factor/verify-totp", json!({"code": code})).await
}

async fn backup_code(browser: &mut TestBrowser<'_>, code: &Value) -> Result<(u16, Value)> {
    browser.ask("/two-factor/verify-backup-code", json!({"code": code})).await
}

/// A browser with one cookie.
fn with_cookie<'a>(app: &'a TestApp, base: &str, value: &str) -> TestBrowser<'a> {
    let mut browser = TestBrowser::new(app);
    browser.cookies.insert(format!("better-auth.{base}"), value.to_owned());
    browser
}

/// A cookie of Better Auth's.
fn cookie(browser: &TestBrowser<'_>, base: &str) -> Option<String> {
    browser.cookies.get(&format!("better-auth.{base}")).cloned()
}

/// A user with an authenticator app and backup codes.
pub(crate) struct Guarded<'a> {
    app: &'a TestApp,
    pub(crate) email: String,
    id: String,
    codes: Vec<String>,
    secret: TotpSecret,
}

impl<'a> Guarded<'a> {
    pub(crate) async fn sign_up(app: &'a TestApp, name: &str) -> Result<Self> {
        let user = app.sign_up(name).await?;
        let mut browser = TestBrowser::new(app);
        sign_in(&mut browser, &user.email).await?;
        let (status, made) = browser.ask("/two-factor/enable", json!({"password": PASSWORD})).await?;
        anyhow::ensure!(status == 200, "{made}\n{}", app.log());
        let stored = r#"select "secret" from "twoFactor" where "userId" = $1"#;
        let stored: String = connect(&app.database_url).await?.query_one(stored, &[&user.id]).await?.get(0);
        let secret = TotpSecret::open(&AuthSecret::parse(SECRET)?, &stored)?;
        let (status, confirmed) = code(&mut browser, &secret.code_at(now())).await?;
        anyhow::ensure!(status == 200, "{confirmed}\n{}", app.log());
        let codes = serde_json::from_value(made["backupCodes"].clone())?;
        Ok(Self { app, email: user.email.clone(), id: user.id.clone(), codes, secret })
    }

    /// A browser in which the password was typed.
    pub(crate) async fn asked(&self) -> Result<TestBrowser<'a>> {
        let mut browser = TestBrowser::new(self.app);
        let asked = sign_in(&mut browser, &self.email).await?;
        assert_eq!(asked, (200, json!({"twoFactorRedirect": true, "twoFactorMethods": ["totp"]})));
        assert!(cookie(&browser, "session_token").is_none() && cookie(&browser, "two_factor").is_some());
        assert_eq!(browser.user().await?, Value::Null, "the password alone begins no session");
        Ok(browser)
    }

    pub(crate) fn code(&self) -> String {
        self.secret.code_at(now())
    }

    /// As if the codes so far had not been used.
    async fn forget_codes(&self) -> Result<()> {
        self.app.database("update todo.second_factor_use set last_step = null").await
    }
}

fn now() -> u64 {
    SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |time| time.as_secs())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_code_of_the_app_ends_the_sign_in_once() -> Result<()> {
    let app = TestApp::start().await?;
    let ann = Guarded::sign_up(&app, "Ann").await?;
    let mut browser = ann.asked().await?;
    let used = ann.code();
    let (status, signed_in) = code(&mut browser, &used).await?;
    assert_eq!(status, 200, "{signed_in}");
    assert_eq!((&signed_in["user"]["id"], &signed_in["user"]["twoFactorEnabled"]), (&json!(ann.id), &json!(true)));
    assert_eq!(browser.user().await?["email"], json!(ann.email));
    assert!(cookie(&browser, "two_factor").is_none());

    let mut other = ann.asked().await?;
    assert_eq!(code(&mut other, &used).await?, (401, json!({"message": "Invalid code", "code": "INVALID_CODE"})));
    assert_eq!(code(&mut other, &ann.secret.code_at(now() + 30)).await?.0, 200, "the next code is another one");
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn of_many_uses_of_one_code_at_once_one_counts() -> Result<()> {
    let app = TestApp::start().await?;
    let ann = Guarded::sign_up(&app, "Ann").await?;
    let mut waiting = Vec::new();
    for _ in 0..4 {
        waiting.push(ann.asked().await?);
    }
    let used = ann.code();
    let tried = futures::future::join_all(waiting.iter_mut().map(|browser| code(browser, &used))).await;
    let statuses: Result<Vec<u16>> = tried.into_iter().map(|tried| Ok(tried?.0)).collect();
    assert_eq!(statuses?.iter().filter(|status| **status == 200).count(), 1);
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_backup_code_is_good_once() -> Result<()> {
    let app = TestApp::start().await?;
    let ann = Guarded::sign_up(&app, "Ann").await?;
    assert_eq!(ann.codes.len(), 10);
    let first = json!(ann.codes[0]);
    let mut browser = ann.asked().await?;
    let (status, signed_in) = backup_code(&mut browser, &first).await?;
    assert_eq!((status, &signed_in["user"]["id"]), (200, &json!(ann.id)), "{signed_in}");
    let mut other = ann.asked().await?;
    let refused = json!({"message": "Invalid backup code", "code": "INVALID_BACKUP_CODE"});
    assert_eq!(backup_code(&mut other, &first).await?, (401, refused));
    assert_eq!(backup_code(&mut other, &json!(ann.codes[1])).await?.0, 200);

    let (_, made) = browser.ask("/two-factor/generate-backup-codes", json!({"password": PASSWORD})).await?;
    assert_eq!(made["backupCodes"].as_array().unwrap().len(), 10);
    let mut third = ann.asked().await?;
    assert_eq!(backup_code(&mut third, &json!(ann.codes[2])).await?.0, 401);
    assert_eq!(backup_code(&mut third, &json!(made["backupCodes"][0])).await?.0, 200);
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_trusted_device_is_not_asked_again_and_others_are() -> Result<()> {
    let app = TestApp::start().await?;
    let (ann, bob) = (Guarded::sign_up(&app, "Ann").await?, Guarded::sign_up(&app, "Bob").await?);
    let mut browser = ann.asked().await?;
    let body = json!({"code": ann.code(), "trustDevice": true});
    assert_eq!(browser.ask("/two-factor/verify-totp", body).await?.0, 200);
    let first = cookie(&browser, "trust_device").context("a cookie")?;
    browser.ask("/sign-out", json!({})).await?;
    assert!(sign_in(&mut browser, &ann.email).await?.1["token"].is_string());
    let second = cookie(&browser, "trust_device").context("a cookie")?;
    assert_ne!(first, second, "each sign-in replaces it");

    let mut old = with_cookie(&app, "trust_device", &first);
    assert_eq!(sign_in(&mut old, &ann.email).await?.1["twoFactorRedirect"], true, "a replaced one is none");
    assert!(cookie(&old, "trust_device").is_none());
    let mut others = with_cookie(&app, "trust_device", &second);
    assert_eq!(sign_in(&mut others, &bob.email).await?.1["twoFactorRedirect"], true, "it is for one user");
    let body = json!({"email": ann.email, "password": PASSWORD});
    let cookies = format!("better-auth.trust_device={first}; better-auth.trust_device={second}");
    let request = app.post("/api/auth/sign-in/email", &body).header("origin", &app.base).header("cookie", cookies);
    assert!(browser.send(request).await?.json::<Value>().await?["token"].is_string(), "each of several is tried");

    app.database(r#"update "verification" set "expiresAt" = now() - interval '1 second' where "identifier" like 'trust-device-%'"#).await?;
    assert_eq!(sign_in(&mut browser, &ann.email).await?.1["twoFactorRedirect"], true);
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn wrong_codes_end_the_challenge_and_then_lock_the_account() -> Result<()> {
    let app = TestApp::start().await?;
    let ann = Guarded::sign_up(&app, "Ann").await?;
    for _ in 0..2 {
        let mut browser = ann.asked().await?;
        for _ in 0..5 {
            assert_eq!(code(&mut browser, "000000").await?.1["code"], "INVALID_CODE");
        }
        let (status, refused) = code(&mut browser, &ann.code()).await?;
        let expected = if refused["code"] == "ACCOUNT_TEMPORARILY_LOCKED" { 429 } else { 400 };
        assert_eq!(status, expected, "{refused}");
    }
    let mut browser = ann.asked().await?;
    let (status, refused) = code(&mut browser, &ann.code()).await?;
    assert_eq!((status, &refused["code"]), (429, &json!("ACCOUNT_TEMPORARILY_LOCKED")));
    assert_eq!(backup_code(&mut browser, &json!(ann.codes[0])).await?.0, 429);
    app.database("update todo.second_factor_use set locked_until = now() - interval '1 second'").await?;
    assert_eq!(code(&mut browser, &ann.code()).await?.0, 200, "the lock ends");
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_challenge_is_over_after_its_time_and_with_the_password() -> Result<()> {
    let app = TestApp::with(&[("development_mail", "true")]).await?;
    let ann = Guarded::sign_up(&app, "Ann").await?;
    let invalid = (401, json!({"message": "Invalid two factor cookie", "code": "INVALID_TWO_FACTOR_COOKIE"}));
    let mut late = ann.asked().await?;
    app.database(
        r#"update "verification" set "expiresAt" = now() - interval '1 second' where "identifier" like '2fa-%'"#,
    )
    .await?;
    assert_eq!(code(&mut late, &ann.code()).await?, invalid);
    assert_eq!(code(&mut TestBrowser::new(&app), &ann.code()).await?, invalid);

    let mut waiting = ann.asked().await?;
    let mut owner = TestBrowser::new(&app);
    owner.ask("/request-password-reset", json!({"email": ann.email, "redirectTo": "/reset"})).await?;
    let mail = mail(&app, "reset-password").await?;
    let reset = json!({"newPassword": "another good password", "token": mail["token"]});
    assert_eq!(owner.ask("/reset-password", reset).await?.0, 200);
    assert_eq!(code(&mut waiting, &ann.code()).await?, invalid, "the password that began it is gone");
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn the_content_of_another_cookie_is_no_challenge() -> Result<()> {
    let app = TestApp::start().await?;
    let ann = Guarded::sign_up(&app, "Ann").await?;
    let mut browser = ann.asked().await?;
    code(&mut browser, &ann.code()).await?;
    let session = cookie(&browser, "session_token").context("a cookie")?;
    ann.forget_codes().await?;
    let mut thief = with_cookie(&app, "two_factor", &session);
    assert_eq!(code(&mut thief, &ann.code()).await?.1["code"], "INVALID_TWO_FACTOR_COOKIE");
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_banned_user_passes_no_challenge() -> Result<()> {
    let app = TestApp::start().await?;
    let ann = Guarded::sign_up(&app, "Ann").await?;
    let mut browser = ann.asked().await?;
    app.database(r#"alter table "user" add "banned" boolean default true"#).await?;
    assert_eq!(code(&mut browser, &ann.code()).await?.1["code"], "INVALID_TWO_FACTOR_COOKIE");
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_session_that_is_not_to_be_remembered_stays_so() -> Result<()> {
    let app = TestApp::start().await?;
    let ann = Guarded::sign_up(&app, "Ann").await?;
    let mut browser = TestBrowser::new(&app);
    let body = json!({"email": ann.email, "password": PASSWORD, "rememberMe": false});
    browser.ask("/sign-in/email", body).await?;
    code(&mut browser, &ann.code()).await?;
    let seconds = r#"select extract(epoch from "expiresAt" - "createdAt")::bigint from "session" order by "createdAt" desc limit 1"#;
    let seconds: i64 = connect(&app.database_url).await?.query_one(seconds, &[]).await?.get(0);
    assert_eq!(seconds, 86_400);
    Ok(())
}
