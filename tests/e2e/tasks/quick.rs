//! A task from one line of words: `POST /api/{user_id}/tasks/quick`.

use anyhow::Result;
use serde_json::{Value, json};
use tests::TestApp;

use crate::problem::problem;

#[tokio::test(flavor = "multi_thread")]
async fn a_line_of_words_becomes_a_task_with_what_it_says() -> Result<()> {
    let app = TestApp::start().await?;
    let ann = app.sign_up("Ann").await?;
    let line = json!({"text": "Call the dentist on 24 Dec 2199 at 5pm #health p1 +Errands"});
    let (status, shown) = ann.send("POST", "/tasks/quick?dry_run=true", line.clone()).await?;
    assert_eq!(status, 200);
    let members = json!({
        "title": "Call the dentist", "due": "2199-12-24T17:00", "repeat": null, "repeat_text": null, "repeat_from": "due",
        "remind": [], "priority": "high", "tags": ["health"], "list": "Errands",
    });
    assert_eq!(shown["task"], members);
    assert_eq!(ann.ask("GET", "/tasks").await?.1, json!([]), "nothing is added");
    let (status, added) = ann.send("POST", "/tasks/quick", line).await?;
    assert_eq!(status, 201);
    for (member, value) in members.as_object().expect("members") {
        assert_eq!(added["task"][member], *value, "{member}");
    }
    assert_eq!(added["understood"], shown["understood"]);
    let words: Vec<&Value> = added["understood"].as_array().expect("a list").iter().map(|part| &part["text"]).collect();
    assert_eq!(words, ["on 24 Dec 2199 at 5pm", "#health", "p1", "+Errands"]);
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn until_the_users_day_begins_today_is_the_day_before() -> Result<()> {
    let app = TestApp::start().await?;
    let ann = app.sign_up("Ann").await?;
    let (_, [today, tomorrow, after]) = ann.start_days_late().await?;
    for (words, due) in [
        ("today", today.clone()),
        ("tomorrow", tomorrow.clone()),
        ("at 23:59", format!("{tomorrow}T23:59")),
        ("every day at 11:00", format!("{after}T11:00")),
    ] {
        let (_, added) = ann.send("POST", "/tasks/quick", json!({"text": format!("milk {words}")})).await?;
        assert_eq!(added["task"]["due"], due, "{words}");
    }
    let due_today = ann.ask("GET", "/tasks?due=today").await?.1;
    assert_eq!((due_today.as_array().map(Vec::len), &due_today[0]["due"]), (Some(1), &json!(today)), "{due_today}");
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn today_is_where_the_user_is_and_the_language_is_the_readers() -> Result<()> {
    let app = TestApp::start().await?;
    let ann = app.sign_up("Ann").await?;
    let mut days = Vec::new();
    for zone in ["Pacific/Kiritimati", "Etc/GMT+12", "Nowhere/Land"] {
        let request = ann.request("POST", "/tasks/quick?dry_run=true").header("time-zone", zone);
        let shown: Value = request.json(&json!({"text": "milk today"})).send().await?.json().await?;
        days.push(shown["task"]["due"].as_str().expect("a day").to_owned());
    }
    assert!(days[0] > days[1], "Kiritimati is 26 hours ahead: {days:?}");
    let request = ann.request("POST", "/tasks/quick").header("accept-language", "de");
    let added: Value = request.json(&json!({"text": "Müll jeden zweiten Dienstag"})).send().await?.json().await?;
    assert_eq!(added["task"]["title"], "Müll");
    assert_eq!(added["task"]["repeat"], "FREQ=WEEKLY;INTERVAL=2;BYDAY=TU");
    assert_eq!(added["task"]["repeat_text"], "alle 2 Wochen am Dienstag");
    assert_eq!(
        added["understood"][0],
        json!({"kind": "repeat", "text": "jeden zweiten Dienstag", "start": 5, "end": 27})
    );
    let (_, kept) = ann.send("POST", "/tasks/quick", json!({"text": "Read \"The Day After Tomorrow\""})).await?;
    assert_eq!((&kept["task"]["due"], &kept["understood"]), (&Value::Null, &json!([])));
    let (_, soon) = ann.send("POST", "/tasks/quick", json!({"text": "remind me in 2 hours to check the oven"})).await?;
    assert_eq!((&soon["task"]["title"], &soon["task"]["remind"]), (&json!("check the oven"), &json!([0])));
    assert!(soon["task"]["due_at"].is_string());
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_line_that_is_no_task_is_rejected() -> Result<()> {
    let app = TestApp::start().await?;
    let ann = app.sign_up("Ann").await?;
    let lines = ["", " ", "a\nb", "\u{200d}"].map(str::to_owned).into_iter().chain(["x".repeat(201), "x ".repeat(300)]);
    for line in lines {
        let sent = ann.request("POST", "/tasks/quick").json(&json!({"text": line})).send().await?;
        assert_eq!(problem(sent, 422, "invalid").await?["errors"][0]["field"], "text", "{line:?}");
    }
    let sent = ann.request("POST", "/tasks/quick?dry_run=maybe").json(&json!({"text": "milk"})).send().await?;
    assert_eq!(problem(sent, 422, "invalid").await?["errors"][0]["field"], "dry_run");
    let sent = ann.request("POST", "/tasks/quick").json(&json!({"title": "milk"})).send().await?;
    problem(sent, 422, "invalid").await?;
    Ok(())
}
