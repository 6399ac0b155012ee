//! What strangers, other clients and other users try at the authorization server.

use anyhow::Result;
use reqwest::StatusCode;
use serde_json::{Value, json};
use tests::{ALL_SCOPES, OAuthClient, PASSWORD, TestApp, TestUser};

/// A refusal of the token endpoint.
fn refused((status, body): (StatusCode, Value)) -> String {
    assert_eq!(status, 400, "{body}");
    body["error"].as_str().unwrap().to_owned()
}

#[tokio::test(flavor = "multi_thread")]
async fn nobody_is_sent_to_an_address_that_is_not_registered() -> Result<()> {
    let app = TestApp::start().await?;
    let ann = app.sign_up("Ann").await?;
    let client = OAuthClient::register(&app).await?;
    client.connect(&ann, ALL_SCOPES).await?;
    let own = format!("{}/api/auth/error?error=", app.base);
    for uri in [
        "https://evil.example/cb",
        "http://127.0.0.1:8912/other",
        "http://127.0.0.1:8912/cb?next=https://evil.example",
        "http://127.0.0.1:8912@evil.example/cb",
        "http://localhost:8912/cb",
        "javascript:alert(1)",
        "//evil.example/cb",
    ] {
        for more in [("scope", "root"), ("prompt", "none"), ("response_type", "token"), ("state", "x")] {
            let location = client.authorize(Some(&ann), &[("redirect_uri", uri), more]).await?;
            assert!(location.starts_with(&own), "{uri}: {location}");
        }
    }
    for id in ["unknown", "' or 1=1 --"] {
        assert!(client.authorize(Some(&ann), &[("client_id", id)]).await?.starts_with(&own));
    }
    let twice = format!("/api/auth/oauth2/authorize?{}&redirect_uri=https://evil.example/", client.query(&[]));
    let twice = app.get(&twice).header("cookie", &ann.cookie).send().await?;
    assert!(twice.headers()["location"].to_str()?.starts_with(&own));
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_registration_is_bounded_and_leads_nowhere_by_itself() -> Result<()> {
    let app = TestApp::start().await?;
    let register = |body: Value| app.post("/api/auth/oauth2/register", &body).send();
    for (body, error) in [
        (json!({}), "invalid_redirect_uri"),
        (json!({"redirect_uris": ["http://evil.example/cb"]}), "invalid_redirect_uri"),
        (json!({"redirect_uris": ["javascript:alert(1)"]}), "invalid_redirect_uri"),
    ] {
        let response = register(body.clone()).await?;
        assert_eq!((response.status().as_u16(), &response.headers()["cache-control"]), (400, &"no-store".parse()?));
        assert_eq!(response.json::<Value>().await?["error"], error, "{body}");
    }
    let own = json!({"redirect_uris": ["https://c.example/"], "skip_consent": true, "client_id": "mine", "client_name": "x".repeat(300)});
    let registered: Value = register(own).await?.json().await?;
    assert!(registered["client_id"] != "mine" && registered.get("skip_consent").is_none(), "{registered}");
    let skips = r#"select count(*) from "oauthClient" where "skipConsent" or length("name") > 255"#;
    let skips = tests::connect(&app.database_url).await?.query_one(skips, &[]).await?;
    assert_eq!(skips.get::<_, i64>(0), 0);
    let large = json!({"redirect_uris": ["https://c.example/"], "junk": "x".repeat(70_000)});
    assert_eq!(register(large).await?.status(), 413);
    let url = "/api/auth/oauth2/register";
    let form = app.request("POST", url).header("content-type", "application/x-www-form-urlencoded").body("a=b");
    assert_eq!(form.send().await?.status(), 415);
    let broken = app.request("POST", url).header("content-type", "application/json").body("{").send().await?;
    assert_eq!(broken.json::<Value>().await?["code"], "BAD_REQUEST");
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn clients_that_nobody_lets_in_go_after_thirty_days() -> Result<()> {
    let app = TestApp::start().await?;
    let ann = app.sign_up("Ann").await?;
    let (used, unused) = (OAuthClient::register(&app).await?, OAuthClient::register(&app).await?);
    let unfinished = OAuthClient::register(&app).await?;
    used.connect(&ann, ALL_SCOPES).await?;
    for days in [29, 2] {
        let age = format!("update oauth_registration set registered_at = registered_at - interval '{days} days'");
        execute(&app, &age).await?;
        OAuthClient::register(&app).await?;
        assert!(unfinished.authorize(None, &[]).await?.starts_with("/sign-in?"), "it is used now and then");
    }
    assert!(used.authorize(None, &[]).await?.starts_with("/sign-in?"));
    assert!(unused.authorize(None, &[]).await?.contains("error=invalid_client"));
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn of_clients_that_nobody_lets_in_ten_thousand_are_kept() -> Result<()> {
    let app = TestApp::start().await?;
    let ann = app.sign_up("Ann").await?;
    let used = OAuthClient::register(&app).await?;
    used.connect(&ann, ALL_SCOPES).await?;
    let flood = r#"with flood as (
            insert into "oauthClient" ("id", "clientId", "redirectUris", "scopes", "createdAt", "updatedAt")
            select 'flood' || n, 'flood' || n, '[]', '[]', now(), now() from generate_series(1, 10080) as n
            returning "clientId"
        )
        insert into oauth_registration (client_id, registered_at)
        select "clientId", now() - interval '1 hour' from flood"#;
    execute(&app, flood).await?;
    let new = OAuthClient::register(&app).await?;
    let kept =
        tests::connect(&app.database_url).await?.query_one("select count(*) from oauth_registration", &[]).await?;
    assert_eq!(kept.get::<_, i64>(0), 10_001);
    for client in [&used, &new] {
        assert!(
            client.authorize(None, &[]).await?.starts_with("/sign-in?"),
            "neither who is let in nor who is new goes"
        );
    }
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_request_cannot_be_changed_on_its_way_through_the_pages() -> Result<()> {
    let app = TestApp::start().await?;
    let ann = app.sign_up("Ann").await?;
    let (client, evil) = (OAuthClient::register(&app).await?, OAuthClient::register(&app).await?);
    let page = client.authorize(Some(&ann), &[("scope", "tasks:read")]).await?;
    assert!(page.starts_with("/consent?"));
    let swaps = [
        page.replace(&client.id, &evil.id),
        page.replace("tasks%3Aread", "tasks%3Awrite"),
        page.replace("127.0.0.1%3A8912", "evil.example"),
        format!("{page}&scope=tasks%3Awrite"),
        page.replace("&exp=", "&exp=9"),
        page.split("&sig=").next().unwrap().to_owned(),
    ];
    for changed in swaps {
        let response = client.decide(&ann, &changed, json!({"accept": true})).await?;
        assert_eq!(response.status(), 400, "{changed}");
        assert_eq!(response.json::<Value>().await?, json!({"error": "invalid_signature"}));
        let body = json!({"email": ann.email, "password": PASSWORD, "oauth_query": changed.split_once('?').unwrap().1});
        let signed_in = app.post("/api/auth/sign-in/email", &body).send().await?;
        assert_eq!((signed_in.status().as_u16(), signed_in.headers().get("set-cookie")), (400, None));
    }
    let wider = client.decide(&ann, &page, json!({"accept": true, "scope": "tasks:read tasks:write"})).await?;
    assert_eq!(wider.json::<Value>().await?["error_description"], "Scope not originally requested");
    let nothing = app.post("/api/auth/oauth2/consent", &json!({"accept": true}));
    let nothing = nothing.header("cookie", &ann.cookie).header("origin", &app.base).send().await?;
    assert_eq!(nothing.json::<Value>().await?["error_description"], "missing oauth query");
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn another_sites_page_cannot_consent_for_a_user() -> Result<()> {
    let app = TestApp::start().await?;
    let ann = app.sign_up("Ann").await?;
    let client = OAuthClient::register(&app).await?;
    let page = client.authorize(Some(&ann), &[]).await?;
    let body = json!({"accept": true, "oauth_query": page.split_once('?').unwrap().1});
    let consent = || app.post("/api/auth/oauth2/consent", &body);
    for origin in ["https://evil.example", "null"] {
        let forged = consent().header("cookie", &ann.cookie).header("origin", origin).send().await?;
        assert_eq!(forged.status(), 403, "{origin}");
    }
    assert_eq!(consent().header("cookie", &ann.cookie).send().await?.status(), 403, "no origin");
    assert_eq!(consent().header("origin", &app.base).send().await?.status(), 401, "no session");
    let form =
        app.request("POST", "/api/auth/oauth2/consent").header("content-type", "application/x-www-form-urlencoded");
    let form = form.header("cookie", &ann.cookie).header("origin", &app.base).body("accept=true").send().await?;
    assert_eq!(form.status(), 415);
    assert!(client.authorize(Some(&ann), &[]).await?.starts_with("/consent?"), "nobody consented");
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_code_is_good_for_its_own_client_verifier_address_and_resource() -> Result<()> {
    let app = TestApp::start().await?;
    let ann = app.sign_up("Ann").await?;
    let (client, evil) = (OAuthClient::register(&app).await?, OAuthClient::register(&app).await?);
    for (swap, error, after) in [
        (("code_verifier", "x".repeat(43)), "invalid_grant", 400),
        (("redirect_uri", "http://127.0.0.1:8912/x".to_owned()), "invalid_grant", 400),
        (("redirect_uri", "http://127.0.0.1:5555/cb".to_owned()), "invalid_grant", 400),
        (("client_id", evil.id.clone()), "invalid_grant", 200),
        (("resource", "https://other.example/".to_owned()), "invalid_target", 200),
    ] {
        let code = client.code(&ann, &[]).await?;
        assert_eq!(refused(client.exchange(&code, &[(swap.0, &swap.1)]).await?), error, "{swap:?}");
        assert_eq!(client.exchange(&code, &[]).await?.0, after, "whether the attempt ends it: {swap:?}");
    }
    let code = client.code(&ann, &[]).await?;
    assert_eq!(refused(client.exchange(&code, &[("code_verifier", "")]).await?), "invalid_request");
    assert_eq!(refused(client.exchange("unknown", &[]).await?), "invalid_grant");
    for form in [vec![("code", "x")], vec![("grant_type", "password")], vec![("grant_type", "client_credentials")]] {
        refused(client.token(&form).await?);
    }
    let late = client.code(&ann, &[]).await?;
    execute(&app, r#"update "verification" set "expiresAt" = now() - interval '1 second'"#).await?;
    assert_eq!(refused(client.exchange(&late, &[]).await?), "invalid_grant");
    let pending = client.code(&ann, &[]).await?;
    sign_out(&app, &ann).await?;
    assert_eq!(refused(client.exchange(&pending, &[]).await?), "invalid_grant", "after sign-out");
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_code_that_comes_twice_ends_what_it_was_exchanged_for() -> Result<()> {
    let app = TestApp::start().await?;
    let ann = app.sign_up("Ann").await?;
    let client = OAuthClient::register(&app).await?;
    let code = client.code(&ann, &[]).await?;
    let (_, tokens) = client.exchange(&code, &[]).await?;
    let (_, next) = client.refresh(&tokens["refresh_token"], &[]).await?;
    assert_eq!(refused(client.exchange(&code, &[]).await?), "invalid_grant");
    assert_eq!(refused(client.refresh(&next["refresh_token"], &[]).await?), "invalid_grant");

    let code = client.code(&ann, &[]).await?;
    let (a, b, c, d) = tokio::join!(
        client.exchange(&code, &[]),
        client.exchange(&code, &[]),
        client.exchange(&code, &[]),
        client.exchange(&code, &[]),
    );
    let responses = [a?, b?, c?, d?];
    let granted: Vec<&Value> = responses.iter().filter(|(status, _)| *status == 200).map(|(_, body)| body).collect();
    assert_eq!(granted.len(), 1, "{responses:?}");
    assert_eq!(refused(client.refresh(&granted[0]["refresh_token"], &[]).await?), "invalid_grant");
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_tools_token_opens_nothing_but_the_tools() -> Result<()> {
    let app = TestApp::start().await?;
    let (ann, bob) = (app.sign_up("Ann").await?, app.sign_up("Bob").await?);
    bob.add("bob's").await?;
    let client = OAuthClient::register(&app).await?;
    let tokens = client.connect(&ann, ALL_SCOPES).await?;
    let access = tokens["access_token"].as_str().unwrap();
    for token in [access, tokens["id_token"].as_str().unwrap(), tokens["refresh_token"].as_str().unwrap()] {
        for (method, path) in [("GET", "tasks"), ("POST", "tasks"), ("POST", "chat"), ("GET", "conversations")] {
            for user in [&ann, &bob] {
                let request = app.request(method, &format!("/api/{}/{path}", user.id)).bearer_auth(token);
                assert_eq!(request.send().await?.status(), 401, "{method} {path}");
            }
        }
        let session = app.get("/api/auth/get-session").bearer_auth(token).send().await?;
        assert!(session.json::<Value>().await?.is_null());
    }
    let mcp = |token: &str, tool: &str, arguments: Value| {
        let params = json!({"name": tool, "arguments": arguments});
        let call = json!({"jsonrpc": "2.0", "id": 1, "method": "tools/call", "params": params});
        app.post("/mcp", &call).bearer_auth(token).send()
    };
    for token in [&tokens["id_token"], &tokens["refresh_token"]] {
        assert_eq!(mcp(token.as_str().unwrap(), "list_tasks", json!({})).await?.status(), 401);
    }
    let listed: Value = mcp(access, "list_tasks", json!({})).await?.json().await?;
    assert_eq!(listed["result"]["structuredContent"]["tasks"], json!([]), "Ann's tasks, not Bob's");

    let reader = client.connect(&ann, "tasks:read").await?;
    let reader = reader["access_token"].as_str().unwrap();
    assert_eq!(mcp(reader, "list_tasks", json!({})).await?.status(), 200);
    let refused = mcp(reader, "add_task", json!({"title": "x"})).await?;
    assert_eq!(refused.status(), 403);
    assert!(refused.headers()["www-authenticate"].to_str()?.contains("insufficient_scope"));
    let nosy = client.connect(&ann, "openid").await?;
    assert_eq!(mcp(nosy["access_token"].as_str().unwrap(), "list_tasks", json!({})).await?.status(), 403);
    Ok(())
}

pub(crate) async fn sign_out(app: &TestApp, user: &TestUser<'_>) -> Result<()> {
    let request = app.post("/api/auth/sign-out", &json!({})).header("cookie", &user.cookie);
    assert_eq!(request.header("origin", &app.base).send().await?.status(), 200);
    Ok(())
}

/// Changes the database behind the app's back, as the passing of time would.
pub(crate) async fn execute(app: &TestApp, sql: &str) -> Result<()> {
    let client = tests::connect(&app.database_url).await?;
    assert!(client.execute(sql, &[]).await? > 0, "{sql}");
    Ok(())
}
