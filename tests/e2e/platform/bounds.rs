//! Addresses that nobody has, and requests at the edge of what HTTP allows.

use anyhow::Result;
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde_json::{Value, json};
use tests::{OAuthClient, PASSWORD, TestApp};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

use crate::problem::problem;

#[tokio::test(flavor = "multi_thread")]
async fn unknown_addresses_are_problems_too() -> Result<()> {
    let app = TestApp::start().await?;
    let ann = app.sign_up("Ann").await?;
    for path in ["/api/nothing", "/api", "/favicon.png", "/assets/gone.js"] {
        problem(app.get(path).send().await?, 404, "not_found").await?;
    }
    problem(ann.request("GET", "/tasks/1/nothing").send().await?, 404, "not_found").await?;
    problem(ann.request("GET", "/chat/nothing").send().await?, 404, "not_found").await?;
    for (path, method, allow) in [("/health", "POST", "GET, HEAD"), ("/", "DELETE", "GET, HEAD")] {
        let response = app.request(method, path).send().await?;
        assert_eq!(response.headers()["allow"], allow, "{path}");
        problem(response, 405, "method_not_allowed").await?;
    }
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn no_bad_request_is_a_500() -> Result<()> {
    let app = TestApp::start().await?;
    let ann = app.sign_up("Ann").await?;
    let paths =
        ["/api/auth/sign-up/email", "/api/auth/sign-in/email", "/mcp", "/ready"].map(str::to_owned).into_iter().chain(
            ["tasks", "tasks/1", "tasks/1/complete", "chat", "conversations/1"].map(|p| format!("/api/{}/{p}", ann.id)),
        );
    let bodies: [&[u8]; 8] = [
        b"",
        b"{",
        b"null",
        b"[]",
        b"\"\"",
        b"\xff\xfe",
        b"{\"title\":{}}",
        b"{\"message\":\"\\u0000\",\"name\":\"\\u0000\"}",
    ];
    for path in paths {
        for method in ["POST", "PUT", "PATCH", "DELETE", "OPTIONS"] {
            for body in bodies {
                let request =
                    app.request(method, &path).bearer_auth(&ann.token).header("content-type", "application/json");
                let response = request.body(body.to_vec()).send().await?;
                assert!(
                    response.status().as_u16() < 500,
                    "{method} {path} {body:?}: {}\n{}",
                    response.status(),
                    app.log()
                );
            }
        }
    }
    assert!(ann.list().await?.is_empty());
    Ok(())
}

/// Small stacks must take the deepest JSON that the parser does, in bodies and in tokens that nobody signed.
#[tokio::test(flavor = "multi_thread")]
async fn deeply_nested_json_is_refused_like_any_other() -> Result<()> {
    let app = TestApp::start().await?;
    let ann = app.sign_up("Ann").await?;
    for depth in [100, 126, 127, 128, 5_000] {
        let arrays = ["[", "]"].map(|bracket| bracket.repeat(depth - 1)).concat();
        let objects = ["{\"a\":".repeat(depth - 1), "1".to_owned(), "}".repeat(depth - 1)].concat();
        for nested in [&arrays, &objects] {
            let part = |text: &str| URL_SAFE_NO_PAD.encode(text);
            let claims = format!("{{\"sub\":\"{}\",\"iss\":{nested},\"aud\":{nested},\"exp\":1}}", ann.id);
            let header = part(r#"{"alg":"EdDSA","kid":"k"}"#);
            let forged = format!("{header}.{}.{}", part(&claims), "A".repeat(86));
            let odd = format!("{}.{}.AAAA", part(&format!("{{\"alg\":\"EdDSA\",\"jwk\":{nested}}}")), part("{}"));
            let tasks = format!("/api/{}/tasks", ann.id);
            for token in [forged, odd].into_iter().filter(|token| token.len() < 8_000) {
                for path in [tasks.as_str(), "/mcp", "/api/auth/oauth2/userinfo"] {
                    let request = if path == "/mcp" { app.post(path, &Value::Null) } else { app.get(path) };
                    let status = request.bearer_auth(&token).send().await?.status();
                    assert_eq!(status, 401, "{path} at depth {depth}\n{}", app.log());
                }
            }
            let call = format!(
                r#"{{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{{"name":"list_tasks","arguments":{nested}}}}}"#
            );
            let bodies = [
                (tasks.clone(), format!("{{\"title\":{nested}}}")),
                (format!("{tasks}/import"), nested.clone()),
                ("/mcp".to_owned(), call),
                (format!("/api/{}/chat", ann.id), format!("{{\"message\":{nested}}}")),
                ("/chatkit".to_owned(), format!("{{\"type\":\"threads.list\",\"params\":{nested}}}")),
                ("/api/auth/sign-in/email".to_owned(), format!("{{\"email\":{nested},\"password\":{nested}}}")),
                ("/api/auth/oauth2/register".to_owned(), format!("{{\"redirect_uris\":{nested},\"jwks\":{nested}}}")),
            ];
            for (path, body) in bodies {
                let request = app.request("POST", &path).bearer_auth(&ann.token).header("origin", &app.base);
                let response = request.header("content-type", "application/json").body(body).send().await?;
                let status = response.status().as_u16();
                assert!(status < 500, "{path} at depth {depth}: {status}\n{}", app.log());
            }
        }
    }
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_null_character_is_a_bad_request_wherever_it_comes() -> Result<()> {
    let app = TestApp::start().await?;
    let ann = app.sign_up("Ann").await?;
    let client = OAuthClient::register(&app).await?;
    for path in [
        "/account-info?accountId=%00".to_owned(),
        "/oauth2/public-client?client_id=%00".to_owned(),
        format!("/oauth2/authorize?{}", client.query(&[("client_id", "\0")])),
    ] {
        let response = ann.auth("GET", &path).send().await?;
        assert_eq!(response.status(), 400, "{path}: {}", app.log());
        assert_eq!(response.json::<Value>().await?["code"], "VALIDATION_ERROR", "{path}");
    }
    for (path, body) in [
        ("/reset-password", json!({"token": "\0", "newPassword": PASSWORD})),
        ("/revoke-session", json!({"token": "\0"})),
        ("/unlink-account", json!({"providerId": "google", "accountId": "\0"})),
        ("/oauth2/delete-consent", json!({"id": "\0"})),
    ] {
        let response = ann.auth("POST", path).json(&body).send().await?;
        assert_eq!(response.status(), 400, "{path}: {}", app.log());
    }
    for path in ["token", "revoke"] {
        let form = [("grant_type", "authorization_code"), ("code", "x"), ("token", "x"), ("client_id", "\0")];
        let form = [&form[..], &[("redirect_uri", "x"), ("code_verifier", "x")]].concat();
        assert_eq!(client.post(path, &form).await?.status(), 400, "{path}: {}", app.log());
    }
    for name in ["state", "nonce", "x\0"] {
        let location = client.authorize(Some(&ann), &[(name, "\0")]).await?;
        assert!(location.contains("/api/auth/error?error=invalid_request"), "{name:?}: {location}");
    }
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_request_id_is_given_and_kept() -> Result<()> {
    let app = TestApp::start().await?;
    let given = app.get("/health").header("x-request-id", "from-proxy-1").send().await?;
    assert_eq!(given.headers()["x-request-id"], "from-proxy-1");
    let made = app.get("/health").send().await?;
    assert!(!made.headers()["x-request-id"].is_empty());
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_client_that_stops_sending_costs_nobody_else() -> Result<()> {
    let app = TestApp::start().await?;
    let ann = app.sign_up("Ann").await?;
    let mut slow = TcpStream::connect(app.base.strip_prefix("http://").unwrap()).await?;
    let head = format!(
        "POST /api/{}/tasks HTTP/1.1\r\nhost: x\r\nauthorization: Bearer {}\r\ncontent-type: application/json\r\ncontent-length: 20\r\n\r\n{{\"title\"",
        ann.id, ann.token
    );
    slow.write_all(head.as_bytes()).await?;
    assert_eq!(ann.add("others go on").await?, 1);
    slow.shutdown().await?;
    let mut response = Vec::new();
    slow.read_to_end(&mut response).await?;
    assert_eq!(ann.list().await?, ["others go on"], "half a body is nothing");
    assert_eq!(ann.send("POST", "/tasks", json!({"title": "next"})).await?.0, 201);
    Ok(())
}
