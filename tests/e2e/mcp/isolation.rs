//! Every tool, with every kind of token that must not open it: nothing is shown and nothing is changed.

use anyhow::Result;
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use ed25519_dalek::{Signer, SigningKey};
use reqwest::Response;
use serde_json::{Value, json};
use tests::{TestApp, TestUser, connect};

const KID: &str = "retired";

/// A key pair of the tests in the app's key set: expired, so that the app never signs with it, and still published.
pub(crate) struct Issuer<'a> {
    app: &'a TestApp,
    key: SigningKey,
}

impl<'a> Issuer<'a> {
    pub(crate) async fn of(app: &'a TestApp) -> Result<Self> {
        let key = SigningKey::from_bytes(&[9; 32]);
        let x = URL_SAFE_NO_PAD.encode(key.verifying_key().as_bytes());
        let public = json!({ "crv": "Ed25519", "x": x, "kty": "OKP" }).to_string();
        let client = connect(&app.database_url).await?;
        let insert = r#"insert into "jwks" ("id", "publicKey", "privateKey", "createdAt", "expiresAt", "alg", "crv")
            values ($1, $2, '', now() - interval '2 days', now() - interval '1 day', 'EdDSA', 'Ed25519')"#;
        client.execute(insert, &[&KID, &public]).await?;
        Ok(Self { app, key })
    }

    /// A token for `/mcp` as an OAuth client gets it, with some claims replaced; null removes one.
    pub(crate) fn token(&self, user: &TestUser, replaced: &Value) -> String {
        let now = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).unwrap().as_secs();
        let mut claims = json!({
            "sub": user.id, "iss": format!("{}/api/auth", self.app.base), "aud": format!("{}/mcp", self.app.base),
            "iat": now, "exp": now + 900, "scope": "tasks:read tasks:write",
        });
        for (name, value) in replaced.as_object().unwrap() {
            match value.is_null() {
                true => drop(claims.as_object_mut().unwrap().remove(name)),
                false => claims[name] = value.clone(),
            }
        }
        let part = |value: &Value| URL_SAFE_NO_PAD.encode(value.to_string());
        let signed = format!("{}.{}", part(&json!({ "typ": "at+jwt", "alg": "EdDSA", "kid": KID })), part(&claims));
        let signature = URL_SAFE_NO_PAD.encode(self.key.sign(signed.as_bytes()).to_bytes());
        format!("{signed}.{signature}")
    }
}

async fn call(app: &TestApp, token: &str, name: &str, arguments: &Value) -> Result<Response> {
    let params = json!({ "name": name, "arguments": arguments });
    let body = json!({ "jsonrpc": "2.0", "id": 1, "method": "tools/call", "params": params });
    Ok(app.post("/mcp", &body).bearer_auth(token).send().await?)
}

/// Each tool with arguments it would accept from the owner of task 1, and whether it only reads.
async fn tools(user: &TestUser<'_>) -> Result<Vec<(String, Value, bool)>> {
    let list = user.mcp("tools/list", json!({})).await?;
    let argument = |schema: &Value| match schema["type"].as_str() {
        Some("integer") => json!(1),
        Some("array") if schema["items"]["type"] == "integer" => json!([1]),
        Some("array") => json!([{ "title": "changed" }]),
        _ => json!("changed"),
    };
    let tool = |tool: &Value| {
        let name = tool["name"].as_str().unwrap().to_owned();
        let schema = &tool["inputSchema"];
        let required = schema["required"].as_array().cloned().unwrap_or_default();
        let mut arguments = json!({});
        for property in required.iter().map(|property| property.as_str().unwrap()) {
            arguments[property] = argument(&schema["properties"][property]);
        }
        if name == "update_task" {
            arguments["title"] = json!("changed");
        }
        if name == "fetch" {
            arguments["id"] = json!("1");
        }
        (name, arguments, tool["annotations"]["readOnlyHint"] == true)
    };
    Ok(list["result"]["tools"].as_array().unwrap().iter().map(tool).collect())
}

