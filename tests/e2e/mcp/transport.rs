//! MCP at `/mcp`: the transport's rules; official clients are driven by the suites in Node.

use anyhow::Result;
use serde_json::{Value, json};
use tests::{TestApp, create_database};

async fn call(user: &tests::TestUser<'_>, name: &str, arguments: Value) -> Result<Value> {
    Ok(user.mcp("tools/call", json!({"name": name, "arguments": arguments})).await?["result"].clone())
}

#[tokio::test(flavor = "multi_thread")]
async fn the_tools_do_what_rest_does() -> Result<()> {
    let app = TestApp::start().await?;
    let ann = app.sign_up("Ann").await?;
    let list = ann.mcp("tools/list", json!({})).await?;
    let names: Vec<&str> =
        list["result"]["tools"].as_array().unwrap().iter().map(|t| t["name"].as_str().unwrap()).collect();
    assert_eq!(
        names,
        [
            "add_task",
            "add_tasks",
            "list_tasks",
            "get_task",
            "complete_task",
            "complete_tasks",
            "update_task",
            "delete_task",
            "undo",
            "list_lists",
            "search",
            "fetch"
        ]
    );

    let added = call(&ann, "add_task", json!({"title": "buy milk"})).await?;
    assert_eq!(added["structuredContent"]["task"]["id"], 1);
    let text: Value = serde_json::from_str(added["content"][0]["text"].as_str().unwrap())?;
    assert_eq!(text, added["structuredContent"]);
    call(&ann, "add_task", json!({"title": "call mum", "description": "on Sunday"})).await?;
    call(&ann, "complete_task", json!({"task_id": 1})).await?;
    call(&ann, "update_task", json!({"task_id": "2", "title": "call dad"})).await?;
    assert_eq!(ann.list().await?, ["✓ buy milk", "call dad"]);
    let pending = call(&ann, "list_tasks", json!({"status": "pending"})).await?;
    assert_eq!(pending["structuredContent"]["tasks"][0]["title"], "call dad");
    call(&ann, "delete_task", json!({"task_id": 1})).await?;
    assert_eq!(ann.list().await?, ["call dad"]);
    let whole = call(&ann, "get_task", json!({"task_id": 2})).await?;
    assert_eq!(whole["structuredContent"]["task"]["description"], "on Sunday");
    let many = call(&ann, "add_tasks", json!({"tasks": ["tea", {"title": "cake", "priority": "high"}, {}]})).await?;
    let results = &many["structuredContent"]["results"];
    assert_eq!((&results[0]["task"]["id"], &results[1]["task"]["priority"]), (&json!(3), &json!("high")), "{many}");
    assert!(results[2]["error"].is_string() && many.get("isError").is_none(), "{many}");
    let done = call(&ann, "complete_tasks", json!({"task_ids": [3, 4, 9]})).await?;
    assert!(done["structuredContent"]["results"][2]["error"].as_str().unwrap().contains("No task with id 9"));
    assert_eq!(ann.list().await?, ["call dad", "✓ tea", "✓ cake"]);
    let newest = call(&ann, "list_tasks", json!({"sort": "-created_at", "limit": 1, "query": "C"})).await?;
    assert_eq!(newest["structuredContent"]["tasks"][0]["title"], "cake");
    let found = call(&ann, "search", json!({"query": "dad"})).await?["structuredContent"].clone();
    assert_eq!((&found["results"][0]["id"], found.as_object().unwrap().len()), (&json!("2"), 1));
    let document = call(&ann, "fetch", json!({"id": "2"})).await?["structuredContent"].clone();
    assert!(document["text"].as_str().unwrap().contains("on Sunday"), "{document}");
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_reminder_says_when_it_comes_and_a_change_is_undone_by_its_number() -> Result<()> {
    let app = TestApp::start().await?;
    let ann = app.sign_up("Ann").await?;
    let structured = async |tool: &str, arguments: Value| -> Result<Value> {
        Ok(call(&ann, tool, arguments).await?["structuredContent"].clone())
    };
    let plan = json!({"title": "dentist", "due": "2199-11-30T17:00", "remind": [0, 10], "list": "Health"});
    let added = structured("add_task", plan).await?;
    assert_eq!(added["task"]["remind_at"], json!(["2199-11-30T16:50", "2199-11-30T17:00"]));
    assert_eq!(added["note"], "There was no list \"Health\", so it was made.");
    assert_eq!(structured("list_lists", json!({})).await?, json!({"lists": [{"name": "Health", "open": 1}]}));
    ann.send("PATCH", "/settings", json!({"reminder_time": "07:30", "time_zone": "Europe/Berlin"})).await?;
    let day = structured("update_task", json!({"task_id": 1, "due": "2199-12-01", "remind": 0})).await?;
    assert_eq!(day["task"]["remind_at"], json!(["2199-12-01T07:30"]));
    let over_night = json!({"title": "trip", "due": "2027-03-28T10:00", "remind": 1440});
    let trip = structured("add_task", over_night).await?;
    assert_eq!(trip["task"]["remind_at"], json!(["2027-03-27T09:00"]), "that night has 23 hours");
    structured("delete_task", json!({"task_id": trip["task"]["id"]})).await?;
    let step =
        structured("add_task", json!({"title": "floss", "parent": 1, "due": "2199-12-02", "repeat": "FREQ=DAILY"}))
            .await?;
    assert_eq!((&step["task"]["parent"], &step["task"]["repeat_text"]), (&json!(1), &json!("every day")));
    let undone = structured("undo", json!({"change": day["change"]})).await?;
    assert_eq!((&undone["undone_change"], &undone["tasks"][0]["due"]), (&day["change"], &json!("2199-11-30T17:00")));
    let again = call(&ann, "undo", json!({"change": day["change"]})).await?;
    assert!(again["content"][0]["text"].as_str().unwrap().contains("is undone already"), "{again}");
    let first = structured("list_tasks", json!({"limit": 1})).await?;
    assert_eq!((&first["total"], first["tasks"].as_array().unwrap().len()), (&json!(2), 1));
    let next = structured("list_tasks", json!({"limit": 1, "cursor": first["next_cursor"]})).await?;
    assert_eq!(next.get("total"), None);
    let found = structured("list_tasks", json!({"query": "FLOSS", "limit": 1})).await?;
    assert_eq!(found["total"], 1);
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_call_with_a_key_adds_once_and_for_its_user_alone() -> Result<()> {
    let app = TestApp::start().await?;
    let (ann, bob) = (app.sign_up("Ann").await?, app.sign_up("Bob").await?);
    let add = async |user: &tests::TestUser<'_>, title: &str| -> Result<Value> {
        let params = json!({"name": "add_task", "arguments": {"title": title}});
        let body = json!({"jsonrpc": "2.0", "id": 1, "method": "tools/call", "params": params});
        let call = app.post("/mcp", &body).bearer_auth(&user.token).header("idempotency-key", "k1");
        Ok(call.send().await?.json::<Value>().await?["result"].clone())
    };
    let first = add(&ann, "milk").await?;
    assert_eq!(add(&ann, "milk").await?["structuredContent"]["task"], first["structuredContent"]["task"]);
    let other = add(&ann, "bread").await?;
    assert!(other["content"][0]["text"].as_str().unwrap().contains("used for something else"), "{other}");
    assert_eq!(add(&bob, "bread").await?["structuredContent"]["task"]["title"], "bread");
    let rest = ann.request("POST", "/tasks").header("idempotency-key", "k1").json(&json!({"title": "milk"}));
    assert_eq!(rest.send().await?.headers()["idempotent-replayed"], "true", "it is the same key there");
    assert_eq!((ann.list().await?, bob.list().await?), (vec!["milk".to_owned()], vec!["bread".to_owned()]));
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_bad_call_is_answered_in_words_that_help_the_model() -> Result<()> {
    let app = TestApp::start().await?;
    let (ann, bob) = (app.sign_up("Ann").await?, app.sign_up("Bob").await?);
    ann.add("ann's").await?;
    for (name, arguments, says) in [
        ("add_task", json!({}), "title"),
        ("add_task", json!({"title": "x".repeat(201)}), "200"),
        ("add_task", json!({"title": "a", "descripton": "red"}), "description"),
        ("complete_task", json!({"task_id": 1}), "list_tasks"),
        ("delete_task", json!({"task_id": 1}), "list_tasks"),
        ("update_task", json!({"task_id": 1}), "title"),
        ("list_tasks", json!({"status": "open"}), "pending"),
        ("list_tasks", json!({"cursor": "garbage"}), "cursor"),
    ] {
        let result = call(&bob, name, arguments.clone()).await?;
        assert_eq!(result["isError"], true, "{name} {arguments}: {result}");
        assert!(result["content"][0]["text"].as_str().unwrap().contains(says), "{name} {arguments}: {result}");
    }
    let unknown = bob.mcp("tools/call", json!({"name": "drop_table"})).await?;
    assert_eq!(unknown["error"]["code"], -32602);
    assert_eq!(ann.list().await?, ["ann's"]);
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_host_may_add_to_any_call_what_it_likes() -> Result<()> {
    let app = TestApp::start().await?;
    let ann = app.sign_up("Ann").await?;
    for (name, arguments) in [
        ("add_task", json!({"title": "milk"})),
        ("list_tasks", json!({"status": "Pending", "limit": "50.0", "cursor": ""})),
        ("complete_task", json!({"task_id": "#1"})),
        ("update_task", json!({"task_id": 1.0, "completed": "False"})),
        ("delete_task", json!({"task_id": 1})),
        ("undo", json!({})),
    ] {
        let mut arguments = arguments;
        arguments["wait_for_previous"] = json!(true);
        arguments["toolCallId"] = json!("secret");
        let result = call(&ann, name, arguments).await?;
        let note = result["structuredContent"]["note"].as_str();
        assert!(note.is_some_and(|note| note.contains("toolCallId") && !note.contains("secret")), "{name}: {result}");
    }
    assert_eq!(ann.list().await?, ["milk"]);
    let cut = r#"{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"add_task","arguments":{"title":"cut \ud83d"}}}"#;
    let post = app.request("POST", "/mcp").bearer_auth(&ann.token).header("content-type", "application/json");
    assert_eq!(post.body(cut).send().await?.status(), 200);
    assert_eq!(ann.list().await?, ["milk", "cut \u{fffd}"]);
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_long_list_comes_in_pages() -> Result<()> {
    let app = TestApp::start().await?;
    let ann = app.sign_up("Ann").await?;
    for n in 1..=5 {
        ann.add(&format!("task {n}")).await?;
    }
    let mut arguments = json!({"limit": 2});
    let mut seen = Vec::new();
    loop {
        let page = call(&ann, "list_tasks", arguments.clone()).await?["structuredContent"].clone();
        seen.extend(page["tasks"].as_array().unwrap().iter().map(|task| task["id"].as_i64().unwrap()));
        match page.get("next_cursor") {
            Some(cursor) => arguments["cursor"] = cursor.clone(),
            None => break,
        }
    }
    assert_eq!(seen, [1, 2, 3, 4, 5]);
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_page_of_long_tasks_costs_a_model_little() -> Result<()> {
    let app = TestApp::start().await?;
    let ann = app.sign_up("Ann").await?;
    let tasks: Vec<Value> =
        (0..100).map(|n| json!({"title": format!("task {n}"), "description": "x".repeat(1000)})).collect();
    assert_eq!(ann.send("POST", "/tasks/import", json!(tasks)).await?.0, 200);
    for arguments in [json!({}), json!({"limit": 100}), json!({"limit": 100, "sort": "-title"})] {
        let (mut arguments, mut seen) = (arguments, Vec::new());
        loop {
            let page = ann.mcp("tools/call", json!({"name": "list_tasks", "arguments": arguments})).await?;
            assert!(page.to_string().len() <= 40 * 1024, "{}", page.to_string().len());
            assert!(page["result"]["content"][0]["text"].as_str().unwrap().len() <= 16 * 1024);
            let page = &page["result"]["structuredContent"];
            seen.extend(page["tasks"].as_array().unwrap().iter().map(|task| task["id"].as_i64().unwrap()));
            match page.get("next_cursor") {
                Some(cursor) => arguments["cursor"] = cursor.clone(),
                None => break,
            }
        }
        seen.sort_unstable();
        assert_eq!(seen, (1..=100).collect::<Vec<i64>>(), "each task is on one page");
    }
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn the_transport_refuses_what_it_must() -> Result<()> {
    let app = TestApp::start().await?;
    let ann = app.sign_up("Ann").await?;
    let post = |body: &str| {
        app.request("POST", "/mcp")
            .bearer_auth(&ann.token)
            .header("content-type", "application/json")
            .body(body.to_owned())
    };
    let ping = r#"{"jsonrpc":"2.0","id":1,"method":"ping"}"#;
    assert_eq!(post(ping).send().await?.status(), 200);
    assert_eq!(post(ping).header("host", "evil.example").send().await?.status(), 403);
    assert_eq!(post(ping).header("mcp-protocol-version", "1999-01-01").send().await?.status(), 400);
    assert_eq!(post(&" ".repeat(1_100_000)).send().await?.status(), 413);
    let text = app.request("POST", "/mcp").bearer_auth(&ann.token).header("content-type", "text/plain").body(ping);
    assert_eq!(text.send().await?.status(), 415);
    let get = app.get("/mcp").bearer_auth(&ann.token).send().await?;
    assert_eq!((get.status().as_u16(), get.headers()["allow"].to_str()?), (405, "POST"));
    let notification = post(r#"{"jsonrpc":"2.0","method":"notifications/initialized"}"#).send().await?;
    assert_eq!((notification.status().as_u16(), notification.text().await?), (202, String::new()));
    for (body, code) in [("{bad", -32700), ("[]", -32600), ("{}", -32600)] {
        let response = post(body).send().await?;
        assert_eq!(response.status(), 400, "{body}");
        assert_eq!(response.json::<Value>().await?["error"]["code"], code, "{body}");
    }
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn the_longest_body_is_the_operator_s_choice() -> Result<()> {
    let app = TestApp::with(&[("mcp_body_limit", "5000")]).await?;
    let ann = app.sign_up("Ann").await?;
    let add = |title: &str| {
        json!({"jsonrpc": "2.0", "id": 1, "method": "tools/call",
        "params": {"name": "add_task", "arguments": {"title": title}}})
    };
    assert_eq!(app.post("/mcp", &add("milk")).bearer_auth(&ann.token).send().await?.status(), 200);
    let refused = app.post("/mcp", &add(&"m".repeat(5000))).bearer_auth(&ann.token).send().await?;
    assert_eq!(refused.status(), 413);
    assert_eq!(refused.json::<Value>().await?["error"]["message"], "The body is larger than 5000 bytes");
    assert_eq!(ann.list().await?, ["milk"]);
    for nonsense in ["none", "4095", "99999999"] {
        let app = TestApp::on(&create_database().await?, &[("mcp_body_limit", nonsense)]).await?;
        assert!(app.get("/ready").send().await?.text().await?.contains("MCP_BODY_LIMIT must be"), "{nonsense}");
        assert_eq!(app.post("/mcp", &add(&"m".repeat(5000))).send().await?.status(), 500, "{nonsense}");
        assert!(app.log().contains("variable mcp_body_limit is not a number"), "{nonsense}");
    }
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_client_without_a_token_learns_where_to_get_one() -> Result<()> {
    let app = TestApp::start().await?;
    let response = app.get("/mcp").send().await?;
    let challenge = response.headers()["www-authenticate"].to_str()?.to_owned();
    let url = challenge.split("resource_metadata=\"").nth(1).and_then(|rest| rest.split('"').next()).unwrap();
    let metadata: Value = app.get(url.strip_prefix(&app.base).unwrap()).send().await?.json().await?;
    assert_eq!(metadata["resource"], format!("{}/mcp", app.base));
    assert_eq!(metadata["authorization_servers"], json!([format!("{}/api/auth", app.base)]));
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn who_calls_too_often_is_told_when_to_go_on() -> Result<()> {
    let app = TestApp::with(&[("rate_limit_per_minute", "2")]).await?;
    let (ann, bob) = (app.sign_up("Ann").await?, app.sign_up("Bob").await?);
    for title in ["one", "two"] {
        assert_eq!(call(&ann, "add_task", json!({"title": title})).await?.get("isError"), None);
    }
    let refused = call(&ann, "add_task", json!({"title": "three"})).await?;
    assert_eq!(refused["isError"], true);
    let text = refused["content"][0]["text"].as_str().unwrap();
    assert!(text.contains("2 are allowed in 60 seconds. Try again in"), "{text}");
    assert!(ann.mcp("tools/list", json!({})).await?["result"]["tools"].is_array(), "only calls are counted");
    assert_eq!(call(&bob, "add_task", json!({"title": "bob's"})).await?.get("isError"), None);
    assert_eq!(ann.list().await?, ["one", "two"]);
    Ok(())
}
