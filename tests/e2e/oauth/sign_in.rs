//! Ways to sign in that leave the page, Google and the link of a mail, on the way to an AI client: they end where the
//! client's request goes on, for whoever began it and for nobody else.

use std::time::{SystemTime, UNIX_EPOCH};

use anyhow::{Context, Result};
use better_auth::AuthSecret;
use serde_json::{Value, json};
use tests::{ALL_SCOPES, GoogleServer, OAuthClient, PASSWORD, SECRET, TestApp, TestBrowser, parameter};

use crate::auth::mail::{button, mail};

const MAILS: [(&str, &str); 2] = [("development_mail", "true"), ("require_email_verification", "true")];

fn gina() -> Value {
    json!({"sub": "g1", "email": "gina@example.com", "email_verified": true, "name": "Gina Lollo"})
}

/// The signed query of a page.
fn query(page: &str) -> &str {
    page.split_once('?').map_or("", |(_, query)| query)
}

/// Begins to sign in with Google for an app, and returns the state.
async fn begin(browser: &mut TestBrowser<'_>, page: &str) -> Result<String> {
    let body = json!({"provider": "google", "callbackURL": "/after", "newUserCallbackURL": "/welcome",
        "errorCallbackURL": "/failed", "oauth_query": query(page)});
    let (status, begun) = browser.ask("/sign-in/social", body).await?;
    assert_eq!(status, 200, "{begun}");
    parameter(begun["url"].as_str().context("url")?, "state").context("state")
}

/// Where the browser goes from the consent page.
async fn allow(browser: &mut TestBrowser<'_>, page: &str) -> Result<String> {
    assert!(page.starts_with("/consent?"), "{page}");
    let (status, response) =
        browser.ask("/oauth2/consent", json!({"accept": true, "oauth_query": query(page)})).await?;
    assert_eq!(status, 200, "{response}");
    Ok(response["url"].as_str().context("url")?.to_owned())
}