#[tokio::test(flavor = "multi_thread")]
async fn no_tool_opens_to_a_token_that_is_not_good() -> Result<()> {
    let app = TestApp::start().await?;
    let issuer = Issuer::of(&app).await?; // before the key set is read for the first time
    let ann = app.sign_up("Ann").await?;
    ann.add("ann's").await?;
    let before = ann.ask("GET", "/tasks").await?;
    let bad = [
        (json!({ "aud": "https://other.example/mcp" }), "wrong audience"),
        (json!({ "aud": format!("{}/mcp/", app.base) }), "wrong audience"),
        (json!({ "aud": null }), "wrong audience"),
        // Another resource's token, and one of the first party with the wrong audience.
        (json!({ "aud": app.base }), "wrong audience"),
        (json!({ "iss": app.base }), "wrong audience"),
        (json!({ "iss": "https://other.example" }), "wrong issuer"),
        (json!({ "iss": null }), "wrong issuer"),
        (json!({ "exp": 1_700_000_000 }), "token expired"),
        (json!({ "exp": null }), "token has no expiry"),
        (json!({ "nbf": 4_000_000_000_u64 }), "token not yet valid"),
        (json!({ "sub": null }), "token names no user"),
        (json!({ "sub": "" }), "token names no user"),
    ];
    for (name, arguments, _) in tools(&ann).await? {
        for (replaced, reason) in &bad {
            let response = call(&app, &issuer.token(&ann, replaced), &name, &arguments).await?;
            assert_eq!(response.status(), 401, "{name} {replaced}");
            let challenge = response.headers()["www-authenticate"].to_str()?;
            let begins = format!(
                "Bearer error=\"invalid_token\", error_description=\"{reason}\", scope=\"tasks:read tasks:write\", resource_metadata="
            );
            assert!(challenge.starts_with(&begins), "{name} {replaced}: {challenge}");
            assert!(!response.text().await?.contains("ann's"));
        }
    }
    assert_eq!(ann.ask("GET", "/tasks").await?, before);
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn no_tool_opens_without_its_scope() -> Result<()> {
    let app = TestApp::start().await?;
    let issuer = Issuer::of(&app).await?; // before the key set is read for the first time
    let ann = app.sign_up("Ann").await?;
    ann.add("ann's").await?;
    let before = ann.ask("GET", "/tasks").await?;
    for (name, arguments, reads) in tools(&ann).await? {
        for scope in ["", "openid", "tasks", "tasks:reader", "tasks:read"] {
            let permitted = reads && scope == "tasks:read";
            let response = call(&app, &issuer.token(&ann, &json!({ "scope": scope })), &name, &arguments).await?;
            assert_eq!(response.status(), if permitted { 200 } else { 403 }, "{name} {scope}");
            if !permitted {
                let challenge = response.headers()["www-authenticate"].to_str()?;
                assert!(challenge.starts_with("Bearer error=\"insufficient_scope\""), "{challenge}");
                assert!(!response.text().await?.contains("ann's"));
            }
        }
    }
    assert_eq!(ann.ask("GET", "/tasks").await?, before);
    let added = call(&app, &issuer.token(&ann, &json!({})), "add_task", &json!({ "title": "good" })).await?;
    assert_eq!(added.status(), 200);
    assert_eq!(ann.list().await?, ["ann's", "good"], "the same token with both scopes opens the tools");
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn no_sequence_of_calls_reaches_another_users_tasks() -> Result<()> {
    let app = TestApp::start().await?;
    let (ann, bob) = (app.sign_up("Ann").await?, app.sign_up("Bob").await?);
    for n in 1..=4 {
        ann.send("POST", "/tasks", json!({ "title": format!("ann's {n}"), "description": "ann's" })).await?;
    }
    let before = ann.ask("GET", "/tasks").await?;
    let names: Vec<String> = tools(&bob).await?.into_iter().map(|(name, _, _)| name).collect();
    // A fixed sequence of pseudo-random calls (xorshift): a failure can be repeated.
    let mut state = 0x2545_f491_4f6c_dd1d_u64;
    let mut pick = |below: u64| {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        state % below
    };
    for step in 0..150 {
        let name = &names[usize::try_from(pick(names.len() as u64))?];
        let id = pick(6);
        let arguments = match name.as_str() {
            "add_task" => json!({ "title": "bob's" }),
            "list_tasks" if id > 3 => json!({ "limit": 1, "cursor": format!("after-{}", pick(6)), "user_id": ann.id }),
            "list_tasks" => json!({ "limit": 1 + pick(3), "status": "all" }),
            "add_tasks" => json!({ "tasks": ["bob's", { "title": "bob's" }] }),
            "complete_tasks" => json!({ "task_ids": [id, id + 1], "completed": pick(2) == 0 }),
            "search" => json!({ "query": "ann" }),
            "fetch" => json!({ "id": id.to_string() }),
            "update_task" => json!({ "task_id": id, "title": "bob was here", "completed": pick(2) == 0 }),
            "undo" if id > 3 => json!({}),
            _ => json!({ "task_id": id }),
        };
        let text = call(&app, &bob.token, name, &arguments).await?.text().await?;
        assert!(!text.contains("ann's"), "step {step}: {name} {arguments}: {text}");
        assert_eq!(ann.ask("GET", "/tasks").await?, before, "step {step}: {name} {arguments}");
    }
    Ok(())
}
