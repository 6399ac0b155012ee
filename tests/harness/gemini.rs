//! Stand-ins for Gemini: aimock (npm `@copilotkit/aimock`) with fixtures, responses for a mock server, and a model that sends each
//! piece of its response when the test says so.

use std::ffi::OsStr;
use std::time::Duration;

use anyhow::{Context, Result, bail, ensure};
use serde_json::{Value, json};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::process::Child;
use tokio::sync::mpsc;
use tokio::time::timeout;
use wiremock::ResponseTemplate;

use crate::fault_proxy::read_request;
use crate::node;
use crate::project::root;

/// The variables that point the chat at a Gemini at `url`.
pub fn gemini_variables(url: &str) -> Vec<(&str, &str)> {
    vec![("gemini_url", url), ("gemini_api_version", "v1beta"), ("gemini_api_key", "test-key")]
}

/// A running aimock; it ends when it is dropped.
pub struct AimockServer {
    /// `http://127.0.0.1:PORT`.
    pub url: String,
    _process: Child,
}

impl AimockServer {
    /// Starts it on the fixtures of `tests/fixtures/gemini`.
    pub async fn start() -> Result<Self> {
        let program = root().join("tests/node_modules/@copilotkit/aimock/dist/cli.js");
        ensure!(program.exists(), "aimock is missing; run the tests by `make test`, or `npm --prefix tests ci`");
        let port = TcpListener::bind("127.0.0.1:0").await?.local_addr()?.port();
        let (url, port) = (format!("http://127.0.0.1:{port}"), port.to_string());
        let options = ["-h", "127.0.0.1", "-p", &port, "--strict", "--validate-on-load", "-f"].map(OsStr::new);
        let fixtures = root().join("tests/fixtures/gemini");
        let (process, mut lines) = node::start(&[&[program.as_ref()], &options[..], &[fixtures.as_ref()]].concat())?;
        let listening = async {
            while let Some(line) = lines.next_line().await? {
                if line.contains(&port) {
                    return Ok(());
                }
            }
            bail!("aimock ended")
        };
        timeout(Duration::from_secs(30), listening).await.context("aimock does not listen")??;
        tokio::spawn(async move { while let Ok(Some(_)) = lines.next_line().await {} });
        Ok(Self { url, _process: process })
    }
}

/// One event of a response with these parts. It is the last one unless there is `more`.
pub fn model_event(parts: &Value, more: bool) -> String {
    let mut candidate = json!({"content": {"role": "model", "parts": parts}, "index": 0});
    if !more {
        candidate["finishReason"] = json!("STOP");
    }
    let usage = json!({"promptTokenCount": 100, "candidatesTokenCount": 20, "totalTokenCount": 120});
    let event = json!({"candidates": [candidate], "usageMetadata": usage, "modelVersion": "gemini-3.5-flash-lite-001"});
    format!("data: {event}\r\n\r\n")
}

/// A whole response for a mock server.
pub fn model_says(parts: Value) -> ResponseTemplate {
    ResponseTemplate::new(200).set_body_raw(model_event(&parts, false), "text/event-stream")
}

/// A model whose responses the test writes. Each connection takes one request.
pub struct FakeModel {
    /// `http://127.0.0.1:PORT`.
    pub url: String,
    requests: mpsc::UnboundedReceiver<ModelReply>,
}

/// The response to one request. It ends when it is dropped.
pub struct ModelReply(TcpStream);

impl FakeModel {
    /// Starts to listen.
    pub async fn start() -> Result<Self> {
        let listener = TcpListener::bind("127.0.0.1:0").await?;
        let url = format!("http://{}", listener.local_addr()?);
        let (sender, requests) = mpsc::unbounded_channel();
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                if sender.send(ModelReply(stream)).is_err() {
                    break;
                }
            }
        });
        Ok(Self { url, requests })
    }

    /// Waits for the next request and begins its response.
    pub async fn next_request(&mut self) -> Result<ModelReply> {
        let request =
            timeout(Duration::from_secs(20), self.requests.recv()).await.context("no request reaches the model")?;
        let mut speaker = request.context("the listener ended")?;
        read_request(&mut speaker.0).await?;
        speaker.0.write_all(b"HTTP/1.1 200 OK\r\ncontent-type: text/event-stream\r\nconnection: close\r\n\r\n").await?;
        Ok(speaker)
    }

    /// Whether there is no further request.
    pub fn is_idle(&mut self) -> bool {
        self.requests.try_recv().is_err()
    }
}

impl ModelReply {
    /// Sends a piece of the response.
    pub async fn say(&mut self, parts: Value, more: bool) -> Result<()> {
        self.0.write_all(model_event(&parts, more).as_bytes()).await.context("the app hung up")
    }

    /// Waits until the client hangs up.
    pub async fn hung_up(mut self) -> Result<()> {
        let mut rest = [0; 16];
        while self.0.read(&mut rest).await.unwrap_or(0) > 0 {}
        Ok(())
    }
}
