//! Instances that serve many requests: what one user does in one stays theirs, one that fails takes nothing else along, and none keeps what the
//! others need.

mod many_users;

use std::time::Duration;

use anyhow::{Context, Result, ensure};
use futures::future::{join_all, try_join_all};
use host::{HostLimits, InstanceReuse};
use serde_json::{Value, json};
use tests::{FakeModel, TestApp, TestUser, create_database, gemini_variables};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio::time::timeout;

/// How many users there are at once.
const USERS: usize = 16;
/// How often each of them does everything, unless `ISOLATION_ROUNDS` says more.
const ROUNDS: usize = 25;

/// Limits by which instances stay, as far as these tests go.
fn lasting() -> HostLimits {
    let reuse = InstanceReuse { requests: usize::MAX, concurrent: USERS, idle_time: Duration::from_secs(60) };
    HostLimits { reuse, ..HostLimits::default() }
}

async fn app(limits: HostLimits) -> Result<TestApp> {
    app_with(&[], limits).await
}

async fn app_with(variables: &[(&str, &str)], limits: HostLimits) -> Result<TestApp> {
    let unlimited = [
        ("rate_limit_per_minute", "0"),
        ("chat_rate_limit", "0/1"),
        ("chat_daily_tokens", "0"),
        ("chat_daily_usd", "0"),
    ];
    let app = TestApp::limited(&create_database().await?, &[&unlimited, variables].concat(), limits).await?;
    ensure!(app.get("/ready").send().await?.status() == 200, "{}", app.log());
    Ok(app)
}

async fn users(app: &TestApp) -> Result<Vec<TestUser<'_>>> {
    let mut users = Vec::new();
    for number in 0..USERS {
        users.push(app.sign_up(&format!("user{number}")).await?);
    }
    Ok(users)
}

/// Begins to add a task and keeps the end of the body back.
async fn begin_to_add(user: &TestUser<'_>, title: &str) -> Result<(TcpStream, String)> {
    let body = json!({ "title": title }).to_string();
    let (first, rest) = body.split_at(5);
    let head = format!(
        "POST /api/{}/tasks HTTP/1.1\r\nhost: x\r\nauthorization: Bearer {}\r\ncontent-type: application/json\r\nconnection: close\r\ncontent-length: {}\r\n\r\n{first}",
        user.id,
        user.token,
        body.len()
    );
    let mut stream = TcpStream::connect(user.app.base.strip_prefix("http://").context("base")?).await?;
    stream.write_all(head.as_bytes()).await?;
    Ok((stream, rest.to_owned()))
}

/// Sends the rest and reads the status of the response; none if the connection breaks.
async fn finish((mut stream, rest): (TcpStream, String)) -> Result<Option<u16>> {
    if stream.write_all(rest.as_bytes()).await.is_err() {
        return Ok(None);
    }
    let mut response = String::new();
    let read = timeout(Duration::from_secs(20), stream.read_to_string(&mut response)).await?;
    Ok(read.ok().and_then(|_| response.get(9..12)?.parse().ok()))
}

