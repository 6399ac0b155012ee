//! Sign-in with GoogleServer, against a stand-in: who gets a session, and who does not.

use anyhow::Result;
use serde_json::{Value, json};
use tests::{GoogleServer, PASSWORD, TestApp, TestBrowser};

async fn app() -> Result<(TestApp, GoogleServer)> {
    let google = GoogleServer::start().await?;
    let app = TestApp::with(&google.variables()).await?;
    Ok((app, google))
}

fn gina() -> Value {
    json!({"sub": "g1", "email": "Gina@Example.com", "email_verified": true, "name": "Gina Lollo", "picture": "https://img.example/g.png"})
}

/// Marks the address of a user as verified, as the link in a mail would.
async fn verify(app: &TestApp, email: &str) -> Result<()> {
    let client = tests::connect(&app.database_url).await?;
    client.execute(r#"update "user" set "emailVerified" = true where "email" = $1"#, &[&email]).await?;
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn without_google_there_is_no_such_provider() -> Result<()> {
    let app = TestApp::start().await?;
    let features: Value = app.get("/api/auth/features").send().await?.json().await?;
    assert_eq!(features["google"], false);
    let mut browser = TestBrowser::new(&app);
    for provider in ["google", "github", ""] {
        let (status, response) = browser.ask("/sign-in/social", json!({"provider": provider})).await?;
        assert_eq!((status, &response["code"]), (404, &json!("PROVIDER_NOT_FOUND")), "{provider}");
    }
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_new_user_comes_back_with_a_session() -> Result<()> {
    let (app, google) = app().await?;
    let features: Value = app.get("/api/auth/features").send().await?.json().await?;
    assert_eq!(features["google"], true);
    let mut browser = TestBrowser::new(&app);
    let response = browser.post("/sign-in/social", json!({"provider": "google", "callbackURL": "/after"})).await?;
    let location = response.headers()["location"].to_str()?.to_owned();
    let cookie = response.headers()["set-cookie"].to_str()?.to_owned();
    assert!(cookie.starts_with("better-auth.state=") && cookie.contains("; Max-Age=300; "), "{cookie}");
    let body: Value = response.json().await?;
    assert_eq!(body, json!({"url": location, "redirect": true}));
    let redirect_uri = format!("{}/api/auth/callback/google", app.base).replace(':', "%3A").replace('/', "%2F");
    assert!(location.starts_with(&format!("{}/o/oauth2/v2/auth?response_type=code&client_id=fake-", google.origin)));
    assert!(location.contains(&format!(
        "&scope=email+profile+openid&redirect_uri={redirect_uri}&code_challenge_method=S256&code_challenge="
    )));

    assert_eq!(browser.sign_in(&gina()).await?, "/welcome");
    let user = browser.user().await?;
    assert_eq!((&user["email"], &user["emailVerified"]), (&json!("gina@example.com"), &json!(true)));
    assert_eq!((&user["name"], &user["image"]), (&json!("Gina Lollo"), &json!("https://img.example/g.png")));
    assert!(!browser.cookies.contains_key("better-auth.state"), "the state is used up");
    let accounts: Value = browser.get("/list-accounts").await?.json().await?;
    assert_eq!(accounts[0]["scopes"], json!(["openid", "email", "profile"]));
    assert_eq!((&accounts[0]["providerId"], &accounts[0]["accountId"]), (&json!("google"), &json!("g1")));
    assert!(accounts[0].get("accessToken").is_none() && accounts[0].get("idToken").is_none());

    let form = &google.log().await?["token"][0];
    assert_eq!(
        (&form["grant_type"], &form["client_secret"]),
        (&json!("authorization_code"), &json!("fake-google-client-secret"))
    );
    assert_eq!(form["code_verifier"].as_str().unwrap().len(), 128);
    assert!(!app.log().contains("fake-google-client-secret") && !app.log().contains("gina"), "{}", app.log());
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn google_itself_checks_the_code_verifier_and_the_known_user_returns() -> Result<()> {
    let (app, google) = app().await?;
    let mut browser = TestBrowser::new(&app);
    let hint = GoogleServer::code(&gina());
    let body = json!({"provider": "google", "callbackURL": "/after", "loginHint": hint});
    let (_, begun) = browser.ask("/sign-in/social", body).await?;
    let page = reqwest::Client::builder().redirect(reqwest::redirect::Policy::none()).build()?;
    let back = page.get(begun["url"].as_str().unwrap()).send().await?;
    let back = back.headers()["location"].to_str()?.strip_prefix(&app.base).unwrap().to_owned();
    let response = browser.send(app.get(&back)).await?;
    assert_eq!((response.status().as_u16(), response.headers()["location"].to_str()?), (302, "/after"));
    let first = browser.user().await?;

    let mut elsewhere = TestBrowser::new(&app);
    let changed = json!({"sub": "g1", "email": "other@example.com", "email_verified": true, "name": "Other"});
    assert_eq!(elsewhere.sign_in(&changed).await?, "/after");
    assert_eq!(elsewhere.user().await?, first, "name and address stay");
    let log = google.log().await?;
    assert_eq!(log["certs"], 0, "what comes from the token endpoint needs no certificates");
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn an_account_is_added_only_where_both_sides_know_the_address() -> Result<()> {
    let (app, _google) = app().await?;
    let ann = app.sign_up("Ann").await?;
    let by_google = |verified: bool| json!({"sub": "a1", "email": ann.email, "email_verified": verified, "name": "A"});
    let mut browser = TestBrowser::new(&app);
    assert_eq!(
        browser.sign_in(&by_google(true)).await?,
        "/failed?error=account_not_linked",
        "the local one is not verified"
    );
    assert!(browser.user().await?.is_null());
    verify(&app, &ann.email).await?;
    assert_eq!(browser.sign_in(&by_google(false)).await?, "/failed?error=account_not_linked");
    assert_eq!(browser.sign_in(&by_google(true)).await?, "/after");
    assert_eq!(browser.user().await?["id"], ann.id);
    let accounts: Value = browser.get("/list-accounts").await?.json().await?;
    assert_eq!(accounts.as_array().unwrap().len(), 1, "nobody knows who chose the password");
    let by_password = json!({"email": ann.email, "password": PASSWORD});
    assert_eq!(TestBrowser::new(&app).ask("/sign-in/email", by_password).await?.0, 401);
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_state_is_good_once_in_one_browser() -> Result<()> {
    let (app, _google) = app().await?;
    let (mut mine, mut theirs) = (TestBrowser::new(&app), TestBrowser::new(&app));
    let error = |error: &str| format!("{}/api/auth/error?error={error}", app.base);
    let state = mine.begin("/sign-in/social").await?;
    let other = theirs.begin("/sign-in/social").await?;

    assert_eq!(mine.come_back("nosuchstate", &gina()).await?, error("state_mismatch"));
    assert_eq!(mine.come_back("", &gina()).await?, error("state_not_found"));
    assert_eq!(TestBrowser::new(&app).come_back(&state, &gina()).await?, "/failed?error=state_mismatch", "no cookie");
    assert_eq!(theirs.come_back(&state, &gina()).await?, "/failed?error=state_mismatch", "the cookie of another flow");
    assert_eq!(mine.come_back(&other, &gina()).await?, "/failed?error=state_mismatch", "an attacker's flow");
    let mut tampered = TestBrowser::new(&app);
    for value in
        [state.clone(), format!("{state}.{}%3D", "A".repeat(43)), mine.cookies["better-auth.state"].replace('.', "x.")]
    {
        tampered.cookies.insert("better-auth.state".to_owned(), value);
        assert_eq!(tampered.come_back(&state, &gina()).await?, "/failed?error=state_mismatch");
    }

    let kept = mine.cookies.clone();
    assert_eq!(mine.come_back(&state, &gina()).await?, "/welcome", "the right browser can still finish");
    mine.cookies = kept;
    assert_eq!(mine.come_back(&state, &gina()).await?, error("state_mismatch"), "a replay");
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn every_failure_is_a_redirect_that_says_which() -> Result<()> {
    let (app, _google) = app().await?;
    let mut browser = TestBrowser::new(&app);
    let mut outcome = async |query: &str, path: &str| -> Result<String> {
        let state = browser.begin("/sign-in/social").await?;
        let response = browser.get(&format!("{path}?state={state}{query}")).await?;
        assert_eq!(response.status(), 302);
        assert!(browser.user().await?.is_null(), "{query}");
        Ok(response.headers()["location"].to_str()?.to_owned())
    };
    let google = "/callback/google";
    let of = |claims: Value| format!("&code={}", GoogleServer::code(&claims));
    assert_eq!(outcome("", google).await?, "/failed?error=no_code");
    assert_eq!(outcome("&code=garbage", google).await?, "/failed?error=invalid_code");
    assert_eq!(outcome(&of(json!({"sub": "1", "_status": 302})), google).await?, "/failed?error=invalid_code");
    assert_eq!(
        outcome("&error=access_denied&error_description=User%20said%20no", google).await?,
        "/failed?error=access_denied&error_description=User+said+no"
    );
    assert_eq!(outcome("&error=a%0d%0aset-cookie:x=y", google).await?, "/failed?error=a%0D%0Aset-cookie%3Ax%3Dy");
    assert_eq!(outcome("&code=x", "/callback/nope").await?, "/failed?error=oauth_provider_not_found");
    assert_eq!(
        outcome(&of(json!({"sub": "1", "_no_id_token": true})), google).await?,
        "/failed?error=unable_to_get_user_info"
    );
    assert_eq!(outcome(&of(json!({"email": "a@b.co"})), google).await?, "/failed?error=unable_to_get_user_info");
    assert_eq!(outcome(&of(json!({"sub": "1"})), google).await?, "/failed?error=email_not_found");
    for wrong in [json!({"aud": "another-app"}), json!({"iss": "https://evil.example"}), json!({"exp": 1_600_000_000})]
    {
        let mut claims = gina();
        claims.as_object_mut().unwrap().extend(wrong.as_object().unwrap().clone());
        assert_eq!(outcome(&of(claims), google).await?, "/failed?error=unable_to_get_user_info", "{wrong}");
    }
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_posted_callback_goes_on_as_a_get() -> Result<()> {
    let app = TestApp::start().await?;
    let form = |request: reqwest::RequestBuilder| {
        request
            .header("content-type", "application/x-www-form-urlencoded")
            .body("state=s%26t&code=abc&x=y")
            .header("origin", "https://accounts.google.com")
    };
    let response = form(app.request("POST", "/api/auth/callback/google")).send().await?;
    let expected = format!("{}/api/auth/callback/google?code=abc&state=s%26t", app.base);
    assert_eq!((response.status().as_u16(), response.headers()["location"].to_str()?), (302, expected.as_str()));
    let with_cookies = form(app.request("POST", "/api/auth/callback/google")).header("cookie", "a=b").send().await?;
    assert_eq!(with_cookies.status(), 403);
    let repeated = app.get("/api/auth/callback/google?state=a&state=b").send().await?;
    assert_eq!(repeated.status(), 400);
    assert_eq!(
        repeated.json::<Value>().await?["message"],
        "[query.state] Invalid input: expected string, received array"
    );
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn two_callbacks_at_once_make_one_user_and_one_account() -> Result<()> {
    let (app, _google) = app().await?;
    let mut browsers: Vec<TestBrowser> = (0..8).map(|_| TestBrowser::new(&app)).collect();
    let person = gina();
    let finished = browsers.iter_mut().map(async |browser| {
        let target = browser.sign_in(&person).await?;
        anyhow::Ok((target, browser.user().await?["id"].clone()))
    });
    let finished = futures::future::try_join_all(finished).await?;
    assert_eq!(finished.iter().filter(|(target, _)| target == "/welcome").count(), 1, "{finished:?}");
    assert!(finished.iter().all(|(_, id)| id.is_string() && *id == finished[0].1), "{finished:?}");
    let accounts: Value = browsers[0].get("/list-accounts").await?.json().await?;
    assert_eq!(accounts.as_array().unwrap().len(), 1);
    Ok(())
}
