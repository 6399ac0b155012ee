//! A client that has the list asks whether it is still so, and what was changed.

use anyhow::{Context, Result};
use serde_json::{Value, json};
use tests::{TestApp, TestUser};

use crate::problem::problem;

async fn tag(user: &TestUser<'_>, path: &str) -> Result<String> {
    let response = user.request("GET", path).send().await?;
    assert_eq!(response.status(), 200);
    Ok(response.headers().get("etag").context("ETag")?.to_str()?.to_owned())
}

/// The status of the list for a client that has this version.
async fn known(user: &TestUser<'_>, path: &str, tag: &str) -> Result<u16> {
    Ok(user.request("GET", path).header("if-none-match", tag).send().await?.status().as_u16())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_list_has_another_version_after_each_change_and_only_then() -> Result<()> {
    let app = TestApp::start().await?;
    let (ann, bob) = (app.sign_up("Ann").await?, app.sign_up("Bob").await?);
    ann.send("POST", "/lists", json!({"name": "Home"})).await?;
    ann.send("POST", "/tasks", json!({"title": "milk", "list": "Home"})).await?;
    for path in ["/tasks", "/tasks?limit=1&sort=-id", "/tasks?q=nothing", "/tasks?due=today&sort=due"] {
        let mut version = tag(&ann, path).await?;
        assert!(version.starts_with("W/\""), "{version}");
        for (method, change, body) in [
            ("PATCH", "/tasks/1", json!({"title": format!("milk for {path}")})),
            ("PATCH", "/tasks/1/complete", json!({"completed": true})),
            ("PATCH", "/tasks/1/complete", json!({"completed": false})),
            ("POST", "/tasks", json!({"title": "bread"})),
            ("PATCH", "/lists/1", json!({"name": format!("Home {}", path.len())})),
            ("POST", "/tasks/undo", json!({})),
            ("PATCH", "/settings", json!({"time_zone": if path.len() % 2 == 0 { "Asia/Tokyo" } else { "Asia/Seoul" }})),
        ] {
            assert_eq!(known(&ann, path, &format!("\"x\", {version}")).await?, 304);
            bob.add("bob's").await?;
            assert_eq!(known(&ann, path, &version).await?, 304, "another user's changes do not count");
            assert!(ann.send(method, change, body).await?.0.is_success(), "{method} {change}");
            assert_eq!(known(&ann, path, &version).await?, 200, "{method} {change}");
            let response = ann.request("GET", path).header("if-none-match", &version).send().await?;
            response.headers()["etag"].to_str()?.clone_into(&mut version);
        }
    }
    let (one, other) = (tag(&ann, "/tasks?limit=1").await?, tag(&ann, "/tasks?limit=2").await?);
    assert_ne!(one, other, "another page is another resource");
    let german = ann.request("GET", "/tasks?limit=1").header("accept-language", "de").header("if-none-match", &one);
    assert_eq!(german.send().await?.status(), 200, "a repetition is in words");
    let head = ann.request("HEAD", "/tasks").send().await?;
    assert_eq!(known(&ann, "/tasks", head.headers()["etag"].to_str()?).await?, 304);
    problem(ann.request("GET", "/tasks").header("if-none-match", "x").send().await?, 400, "malformed").await?;
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_long_list_is_compressed_for_a_client_that_takes_it() -> Result<()> {
    let app = TestApp::start().await?;
    let ann = app.sign_up("Ann").await?;
    let notes = "words that repeat ".repeat(200);
    ann.send("POST", "/tasks", json!({"title": "milk", "description": notes})).await?;
    for path in ["/tasks", "/tasks/changes?since=0", "/history"] {
        let plain = ann.request("GET", path).send().await?;
        assert_eq!(plain.headers().get("content-encoding"), None, "{path}");
        let tag = plain.headers().get("etag").cloned();
        let length = plain.bytes().await?.len();
        let packed = ann.request("GET", path).header("accept-encoding", "gzip, br").send().await?;
        assert_eq!(packed.headers()["content-encoding"], "gzip", "{path}");
        assert_eq!(packed.headers().get("etag").cloned(), tag, "{path}");
        assert!(packed.bytes().await?.len() < length / 4, "{path}");
    }
    // The version of one task names its bytes, for `If-Match`.
    let one = ann.request("GET", "/tasks/1").header("accept-encoding", "gzip").send().await?;
    assert_eq!(one.headers().get("content-encoding"), None);
    assert_eq!(one.json::<Value>().await?["description"], notes);
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_list_has_another_version_when_a_task_becomes_overdue() -> Result<()> {
    let app = TestApp::start().await?;
    let ann = app.sign_up("Ann").await?;
    ann.send("POST", "/tasks", json!({"title": "a", "due": "2199-01-01T10:00"})).await?;
    let version = tag(&ann, "/tasks").await?;
    // Time passes.
    app.database("set session_replication_role = replica; update todo.task set due_day = '2020-01-01'").await?;
    assert_eq!(known(&ann, "/tasks", &version).await?, 200);
    Ok(())
}

async fn since(user: &TestUser<'_>, since: i64) -> Result<Value> {
    let (status, changes) = user.ask("GET", &format!("/tasks/changes?since={since}")).await?;
    assert_eq!(status, 200, "{changes}");
    Ok(changes)
}

fn numbers(tasks: &Value) -> Vec<i64> {
    tasks.as_array().into_iter().flatten().filter_map(|task| task["id"].as_i64()).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_changed_since_a_version_is_told() -> Result<()> {
    let app = TestApp::start().await?;
    let (ann, bob) = (app.sign_up("Ann").await?, app.sign_up("Bob").await?);
    let (_, first) = ann.ask("GET", "/tasks/changes").await?;
    assert_eq!(first, json!({"version": 0, "tasks": [], "deleted": [], "lists_changed": false, "reload": false}));
    bob.add("bob's").await?;
    for title in ["a", "b", "c"] {
        ann.add(title).await?;
    }
    assert_eq!(numbers(&since(&ann, 0).await?["tasks"]), [1, 2, 3]);
    let (_, start) = ann.ask("GET", "/tasks/changes").await?;
    assert_eq!((&start["version"], &start["tasks"]), (&json!(3), &json!([])));
    ann.send("PATCH", "/tasks/2", json!({"title": "bb"})).await?;
    ann.ask("DELETE", "/tasks/3").await?;
    ann.ask("DELETE", "/tasks/1").await?;
    ann.ask("POST", "/tasks/1/restore").await?;
    let changes = since(&ann, 3).await?;
    assert_eq!(
        (&changes["version"], &changes["deleted"], numbers(&changes["tasks"])),
        (&json!(7), &json!([3]), vec![1, 2])
    );
    assert_eq!((&changes["tasks"][1]["title"], &changes["lists_changed"]), (&json!("bb"), &json!(false)));
    assert_eq!(changes["tasks"][1], ann.ask("GET", "/tasks/2").await?.1, "each task as it is read alone");
    ann.send("POST", "/lists", json!({"name": "Home"})).await?;
    let changes = since(&ann, 7).await?;
    assert_eq!((&changes["lists_changed"], &changes["tasks"]), (&json!(true), &json!([])));
    assert_eq!(since(&ann, 9).await?["reload"], true, "a version that was never there");
    app.database("delete from todo.task_change where id <= 4").await?;
    assert_eq!((&since(&ann, 3).await?["reload"], &since(&ann, 4).await?["reload"]), (&json!(true), &json!(false)));
    let drafts: Vec<Value> = (0..501).map(|n| json!({"title": format!("task {n}")})).collect();
    ann.send("POST", "/tasks/import", json!(drafts)).await?;
    let much = since(&ann, 8).await?;
    assert_eq!((&much["reload"], &much["tasks"], &much["version"]), (&json!(true), &json!([]), &json!(9)));
    for wrong in ["-1", "x", "1.5", ""] {
        problem(ann.request("GET", &format!("/tasks/changes?since={wrong}")).send().await?, 422, "invalid").await?;
    }
    Ok(())
}
