//! Refresh tokens, confidential clients, revocation and userinfo.

use anyhow::Result;
use base64::Engine;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use reqwest::StatusCode;
use serde_json::{Value, json};
use tests::{ALL_SCOPES, OAuthClient, TestApp, VERIFIER, connect};

use crate::oauth::attacks::{execute, sign_out};

fn claims(token: &Value) -> Value {
    let part = token.as_str().unwrap().split('.').nth(1).unwrap();
    serde_json::from_slice(&URL_SAFE_NO_PAD.decode(part).unwrap()).unwrap()
}

fn error((status, body): (StatusCode, Value)) -> String {
    assert_eq!(status, 400, "{body}");
    format!("{}: {}", body["error"].as_str().unwrap(), body["error_description"].as_str().unwrap())
}

/// The grace of all used refresh tokens is over.
const LATER: &str = r#"update "oauthRefreshToken" set "rotationReplayExpiresAt" = now() - interval '1 second',
    "rotatedAt" = now() - interval '31 minutes' where "rotationReplayExpiresAt" is not null"#;

#[tokio::test(flavor = "multi_thread")]
async fn tokens_say_what_they_are_for() -> Result<()> {
    let app = TestApp::start().await?;
    let ann = app.sign_up("Ann").await?;
    let client = OAuthClient::register(&app).await?;
    let code = client.code(&ann, &[("nonce", "n-1")]).await?;
    let (status, tokens) = client.exchange(&code, &[]).await?;
    assert_eq!((status.as_u16(), &tokens["expires_in"]), (200, &json!(3600)));
    let access = claims(&tokens["access_token"]);
    let (issuer, resource) = (format!("{}/api/auth", app.base), format!("{}/mcp", app.base));
    assert_eq!(access["aud"], json!([resource, format!("{issuer}/oauth2/userinfo")]));
    assert_eq!((&access["iss"], &access["sub"]), (&json!(issuer), &json!(ann.id)));
    assert_eq!((&access["client_id"], &access["scope"]), (&json!(client.id), &json!(ALL_SCOPES)));
    let id = claims(&tokens["id_token"]);
    assert_eq!((&id["aud"], &id["sub"], &id["nonce"]), (&json!(client.id), &json!(ann.id), &json!("n-1")));

    let plain = client.connect(&ann, "tasks:read").await?;
    assert_eq!(claims(&plain["access_token"])["aud"], json!(resource));
    assert!(plain.get("id_token").is_none(), "{plain}");
    let unsaid = client.code(&ann, &[("resource", "")]).await?;
    let (_, unsaid) = client.exchange(&unsaid, &[]).await?;
    assert_eq!(claims(&unsaid["access_token"])["aud"][0], resource, "there is one resource only");
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_refresh_token_is_good_once_and_its_answer_for_a_moment() -> Result<()> {
    let app = TestApp::start().await?;
    let ann = app.sign_up("Ann").await?;
    let client = OAuthClient::register(&app).await?;
    let tokens = client.connect(&ann, ALL_SCOPES).await?;
    let first = &tokens["refresh_token"];
    let (status, next) = client.refresh(first, &[]).await?;
    assert_eq!(status, 200, "{next}");
    assert_ne!(&next["refresh_token"], first);
    assert_eq!(client.refresh(first, &[]).await?.1, next, "a client whose connection broke asks twice");
    let narrower = [("scope", "tasks:read")];
    assert!(error(client.refresh(first, &narrower).await?).starts_with("invalid_grant"), "not the same request");
    let (_, narrow) = client.refresh(&next["refresh_token"], &narrower).await?;
    assert_eq!(
        (&narrow["scope"], claims(&narrow["access_token"])["scope"].as_str()),
        (&json!("tasks:read"), Some("tasks:read"))
    );
    let (_, wide) = client.refresh(&narrow["refresh_token"], &[]).await?;
    assert_eq!(wide["scope"], ALL_SCOPES, "the grant stays what it was");
    let wider = client.refresh(&wide["refresh_token"], &[("scope", "openid root")]).await?;
    assert_eq!(error(wider), "invalid_scope: unable to issue scope root");
    assert_eq!(error(client.refresh(&json!("nope"), &[]).await?), "invalid_grant: session not found");

    let (a, b, c) = tokio::join!(
        client.refresh(&wide["refresh_token"], &[]),
        client.refresh(&wide["refresh_token"], &[]),
        client.refresh(&wide["refresh_token"], &[]),
    );
    let responses = [a?, b?, c?];
    assert!(responses.iter().all(|response| response.0 == 200 && response.1 == responses[0].1), "{responses:?}");

    let bound = client.connect(&ann, "tasks:read").await?;
    let (status, bound) = client.refresh(&bound["refresh_token"], &[]).await?;
    assert_eq!(status, 200, "{bound}");
    sign_out(&app, &ann).await?;
    for connection in [&bound, &responses[0].1] {
        let (_, later) = client.refresh(&connection["refresh_token"], &[]).await?;
        assert_eq!(claims(&later["access_token"])["sid"], Value::Null, "a connection outlives the session: {later}");
    }
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_stolen_refresh_token_ends_its_family_alone() -> Result<()> {
    let app = TestApp::start().await?;
    let ann = app.sign_up("Ann").await?;
    let (client, other) = (OAuthClient::register(&app).await?, OAuthClient::register(&app).await?);
    let tokens = client.connect(&ann, ALL_SCOPES).await?;
    let elsewhere = client.connect(&ann, ALL_SCOPES).await?;
    let stolen = error(other.refresh(&tokens["refresh_token"], &[]).await?);
    assert_eq!(stolen, "invalid_grant: session not found", "another client's");
    let (_, second) = client.refresh(&tokens["refresh_token"], &[]).await?;
    let (_, third) = client.refresh(&second["refresh_token"], &[]).await?;
    execute(&app, LATER).await?;
    let reused = error(client.refresh(&tokens["refresh_token"], &[]).await?);
    assert_eq!(reused, "invalid_grant: invalid refresh token");
    for token in [&second, &third] {
        assert_eq!(client.refresh(&token["refresh_token"], &[]).await?.0, 400, "the family is gone");
    }
    assert_eq!(client.refresh(&elsewhere["refresh_token"], &[]).await?.0, 200, "the user's other device is not");
    let (_, old) = client.refresh(&client.connect(&ann, ALL_SCOPES).await?["refresh_token"], &[]).await?;
    execute(&app, r#"update "oauthRefreshToken" set "expiresAt" = now() - interval '1 second'"#).await?;
    assert!(error(client.refresh(&old["refresh_token"], &[]).await?).starts_with("invalid_grant"));
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn what_a_token_was_exchanged_for_is_kept_no_longer_than_it_is_needed() -> Result<()> {
    let app = TestApp::start().await?;
    let ann = app.sign_up("Ann").await?;
    let client = OAuthClient::register(&app).await?;
    let first = client.connect(&ann, ALL_SCOPES).await?;
    let (_, second) = client.refresh(&first["refresh_token"], &[]).await?;
    execute(&app, r#"update "oauthRefreshToken" set "expiresAt" = now() where "revoked" is not null"#).await?;
    let (_, third) = client.refresh(&second["refresh_token"], &[]).await?;
    execute(&app, LATER).await?;
    client.refresh(&third["refresh_token"], &[]).await?;
    let count = r#"select count(*), count("rotationReplayResponse") from "oauthRefreshToken""#;
    let row = connect(&app.database_url).await?.query_one(count, &[]).await?;
    assert_eq!((row.get(0), row.get(1)), (3_i64, 1_i64), "the first has ended, the second's response is forgotten");
    let reused = error(client.refresh(&second["refresh_token"], &[]).await?);
    assert_eq!(reused, "invalid_grant: invalid refresh token", "who comes with it is still known for a thief");
    let row = connect(&app.database_url).await?.query_one(count, &[]).await?;
    assert_eq!(row.get::<_, i64>(0), 0);
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_client_gives_its_tokens_back() -> Result<()> {
    let app = TestApp::start().await?;
    let ann = app.sign_up("Ann").await?;
    let (client, other) = (OAuthClient::register(&app).await?, OAuthClient::register(&app).await?);
    let tokens = client.connect(&ann, ALL_SCOPES).await?;
    let refresh = tokens["refresh_token"].as_str().unwrap();
    assert_eq!(other.post("revoke", &[("token", refresh)]).await?.status(), 200, "known or not is not told");
    let (status, next) = client.refresh(&tokens["refresh_token"], &[]).await?;
    assert_eq!(status, 200, "another client cannot revoke it");
    let revoked = client.post("revoke", &[("token", next["refresh_token"].as_str().unwrap())]).await?;
    assert_eq!((revoked.status().as_u16(), revoked.text().await?), (200, String::new()));
    for token in [&next, &tokens] {
        assert_eq!(client.refresh(&token["refresh_token"], &[]).await?.0, 400);
    }
    assert_eq!(client.post("revoke", &[("token", "unknown")]).await?.status(), 200);
    let jwt = client.post("revoke", &[("token", tokens["access_token"].as_str().unwrap())]).await?;
    assert_eq!(jwt.json::<Value>().await?["error"], "unsupported_token_type");
    assert_eq!(client.post("revoke", &[("token", "x"), ("client_id", "unknown")]).await?.status(), 401);
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_client_with_a_secret_must_prove_it() -> Result<()> {
    let app = TestApp::start().await?;
    let ann = app.sign_up("Ann").await?;
    let body = json!({"redirect_uris": ["https://client.example/cb"], "client_name": "Server",
        "token_endpoint_auth_method": "client_secret_basic"});
    let registered: Value = app.post("/api/auth/oauth2/register", &body).send().await?.json().await?;
    let (id, secret) = (registered["client_id"].as_str().unwrap(), registered["client_secret"].as_str().unwrap());
    let client = OAuthClient { app: &app, id: id.to_owned(), redirect_uri: "https://client.example/cb" };
    let by_header = async |secret: &str, code: &str| -> Result<reqwest::Response> {
        let form = format!(
            "grant_type=authorization_code&code={code}&redirect_uri=https%3A%2F%2Fclient.example%2Fcb&code_verifier={VERIFIER}"
        );
        let request =
            app.request("POST", "/api/auth/oauth2/token").header("content-type", "application/x-www-form-urlencoded");
        let basic = format!("Basic {}", STANDARD.encode(format!("{id}:{secret}")));
        Ok(request.header("authorization", basic).body(form).send().await?)
    };
    let code = async || client.code(&ann, &[("scope", "tasks:read")]).await;
    let wrong = by_header("wrong", &code().await?).await?;
    assert_eq!((wrong.status().as_u16(), &wrong.headers()["www-authenticate"]), (401, &"Basic".parse()?));
    let posted = client.exchange(&code().await?, &[("client_secret", secret)]).await?;
    assert_eq!(posted.0, 200, "a right secret is good in each way: {}", posted.1);
    let kept = code().await?;
    let without = client.exchange(&kept, &[]).await?;
    assert_eq!((without.0.as_u16(), &without.1["error"]), (401, &json!("invalid_client")), "no secret at all");
    assert_eq!(by_header("wrong", &kept).await?.status(), 401);
    let good = by_header(secret, &kept).await?;
    assert_eq!(good.status(), 200, "{}", good.text().await?);
    assert!(good.json::<Value>().await?.get("refresh_token").is_none());
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn userinfo_tells_what_the_scopes_allow() -> Result<()> {
    let app = TestApp::start().await?;
    let ann = app.sign_up("Ann").await?;
    let client = OAuthClient::register(&app).await?;
    let ask = |token: String| app.get("/api/auth/oauth2/userinfo").bearer_auth(token).send();
    let of = |tokens: &Value| tokens["access_token"].as_str().unwrap().to_owned();
    let all = client.connect(&ann, ALL_SCOPES).await?;
    let expected = json!({"sub": ann.id, "name": "Ann", "email": ann.email, "email_verified": false});
    assert_eq!(ask(of(&all)).await?.json::<Value>().await?, expected);
    let little = client.connect(&ann, "openid").await?;
    assert_eq!(ask(of(&little)).await?.json::<Value>().await?, json!({"sub": ann.id}));
    let none = client.connect(&ann, "tasks:read").await?;
    for token in [of(&none), ann.token.clone(), all["id_token"].as_str().unwrap().to_owned(), "nope".to_owned()] {
        let refused = ask(token).await?;
        assert_eq!(refused.status(), 401);
        assert!(refused.headers()["www-authenticate"].to_str()?.contains("invalid_token"));
    }
    assert_eq!(app.get("/api/auth/oauth2/userinfo").send().await?.json::<Value>().await?["error"], "invalid_request");
    sign_out(&app, &ann).await?;
    assert_eq!(ask(of(&all)).await?.status(), 401, "the session is over");
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_client_that_does_not_exist_is_told_so_and_nothing_is_used_up() -> Result<()> {
    let app = TestApp::start().await?;
    let ann = app.sign_up("Ann").await?;
    let client = OAuthClient::register(&app).await?;
    let tokens = client.connect(&ann, ALL_SCOPES).await?;
    let code = client.code(&ann, &[("scope", "tasks:read")]).await?;
    let gone = OAuthClient { app: &app, id: "gone".to_owned(), redirect_uri: client.redirect_uri };
    for refused in [
        gone.exchange(&code, &[]).await?,
        gone.exchange("abc", &[]).await?,
        gone.refresh(&tokens["refresh_token"], &[]).await?,
        gone.refresh(&json!("abc"), &[]).await?,
    ] {
        assert_eq!((refused.0.as_u16(), &refused.1["error"]), (401, &json!("invalid_client")), "{}", refused.1);
    }
    assert_eq!(gone.post("revoke", &[("token", "x")]).await?.status(), 401);
    assert_eq!(client.exchange(&code, &[]).await?.0, 200);
    assert_eq!(client.refresh(&tokens["refresh_token"], &[]).await?.0, 200);
    assert!(error(client.refresh(&json!("abc"), &[]).await?).starts_with("invalid_grant"));
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_code_outlives_what_is_wrong_in_the_form_of_a_request() -> Result<()> {
    let app = TestApp::start().await?;
    let ann = app.sign_up("Ann").await?;
    let (client, other) = (OAuthClient::register(&app).await?, OAuthClient::register(&app).await?);
    let code = client.code(&ann, &[("scope", "tasks:read")]).await?;
    assert_eq!(other.exchange(&code, &[]).await?.0, 400, "another client's");
    for wrong in [("code_verifier", ""), ("resource", "https://other.example/mcp"), ("grant_type", "")] {
        assert_eq!(client.exchange(&code, &[wrong]).await?.0, 400, "{wrong:?}");
    }
    let slash = format!("{}/mcp/", app.base);
    let (status, tokens) = client.exchange(&code, &[("redirect_uri", ""), ("resource", &slash)]).await?;
    assert_eq!(
        (status.as_u16(), &claims(&tokens["access_token"])["aud"]),
        (200, &json!(format!("{}/mcp", app.base))),
        "{tokens}"
    );

    let code = client.code(&ann, &[("scope", "tasks:read"), ("resource", &slash)]).await?;
    let body = json!({"grant_type": "authorization_code", "code": code, "client_id": client.id,
        "redirect_uri": client.redirect_uri, "code_verifier": VERIFIER});
    assert_eq!(app.post("/api/auth/oauth2/token", &body).send().await?.status(), 200, "as JSON");
    for spent in [("code_verifier", "x".repeat(50)), ("redirect_uri", "http://127.0.0.1:1/other".to_owned())] {
        let code = client.code(&ann, &[("scope", "tasks:read")]).await?;
        assert_eq!(client.exchange(&code, &[(spent.0, &spent.1)]).await?.0, 400);
        assert_eq!(client.exchange(&code, &[]).await?.0, 400, "{} ends it", spent.0);
    }
    Ok(())
}
