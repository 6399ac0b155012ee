//! The keys that sign access tokens: rotation, and what verifiers do meanwhile.

use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::time::Instant;

use anyhow::{Context, Result};
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde_json::{Value, json};
use tests::{TestApp, TestUser, connect};
use wiremock::matchers::path;
use wiremock::{Mock, MockServer, ResponseTemplate};

async fn published(app: &TestApp) -> Result<Vec<String>> {
    let set: Value = app.get("/api/auth/jwks").send().await?.json().await?;
    set["keys"]
        .as_array()
        .context("keys")?
        .iter()
        .map(|key| Ok(key["kid"].as_str().context("kid")?.to_owned()))
        .collect()
}

fn kid(token: &str) -> Result<String> {
    let header: Value = serde_json::from_slice(&URL_SAFE_NO_PAD.decode(token.split('.').next().unwrap())?)?;
    Ok(header["kid"].as_str().context("kid")?.to_owned())
}

async fn new_token(app: &TestApp, user: &TestUser<'_>) -> Result<String> {
    let response: Value = app.get("/api/auth/token").header("cookie", &user.cookie).send().await?.json().await?;
    Ok(response["token"].as_str().context("token")?.to_owned())
}

/// Another replica, which has read no key yet.
async fn replica(app: &TestApp) -> Result<TestApp> {
    TestApp::on(&app.database_url, &[("better_auth_url", &app.base)]).await
}

/// The same, as `make rotate-keys` starts one.
async fn rotate(app: &TestApp) -> Result<Vec<String>> {
    let operator = TestApp::on(&app.database_url, &[("rotate_keys", "true")]).await?;
    published(&operator).await
}

