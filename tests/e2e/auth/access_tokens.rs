//! Access tokens: what REST, chat and MCP accept is one rule, so it is asked of each.

use anyhow::Result;
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use ed25519_dalek::{Signer, SigningKey};
use serde_json::{Value, json};
use tests::{TestApp, TestUser};

/// The protected addresses of a user.
fn addresses(user: &TestUser) -> [(&'static str, String); 4] {
    let of = |path: &str| format!("/api/{}/{path}", user.id);
    [("GET", of("tasks")), ("POST", of("chat")), ("GET", of("conversations")), ("POST", "/mcp".to_owned())]
}

fn forge(header: Value, claims: &Value) -> String {
    let part = |value: &Value| URL_SAFE_NO_PAD.encode(value.to_string());
    let signed = format!("{}.{}", part(&header), part(claims));
    let signature = SigningKey::from_bytes(&[1; 32]).sign(signed.as_bytes());
    format!("{signed}.{}", URL_SAFE_NO_PAD.encode(signature.to_bytes()))
}

fn claims(token: &str) -> Result<Value> {
    let part = token.split('.').nth(1).unwrap();
    Ok(serde_json::from_slice(&URL_SAFE_NO_PAD.decode(part)?)?)
}

#[tokio::test(flavor = "multi_thread")]
async fn every_protected_address_asks_for_a_token() -> Result<()> {
    let app = TestApp::start().await?;
    let ann = app.sign_up("Ann").await?;
    for (method, path) in addresses(&ann) {
        for authorization in [None, Some("Basic YTpi"), Some("Bearer"), Some("Bearer x"), Some("Bearer a.b.c")] {
            let request = app.request(method, &path);
            let request = authorization.into_iter().fold(request, |r, value| r.header("authorization", value));
            let response = request.send().await?;
            assert_eq!(response.status(), 401, "{method} {path} {authorization:?}");
            assert!(response.headers()["www-authenticate"].to_str()?.starts_with("Bearer"));
        }
        let by_cookie = app.request(method, &path).header("cookie", &ann.cookie).send().await?;
        assert_eq!(by_cookie.status(), 401, "the cookie is no access token: {path}");
    }
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn forged_tokens_are_refused_everywhere() -> Result<()> {
    let app = TestApp::start().await?;
    let (ann, bob) = (app.sign_up("Ann").await?, app.sign_up("Bob").await?);
    let good = claims(&ann.token)?;
    let keys: Value = app.get("/api/auth/jwks").send().await?.json().await?;
    let kid = keys["keys"][0]["kid"].clone();
    let header = |alg: &str| json!({"alg": alg, "kid": kid});
    let mixed = {
        let (a, b): (Vec<_>, Vec<_>) = (ann.token.split('.').collect(), bob.token.split('.').collect());
        [b[0], a[1], b[2]].join(".")
    };
    let unsigned = format!("{}.", forge(header("none"), &good).rsplit_once('.').unwrap().0);
    let forged = [
        forge(header("EdDSA"), &good),
        forge(header("HS256"), &good),
        forge(json!({"alg": "EdDSA", "kid": "unknown"}), &good),
        unsigned,
        mixed,
        ann.token[..ann.token.len() - 6].to_owned(),
    ];
    for token in forged {
        for (method, path) in addresses(&ann) {
            let response = app.request(method, &path).bearer_auth(&token).send().await?;
            assert_eq!(response.status(), 401, "{path} {token}");
        }
    }
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_token_of_another_issuer_is_refused() -> Result<()> {
    let (app, other) = (TestApp::start().await?, TestApp::start().await?);
    let (ann, elsewhere) = (app.sign_up("Ann").await?, other.sign_up("Ann").await?);
    for (method, path) in addresses(&ann) {
        let response = app.request(method, &path).bearer_auth(&elsewhere.token).send().await?;
        assert_eq!(response.status(), 401, "{path}");
    }
    Ok(())
}
