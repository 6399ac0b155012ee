//! Every change is kept, says who made it, and can be undone.

use anyhow::{Context, Result};
use serde_json::{Value, json};
use tests::{TestApp, TestUser, connect, execute};

use crate::problem::problem;

/// Calls a tool and returns its structured result.
async fn tool(user: &TestUser<'_>, name: &str, arguments: Value) -> Result<Value> {
    let response = user.mcp("tools/call", json!({"name": name, "arguments": arguments})).await?;
    Ok(response["result"]["structuredContent"].clone())
}

/// Sends a request as the page does, and returns the number of its change.
async fn from_page(user: &TestUser<'_>, method: &str, path: &str, body: Value) -> Result<i64> {
    let request = user.request(method, path).header("origin", &user.app.base);
    let response = if body.is_null() { request } else { request.json(&body) }.send().await?;
    let change = response.headers().get("task-change").context("Task-Change")?;
    Ok(change.to_str()?.parse()?)
}

/// Undoes the last change of programs with a token.
async fn undo(user: &TestUser<'_>) -> Result<Value> {
    let (status, result) = user.ask("POST", "/tasks/undo").await?;
    assert_eq!(status, 200, "{result}");
    Ok(result)
}

#[tokio::test(flavor = "multi_thread")]
async fn a_change_says_who_made_it_and_what_it_did() -> Result<()> {
    let app = TestApp::start().await?;
    let (ann, bob) = (app.sign_up("Ann").await?, app.sign_up("Bob").await?);
    bob.add("bob's").await?;
    assert_eq!(from_page(&ann, "POST", "/tasks", json!({"title": "milk"})).await?, 1);
    ann.ask("PATCH", "/tasks/1/complete").await?;
    tool(&ann, "update_task", json!({"task_id": 1, "title": "oat milk", "priority": "high"})).await?;
    let (_, turn) = ann.chat(json!({"message": "delete task 1"})).await?;
    let approved = ann.chat(json!({"message": "yes", "conversation_id": turn["conversation_id"]})).await?;
    assert_eq!(ann.list().await?, Vec::<String>::new(), "{approved:?}");

    let (_, all) = ann.ask("GET", "/history").await?;
    let made: Vec<(&Value, &Value, &Value)> =
        all.as_array().unwrap().iter().map(|change| (&change["id"], &change["actor"], &change["kind"])).collect();
    assert_eq!(
        json!(made),
        json!([[4, "chat", "delete"], [3, "mcp", "edit"], [2, "api", "complete"], [1, "page", "add"]])
    );
    assert_eq!(all[0]["conversation_id"], turn["conversation_id"]);
    assert!(all[0]["turn"].is_i64() && all[1]["turn"].is_null(), "{all}");
    let edit = &all[1]["tasks"][0];
    assert_eq!((&edit["id"], &edit["title"]), (&json!(1), &json!("oat milk")));
    assert_eq!(edit["before"], json!({"title": "milk", "priority": "none"}));
    assert_eq!(edit["after"], json!({"title": "oat milk", "priority": "high"}));
    assert!(all[2]["tasks"][0]["after"]["completed_at"].as_str().unwrap().ends_with('Z'));
    assert_eq!((&all[3]["tasks"][0]["before"], &all[0]["tasks"][0]["after"]), (&Value::Null, &Value::Null));
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn the_history_is_read_in_pages_and_parts() -> Result<()> {
    let app = TestApp::start().await?;
    let (ann, bob) = (app.sign_up("Ann").await?, app.sign_up("Bob").await?);
    for n in 1..=5 {
        ann.add(&format!("task {n}")).await?;
    }
    ann.send("POST", "/tasks/complete", json!({"ids": [1, 3]})).await?;
    from_page(&ann, "DELETE", "/tasks/3", Value::Null).await?;
    let ids = |pages: Vec<Vec<Value>>| -> Vec<i64> {
        pages.iter().flatten().map(|change| change["id"].as_i64().unwrap()).collect()
    };
    assert_eq!(ids(ann.pages("/history?limit=3").await?), [7, 6, 5, 4, 3, 2, 1]);
    assert_eq!(ids(ann.pages("/history?limit=1&task=3").await?), [7, 6, 3]);
    assert_eq!(ids(ann.pages("/history?actor=page").await?), [7]);
    assert_eq!(ids(ann.pages("/history?kind=add&before=3").await?), [2, 1]);
    let (_, of_task) = ann.ask("GET", "/history?task=3&kind=complete").await?;
    assert_eq!((&of_task[0]["count"], &of_task[0]["tasks"][0]["id"]), (&json!(2), &json!(3)));
    assert_eq!(of_task[0]["tasks"].as_array().unwrap().len(), 1);
    assert_eq!(bob.ask("GET", "/history").await?.1, json!([]));
    for (query, field) in [("limit=0", "limit"), ("before=x", "before"), ("task=0", "task"), ("actor=me", "actor")] {
        let refused = problem(ann.request("GET", &format!("/history?{query}")).send().await?, 422, "invalid").await?;
        assert_eq!(refused["errors"][0]["field"], field);
    }
    problem(bob.request("POST", "/history/1/undo").send().await?, 404, "not_found").await?;
    problem(ann.request("POST", "/history/99/undo").send().await?, 404, "not_found").await?;
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn one_undo_after_the_other_goes_back() -> Result<()> {
    let app = TestApp::start().await?;
    let ann = app.sign_up("Ann").await?;
    let mut before = Vec::new();
    for (method, path, body) in [
        ("POST", "/tasks", json!({"title": "milk", "description": "two"})),
        ("PATCH", "/tasks/1/complete", json!({})),
        ("PATCH", "/tasks/1", json!({"title": "oat milk", "description": null, "priority": "high"})),
        ("PATCH", "/tasks/1/complete", json!({"completed": false})),
        ("POST", "/tasks", json!({"title": "bread"})),
        ("POST", "/tasks/complete", json!({"ids": [1, 2]})),
        ("POST", "/tasks/delete", json!({"ids": [1, 2]})),
    ] {
        before.push(content(&ann).await?);
        assert!(ann.send(method, path, body).await?.0.is_success(), "{path}");
    }
    let after = content(&ann).await?;
    while let Some(expected) = before.pop() {
        undo(&ann).await?;
        assert_eq!(content(&ann).await?, expected);
    }
    // An undo is a change itself: what was undone last comes back.
    assert_eq!(undo(&ann).await?["tasks"][0]["title"], "milk");
    let (_, history) = ann.ask("GET", "/history?limit=1").await?;
    let redo = format!("/history/{}/undo", history[0]["id"]);
    assert_eq!(ann.ask("POST", &redo).await?.1["deleted"], json!([1]), "and goes again");
    problem(ann.request("POST", &redo).send().await?, 409, "conflict").await?;
    assert_eq!(content(&ann).await?, after, "nothing is left");
    assert_eq!(ann.add("next").await?, 3, "numbers are never used again");
    Ok(())
}

/// The tasks without their versions.
async fn content(user: &TestUser<'_>) -> Result<Value> {
    let (_, mut tasks) = user.ask("GET", "/tasks").await?;
    for task in tasks.as_array_mut().context("an array")? {
        task.as_object_mut().context("a task")?.remove("updated_at");
    }
    Ok(tasks)
}

#[tokio::test(flavor = "multi_thread")]
async fn an_import_is_one_change() -> Result<()> {
    let app = TestApp::start().await?;
    let ann = app.sign_up("Ann").await?;
    let drafts: Vec<Value> =
        (1..=150).map(|n| json!({"title": format!("task {n}"), "completed": n % 2 == 0})).collect();
    let response = ann.request("POST", "/tasks/import").json(&drafts).send().await?;
    assert_eq!(response.headers()["task-change"], "1");
    let imported = content(&ann).await?;
    let gone = undo(&ann).await?;
    assert_eq!((&gone["count"], gone["deleted"].as_array().unwrap().len()), (&json!(150), 150));
    assert_eq!(ann.list().await?, Vec::<String>::new());
    let back = undo(&ann).await?;
    assert_eq!((&back["count"], back["tasks"].as_array().unwrap().len()), (&json!(150), 100));
    assert_eq!(content(&ann).await?, imported);
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn what_somebody_else_changed_since_stays_and_is_named() -> Result<()> {
    let app = TestApp::start().await?;
    let ann = app.sign_up("Ann").await?;
    ann.add("milk").await?;
    let edit = from_page(&ann, "PATCH", "/tasks/1", json!({"title": "oat milk", "description": "two"})).await?;
    let rename = tool(&ann, "update_task", json!({"task_id": 1, "title": "soy milk"})).await?;
    assert_eq!(rename["task"]["title"], "soy milk");
    let (_, undone) = ann.ask("POST", &format!("/history/{edit}/undo")).await?;
    assert_eq!(undone["kept"], json!([{"id": 1, "title": "soy milk", "members": ["title"]}]));
    assert_eq!((&undone["tasks"][0]["title"], &undone["tasks"][0]["description"]), (&json!("soy milk"), &Value::Null));
    assert_ne!(undone["tasks"][0]["updated_at"], rename["task"]["updated_at"], "a new version");

    let added = ann.request("POST", "/history/1/undo").send().await?;
    let refused = problem(added, 409, "conflict").await?;
    assert_eq!(refused["errors"][0]["field"], "title", "an added task that was changed since stays");
    assert_eq!(ann.list().await?, ["soy milk"]);

    // A completion that was taken back and made anew by hand is the hand's.
    let done = from_page(&ann, "PATCH", "/tasks/1/complete", json!({})).await?;
    ann.send("PATCH", "/tasks/1", json!({"completed": false})).await?;
    problem(ann.request("POST", &format!("/history/{done}/undo")).send().await?, 409, "conflict").await?;
    ann.send("PATCH", "/tasks/1", json!({"completed": true})).await?;
    problem(ann.request("POST", &format!("/history/{done}/undo")).send().await?, 409, "conflict").await?;
    assert_eq!(ann.list().await?, ["✓ soy milk"]);
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn each_actor_undoes_its_own_last_change() -> Result<()> {
    let app = TestApp::start().await?;
    let ann = app.sign_up("Ann").await?;
    for title in ["x", "y", "z"] {
        ann.add(title).await?;
    }
    tool(&ann, "delete_task", json!({"task_id": 1})).await?;
    from_page(&ann, "PATCH", "/tasks/3", json!({"title": "zz"})).await?;
    ann.ask("DELETE", "/tasks/2").await?;
    let undone = tool(&ann, "undo", json!({})).await?;
    assert_eq!((&undone["undone"], &undone["tasks"][0]["id"]), (&json!("deleted \"x\""), &json!(1)));
    let from = ann.request("POST", "/tasks/undo").header("origin", &app.base).send().await?;
    assert_eq!(from.json::<Value>().await?["tasks"][0]["title"], "z");
    assert_eq!(undo(&ann).await?["undone"]["kind"], "delete");
    assert_eq!(ann.list().await?, ["x", "y", "z"]);
    // A completion is undone, not an older deletion.
    ann.ask("DELETE", "/tasks/1").await?;
    ann.ask("PATCH", "/tasks/2/complete").await?;
    let undone = undo(&ann).await?;
    assert_eq!((&undone["undone"]["kind"], &undone["tasks"][0]["completed"]), (&json!("complete"), &json!(false)));
    assert_eq!(ann.list().await?, ["y", "z"]);
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_task_of_a_deletion_comes_back_alone() -> Result<()> {
    let app = TestApp::start().await?;
    let ann = app.sign_up("Ann").await?;
    for title in ["x", "y", "z"] {
        ann.add(title).await?;
    }
    ann.send("POST", "/tasks/delete", json!({"ids": [1, 2, 3]})).await?;
    assert_eq!(ann.ask("POST", "/tasks/2/restore").await?.0, 200);
    assert_eq!(ann.list().await?, ["y"]);
    let (status, rest) = ann.ask("POST", "/history/4/undo").await?;
    assert_eq!((status.as_u16(), &rest["count"]), (200, &json!(2)), "{rest}");
    assert_eq!(ann.list().await?, ["x", "y", "z"]);
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_deleted_task_comes_back_with_its_steps() -> Result<()> {
    let app = TestApp::start().await?;
    let ann = app.sign_up("Ann").await?;
    ann.add("party").await?;
    ann.send("POST", "/tasks", json!({"title": "cake", "parent": 1, "tags": ["home"]})).await?;
    let before = content(&ann).await?;
    ann.ask("DELETE", "/tasks/1").await?;
    assert_eq!(undo(&ann).await?["undone"]["kind"], "delete");
    assert_eq!(content(&ann).await?, before);
    // The release before this one leaves the steps.
    app.database("delete from task where id = 1; update task_counter set live = live - 1").await?;
    assert_eq!(ann.ask("GET", "/tasks/2").await?.1["parent"], Value::Null);
    undo(&ann).await?;
    assert_eq!(content(&ann).await?, before);
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn the_release_before_is_recorded_and_finds_what_was_deleted() -> Result<()> {
    let app = TestApp::start().await?;
    let ann = app.sign_up("Ann").await?;
    for title in ["x", "y"] {
        ann.add(title).await?;
    }
    let earlier = connect(&app.database_url).await?;
    ann.ask("DELETE", "/tasks/1").await?;
    let back = earlier.query("select id from restore_tasks($1, null, 10000)", &[&ann.id]).await?;
    assert_eq!(back.len(), 1, "it brings back what this release deleted");
    let delete = "with gone as (delete from task where user_id = $1 and id = 2 returning *), counter as (
        update task_counter set live = live - 1, deletion = deletion + 1 where user_id = $1 returning deletion)
      insert into deleted_task (user_id, id, title, description, completed, created_at, updated_at, completed_at, priority, deletion)
      select user_id, id, title, description, completed, created_at, updated_at, completed_at, priority, deletion from gone, counter";
    assert_eq!(earlier.execute(delete, &[&ann.id]).await?, 1);
    assert_eq!(undo(&ann).await?["tasks"][0]["title"], "y", "and this release what that one deleted");
    assert_eq!(earlier.query("select id from restore_tasks($1, 2, 10000)", &[&ann.id]).await?.len(), 0);
    assert_eq!(ann.list().await?, ["x", "y"]);
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn an_account_takes_its_history_with_it() -> Result<()> {
    let app = TestApp::start().await?;
    let (ann, bob) = (app.sign_up("Ann").await?, app.sign_up("Bob").await?);
    for user in [&ann, &bob] {
        user.add("milk").await?;
        user.ask("DELETE", "/tasks/1").await?;
        user.add("bread").await?;
    }
    let database = connect(&app.database_url).await?;
    database.execute(r#"delete from "user" where "id" = $1"#, &[&ann.id]).await?;
    let left = database.query("select distinct user_id from task_change", &[]).await?;
    assert_eq!(left.iter().map(|row| row.get::<_, String>(0)).collect::<Vec<_>>(), std::slice::from_ref(&bob.id));
    execute(&app.database_url, "update todo.task_change set made_at = now() - interval '31 days' where id < 3").await?;
    assert_eq!(bob.ask("GET", "/history").await?.1.as_array().unwrap().len(), 1);
    app.get("/ready").send().await?;
    assert_eq!(database.query("select from task_change", &[]).await?.len(), 1, "older changes are gone");
    Ok(())
}
