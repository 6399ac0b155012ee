//! Better Auth's protocol at `/api/auth`, as its clients see it.

use anyhow::Result;
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde_json::{Value, json};
use tests::{PASSWORD, TestApp};

const SIGN_UP: &str = "/api/auth/sign-up/email";
const SIGN_IN: &str = "/api/auth/sign-in/email";

fn account(email: &str) -> Value {
    json!({"name": "Alice Liddell", "email": email, "password": PASSWORD})
}

fn cookies(response: &reqwest::Response) -> Vec<String> {
    response.headers().get_all("set-cookie").iter().map(|value| value.to_str().unwrap().to_owned()).collect()
}

fn is_id(value: &Value) -> bool {
    value.as_str().is_some_and(|id| id.len() == 32 && id.bytes().all(|b| b.is_ascii_alphanumeric()))
}

#[tokio::test(flavor = "multi_thread")]
async fn signing_up_answers_the_user_and_a_signed_cookie() -> Result<()> {
    let app = TestApp::start().await?;
    let response = app.post(SIGN_UP, &account("Alice@Example.com")).send().await?;
    assert_eq!(response.status(), 200);
    let set = cookies(&response);
    assert!(set[0].starts_with("better-auth.session_token="), "{set:?}");
    assert!(set[0].ends_with("; Max-Age=604800; Path=/; HttpOnly; SameSite=Lax"), "{set:?}");
    let body: Value = response.json().await?;
    assert!(is_id(&body["token"]) && is_id(&body["user"]["id"]), "{body}");
    assert!(set[0].contains(body["token"].as_str().unwrap()));
    assert_eq!((&body["user"]["email"], &body["user"]["emailVerified"]), (&json!("alice@example.com"), &json!(false)));

    let again = app.post(SIGN_UP, &account("ALICE@example.com")).send().await?;
    assert_eq!(again.status(), 422);
    assert_eq!(again.json::<Value>().await?["code"], "USER_ALREADY_EXISTS_USE_ANOTHER_EMAIL");
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_session_is_found_by_its_cookie_until_it_is_signed_out() -> Result<()> {
    let app = TestApp::start().await?;
    let ann = app.sign_up("Ann").await?;
    let found = app.get("/api/auth/get-session").header("cookie", &ann.cookie).send().await?;
    assert_eq!(found.headers()["cache-control"], "no-store");
    assert!(found.headers()["set-auth-jwt"].to_str()?.split('.').count() == 3);
    let session: Value = found.json().await?;
    assert_eq!((&session["user"]["id"], &session["session"]["userId"]), (&json!(ann.id), &json!(ann.id)));

    let bare = format!("better-auth.session_token={}", session["session"]["token"].as_str().unwrap());
    for nobody in [bare, format!("{}x", ann.cookie)] {
        let response = app.get("/api/auth/get-session").header("cookie", nobody).send().await?;
        assert!(response.json::<Value>().await?.is_null(), "an unsigned cookie is no session");
    }

    let out = app.request("POST", "/api/auth/sign-out").header("cookie", &ann.cookie).header("origin", &app.base);
    let out = out.send().await?;
    assert_eq!(cookies(&out).len(), 3, "three cookies are cleared");
    assert_eq!(out.json::<Value>().await?, json!({"success": true}));
    let after = app.get("/api/auth/get-session").header("cookie", &ann.cookie).send().await?;
    assert!(after.json::<Value>().await?.is_null());
    let token = app.get("/api/auth/token").header("cookie", &ann.cookie).send().await?;
    assert_eq!(token.status(), 401);
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn signing_in_needs_the_right_password() -> Result<()> {
    let app = TestApp::start().await?;
    let ann = app.sign_up("Ann").await?;
    for (email, password) in
        [(ann.email.as_str(), "wrong password"), ("nobody@example.com", PASSWORD), (ann.email.as_str(), "")]
    {
        let refused = app.post(SIGN_IN, &json!({"email": email, "password": password})).send().await?;
        assert_eq!(refused.status(), 401);
        assert!(cookies(&refused).is_empty());
        assert_eq!(refused.json::<Value>().await?["code"], "INVALID_EMAIL_OR_PASSWORD");
    }
    let body = json!({"email": ann.email, "password": PASSWORD, "rememberMe": false});
    let short = app.post(SIGN_IN, &body).send().await?;
    assert!(cookies(&short).iter().all(|cookie| !cookie.contains("Max-Age")), "{:?}", cookies(&short));
    assert_eq!(cookies(&short).len(), 2);
    let form = app.request("POST", SIGN_IN).header("content-type", "application/x-www-form-urlencoded");
    let form = form.body(format!("email=ann%40example.com&password={}", PASSWORD.replace(' ', "+"))).send().await?;
    assert_eq!(form.status(), 200, "{}", form.text().await?);
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn the_token_is_an_eddsa_jwt_by_a_published_key() -> Result<()> {
    let app = TestApp::start().await?;
    let ann = app.sign_up("Ann").await?;
    let part = |n: usize| -> Result<Value> {
        Ok(serde_json::from_slice(&URL_SAFE_NO_PAD.decode(ann.token.split('.').nth(n).unwrap())?)?)
    };
    let (header, claims) = (part(0)?, part(1)?);
    let keys: Value = app.get("/api/auth/jwks").send().await?.json().await?;
    assert_eq!(header, json!({"alg": "EdDSA", "kid": keys["keys"][0]["kid"]}));
    assert_eq!((&claims["iss"], &claims["aud"], &claims["sub"]), (&json!(app.base), &json!(app.base), &json!(ann.id)));
    assert_eq!(claims["exp"].as_i64().unwrap() - claims["iat"].as_i64().unwrap(), 900);
    assert_eq!(claims["email"], ann.email);
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_wrong_with_a_body_is_said_as_better_auth_says_it() -> Result<()> {
    let app = TestApp::start().await?;
    let table = [
        (json!({}), 400, "VALIDATION_ERROR"),
        (json!({"name": "A", "email": "a@b", "password": PASSWORD}), 400, "VALIDATION_ERROR"),
        (json!({"name": "A", "email": "a@b.co", "password": "short"}), 400, "PASSWORD_TOO_SHORT"),
        (json!({"name": "A", "email": "a@b.co", "password": "x".repeat(129)}), 400, "PASSWORD_TOO_LONG"),
    ];
    for (body, status, code) in table {
        let response = app.post(SIGN_UP, &body).send().await?;
        assert_eq!(response.status(), status, "{body}");
        assert_eq!(response.json::<Value>().await?["code"], code, "{body}");
    }
    let control = json!({"name": "A\u{0}", "email": "a@b.co", "password": PASSWORD});
    assert_eq!(app.post(SIGN_UP, &control).send().await?.status(), 400, "{}", app.log());
    for (method, path) in
        [("GET", SIGN_IN), ("POST", "/api/auth/token"), ("GET", "/api/auth/nope"), ("HEAD", "/api/auth/ok")]
    {
        let response = app.request(method, path).send().await?;
        assert_eq!(response.status(), 404, "{method} {path}");
        assert_eq!(response.text().await?, "");
    }
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn another_sites_page_cannot_sign_in_or_out() -> Result<()> {
    let app = TestApp::start().await?;
    let ann = app.sign_up("Ann").await?;
    let body = json!({"email": ann.email, "password": PASSWORD});
    for (origin, code) in [("https://evil.example", "INVALID_ORIGIN"), ("null", "MISSING_OR_NULL_ORIGIN")] {
        let request = app.post("/api/auth/sign-out", &json!({})).header("cookie", &ann.cookie).header("origin", origin);
        let response = request.send().await?;
        assert_eq!(response.status(), 403, "{origin}");
        assert_eq!(response.json::<Value>().await?["code"], code);
    }
    let cross = app.post(SIGN_IN, &body).header("origin", "https://evil.example").send().await?;
    assert_eq!(cross.status(), 403);
    let away = json!({"email": ann.email, "password": PASSWORD, "callbackURL": "//evil.example"});
    assert_eq!(app.post(SIGN_IN, &away).send().await?.status(), 403);
    let still = app.get("/api/auth/get-session").header("cookie", &ann.cookie).send().await?;
    assert!(still.json::<Value>().await?.is_object());
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn behind_https_the_cookie_is_secure_and_renamed() -> Result<()> {
    let app = TestApp::with(&[("better_auth_url", "https://todo.example")]).await?;
    let response = app.post(SIGN_UP, &account("a@b.co")).send().await?;
    let set = cookies(&response);
    assert!(set[0].starts_with("__Secure-better-auth.session_token=") && set[0].contains("; Secure;"), "{set:?}");
    Ok(())
}
