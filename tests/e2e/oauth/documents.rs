//! Clients that name the address of a document as their id (client-ID metadata documents): from there to a code, and
//! what an address can and cannot make the server do.

use anyhow::Result;
use serde_json::{Value, json};
use tests::{ALL_SCOPES, OAuthClient, PASSWORD, TestApp, TestUser, parameter};
use wiremock::matchers::{header, method, path};
use wiremock::{Mock, MockServer, ResponseTemplate};

const REDIRECT: &str = "http://127.0.0.1:8912/cb";

/// Where clients publish documents, and an app that reads them. Beyond this machine it may call nothing.
async fn app() -> Result<(TestApp, MockServer)> {
    let publisher = MockServer::start().await;
    let app = TestApp::with(&[("client_documents", "*"), ("client_documents_origin", &publisher.uri())]).await?;
    Ok((app, publisher))
}

fn document(url: &str) -> Value {
    json!({"client_id": url, "client_name": "Documented", "redirect_uris": [REDIRECT], "grant_types":
        ["authorization_code", "refresh_token"], "response_types": ["code"], "token_endpoint_auth_method": "none"})
}

async fn publish(publisher: &MockServer, at: &str, response: ResponseTemplate) {
    publisher.reset().await;
    Mock::given(method("GET"))
        .and(path(at))
        .and(header("accept", "application/json"))
        .respond_with(response)
        .mount(publisher)
        .await;
}

/// How often documents were asked for.
async fn asked(publisher: &MockServer) -> usize {
    publisher.received_requests().await.map_or(0, |requests| requests.len())
}

fn client<'a>(app: &'a TestApp, url: &str) -> OAuthClient<'a> {
    OAuthClient { app, id: url.to_owned(), redirect_uri: REDIRECT }
}

/// Why a request ended at the page that shows errors.
async fn refusal(client: &OAuthClient<'_>, user: &TestUser<'_>) -> Result<(String, String)> {
    let location = client.authorize(Some(user), &[]).await?;
    assert!(location.starts_with(&format!("{}/api/auth/error?", client.app.base)), "{location}");
    let part = |name| parameter(&location, name).unwrap_or_default();
    Ok((part("error"), part("error_description")))
}

