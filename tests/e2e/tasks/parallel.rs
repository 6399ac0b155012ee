//! Requests of one user at the same moment: nothing is doubled, nothing is lost, and the number of tasks that the limit
//! counts stays true.

use std::collections::BTreeSet;

use anyhow::{Context, Result};
use reqwest::RequestBuilder;
use serde_json::{Value, json};
use tests::{TestApp, TestUser};

/// How many at once.
const MANY: usize = 8;
const TASKS: usize = 12;

/// A user whose list is full, so that a number that drifts shows.
async fn full(app: &TestApp) -> Result<TestUser<'_>> {
    let ann = app.sign_up("Ann").await?;
    let tasks: Vec<Value> = (1..=TASKS).map(|n| json!({"title": format!("task {n}")})).collect();
    assert_eq!(ann.send("POST", "/tasks/import", json!(tasks)).await?.0, 200);
    Ok(ann)
}

async fn app() -> Result<TestApp> {
    TestApp::with(&[("max_tasks_per_user", &TASKS.to_string()), ("rate_limit_per_minute", "0")]).await
}

/// Sends all of them together and returns status and body of each.
async fn together(requests: impl IntoIterator<Item = RequestBuilder>) -> Result<Vec<(u16, Value)>> {
    let sending: Vec<_> = requests.into_iter().map(|request| tokio::spawn(request.send())).collect();
    let mut responses = Vec::new();
    for response in sending {
        let response = response.await??;
        let status = response.status().as_u16();
        let body = response.bytes().await?;
        responses.push((status, if body.is_empty() { Value::Null } else { serde_json::from_slice(&body)? }));
    }
    Ok(responses)
}

/// The number of the change that a request makes.
async fn written(request: RequestBuilder) -> Result<i64> {
    let response = request.send().await?;
    let change = response.headers().get("task-change").context("Task-Change")?;
    Ok(change.to_str()?.parse()?)
}

/// The numbers of the tasks in these responses, each of which must be there once.
fn numbers(responses: &[(u16, Value)]) -> BTreeSet<i64> {
    let tasks = responses.iter().flat_map(|(_, body)| body["tasks"].as_array().cloned().unwrap_or_default());
    let all: Vec<i64> = tasks.map(|task| task["id"].as_i64().unwrap()).collect();
    let once: BTreeSet<i64> = all.iter().copied().collect();
    assert_eq!(all.len(), once.len(), "a task was returned twice: {all:?}");
    once
}

/// How many statements of this app PostgreSQL ended because two waited for each other. Its connections are closed first: each reports then.
async fn deadlocks(app: &TestApp) -> Result<i64> {
    let client = tests::connect(&app.database_url).await?;
    let others = "select pg_terminate_backend(pid, 10000) from pg_stat_activity
        where datname = current_database() and pid <> pg_backend_pid()";
    client.query(others, &[]).await?;
    let counted = "select deadlocks from pg_stat_database where datname = current_database()";
    Ok(client.query_one(counted, &[]).await?.get(0))
}

