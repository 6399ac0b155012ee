//! When a task is due, by the user's zone; filters and orders by it; how it repeats.

use anyhow::Result;
use serde_json::{Value, json};
use tests::{TestApp, TestUser};

use crate::problem::problem;

async fn titles(user: &TestUser<'_>, query: &str) -> Result<Vec<String>> {
    let pages = user.pages::<Vec<Value>>(&format!("/tasks?{query}")).await?;
    Ok(pages.iter().flatten().map(|task| task["title"].as_str().unwrap().to_owned()).collect())
}

async fn add(user: &TestUser<'_>, body: Value) -> Result<Value> {
    let (status, task) = user.send("POST", "/tasks", body).await?;
    assert_eq!(status, 201, "{task}");
    Ok(task)
}

/// A day so many days from today in UTC.
async fn day(app: &TestApp, days: i32) -> Result<String> {
    let client = tests::connect(&app.database_url).await?;
    let sql = format!("select to_char((now() at time zone 'utc')::date + {days}, 'YYYY-MM-DD')");
    Ok(client.query_one(&sql, &[]).await?.get(0))
}

#[tokio::test(flavor = "multi_thread")]
async fn a_day_is_a_day_and_a_time_is_one_of_the_users_zone() -> Result<()> {
    let app = TestApp::start().await?;
    let ann = app.sign_up("Ann").await?;
    let zone = ann.send("PATCH", "/settings", json!({"time_zone": "Europe/Berlin"})).await?;
    assert_eq!((zone.0.as_u16(), &zone.1["time_zone"]), (200, &json!("Europe/Berlin")));
    for (given, due, due_at) in [
        ("2026-12-01", "2026-12-01", Value::Null),
        ("2026-12-01T17:00", "2026-12-01T17:00", json!("2026-12-01T16:00:00.000Z")),
        ("2026-12-01T09:00:00", "2026-12-01T09:00", json!("2026-12-01T08:00:00.000Z")),
        ("2026-07-01T17:00:00Z", "2026-07-01T19:00", json!("2026-07-01T17:00:00.000Z")),
        ("2026-12-31T23:30:00-05:00", "2027-01-01T05:30", json!("2027-01-01T04:30:00.000Z")),
        ("2027-03-28T02:30", "2027-03-28T02:30", json!("2027-03-28T01:30:00.000Z")),
    ] {
        let task = add(&ann, json!({"title": "a", "due": given})).await?;
        assert_eq!((&task["due"], &task["due_at"]), (&json!(due), &due_at), "{given}");
    }
    ann.send("PATCH", "/settings", json!({"time_zone": "Asia/Tokyo"})).await?;
    let (_, moved) = ann.ask("GET", "/tasks/2").await?;
    assert_eq!((&moved["due"], &moved["due_at"]), (&json!("2026-12-01T17:00"), &json!("2026-12-01T08:00:00.000Z")));
    let (_, cleared) = ann.send("PATCH", "/tasks/2", json!({"due": null})).await?;
    assert_eq!((&cleared["due"], &cleared["due_at"], &cleared["overdue"]), (&Value::Null, &Value::Null, &json!(false)));
    for bad in
        ["2026-02-30", "tomorrow", "1969-12-31", "2201-01-01", "2026-12-01T25:00", "2026-12-01T17:00 Europe/Berlin"]
    {
        let response = ann.request("POST", "/tasks").json(&json!({"title": "a", "due": bad})).send().await?;
        assert_eq!(problem(response, 422, "invalid").await?["errors"][0]["field"], "due", "{bad}");
    }
    let edge = ann.request("POST", "/tasks").json(&json!({"title": "a", "due": "2200-12-31T23:00:00Z"})).send().await?;
    assert_eq!(problem(edge, 422, "invalid").await?["errors"][0]["field"], "due", "another year in Tokyo");
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn settings_are_checked_and_the_zone_comes_with_the_first_change() -> Result<()> {
    let app = TestApp::start().await?;
    let (ann, bob) = (app.sign_up("Ann").await?, app.sign_up("Bob").await?);
    let first = json!({"time_zone": null, "day_start": "00:00", "week_start": "monday", "reminder_time": "09:00"});
    assert_eq!(ann.ask("GET", "/settings").await?.1, first);
    let write = |zone: &'static str| {
        ann.request("POST", "/tasks").header("time-zone", zone).json(&json!({"title": "a", "due": "2026-12-01T17:00"}))
    };
    assert_eq!(write("Mars/Olympus").send().await?.json::<Value>().await?["due_at"], "2026-12-01T17:00:00.000Z");
    assert_eq!(write("America/New_York").send().await?.json::<Value>().await?["due_at"], "2026-12-01T22:00:00.000Z");
    assert_eq!(write("Asia/Tokyo").send().await?.json::<Value>().await?["due_at"], "2026-12-01T22:00:00.000Z");
    assert_eq!(ann.ask("GET", "/settings").await?.1["time_zone"], "America/New_York");
    let all =
        json!({"time_zone": "Asia/Kolkata", "day_start": "04:00", "week_start": "sunday", "reminder_time": "07:30"});
    assert_eq!(ann.send("PATCH", "/settings", all.clone()).await?.1, all);
    let (_, part) = ann.send("PATCH", "/settings", json!({"day_start": null})).await?;
    assert_eq!((&part["day_start"], &part["week_start"]), (&json!("00:00"), &json!("sunday")));
    for (body, field) in [
        (json!({"time_zone": "Mars/Olympus"}), "time_zone"),
        (json!({"time_zone": "+02:00"}), "time_zone"),
        (json!({"day_start": "25:00"}), "day_start"),
        (json!({"week_start": "friday"}), "week_start"),
        (json!({"reminder_time": "9"}), "reminder_time"),
        (json!({"theme": "dark"}), "theme"),
    ] {
        let response = ann.request("PATCH", "/settings").json(&body).send().await?;
        assert_eq!(problem(response, 422, "invalid").await?["errors"][0]["field"], field);
    }
    assert_eq!(bob.ask("GET", "/settings").await?.1, first, "settings are their user's");
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_list_is_filtered_and_ordered_by_when_tasks_are_due() -> Result<()> {
    let app = TestApp::start().await?;
    let ann = app.sign_up("Ann").await?;
    add(&ann, json!({"title": "never"})).await?;
    for (title, days, time) in [
        ("late", -3, ""),
        ("today", 0, ""),
        ("dawn", 1, "T05:00"),
        ("tomorrow", 1, ""),
        ("soon", 6, ""),
        ("far", 30, ""),
    ] {
        add(&ann, json!({"title": title, "due": day(&app, days).await? + time})).await?;
    }
    assert_eq!(titles(&ann, "due=today").await?, ["today"]);
    assert_eq!(titles(&ann, "due=tomorrow&sort=due").await?, ["dawn", "tomorrow"]);
    assert_eq!(titles(&ann, "due=overdue").await?, ["late"]);
    assert_eq!(titles(&ann, "due=overdue&sort=due").await?, ["late"]);
    assert_eq!(titles(&ann, "due=none").await?, ["never"]);
    let ordered = ["late", "today", "dawn", "tomorrow", "soon", "far", "never"];
    assert_eq!(titles(&ann, "sort=due&limit=2").await?, ordered);
    assert_eq!(titles(&ann, "sort=due_date").await?, ordered);
    assert_eq!(titles(&ann, "sort=-due&limit=3").await?, ["far", "soon", "tomorrow", "dawn", "today", "late", "never"]);
    let (today, soon) = (day(&app, 0).await?, day(&app, 6).await?);
    assert_eq!(titles(&ann, &format!("due_after={today}&due_before={soon}&sort=due")).await?, ["dawn", "tomorrow"]);
    let (_, late) = ann.ask("GET", "/tasks/2").await?;
    assert_eq!(late["overdue"], true);
    assert_eq!(ann.ask("PATCH", "/tasks/2/complete").await?.1["overdue"], false, "a completed task never is");
    assert_eq!(titles(&ann, "due=overdue").await?, Vec::<String>::new());
    assert_eq!(titles(&ann, "due=overdue&sort=due").await?, Vec::<String>::new());
    assert_eq!(titles(&ann, &format!("due_before={soon}&status=completed&sort=due")).await?, ["late"]);
    assert_eq!(titles(&ann, &format!("due_before={today}&sort=due")).await?, ["late"]);
    for bad in ["due=someday", "due_after=x", "due_before=2026-02-30"] {
        problem(ann.request("GET", &format!("/tasks?{bad}")).send().await?, 422, "invalid").await?;
    }
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_week_ends_as_the_user_says() -> Result<()> {
    let app = TestApp::start().await?;
    let ann = app.sign_up("Ann").await?;
    add(&ann, json!({"title": "-1", "due": day(&app, -1).await?})).await?;
    for days in 0..9 {
        add(&ann, json!({"title": days.to_string(), "due": day(&app, days).await?})).await?;
    }
    let client = tests::connect(&app.database_url).await?;
    let weekday = "select extract(isodow from now() at time zone 'utc')::integer";
    let weekday: i32 = client.query_one(weekday, &[]).await?.get(0);
    for (start, number) in [("monday", 1), ("saturday", 6), ("sunday", 7)] {
        ann.send("PATCH", "/settings", json!({"week_start": start})).await?;
        let left = 7 - (weekday + 7 - number) % 7;
        let expected: Vec<String> = (0..left).map(|days| days.to_string()).collect();
        assert_eq!(titles(&ann, "due=week&sort=due&limit=2").await?, expected, "{start}");
    }
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_filter_by_times_is_exact() -> Result<()> {
    let app = TestApp::start().await?;
    let ann = app.sign_up("Ann").await?;
    ann.send("PATCH", "/settings", json!({"time_zone": "Europe/Berlin"})).await?;
    for due in ["2027-03-01T16:59", "2027-03-01T17:00", "2027-03-01T17:01", "2027-03-01", "2027-03-02"] {
        add(&ann, json!({"title": due, "due": due})).await?;
    }
    for (query, expected) in [
        ("due_after=2027-03-01T17:00&due_before=2027-03-01T23:00", &["2027-03-01T17:01"][..]),
        ("due_before=2027-03-01T17:00", &["2027-03-01T16:59"]),
        ("due_before=2027-03-01T16:00:00Z", &["2027-03-01T16:59"]),
        ("due_before=2027-03-01T17:00%2B01:00", &["2027-03-01T16:59"]),
        ("due_before=2027-03-01T17:00+01:00", &["2027-03-01T16:59"]),
        ("due_after=2027-03-01", &["2027-03-02"]),
        ("due_before=2027-03-02&due_after=2027-03-01T17:00", &["2027-03-01T17:01", "2027-03-01"]),
    ] {
        assert_eq!(titles(&ann, &format!("{query}&sort=due")).await?, expected, "{query}");
    }
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_repeating_task_is_due_again() -> Result<()> {
    let app = TestApp::start().await?;
    let ann = app.sign_up("Ann").await?;
    let task =
        add(&ann, json!({"title": "rent", "due": "2199-01-31T09:00", "repeat": "FREQ=MONTHLY", "remind": [60, 0]}))
            .await?;
    assert_eq!((&task["repeat"], &task["repeat_text"]), (&json!("FREQ=MONTHLY"), &json!("every month")));
    assert_eq!((&task["repeat_from"], &task["remind"]), (&json!("due"), &json!([0, 60])));
    let mut seen = Vec::new();
    for _ in 0..3 {
        let (_, task) = ann.ask("PATCH", "/tasks/1/complete").await?;
        assert_eq!((&task["completed"], &task["occurrence"]["completed_at"]), (&json!(false), &task["updated_at"]));
        seen.push((task["occurrence"]["due"].as_str().unwrap().to_owned(), task["due"].as_str().unwrap().to_owned()));
    }
    let days = ["2199-01-31T09:00", "2199-02-28T09:00", "2199-03-31T09:00", "2199-04-30T09:00"];
    let moves: Vec<(String, String)> = days.windows(2).map(|two| (two[0].to_owned(), two[1].to_owned())).collect();
    assert_eq!(seen, moves, "always counted from the first day");
    assert_eq!(ann.ask("POST", "/tasks/undo").await?.1["tasks"][0]["due"], "2199-03-31T09:00", "undo brings it back");

    let again =
        |key: &str| ann.request("PATCH", "/tasks/1/complete").header("idempotency-key", key).json(&json!({})).send();
    assert_eq!(again("k1").await?.json::<Value>().await?["due"], "2199-04-30T09:00");
    assert_eq!(again("k1").await?.json::<Value>().await?["due"], "2199-04-30T09:00", "the same request moves it once");
    let known = json!({"due": "2199-03-31T09:00"});
    assert_eq!(
        ann.send("PATCH", "/tasks/1/complete", known).await?.1["due"],
        "2199-04-30T09:00",
        "it is due at another time"
    );

    add(&ann, json!({"title": "thrice", "due": "2199-01-01", "repeat": "FREQ=DAILY;COUNT=3"})).await?;
    for due in ["2199-01-02", "2199-01-03"] {
        assert_eq!(ann.ask("PATCH", "/tasks/2/complete").await?.1["due"], due);
    }
    let (_, last) = ann.ask("PATCH", "/tasks/2/complete").await?;
    assert_eq!((&last["completed"], &last["occurrence"]), (&json!(true), &Value::Null), "the series ended");

    let (past, tomorrow) = (day(&app, -10).await?, day(&app, 1).await?);
    for from in ["due", "completion"] {
        let task =
            add(&ann, json!({"title": "late", "due": past, "repeat": "FREQ=DAILY", "repeat_from": from})).await?;
        let (_, bulk) = ann.send("POST", "/tasks/complete", json!({"ids": [task["id"]]})).await?;
        assert_eq!(
            (&bulk["tasks"][0]["due"], &bulk["tasks"][0]["occurrence"]["due"]),
            (&json!(tomorrow), &json!(past))
        );
    }
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_series_with_an_end_keeps_its_number_of_times_when_a_day_is_moved() -> Result<()> {
    let app = TestApp::start().await?;
    let ann = app.sign_up("Ann").await?;
    for (from, left) in [("due", "COUNT=2"), ("completion", "COUNT=4")] {
        let draft = json!({"title": "pills", "due": "2199-01-04", "repeat": "FREQ=DAILY;COUNT=4", "repeat_from": from});
        let path = format!("/tasks/{}", add(&ann, draft).await?["id"]);
        let complete = format!("{path}/complete");
        for _ in 0..2 {
            assert_eq!(ann.ask("PATCH", &complete).await?.1["completed"], false);
        }
        let (_, moved) = ann.send("PATCH", &path, json!({"due": "2199-01-20"})).await?;
        assert_eq!(moved["repeat"], format!("FREQ=DAILY;{left}"));
        assert_eq!(ann.ask("PATCH", &complete).await?.1["completed"], false, "the third of four, {from}");
        assert_eq!(ann.ask("PATCH", &complete).await?.1["completed"], true, "the last of four, {from}");
    }
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn what_cannot_repeat_or_remind_is_named() -> Result<()> {
    let app = TestApp::start().await?;
    let ann = app.sign_up("Ann").await?;
    for (body, field) in [
        (json!({"repeat": "FREQ=DAILY"}), "repeat"),
        (json!({"due": "2026-12-01", "repeat": "FREQ=HOURLY"}), "repeat"),
        (json!({"due": "2026-12-01", "repeat": "every day"}), "repeat"),
        (json!({"due": "2026-12-01", "repeat_from": "now"}), "repeat_from"),
        (json!({"remind": [1, 2, 3, 4, 5, 6]}), "remind"),
        (json!({"remind": [-1]}), "remind"),
    ] {
        let mut task = body.clone();
        task["title"] = json!("a");
        let response = ann.request("POST", "/tasks").json(&task).send().await?;
        assert_eq!(problem(response, 422, "invalid").await?["errors"][0]["field"], field, "{body}");
    }
    let german = ann.request("POST", "/tasks").header("accept-language", "de");
    let german = german.json(&json!({"title": "a", "due": "2026-12-01", "repeat": "FREQ=DAILY"})).send().await?;
    assert_eq!(german.json::<Value>().await?["repeat_text"], "jeden Tag");
    let (_, cleared) = ann.send("PATCH", "/tasks/1", json!({"due": null})).await?;
    assert_eq!(cleared["repeat"], Value::Null, "without a day nothing repeats");
    Ok(())
}