#[tokio::test(flavor = "multi_thread")]
async fn a_documented_client_gets_from_sign_in_to_a_refreshed_token() -> Result<()> {
    let (app, publisher) = app().await?;
    let metadata: Value = app.get("/.well-known/oauth-authorization-server/api/auth").send().await?.json().await?;
    assert_eq!(metadata["client_id_metadata_document_supported"], true);
    let ann = app.sign_up("Ann").await?;
    let url = format!("{}/client.json", publisher.uri());
    publish(&publisher, "/client.json", ResponseTemplate::new(200).set_body_json(document(&url))).await;
    let client = client(&app, &url);

    let page = client.authorize(None, &[]).await?;
    assert!(page.starts_with("/sign-in?"), "{page}");
    assert_eq!(asked(&publisher).await, 0, "nothing is called for a stranger");
    let body = json!({"email": ann.email, "password": PASSWORD, "oauth_query": page.split_once('?').unwrap().1});
    let signed_in: Value = app.post("/api/auth/sign-in/email", &body).send().await?.json().await?;
    let consent = signed_in["url"].as_str().unwrap();
    assert!(consent.starts_with("/consent?"), "{consent}");
    let shown: Value = ann.auth("GET", &format!("/oauth2/public-client?client_id={url}")).send().await?.json().await?;
    assert_eq!((&shown["client_id"], &shown["client_name"]), (&json!(url), &json!("Documented")));

    let tokens = client.connect(&ann, ALL_SCOPES).await?;
    let call = json!({"jsonrpc": "2.0", "id": 1, "method": "tools/call", "params": {"name": "add_task", "arguments": {"title": "milk"}}});
    let added = app.post("/mcp", &call).bearer_auth(tokens["access_token"].as_str().unwrap()).send().await?;
    assert_eq!(added.status(), 200);
    assert_eq!(ann.list().await?, ["milk"]);
    assert_eq!(client.refresh(&tokens["refresh_token"], &[]).await?.0, 200);
    assert_eq!(asked(&publisher).await, 1, "once for all of this");
    let consents: Value = ann.auth("GET", "/oauth2/get-consents").send().await?.json().await?;
    assert_eq!(consents[0]["clientId"], url);
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_document_is_read_again_after_an_hour_and_what_it_takes_back_is_gone() -> Result<()> {
    let (app, publisher) = app().await?;
    let ann = app.sign_up("Ann").await?;
    let url = format!("{}/client.json", publisher.uri());
    publish(&publisher, "/client.json", ResponseTemplate::new(200).set_body_json(document(&url))).await;
    let client = client(&app, &url);
    let tokens = client.connect(&ann, ALL_SCOPES).await?;
    let mut moved = document(&url);
    moved["redirect_uris"] = json!(["https://client.example/cb"]);
    publish(&publisher, "/client.json", ResponseTemplate::new(200).set_body_json(moved)).await;
    assert!(client.authorize(Some(&ann), &[]).await?.starts_with(REDIRECT), "the copy still serves");
    let later = r#"update "oauthClient" set "updatedAt" = now() - interval '61 minutes'"#;
    app.database(later).await?;
    assert_eq!(refusal(&client, &ann).await?.0, "invalid_redirect");
    let on = client.authorize(Some(&ann), &[("redirect_uri", "https://client.example/cb")]).await?;
    assert!(on.starts_with("https://client.example/cb?code="), "the consent is kept: {on}");
    // A day later the cleaning of clients that nobody let in leaves it alone.
    app.database("update oauth_registration set registered_at = registered_at - interval '25 hours'").await?;
    OAuthClient::register(&app).await?;
    assert_eq!(client.refresh(&tokens["refresh_token"], &[]).await?.0, 200);

    app.database(&format!(r#"{later}, "disabled" = true"#)).await?;
    assert_eq!(refusal(&client, &ann).await?.0, "client_disabled", "what the operator said outlives the document");
    app.database(later).await?;
    publish(&publisher, "/gone", ResponseTemplate::new(200)).await;
    assert_eq!(refusal(&client, &ann).await?.0, "invalid_client", "a document that is gone");
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn of_everything_else_at_an_address_nothing_is_told() -> Result<()> {
    let (app, publisher) = app().await?;
    let ann = app.sign_up("Ann").await?;
    let url = format!("{}/client.json", publisher.uri());
    let good = document(&url);
    let mut foreign = good.clone();
    foreign["client_id"] = format!("{}/other.json", publisher.uri()).into();
    let mut large = good.clone();
    large["junk"] = "x".repeat(20_000).into();
    let json = |status: u16, body: &Value| ResponseTemplate::new(status).set_body_json(body);
    let elsewhere = format!("{}/moved.json", publisher.uri());
    let responses = [
        json(200, &foreign),
        json(200, &large),
        json(200, &json!({"secret": "of an internal service"})),
        json(404, &good),
        json(500, &good),
        json(302, &good).insert_header("location", elsewhere.as_str()),
        json(301, &good).insert_header("location", "http://169.254.169.254/latest/meta-data"),
        ResponseTemplate::new(200).set_body_raw(good.to_string(), "text/html"),
        ResponseTemplate::new(200).set_body_raw("root:x:0:0", "application/json"),
        ResponseTemplate::new(200).set_body_raw("x".repeat(300_000), "application/json"),
    ];
    let client = client(&app, &url);
    for (number, response) in responses.into_iter().enumerate() {
        publish(&publisher, "/client.json", response).await;
        let told = (
            "invalid_client".to_owned(),
            "the document at client_id cannot be read, or is not about this client".to_owned(),
        );
        assert_eq!(refusal(&client, &ann).await?, told, "response {number}");
        assert_eq!(asked(&publisher).await, 1, "no redirect is followed: response {number}");
    }
    let mut own = good.clone();
    own["client_secret"] = "x".into();
    publish(&publisher, "/client.json", json(200, &own)).await;
    assert_eq!(refusal(&client, &ann).await?.1, "a public document must hold no secret");
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn an_address_that_is_not_public_is_never_called() -> Result<()> {
    let (app, publisher) = app().await?;
    let ann = app.sign_up("Ann").await?;
    let port = publisher.uri().rsplit(':').next().unwrap().to_owned();
    for url in [
        "https://10.0.0.1/c.json",
        "https://169.254.169.254/c.json",
        "https://2130706433/c.json",
        "https://[::ffff:7f00:1]/c.json",
        "https://auth.spin.internal/api/auth/jwks",
        "https://postgres.todo.svc/c.json",
        "https://claude.ai:8443/c.json",
        "https://user@claude.ai/c.json",
        "http://claude.ai/c.json",
        "http://0.0.0.0/c.json",
        &format!("http://127.0.0.1:{port}/"),
        &format!("http://127.0.0.1:{port}/c.json?x=1"),
        &format!("http://127.0.0.1:{port}/a/../c.json"),
        &format!("http://127.0.0.1.nip.io:{port}/c.json"),
    ] {
        let (error, text) = refusal(&client(&app, url), &ann).await?;
        assert!(error == "invalid_client" && text.starts_with("client_id "), "{url}: {error} {text}");
    }
    assert_eq!(asked(&publisher).await, 0);
    assert!(!app.log().contains("refused to call"), "not even tried: {}", app.log());
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn in_production_this_machine_is_not_called_either() -> Result<()> {
    let publisher = MockServer::start().await;
    let url = format!("{}/client.json", publisher.uri());
    publish(&publisher, "/client.json", ResponseTemplate::new(200).set_body_json(document(&url))).await;
    let public = [
        ("better_auth_url", "https://todo.example"),
        ("client_documents", "*"),
        ("client_documents_origin", &*publisher.uri()),
    ];
    let app = TestApp::with(&public).await?;
    let mut browser = tests::TestBrowser::new(&app);
    let ann = json!({"name": "Ann", "email": "ann@example.com", "password": PASSWORD});
    let signed_up = app.post("/api/auth/sign-up/email", &ann).header("origin", "https://todo.example");
    assert_eq!(browser.send(signed_up).await?.status(), 200);
    let request = format!("/oauth2/authorize?client_id={url}&redirect_uri={REDIRECT}&response_type=code");
    let response = browser.get(&request).await?;
    let location = response.headers()["location"].to_str()?;
    assert!(
        location.contains("error=invalid_client") && location.contains("client_id+must+be+an+https+address"),
        "{location}"
    );
    assert_eq!(asked(&publisher).await, 0);
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn without_the_setting_an_address_is_no_client() -> Result<()> {
    let publisher = MockServer::start().await;
    let app = TestApp::with(&[("client_documents_origin", &publisher.uri())]).await?;
    let metadata: Value = app.get("/.well-known/oauth-authorization-server/api/auth").send().await?.json().await?;
    assert!(metadata.get("client_id_metadata_document_supported").is_none());
    let ann = app.sign_up("Ann").await?;
    let (error, _) = refusal(&client(&app, &format!("{}/client.json", publisher.uri())), &ann).await?;
    assert_eq!((error.as_str(), asked(&publisher).await), ("invalid_client", 0));
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_documented_client_is_told_nothing_before_it_is_known() -> Result<()> {
    let (app, publisher) = app().await?;
    let url = format!("{}/client.json", publisher.uri());
    publish(&publisher, "/client.json", ResponseTemplate::new(200).set_body_json(document(&url))).await;
    let client = client(&app, &url);
    let silent = client.authorize(None, &[("prompt", "none")]).await?;
    assert!(silent.starts_with(&format!("{}/api/auth/error?error=login_required", app.base)), "{silent}");
    let ann = app.sign_up("Ann").await?;
    let evil = [("redirect_uri", "https://evil.example/cb")];
    let page = client.authorize(None, &evil).await?;
    let body = json!({"email": ann.email, "password": PASSWORD, "oauth_query": page.split_once('?').unwrap().1});
    let signed_in: Value = app.post("/api/auth/sign-in/email", &body).send().await?.json().await?;
    let own = format!("{}/api/auth/error?error=invalid_redirect", app.base);
    assert!(signed_in["url"].as_str().unwrap().starts_with(&own), "{signed_in}");
    assert!(client.authorize(None, &evil).await?.starts_with(&own), "now that it is known, at once");
    Ok(())
}
