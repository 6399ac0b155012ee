//! The database goes away and comes back.

use std::sync::atomic::{AtomicBool, Ordering};

use anyhow::{Context, Result, ensure};
use futures::future::join_all;
use serde_json::{Value, json};
use tests::{FlakyDatabase, OwnPostgres, TestApp, TestUser, connect, create_database};

use crate::problem::problem;

/// An app whose database is behind a valve.
async fn app_behind_valve() -> Result<(TestApp, FlakyDatabase)> {
    let url = create_database().await?;
    let (credentials, rest) = url.rsplit_once('@').context("user:password@")?;
    let (address, database) = rest.split_once('/').context("a database")?;
    let valve = FlakyDatabase::open(address.to_owned()).await?;
    let app = TestApp::on(&format!("{credentials}@{}/{database}", valve.address), &[]).await?;
    assert_eq!(app.get("/ready").send().await?.status(), 200);
    Ok((app, valve))
}

#[tokio::test(flavor = "multi_thread")]
async fn without_the_database_everything_says_so_and_recovers() -> Result<()> {
    let (app, valve) = app_behind_valve().await?;
    let ann = app.sign_up("Ann").await?;
    ann.add("kept").await?;
    assert!(ann.mcp("tools/list", json!({})).await?["result"]["tools"].is_array());

    valve.set(false);
    assert_eq!(app.get("/health").send().await?.status(), 200, "the process is fine");
    for (method, path, body) in [
        ("GET", "/tasks", json!(null)),
        ("POST", "/tasks", json!({"title": "lost"})),
        ("DELETE", "/tasks/1", json!(null)),
        ("POST", "/chat", json!({"message": "show my tasks"})),
        ("GET", "/conversations", json!(null)),
    ] {
        let response = ann.request(method, path).json(&body).send().await?;
        assert!(response.headers().contains_key("retry-after"), "{method} {path}: {}", app.log());
        let problem = problem(response, 503, "unavailable").await?;
        assert!(!problem.to_string().contains("127.0.0.1"), "{problem}");
    }
    problem(app.get("/ready").send().await?, 503, "unavailable").await?;
    let sign_in = json!({"email": ann.email, "password": tests::PASSWORD});
    let response = app.post("/api/auth/sign-in/email", &sign_in).send().await?;
    assert_eq!((response.status().as_u16(), response.headers().contains_key("retry-after")), (503, true));
    let call = ann.mcp("tools/call", json!({"name": "list_tasks", "arguments": {}})).await?;
    assert_eq!(call["result"]["isError"], true, "{call}");

    valve.set(true);
    assert_eq!(app.get("/ready").send().await?.status(), 200);
    assert_eq!(ann.list().await?, ["kept"]);
    assert_eq!(app.post("/api/auth/sign-in/email", &sign_in).send().await?.status(), 200);
    Ok(())
}

/// How many users write while the server restarts.
const WRITERS: usize = 16;
/// The most connections of a runtime to one database, by the host's pool and by Spin's.
const POOL: i64 = 64;

/// Adds tasks over REST and MCP in turn until it is told to stop; returns the titles that were acknowledged, and how many requests were not.
async fn write(user: &TestUser<'_>, is_over: &AtomicBool) -> Result<(Vec<String>, usize)> {
    let (mut acknowledged, mut refused) = (Vec::new(), 0);
    for number in 0.. {
        if is_over.load(Ordering::Relaxed) {
            break;
        }
        let title = format!("task {number}");
        let is_added = if number % 2 == 0 {
            let (status, body) = user.send("POST", "/tasks", json!({ "title": title })).await?;
            ensure!(status == 201 || status == 503, "{status} {body}");
            status == 201
        } else {
            let call = json!({"name": "add_task", "arguments": {"title": title}});
            let result = user.mcp("tools/call", call).await?["result"].take();
            ensure!(result["isError"] != true || result.to_string().contains("unavailable"), "{result}");
            result["isError"] != true
        };
        if is_added { acknowledged.push(title) } else { refused += 1 }
    }
    Ok((acknowledged, refused))
}

/// The most connections that there were to the database of the app, until it is told to stop. Its own do not count.
async fn most_connections(url: &str, is_over: &AtomicBool) -> Result<i64> {
    let mut most = 0;
    while !is_over.load(Ordering::Relaxed) {
        let counted =
            "select count(*) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()";
        if let Ok(client) = connect(url).await
            && let Ok(row) = client.query_one(counted, &[]).await
        {
            most = most.max(row.get(0));
        }
    }
    Ok(most)
}

#[tokio::test(flavor = "multi_thread")]
async fn a_restart_of_the_server_under_load_doubles_and_loses_nothing() -> Result<()> {
    let server = OwnPostgres::start().await?;
    let app = TestApp::on(&server.url, &[("rate_limit_per_minute", "0")]).await?;
    ensure!(app.get("/ready").send().await?.status() == 200, "{}", app.log());
    let mut users = Vec::new();
    for number in 0..WRITERS {
        users.push(app.sign_up(&format!("user{number}")).await?);
    }
    let is_over = AtomicBool::new(false);
    let restarts = async {
        for _ in 0..2 {
            progress(&users).await?;
            server.stop().await?;
            for user in &users {
                ensure!(user.ask("GET", "/tasks").await?.0 == 503, "{}", app.log());
            }
            server.start_again().await?;
            progress(&users).await?;
        }
        is_over.store(true, Ordering::Relaxed);
        anyhow::Ok(())
    };
    let writes = join_all(users.iter().map(|user| write(user, &is_over)));
    let (restarted, written, most) = tokio::join!(restarts, writes, most_connections(&server.url, &is_over));
    restarted?;
    assert!((1..=POOL).contains(&most?), "connections");
    for (user, outcome) in users.iter().zip(written) {
        let (acknowledged, refused) = outcome?;
        assert!(refused > 0, "it was away for each");
        let list = all_titles(user).await?;
        let count = |title: &String| list.iter().filter(|listed| *listed == title).count();
        assert!(acknowledged.iter().all(|title| count(title) == 1), "{acknowledged:?} {list:?}");
        assert!(list.iter().all(|title| count(title) == 1), "{list:?}");
    }
    Ok(())
}

/// Waits until each user has a task more than now. The database may be away at first.
async fn progress(users: &[TestUser<'_>]) -> Result<()> {
    for user in users {
        let mut first = None;
        loop {
            let (status, newest) = user.ask("GET", "/tasks?limit=1&sort=-created_at").await?;
            ensure!(status == 200 || status == 503, "{status} {newest}");
            let now = newest[0]["id"].as_i64().unwrap_or_default();
            if status == 200 && now > *first.get_or_insert(now) {
                break;
            }
        }
    }
    Ok(())
}

async fn all_titles(user: &TestUser<'_>) -> Result<Vec<String>> {
    let pages = user.pages::<Vec<Value>>("/tasks").await?;
    let titles = pages.iter().flatten().map(|task| task["title"].as_str().map(str::to_owned));
    titles.collect::<Option<_>>().context("titles")
}
