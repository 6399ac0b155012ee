//! The calendar feed, as calendar programs and its owner see it.

use anyhow::Result;
use reqwest::Response;
use serde_json::{Value, json};
use tests::{TestApp, TestUser};

use crate::problem::problem;

/// Makes the feed of a user, and returns its path.
async fn make_feed(user: &TestUser<'_>) -> Result<String> {
    let (status, made) = user.send("POST", "/calendar", json!({})).await?;
    assert_eq!(status, 201, "{made}");
    let url = made["url"].as_str().unwrap();
    let at = url.find("/api/calendar/").unwrap();
    assert!(url.ends_with(".ics") && made["created_at"].is_string());
    Ok(url[at..].to_owned())
}

async fn read(app: &TestApp, path: &str, headers: &[(&str, &str)]) -> Result<Response> {
    let mut request = app.get(path);
    for (name, value) in headers {
        request = request.header(*name, *value);
    }
    Ok(request.send().await?)
}

#[tokio::test(flavor = "multi_thread")]
async fn calendar_programs_read_the_open_tasks_that_are_due() -> Result<()> {
    let app = TestApp::start().await?;
    let (ann, bob) = (app.sign_up("Ann").await?, app.sign_up("Bob").await?);
    ann.send("PATCH", "/settings", json!({"time_zone": "Europe/Berlin", "reminder_time": "08:00"})).await?;
    for task in [
        json!({"title": "day; \"one\"", "due": "2027-03-28", "remind": [60], "tags": ["home"], "priority": "high"}),
        json!({"title": "time", "due": "2027-03-27T17:00", "description": "two\nlines"}),
        json!({"title": "weekly", "due": "2027-03-22T06:45", "repeat": "FREQ=WEEKLY"}),
        json!({"title": "never"}),
        json!({"title": "done", "due": "2027-03-01"}),
    ] {
        assert_eq!(ann.send("POST", "/tasks", task).await?.0, 201);
    }
    ann.ask("PATCH", "/tasks/5/complete").await?;
    bob.send("POST", "/tasks", json!({"title": "of Bob", "due": "2027-03-01"})).await?;
    let path = make_feed(&ann).await?;
    let response = read(&app, &path, &[]).await?;
    assert_eq!(response.status(), 200);
    let header = |name: &str| response.headers()[name].to_str().unwrap().to_owned();
    assert_eq!(header("content-type"), "text/calendar; charset=utf-8");
    assert_eq!(
        (header("cache-control"), header("referrer-policy")),
        ("private, no-cache".to_owned(), "no-referrer".to_owned())
    );
    let text = response.text().await?.replace("\r\n ", "");
    let lines: Vec<&str> = text.split("\r\n").collect();
    for line in [
        "DTSTART;VALUE=DATE:20270328",
        "SUMMARY:day\\; \"one\"",
        "TRIGGER:PT7H",
        "CATEGORIES:home",
        "PRIORITY:1",
        "DTSTART:20270327T160000Z",
        "DESCRIPTION:two\\nlines",
        "DTSTART;TZID=Europe/Berlin:20270322T064500",
        "RRULE:FREQ=WEEKLY;BYDAY=MO;WKST=MO",
        "RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU",
        "RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU",
    ] {
        assert!(lines.contains(&line), "{line} is not in {text}");
    }
    assert_eq!(lines.iter().filter(|line| **line == "BEGIN:VEVENT").count(), 3);
    assert!(!text.contains("of Bob") && !text.contains(&ann.id));
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_feed_has_a_version_and_is_compressed() -> Result<()> {
    let app = TestApp::start().await?;
    let ann = app.sign_up("Ann").await?;
    let path = make_feed(&ann).await?;
    assert!(read(&app, &path, &[]).await?.text().await?.contains("BEGIN:VTIMEZONE"), "an empty feed is a calendar");
    let description = "word ".repeat(300);
    ann.send("POST", "/tasks", json!({"title": "a", "due": "2027-03-28", "description": description})).await?;
    let plain = read(&app, &path, &[]).await?;
    let version = plain.headers()["etag"].to_str()?.to_owned();
    let length = plain.text().await?.len();
    let packed = read(&app, &path, &[("accept-encoding", "gzip, br")]).await?;
    assert_eq!(
        (packed.headers()["content-encoding"].to_str()?, packed.headers()["etag"].to_str()?),
        ("gzip", &*version)
    );
    assert!(packed.bytes().await?.len() < length / 2);
    let known = read(&app, &path, &[("if-none-match", &version)]).await?;
    assert_eq!((known.status().as_u16(), known.headers()["etag"].to_str()?), (304, &*version));
    let head = app.request("HEAD", &path).send().await?;
    assert_eq!((head.status().as_u16(), head.headers()["etag"].to_str()?), (200, &*version));
    assert_eq!(head.text().await?, "");
    ann.ask("PATCH", "/tasks/1/complete").await?;
    assert_eq!(read(&app, &path, &[("if-none-match", &version)]).await?.status(), 200, "it changed");
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn the_address_is_made_replaced_and_ended_by_its_owner() -> Result<()> {
    let app = TestApp::start().await?;
    let (ann, bob) = (app.sign_up("Ann").await?, app.sign_up("Bob").await?);
    let none = json!({"created_at": null, "last_read_at": null});
    assert_eq!(ann.ask("GET", "/calendar").await?.1, none);
    let first = make_feed(&ann).await?;
    let (_, state) = ann.ask("GET", "/calendar").await?;
    assert!(state["created_at"].is_string() && state["last_read_at"].is_null() && state.get("url").is_none());
    assert_eq!(read(&app, &first, &[]).await?.status(), 200);
    assert!(ann.ask("GET", "/calendar").await?.1["last_read_at"].is_string());
    let second = make_feed(&ann).await?;
    problem(read(&app, &first, &[]).await?, 404, "not_found").await?;
    assert_eq!(read(&app, &second, &[]).await?.status(), 200);
    assert!(ann.ask("GET", "/calendar").await?.1["last_read_at"].is_string());

    let stored = "select string_agg(to_jsonb(f)::text, '') from todo.calendar_feed as f";
    let stored: String = tests::connect(&app.database_url).await?.query_one(stored, &[]).await?.get(0);
    let secret = second.trim_start_matches("/api/calendar/").trim_end_matches(".ics");
    assert!(secret.len() == 40 && !stored.contains(secret), "a secret is stored as its hash");
    let other = app.get(&format!("/api/{}/calendar", ann.id)).bearer_auth(&bob.token);
    problem(other.send().await?, 403, "forbidden").await?;
    let script = ann.send("POST", "/tokens", json!({"name": "script", "scopes": ["tasks:write"]})).await?.1;
    let script = script["token"].as_str().unwrap();
    let made = app.request("POST", &format!("/api/{}/calendar", ann.id)).bearer_auth(script);
    problem(made.send().await?, 403, "forbidden").await?;

    for _ in 0..2 {
        assert_eq!(ann.ask("DELETE", "/calendar").await?.0, 204);
    }
    assert_eq!(ann.ask("GET", "/calendar").await?.1, none);
    problem(read(&app, &second, &[]).await?, 404, "not_found").await?;
    problem(ann.request("PUT", "/calendar").send().await?, 405, "method_not_allowed").await?;
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn nobody_searches_for_addresses() -> Result<()> {
    let app = TestApp::start().await?;
    let ann = app.sign_up("Ann").await?;
    let path = make_feed(&ann).await?;
    let mut refused = None;
    for number in 0..40 {
        let response = read(&app, &format!("/api/calendar/{number}.ics"), &[]).await?;
        match response.status().as_u16() {
            404 => assert!(refused.is_none()),
            429 => refused = Some(response),
            other => panic!("{other}"),
        }
    }
    let told: Value = problem(refused.unwrap(), 429, "rate_limited").await?;
    assert!(told["detail"].as_str().unwrap().contains("Try again in"), "{told}");
    assert_eq!(read(&app, &path, &[]).await?.status(), 200, "who has an address is not stopped by that");
    for method in ["POST", "DELETE"] {
        problem(app.request(method, &path).send().await?, 405, "method_not_allowed").await?;
    }
    assert!(!app.log().contains(path.trim_start_matches("/api/calendar/")), "the log has no address");
    Ok(())
}
