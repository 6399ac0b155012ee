//! The Google accounts of a signed-in user: adding, listing, removing, and the tokens kept with them.

use anyhow::Result;
use serde_json::{Value, json};
use tests::{GoogleServer, PASSWORD, TestApp, TestBrowser};

async fn app() -> Result<(TestApp, GoogleServer)> {
    let google = GoogleServer::start().await?;
    let app = TestApp::with(&google.variables()).await?;
    Ok((app, google))
}

/// A browser in which somebody new signed in with a password.
async fn signed_up<'a>(app: &'a TestApp, email: &str) -> Result<TestBrowser<'a>> {
    let mut browser = TestBrowser::new(app);
    let account = json!({"name": "Ann", "email": email, "password": PASSWORD});
    assert_eq!(browser.ask("/sign-up/email", account).await?.0, 200);
    Ok(browser)
}

fn person(subject: &str, email: &str) -> Value {
    json!({"sub": subject, "email": email, "email_verified": true, "name": "Ann", "_expires_in": 3599})
}

async fn list(browser: &mut TestBrowser<'_>) -> Result<Vec<Value>> {
    Ok(browser.get("/list-accounts").await?.json().await?)
}

#[tokio::test(flavor = "multi_thread")]
async fn an_account_is_added_and_removed_but_never_the_last() -> Result<()> {
    let (app, _google) = app().await?;
    let mut ann = signed_up(&app, "ann@example.com").await?;
    let state = ann.begin("/link-social").await?;
    assert_eq!(ann.come_back(&state, &person("a1", "ANN@example.com")).await?, "/after");
    let accounts = list(&mut ann).await?;
    assert_eq!(
        accounts.iter().map(|account| account["providerId"].as_str().unwrap()).collect::<Vec<_>>(),
        ["credential", "google"]
    );
    let mut elsewhere = TestBrowser::new(&app);
    assert_eq!(elsewhere.sign_in(&person("a1", "ann@example.com")).await?, "/after", "the account signs in");

    let again = ann.begin("/link-social").await?;
    assert_eq!(ann.come_back(&again, &person("a1", "ann@example.com")).await?, "/after", "adding it twice renews it");
    assert_eq!(list(&mut ann).await?.len(), 2);

    let unlink = |account: &Value| json!({"accountId": account["id"]});
    assert_eq!(ann.ask("/unlink-account", json!({"accountId": "nope"})).await?.1["code"], "ACCOUNT_NOT_FOUND");
    assert_eq!(ann.ask("/unlink-account", unlink(&accounts[1])).await?, (200, json!({"status": true})));
    let (status, refused) = ann.ask("/unlink-account", unlink(&accounts[0])).await?;
    assert_eq!((status, &refused["code"]), (400, &json!("FAILED_TO_UNLINK_LAST_ACCOUNT")));
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn two_removals_at_once_leave_one_account() -> Result<()> {
    let (app, _google) = app().await?;
    let mut ann = signed_up(&app, "ann@example.com").await?;
    for _ in 0..5 {
        let state = ann.begin("/link-social").await?;
        assert_eq!(ann.come_back(&state, &person("a1", "ann@example.com")).await?, "/after");
        let accounts = list(&mut ann).await?;
        let removals = accounts.iter().map(async |account| {
            let mut other = TestBrowser::new(&app);
            other.cookies = ann.cookies.clone();
            other.ask("/unlink-account", json!({"accountId": account["id"]})).await
        });
        let outcomes = futures::future::try_join_all(removals).await?;
        assert_eq!(outcomes.iter().filter(|(status, _)| *status == 200).count(), 1, "{outcomes:?}");
        let left = list(&mut ann).await?;
        assert_eq!(left.len(), 1);
        if left[0]["providerId"] == "google" {
            break;
        }
    }
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn an_account_is_added_only_to_its_owner() -> Result<()> {
    let (app, _google) = app().await?;
    let (mut ann, mut bob) = (signed_up(&app, "ann@example.com").await?, signed_up(&app, "bob@example.com").await?);
    let link = async |browser: &mut TestBrowser<'_>, claims: Value| -> Result<String> {
        let state = browser.begin("/link-social").await?;
        browser.come_back(&state, &claims).await
    };
    assert_eq!(link(&mut ann, person("a1", "else@example.com")).await?, "/failed?error=email_does_not_match");
    let unverified = json!({"sub": "a1", "email": "ann@example.com", "email_verified": false});
    assert_eq!(link(&mut ann, unverified).await?, "/failed?error=unable_to_link_account");
    assert_eq!(link(&mut ann, person("a1", "ann@example.com")).await?, "/after");
    assert_eq!(
        link(&mut bob, person("a1", "bob@example.com")).await?,
        "/failed?error=account_already_linked_to_different_user"
    );

    let state = bob.begin("/link-social").await?;
    let kept = bob.cookies.clone();
    assert_eq!(bob.ask("/sign-out", json!({})).await?.0, 200);
    bob.cookies = kept;
    assert_eq!(
        bob.come_back(&state, &person("b1", "bob@example.com")).await?,
        "/failed?error=unable_to_link_account",
        "the session is gone"
    );
    let (status, refused) = TestBrowser::new(&app).ask("/link-social", json!({"provider": "google"})).await?;
    assert_eq!((status, &refused["code"]), (401, &json!("UNAUTHORIZED")));
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn the_kept_tokens_are_for_their_owner_alone() -> Result<()> {
    let (app, _google) = app().await?;
    let (mut ann, mut bob) = (signed_up(&app, "ann@example.com").await?, signed_up(&app, "bob@example.com").await?);
    let state = ann.begin("/link-social").await?;
    ann.come_back(&state, &person("a1", "ann@example.com")).await?;
    let accounts = list(&mut ann).await?;
    let selected = json!({"accountId": accounts[1]["id"]});
    let info = format!("/account-info?accountId={}", accounts[1]["id"].as_str().unwrap());

    let (status, token) = ann.ask("/get-access-token", selected.clone()).await?;
    assert_eq!((status, &token["scopes"]), (200, &json!(["openid", "email", "profile"])));
    assert!(token["accessToken"].as_str().unwrap().starts_with("ya29.") && token["idToken"].is_string(), "{token}");
    assert!(token["accessTokenExpiresAt"].as_str().unwrap().ends_with('Z'));
    let (status, refreshed) = ann.ask("/refresh-token", selected.clone()).await?;
    assert_eq!(
        (status, &refreshed["accountId"], &refreshed["refreshToken"]),
        (200, &accounts[1]["id"], &json!("1//a1"))
    );
    assert_ne!(refreshed["accessToken"], token["accessToken"]);
    assert_eq!(ann.ask("/get-access-token", selected.clone()).await?.1["accessToken"], refreshed["accessToken"]);
    let shown: Value = ann.get(&info).await?.json().await?;
    assert_eq!(shown["user"], json!({"name": "Ann", "email": "ann@example.com", "emailVerified": true}));
    assert_eq!((&shown["data"]["sub"], &shown["account"]["accountId"]), (&json!("a1"), &json!("a1")));

    for path in ["/get-access-token", "/refresh-token", "/unlink-account"] {
        assert_ne!(bob.ask(path, selected.clone()).await?.0, 200, "{path} of another user");
        assert_eq!(TestBrowser::new(&app).ask(path, selected.clone()).await?.0, 401, "{path}");
    }
    assert_eq!(bob.ask("/get-access-token", selected).await?.1["code"], "ACCOUNT_NOT_FOUND");
    assert_eq!(bob.get(&info).await?.status(), 400);
    let nobody = TestBrowser::new(&app).get(&info).await?;
    assert_eq!((nobody.status().as_u16(), nobody.text().await?), (401, String::new()));
    let (status, old) = ann.ask("/get-access-token", json!({"providerId": "google"})).await?;
    assert_eq!((status, old), (400, json!({"message": "[body] Invalid input", "code": "VALIDATION_ERROR"})));
    let password = json!({"accountId": accounts[0]["id"]});
    assert_eq!(ann.ask("/get-access-token", password).await?.1["code"], "PROVIDER_NOT_SUPPORTED");
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn an_expired_access_token_is_renewed_where_that_is_possible() -> Result<()> {
    let (app, google) = app().await?;
    let short = |subject: &str, more: Value| {
        let mut claims = json!({"sub": subject, "email": format!("{subject}@example.com"), "email_verified": true, "_expires_in": 1});
        claims.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        claims
    };
    let mut ann = TestBrowser::new(&app);
    ann.sign_in(&short("ann", json!({}))).await?;
    let selected = json!({"accountId": list(&mut ann).await?[0]["id"]});
    assert_eq!(ann.ask("/get-access-token", selected).await?.0, 200);
    assert_eq!(google.log().await?["token"][1]["grant_type"], "refresh_token");

    let mut bob = TestBrowser::new(&app);
    bob.sign_in(&short("bob", json!({"_no_refresh": true}))).await?;
    let selected = json!({"accountId": list(&mut bob).await?[0]["id"]});
    assert_eq!(bob.ask("/get-access-token", selected.clone()).await?.0, 200, "the old one is all there is");
    assert_eq!(bob.ask("/refresh-token", selected).await?.1["code"], "REFRESH_TOKEN_NOT_FOUND");
    Ok(())
}
