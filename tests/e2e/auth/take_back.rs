//! What ends when somebody takes an account back, and whose password counts.

use anyhow::Result;
use serde_json::{Value, json};
use tests::{ALL_SCOPES, GoogleServer, OAuthClient, PASSWORD, TestApp, TestBrowser, TestUser};

use super::mail::{button, mail};

const NEW: &str = "another good password";
const OUTBOX: (&str, &str) = ("development_mail", "true");

async fn is_signed_in(user: &TestUser<'_>) -> Result<bool> {
    Ok(user.auth("GET", "/get-session").send().await?.json::<Value>().await?.is_object())
}

/// Asks for a new password; the token of the mail.
async fn forgot(app: &TestApp, email: &str) -> Result<Value> {
    app.post("/api/auth/request-password-reset", &json!({"email": email, "redirectTo": "/reset"})).send().await?;
    Ok(mail(app, "reset-password").await?["token"].clone())
}

async fn reset(app: &TestApp, token: &Value) -> Result<u16> {
    let body = json!({"newPassword": NEW, "token": token});
    Ok(app.post("/api/auth/reset-password", &body).send().await?.status().as_u16())
}

async fn sign_in(app: &TestApp, email: &str, password: &str) -> Result<u16> {
    let body = json!({"email": email, "password": password});
    Ok(app.post("/api/auth/sign-in/email", &body).send().await?.status().as_u16())
}

async fn press(app: &TestApp, mail: &Value, cookie: &str) -> Result<reqwest::Response> {
    Ok(button(app, mail)?.header("cookie", cookie).send().await?)
}

