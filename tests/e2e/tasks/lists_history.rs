//! Changes of lists are kept and undone as those of tasks are.

use anyhow::{Context, Result};
use serde_json::{Value, json};
use tests::{TestApp, TestUser};

use crate::problem::problem;

/// The number of the change that a request makes.
async fn written(user: &TestUser<'_>, method: &str, path: &str, body: Value) -> Result<i64> {
    let request = user.request(method, path);
    let response = if body.is_null() { request } else { request.json(&body) }.send().await?;
    let change = response.headers().get("task-change").context("Task-Change")?;
    Ok(change.to_str()?.parse()?)
}

async fn undo(user: &TestUser<'_>, change: i64) -> Result<Value> {
    let (status, result) = user.ask("POST", &format!("/history/{change}/undo")).await?;
    assert_eq!(status, 200, "{result}");
    Ok(result)
}

/// The lists with the members that a user gives.
async fn lists(user: &TestUser<'_>) -> Result<Value> {
    let (_, all) = user.ask("GET", "/lists").await?;
    let shown = all.as_array().context("an array")?.iter();
    Ok(shown.map(|list| json!([list["id"], list["name"], list["color"], list["archived"]])).collect())
}

#[tokio::test(flavor = "multi_thread")]
async fn one_undo_after_the_other_goes_back_through_lists() -> Result<()> {
    let app = TestApp::start().await?;
    let (ann, bob) = (app.sign_up("Ann").await?, app.sign_up("Bob").await?);
    bob.send("POST", "/lists", json!({"name": "Home"})).await?;
    let mut before = Vec::new();
    for (method, path, body) in [
        ("POST", "/lists", json!({"name": "Home", "color": "green"})),
        ("PATCH", "/lists/1", json!({"name": "Haus"})),
        ("PATCH", "/lists/1", json!({"color": "red", "archived": true})),
        ("POST", "/lists", json!({"name": "Work"})),
        ("PATCH", "/lists/2", json!({"position": 1})),
        ("DELETE", "/lists/1", Value::Null),
        ("DELETE", "/lists/2?tasks=delete", Value::Null),
    ] {
        before.push(lists(&ann).await?);
        written(&ann, method, path, body).await?;
    }
    let after = lists(&ann).await?;
    while let Some(expected) = before.pop() {
        let (status, result) = ann.ask("POST", "/tasks/undo").await?;
        assert_eq!((status.as_u16(), lists(&ann).await?), (200, expected), "{result}");
    }
    assert_eq!(ann.ask("POST", "/tasks/undo").await?.1["lists"][0]["act"], "added", "what was undone last comes back");
    assert_eq!((lists(&ann).await?, after), (json!([[1, "Home", "green", false]]), json!([])));
    assert_eq!(lists(&bob).await?, json!([[1, "Home", null, false]]));
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_list_and_its_tasks_go_and_come_back_as_one_change() -> Result<()> {
    let app = TestApp::start().await?;
    let ann = app.sign_up("Ann").await?;
    for fate in ["move", "delete"] {
        ann.send("POST", "/lists", json!({"name": fate})).await?;
        for title in ["milk", "bread"] {
            ann.send("POST", "/tasks", json!({"title": format!("{title} {fate}"), "list": fate})).await?;
        }
        let (_, before) = ann.ask("GET", "/tasks").await?;
        let (_, all) = ann.ask("GET", "/lists").await?;
        let number = all.as_array().context("lists")?.iter().find(|list| list["name"] == fate).context(fate)?;
        let change = written(&ann, "DELETE", &format!("/lists/{}?tasks={fate}", number["id"]), Value::Null).await?;
        let (_, history) = ann.ask("GET", "/history?limit=1&kind=list_delete").await?;
        assert_eq!((&history[0]["id"], &history[0]["count"]), (&json!(change), &json!(2)));
        assert_eq!((&history[0]["lists"][0]["name"], &history[0]["lists"][0]["after"]), (&json!(fate), &Value::Null));
        let result = undo(&ann, change).await?;
        assert_eq!(result["undone"], json!({"id": change, "kind": "list_delete", "title": fate}));
        assert_eq!(result["lists"], json!([{"id": number["id"], "name": fate, "act": "added", "kept": []}]));
        let lists_of =
            |tasks: &Value| tasks.as_array().map(|all| all.iter().map(|it| it["list"].clone()).collect::<Vec<_>>());
        assert_eq!(lists_of(&ann.ask("GET", "/tasks").await?.1), lists_of(&before));
    }
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_changed_since_stays_in_lists_too() -> Result<()> {
    let app = TestApp::start().await?;
    let ann = app.sign_up("Ann").await?;
    let added = written(&ann, "POST", "/lists", json!({"name": "Home"})).await?;
    let edit = written(&ann, "PATCH", "/lists/1", json!({"name": "Haus", "color": "red"})).await?;
    written(&ann, "PATCH", "/lists/1", json!({"name": "House"})).await?;
    assert_eq!(
        undo(&ann, edit).await?["lists"],
        json!([{"id": 1, "name": "House", "act": "changed", "kept": ["name"]}])
    );
    assert_eq!(lists(&ann).await?, json!([[1, "House", null, false]]));
    problem(ann.request("POST", &format!("/history/{added}/undo")).send().await?, 409, "conflict").await?;
    // A list that holds a task by now does not go; one of the same name does not come back beside it.
    let work = written(&ann, "POST", "/lists", json!({"name": "Work"})).await?;
    ann.send("POST", "/tasks", json!({"title": "report", "list": "Work"})).await?;
    problem(ann.request("POST", &format!("/history/{work}/undo")).send().await?, 409, "conflict").await?;
    let gone = written(&ann, "DELETE", "/lists/2", Value::Null).await?;
    ann.send("POST", "/lists", json!({"name": "WORK"})).await?;
    let result = undo(&ann, gone).await?;
    assert_eq!(result["lists"][0]["kept"], json!(["name"]), "{result}");
    assert_eq!(ann.ask("GET", "/tasks/1").await?.1["list"], "WORK", "its task is in the list of this name");
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_list_that_was_made_with_a_task_goes_with_it() -> Result<()> {
    let app = TestApp::start().await?;
    let ann = app.sign_up("Ann").await?;
    let change = written(&ann, "POST", "/tasks/quick", json!({"text": "Buy milk +Groceries"})).await?;
    assert_eq!(lists(&ann).await?, json!([[1, "Groceries", null, false]]));
    let (_, history) = ann.ask("GET", "/history").await?;
    assert_eq!((history.as_array().map(Vec::len), &history[0]["kind"]), (Some(1), &json!("add")));
    let result = undo(&ann, change).await?;
    assert_eq!((&result["deleted"], &result["lists"][0]["act"]), (&json!([1]), &json!("deleted")));
    assert_eq!(lists(&ann).await?, json!([]));
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn two_undos_at_once_undo_two_changes_of_lists() -> Result<()> {
    let app = TestApp::with(&[("rate_limit_per_minute", "0")]).await?;
    let ann = app.sign_up("Ann").await?;
    for round in 0..6 {
        for name in ["a", "b"] {
            written(&ann, "POST", "/lists", json!({"name": format!("{name}{round}")})).await?;
        }
        let undoing: Vec<_> = (0..2).map(|_| tokio::spawn(ann.request("POST", "/tasks/undo").send())).collect();
        for response in undoing {
            assert_eq!(response.await??.status(), 200);
        }
        assert_eq!(lists(&ann).await?, json!([]), "round {round}");
    }
    Ok(())
}
