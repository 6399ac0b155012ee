//! Sign-in with an id token that a client got from Google by itself: only what Google signed for this app, just now.

use anyhow::Result;
use serde_json::{Value, json};
use tests::{GoogleServer, TestApp, TestBrowser};

async fn app() -> Result<(TestApp, GoogleServer)> {
    let google = GoogleServer::start().await?;
    let app = TestApp::with(&google.variables()).await?;
    Ok((app, google))
}

fn claims(more: Value) -> Value {
    let mut claims =
        json!({"sub": "g1", "email": "gina@example.com", "email_verified": true, "name": "Gina", "nonce": "n1"});
    claims.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
    claims
}

fn now() -> u64 {
    std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).unwrap().as_secs()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_signed_token_begins_a_session_and_the_certificates_are_kept() -> Result<()> {
    let (app, google) = app().await?;
    for _ in 0..3 {
        let mut browser = TestBrowser::new(&app);
        let id_token =
            json!({"token": google.id_token(&claims(json!({}))).await?, "nonce": "n1", "accessToken": "ya29.x"});
        let (status, response) =
            browser.ask("/sign-in/social", json!({"provider": "google", "idToken": id_token})).await?;
        assert_eq!((status, &response["redirect"]), (200, &json!(false)), "{response}");
        assert_eq!((&response["user"]["email"], response.get("url")), (&json!("gina@example.com"), None));
        assert_eq!(browser.user().await?["id"], response["user"]["id"]);
    }
    assert_eq!(google.log().await?["certs"], 1, "read once");
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn whatever_google_did_not_sign_for_this_app_is_refused() -> Result<()> {
    let (app, google) = app().await?;
    let good = google.id_token(&claims(json!({}))).await?;
    let mut refused =
        vec![good[..good.len() - 8].to_owned(), format!("{}.", good.rsplit_once('.').unwrap().0), "x.y.z".to_owned()];
    for wrong in [
        json!({"_alg": "none"}),
        json!({"_alg": "HS256"}),
        json!({"_key": "foreign"}),
        json!({"_kid": "unknown"}),
        json!({"aud": "another-app"}),
        json!({"iss": "https://evil.example"}),
        json!({"exp": now() - 60}),
        json!({"iat": now() + 60}),
        json!({"iat": now() - 3700}),
        json!({"nbf": now() + 60}),
        json!({"nonce": "n2"}),
    ] {
        refused.push(google.id_token(&claims(wrong)).await?);
    }
    for token in refused {
        let mut browser = TestBrowser::new(&app);
        let body = json!({"provider": "google", "idToken": {"token": token, "nonce": "n1"}});
        let (status, response) = browser.ask("/sign-in/social", body).await?;
        assert_eq!((status, response), (401, json!({"message": "Invalid token", "code": "INVALID_TOKEN"})), "{token}");
        assert!(browser.cookies.is_empty());
    }
    assert!(google.log().await?["certs"].as_u64().unwrap() <= 2, "an unknown key does not hammer the certificates");
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn an_id_token_adds_an_account_under_the_same_rules() -> Result<()> {
    let (app, google) = app().await?;
    let ann = app.sign_up("Ann").await?;
    let mut browser = TestBrowser::new(&app);
    let sign_in = json!({"email": ann.email, "password": tests::PASSWORD});
    assert_eq!(browser.ask("/sign-in/email", sign_in).await?.0, 200);
    let mut link = async |claims: Value| -> Result<(u16, Value)> {
        let body = json!({"provider": "google", "idToken": {"token": google.id_token(&claims).await?}});
        browser.ask("/link-social", body).await
    };
    let (status, response) = link(claims(json!({}))).await?;
    assert_eq!((status, &response["code"]), (401, &json!("LINKING_DIFFERENT_EMAILS_NOT_ALLOWED")));
    let (status, response) = link(claims(json!({"email": ann.email, "email_verified": false}))).await?;
    assert_eq!((status, &response["code"]), (401, &json!("LINKING_NOT_ALLOWED")));
    let own = claims(json!({"email": ann.email}));
    assert_eq!(link(own.clone()).await?, (200, json!({"url": "", "status": true, "redirect": false})));
    assert_eq!(link(own.clone()).await?.0, 200, "again");

    let bob = app.sign_up("Bob").await?;
    let mut other = TestBrowser::new(&app);
    assert_eq!(other.ask("/sign-in/email", json!({"email": bob.email, "password": tests::PASSWORD})).await?.0, 200);
    let mut taken = own;
    taken["email"] = bob.email.clone().into();
    let body = json!({"provider": "google", "idToken": {"token": google.id_token(&taken).await?}});
    let (status, response) = other.ask("/link-social", body).await?;
    assert_eq!((status, &response["code"]), (409, &json!("SOCIAL_ACCOUNT_ALREADY_LINKED")));
    let mut unlinked = TestBrowser::new(&app);
    let stranger = claims(json!({"sub": "g9", "email": bob.email}));
    let body = json!({"provider": "google", "idToken": {"token": google.id_token(&stranger).await?}});
    let (status, response) = unlinked.ask("/sign-in/social", body).await?;
    assert_eq!((status, response), (401, json!({"message": "account not linked", "code": "OAUTH_LINK_ERROR"})));
    Ok(())
}