/// Whether the list is as it was, and exactly as full.
async fn is_whole(ann: &TestUser<'_>, before: &Value) -> Result<()> {
    assert_eq!(&ann.ask("GET", "/tasks").await?.1, before);
    assert_eq!(ann.send("POST", "/tasks", json!({"title": "more"})).await?.0, 409, "the list is full");
    assert_eq!(ann.ask("DELETE", &format!("/tasks/{TASKS}")).await?.0, 204);
    assert_eq!(ann.send("POST", "/tasks", json!({"title": "instead"})).await?.0, 201, "by these tasks and no more");
    assert_eq!(deadlocks(ann.app).await?, 0);
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn undo_brings_a_deletion_back_once() -> Result<()> {
    let app = app().await?;
    let ann = full(&app).await?;
    let (_, before) = ann.ask("GET", "/tasks").await?;
    let change = written(ann.request("POST", "/tasks/delete").json(&json!({"ids": [1, 2, 3, 4, 5]}))).await?;
    let responses = together((0..MANY).map(|_| ann.request("POST", &format!("/history/{change}/undo")))).await?;
    assert_eq!(responses.iter().filter(|(status, _)| *status == 200).count(), 1, "{responses:?}");
    assert!(responses.iter().all(|(status, _)| [200, 409].contains(status)), "{responses:?}");
    assert_eq!(numbers(&responses), (1..=5).collect());
    is_whole(&ann, &before).await
}

#[tokio::test(flavor = "multi_thread")]
async fn undos_at_once_undo_a_deletion_each() -> Result<()> {
    let app = app().await?;
    let ann = full(&app).await?;
    let (_, before) = ann.ask("GET", "/tasks").await?;
    for round in 0..6 {
        for id in 1..=MANY {
            assert_eq!(ann.ask("DELETE", &format!("/tasks/{id}")).await?.0, 204);
        }
        let responses = together((0..MANY).map(|_| ann.request("POST", "/tasks/undo"))).await?;
        assert!(responses.iter().all(|(status, _)| *status == 200), "round {round}: {responses:?}");
        assert_eq!(numbers(&responses), (1..=i64::try_from(MANY)?).collect());
    }
    is_whole(&ann, &before).await
}

#[tokio::test(flavor = "multi_thread")]
async fn a_task_is_restored_once_whoever_asks() -> Result<()> {
    let app = app().await?;
    let ann = full(&app).await?;
    let (_, before) = ann.ask("GET", "/tasks").await?;
    let change = written(ann.request("DELETE", "/tasks/7")).await?;
    // One by one, by undo, and by the tool.
    let params = json!({"name": "undo", "arguments": {"task_id": 7}});
    let tool = json!({"jsonrpc": "2.0", "id": 1, "method": "tools/call", "params": params});
    let restore = (0..MANY).map(|n| match n % 3 {
        0 => ann.request("POST", "/tasks/7/restore"),
        1 => ann.request("POST", &format!("/history/{change}/undo")),
        _ => app.post("/mcp", &tool).bearer_auth(&ann.token),
    });
    let responses = together(restore).await?;
    let restored = responses.iter().filter(|(status, body)| match body.get("result") {
        Some(result) => result["isError"] != true,
        None => *status == 200,
    });
    assert_eq!(restored.count(), 1, "{responses:?}");
    is_whole(&ann, &before).await
}

#[tokio::test(flavor = "multi_thread")]
async fn deletions_of_the_same_tasks_share_them() -> Result<()> {
    let app = app().await?;
    let ann = full(&app).await?;
    let (_, before) = ann.ask("GET", "/tasks").await?;
    // Overlapping, and in different orders.
    let deletions = (0..MANY).map(|n| {
        let mut ids: Vec<usize> = (1..=TASKS).filter(|id| (id + n) % 3 != 0).collect();
        if n % 2 == 0 {
            ids.reverse();
        }
        ann.request("POST", "/tasks/delete").json(&json!({"ids": ids}))
    });
    let responses = together(deletions).await?;
    assert!(responses.iter().all(|(status, _)| *status == 200), "{responses:?}");
    assert_eq!(numbers(&responses), (1..=i64::try_from(TASKS)?).collect());
    assert_eq!(ann.list().await?, Vec::<String>::new());
    let deletions =
        responses.iter().filter(|(_, body)| body["tasks"].as_array().is_some_and(|tasks| !tasks.is_empty()));
    for _ in 0..deletions.count() {
        assert_eq!(ann.ask("POST", "/tasks/undo").await?.0, 200);
    }
    is_whole(&ann, &before).await
}

#[tokio::test(flavor = "multi_thread")]
async fn one_and_many_are_changed_and_deleted_together() -> Result<()> {
    let app = app().await?;
    let ann = full(&app).await?;
    let ids: Vec<usize> = (1..=TASKS).collect();
    let mut requests = Vec::new();
    for n in 1..=MANY {
        requests.push(ann.request("POST", "/tasks/complete").json(&json!({"ids": ids, "completed": n % 2 == 0})));
        requests.push(ann.request("PATCH", &format!("/tasks/{n}")).json(&json!({"title": format!("changed {n}")})));
        requests.push(ann.request("DELETE", &format!("/tasks/{n}")));
        requests.push(ann.request("POST", &format!("/tasks/{n}/restore")));
    }
    let responses = together(requests).await?;
    assert!(
        responses.iter().all(|(status, _)| [200, 204, 404].contains(status)),
        "no fault, no deadlock: {responses:?}"
    );
    for n in 1..=TASKS {
        assert!([200, 404].contains(&ann.ask("POST", &format!("/tasks/{n}/restore")).await?.0.as_u16()));
    }
    let (_, after) = ann.ask("GET", "/tasks").await?;
    let numbers: Vec<i64> = after.as_array().unwrap().iter().map(|task| task["id"].as_i64().unwrap()).collect();
    assert_eq!(numbers, (1..=i64::try_from(TASKS)?).collect::<Vec<_>>(), "each task once");
    is_whole(&ann, &after).await
}

#[tokio::test(flavor = "multi_thread")]
async fn of_those_who_change_one_version_one_does() -> Result<()> {
    let app = app().await?;
    let ann = app.sign_up("Ann").await?;
    ann.add("milk").await?;
    for round in 0..4 {
        let version = ann.ask("GET", "/tasks/1").await?.1["updated_at"].as_str().unwrap().to_owned();
        let edits = (0..MANY).map(|n| match n % 3 {
            0 => ann.request("PATCH", "/tasks/1").json(&json!({"title": format!("edit {round}.{n}")})),
            1 => ann.request("PUT", "/tasks/1").json(&json!({"title": format!("edit {round}.{n}")})),
            _ => ann.request("DELETE", "/tasks/1"),
        });
        let responses = together(edits.map(|edit| edit.header("if-match", format!("\"{version}\"")))).await?;
        let won: Vec<&(u16, Value)> = responses.iter().filter(|(status, _)| *status < 300).collect();
        assert_eq!(won.len(), 1, "{won:?}");
        // Those who come after a deletion find no task.
        assert!(responses.iter().all(|(status, _)| [200, 204, 404, 412].contains(status)), "{responses:?}");
        match won[0].0 {
            204 => assert_eq!(ann.ask("POST", "/tasks/1/restore").await?.0, 200),
            _ => assert_eq!(ann.ask("GET", "/tasks/1").await?.1, won[0].1, "nobody wrote over it"),
        }
    }
    assert_eq!(deadlocks(&app).await?, 0);
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn steps_lists_and_undos_at_once_do_not_wait_for_each_other() -> Result<()> {
    let app = TestApp::with(&[("rate_limit_per_minute", "0")]).await?;
    let ann = app.sign_up("Ann").await?;
    for n in 1..=MANY {
        ann.send("POST", "/lists", json!({"name": format!("list {n}")})).await?;
        ann.add(&format!("task {n}")).await?;
    }
    let ids: Vec<usize> = (1..=MANY).collect();
    for round in 0..4 {
        let mut requests = Vec::new();
        for n in 1..=MANY {
            let (list, other) = (format!("list {n}"), n % MANY + 1);
            requests.push(ann.request("POST", "/tasks").json(&json!({"title": "step", "parent": n})));
            requests.push(ann.request("PATCH", &format!("/tasks/{n}")).json(&json!({"list": list, "tags": [list]})));
            requests.push(ann.request("POST", &format!("/tasks/{n}/move")).json(&json!({"after": other})));
            requests.push(ann.request("PATCH", &format!("/lists/{n}")).json(&json!({"archived": round % 2 == 0})));
            requests
                .push(ann.request("POST", "/tasks/bulk").json(&json!({"ids": ids, "list": list, "add_tags": [list]})));
            requests.push(ann.request("POST", "/tasks/undo"));
        }
        let answers = together(requests).await?;
        assert!(answers.iter().all(|(status, _)| *status < 500), "{answers:?}");
    }
    assert_eq!(deadlocks(&app).await?, 0);
    Ok(())
}
