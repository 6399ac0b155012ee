//! Requests as bytes on a connection, for what a client library does not do.

use std::time::Duration;

use anyhow::{Context, Result};
use serde_json::Value;
use tests::{TestApp, TestUser};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio::time::timeout;

/// Sends these bytes, and nothing after them if `ends`, and returns what came until the connection was closed.
pub(crate) async fn exchange(app: &TestApp, bytes: &str, ends: bool) -> Result<String> {
    let mut stream = TcpStream::connect(app.base.strip_prefix("http://").context("base")?).await?;
    stream.write_all(bytes.as_bytes()).await?;
    if ends {
        stream.shutdown().await?;
    }
    let mut response = Vec::new();
    timeout(Duration::from_secs(10), stream.read_to_end(&mut response)).await.context(bytes.to_owned())??;
    Ok(String::from_utf8(response)?)
}

/// Checks that a body of 8 MiB and a byte is rejected before it is sent. A client that sends it may lose the response,
/// since the server closes the connection.
pub(crate) async fn rejects_large_body(user: &TestUser<'_>, method: &str, path: &str, media_type: &str) -> Result<()> {
    let head = format!(
        "{method} {path} HTTP/1.1\r\nhost: x\r\nauthorization: Bearer {}\r\ncontent-type: {media_type}\r\ncontent-length: {}\r\nconnection: close\r\n\r\n",
        user.token,
        (8 << 20) + 1
    );
    let response = exchange(user.app, &head, false).await?;
    let (head, body) = response.split_once("\r\n\r\n").context("a response")?;
    assert!(head.starts_with("HTTP/1.1 413 ") && head.contains("application/problem+json"), "{path}: {response}");
    let problem: Value = serde_json::from_str(body).context(body.to_owned())?;
    assert_eq!((problem["code"].as_str(), problem["status"].as_u64()), (Some("too_large"), Some(413)), "{path}");
    Ok(())
}
