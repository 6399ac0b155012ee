//! Nobody reaches what is another's: every route that the document lists is asked with every token that must not do, and
//! no sequence of requests by one user changes or shows anything of another's.

use anyhow::{Context, Result};
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use ed25519_dalek::{Signer, SigningKey};
use proptest::prelude::{BoxedStrategy, Strategy, any, prop_oneof};
use proptest::test_runner::{Config, RngAlgorithm, TestCaseError, TestRng, TestRunner};
use serde_json::{Value, json};
use tests::{TestApp, TestUser, connect};

const KEY: [u8; 32] = [9; 32];

/// Gives the app's key set a key that the test can sign with, beside the app's own.
async fn add_key(app: &TestApp) -> Result<()> {
    let client = connect(&app.database_url).await?;
    let x = URL_SAFE_NO_PAD.encode(SigningKey::from_bytes(&KEY).verifying_key().as_bytes());
    let jwk = json!({"kty": "OKP", "crv": "Ed25519", "x": x}).to_string();
    let sql = r#"insert into "jwks" ("id", "publicKey", "privateKey", "createdAt", "alg", "crv")
                 values ('test-key', $1, '"none"', now() - interval '1 year', 'EdDSA', 'Ed25519')"#;
    client.execute(sql, &[&jwk]).await?;
    Ok(())
}

fn sign(claims: &Value) -> String {
    let part = |value: Value| URL_SAFE_NO_PAD.encode(value.to_string());
    let signed = format!("{}.{}", part(json!({"alg": "EdDSA", "kid": "test-key"})), part(claims.clone()));
    let signature = SigningKey::from_bytes(&KEY).sign(signed.as_bytes()).to_bytes();
    format!("{signed}.{}", URL_SAFE_NO_PAD.encode(signature))
}

/// Method and path of every operation under a user's address, with the numbers that there are.
async fn operations(app: &TestApp, user: &TestUser<'_>) -> Result<Vec<(String, String)>> {
    let document: Value = app.get("/api/openapi.json").send().await?.json().await?;
    let paths = document["paths"].as_object().context("paths")?;
    let mut operations = Vec::new();
    for (path, item) in paths.iter().filter(|(path, _)| path.starts_with("/api/{user_id}")) {
        let path = path.replace("{user_id}", &user.id).replace("{task_id}", "1").replace("{change_id}", "1");
        let path = path.replace("{conversation_id}", "1").replace("{action_id}", "1.1.1.0").replace("{token_id}", "t1");
        let path = path.replace("{list_id}", "1").replace("{chat_id}", "c1").replace("{subscription_id}", "s1");
        assert!(!path.contains('{'), "{path}");
        for method in item.as_object().context("item")?.keys().filter(|key| *key != "parameters") {
            operations.push((method.to_uppercase(), path.clone()));
        }
    }
    assert!(operations.len() >= 18, "{operations:?}");
    Ok(operations)
}

#[tokio::test(flavor = "multi_thread")]
async fn no_route_takes_a_token_that_is_not_for_it() -> Result<()> {
    let app = TestApp::start().await?;
    let (ann, bob) = (app.sign_up("Ann").await?, app.sign_up("Bob").await?);
    add_key(&app).await?; // now that the app has its own, with which it signs
    ann.add("ann's").await?;
    ann.chat(json!({"message": "show my tasks"})).await?;
    let now = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH)?.as_secs();
    let good = json!({"sub": ann.id, "iss": app.base, "aud": app.base, "iat": now, "exp": now + 600});
    let with = |name: &str, value: Value| {
        let mut claims = good.clone();
        claims[name] = value;
        sign(&claims)
    };
    let read = app.get(&format!("/api/{}/tasks", ann.id)).bearer_auth(sign(&good)).send().await?;
    assert_eq!(read.status(), 200, "the key is accepted: {}", app.log());
    let refused = [
        ("of another issuer", with("iss", json!("https://elsewhere.example"))),
        ("for another audience", with("aud", json!("https://elsewhere.example"))),
        ("of the authorization server", with("iss", json!(format!("{}/api/auth", app.base)))),
        ("for the MCP server", with("aud", json!(format!("{}/mcp", app.base)))),
        ("for nobody", with("aud", json!([]))),
        ("expired", with("exp", json!(now - 180))),
        ("not valid yet", with("nbf", json!(now + 600))),
        ("without a subject", with("sub", json!(""))),
    ];
    for (method, path) in operations(&app, &ann).await? {
        let ask =
            |token: &str| app.request(&method, &path).bearer_auth(token).json(&json!({"title": "planted"})).send();
        for (what, token) in &refused {
            let response = ask(token).await?;
            assert_eq!(response.status(), 401, "{method} {path} with a token {what}");
            assert!(response.headers()["www-authenticate"].to_str()?.contains("invalid_token"));
        }
        assert_eq!(ask(&bob.token).await?.status(), 403, "{method} {path} as another user");
        assert_eq!(app.request(&method, &path).send().await?.status(), 401, "{method} {path} without a token");
    }
    assert_eq!(ann.list().await?, ["ann's"]);
    let (_, conversations) = ann.ask("GET", "/conversations").await?;
    assert_eq!(conversations.as_array().context("conversations")?.len(), 1);
    Ok(())
}

