//! REST beyond the single task: conditions, repeated requests, many at once, what is deleted, limits, search and order.

use anyhow::{Context, Result};
use reqwest::Response;
use serde_json::{Value, json};
use tests::{TestApp, TestUser, connect};

use crate::problem::problem;

async fn execute(app: &TestApp, sql: &str) -> Result<u64> {
    let client = connect(&app.database_url).await?;
    Ok(client.execute(sql, &[]).await?)
}

fn header<'a>(response: &'a Response, name: &str) -> Option<&'a str> {
    response.headers().get(name).map(|value| value.to_str().unwrap())
}

async fn titles(user: &TestUser<'_>, path: &str) -> Result<Vec<String>> {
    let (status, tasks) = user.ask("GET", path).await?;
    assert_eq!(status, 200, "{path}: {tasks}");
    let title = |task: &Value| task["title"].as_str().unwrap().to_owned();
    Ok(tasks.as_array().context("an array")?.iter().map(title).collect())
}

#[tokio::test(flavor = "multi_thread")]
async fn two_editors_cannot_overwrite_each_other_unknowingly() -> Result<()> {
    let app = TestApp::start().await?;
    let ann = app.sign_up("Ann").await?;
    let added = ann.request("POST", "/tasks").json(&json!({"title": "milk"})).send().await?;
    let first = header(&added, "etag").context("etag")?.to_owned();
    assert_eq!(first, format!("\"{}\"", added.json::<Value>().await?["updated_at"].as_str().unwrap()));
    let same = ann.request("GET", "/tasks/1").header("if-none-match", format!("\"x\", W/{first}")).send().await?;
    assert_eq!((same.status().as_u16(), header(&same, "etag")), (304, Some(&*first)));

    let with = |method: &str, path: &str, tag: &str, body: Value| {
        ann.request(method, path).header("if-match", tag).json(&body).send()
    };
    let changed = with("PATCH", "/tasks/1", &first, json!({"title": "oat milk"})).await?;
    let second = header(&changed, "etag").context("etag")?.to_owned();
    assert_ne!(first, second);
    for stale in [first.clone(), format!("W/{second}"), "\"\"".to_owned()] {
        for (method, path) in
            [("PATCH", "/tasks/1"), ("PUT", "/tasks/1"), ("DELETE", "/tasks/1"), ("PATCH", "/tasks/1/complete")]
        {
            let body = if path.ends_with("complete") { json!({}) } else { json!({"title": "lost"}) };
            problem(with(method, path, &stale, body).await?, 412, "precondition_failed").await?;
        }
    }
    assert_eq!(ann.list().await?, ["oat milk"]);
    problem(with("PATCH", "/tasks/1", "oat", json!({})).await?, 400, "malformed").await?;
    problem(with("PATCH", "/tasks/2", &second, json!({})).await?, 404, "not_found").await?;
    assert_eq!(with("PATCH", "/tasks/1", "*", json!({"completed": true})).await?.status(), 200);
    let either = format!("{first}, {}", header(&ann.request("GET", "/tasks/1").send().await?, "etag").unwrap());
    assert_eq!(with("DELETE", "/tasks/1", &either, json!(null)).await?.status(), 204);
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_version_can_be_asked_for() -> Result<()> {
    let app = TestApp::with(&[("require_if_match", "true")]).await?;
    let ann = app.sign_up("Ann").await?;
    ann.add("milk").await?;
    for (method, path) in [("PATCH", "/tasks/1"), ("DELETE", "/tasks/1"), ("PATCH", "/tasks/1/complete")] {
        let response = ann.request(method, path).json(&json!({})).send().await?;
        problem(response, 428, "precondition_required").await?;
    }
    assert_eq!(ann.request("DELETE", "/tasks/1").header("if-match", "*").send().await?.status(), 204);
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_repeated_post_adds_once() -> Result<()> {
    let app = TestApp::start().await?;
    let (ann, bob) = (app.sign_up("Ann").await?, app.sign_up("Bob").await?);
    let post = |user: &TestUser<'_>, key: &str, body: Value| {
        user.request("POST", "/tasks").header("idempotency-key", key).json(&body).send()
    };
    let milk = json!({"title": "milk", "description": "two"});
    let sent: Vec<_> = (0..8).map(|_| tokio::spawn(post(&ann, "k1", milk.clone()))).collect();
    let mut responses = Vec::new();
    let mut replayed = 0;
    for sending in sent {
        let response = sending.await??;
        assert_eq!(response.status(), 201, "{}", app.log());
        replayed += usize::from(header(&response, "idempotent-replayed") == Some("true"));
        responses.push(response.json::<Value>().await?);
    }
    assert_eq!((replayed, responses.windows(2).all(|two| two[0] == two[1])), (7, true), "{responses:?}");
    ann.send("PATCH", "/tasks/1", json!({"title": "changed"})).await?;
    assert_eq!(post(&ann, "\"k1\"", milk.clone()).await?.json::<Value>().await?, responses[0], "the stored response");
    problem(post(&ann, "k1", json!({"title": "milk"})).await?, 422, "idempotency_key_reused").await?;
    assert_eq!(post(&bob, "k1", json!({"title": "bread"})).await?.status(), 201, "each user has their own keys");
    for bad in ["", "two words", "\u{e9}", &"x".repeat(256)] {
        problem(post(&ann, bad, milk.clone()).await?, 400, "malformed").await?;
    }
    assert_eq!((ann.list().await?, bob.list().await?), (vec!["changed".to_owned()], vec!["bread".to_owned()]));
    let replay = post(&ann, "k1", milk.clone()).await?;
    assert_eq!(header(&replay, "task-deleted"), None);
    ann.ask("DELETE", "/tasks/1").await?;
    let replay = post(&ann, "k1", milk.clone()).await?;
    assert_eq!((replay.status().as_u16(), header(&replay, "idempotent-replayed")), (201, Some("true")));
    assert_eq!(header(&replay, "task-deleted"), Some("true"), "a late retry learns that its task is gone");
    execute(&app, "update idempotency_key set created_at = now() - interval '25 hours'").await?;
    assert_eq!(post(&ann, "k1", json!({"title": "anew"})).await?.json::<Value>().await?["id"], 2);
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn many_are_changed_at_once() -> Result<()> {
    let app = TestApp::start().await?;
    let (ann, bob) = (app.sign_up("Ann").await?, app.sign_up("Bob").await?);
    for n in 1..=5 {
        ann.add(&format!("task {n}")).await?;
    }
    bob.add("bob's").await?;
    let (status, reply) = ann.send("POST", "/tasks/complete", json!({"ids": [3, 1, 3, 99]})).await?;
    assert_eq!((status.as_u16(), &reply["not_found"]), (200, &json!([99])));
    assert_eq!(reply["tasks"].as_array().unwrap().len(), 2);
    assert_eq!((&reply["tasks"][0]["id"], &reply["tasks"][0]["completed"]), (&json!(1), &json!(true)));
    assert_eq!(ann.send("POST", "/tasks/complete", json!({"ids": [1], "completed": false})).await?.0, 200);
    assert_eq!(titles(&ann, "/tasks?status=completed").await?, ["task 3"]);
    let (_, reply) = ann.send("POST", "/tasks/delete", json!({"ids": [5, 2, 7]})).await?;
    assert_eq!((reply["tasks"].as_array().unwrap().len(), &reply["not_found"]), (2, &json!([7])));
    assert_eq!(titles(&ann, "/tasks").await?, ["task 1", "task 3", "task 4"]);
    assert_eq!(bob.list().await?, ["bob's"]);
    for body in [
        json!({}),
        json!({"ids": []}),
        json!({"ids": [0]}),
        json!({"ids": ["1"]}),
        json!({"ids": (1..=101).collect::<Vec<_>>()}),
    ] {
        for path in ["/tasks/complete", "/tasks/delete"] {
            let response = ann.request("POST", path).json(&body).send().await?;
            assert_eq!(problem(response, 422, "invalid").await?["errors"][0]["field"], "ids");
        }
    }
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_deletion_is_undone_as_long_as_it_is_kept() -> Result<()> {
    let app = TestApp::start().await?;
    let (ann, bob) = (app.sign_up("Ann").await?, app.sign_up("Bob").await?);
    for title in ["one", "two", "three", "four"] {
        ann.add(title).await?;
    }
    let (_, before) = ann.ask("GET", "/tasks").await?;
    ann.ask("DELETE", "/tasks/1").await?;
    ann.send("POST", "/tasks/delete", json!({"ids": [2, 3]})).await?;
    for (method, path) in [("GET", "/tasks/2"), ("PATCH", "/tasks/2/complete"), ("DELETE", "/tasks/2")] {
        problem(ann.request(method, path).send().await?, 404, "not_found").await?;
    }
    assert_eq!(titles(&ann, "/tasks?q=two").await?, Vec::<String>::new());
    for path in ["/tasks/2/restore", "/tasks/undo"] {
        problem(bob.request("POST", path).send().await?, 404, "not_found").await?;
    }
    let (status, back) = ann.ask("POST", "/tasks/undo").await?;
    assert_eq!((status.as_u16(), back["tasks"].as_array().unwrap().len()), (200, 2));
    let (status, back) = ann.ask("POST", "/tasks/1/restore").await?;
    assert_eq!((status.as_u16(), &back), (200, &before[0]));
    assert_eq!(ann.ask("GET", "/tasks").await?.1, before, "everything is as it was");
    problem(ann.request("POST", "/tasks/1/restore").send().await?, 404, "not_found").await?;

    // The tool brings back what REST deleted if it is named, and numbers stay taken.
    ann.ask("DELETE", "/tasks/4").await?;
    assert_eq!(ann.add("five").await?, 5);
    let undone = ann.mcp("tools/call", json!({"name": "undo", "arguments": {}})).await?;
    assert_eq!(undone["result"]["isError"], true, "the tool has changed nothing: {undone}");
    let undone = ann.mcp("tools/call", json!({"name": "undo", "arguments": {"task_id": 4}})).await?;
    assert_eq!(undone["result"]["structuredContent"]["tasks"][0]["title"], "four", "{undone}");

    ann.ask("DELETE", "/tasks/4").await?;
    execute(&app, "update task_change set made_at = now() - interval '31 days'").await?;
    problem(ann.request("POST", "/tasks/4/restore").send().await?, 404, "not_found").await?;
    assert_eq!(app.get("/ready").send().await?.status(), 200);
    assert_eq!(execute(&app, "delete from task_change").await?, 0, "what cannot come back is gone");
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_full_list_takes_no_more() -> Result<()> {
    let app = TestApp::with(&[("max_tasks_per_user", "3")]).await?;
    let (ann, bob) = (app.sign_up("Ann").await?, app.sign_up("Bob").await?);
    let adding = (0..10).map(|n| ann.request("POST", "/tasks").json(&json!({"title": format!("task {n}")})).send());
    let mut refused = 0;
    for sending in adding.map(tokio::spawn).collect::<Vec<_>>() {
        let response = sending.await??;
        if response.status() != 201 {
            refused += 1;
            let problem = problem(response, 409, "task_limit").await?;
            assert!(problem["detail"].as_str().unwrap().contains("at most 3 tasks"), "{problem}");
        }
    }
    assert_eq!((refused, ann.list().await?.len()), (7, 3));
    let said = ann.mcp("tools/call", json!({"name": "add_task", "arguments": {"title": "more"}})).await?;
    assert_eq!(said["result"]["isError"], true, "{said}");
    let import = ann.request("POST", "/tasks/import").json(&json!([{"title": "more"}]));
    problem(import.send().await?, 409, "task_limit").await?;
    let once = ann.request("POST", "/tasks").header("idempotency-key", "k").json(&json!({"title": "more"}));
    problem(once.send().await?, 409, "task_limit").await?;

    ann.ask("DELETE", "/tasks/1").await?;
    ann.add("instead").await?;
    problem(ann.request("POST", "/tasks/1/restore").send().await?, 409, "task_limit").await?;
    ann.ask("DELETE", "/tasks/2").await?;
    assert_eq!(ann.ask("POST", "/tasks/1/restore").await?.0, 200, "a refused undo loses nothing");
    assert_eq!(bob.add("bob's").await?, 1);
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn each_user_has_a_rate_of_their_own() -> Result<()> {
    let app = TestApp::with(&[("rate_limit_per_minute", "2")]).await?;
    let (ann, bob) = (app.sign_up("Ann").await?, app.sign_up("Bob").await?);
    for left in (0..2).rev() {
        let response = ann.request("GET", "/tasks").send().await?;
        assert_eq!(header(&response, "ratelimit-policy"), Some("\"tasks\";q=2;w=60"));
        assert!(header(&response, "ratelimit").unwrap().starts_with(&format!("\"tasks\";r={left};t=")));
    }
    for (method, path) in [("GET", "/tasks"), ("POST", "/tasks"), ("DELETE", "/tasks/1"), ("GET", "/tasks/export")] {
        let response = ann.request(method, path).send().await?;
        let seconds: u32 = header(&response, "retry-after").context("retry-after")?.parse()?;
        assert!((1..=60).contains(&seconds));
        problem(response, 429, "rate_limited").await?;
    }
    assert_eq!(bob.request("GET", "/tasks").send().await?.status(), 200);
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_heavy_list_ends_early_and_goes_on() -> Result<()> {
    let app = TestApp::start().await?;
    let ann = app.sign_up("Ann").await?;
    let heavy = |n: usize| json!({"title": format!("task {n}"), "description": "ü".repeat(475)});
    assert_eq!(ann.send("POST", "/tasks/import", (0..6000).map(heavy).collect()).await?.0, 200);
    for (order, ids) in [("id", (1..=6000).collect::<Vec<u64>>()), ("-updated_at", (1..=6000).rev().collect())] {
        let pages = ann.pages::<Vec<Value>>(&format!("/tasks?sort={order}")).await?;
        let found: Vec<u64> = pages.iter().flatten().filter_map(|task| task["id"].as_u64()).collect();
        let pages: Vec<usize> = pages.iter().map(Vec::len).collect();
        assert!(found == ids, "{order}: {pages:?}");
        assert!(pages.len() == 2 && pages[0] * 950 > 4_000_000, "{order}: {pages:?}");
    }
    let short: Vec<Value> = ann.request("GET", "/tasks?limit=100").send().await?.json().await?;
    assert_eq!(short.len(), 100);
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_list_is_searched_and_ordered_page_by_page() -> Result<()> {
    let app = TestApp::start().await?;
    let ann = app.sign_up("Ann").await?;
    let mut newest = Value::Null;
    for (title, description) in [
        ("pear", None),
        ("Apple pie", None),
        ("apple", Some("a PIE is better")),
        ("100%_\\", None),
        ("Äpfel", None),
        ("apple", None),
    ] {
        newest = ann.send("POST", "/tasks", json!({"title": title, "description": description})).await?.1;
    }
    // Times are in milliseconds, and these requests may take less: until the first task is the last that was changed.
    for change in 1.. {
        let description = format!("change {change}");
        let changed = ann.send("PATCH", "/tasks/1", json!({"description": description})).await?.1;
        if changed["updated_at"].as_str() > newest["updated_at"].as_str() {
            break;
        }
    }
    assert_eq!(titles(&ann, "/tasks?q=pie+APPLE").await?, ["Apple pie", "apple"]);
    assert_eq!(titles(&ann, "/tasks?q=%25_%5C").await?, ["100%_\\"], "nothing is a pattern");
    assert_eq!(titles(&ann, "/tasks?q=%C3%84PF").await?, ["Äpfel"], "in a database of any locale");
    assert_eq!(titles(&ann, "/tasks?q=+").await?.len(), 6);
    assert_eq!(titles(&ann, "/tasks?sort=-updated_at&limit=1").await?, ["pear"]);
    let by_title = titles(&ann, "/tasks?sort=title").await?.iter().map(|t| t.to_lowercase()).collect::<Vec<_>>();
    assert_eq!(by_title.iter().filter(|title| *title == "apple").count(), 2);

    for order in ["id", "-id", "created_at", "-created_at", "updated_at", "-updated_at", "title", "-title"] {
        let whole = ann.ask("GET", &format!("/tasks?sort={order}")).await?.1;
        let paged = ann.pages::<Vec<Value>>(&format!("/tasks?sort={order}&limit=2&q=p")).await?.concat();
        let expected: Vec<Value> = whole.as_array().unwrap().iter().filter(|task| task["id"] != 4).cloned().collect();
        assert_eq!(paged, expected, "{order}");
    }
    let reversed = |order: &str| format!("/tasks?sort={order}");
    let mut backwards = titles(&ann, &reversed("-title")).await?;
    backwards.reverse();
    assert_eq!(titles(&ann, &reversed("title")).await?, backwards);
    for query in
        ["sort=", "sort=color", "sort=title&after=1", "sort=-created_at&after=MSB4", &format!("q={}", "x".repeat(201))]
    {
        problem(ann.request("GET", &format!("/tasks?{query}")).send().await?, 422, "invalid").await?;
    }
    // "1 2026-11-24T00:00:00+23:59": in a time zone that PostgreSQL does not know.
    let far = titles(&ann, "/tasks?sort=created_at&after=MSAyMDI2LTExLTI0VDAwOjAwOjAwKzIzOjU5").await?;
    assert_eq!(far.len(), 6);
    Ok(())
}
