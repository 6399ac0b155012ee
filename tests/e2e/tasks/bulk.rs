//! Several tasks at once: each has its own result, and all are one change.

use anyhow::{Context, Result};
use serde_json::{Value, json};
use tests::{TestApp, TestUser};

use crate::problem::problem;

/// The numbers and what became of them, and the number of the change.
async fn bulk(user: &TestUser<'_>, body: Value) -> Result<(Value, Vec<Value>, Option<i64>)> {
    let response = user.request("POST", "/tasks/bulk").json(&body).send().await?;
    let change = response.headers().get("task-change").map(|change| change.to_str().map(str::parse)).transpose()?;
    assert_eq!(response.status(), 200, "{body}");
    let body: Value = response.json().await?;
    let results = body["results"].as_array().context("results")?.clone();
    Ok((results.iter().map(|item| json!([item["id"], item["status"]])).collect(), results, change.transpose()?))
}

/// The tasks without their versions.
async fn content(user: &TestUser<'_>) -> Result<Value> {
    let (_, mut tasks) = user.ask("GET", "/tasks").await?;
    for task in tasks.as_array_mut().context("an array")? {
        task.as_object_mut().context("a task")?.remove("updated_at");
    }
    Ok(tasks)
}

/// Adds a task with a time, one with a day and two tags, and one with as many tags as a task can have. Returns them.
async fn three_tasks(user: &TestUser<'_>) -> Result<Value> {
    user.send("POST", "/lists", json!({"name": "Home"})).await?;
    for (title, due, tags) in [
        ("a", json!("2026-12-01T17:00"), json!([])),
        ("b", json!("2026-12-02"), json!(["Old", "kept"])),
        ("c", Value::Null, json!((0..20).map(|n| format!("t{n}")).collect::<Vec<_>>())),
    ] {
        user.send("POST", "/tasks", json!({"title": title, "due": due, "tags": tags})).await?;
    }
    content(user).await
}

