//! What can be done with a reminder without opening the page.

use anyhow::{Context, Result};
use serde_json::{Value, json};
use tests::{PushServer, TestApp, TestUser};

use super::{add, app, due_task, pass, sends, subscribe, time};

/// The address of the actions in the newest message.
async fn action_url(push: &PushServer) -> Result<String> {
    let messages = push.messages().await?;
    let last = messages.last().context("no message")?;
    Ok(last["payload"]["action_url"].as_str().context("action_url")?.to_owned())
}

async fn act(app: &TestApp, url: &str, action: &str) -> Result<String> {
    let response = app.post(url, &json!({"action": action})).send().await?;
    assert_eq!(response.status(), 200);
    Ok(response.json::<Value>().await?["message"].as_str().context("message")?.to_owned())
}

/// A reminder of a new task that has arrived: the task and the address.
async fn reminded(user: &TestUser<'_>, push: &PushServer, title: &str) -> Result<(i64, String)> {
    let task = due_task(user, title).await?;
    sends(user.app, 1).await?;
    Ok((task, action_url(push).await?))
}

#[tokio::test(flavor = "multi_thread")]
async fn done_completes_the_task_as_the_page_does() -> Result<()> {
    let push = PushServer::start().await?;
    let app = app(&push).await?;
    let ann = app.sign_up("Ann").await?;
    subscribe(&ann, &push).await?;
    let (task, url) = reminded(&ann, &push, "Call the dentist").await?;
    assert_eq!(act(&app, &url, "done").await?, "Done: Call the dentist.");
    assert_eq!(ann.ask("GET", &format!("/tasks/{task}")).await?.1["completed"], true);
    let (_, history) = ann.ask("GET", "/history?limit=1").await?;
    let change =
        history.get("changes").and_then(|changes| changes.get(0)).or_else(|| history.get(0)).context("a change")?;
    assert_eq!((&change["kind"], &change["actor"]), (&json!("complete"), &json!("page")));
    assert!(act(&app, &url, "done").await?.starts_with("This task is done already."));
    assert!(act(&app, &url, "snooze").await?.starts_with("This task is done already."));
    ann.ask("DELETE", &format!("/tasks/{task}")).await?;
    assert!(act(&app, &url, "done").await?.starts_with("This task is gone."));
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn done_moves_a_repeating_task_once_and_what_moved_meanwhile_stays() -> Result<()> {
    let push = PushServer::start().await?;
    let app = app(&push).await?;
    let ann = app.sign_up("Ann").await?;
    subscribe(&ann, &push).await?;
    let due = time(&app, -1).await?;
    let task = add(&ann, json!({"title": "plants", "due": due, "repeat": "FREQ=DAILY", "remind": [0]})).await?;
    sends(&app, 1).await?;
    let url = action_url(&push).await?;
    assert_eq!(act(&app, &url, "done").await?, "Done: plants.");
    let (_, moved) = ann.ask("GET", &format!("/tasks/{task}")).await?;
    assert_eq!(moved["completed"], false);
    assert_ne!(moved["due"], due.as_str());
    for action in ["done", "tomorrow", "snooze"] {
        assert!(act(&app, &url, action).await?.starts_with("This task is due at another time now."), "{action}");
    }
    assert_eq!(ann.ask("GET", &format!("/tasks/{task}")).await?.1["due"], moved["due"]);
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn snooze_reminds_again_in_ten_minutes() -> Result<()> {
    let push = PushServer::start().await?;
    let app = app(&push).await?;
    let ann = app.sign_up("Ann").await?;
    subscribe(&ann, &push).await?;
    let (task, url) = reminded(&ann, &push, "tea").await?;
    for _ in 0..2 {
        assert_eq!(act(&app, &url, "snooze").await?, "Reminds again in 10 minutes: tea.");
        sends(&app, 0).await?;
        pass(&app, 9).await?;
        sends(&app, 0).await?;
        pass(&app, 1).await?;
        sends(&app, 1).await?;
    }
    let messages = push.messages().await?;
    assert_eq!(messages.len(), 3);
    assert!(
        messages.iter().all(|message| message["topic"] == format!("todo-task-{task}")),
        "one notification on the device"
    );
    act(&app, &url, "snooze").await?;
    ann.ask("PATCH", &format!("/tasks/{task}/complete")).await?;
    pass(&app, 10).await?;
    sends(&app, 0).await
}

#[tokio::test(flavor = "multi_thread")]
async fn tomorrow_moves_a_day_to_tomorrow_and_a_time_to_the_same_time() -> Result<()> {
    let push = PushServer::start().await?;
    let app = app(&push).await?;
    let ann = app.sign_up("Ann").await?;
    subscribe(&ann, &push).await?;
    let (task, url) = reminded(&ann, &push, "tea").await?;
    assert_eq!(act(&app, &url, "tomorrow").await?, "Moved to tomorrow: tea.");
    let (_, moved) = ann.ask("GET", &format!("/tasks/{task}")).await?;
    let tomorrow = time(&app, 24 * 60).await?;
    assert_eq!(moved["due"].as_str().unwrap()[..10], tomorrow[..10]);
    assert_eq!(moved["due"].as_str().unwrap().len(), 16);

    ann.send("PATCH", "/settings", json!({"reminder_time": "00:00"})).await?;
    let today = &time(&app, 0).await?[..10];
    let day = add(&ann, json!({"title": "taxes", "due": today, "remind": [0]})).await?;
    sends(&app, 1).await?;
    let url = action_url(&push).await?;
    assert_eq!(act(&app, &url, "tomorrow").await?, "Moved to tomorrow: taxes.");
    assert_eq!(ann.ask("GET", &format!("/tasks/{day}")).await?.1["due"], tomorrow[..10]);
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn words_are_those_of_the_reader() -> Result<()> {
    let push = PushServer::start().await?;
    let app = app(&push).await?;
    let ann = app.sign_up("Ann").await?;
    let browser = push.browser().await?;
    let subscribed = ann.request("POST", "/notifications/subscriptions").header("accept-language", "de-AT,de;q=0.9");
    assert_eq!(subscribed.json(&browser).send().await?.status(), 201);
    let (_, url) = reminded(&ann, &push, "Zahnarzt").await?;
    let messages = push.messages().await?;
    let payload = &messages[0]["payload"];
    assert!(payload["body"].as_str().unwrap().starts_with("War fällig "), "{payload}");
    assert_eq!(payload["actions"][0]["title"], "Erledigt");
    let done = app.post(&url, &json!({"action": "done"})).header("accept-language", "de").send().await?;
    assert_eq!(done.json::<Value>().await?["message"], "Erledigt: Zahnarzt.");
    Ok(())
}