/// What the list holds that a client's code opens.
async fn tasks(client: &OAuthClient<'_>, back: &str) -> Result<Value> {
    assert_eq!(parameter(back, "state").as_deref(), Some("st 1"), "{back}");
    let (status, tokens) = client.exchange(&parameter(back, "code").context("code")?, &[]).await?;
    assert_eq!(status, 200, "{tokens}");
    let call =
        json!({"jsonrpc": "2.0", "id": 1, "method": "tools/call", "params": {"name": "list_tasks", "arguments": {}}});
    let response = client.app.post("/mcp", &call).bearer_auth(tokens["access_token"].as_str().context("token")?);
    Ok(response.send().await?.json::<Value>().await?["result"]["structuredContent"]["tasks"].clone())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_client_gets_its_code_from_a_user_of_google() -> Result<()> {
    let google = GoogleServer::start().await?;
    let app = TestApp::with(&google.variables()).await?;
    let client = OAuthClient::register(&app).await?;
    let mut browser = TestBrowser::new(&app);
    let state = begin(&mut browser, &client.authorize(None, &[]).await?).await?;
    let consent = browser.come_back(&state, &gina()).await?;
    assert_eq!(browser.user().await?["email"], "gina@example.com");
    let back = allow(&mut browser, &consent).await?;
    assert_eq!(tasks(&client, &back).await?, json!([]));

    // Another day, another browser, and asked to sign in again whatever session there is.
    let mut later = TestBrowser::new(&app);
    for prompt in ["", "login", "select_account", "create"] {
        let state = begin(&mut later, &client.authorize(None, &[("prompt", prompt)]).await?).await?;
        let back = later.come_back(&state, &gina()).await?;
        assert!(back.starts_with("http://127.0.0.1:8912/cb?code="), "{prompt}: {back}");
        tasks(&client, &back).await?;
    }
    let state = begin(&mut later, &client.authorize(None, &[("prompt", "login consent")]).await?).await?;
    assert!(later.come_back(&state, &gina()).await?.starts_with("/consent?"), "consent is asked for again");
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_client_gets_its_code_from_who_brings_an_id_token() -> Result<()> {
    let google = GoogleServer::start().await?;
    let app = TestApp::with(&google.variables()).await?;
    let client = OAuthClient::register(&app).await?;
    let page = client.authorize(None, &[]).await?;
    let token = google.id_token(&gina()).await?;
    let mut browser = TestBrowser::new(&app);
    let body = json!({"provider": "google", "idToken": {"token": token}, "oauth_query": query(&page)});
    let (status, response) = browser.ask("/sign-in/social", body).await?;
    assert_eq!((status, &response["redirect"]), (200, &json!(true)), "{response}");
    let back = allow(&mut browser, response["url"].as_str().context("url")?).await?;
    tasks(&client, &back).await?;
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_request_that_was_changed_or_is_old_gets_nobody_to_google() -> Result<()> {
    let google = GoogleServer::start().await?;
    let app = TestApp::with(&google.variables()).await?;
    let (client, evil) = (OAuthClient::register(&app).await?, OAuthClient::register(&app).await?);
    let page = client.authorize(None, &[("scope", "tasks:read")]).await?;
    let now = SystemTime::now().duration_since(UNIX_EPOCH)?.as_secs();
    let sign = |secret: &str, at: u64| {
        oauth_server::OAuthParams::parse_request(client.query(&[]).as_bytes())
            .sign(&AuthSecret::parse(secret).unwrap(), at)
    };
    let bad = [
        query(&page).replace(&client.id, &evil.id),
        query(&page).replace("tasks%3Aread", "tasks%3Awrite"),
        query(&page).replace("127.0.0.1%3A8912", "evil.example"),
        format!("{}&prompt=none", query(&page)),
        query(&page).split("&sig=").next().unwrap().to_owned(),
        client.query(&[]),
        sign(SECRET, now - 660),
        sign("another secret for the tests, as long as that", now),
    ];
    let token = google.id_token(&gina()).await?;
    for changed in bad {
        for more in [json!({}), json!({"idToken": {"token": token}})] {
            let mut body = json!({"provider": "google", "oauth_query": changed});
            body.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
            let mut browser = TestBrowser::new(&app);
            let (status, response) = browser.ask("/sign-in/social", body).await?;
            assert_eq!((status, &response), (400, &json!({"error": "invalid_signature"})), "{changed}");
            assert!(browser.cookies.is_empty(), "{changed}");
        }
    }
    let good = json!({"provider": "google", "oauth_query": sign(SECRET, now)});
    assert_eq!(TestBrowser::new(&app).ask("/sign-in/social", good).await?.0, 200, "the same, in time");
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_way_over_google_belongs_to_the_browser_and_the_request_that_it_began_with() -> Result<()> {
    let google = GoogleServer::start().await?;
    let app = TestApp::with(&google.variables()).await?;
    let (client, evil) = (OAuthClient::register(&app).await?, OAuthClient::register(&app).await?);
    let (mut mine, mut theirs) = (TestBrowser::new(&app), TestBrowser::new(&app));
    let state = begin(&mut mine, &client.authorize(None, &[]).await?).await?;
    let other = begin(&mut theirs, &evil.authorize(None, &[]).await?).await?;
    assert_eq!(mine.come_back(&other, &gina()).await?, "/failed?error=state_mismatch", "an attacker's request");
    assert_eq!(theirs.come_back(&state, &gina()).await?, "/failed?error=state_mismatch", "a victim's request");
    assert!(mine.user().await?.is_null() && theirs.user().await?.is_null());
    let refused = format!("/callback/google?state={state}&error=access_denied");
    let refused = mine.get(&refused).await?;
    assert_eq!(refused.headers()["location"], "/failed?error=access_denied", "and no way on to the client");
    assert!(mine.user().await?.is_null());

    // What a client has kept for itself is no request.
    let smuggled = json!({"serverContext": {"oauthQuery": evil.query(&[])}, "oauthQuery": evil.query(&[])});
    let body = json!({"provider": "google", "callbackURL": "/after", "additionalData": smuggled});
    let (_, begun) = mine.ask("/sign-in/social", body).await?;
    let state = parameter(begun["url"].as_str().context("url")?, "state").context("state")?;
    assert_eq!(mine.come_back(&state, &gina()).await?, "/after");

    // Adding an account is no sign-in for an app.
    let page = client.authorize(None, &[]).await?;
    let link = json!({"provider": "google", "callbackURL": "/linked", "oauth_query": query(&page)});
    let (_, begun) = mine.ask("/link-social", link).await?;
    let state = parameter(begun["url"].as_str().context("url")?, "state").context("state")?;
    assert_eq!(mine.come_back(&state, &gina()).await?, "/linked");
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_client_that_is_gone_meanwhile_gets_nothing() -> Result<()> {
    let google = GoogleServer::start().await?;
    let app = TestApp::with(&google.variables()).await?;
    let client = OAuthClient::register(&app).await?;
    let mut browser = TestBrowser::new(&app);
    let state = begin(&mut browser, &client.authorize(None, &[]).await?).await?;
    app.database(r#"update "oauthClient" set "redirectUris" = '["https://elsewhere.example/cb"]'"#).await?;
    let page = browser.come_back(&state, &gina()).await?;
    assert_eq!(
        page,
        format!("{}/api/auth/error?error=invalid_redirect&error_description=invalid+redirect+uri", app.base)
    );
    Ok(())
}

/// Follows the link of the last mail that proves an address, and returns where it leads.
async fn follow(browser: &mut TestBrowser<'_>, app: &TestApp) -> Result<String> {
    let followed = browser.send(button(app, &mail(app, "verify-email").await?)?).await?;
    assert_eq!(followed.status(), 303);
    Ok(followed.headers()["location"].to_str()?.to_owned())
}

/// Goes to an authorization request and returns where that leads.
async fn go(browser: &mut TestBrowser<'_>, app: &TestApp, path: &str) -> Result<String> {
    assert!(path.starts_with("/api/auth/oauth2/authorize?"), "{path}");
    let response = browser.send(app.get(path).header("accept", "text/html")).await?;
    Ok(response.headers()["location"].to_str()?.to_owned())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_new_user_who_proves_the_address_first_comes_to_the_client() -> Result<()> {
    let app = TestApp::with(&MAILS).await?;
    let client = OAuthClient::register(&app).await?;
    let page = client.authorize(None, &[("prompt", "create consent"), ("state", "a*b~c/d&e f")]).await?;
    let ann = json!({"name": "Ann", "email": "ann@example.com", "password": PASSWORD, "callbackURL": "/verified",
        "oauth_query": query(&page)});
    let mut browser = TestBrowser::new(&app);
    let (status, response) = browser.ask("/sign-up/email", ann.clone()).await?;
    assert_eq!((status, &response["token"]), (200, &Value::Null));
    assert!(browser.cookies.is_empty(), "nobody is signed in before the address is proved");
    let (status, response) = browser.ask("/sign-in/email", ann.clone()).await?;
    assert_eq!((status, &response["code"]), (403, &json!("EMAIL_NOT_VERIFIED")));

    let on = follow(&mut browser, &app).await?;
    assert_eq!(browser.user().await?["email"], "ann@example.com");
    let consent = go(&mut browser, &app, &on).await?;
    let back = allow(&mut browser, &consent).await?;
    assert_eq!(parameter(&back, "state").as_deref(), Some("a*b~c/d&e f"));
    let (status, tokens) = client.exchange(&parameter(&back, "code").context("code")?, &[]).await?;
    assert_eq!((status.as_u16(), &tokens["scope"]), (200, &json!(ALL_SCOPES)), "{tokens}");

    // The link signs nobody in a second time, so that whoever finds it later gets to the sign-in page.
    let mut finder = TestBrowser::new(&app);
    let on = follow(&mut finder, &app).await?;
    assert!(go(&mut finder, &app, &on).await?.starts_with("/sign-in?"));
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn the_link_of_a_mail_leads_only_where_a_signed_request_says() -> Result<()> {
    let app = TestApp::with(&MAILS).await?;
    let (client, evil) = (OAuthClient::register(&app).await?, OAuthClient::register(&app).await?);
    let page = client.authorize(None, &[]).await?;
    let mut account = json!({"name": "Ann", "email": "ann@example.com", "password": PASSWORD});
    for changed in
        [query(&page).replace(&client.id, &evil.id), evil.query(&[]), query(&page).replace("&exp=", "&exp=9")]
    {
        account["oauth_query"] = changed.into();
        for path in ["/sign-up/email", "/sign-in/email"] {
            let (status, response) = TestBrowser::new(&app).ask(path, account.clone()).await?;
            assert_eq!((status, &response), (400, &json!({"error": "invalid_signature"})), "{path}");
        }
    }
    assert_eq!(app.get("/api/auth/outbox").send().await?.json::<Value>().await?, json!([]), "no mail was sent");
    account["oauth_query"] = query(&page).into();
    TestBrowser::new(&app).ask("/sign-up/email", account).await?;

    // A link that was changed to lead to another client ends at that client's consent page, as its own request would.
    let mut browser = TestBrowser::new(&app);
    let on = follow(&mut browser, &app).await?.replace(&client.id, &evil.id);
    let asked = go(&mut browser, &app, &on).await?;
    assert!(asked.starts_with("/consent?") && parameter(&asked, "client_id").as_deref() == Some(&*evil.id), "{asked}");
    Ok(())
}
