//! Export and import.

use anyhow::Result;
use serde_json::{Value, json};
use tests::{TestApp, TestUser};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

use crate::problem::problem;

async fn export(user: &TestUser<'_>, format: &str) -> Result<String> {
    let response = user.request("GET", &format!("/tasks/export?format={format}")).send().await?;
    assert_eq!(response.status(), 200);
    let disposition = response.headers()["content-disposition"].to_str()?.to_owned();
    assert_eq!(disposition, format!("attachment; filename=\"tasks.{format}\""));
    Ok(response.text().await?)
}

async fn import(user: &TestUser<'_>, media_type: &str, body: impl Into<reqwest::Body>) -> Result<reqwest::Response> {
    Ok(user.request("POST", "/tasks/import").header("content-type", media_type).body(body).send().await?)
}

/// The tasks without what an import gives anew.
async fn contents(user: &TestUser<'_>) -> Result<Vec<Value>> {
    let mut tasks: Vec<Value> = serde_json::from_str(&export(user, "json").await?)?;
    for task in &mut tasks {
        task["id"] = Value::Null;
        task["user_id"] = Value::Null;
    }
    Ok(tasks)
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_exported_comes_back_as_it_was() -> Result<()> {
    let app = TestApp::start().await?;
    let (ann, bob, cid) = (app.sign_up("Ann").await?, app.sign_up("Bob").await?, app.sign_up("Cid").await?);
    let odd = ["=1+1", "'=1+1", "a,\"b\"", "-5", "@x", "ü 👩\u{200d}🚀", "'"];
    let described =
        odd.map(|text| json!({"title": text, "description": format!("{text}\nmore, \"of\" it"), "completed": true, "completed_at": "2026-11-01T10:00:00Z", "priority": "high"}));
    let plain = (0..1200).map(|n| json!({"title": format!("task {n}"), "created_at": "2020-02-29T12:00:00.5+02:00"}));
    let all: Vec<Value> = described.into_iter().chain(plain).collect();
    let response = import(&ann, "application/json", json!(all).to_string()).await?;
    let (status, told) = (response.status(), response.json::<Value>().await?);
    let unchanged = json!({"format": "json", "count": 1207, "imported": 1207, "change": 1, "changed": [], "skipped": [], "not_kept": []});
    assert_eq!((status.as_u16(), told), (200, unchanged));
    let exported = contents(&ann).await?;
    assert_eq!((exported.len(), &exported[7]["created_at"]), (1207, &json!("2020-02-29T10:00:00.500Z")));
    assert_eq!(exported[0]["completed"], true);
    assert_eq!(exported[0]["completed_at"], "2026-11-01T10:00:00.000Z");
    assert_eq!((&exported[0]["priority"], &exported[7]["priority"]), (&json!("high"), &json!("none")));

    let raw = ann.request("GET", "/tasks/export?format=csv").send().await?.bytes().await?;
    assert!(raw.starts_with("\u{feff}id,title".as_bytes()), "spreadsheets read UTF-8 by the mark");
    let csv = export(&ann, "csv").await?;
    assert!(!csv.lines().any(|line| line.starts_with('=') || line.contains(",=")), "no formula");
    assert_eq!(import(&bob, "text/csv; charset=utf-8", format!("\u{feff}{csv}")).await?.status(), 200);
    assert_eq!(contents(&bob).await?, exported);
    assert_eq!(import(&cid, "application/json", export(&ann, "json").await?).await?.status(), 200);
    assert_eq!(contents(&cid).await?, exported);
    assert_eq!(ann.add("next").await?, 1208, "numbers go on");
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_series_goes_on_from_its_first_day_in_each_format() -> Result<()> {
    let app = TestApp::start().await?;
    let ann = app.sign_up("Ann").await?;
    let formats = [("json", "tasks.json"), ("csv", "tasks.csv"), ("ics", "tasks.ics"), ("markdown", "tasks.md")];
    for task in [
        json!({"title": "rent", "due": "2027-01-31T09:00", "repeat": "FREQ=MONTHLY", "list": null, "remind": [60]}),
        json!({"title": "pills", "due": "2027-01-01", "repeat": "FREQ=DAILY;COUNT=4", "tags": ["health"]}),
    ] {
        assert_eq!(ann.send("POST", "/tasks", task).await?.0, 201);
    }
    ann.send("POST", "/tasks", json!({"title": "step", "parent": 1})).await?;
    ann.send("POST", "/tasks/complete", json!({"ids": [1, 2]})).await?;
    for (number, (format, name)) in formats.into_iter().enumerate() {
        let response = ann.request("GET", &format!("/tasks/export?format={format}")).send().await?;
        let disposition = format!("attachment; filename=\"{name}\"");
        assert_eq!(
            (response.status().as_u16(), response.headers()["content-disposition"].to_str()?),
            (200, &*disposition)
        );
        let file = response.text().await?;
        let bob = app.sign_up(&format!("Bob{number}")).await?;
        assert_eq!(import(&bob, "", file.clone()).await?.json::<Value>().await?["imported"], 3, "{file}");
        let (_, tasks) = bob.ask("GET", "/tasks").await?;
        let number = |title: &str| {
            let found = tasks.as_array().unwrap().iter().find(|task| task["title"] == title);
            found.unwrap_or_else(|| panic!("{title}: {tasks}"))["id"].as_i64().unwrap()
        };
        let rent = number("rent");
        assert_eq!(bob.ask("GET", &format!("/tasks/{rent}")).await?.1["due"], "2027-02-28T09:00", "{format}");
        assert_eq!(bob.ask("GET", &format!("/tasks/{}", number("step"))).await?.1["parent"], rent, "{format}");
        let complete = async |id: i64| bob.ask("PATCH", &format!("/tasks/{id}/complete")).await;
        assert_eq!(complete(rent).await?.1["due"], "2027-03-31T09:00", "{format}: counted from the first day");
        for due in ["2027-01-03", "2027-01-04"] {
            assert_eq!(complete(number("pills")).await?.1["due"], due, "{format}");
        }
        assert_eq!(complete(number("pills")).await?.1["completed"], true, "{format}: one was completed before");
    }
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_repeated_import_adds_once() -> Result<()> {
    let app = TestApp::start().await?;
    let (ann, bob) = (app.sign_up("Ann").await?, app.sign_up("Bob").await?);
    let send = |user: &TestUser<'_>, key: &str, body: Value| {
        user.request("POST", "/tasks/import").header("idempotency-key", key).json(&body).send()
    };
    let list = json!([{"title": "milk"}, {"title": "bread", "description": "rye, \"fresh\"", "completed": true}]);
    let sending = (0..6).map(|_| tokio::spawn(send(&ann, "k1", list.clone())));
    let mut replayed = 0;
    for response in sending.collect::<Vec<_>>() {
        let response = response.await??;
        assert_eq!(response.status(), 200);
        replayed += usize::from(response.headers().get("idempotent-replayed").is_some_and(|value| value == "true"));
        assert_eq!(response.json::<Value>().await?["imported"], 2);
    }
    assert_eq!((replayed, ann.list().await?), (5, vec!["milk".to_owned(), "✓ bread".to_owned()]));
    for other in [json!([{"title": "milk"}]), json!([{"title": "milk"}, {"title": "bread"}])] {
        problem(send(&ann, "k1", other).await?, 422, "idempotency_key_reused").await?;
    }
    let task = ann.request("POST", "/tasks").header("idempotency-key", "k1").json(&json!({"title": "milk"}));
    problem(task.send().await?, 422, "idempotency_key_reused").await?;
    assert_eq!(send(&bob, "k1", list.clone()).await?.json::<Value>().await?["imported"], 2, "a key is its user's");
    problem(send(&ann, "not\u{a0}ascii", list.clone()).await?, 400, "malformed").await?;
    app.database("update idempotency_key set created_at = now() - interval '25 hours'").await?;
    problem(send(&ann, "k1", list).await?, 409, "already_imported").await?;
    assert_eq!(ann.list().await?.len(), 2, "a day later it is another import of the same file");
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn an_import_is_whole_or_nothing() -> Result<()> {
    let app = TestApp::start().await?;
    let ann = app.sign_up("Ann").await?;
    for (media_type, body, status, code, line) in [
        ("application/json", "[", 400, "malformed", Some(1)),
        ("application/json", "[{\"title\": \"fine\"},\n{\"title\": }]", 400, "malformed", Some(2)),
        ("text/csv", "title\r\nfine\r\n\"open\r\n", 400, "malformed", Some(3)),
        ("application/json", "{}", 422, "no_tasks", None),
        ("application/json", "[]", 422, "no_tasks", None),
        ("text/csv", "", 422, "no_tasks", None),
        ("text/csv", "title\n", 422, "no_tasks", None),
        ("text/csv", "Vorhaben;Wer\nx;y\n", 422, "unknown_columns", None),
        ("text/plain", "PK\u{3}\u{4} xl/workbook.xml", 415, "unsupported_file", None),
    ] {
        let told = problem(import(&ann, media_type, body).await?, status, code).await?;
        assert_eq!(told["errors"][0]["line"].as_u64(), line, "{told}");
        assert!(!told["detail"].as_str().unwrap().contains("expected"), "no words of a parser: {told}");
    }
    problem(import(&ann, "text/csv", vec![0xff, 0xfe]).await?, 422, "no_tasks").await?;
    problem(import(&ann, "image/png", vec![0x89, b'P', b'N', b'G', 0, 0]).await?, 415, "unsupported_file").await?;
    let mut large = TcpStream::connect(app.base.strip_prefix("http://").unwrap()).await?;
    let head = format!(
        "POST /api/{}/tasks/import HTTP/1.1\r\nhost: x\r\nauthorization: Bearer {}\r\ncontent-type: text/csv\r\ncontent-length: 9437184\r\n\r\n",
        ann.id, ann.token
    );
    large.write_all(head.as_bytes()).await?;
    let mut response = [0; 12];
    large.read_exact(&mut response).await?;
    assert_eq!(&response, b"HTTP/1.1 413", "before the body is sent");
    problem(import(&ann, "text/csv", format!("title\n{}", "x\n".repeat(10_001))).await?, 422, "invalid").await?;
    problem(ann.request("GET", "/tasks/export?format=xml").send().await?, 422, "invalid").await?;
    assert_eq!(ann.list().await?, Vec::<String>::new());
    assert_eq!(export(&ann, "json").await?, "[\n]\n");
    assert_eq!(
        export(&ann, "csv").await?,
        "\u{feff}id,title,description,completed,created_at,updated_at,completed_at,priority,due,repeat,repeat_from,remind,tags,list,parent,position,repeat_anchor,repeat_passed\r\n"
    );
    Ok(())
}
