//! The log of requests: what it says, what it never says, and that one request id leads through all parts.

use anyhow::{Context, Result};
use serde_json::{Value, json};
use tests::TestApp;

/// The components' lines about requests, oldest first.
fn lines(app: &TestApp) -> Vec<Value> {
    let log = app.log();
    let json = log.lines().filter_map(|line| serde_json::from_str::<Value>(&line[line.find('{')?..]).ok());
    json.filter(|line| line["event"] == "request").collect()
}

fn of<'a>(lines: &'a [Value], id: &str) -> Vec<&'a Value> {
    lines.iter().filter(|line| line["request_id"] == id).collect()
}

#[tokio::test]
async fn each_request_leaves_a_line_without_anything_of_the_users() -> Result<()> {
    let app = TestApp::start().await?;
    let ann = app.sign_up("Ann").await?;
    let ok = ann.request("GET", "/tasks?limit=5").header("x-request-id", "line-1").send().await?;
    assert_eq!(ok.status(), 200);
    let forged = app.get(&format!("/api/{}/tasks", ann.id)).bearer_auth("a.b.c");
    let refused = forged.header("x-request-id", "line-2").send().await?;
    assert_eq!(refused.status(), 401);
    app.get("/health").header("x-request-id", "line-3").send().await?;

    let lines = lines(&app);
    // The same id may stand in the line of the key set that was asked for on the way.
    let tasks = |line: &&&Value| line["route"] == "/api/:user_id/tasks/...";
    let ours = of(&lines, "line-1");
    let line = ours.iter().find(tasks).with_context(|| app.log())?;
    assert_eq!(ours.iter().filter(tasks).count(), 1);
    assert_eq!((&line["method"], &line["status"]), (&json!("GET"), &json!(200)));
    assert!(line["duration_ms"].is_u64());
    assert_eq!(line["user"].as_str().context("a pseudonym")?.len(), 16);
    assert!(of(&lines, "line-2")[0].get("user").is_none());
    assert!(of(&lines, "line-3").is_empty(), "a probe that went well is no news");
    let text = serde_json::to_string(&lines)?;
    for private in [ann.id.as_str(), "limit=5", "a.b.c"] {
        assert!(!text.contains(private), "{text}");
    }
    Ok(())
}

#[tokio::test]
async fn request_id_and_trace_lead_from_the_chat_to_its_tools() -> Result<()> {
    const TRACE: &str = "0af7651916cd43dd8448eb211c80319c";
    let app = TestApp::start().await?;
    let ann = app.sign_up("Ann").await?;
    let said = ann
        .request("POST", "/chat")
        .json(&json!({"message": "Add a task to buy milk"}))
        .header("x-request-id", "turn-1")
        .header("traceparent", format!("00-{TRACE}-b7ad6b7169203331-01"))
        .send()
        .await?;
    assert_eq!(said.status(), 200, "{}", app.log());
    let lines = lines(&app);
    let turn = of(&lines, "turn-1");
    let routes: Vec<_> = turn.iter().map(|line| line["route"].as_str().unwrap_or_default()).collect();
    assert!(routes.contains(&"/mcp") && routes.contains(&"/api/:user_id/chat/..."), "{routes:?}\n{}", app.log());
    assert!(!routes.contains(&"/..."), "{routes:?}");
    let posts = turn.iter().filter(|line| line["method"] == "POST").count();
    assert!(posts >= 2, "the turn and its tool: {turn:?}");
    assert!(turn.iter().all(|line| line["trace_id"] == TRACE), "{turn:?}");
    Ok(())
}
