//! Requests and responses as bytes on a connection: bodies that are not read, not there, in chunks, broken, or taken slowly.

use std::time::Duration;

use anyhow::{Context, Result};
use serde_json::{Value, json};
use tests::{TestApp, TestUser};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpSocket;
use tokio::time::sleep;

use crate::exchange::exchange;

/// The first lines of a request of this user; `path` follows `/api/{user_id}/tasks`.
fn head(user: &TestUser<'_>, method: &str, path: &str) -> String {
    format!("{method} /api/{}/tasks{path} HTTP/1.1\r\nhost: x\r\nauthorization: Bearer {}\r\n", user.id, user.token)
}

fn statuses(responses: &str) -> Vec<u16> {
    responses.split("HTTP/1.1 ").skip(1).map(|response| response[..3].parse().unwrap()).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn what_a_get_carries_is_neither_awaited_nor_taken_for_a_request() -> Result<()> {
    let app = TestApp::start().await?;
    let ann = app.sign_up("Ann").await?;
    ann.add("kept").await?;
    let (get, last) = (head(&ann, "GET", ""), head(&ann, "GET", "") + "connection: close\r\n\r\n");
    for carried in [head(&ann, "DELETE", "/1") + "\r\n", "x".repeat(300_000)] {
        let length = carried.len();
        for framed in [
            format!("content-length: {length}\r\n\r\n{carried}"),
            format!("transfer-encoding: chunked\r\n\r\n{length:x}\r\n{carried}\r\n0\r\n\r\n"),
        ] {
            // The connection may be closed after the first response, or serve the second request.
            let responses = exchange(&app, &format!("{get}{framed}{last}"), false).await.unwrap_or_default();
            assert!(statuses(&responses).iter().all(|status| *status == 200), "{responses}");
        }
    }
    for endless in ["content-length: 50\r\n\r\nhalf", "transfer-encoding: chunked\r\n\r\n5\r\nha"] {
        assert_eq!(statuses(&exchange(&app, &format!("{get}{endless}"), false).await?), [200], "{endless}");
    }
    assert_eq!(ann.list().await?, ["kept"]);
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn an_answer_without_a_body_is_followed_by_the_next() -> Result<()> {
    let app = TestApp::start().await?;
    let ann = app.sign_up("Ann").await?;
    ann.add("milk").await?;
    let (_, task) = ann.ask("GET", "/tasks/1").await?;
    let known = format!("if-none-match: \"{}\"\r\n\r\n", task["updated_at"].as_str().context("version")?);
    let requests = [
        head(&ann, "HEAD", "") + "\r\n",
        format!("{}{known}", head(&ann, "GET", "/1")),
        head(&ann, "DELETE", "/1") + "\r\n",
        head(&ann, "GET", "") + "connection: close\r\n\r\n",
    ];
    let responses = exchange(&app, &requests.concat(), false).await?;
    assert_eq!(statuses(&responses), [200, 304, 204, 200], "{responses}");
    assert!(responses.ends_with("\r\n\r\n[]") && !responses.contains("milk"), "{responses}");
    let length = format!("content-length: {}\r\n", json!([task]).to_string().len());
    assert!(responses.split("HTTP/1.1 ").nth(1).unwrap().contains(&length), "HEAD tells the length: {responses}");
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_body_in_chunks_counts_when_it_is_whole_and_short_enough() -> Result<()> {
    let app = TestApp::start().await?;
    let ann = app.sign_up("Ann").await?;
    let post = head(&ann, "POST", "") + "content-type: application/json\r\nconnection: close\r\n";
    let chunked = post.clone() + "transfer-encoding: chunked\r\n\r\n";
    let large = format!("14000\r\n{}\r\n", " ".repeat(0x14000));
    for (request, ends, status) in [
        (format!("{chunked}8\r\n{{\"title\"\r\n7\r\n:\"good\"\r\n1\r\n}}\r\n0\r\n\r\n"), false, 201),
        (format!("{chunked}e\r\n{{\"title\":\"a\"}} \r\nzz\r\n"), false, 400),
        (format!("{chunked}e\r\n{{\"title\":\"b\"}} \r\n"), true, 400),
        (format!("{post}content-length: 50\r\n\r\n{{\"title\":\"c\"}}"), true, 400),
        (format!("{chunked}{large}{large}0\r\n\r\n"), false, 413),
        (format!("{post}content-length: 6000000000\r\n\r\n"), false, 413),
    ] {
        let response = exchange(&app, &request, ends).await?;
        assert_eq!(statuses(&response), [status], "{response}");
    }
    assert_eq!(ann.list().await?, ["good"]);
    Ok(())
}

/// What a client gets that begins late and goes on slowly.
async fn slowly(app: &TestApp, request: &str) -> Result<String> {
    let socket = TcpSocket::new_v4()?;
    socket.set_recv_buffer_size(4096)?;
    let mut stream = socket.connect(app.base.strip_prefix("http://").context("base")?.parse()?).await?;
    stream.write_all(request.as_bytes()).await?;
    sleep(Duration::from_secs(1)).await;
    let (mut response, mut chunk, mut reads) = (Vec::new(), vec![0; 64 * 1024], 0);
    loop {
        let length = stream.read(&mut chunk).await?;
        if length == 0 {
            return Ok(String::from_utf8(response)?);
        }
        response.extend_from_slice(&chunk[..length]);
        reads += 1;
        if reads % 100 == 0 {
            sleep(Duration::from_millis(10)).await;
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_long_list_reaches_a_slow_reader_whole() -> Result<()> {
    let app = TestApp::start().await?;
    let ann = app.sign_up("Ann").await?;
    let tasks: Vec<Value> =
        (0..4000).map(|n| json!({"title": format!("task {n}"), "description": "x".repeat(950)})).collect();
    assert_eq!(ann.send("POST", "/tasks/import", json!(tasks)).await?.0, 200);
    let (_, expected) = ann.ask("GET", "/tasks").await?;
    let list = slowly(&app, &(head(&ann, "GET", "") + "connection: close\r\n\r\n")).await?;
    let body = list.split_once("\r\n\r\n").context("a body")?.1;
    assert!(serde_json::from_str::<Value>(body)? == expected, "{} bytes", body.len());
    // HTTP/1.0 knows no chunks: the response is what comes until the end.
    let export = head(&ann, "GET", "/export").replace("HTTP/1.1", "HTTP/1.0") + "\r\n";
    let export = slowly(&app, &export).await?;
    let body = export.split_once("\r\n\r\n").context("a body")?.1;
    assert!(serde_json::from_str::<Value>(body)? == expected, "{} bytes", body.len());
    Ok(())
}
