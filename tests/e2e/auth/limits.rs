//! How often one client may ask, and who one client is.

use anyhow::Result;
use futures::future::join_all;
use serde_json::{Value, json};
use tests::{PASSWORD, TestApp};

const SIGN_IN: &str = "/api/auth/sign-in/email";

fn nobody() -> Value {
    json!({"email": "nobody@example.com", "password": PASSWORD})
}

async fn sign_in(app: &TestApp, forwarded_for: &str) -> Result<u16> {
    Ok(app.post(SIGN_IN, &nobody()).header("x-forwarded-for", forwarded_for).send().await?.status().as_u16())
}

#[tokio::test(flavor = "multi_thread")]
async fn the_fourth_sign_in_is_too_many_whatever_the_client_writes() -> Result<()> {
    let app = TestApp::with(&[("rate_limit", "on")]).await?;
    for n in 1..=3 {
        assert_eq!(sign_in(&app, &format!("203.0.113.{n}")).await?, 401);
    }
    let fourth = app
        .post(SIGN_IN, &nobody())
        .header("x-forwarded-for", "203.0.113.4")
        .header("spin-client-addr", "203.0.113.4:1")
        .send()
        .await?;
    assert_eq!(fourth.status(), 429, "without a proxy the header means nothing");
    let seconds: u32 = fourth.headers()["x-retry-after"].to_str()?.parse()?;
    assert!((1..=10).contains(&seconds));
    assert_eq!(fourth.json::<Value>().await?, json!({"message": "Too many requests. Please try again later."}));
    assert_eq!(app.get("/api/auth/ok").send().await?.status(), 200, "each address has its own count");
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_stranger_registers_five_clients_a_minute() -> Result<()> {
    let app = TestApp::with(&[("rate_limit", "on")]).await?;
    let client = json!({"redirect_uris": ["https://client.example/cb"]});
    for expected in [201, 201, 201, 201, 201, 429] {
        assert_eq!(app.post("/api/auth/oauth2/register", &client).send().await?.status(), expected);
    }
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn behind_a_proxy_its_word_counts_and_what_was_there_before_does_not() -> Result<()> {
    let app = TestApp::with(&[("rate_limit", "on"), ("client_address_hops", "1")]).await?;
    for n in 1..=3 {
        assert_eq!(sign_in(&app, &format!("10.9.8.{n}, 203.0.113.7")).await?, 401);
    }
    assert_eq!(sign_in(&app, "10.9.8.4, 203.0.113.7").await?, 429, "a forged first entry is no other client");
    assert_eq!(sign_in(&app, "203.0.113.8").await?, 401, "another client is");
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn the_port_of_a_forwarded_address_is_no_other_client() -> Result<()> {
    let app = TestApp::with(&[("rate_limit", "on"), ("client_address_hops", "1")]).await?;
    for client in ["203.0.113.1:5123", "203.0.113.2:5123", "[2001:db8::1]:5123", "[2001:db8:1::1]", "203.0.113.5"] {
        assert_eq!(sign_in(&app, client).await?, 401, "{client}");
    }
    for (port, status) in [(1, 401), (2, 401), (3, 401), (4, 429), (5, 429)] {
        assert_eq!(sign_in(&app, &format!("203.0.113.9:{port}")).await?, status, "{port}");
    }
    assert!(!app.log().contains("client_address"), "each address was read");
    sign_in(&app, "somebody").await?;
    assert!(app.log().contains("client_address"), "an address that cannot be read is logged");
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn requests_at_the_same_moment_are_all_counted() -> Result<()> {
    let app = TestApp::with(&[("rate_limit", "on")]).await?;
    let attempts = join_all((0..12).map(|_| app.post(SIGN_IN, &nobody()).send())).await;
    let refused =
        attempts.into_iter().filter(|response| response.as_ref().is_ok_and(|response| response.status() == 429));
    assert_eq!(refused.count(), 9);
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn guessing_paths_and_tokens_shares_one_count() -> Result<()> {
    let app = TestApp::with(&[("rate_limit", "on")]).await?;
    for of in ["nope", "reset-password"] {
        let guesses = (0..101).map(|n| app.get(&format!("/api/auth/{of}/{n}?callbackURL=/")).send());
        let mut refused = 0;
        for guess in join_all(guesses).await {
            refused += usize::from(guess?.status() == 429);
        }
        assert_eq!(refused, 1, "{of}");
    }
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn for_the_public_the_limit_is_on_unless_it_is_switched_off() -> Result<()> {
    for (variables, limited) in [
        (&[("better_auth_url", "https://todo.example")][..], true),
        (&[("better_auth_url", "https://todo.example"), ("rate_limit", "off")], false),
        (&[], false),
    ] {
        let app = TestApp::with(variables).await?;
        let mut last = 0;
        for _ in 0..4 {
            last = app.post(SIGN_IN, &json!({})).send().await?.status().as_u16();
        }
        assert_eq!(last == 429, limited, "{variables:?}");
    }
    Ok(())
}