#[tokio::test(flavor = "multi_thread")]
async fn each_task_has_its_result_and_one_undo_takes_all_back() -> Result<()> {
    let app = TestApp::start().await?;
    let (ann, bob) = (app.sign_up("Ann").await?, app.sign_up("Bob").await?);
    bob.add("bob's").await?;
    let before = three_tasks(&ann).await?;
    for (changes, statuses, member, values) in [
        (json!({"completed": true}), ["changed", "changed", "changed"], "completed", json!([true, true, true])),
        (json!({"list": "home"}), ["changed", "changed", "changed"], "list", json!(["Home", "Home", "Home"])),
        (json!({"priority": "high"}), ["changed", "changed", "changed"], "priority", json!(["high", "high", "high"])),
        (
            json!({"due_day": "2027-01-31"}),
            ["changed", "changed", "changed"],
            "due",
            json!(["2027-01-31T17:00", "2027-01-31", "2027-01-31"]),
        ),
        (
            json!({"due": "2026-12-02"}),
            ["changed", "unchanged", "changed"],
            "due",
            json!(["2026-12-02", "2026-12-02", "2026-12-02"]),
        ),
        (json!({"due": null}), ["changed", "changed", "unchanged"], "due", json!([null, null, null])),
        (
            json!({"add_tags": ["New", "KEPT"], "remove_tags": ["OLD"]}),
            ["changed", "changed", "refused"],
            "tags",
            json!([["New", "kept"], ["kept", "New"], before[2]["tags"]]),
        ),
    ] {
        let mut body = changes.clone();
        body["ids"] = json!([3, 9, 1, 2]);
        let (shown, results, change) = bulk(&ann, body).await?;
        let [a, b, c] = statuses;
        assert_eq!(shown, json!([[3, c], [9, "not_found"], [1, a], [2, b]]), "{changes}");
        let (_, after) = ann.ask("GET", "/tasks").await?;
        let values_of = |tasks: &Value| (0..3).map(|n| tasks[n][member].clone()).collect::<Value>();
        if changes.get("add_tags").is_none() {
            assert_eq!(values_of(&after), values, "{changes}");
        } else {
            assert_eq!(after[1]["tags"], values[1], "{changes}");
            assert_eq!((&results[0]["member"], &after[2]["tags"]), (&json!("tags"), &values[2]));
        }
        assert_eq!(results[2]["task"], after[0], "{changes}");
        let (_, history) = ann.ask("GET", "/history?limit=1").await?;
        assert_eq!(history[0]["id"].as_i64(), change, "one change");
        ann.ask("POST", &format!("/history/{}/undo", change.context("a change")?)).await?;
        assert_eq!(content(&ann).await?, before, "one undo of {changes}");
    }
    assert_eq!(bob.list().await?, ["bob's"]);
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn tasks_that_are_deleted_together_come_back_together() -> Result<()> {
    let app = TestApp::start().await?;
    let ann = app.sign_up("Ann").await?;
    for title in ["a", "b", "c"] {
        ann.add(title).await?;
    }
    let before = content(&ann).await?;
    let (shown, results, change) = bulk(&ann, json!({"ids": [1, 9, 3], "delete": true})).await?;
    assert_eq!(shown, json!([[1, "deleted"], [9, "not_found"], [3, "deleted"]]));
    assert_eq!((&results[0]["task"]["title"], ann.list().await?), (&json!("a"), vec!["b".to_owned()]));
    ann.ask("POST", &format!("/history/{}/undo", change.context("a change")?)).await?;
    assert_eq!(content(&ann).await?, before);
    assert_eq!(bulk(&ann, json!({"ids": [1], "completed": false})).await?.2, None, "nothing changed");
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_repeating_task_moves_once_and_takes_its_steps_along() -> Result<()> {
    let app = TestApp::start().await?;
    let ann = app.sign_up("Ann").await?;
    ann.send("POST", "/tasks", json!({"title": "water", "due": "2190-01-01", "repeat": "FREQ=DAILY"})).await?;
    ann.send("POST", "/tasks", json!({"title": "can", "parent": 1})).await?;
    ann.send("POST", "/tasks", json!({"title": "party"})).await?;
    ann.send("POST", "/tasks", json!({"title": "cake", "parent": 3})).await?;
    ann.ask("PATCH", "/tasks/2/complete").await?;
    let before = content(&ann).await?;
    let body = json!({"ids": [{"id": 1, "due": "2190-01-01"}, 3], "completed": true});
    let (shown, results, change) = bulk(&ann, body.clone()).await?;
    assert_eq!(shown, json!([[1, "changed"], [3, "changed"]]));
    assert_eq!(
        (&results[0]["task"]["due"], &results[0]["task"]["occurrence"]["due"]),
        (&json!("2190-01-02"), &json!("2190-01-01"))
    );
    assert_eq!(ann.list().await?, ["water", "can", "✓ party", "✓ cake"]);
    let (shown, _, again) = bulk(&ann, body).await?;
    assert_eq!((shown, again), (json!([[1, "not_current"], [3, "unchanged"]]), None), "a repeated request");
    let (_, history) = ann.ask("GET", "/history?limit=1").await?;
    assert_eq!((&history[0]["kind"], &history[0]["count"]), (&json!("complete"), &json!(4)));
    ann.ask("POST", &format!("/history/{}/undo", change.context("a change")?)).await?;
    assert_eq!(content(&ann).await?, before);
    // The same by a key.
    for again in [false, true] {
        let request = ann.request("POST", "/tasks/bulk").header("idempotency-key", "k1");
        let response = request.json(&json!({"ids": [1], "completed": true})).send().await?;
        assert_eq!((response.status().as_u16(), response.headers().contains_key("task-change")), (200, !again));
        assert_eq!(response.json::<Value>().await?["results"][0]["task"]["due"], "2190-01-02");
    }
    let other = ann.request("POST", "/tasks/bulk").header("idempotency-key", "k1");
    let other = other.json(&json!({"ids": [3], "priority": "low"})).send().await?;
    problem(other, 422, "idempotency_key_reused").await?;
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn tasks_come_beside_another_one_in_the_order_in_which_they_are_named() -> Result<()> {
    let app = TestApp::start().await?;
    let ann = app.sign_up("Ann").await?;
    ann.send("POST", "/lists", json!({"name": "Home"})).await?;
    for title in ["a", "b", "c", "d", "e"] {
        ann.add(title).await?;
    }
    let order = async || -> Result<String> {
        let (_, tasks) = ann.ask("GET", "/tasks?sort=position").await?;
        Ok(tasks.as_array().context("tasks")?.iter().filter_map(|task| task["title"].as_str()).collect())
    };
    for (body, expected) in [
        (json!({"ids": [5, 1], "after": 3}), "bcead"),
        (json!({"ids": [4, 5], "before": 2}), "debca"),
        (json!({"ids": [3, 1, 2], "before": 4}), "cabde"),
        (json!({"ids": [{"id": 3, "due": "2026-12-01"}, 1], "after": 5}), "cbdea"),
    ] {
        bulk(&ann, body.clone()).await?;
        assert_eq!(order().await?, expected, "{body}");
    }
    let (_, results, change) = bulk(&ann, json!({"ids": [1, 3], "before": 2, "list": "home"})).await?;
    assert_eq!(
        (order().await?.as_str(), &results[1]["task"]["list"]),
        ("acbde", &json!("Home")),
        "into a list as well"
    );
    let (_, history) = ann.ask("GET", "/history?limit=1").await?;
    assert_eq!((history[0]["id"].as_i64(), &history[0]["kind"]), (change, &json!("move")));
    ann.ask("POST", &format!("/history/{}/undo", change.context("a change")?)).await?;
    assert_eq!(order().await?, "cbdea");
    for _ in 0..2 {
        let request = ann.request("POST", "/tasks/bulk").header("idempotency-key", "k1");
        let gone = request.json(&json!({"ids": [2, 4], "after": 9, "priority": "high"})).send().await?;
        assert_eq!(problem(gone, 409, "neighbour_gone").await?["order"], json!([3, 2, 4, 5, 1]), "each time");
    }
    assert_eq!(ann.ask("GET", "/tasks/2").await?.1["priority"], "none", "nothing is changed");
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn what_cannot_be_done_is_refused_and_names_the_member() -> Result<()> {
    let app = TestApp::start().await?;
    let ann = app.sign_up("Ann").await?;
    ann.add("milk").await?;
    let many: Vec<i64> = (1..=101).collect();
    for (body, member) in [
        (json!({"completed": true}), "ids"),
        (json!({"ids": [], "completed": true}), "ids"),
        (json!({"ids": many, "completed": true}), "ids"),
        (json!({"ids": [1, 1], "completed": true}), "ids"),
        (json!({"ids": [{"id": 1, "due": "soon"}], "completed": true}), "ids"),
        (json!({"ids": [1]}), "completed"),
        (json!({"ids": [1], "delete": true, "completed": true}), "delete"),
        (json!({"ids": [1], "due": null, "due_day": "2026-12-01"}), "due_day"),
        (json!({"ids": [1], "list": "Nowhere"}), "list"),
        (json!({"ids": [1], "after": 1}), "ids"),
        (json!({"ids": [1], "after": 2, "before": 3}), "before"),
        (json!({"ids": [1], "title": "x", "completed": true}), "title"),
    ] {
        let response = ann.request("POST", "/tasks/bulk").json(&body).send().await?;
        assert_eq!(problem(response, 422, "invalid").await?["errors"][0]["field"], member, "{body}");
    }
    assert_eq!(ann.list().await?, ["milk"]);
    Ok(())
}