#[tokio::test(flavor = "multi_thread")]
async fn a_reset_ends_sessions_links_and_clients() -> Result<()> {
    let app = TestApp::with(&[OUTBOX]).await?;
    let ann = app.sign_up("Ann").await?;
    let other = ann.sign_in().await?;
    let client = OAuthClient::register(&app).await?;
    let tokens = client.connect(&other, ALL_SCOPES).await?;
    let code = client.code(&other, &[]).await?;
    ann.auth("POST", "/change-email").json(&json!({"newEmail": "away@example.net"})).send().await?;
    let change = mail(&app, "change-email-verify").await?;
    let (old, new) = (forgot(&app, &ann.email).await?, forgot(&app, &ann.email).await?);
    assert_eq!(reset(&app, &new).await?, 200);

    assert!(!is_signed_in(&ann).await? && !is_signed_in(&other).await?);
    assert_eq!(reset(&app, &old).await?, 400);
    let (status, refused) = client.refresh(&tokens["refresh_token"], &[]).await?;
    assert_eq!((status.as_u16(), &refused["error"]), (400, &json!("invalid_grant")));
    assert_eq!(client.exchange(&code, &[]).await?.0, 400);
    let mut owner = TestBrowser::new(&app);
    owner.ask("/sign-in/email", json!({"email": ann.email, "password": NEW})).await?;
    assert_eq!(owner.user().await?["emailVerified"], true, "the link was in the mailbox");
    let cookie = format!("better-auth.session_token={}", owner.cookies["better-auth.session_token"]);
    for cookie in [&ann.cookie, &cookie] {
        press(&app, &change, cookie).await?;
    }
    assert_eq!(owner.user().await?["email"], ann.email, "the pending change of address is void");
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn ending_the_other_sessions_ends_the_clients_that_they_let_in() -> Result<()> {
    let app = TestApp::with(&[OUTBOX]).await?;
    let ann = app.sign_up("Ann").await?;
    for how in ["/revoke-other-sessions", "/change-password", "/revoke-sessions"] {
        let (own, intruder, gone) = (ann.sign_in().await?, ann.sign_in().await?, ann.sign_in().await?);
        let mut clients = Vec::new();
        for session in [&own, &intruder, &gone] {
            let client = OAuthClient::register(&app).await?;
            let tokens = client.connect(session, ALL_SCOPES).await?;
            clients.push((client, tokens));
        }
        gone.auth("POST", "/sign-out").json(&json!({})).send().await?;
        let body = json!({"currentPassword": PASSWORD, "newPassword": PASSWORD, "revokeOtherSessions": true});
        assert_eq!(own.auth("POST", how).json(&body).send().await?.status(), 200, "{how}");
        assert!(!is_signed_in(&intruder).await?);
        let expected = if how == "/revoke-sessions" { [400; 3] } else { [200, 400, 400] };
        for ((client, tokens), expected) in clients.iter().zip(expected) {
            let (status, _) = client.refresh(&tokens["refresh_token"], &[]).await?;
            assert_eq!(status.as_u16(), expected, "{how}");
        }
        let page = clients[1].0.authorize(Some(&ann.sign_in().await?), &[]).await?;
        assert!(page.starts_with("/consent?"), "{how}: the client asks anew: {page}");
    }
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_new_password_voids_links_and_a_new_address_those_to_the_old_one() -> Result<()> {
    let app = TestApp::with(&[OUTBOX]).await?;
    let ann = app.sign_up("Ann").await?;
    let change = json!({"newEmail": "ann2@example.com"});
    let token = forgot(&app, &ann.email).await?;
    ann.auth("POST", "/revoke-other-sessions").json(&json!({})).send().await?;
    ann.auth("POST", "/change-email").json(&change).send().await?;
    let void = mail(&app, "change-email-verify").await?;
    let body = json!({"currentPassword": PASSWORD, "newPassword": NEW});
    assert_eq!(ann.auth("POST", "/change-password").json(&body).send().await?.status(), 200);
    assert_eq!(reset(&app, &token).await?, 400);
    assert!(press(&app, &void, &ann.cookie).await?.headers()["location"].to_str()?.contains("INVALID_TOKEN"));

    let token = forgot(&app, &ann.email).await?;
    ann.auth("POST", "/change-email").json(&change).send().await?;
    press(&app, &mail(&app, "change-email-verify").await?, &ann.cookie).await?;
    assert_eq!(reset(&app, &token).await?, 400, "it went to the old address");
    assert!(is_signed_in(&ann).await?);
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn google_drops_a_password_that_somebody_else_may_have_chosen() -> Result<()> {
    let google = GoogleServer::start().await?;
    let variables: Vec<_> = google.variables().into_iter().chain([OUTBOX]).collect();
    let app = TestApp::with(&variables).await?;
    let mut kept = Vec::new();
    for (name, in_browser) in [("Mallory", false), ("Ann", true)] {
        let user = app.sign_up(name).await?;
        let client = OAuthClient::register(&app).await?;
        let tokens = client.connect(&user, ALL_SCOPES).await?;
        user.auth("POST", "/send-verification-email").json(&json!({"email": user.email})).send().await?;
        let cookie = if in_browser { user.cookie.as_str() } else { "" };
        press(&app, &mail(&app, "verify-email").await?, cookie).await?;
        let identity = |sub: &str| json!({"sub": sub, "email": user.email, "email_verified": true, "name": "G"});
        let mut victim = TestBrowser::new(&app);
        assert_eq!(victim.sign_in(&identity(name)).await?, "/after");
        assert_eq!(victim.user().await?["email"], user.email);
        let mut stranger = TestBrowser::new(&app);
        assert_eq!(stranger.sign_in(&identity("next")).await?, "/failed?error=account_not_linked");
        let refreshed = client.refresh(&tokens["refresh_token"], &[]).await?.0.as_u16();
        kept.push((is_signed_in(&user).await?, sign_in(&app, &user.email, PASSWORD).await?, refreshed));
    }
    assert_eq!(kept, [(false, 401, 400), (true, 200, 200)]);
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn of_two_sign_ups_that_wait_for_a_proof_the_last_one_counts() -> Result<()> {
    let app = TestApp::with(&[OUTBOX, ("require_email_verification", "true")]).await?;
    let sign_up = |password: &str| {
        let body = json!({"name": "Ann", "email": "ann@example.com", "password": password});
        app.post("/api/auth/sign-up/email", &body).send()
    };
    sign_up("the attacker's password").await?;
    let first = mail(&app, "verify-email").await?;
    sign_up(PASSWORD).await?;
    let second = mail(&app, "verify-email").await?;
    assert_ne!(first["url"], second["url"]);
    assert!(press(&app, &first, "").await?.headers()["location"].to_str()?.contains("INVALID_TOKEN"));
    assert_eq!(sign_in(&app, "ann@example.com", PASSWORD).await?, 403);
    let proved = press(&app, &second, "").await?;
    assert!(!proved.headers()["location"].to_str()?.contains("error="), "{:?}", proved.headers());
    assert_eq!(sign_in(&app, "ann@example.com", PASSWORD).await?, 200);
    assert_eq!(sign_in(&app, "ann@example.com", "the attacker's password").await?, 401);
    sign_up("a late password").await?;
    assert_eq!(sign_in(&app, "ann@example.com", PASSWORD).await?, 200, "of a proved user nothing changes");
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_link_never_changes_whose_browser_it_is() -> Result<()> {
    let app = TestApp::with(&[OUTBOX, ("require_email_verification", "true")]).await?;
    let mut bob = TestBrowser::new(&app);
    for name in ["bob", "eve"] {
        let body = json!({"name": name, "email": format!("{name}@example.com"), "password": PASSWORD});
        app.post("/api/auth/sign-up/email", &body).send().await?;
        let request = button(&app, &mail(&app, "verify-email").await?)?;
        assert_eq!(bob.send(request).await?.status(), 303);
        assert_eq!(bob.user().await?["email"], "bob@example.com", "after the link of {name}");
    }
    assert_eq!(sign_in(&app, "eve@example.com", PASSWORD).await?, 200, "the address is proved");
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_script_of_a_page_of_ours_proves_an_address_by_a_get() -> Result<()> {
    let app = TestApp::with(&[OUTBOX]).await?;
    let ann = app.sign_up("Ann").await?;
    for (name, value, status) in [
        ("sec-fetch-mode", "cors", 200),
        ("origin", "https://evil.example", 200),
        ("sec-fetch-site", "same-origin", 302),
        ("origin", app.base.as_str(), 302),
    ] {
        let body = json!({"email": ann.email});
        app.post("/api/auth/send-verification-email", &body).send().await?;
        let url = mail(&app, "verify-email").await?["url"].as_str().unwrap().to_owned();
        let followed = app.get(url.strip_prefix(&app.base).unwrap()).header(name, value).send().await?;
        assert_eq!(followed.status(), status, "{name}: {value}");
    }
    Ok(())
}
