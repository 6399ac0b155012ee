//! What somebody might try at `/api/auth`.

use anyhow::Result;
use serde_json::{Value, json};
use tests::{PASSWORD, TestApp};

/// Targets that lead, or might lead, away from here.
const AWAY: [&str; 14] = [
    "https://evil.example/",
    "//evil.example",
    "/\\evil.example",
    "\\/evil.example",
    "/a%2Fb",
    "/%5cevil.example",
    "/a\tb",
    "/a\r\nset-cookie: x=y",
    "dash",
    "javascript:alert(1)",
    "data:text/html,x",
    "http://127.0.0.1:1/",
    "http://127.0.0.1@evil.example/",
    "https:evil.example",
];

fn with_query(path: &str, parameters: &[(&str, &str)]) -> Result<String> {
    let url = reqwest::Url::parse_with_params("http://any.example/", parameters)?;
    Ok(format!("{path}?{}", url.query().unwrap_or_default()))
}

#[tokio::test(flavor = "multi_thread")]
async fn a_changed_cookie_is_no_session() -> Result<()> {
    let app = TestApp::start().await?;
    let (ann, bob) = (app.sign_up("Ann").await?, app.sign_up("Bob").await?);
    let value = |cookie: &str| cookie.split_once('=').unwrap().1.to_owned();
    let (of_ann, of_bob) = (value(&ann.cookie), value(&bob.cookie));
    let (token, signature) = of_ann.split_once('.').unwrap();
    let (other, other_signature) = of_bob.split_once('.').unwrap();
    let mut changed = token.to_owned();
    changed.replace_range(0..1, if token.starts_with('a') { "b" } else { "a" });
    for forged in [
        token.to_owned(),
        format!("{token}."),
        format!("{token}.{other_signature}"),
        format!("{other}.{signature}"),
        format!("{changed}.{signature}"),
        format!("{token}.{}", signature.to_lowercase()),
        format!("{token}.{}%3D", "A".repeat(43)),
        format!("{token}.x.{signature}"),
        format!("'{of_ann}"),
        of_ann.trim_end_matches("%3D").to_owned(),
        "true.x".to_owned(),
        String::new(),
    ] {
        let cookie = format!("better-auth.session_token={forged}");
        let session = app.get("/api/auth/get-session").header("cookie", &cookie).send().await?;
        assert_eq!(session.text().await?, "null", "{forged}");
        let token = app.get("/api/auth/token").header("cookie", cookie).send().await?;
        assert_eq!(token.status(), 401, "{forged}");
    }
    let renamed = format!("__Secure-better-auth.session_token={of_ann}");
    assert_eq!(app.get("/api/auth/get-session").header("cookie", renamed).send().await?.text().await?, "null");
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn no_route_sends_a_browser_away() -> Result<()> {
    let app = TestApp::with(&[("development_mail", "true"), ("delete_user", "on")]).await?;
    let ann = app.sign_up("Ann").await?;
    for target in AWAY {
        for (path, body) in [
            ("/sign-in/email", json!({"email": ann.email, "password": PASSWORD, "callbackURL": target})),
            (
                "/sign-up/email",
                json!({"name": "x", "email": "x@example.com", "password": PASSWORD, "callbackURL": target}),
            ),
            ("/request-password-reset", json!({"email": ann.email, "redirectTo": target})),
            ("/send-verification-email", json!({"email": ann.email, "callbackURL": target})),
            ("/change-email", json!({"newEmail": "y@example.com", "callbackURL": target})),
            ("/delete-user", json!({"callbackURL": target})),
            ("/sign-out", json!({"callbackURL": target})),
        ] {
            let response = ann.auth("POST", path).json(&body).send().await?;
            assert_eq!(response.status(), 403, "{path} {target:?}: {}", response.text().await?);
        }
        for path in ["/reset-password/x", "/verify-email", "/delete-user/callback"] {
            let path = with_query(path, &[("token", "x"), ("callbackURL", target)])?;
            let response = ann.auth("GET", &path).send().await?;
            assert_eq!(response.status(), 403, "{path} {target:?}");
            assert!(!response.headers().contains_key("location"));
        }
    }
    let outbox: Value = app.get("/api/auth/outbox").send().await?.json().await?;
    assert_eq!(outbox, json!([]), "and no mail leads there");
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn the_error_page_is_this_apps_own_and_takes_no_markup() -> Result<()> {
    let app = TestApp::start().await?;
    for (query, location) in [
        ("", "/?error=UNKNOWN"),
        (
            "?error=access_denied&error_description=No%20%3Cb%3Eway",
            "/?error=access_denied&error_description=No+%3Cb%3Eway",
        ),
        ("?error=%3Cscript%3E", "/?error=UNKNOWN"),
        ("?error=a%0d%0aset-cookie:x", "/?error=UNKNOWN"),
        ("?error=a&error_description=%0d%0aset-cookie:x", "/?error=a&error_description=%0D%0Aset-cookie%3Ax"),
    ] {
        let page = app.get(&format!("/api/auth/error{query}")).send().await?;
        assert_eq!((page.status().as_u16(), page.headers()["location"].to_str()?), (302, location));
        assert!(!page.headers().contains_key("set-cookie"));
    }
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_sign_in_never_keeps_a_session_that_was_there_before() -> Result<()> {
    let app = TestApp::start().await?;
    let (eve, ann) = (app.sign_up("Eve").await?, app.sign_up("Ann").await?);
    let body = json!({"email": ann.email, "password": PASSWORD});
    let planted = app.post("/api/auth/sign-in/email", &body).header("cookie", &eve.cookie).header("origin", &app.base);
    let signed_in = planted.send().await?;
    let cookie = signed_in.headers()["set-cookie"].to_str()?.split(';').next().unwrap().to_owned();
    assert!(cookie != eve.cookie && cookie != ann.cookie, "the session is a new one");
    let of_eve: Value = eve.auth("GET", "/get-session").send().await?.json().await?;
    assert_eq!(of_eve["user"]["id"], eve.id, "what was planted is still the planter's");
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn nobody_learns_who_has_an_account() -> Result<()> {
    let app = TestApp::with(&[("development_mail", "true")]).await?;
    let ann = app.sign_up("Ann").await?;
    for path in ["/sign-in/email", "/request-password-reset", "/send-verification-email"] {
        let mut responses = Vec::new();
        for email in [ann.email.as_str(), "nobody@example.com"] {
            let response = app
                .post(&format!("/api/auth{path}"), &json!({"email": email, "password": "wrong password"}))
                .send()
                .await?;
            let headers: Vec<String> = response.headers().keys().map(ToString::to_string).collect();
            responses.push((response.status(), headers, response.text().await?));
        }
        assert_eq!(responses[0], responses[1], "{path}");
    }
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn another_sites_page_changes_nothing() -> Result<()> {
    let app = TestApp::with(&[("delete_user", "on"), ("trusted_origins", "https://*.preview.example.test")]).await?;
    let ann = app.sign_up("Ann").await?;
    for path in ["/update-user", "/change-password", "/delete-user", "/revoke-sessions", "/sign-out", "/change-email"] {
        for origin in [
            "https://evil.example",
            "null",
            "http://127.0.0.1:1",
            "https://preview.example.test",
            "https://a.preview.example.test.evil.example",
        ] {
            let request = app.post(&format!("/api/auth{path}"), &json!({"name": "Eve"}));
            let response = request.header("cookie", &ann.cookie).header("origin", origin).send().await?;
            assert_eq!(response.status(), 403, "{path} {origin}");
        }
        let silent =
            app.post(&format!("/api/auth{path}"), &json!({"name": "Eve"})).header("cookie", &ann.cookie).send().await?;
        assert_eq!(silent.status(), 403, "{path} without Origin");
    }
    let trusted = app.post("/api/auth/update-user", &json!({"name": "Ann II"})).header("cookie", &ann.cookie);
    assert_eq!(trusted.header("origin", "https://a.b.preview.example.test").send().await?.status(), 200);
    let session: Value = ann.auth("GET", "/get-session").send().await?.json().await?;
    assert_eq!(session["user"]["name"], "Ann II");
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_link_of_another_server_or_without_signature_is_refused() -> Result<()> {
    let app = TestApp::with(&[("development_mail", "true")]).await?;
    let ann = app.sign_up("Ann").await?;
    ann.auth("POST", "/send-verification-email").json(&json!({"email": ann.email})).send().await?;
    let mails: Value = app.get("/api/auth/outbox").send().await?.json().await?;
    let token = mails[0]["token"].as_str().unwrap();
    let parts: Vec<&str> = token.split('.').collect();
    let unsigned = format!("eyJhbGciOiJub25lIn0.{}.", parts[1]); // {"alg":"none"}
    let shortened = token[..token.len() - 2].to_owned();
    for forged in [unsigned.as_str(), shortened.as_str(), &ann.token, "abc", ""] {
        let response = app.get(&with_query("/api/auth/verify-email", &[("token", forged)])?).send().await?;
        assert_eq!(response.status(), 401, "{forged}");
    }
    Ok(())
}
