//! Refusals at `/mcp` as they were recorded with real clients, which parse them: status, headers and body.

use std::collections::BTreeMap;

use anyhow::{Context, Result};
use reqwest::RequestBuilder;
use serde_json::{Value, json};
use tests::{TestApp, TestUser, root};

use crate::mcp::isolation::Issuer;

/// Where the recorded servers were.
const RESOURCE: &str = "http://127.0.0.1:38121";
const AUTHORIZATION: &str = "http://127.0.0.1:38122";

/// A recorded response.
struct Recorded {
    status: u16,
    headers: BTreeMap<String, String>,
    body: Value,
}

/// The recorded responses by name, with the addresses of this app.
fn transcript(base: &str) -> Result<BTreeMap<String, Recorded>> {
    let text = std::fs::read_to_string(root().join("tests/fixtures/mcp/auth-transcript.txt"))?;
    let text = text.replace(AUTHORIZATION, &format!("{base}/api/auth")).replace(RESOURCE, base);
    let read = |section: &str| {
        let (head, body) = section.split_once("\n\n").context("no body")?;
        let mut lines = head.lines();
        let name = lines.next().context("no name")?.to_owned();
        let status = lines.next().and_then(|line| line.split(' ').nth(1)).context("no status")?.parse()?;
        let header = |line: &str| line.split_once(": ").map(|(name, value)| (name.to_owned(), value.to_owned()));
        let headers = lines.map(|line| header(line).context("no header")).collect::<Result<_>>()?;
        Ok((name, Recorded { status, headers, body: serde_json::from_str(body)? }))
    };
    text.split("### ").skip(1).map(read).collect()
}

/// The request that each response was recorded for.
fn request(name: &str, issuer: &Issuer<'_>, user: &TestUser<'_>) -> RequestBuilder {
    let app = user.app;
    let params = json!({"name": "add_task", "arguments": {"title": "milk"}});
    let call = app.post("/mcp", &json!({"jsonrpc": "2.0", "id": 1, "method": "tools/call", "params": params}));
    let with = |replaced: Value| issuer.token(user, &replaced);
    match name {
        "none" => call,
        "garbage" => call.bearer_auth("garbage"),
        "expired" => call.bearer_auth(with(json!({"exp": 1_700_000_000}))),
        "wrong-aud" => call.bearer_auth(with(json!({"aud": "https://other.example/mcp"}))),
        "wrong-iss" => call.bearer_auth(with(json!({"iss": "https://other.example"}))),
        "read-only" => call.bearer_auth(with(json!({"scope": "tasks:read"}))),
        "get-none" => app.get("/mcp"),
        "prm" => app.get("/.well-known/oauth-protected-resource/mcp"),
        "basic" => call.header("authorization", "Basic YTpi"),
        other => panic!("no request is known for {other}"),
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_caller_without_a_good_token_is_challenged_as_recorded() -> Result<()> {
    let app = TestApp::start().await?;
    let issuer = Issuer::of(&app).await?; // before the key set is read for the first time
    let ann = app.sign_up("Ann").await?;
    let recorded = transcript(&app.base)?;
    assert_eq!(recorded.len(), 9);
    for (name, expected) in recorded {
        let response = request(&name, &issuer, &ann).send().await?;
        assert_eq!(response.status(), expected.status, "{name}");
        for (header, value) in &expected.headers {
            let given =
                response.headers().get_all(header).iter().map(|value| value.to_str().unwrap()).collect::<Vec<_>>();
            match (name.as_str(), header.as_str()) {
                // How long a copy is good for is each server's own.
                ("prm", "cache-control") => assert!(given[0].contains("max-age="), "{given:?}"),
                _ => assert_eq!(given, [value], "{name}: {header}"),
            }
        }
        assert_eq!(response.json::<Value>().await?, expected.body, "{name}");
    }
    assert_eq!(ann.list().await?, Vec::<String>::new());
    Ok(())
}
