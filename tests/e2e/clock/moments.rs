//! When a reminder comes, and when none does.

use std::time::Duration;

use anyhow::{Context, Result};
use serde_json::{Value, json};
use tests::{PushServer, TestApp, TestUser};

use super::{add, app, due_task, pass, sends, subscribe, tick, time};

/// The moments of the reminders that wait, in UTC.
async fn moments(app: &TestApp) -> Result<Vec<String>> {
    let client = tests::connect(&app.database_url).await?;
    let sql = "select to_char(remind_at at time zone 'utc', 'YYYY-MM-DD HH24:MI') from todo.reminder where next_at is not null order by remind_at";
    Ok(client.query(sql, &[]).await?.iter().map(|row| row.get(0)).collect())
}

async fn change(user: &TestUser<'_>, task: i64, body: Value) -> Result<()> {
    let (status, task) = user.send("PATCH", &format!("/tasks/{task}"), body).await?;
    assert_eq!(status, 200, "{task}");
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_reminder_reaches_every_browser_once_and_can_be_read_there_alone() -> Result<()> {
    let push = PushServer::start().await?;
    let app = app(&push).await?;
    let ann = app.sign_up("Ann").await?;
    let browsers = [subscribe(&ann, &push).await?, subscribe(&ann, &push).await?];
    let due = time(&app, 30).await?;
    let task = add(&ann, json!({"title": "Call the dentist", "due": due, "remind": [45]})).await?;
    sends(&app, 1).await?;
    sends(&app, 0).await?;
    let messages = push.messages().await?;
    assert_eq!(messages.len(), 2);
    for browser in browsers {
        assert!(messages.iter().any(|message| message["endpoint"] == browser["endpoint"]));
    }
    let (message, payload) = (&messages[0], &messages[0]["payload"]);
    assert_eq!((&message["topic"], &message["urgency"]), (&json!(format!("todo-task-{task}")), &json!("high")));
    assert_eq!(
        (&payload["kind"], &payload["task"], &payload["title"]),
        (&json!("reminder"), &json!(task), &json!("Call the dentist"))
    );
    assert_eq!((&payload["tag"], &payload["url"]), (&json!(format!("todo-task-{task}")), &json!("/?due=today")));
    let body = payload["body"].as_str().unwrap();
    assert!(body.starts_with("Due to") && body.ends_with(&due[11..]), "{body}");
    let actions: Vec<&str> =
        payload["actions"].as_array().unwrap().iter().map(|it| it["action"].as_str().unwrap()).collect();
    assert_eq!(actions, ["done", "snooze", "tomorrow"]);
    assert!(payload["action_url"].as_str().unwrap().starts_with("/api/reminders/"));
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_moment_is_counted_in_the_zone_of_the_user_and_moves_with_it() -> Result<()> {
    let push = PushServer::start().await?;
    let app = app(&push).await?;
    let ann = app.sign_up("Ann").await?;
    ann.send("PATCH", "/settings", json!({"time_zone": "Europe/Berlin"})).await?;
    let timed = add(&ann, json!({"title": "a", "due": "2100-07-01T17:00", "remind": [0, 60]})).await?;
    assert_eq!(moments(&app).await?, ["2100-07-01 14:00", "2100-07-01 15:00"]);
    add(&ann, json!({"title": "b", "due": "2100-12-01", "remind": [30]})).await?;
    assert_eq!(moments(&app).await?[2], "2100-12-01 07:30", "half an hour before nine");
    ann.send("PATCH", "/settings", json!({"reminder_time": "07:00"})).await?;
    assert_eq!(moments(&app).await?[2], "2100-12-01 05:30");
    ann.send("PATCH", "/settings", json!({"time_zone": "Asia/Tokyo"})).await?;
    assert_eq!(moments(&app).await?, ["2100-07-01 07:00", "2100-07-01 08:00", "2100-11-30 21:30"]);
    change(&ann, timed, json!({"remind": [60]})).await?;
    assert_eq!(moments(&app).await?, ["2100-07-01 07:00", "2100-11-30 21:30"]);
    change(&ann, timed, json!({"due": "2100-07-02T17:00"})).await?;
    assert_eq!(moments(&app).await?[0], "2100-07-02 07:00");
    change(&ann, timed, json!({"due": null})).await?;
    assert_eq!(moments(&app).await?.len(), 1);
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_task_that_is_completed_or_deleted_reminds_nobody_until_it_is_brought_back() -> Result<()> {
    let push = PushServer::start().await?;
    let app = app(&push).await?;
    let ann = app.sign_up("Ann").await?;
    subscribe(&ann, &push).await?;
    let (done, deleted) = (due_task(&ann, "done").await?, due_task(&ann, "deleted").await?);
    ann.ask("PATCH", &format!("/tasks/{done}/complete")).await?;
    ann.ask("DELETE", &format!("/tasks/{deleted}")).await?;
    sends(&app, 0).await?;
    for _ in 0..2 {
        assert_eq!(ann.ask("POST", "/tasks/undo").await?.0, 200);
    }
    sends(&app, 2).await?;
    // What was sent is not sent again when its task comes back once more.
    ann.ask("PATCH", &format!("/tasks/{done}/complete")).await?;
    ann.send("PATCH", &format!("/tasks/{done}/complete"), json!({"completed": false})).await?;
    ann.ask("DELETE", &format!("/tasks/{deleted}")).await?;
    ann.ask("POST", &format!("/tasks/{deleted}/restore")).await?;
    sends(&app, 0).await?;
    assert_eq!(push.messages().await?.len(), 2);
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn an_occurrence_reminds_again_and_imported_tasks_do() -> Result<()> {
    let push = PushServer::start().await?;
    let app = app(&push).await?;
    let ann = app.sign_up("Ann").await?;
    let task = add(&ann, json!({"title": "rent", "due": "2100-01-31T09:00", "repeat": "FREQ=MONTHLY", "remind": [60]}))
        .await?;
    ann.ask("PATCH", &format!("/tasks/{task}/complete")).await?;
    assert_eq!(moments(&app).await?, ["2100-02-28 08:00"]);
    let file = json!([{"title": "imported", "due": "2100-03-01T10:00", "remind": [15]}]);
    let (status, imported) = ann.send("POST", "/tasks/import", file).await?;
    assert_eq!(status, 200, "{imported}");
    assert_eq!(moments(&app).await?, ["2100-02-28 08:00", "2100-03-01 09:45"]);
    ann.ask("POST", "/tasks/undo").await?;
    assert_eq!(moments(&app).await?, ["2100-02-28 08:00"]);
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn where_no_clock_ticks_ready_sends_what_is_late() -> Result<()> {
    let push = PushServer::start().await?;
    let app = app(&push).await?;
    let ann = app.sign_up("Ann").await?;
    subscribe(&ann, &push).await?;
    due_task(&ann, "a").await?;
    assert_eq!(app.get("/ready").send().await?.status(), 200);
    sends(&app, 1).await?;
    due_task(&ann, "b").await?;
    pass(&app, 2).await?;
    assert_eq!(app.get("/ready").send().await?.status(), 200);
    let sent = async {
        while push.messages().await?.len() < 2 {
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
        anyhow::Ok(())
    };
    tokio::time::timeout(Duration::from_secs(60), sent).await.context("the second one is not sent")??;
    assert_eq!(push.messages().await?[1]["payload"]["title"], "b");
    let outside = app.request("POST", "/internal/late").send().await?;
    assert_ne!(outside.status(), 200, "nobody outside reaches that");
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_late_reminder_says_when_the_task_was_due_and_two_of_one_task_are_one() -> Result<()> {
    let push = PushServer::start().await?;
    let app = app(&push).await?;
    let ann = app.sign_up("Ann").await?;
    subscribe(&ann, &push).await?;
    let soon = time(&app, 5).await?;
    add(&ann, json!({"title": "tea", "due": soon, "remind": [0, 1, 2]})).await?;
    sends(&app, 0).await?;
    // The clock is off for a day.
    pass(&app, 24 * 60).await?;
    app.database(
        "alter table todo.task disable trigger user; update todo.task set due_day = due_day - 1; alter table todo.task enable trigger user;
        update todo.reminder as r set due = todo.due_text(t.due_day, t.due_time) from todo.task as t where t.id = r.task_id",
    )
    .await?;
    let counts = tick(&app).await?;
    assert_eq!(counts["sent"], 1, "{counts}");
    let messages = push.messages().await?;
    let body = messages[0]["payload"]["body"].as_str().unwrap();
    assert!(body.starts_with("Was due yesterday at") || body.starts_with("Was due today at"), "{body}");
    assert_eq!(messages.len(), 1);
    // A moment of long ago is not made up for.
    add(&ann, json!({"title": "old", "due": time(&app, -3 * 24 * 60).await?, "remind": [0]})).await?;
    sends(&app, 0).await?;
    Ok(())
}
