//! REST: `/api/{user_id}/tasks`.

use anyhow::Result;
use serde_json::{Value, json};
use tests::TestApp;

use crate::exchange::rejects_large_body;
use crate::problem::problem;

#[tokio::test(flavor = "multi_thread")]
async fn a_task_lives_from_post_to_delete() -> Result<()> {
    let app = TestApp::start().await?;
    let ann = app.sign_up("Ann").await?;
    let response = ann.request("POST", "/tasks").json(&json!({"title": " buy milk "})).send().await?;
    assert_eq!(response.status(), 201);
    assert_eq!(response.headers()["location"].to_str()?, format!("/api/{}/tasks/1", ann.id));
    let task: Value = response.json().await?;
    assert_eq!((&task["id"], &task["user_id"], &task["title"]), (&json!(1), &json!(ann.id), &json!("buy milk")));
    assert_eq!((&task["description"], &task["completed"]), (&Value::Null, &json!(false)));
    assert_eq!(task["created_at"], task["updated_at"]);
    assert_eq!(ann.ask("GET", "/tasks/1").await?, (200.try_into()?, task.clone()));

    let (_, patched) = ann.send("PATCH", "/tasks/1", json!({"description": "two litres"})).await?;
    assert_eq!((&patched["title"], &patched["description"]), (&json!("buy milk"), &json!("two litres")));
    let (_, cleared) = ann.send("PATCH", "/tasks/1", json!({"description": null})).await?;
    assert_eq!(cleared["description"], Value::Null);
    let (_, done) = ann.ask("PATCH", "/tasks/1/complete").await?;
    assert_eq!(done["completed"], true);
    let (_, replaced) = ann.send("PUT", "/tasks/1", json!({"title": "buy bread"})).await?;
    assert_eq!((&replaced["title"], &replaced["completed"]), (&json!("buy bread"), &json!(true)));
    let (_, undone) = ann.send("PATCH", "/tasks/1/complete", json!({"completed": false})).await?;
    assert_ne!(undone["updated_at"], replaced["updated_at"]);
    let (_, again) = ann.send("PATCH", "/tasks/1/complete", json!({"completed": false})).await?;
    assert_eq!(undone["updated_at"], again["updated_at"], "nothing changed");

    assert_eq!(ann.ask("DELETE", "/tasks/1").await?, (204.try_into()?, Value::Null));
    problem(ann.request("GET", "/tasks/1").send().await?, 404, "not_found").await?;
    assert_eq!(ann.add("again").await?, 2, "a number is never reused");
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_list_is_filtered_and_paged() -> Result<()> {
    let app = TestApp::start().await?;
    let ann = app.sign_up("Ann").await?;
    for n in 1..=5 {
        ann.add(&format!("task {n}")).await?;
    }
    ann.ask("PATCH", "/tasks/2/complete").await?;
    let titles = |list: &Value| -> Vec<String> {
        list.as_array().unwrap().iter().map(|task| task["title"].as_str().unwrap().to_owned()).collect()
    };
    assert_eq!(titles(&ann.ask("GET", "/tasks?status=completed").await?.1), ["task 2"]);
    assert_eq!(titles(&ann.ask("GET", "/tasks?status=all").await?.1).len(), 5);

    let mut path = "/tasks?status=pending&limit=2".to_owned();
    let mut pages = Vec::new();
    loop {
        let response = ann.request("GET", &path).send().await?;
        let link = response.headers().get("link").map(|link| link.to_str().unwrap().to_owned());
        pages.push(titles(&response.json().await?));
        let Some(link) = link else { break };
        let url = link.strip_prefix('<').and_then(|link| link.strip_suffix(">; rel=\"next\"")).unwrap().to_owned();
        path = url.strip_prefix(&format!("/api/{}", ann.id)).unwrap().to_owned();
    }
    assert_eq!(pages, [vec!["task 1", "task 3"], vec!["task 4", "task 5"]]);
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn two_users_never_see_each_other() -> Result<()> {
    let app = TestApp::start().await?;
    let (ann, bob) = (app.sign_up("Ann").await?, app.sign_up("Bob").await?);
    ann.add("ann's").await?;
    assert_eq!(bob.list().await?, Vec::<String>::new());
    for (method, path) in [("GET", "/1"), ("DELETE", "/1"), ("PATCH", "/1/complete")] {
        problem(bob.request(method, &format!("/tasks{path}")).send().await?, 404, "not_found").await?;
        let elsewhere = app.request(method, &format!("/api/{}/tasks{path}", ann.id)).bearer_auth(&bob.token);
        problem(elsewhere.send().await?, 403, "forbidden").await?;
    }
    let foreign = app.request("POST", &format!("/api/{}/tasks", ann.id)).bearer_auth(&bob.token);
    problem(foreign.json(&json!({"title": "planted"})).send().await?, 403, "forbidden").await?;
    assert_eq!(bob.add("bob's").await?, 1, "each user counts alone");
    assert_eq!(ann.list().await?, ["ann's"]);
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_put_leaves_what_it_does_not_name() -> Result<()> {
    let app = TestApp::start().await?;
    let ann = app.sign_up("Ann").await?;
    ann.send("POST", "/tasks", json!({"title": "keep", "description": "important"})).await?;
    ann.ask("PATCH", "/tasks/1/complete").await?;
    let put = async |body: Value| {
        let (status, task) = ann.send("PUT", "/tasks/1", body).await?;
        assert_eq!(status, 200, "{task}");
        anyhow::Ok((task["title"].clone(), task["description"].clone(), task["completed"].clone()))
    };
    let task = |title: &str, description: Value, completed: bool| (json!(title), description, json!(completed));
    assert_eq!(put(json!({"title": "new"})).await?, task("new", json!("important"), true));
    assert_eq!(put(json!({"description": "other"})).await?, task("new", json!("other"), true));
    assert_eq!(put(json!({"title": "a", "completed": false})).await?, task("a", json!("other"), false));
    assert_eq!(put(json!({"description": null})).await?, task("a", Value::Null, false));
    problem(ann.request("PUT", "/tasks/1").json(&json!({"title": null})).send().await?, 422, "invalid").await?;
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_description_has_up_to_10000_characters() -> Result<()> {
    let app = TestApp::start().await?;
    let ann = app.sign_up("Ann").await?;
    let long = "🌱".repeat(10_000);
    let (status, task) = ann.send("POST", "/tasks", json!({"title": "a\tb", "description": long})).await?;
    assert_eq!((status.as_u16(), &task["description"], &task["title"]), (201, &json!(long), &json!("a b")));
    let escaped = "\\ud83c\\udf31".repeat(10_000);
    let patch = ann.request("PATCH", "/tasks/1").header("content-type", "application/json");
    let changed = patch.body(format!("{{\"description\": \"{escaped}\", \"completed\": true}}")).send().await?;
    assert_eq!((changed.status().as_u16(), changed.json::<Value>().await?["completed"].clone()), (200, json!(true)));
    assert_eq!(ann.send("POST", "/tasks/import", json!([task])).await?.0, 200);
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn bad_input_is_refused_and_nothing_is_stored() -> Result<()> {
    let app = TestApp::start().await?;
    let ann = app.sign_up("Ann").await?;
    let table = [
        (json!({}), "title"),
        (json!({"title": ""}), "title"),
        (json!({"title": "x".repeat(201)}), "title"),
        (json!({"title": 5}), "title"),
        (json!({"title": "a\u{0}b"}), "title"),
        (json!({"title": "a\u{1b}[2J"}), "title"),
        (json!({"title": "a", "description": "x".repeat(10_001)}), "description"),
        (json!({"title": "a", "completed": "yes"}), "completed"),
        (json!({"title": "a", "colour": "red"}), "colour"),
        (json!(["title"]), "body"),
    ];
    for (body, field) in table {
        let response = ann.request("POST", "/tasks").json(&body).send().await?;
        let problem = problem(response, 422, "invalid").await?;
        assert_eq!(problem["errors"][0]["field"], field, "{body}");
    }
    let both = json!({"title": "", "description": 5});
    let response = ann.request("POST", "/tasks").json(&both).send().await?;
    assert_eq!(problem(response, 422, "invalid").await?["errors"].as_array().unwrap().len(), 2);
    assert!(ann.list().await?.is_empty());
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn unreadable_requests_have_their_status() -> Result<()> {
    let app = TestApp::start().await?;
    let ann = app.sign_up("Ann").await?;
    let post = |media_type: &str, body: &[u8]| {
        ann.request("POST", "/tasks").header("content-type", media_type).body(body.to_vec()).send()
    };
    problem(post("application/json", b"{\"title\":").await?, 400, "malformed").await?;
    problem(post("application/json", b"{\"title\":\"\xff\"}").await?, 400, "malformed").await?;
    problem(post("application/json", b"").await?, 400, "malformed").await?;
    problem(post("text/plain", b"{}").await?, 415, "unsupported_media_type").await?;
    rejects_large_body(&ann, "POST", &format!("/api/{}/tasks", ann.id), "application/json").await?;

    let response = ann.request("DELETE", "/tasks").send().await?;
    assert_eq!(response.headers()["allow"], "GET, HEAD, POST");
    problem(response, 405, "method_not_allowed").await?;
    for query in ["colour=red", "status=all&status=all"] {
        problem(ann.request("GET", &format!("/tasks?{query}")).send().await?, 400, "malformed").await?;
    }
    for query in ["status=open", "limit=0", "limit=10001", "limit=x", "after=-1", "after=9223372036854775808"] {
        problem(ann.request("GET", &format!("/tasks?{query}")).send().await?, 422, "invalid").await?;
    }
    for id in ["0", "-1", "x", "1.0", "9223372036854775808", "99", "%00", "%ff", "1/2", "1/complete/x"] {
        let response = ann.request("GET", &format!("/tasks/{id}")).send().await?;
        problem(response, 404, "not_found").await.map_err(|error| error.context(id.to_owned()))?;
    }
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn tasks_added_at_once_have_different_numbers() -> Result<()> {
    let app = TestApp::start().await?;
    let ann = app.sign_up("Ann").await?;
    let adding = (0..20).map(|n| {
        let request = ann.request("POST", "/tasks").json(&json!({"title": format!("task {n}")}));
        tokio::spawn(async move { Ok::<_, reqwest::Error>(request.send().await?.status()) })
    });
    for task in adding.collect::<Vec<_>>() {
        assert_eq!(task.await??, 201);
    }
    let (_, list) = ann.ask("GET", "/tasks").await?;
    let ids: Vec<i64> = list.as_array().unwrap().iter().map(|task| task["id"].as_i64().unwrap()).collect();
    assert_eq!(ids, (1..=20).collect::<Vec<_>>());
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn head_answers_like_get_without_a_body() -> Result<()> {
    let app = TestApp::start().await?;
    let ann = app.sign_up("Ann").await?;
    let response = ann.request("HEAD", "/tasks").send().await?;
    assert_eq!((response.status().as_u16(), response.headers()["content-type"].to_str()?), (200, "application/json"));
    assert_eq!(response.text().await?, "");
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_token_that_outlives_its_user_adds_nothing() -> Result<()> {
    let app = TestApp::start().await?;
    let ann = app.sign_up("Ann").await?;
    ann.add("milk").await?;
    app.database("delete from \"user\"").await?;
    let task = json!({"title": "planted"});
    for request in [
        ann.request("POST", "/tasks").json(&task),
        ann.request("POST", "/tasks").json(&task).header("idempotency-key", "k"),
        ann.request("POST", "/tasks/import").json(&json!([task])),
    ] {
        problem(request.send().await?, 401, "invalid_token").await?;
    }
    let told = ann.mcp("tools/call", json!({"name": "add_task", "arguments": task})).await?;
    assert!(told["result"]["content"][0]["text"].as_str().unwrap().contains("no longer exists"), "{told}");
    assert_eq!(ann.list().await?, Vec::<String>::new());
    Ok(())
}
