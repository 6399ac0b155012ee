//! The way of an AI client to a user's list: from 401 to a tool call, and back out by the user's hand.

use anyhow::Result;
use serde_json::{Value, json};
use tests::{ALL_SCOPES, OAuthClient, PASSWORD, TestApp, parameter};

const SIGN_IN: &str = "/api/auth/sign-in/email";

async fn call_tool(app: &TestApp, token: &Value, name: &str, arguments: Value) -> Result<reqwest::Response> {
    let call =
        json!({"jsonrpc": "2.0", "id": 1, "method": "tools/call", "params": {"name": name, "arguments": arguments}});
    Ok(app.post("/mcp", &call).bearer_auth(token.as_str().unwrap()).send().await?)
}

#[tokio::test(flavor = "multi_thread")]
async fn a_client_gets_from_401_to_a_tool_call() -> Result<()> {
    let app = TestApp::start().await?;
    let ann = app.sign_up("Ann").await?;
    let refused = app.get("/mcp").send().await?;
    let challenge = refused.headers()["www-authenticate"].to_str()?.to_owned();
    let url = challenge.split("resource_metadata=\"").nth(1).and_then(|rest| rest.split('"').next()).unwrap();
    let resource: Value = app.get(url.strip_prefix(&app.base).unwrap()).send().await?.json().await?;
    let issuer = resource["authorization_servers"][0].as_str().unwrap();
    let path = format!("/.well-known/oauth-authorization-server{}", issuer.strip_prefix(&app.base).unwrap());
    let server: Value = app.get(&path).send().await?.json().await?;
    assert_eq!(server["issuer"], issuer);

    let client = OAuthClient::register(&app).await?;
    let page = client.authorize(None, &[]).await?;
    assert!(page.starts_with("/sign-in?response_type=code&redirect_uri="), "{page}");
    let query = page.split_once('?').unwrap().1;
    let prelogin = |id: &str, query: &str| {
        app.post("/api/auth/oauth2/public-client-prelogin", &json!({"client_id": id, "oauth_query": query})).send()
    };
    let shown: Value = prelogin(&client.id, query).await?.json().await?;
    assert_eq!(shown, json!({"client_id": client.id, "client_name": "CLI", "redirect_uris": []}));
    let changed = query.replace("st+1", "st+2").replace("st%201", "st%202");
    for (id, query, status) in [(&*client.id, "", 401), (&client.id, &changed, 401), ("other", query, 404)] {
        assert_eq!(prelogin(id, query).await?.status(), status, "{id} {query}");
    }

    let body = json!({"email": ann.email, "password": PASSWORD, "oauth_query": query});
    let signed_in = app.post(SIGN_IN, &body).send().await?;
    assert_eq!(signed_in.status(), 200);
    assert!(signed_in.headers()["set-cookie"].to_str()?.starts_with("better-auth.session_token="));
    let response: Value = signed_in.json().await?;
    assert_eq!((response["redirect"].as_bool(), response.as_object().unwrap().len()), (Some(true), 2));
    let consent = response["url"].as_str().unwrap();
    assert!(consent.starts_with("/consent?"), "{consent}");
    assert_eq!(parameter(consent, "client_id").as_deref(), Some(client.id.as_str()));

    let shown = format!("/api/auth/oauth2/public-client?client_id={}", client.id);
    assert_eq!(app.get(&shown).send().await?.status(), 401);
    let shown: Value = app.get(&shown).header("cookie", &ann.cookie).send().await?.json().await?;
    assert_eq!(shown, json!({"client_id": client.id, "client_name": "CLI", "redirect_uris": []}));

    let decided: Value = client.decide(&ann, consent, json!({"accept": true})).await?.json().await?;
    let back = decided["url"].as_str().unwrap();
    assert!(back.starts_with("http://127.0.0.1:8912/cb?code="), "{back}");
    assert_eq!(parameter(back, "state").as_deref(), Some("st 1"));
    assert_eq!(parameter(back, "iss").as_deref(), Some(issuer));
    let (status, tokens) = client.exchange(&parameter(back, "code").unwrap(), &[]).await?;
    assert_eq!(status, 200, "{tokens}");
    assert_eq!((&tokens["token_type"], &tokens["scope"]), (&json!("Bearer"), &json!(ALL_SCOPES)));

    let added = call_tool(&app, &tokens["access_token"], "add_task", json!({"title": "buy milk"})).await?;
    assert_eq!(added.status(), 200, "{}", added.text().await?);
    assert_eq!(ann.list().await?, ["buy milk"]);
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn metadata_is_at_every_place_where_clients_look() -> Result<()> {
    let app = TestApp::start().await?;
    let paths = [
        "/.well-known/oauth-authorization-server/api/auth",
        "/.well-known/oauth-authorization-server",
        "/.well-known/openid-configuration/api/auth",
        "/.well-known/openid-configuration",
        "/api/auth/.well-known/oauth-authorization-server",
        "/api/auth/.well-known/openid-configuration",
    ];
    let mut documents = Vec::new();
    for path in paths {
        let response = app.get(path).header("origin", "https://inspector.example").send().await?;
        assert_eq!(response.status(), 200, "{path}");
        assert_eq!(response.headers()["access-control-allow-origin"], "*", "{path}");
        assert!(response.headers()["cache-control"].to_str()?.starts_with("public, max-age="), "{path}");
        documents.push(response.json::<Value>().await?);
        let head = app.request("HEAD", path).send().await?;
        assert_eq!((head.status().as_u16(), head.text().await?), (200, String::new()), "{path}");
        for method in ["POST", "PUT", "DELETE"] {
            let refused = app.request(method, path).send().await?;
            assert_eq!(
                (refused.status().as_u16(), &refused.headers()["allow"]),
                (405, &"GET, HEAD".parse()?),
                "{path}"
            );
        }
    }
    assert!(documents.iter().all(|document| *document == documents[0]));
    for (name, value) in documents[0].as_object().unwrap() {
        let Some(url) = value.as_str().filter(|_| name.ends_with("_endpoint") || name == "jwks_uri") else { continue };
        let method = if ["authorization_endpoint", "jwks_uri", "userinfo_endpoint"].contains(&name.as_str()) {
            "GET"
        } else {
            "POST"
        };
        let found = app.request(method, url.strip_prefix(&app.base).unwrap()).send().await?;
        assert_ne!(found.status(), 404, "{name} is not implemented");
    }
    for path in ["/.well-known/oauth-authorization-server/mcp", "/.well-known/openid-configuration/x"] {
        assert_eq!(app.get(path).send().await?.status(), 404, "{path}");
    }
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_user_is_asked_once_and_whenever_the_client_says_so() -> Result<()> {
    let app = TestApp::start().await?;
    let ann = app.sign_up("Ann").await?;
    let client = OAuthClient::register(&app).await?;
    let error = |url: &str| parameter(url, "error").unwrap_or_default();
    assert_eq!(error(&client.authorize(None, &[("prompt", "none")]).await?), "login_required");
    assert_eq!(error(&client.authorize(Some(&ann), &[("prompt", "none")]).await?), "consent_required");
    let consent = client.authorize(Some(&ann), &[("scope", "tasks:read")]).await?;
    let denied: Value = client.decide(&ann, &consent, json!({"accept": false})).await?.json().await?;
    let denied = denied["url"].as_str().unwrap();
    assert!(denied.starts_with(client.redirect_uri) && error(denied) == "access_denied", "{denied}");

    client.code(&ann, &[("scope", "tasks:read")]).await?;
    for asked_again in [[("scope", "tasks:read tasks:write")], [("prompt", "consent")]] {
        let again = client.authorize(Some(&ann), &asked_again).await?;
        assert!(again.starts_with("/consent?"), "{asked_again:?}: {again}");
    }
    for remembered in [&[("scope", "tasks:read")][..], &[("scope", "tasks:read"), ("prompt", "none")]] {
        let code = client.authorize(Some(&ann), remembered).await?;
        assert!(code.starts_with("http://127.0.0.1:8912/cb?code="), "{code}");
    }
    let other_port = [("scope", "tasks:read"), ("redirect_uri", "http://127.0.0.1:5555/cb")];
    assert!(client.authorize(Some(&ann), &other_port).await?.starts_with("http://127.0.0.1:5555/cb?code="));
    for login in [[("scope", "tasks:read"), ("prompt", "login")], [("scope", "tasks:read"), ("max_age", "0")]] {
        let page = client.authorize(Some(&ann), &login).await?;
        assert!(page.starts_with("/sign-in?"), "{page}");
        // The old session does not satisfy it, not even at the consent endpoint.
        let shortcut: Value = client.decide(&ann, &page, json!({"accept": true})).await?.json().await?;
        assert!(shortcut["url"].as_str().unwrap().starts_with("/sign-in?"), "{shortcut}");
        let body = json!({"email": ann.email, "password": PASSWORD, "oauth_query": page.split_once('?').unwrap().1});
        let signed_in: Value = app.post(SIGN_IN, &body).send().await?.json().await?;
        assert!(signed_in["url"].as_str().unwrap().starts_with("http://127.0.0.1:8912/cb?code="), "{signed_in}");
    }
    let script =
        app.get(&format!("/api/auth/oauth2/authorize?{}", client.query(&[]))).header("accept", "application/json");
    let response: Value = script.send().await?.json().await?;
    assert!(response["redirect"] == true && response["url"].as_str().unwrap().starts_with("/sign-in?"), "{response}");
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_new_user_comes_from_sign_up_to_the_client() -> Result<()> {
    let app = TestApp::start().await?;
    let client = OAuthClient::register(&app).await?;
    let page = client.authorize(None, &[("prompt", "create")]).await?;
    let body = json!({"name": "Cy", "email": "cy@example.com", "password": PASSWORD,
        "oauth_query": page.split_once('?').unwrap().1});
    let response = app.post("/api/auth/sign-up/email", &body).send().await?;
    assert_eq!(response.status(), 200);
    let reply: Value = response.json().await?;
    assert!(reply["url"].as_str().unwrap().starts_with("/consent?"), "{reply}");
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_user_sees_connected_apps_and_disconnects_them() -> Result<()> {
    let app = TestApp::start().await?;
    let (ann, bob) = (app.sign_up("Ann").await?, app.sign_up("Bob").await?);
    let client = OAuthClient::register(&app).await?;
    let tokens = client.connect(&ann, ALL_SCOPES).await?;
    let bobs = client.connect(&bob, ALL_SCOPES).await?;
    let pending = client.code(&ann, &[]).await?;
    let list = async |cookie: &str| -> Result<Value> {
        Ok(app.get("/api/auth/oauth2/get-consents").header("cookie", cookie).send().await?.json().await?)
    };
    let consents = list(&ann.cookie).await?;
    let consent = &consents[0];
    assert_eq!((consents.as_array().unwrap().len(), &consent["clientId"]), (1, &json!(client.id)));
    assert_eq!((&consent["userId"], &consent["resources"]), (&json!(ann.id), &json!([format!("{}/mcp", app.base)])));
    assert_eq!(consent["scopes"], json!(ALL_SCOPES.split(' ').collect::<Vec<_>>()));

    let delete = |cookie: &str, body: Value| {
        let request = app.post("/api/auth/oauth2/delete-consent", &body);
        request.header("cookie", cookie).header("origin", &app.base).send()
    };
    let id = json!({"id": consent["id"]});
    assert_eq!(delete(&bob.cookie, id.clone()).await?.status(), 404, "another user's consent");
    assert_eq!(list(&ann.cookie).await?.as_array().unwrap().len(), 1);
    let gone = delete(&ann.cookie, id.clone()).await?;
    assert_eq!((gone.status().as_u16(), gone.text().await?), (200, String::new()));
    assert_eq!(list(&ann.cookie).await?, json!([]));
    assert_eq!(delete(&ann.cookie, id).await?.status(), 404);

    assert_eq!(client.refresh(&tokens["refresh_token"], &[]).await?.0, 400, "the refresh token ended with it");
    assert_eq!(client.exchange(&pending, &[]).await?.1["error"], "invalid_grant", "and a code under way");
    assert!(client.authorize(Some(&ann), &[]).await?.starts_with("/consent?"));
    assert_eq!(client.refresh(&bobs["refresh_token"], &[]).await?.0, 200, "Bob is still connected");
    Ok(())
}
