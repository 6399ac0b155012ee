//! Files of other programs.

use anyhow::Result;
use serde_json::{Value, json};
use tests::{TestApp, TestUser};

use crate::problem::problem;

async fn import(user: &TestUser<'_>, query: &str, media_type: &str, body: impl Into<reqwest::Body>) -> Result<Value> {
    let request = user.request("POST", &format!("/tasks/import{query}")).header("content-type", media_type).body(body);
    let response = request.send().await?;
    assert_eq!(response.status(), 200, "{}", response.text().await?);
    Ok(response.json().await?)
}

#[tokio::test(flavor = "multi_thread")]
async fn the_content_decides_the_format_and_not_the_media_type() -> Result<()> {
    let app = TestApp::start().await?;
    let ann = app.sign_up("Ann").await?;
    let files: [(&str, &[u8], &str); 10] = [
        ("text/csv", b"title;description;completed\r\nM\xf6bel;x;FALSCH\r\n", "Möbel"),
        ("application/vnd.ms-excel", b"sep=,\r\ntitle\r\nShelf\r\n", "Shelf"),
        ("text/csv", b"Task,Notes,Done\r\nParty,\"cake, music\",TRUE\r\n,,\r\n", "✓ Party"),
        ("text/csv", b"Milk\nBread\n", "Milk"),
        ("text/csv", b"{\"value\":[{\"title\":\"Graph\",\"status\":\"completed\"}]}", "✓ Graph"),
        ("application/json", b"[\"Text\"]", "Text"),
        ("", b"{\"title\":\"Line\"}\n{\"title\":\"Other\",\"done\":true}\n", "Line"),
        ("text/plain", b"BEGIN:VCALENDAR\r\nBEGIN:VTODO\r\nSUMMARY:Cal\r\nEND:VTODO\r\nEND:VCALENDAR\r\n", "Cal"),
        ("application/octet-stream", b"- [x] Checked\n- [ ] Open\n", "✓ Checked"),
        ("text/csv", b"(A) Todo +txt due:2026-12-01\n", "Todo"),
    ];
    for (media_type, body, title) in files {
        let before = ann.list().await?.len();
        import(&ann, "", media_type, body).await?;
        assert_eq!(ann.list().await?[before], title);
    }
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_row_that_is_wrong_does_not_stop_the_others() -> Result<()> {
    let app = TestApp::start().await?;
    let ann = app.sign_up("Ann").await?;
    let long = "word ".repeat(60);
    let file =
        format!("title,completed,Colour\r\nMilk,true,red\r\n\r\n,yes,\r\n\"two\r\nlines\",perhaps,\r\n{long},no,\r\n");
    let told = import(&ann, "", "text/csv", file).await?;
    let noted = |list: &str, n: usize| (told[list][n]["line"].as_u64(), told[list][n]["what"].as_str());
    assert_eq!(
        (told["format"].as_str(), told["count"].as_u64(), told["imported"].as_u64()),
        (Some("table"), Some(3), Some(3))
    );
    assert_eq!(noted("skipped", 0), (Some(4), Some("no_title")), "{told}");
    assert_eq!(
        [noted("changed", 0), noted("changed", 1)],
        [(Some(5), Some("completed_unread")), (Some(7), Some("title_cut"))],
        "{told}"
    );
    assert_eq!(told["not_kept"], json!([{"what": "column", "name": "Colour", "count": 1}]));
    let tasks = ann.list().await?;
    assert_eq!(tasks[..2], ["✓ Milk".to_owned(), "two lines".to_owned()]);
    assert!(tasks[2].ends_with("word…") && tasks[2].chars().count() <= 200, "{}", tasks[2]);
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_preview_stores_nothing() -> Result<()> {
    let app = TestApp::start().await?;
    let ann = app.sign_up("Ann").await?;
    let file = format!("title;due;done\n{}", "Tea;24.12.2026;x\n".repeat(25));
    let told = import(&ann, "?dry_run=true", "text/csv", file).await?;
    assert_eq!((told["count"].as_u64(), told["imported"].as_u64(), told.get("change")), (Some(25), Some(0), None));
    let shown = told["tasks"].as_array().unwrap();
    assert_eq!(
        (shown.len(), &shown[0]["title"], &shown[0]["due"], &shown[0]["completed"]),
        (20, &json!("Tea"), &json!("2026-12-24"), &json!(true))
    );
    assert_eq!(ann.list().await?, Vec::<String>::new());
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn people_say_which_column_is_which() -> Result<()> {
    let app = TestApp::start().await?;
    let ann = app.sign_up("Ann").await?;
    let file = "Vorhaben;Wer;Stand\nTee;ich;fertig\nBrot;du;\n";
    let send = |query: &str| {
        ann.request("POST", &format!("/tasks/import{query}")).header("content-type", "text/csv").body(file).send()
    };
    let told = problem(send("").await?, 422, "unknown_columns").await?;
    let names: Vec<&str> =
        told["errors"].as_array().unwrap().iter().filter_map(|error| error["field"].as_str()).collect();
    assert_eq!(names, ["Vorhaben", "Wer", "Stand"]);
    for wrong in ["?columns=", "?columns=due", "?columns=title,nothing", "?dry_run=1"] {
        problem(send(wrong).await?, 422, "invalid").await?;
    }
    import(&ann, "?columns=title,,completed", "text/csv", file).await?;
    assert_eq!(ann.list().await?, ["✓ Tee", "Brot"]);
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn the_same_file_comes_in_once_unless_it_is_asked_for() -> Result<()> {
    let app = TestApp::start().await?;
    let (ann, bob) = (app.sign_up("Ann").await?, app.sign_up("Bob").await?);
    let send = |user: &TestUser<'_>, query: &str, body: &'static str| {
        let address = format!("/tasks/import{query}");
        user.request("POST", &address).header("content-type", "text/csv").body(body).send()
    };
    let file = "title\na\nb\n";
    let sending = (0..4).map(|_| tokio::spawn(send(&ann, "", file)));
    let mut imported = Vec::new();
    for response in sending.collect::<Vec<_>>() {
        imported.push(response.await??.status().as_u16());
    }
    imported.sort_unstable();
    assert_eq!((imported, ann.list().await?.len()), (vec![200, 409, 409, 409], 2), "of four at once one");
    for query in ["", "?dry_run=true"] {
        let told = problem(send(&ann, query, file).await?, 409, "already_imported").await?;
        let field = |n: usize| (told["errors"][n]["field"].as_str(), told["errors"][n]["message"].as_str());
        assert_eq!((field(0).0, field(1)), (Some("imported_at"), (Some("count"), Some("2"))), "{told}");
    }
    assert_eq!(send(&bob, "", file).await?.status(), 200, "a file is its user's");
    assert_eq!(send(&ann, "", "title\na\nb\nc\n").await?.status(), 200, "another file");
    assert_eq!(send(&ann, "?dry_run=true&again=true", file).await?.status(), 200);
    assert_eq!(send(&ann, "?again=true", file).await?.status(), 200);
    assert_eq!(ann.list().await?.len(), 7);
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn an_import_is_one_change_that_can_be_taken_back() -> Result<()> {
    let app = TestApp::start().await?;
    let ann = app.sign_up("Ann").await?;
    ann.add("before").await?;
    let told = import(&ann, "", "text/csv", "title\na\nb\nc\n").await?;
    let undo = format!("/history/{}/undo", told["change"]);
    assert_eq!(ann.send("POST", &undo, json!({})).await?.0, 200);
    assert_eq!(ann.list().await?, ["before"]);
    let again = import(&ann, "", "text/csv", "title\na\nb\nc\n").await?;
    assert_eq!(again["imported"], 3, "none of its tasks is left");
    assert_eq!(ann.send("POST", "/tasks/undo", json!({})).await?.0, 200);
    assert_eq!(ann.list().await?, ["before"]);
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn members_of_other_programs_become_ours() -> Result<()> {
    let app = TestApp::start().await?;
    let ann = app.sign_up("Ann").await?;
    ann.send("PATCH", "/settings", json!({"time_zone": "Europe/Vienna"})).await?;
    for (name, count) in [("todoist.csv", 3), ("ticktick.csv", 2), ("checklist.md", 5)] {
        let file = std::fs::read(format!("{}/fixtures/imports/{name}", env!("CARGO_MANIFEST_DIR")))?;
        assert_eq!(import(&ann, "", "", file).await?["imported"], count, "{name}");
    }
    let (_, tasks) = ann.ask("GET", "/tasks").await?;
    let member = |title: &str, name: &str| {
        let found = tasks.as_array().unwrap().iter().find(|task| task["title"] == title);
        found.unwrap_or_else(|| panic!("{title}: {tasks}"))[name].clone()
    };
    assert_eq!(member("Buy pegs", "due"), "2027-06-01T09:30", "a time in the zone of the file");
    assert_eq!((member("Buy pegs", "parent"), member("Air the bags", "list")), (json!(1), json!("Later")));
    assert_eq!(member("Air the bags", "repeat"), "FREQ=WEEKLY;INTERVAL=2");
    assert!(member("Air the bags", "due").is_string(), "the first day of the rule");
    assert_eq!(member("Book the ferry", "due"), "2027-07-10", "a whole day in the zone of the file");
    assert_eq!(
        (member("Book the ferry", "tags"), member("Book the ferry", "parent")),
        (json!(["sea", "trip"]), json!(5))
    );
    assert_eq!((member("Paint", "due"), member("Paint", "remind")), (json!("2027-03-01T09:00"), json!([30])));
    assert_eq!(member("Paint", "completed_at"), "2027-02-01T11:00:00.000Z");
    assert_eq!((member("twice", "parent"), member("twice", "list")), (json!(6), json!("Trip")));
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn an_import_over_the_limit_says_what_would_fit() -> Result<()> {
    let app = TestApp::with(&[("max_tasks_per_user", "5")]).await?;
    let ann = app.sign_up("Ann").await?;
    ann.add("one").await?;
    ann.add("two").await?;
    for query in ["?dry_run=true", ""] {
        let request = ann.request("POST", &format!("/tasks/import{query}")).header("accept-language", "de");
        let told = problem(request.body("title\na\nb\nc\nd\n").send().await?, 409, "task_limit").await?;
        assert_eq!(told["room"], json!({"limit": 5, "count": 4, "fits": 3}));
        assert!(told["detail"].as_str().unwrap().contains("würden 3 passen"), "{told}");
    }
    assert_eq!(ann.list().await?.len(), 2);
    assert_eq!(import(&ann, "", "text/csv", "title\na\nb\nc\n").await?["imported"], 3);
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn words_of_a_file_are_read_on_the_users_day() -> Result<()> {
    let app = TestApp::start().await?;
    let ann = app.sign_up("Ann").await?;
    let zones = [("Pacific/Kiritimati", 14), ("Pacific/Pago_Pago", -11)];
    for (zone, hours) in zones {
        ann.send("PATCH", "/settings", json!({"time_zone": zone})).await?;
        let sql = format!("select to_char(now() at time zone 'utc' + interval '{hours} hours', 'YYYY-MM-DD')");
        let today: String = tests::connect(&app.database_url).await?.query_one(&sql, &[]).await?.get(0);
        let file = format!("title,due,repeat\n{zone},today,\n{zone} again,,every day\n");
        let told = import(&ann, "?dry_run=true", "text/csv", file).await?;
        let due = |task: usize| told["tasks"][task]["due"].as_str().unwrap().to_owned();
        assert_eq!((due(0), due(1)), (today.clone(), today), "{told}");
    }
    Ok(())
}