/// One request of Ann's, at her own address or at Bob's.
#[derive(Debug, Clone)]
struct Act {
    at_bobs: bool,
    method: &'static str,
    path: String,
    body: Value,
}

fn act() -> impl Strategy<Value = Act> {
    let id = 1..6_i64;
    let made = prop_oneof![
        with("GET", id.clone().prop_map(|id| (format!("/tasks/{id}"), Value::Null))),
        with("DELETE", id.clone().prop_map(|id| (format!("/tasks/{id}"), Value::Null))),
        with("PATCH", id.clone().prop_map(|id| (format!("/tasks/{id}"), json!({"title": "ANN"})))),
        with("PUT", id.clone().prop_map(|id| (format!("/tasks/{id}"), json!({"title": "ANN"})))),
        with("PATCH", id.clone().prop_map(|id| (format!("/tasks/{id}/complete"), json!({})))),
        with("POST", id.clone().prop_map(|id| (format!("/tasks/{id}/restore"), Value::Null))),
        with("POST", id.clone().prop_map(|_| ("/tasks/undo".to_owned(), Value::Null))),
        with("POST", id.clone().prop_map(|id| (format!("/history/{id}/undo"), Value::Null))),
        with("GET", id.clone().prop_map(|_| ("/history".to_owned(), Value::Null))),
        with("POST", id.clone().prop_map(|id| ("/tasks/delete".to_owned(), json!({"ids": [id, 1, 2, 3]})))),
        with("POST", id.clone().prop_map(|id| ("/tasks/complete".to_owned(), json!({"ids": [id, 1, 2]})))),
        with("POST", id.clone().prop_map(|_| ("/tasks".to_owned(), json!({"title": "ANN"})))),
        with("POST", id.clone().prop_map(|_| ("/tasks/import".to_owned(), json!([{"title": "ANN"}])))),
        with("GET", id.clone().prop_map(|_| ("/tasks?q=secret&sort=-title".to_owned(), Value::Null))),
        with("GET", id.clone().prop_map(|_| ("/tasks/export?format=csv".to_owned(), Value::Null))),
        with("TOOL", id.prop_map(|id| ("delete_task".to_owned(), json!({"task_id": id})))),
        with("TOOL", (0..1_i64).prop_map(|_| ("undo".to_owned(), json!({})))),
        with("TOOL", (0..1_i64).prop_map(|_| ("list_tasks".to_owned(), json!({})))),
    ];
    (any::<bool>(), made).prop_map(|(at_bobs, (method, (path, body)))| Act { at_bobs, method, path, body })
}

/// A method and what goes with it.
fn with(
    method: &'static str,
    rest: impl Strategy<Value = (String, Value)> + 'static,
) -> BoxedStrategy<(&'static str, (String, Value))> {
    rest.prop_map(move |rest| (method, rest)).boxed()
}

impl Act {
    async fn run(&self, ann: &TestUser<'_>, bob: &TestUser<'_>) -> Result<String> {
        if self.method == "TOOL" {
            return Ok(ann.mcp("tools/call", json!({"name": self.path, "arguments": self.body})).await?.to_string());
        }
        let owner = if self.at_bobs { &bob.id } else { &ann.id };
        let request = ann.app.request(self.method, &format!("/api/{owner}{}", self.path)).bearer_auth(&ann.token);
        let request = if self.body.is_null() { request } else { request.json(&self.body) };
        let response = request.send().await?;
        let status = response.status().as_u16();
        anyhow::ensure!(!self.at_bobs || status == 403, "{self:?} returned {status}");
        anyhow::ensure!(status < 500, "{self:?} returned {status}");
        Ok(response.text().await?)
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn no_sequence_of_requests_reaches_another_user() -> Result<()> {
    let app = TestApp::with(&[("rate_limit_per_minute", "0")]).await?;
    let (ann, bob) = (app.sign_up("Ann").await?, app.sign_up("Bob").await?);
    for title in ["secret one", "secret two", "secret three"] {
        bob.add(title).await?;
    }
    bob.ask("DELETE", "/tasks/3").await?;
    let (_, before) = bob.ask("GET", "/tasks").await?;
    let handle = tokio::runtime::Handle::current();
    let config = Config { cases: 24, failure_persistence: None, ..Config::default() };
    let mut runner = TestRunner::new_with_rng(config, TestRng::deterministic_rng(RngAlgorithm::ChaCha));
    let acts = proptest::collection::vec(act(), 1..20);
    tokio::task::block_in_place(|| {
        runner.run(&acts, |acts| {
            let outcome: Result<()> = handle.block_on(async {
                for act in &acts {
                    let seen = act.run(&ann, &bob).await?;
                    anyhow::ensure!(!seen.contains("secret"), "{act:?} shows {seen}");
                }
                let (_, after) = bob.ask("GET", "/tasks").await?;
                anyhow::ensure!(after == before, "Bob's list became {after}");
                Ok(())
            });
            outcome.map_err(|error| TestCaseError::fail(error.to_string()))
        })
    })?;
    let (_, back) = bob.ask("POST", "/tasks/undo").await?;
    assert_eq!(back["tasks"][0]["title"], "secret three", "what Bob deleted is still his to bring back");
    Ok(())
}