#[tokio::test(flavor = "multi_thread")]
async fn an_instance_that_fails_ends_its_own_requests_and_loses_nothing() -> Result<()> {
    let issuer = app(lasting()).await?;
    let TestUser { id, email, cookie, token, .. } = issuer.sign_up("Ann").await?;
    // So little memory that a large import does not fit; a password would not either.
    let limits = HostLimits { memory: 6 << 20, ..lasting() };
    let variables = [("better_auth_url", issuer.base.as_str()), ("key_set_origin", &issuer.base)];
    let app = TestApp::limited(&issuer.database_url, &variables, limits).await?;
    let ann = TestUser { app: &app, id, email, cookie, token };
    ann.add("before").await?;
    let tasks: Vec<Value> =
        (0..4000).map(|number| json!({"title": format!("{number}"), "description": "x".repeat(900)})).collect();
    let (mut added, mut is_shared) = (0, false);
    // The host may give the import to another instance than the others.
    for _ in 0..ROUNDS {
        let begun =
            try_join_all((0..8).map(async |number| begin_to_add(&ann, &format!("begun {number}")).await)).await?;
        // The server closes this connection, so no later request may use it.
        let import = ann.request("POST", "/tasks/import").header("connection", "close").json(&tasks).send().await;
        assert!(import.is_err() || import.is_ok_and(|response| response.status() == 500), "{}", app.log());
        assert!(
            app.log().contains("the component failed") || app.log().contains("an instance failed"),
            "{}",
            app.log()
        );
        for request in begun {
            let status = finish(request).await?;
            assert!(matches!(status, None | Some(201 | 500)), "{status:?}");
            added += usize::from(status == Some(201));
            is_shared |= status != Some(201);
        }
        if is_shared {
            break;
        }
    }
    assert!(is_shared, "a request is in the instance that fails");
    ann.add("after").await?;
    let list = ann.list().await?;
    assert_eq!(list.len(), 2 + added, "what was acknowledged is there, and nothing else: {list:?}");
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn connections_that_end_under_load_double_and_lose_nothing() -> Result<()> {
    let app = app(lasting()).await?;
    let users = users(&app).await?;
    let ends = async {
        for _ in 0..5 {
            tokio::time::sleep(Duration::from_millis(100)).await;
            let all = "select pg_terminate_backend(pid) from pg_stat_activity
                       where datname = current_database() and pid <> pg_backend_pid()";
            app.database(all).await?;
        }
        anyhow::Ok(())
    };
    let writes = users.iter().map(async |user| {
        let mut acknowledged = Vec::new();
        for number in 0..60 {
            let title = format!("task {number}");
            let (status, body) = user.send("POST", "/tasks", json!({ "title": title })).await?;
            ensure!(status == 201 || status == 503, "{status} {body}");
            if status == 201 {
                acknowledged.push(title);
            }
        }
        anyhow::Ok((user, acknowledged))
    });
    let (ended, written) = tokio::join!(ends, join_all(writes));
    ended?;
    for outcome in written {
        let (user, acknowledged) = outcome?;
        let list = user.list().await?;
        let count = |title: &String| list.iter().filter(|listed| *listed == title).count();
        assert!(acknowledged.iter().all(|title| count(title) == 1), "{acknowledged:?} {list:?}");
        assert!(list.iter().all(|title| count(title) == 1), "{list:?}");
        user.add("afterwards").await?;
    }
    Ok(())
}

/// More than the host has connections to a database.
const SLOW_CLIENTS: usize = 70;

#[tokio::test(flavor = "multi_thread")]
async fn slow_clients_keep_no_connections() -> Result<()> {
    // Each slow client has its instance to itself, after a quick one made that keep a connection.
    let reuse = InstanceReuse { requests: 2, ..lasting().reuse };
    let app = app(HostLimits { reuse, ..HostLimits::default() }).await?;
    let ann = app.sign_up("Ann").await?;
    let mut slow = Vec::new();
    for _ in 0..SLOW_CLIENTS {
        assert_eq!(timeout(Duration::from_secs(10), ann.list()).await??, [""; 0]);
        slow.push(begin_to_add(&ann, "at last").await?);
    }
    assert_eq!(timeout(Duration::from_secs(10), ann.list()).await??, [""; 0]);
    for request in slow {
        assert_eq!(finish(request).await?, Some(201));
    }
    assert_eq!(ann.list().await?.len(), SLOW_CLIENTS);
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn turns_that_wait_for_the_model_keep_no_connections() -> Result<()> {
    let mut model = FakeModel::start().await?;
    // Each turn has its instance to itself, after a quick request that made it keep a connection.
    let reuse = InstanceReuse { requests: 2, ..lasting().reuse };
    let app = app_with(&gemini_variables(&model.url), HostLimits { reuse, ..HostLimits::default() }).await?;
    let ann = app.sign_up("Ann").await?;
    let mut turns = Vec::new();
    for _ in 0..SLOW_CLIENTS {
        assert_eq!(timeout(Duration::from_secs(10), ann.ask("GET", "/conversations?limit=1")).await??.0, 200);
        let (response, reply) = tokio::join!(ann.stream(json!({"message": "hi"})), model.next_request());
        turns.push((response?, reply?));
    }
    assert_eq!(timeout(Duration::from_secs(10), ann.list()).await??, [""; 0]);
    for (response, mut reply) in turns {
        reply.say(json!([{"text": "At last."}]), false).await?;
        drop(reply);
        assert!(response.text().await?.contains("At last."));
    }
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_client_that_leaves_ends_its_own_turn_alone() -> Result<()> {
    let mut model = FakeModel::start().await?;
    let app = app_with(&gemini_variables(&model.url), lasting()).await?;
    let (ann, bob) = (app.sign_up("Ann").await?, app.sign_up("Bob").await?);
    let (to_ann, anns_model) = tokio::join!(ann.stream(json!({"message": "hi"})), model.next_request());
    let (to_bob, bobs_model) = tokio::join!(bob.stream(json!({"message": "hi"})), model.next_request());
    drop(to_ann?);
    anns_model?.hung_up().await?;
    let mut bobs_model = bobs_model?;
    bobs_model.say(json!([{"text": "Hello Bob."}]), false).await?;
    drop(bobs_model);
    assert!(to_bob?.text().await?.contains("Hello Bob."));
    Ok(())
}
