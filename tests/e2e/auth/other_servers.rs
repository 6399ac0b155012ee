//! What other Better Auth servers leave in the database: columns of plugins, older tables, keys under another secret.

use anyhow::Result;
use reqwest::Response;
use serde_json::{Value, json};
use tests::{OAuthClient, PASSWORD, TestApp, TestUser, execute};

async fn sign_in(app: &TestApp, email: &str, password: &str) -> Result<Response> {
    let body = json!({"email": email, "password": password});
    Ok(app.post("/api/auth/sign-in/email", &body).send().await?)
}

async fn session(user: &TestUser<'_>) -> Result<Value> {
    Ok(user.auth("GET", "/get-session").send().await?.json().await?)
}

#[tokio::test(flavor = "multi_thread")]
async fn a_banned_user_is_out_until_the_ban_ends() -> Result<()> {
    let app = TestApp::start().await?;
    let ann = app.sign_up("Ann").await?;
    execute(&app.database_url, r#"alter table "user" add "banned" boolean, add "banExpires" timestamptz"#).await?;
    assert!(session(&ann).await?.is_object(), "the columns may come later");

    for end in ["null", "now() + interval '1 hour'"] {
        execute(&app.database_url, &format!(r#"update "user" set "banned" = true, "banExpires" = {end}"#)).await?;
        assert!(session(&ann).await?.is_null(), "{end}");
        assert_eq!(ann.auth("GET", "/token").send().await?.status(), 401, "{end}");
        let refused = sign_in(&app, &ann.email, PASSWORD).await?;
        assert!(!refused.headers().contains_key("set-cookie"), "{end}");
        assert_eq!(refused.status(), 403, "{end}");
        assert_eq!(refused.json::<Value>().await?["code"], "BANNED_USER", "{end}");
        let wrong = sign_in(&app, &ann.email, "another password").await?;
        assert_eq!(wrong.status(), 401, "only who knows the password is told");
    }

    execute(&app.database_url, r#"update "user" set "banExpires" = now() - interval '1 second'"#).await?;
    assert!(session(&ann).await?.is_object());
    assert_eq!(sign_in(&app, &ann.email, PASSWORD).await?.status(), 200);
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn the_apps_of_a_banned_user_get_no_tokens() -> Result<()> {
    let app = TestApp::start().await?;
    let ann = app.sign_up("Ann").await?;
    let client = OAuthClient::register(&app).await?;
    let tokens = client.connect(&ann, "openid offline_access tasks:read").await?;
    let code = client.code(&ann, &[]).await?;
    execute(&app.database_url, r#"alter table "user" add "banned" boolean default true"#).await?;
    let (status, body) = client.refresh(&tokens["refresh_token"], &[]).await?;
    assert_eq!((status.as_u16(), &body["error"]), (400, &json!("invalid_grant")));
    let (status, body) = client.exchange(&code, &[]).await?;
    assert_eq!((status.as_u16(), &body["error"]), (400, &json!("invalid_grant")));
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_key_under_another_secret_is_replaced_at_once() -> Result<()> {
    let first = TestApp::start().await?;
    let ann = first.sign_up("Ann").await?;
    let secret = "another secret for the tests, as long as that";
    let second = TestApp::on(&first.database_url, &[("better_auth_secret", secret)]).await?;
    let bob = second.sign_up("Bob").await?;
    assert!(session(&bob).await?.is_object());
    assert_eq!(bob.ask("GET", "/tasks").await?.0, 200, "the token is verified");
    assert_eq!(sign_in(&second, &ann.email, PASSWORD).await?.status(), 200);
    let keys: Value = second.get("/api/auth/jwks").send().await?.json().await?;
    assert_eq!(keys["keys"].as_array().unwrap().len(), 2, "one new key for all that need it");
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_column_that_nobody_fills_is_a_fault_of_the_server() -> Result<()> {
    let app = TestApp::start().await?;
    execute(&app.database_url, r#"alter table "user" add "extra" text not null"#).await?;
    let body = json!({"name": "Ann", "email": "ann@example.com", "password": PASSWORD});
    let response = app.post("/api/auth/sign-up/email", &body).send().await?;
    assert_eq!((response.status().as_u16(), response.text().await?.as_str()), (500, ""));
    Ok(())
}