#[tokio::test(flavor = "multi_thread")]
async fn no_valid_token_is_refused_while_keys_rotate_under_load() -> Result<()> {
    let app = TestApp::start().await?;
    let database = connect(&app.database_url).await?;
    let ann = app.sign_up("Ann").await?;
    let old = kid(&ann.token)?;
    assert_eq!(rotate(&app).await?, std::slice::from_ref(&old), "it was made less than a minute ago");
    database
        .execute(r#"update "jwks" set "id" = 'first', "createdAt" = "createdAt" - interval '2 minutes'"#, &[])
        .await?;
    let both = rotate(&app).await?;
    let old = "first".to_owned(); // two keys of one minute would have one id
    assert_eq!((both.len(), &both[0]), (2, &old));
    let app = replica(&app).await?;
    let before = new_token(&app, &ann).await?;
    assert_eq!(kid(&before)?, old, "the new key is published before it signs");

    let (stop, accepted) = (AtomicBool::new(false), [AtomicUsize::new(0), AtomicUsize::new(0)]);
    let load = async |number: usize| -> Result<()> {
        while !stop.load(Ordering::Relaxed) {
            let token = new_token(&app, &ann).await?;
            let tasks = format!("/api/{}/tasks", ann.id);
            let ping = json!({"jsonrpc": "2.0", "id": 1, "method": "ping"});
            let request = if number.is_multiple_of(2) { app.get(&tasks) } else { app.post("/mcp", &ping) };
            let response = request.bearer_auth(&token).send().await?;
            assert_eq!(response.status(), 200, "a token of key {}", kid(&token)?);
            accepted[usize::from(kid(&token)? != old)].fetch_add(1, Ordering::Relaxed);
        }
        Ok(())
    };
    let until = async |key: usize, count: usize| {
        while accepted[key].load(Ordering::Relaxed) < count {
            tokio::task::yield_now().await;
        }
    };
    let switch = async || -> Result<()> {
        until(0, 12).await;
        database.execute(r#"update "jwks" set "createdAt" = "createdAt" - interval '11 minutes'"#, &[]).await?;
        until(1, 12).await;
        // A key signs for five seconds after it was read, and is published for long after that.
        database.execute(r#"update "jwks" set "expiresAt" = now() where "expiresAt" is not null"#, &[]).await?;
        until(1, accepted[1].load(Ordering::Relaxed) + 12).await;
        stop.store(true, Ordering::Relaxed);
        Ok(())
    };
    tokio::try_join!(switch(), futures::future::try_join_all((0..4).map(load)))?;
    let late = app.get(&format!("/api/{}/tasks", ann.id)).bearer_auth(&before).send().await?;
    assert_eq!(late.status(), 200, "a token of the old key is good until it expires");
    assert_eq!(kid(&new_token(&replica(&app).await?, &ann).await?)?, both[1]);
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn an_old_key_is_replaced_once_however_many_replicas_notice() -> Result<()> {
    let app = TestApp::start().await?;
    let database = connect(&app.database_url).await?;
    let ann = app.sign_up("Ann").await?;
    database.execute(r#"update "jwks" set "id" = 'first', "createdAt" = now() - interval '91 days'"#, &[]).await?;
    let replicas = [replica(&app).await?, replica(&app).await?];
    let asked = (0..16).map(async |number| {
        let at = &replicas[number % 2];
        anyhow::Ok(at.get("/api/auth/get-session").header("cookie", &ann.cookie).send().await?.status().as_u16())
    });
    let statuses = futures::future::try_join_all(asked).await?;
    assert!(statuses.iter().all(|status| *status == 200), "{statuses:?}");
    assert_eq!(published(&app).await?.len(), 2);
    assert_eq!(kid(&new_token(&replicas[0], &ann).await?)?, "first", "the new key does not sign yet");

    let never = TestApp::on(&app.database_url, &[("better_auth_url", &app.base), ("jwks_rotation_days", "0")]).await?;
    database.execute(r#"update "jwks" set "createdAt" = now() - interval '91 days', "expiresAt" = null"#, &[]).await?;
    never.get("/api/auth/get-session").header("cookie", &ann.cookie).send().await?;
    assert_eq!(published(&never).await?.len(), 2);
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn the_key_set_may_be_kept_for_less_than_a_keys_notice() -> Result<()> {
    let app = TestApp::start().await?;
    let response = app.get("/api/auth/jwks").send().await?;
    assert_eq!(response.headers()["cache-control"], "public, max-age=300");
    Ok(())
}

/// The key set of an app, served and counted elsewhere.
async fn counted_keys(issuer: &TestApp) -> Result<MockServer> {
    let server = MockServer::start().await;
    let keys: Value = issuer.get("/api/auth/jwks").send().await?.json().await?;
    Mock::given(path("/api/auth/jwks"))
        .respond_with(ResponseTemplate::new(200).set_body_json(keys))
        .mount(&server)
        .await;
    Ok(server)
}

#[tokio::test(flavor = "multi_thread")]
async fn unknown_key_ids_do_not_hammer_the_key_set() -> Result<()> {
    let issuer = TestApp::start().await?;
    let ann = issuer.sign_up("Ann").await?;
    let server = counted_keys(&issuer).await?;
    let asked = async || server.received_requests().await.unwrap().len();
    let url = server.uri();
    let app = TestApp::on(&issuer.database_url, &[("better_auth_url", &issuer.base), ("key_set_origin", &url)]).await?;
    let tasks = format!("/api/{}/tasks", ann.id);
    let claims = ann.token.split('.').nth(1).unwrap();
    let forged = |number: usize| {
        let header = URL_SAFE_NO_PAD.encode(json!({"alg": "EdDSA", "kid": format!("unknown{number}")}).to_string());
        format!("{header}.{claims}.{}", "A".repeat(86))
    };
    let attack = (0..60).map(async |number| {
        let good = number % 6 == 0;
        let token = if good { ann.token.clone() } else { forged(number) };
        let status = app.get(&tasks).bearer_auth(token).send().await?.status();
        anyhow::Ok((good, status.as_u16()))
    });
    for (good, status) in futures::future::try_join_all(attack).await? {
        assert_eq!(status, if good { 200 } else { 401 });
    }
    let at_once = asked().await;
    assert!(at_once < 20, "60 requests at once to an app that knows no key: {at_once} for the key set");

    let begun = Instant::now();
    for number in 0..40 {
        assert_eq!(app.get(&tasks).bearer_auth(forged(number)).send().await?.status(), 401);
    }
    let (later, windows) = (asked().await - at_once, begun.elapsed().as_secs() / 5 + 1);
    assert!(later as u64 <= windows, "{later} requests for the key set in {windows} times five seconds");
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn what_an_older_secret_signed_and_sealed_stays_good() -> Result<()> {
    let (old, fresh) = ("the first secret of forty characters or so", "the second secret of forty characters or so");
    let app = TestApp::with(&[("better_auth_secret", old)]).await?;
    let ann = app.sign_up("Ann").await?;
    let versions = format!("2:{fresh},1:{old}");
    let on = async |variables: &[(&str, &str)]| {
        let own = [&[("better_auth_url", app.base.as_str())], variables].concat();
        TestApp::on(&app.database_url, &own).await
    };
    let user = async |at: &TestApp, cookie: &str| -> Result<Value> {
        let session: Value = at.get("/api/auth/get-session").header("cookie", cookie).send().await?.json().await?;
        Ok(session["user"]["id"].clone())
    };
    let rotated = on(&[("better_auth_secrets", &versions), ("better_auth_secret", fresh)]).await?;
    assert_eq!(user(&rotated, &ann.cookie).await?, ann.id, "the cookie, and the key of the token");
    let bob = rotated.sign_up("Bob").await?;
    assert!(user(&app, &bob.cookie).await?.is_null(), "the new secret signs");
    let done = on(&[("better_auth_secret", fresh)]).await?;
    assert!(user(&done, &ann.cookie).await?.is_null(), "the old secret is gone");
    for bad in ["no list", "1:short"] {
        let broken = on(&[("better_auth_secrets", bad)]).await?;
        assert_eq!(broken.get("/api/auth/ok").send().await?.status(), 500);
        assert!(broken.log().contains("better_auth_secrets") && !broken.log().contains(bad), "{}", broken.log());
    }
    Ok(())
}
