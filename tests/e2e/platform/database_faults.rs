//! The database goes away and comes back.

use anyhow::{Context, Result};
use serde_json::json;
use tests::{FlakyDatabase, TestApp, create_database};

use crate::problem::problem;

/// An app whose database is behind a valve.
async fn app_behind_valve() -> Result<(TestApp, FlakyDatabase)> {
    let url = create_database().await?;
    let (credentials, rest) = url.rsplit_once('@').context("user:password@")?;
    let (address, database) = rest.split_once('/').context("a database")?;
    let valve = FlakyDatabase::open(address.to_owned()).await?;
    let app = TestApp::on(&format!("{credentials}@{}/{database}", valve.address), &[]).await?;
    assert_eq!(app.get("/ready").send().await?.status(), 200);
    Ok((app, valve))
}

#[tokio::test(flavor = "multi_thread")]
async fn without_the_database_everything_says_so_and_recovers() -> Result<()> {
    let (app, valve) = app_behind_valve().await?;
    let ann = app.sign_up("Ann").await?;
    ann.add("kept").await?;
    assert!(ann.mcp("tools/list", json!({})).await?["result"]["tools"].is_array());

    valve.set(false);
    assert_eq!(app.get("/health").send().await?.status(), 200, "the process is fine");
    for (method, path, body) in [
        ("GET", "/tasks", json!(null)),
        ("POST", "/tasks", json!({"title": "lost"})),
        ("DELETE", "/tasks/1", json!(null)),
        ("POST", "/chat", json!({"message": "show my tasks"})),
        ("GET", "/conversations", json!(null)),
    ] {
        let response = ann.request(method, path).json(&body).send().await?;
        assert!(response.headers().contains_key("retry-after"), "{method} {path}: {}", app.log());
        let problem = problem(response, 503, "unavailable").await?;
        assert!(!problem.to_string().contains("127.0.0.1"), "{problem}");
    }
    problem(app.get("/ready").send().await?, 503, "unavailable").await?;
    let sign_in = json!({"email": ann.email, "password": tests::PASSWORD});
    let response = app.post("/api/auth/sign-in/email", &sign_in).send().await?;
    assert_eq!((response.status().as_u16(), response.headers().contains_key("retry-after")), (503, true));
    let call = ann.mcp("tools/call", json!({"name": "list_tasks", "arguments": {}})).await?;
    assert_eq!(call["result"]["isError"], true, "{call}");

    valve.set(true);
    assert_eq!(app.get("/ready").send().await?.status(), 200);
    assert_eq!(ann.list().await?, ["kept"]);
    assert_eq!(app.post("/api/auth/sign-in/email", &sign_in).send().await?.status(), 200);
    Ok(())
}
