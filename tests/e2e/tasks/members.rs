//! The members of a task that the server keeps or orders by: when it was completed, and its priority.

use anyhow::Result;
use serde_json::{Value, json};
use tests::{TestApp, TestUser};

use crate::problem::problem;

async fn ids(user: &TestUser<'_>, path: &str) -> Result<Vec<i64>> {
    let pages = user.pages::<Vec<Value>>(path).await?;
    Ok(pages.iter().flatten().filter_map(|task| task["id"].as_i64()).collect())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_task_tells_when_it_was_completed() -> Result<()> {
    let app = TestApp::start().await?;
    let ann = app.sign_up("Ann").await?;
    let (_, added) = ann.send("POST", "/tasks", json!({"title": "milk"})).await?;
    assert_eq!(added["completed_at"], Value::Null);
    let (_, done) = ann.ask("PATCH", "/tasks/1/complete").await?;
    assert!(done["completed_at"].as_str() >= added["created_at"].as_str(), "{done}");
    let (_, renamed) = ann.send("PUT", "/tasks/1", json!({"title": "oat milk", "completed": true})).await?;
    assert_eq!(renamed["completed_at"], done["completed_at"], "an edit does not move it");
    ann.ask("DELETE", "/tasks/1").await?;
    assert_eq!(ann.ask("POST", "/tasks/undo").await?.1["tasks"][0]["completed_at"], done["completed_at"]);
    let (_, open) = ann.send("PATCH", "/tasks/1", json!({"completed": false})).await?;
    assert_eq!(open["completed_at"], Value::Null);
    let (_, many) = ann.send("POST", "/tasks/complete", json!({"ids": [1]})).await?;
    assert!(many["tasks"][0]["completed_at"].is_string());
    // The release before this one knows nothing of the member.
    app.database("update task set completed = false").await?;
    assert_eq!(ann.ask("GET", "/tasks/1").await?.1["completed_at"], Value::Null);
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn tasks_have_a_priority_to_filter_and_order_by() -> Result<()> {
    let app = TestApp::start().await?;
    let ann = app.sign_up("Ann").await?;
    for priority in [json!("low"), json!("high"), Value::Null, json!("medium"), json!("high")] {
        let (status, task) = ann.send("POST", "/tasks", json!({"title": "task", "priority": priority})).await?;
        assert_eq!(
            (status.as_u16(), &task["priority"]),
            (201, priority.as_str().map_or(&json!("none"), |_| &priority))
        );
    }
    assert_eq!(ids(&ann, "/tasks?sort=priority&limit=2").await?, [2, 5, 4, 1, 3]);
    assert_eq!(ids(&ann, "/tasks?sort=-priority&limit=2").await?, [3, 1, 4, 5, 2]);
    assert_eq!(ids(&ann, "/tasks?priority=high&limit=1").await?, [2, 5]);
    assert_eq!(ids(&ann, "/tasks?priority=none&sort=title").await?, [3]);
    let (_, raised) = ann.send("PATCH", "/tasks/3", json!({"priority": "high"})).await?;
    assert_eq!(raised["priority"], "high");
    assert_eq!(ann.send("PUT", "/tasks/3", json!({"title": "new"})).await?.1["priority"], "high");
    ann.ask("DELETE", "/tasks/3").await?;
    assert_eq!(ann.ask("POST", "/tasks/3/restore").await?.1["priority"], "high");
    assert_eq!(ann.send("PATCH", "/tasks/3", json!({"priority": null})).await?.1["priority"], "none");
    let bad = ann.request("POST", "/tasks").json(&json!({"title": "a", "priority": "asap"})).send().await?;
    assert_eq!(problem(bad, 422, "invalid").await?["errors"][0]["field"], "priority");
    problem(ann.request("GET", "/tasks?priority=asap").send().await?, 422, "invalid").await?;
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn another_priority_is_another_request() -> Result<()> {
    let app = TestApp::start().await?;
    let ann = app.sign_up("Ann").await?;
    let send = |path: &str, body: Value| ann.request("POST", path).header("idempotency-key", "k1").json(&body).send();
    assert_eq!(send("/tasks", json!({"title": "a", "priority": "low"})).await?.status(), 201);
    assert_eq!(send("/tasks", json!({"title": "a", "priority": "low"})).await?.json::<Value>().await?["id"], 1);
    problem(send("/tasks", json!({"title": "a"})).await?, 422, "idempotency_key_reused").await?;
    Ok(())
}
