//! Stand-ins for Gemini: aimock (npm `@copilotkit/aimock`), which others wrote and which answers from fixtures; answers
//! for a mock server; and one that says each piece of its answer when the test tells it to.

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

use crate::relay::read_request;
use crate::{node, root};

/// The variables that point the chat at a Gemini at `url`.
pub fn gemini_variables(url: &str) -> Vec<(&str, &str)> {
    vec![("gemini_url", url), ("gemini_api_version", "v1beta"), ("gemini_api_key", "test-key")]
}

/// A running aimock; it ends when it is dropped.
pub struct Aimock {
    /// `http://127.0.0.1:PORT`.
    pub url: String,
    _process: Child,
}

impl Aimock {
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

/// One event of an answer: these parts, and the end of it unless there is more.
pub fn model_event(parts: &Value, more: bool) -> String {
    let mut candidate = json!({"content": {"role": "model", "parts": parts}, "index": 0});
    if !more {
        candidate["finishReason"] = json!("STOP");
    }
    let usage = json!({"promptTokenCount": 100, "candidatesTokenCount": 20, "totalTokenCount": 120});
    let event = json!({"candidates": [candidate], "usageMetadata": usage, "modelVersion": "gemini-3.5-flash-lite-001"});
    format!("data: {event}\r\n\r\n")
}

/// A whole answer, as a mock server gives it.
pub fn model_says(parts: Value) -> ResponseTemplate {
    ResponseTemplate::new(200).set_body_raw(model_event(&parts, false), "text/event-stream")
}

/// A model that the test speaks for: each connection takes one request, and then what the test says.
pub struct Puppet {
    /// `http://127.0.0.1:PORT`.
    pub url: String,
    requests: mpsc::UnboundedReceiver<Speaker>,
}

/// The answer to one request. Dropped, it ends.
pub struct Speaker(TcpStream);

impl Puppet {
    /// Starts to listen.
    pub async fn start() -> Result<Self> {
        let listener = TcpListener::bind("127.0.0.1:0").await?;
        let url = format!("http://{}", listener.local_addr()?);
        let (sender, requests) = mpsc::unbounded_channel();
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                if sender.send(Speaker(stream)).is_err() {
                    break;
                }
            }
        });
        Ok(Self { url, requests })
    }

    /// The next request, to which the answer has begun.
    pub async fn asked(&mut self) -> Result<Speaker> {
        let request = timeout(Duration::from_secs(20), self.requests.recv()).await.context("nobody asks the model")?;
        let mut speaker = request.context("the listener ended")?;
        read_request(&mut speaker.0).await?;
        speaker.0.write_all(b"HTTP/1.1 200 OK\r\ncontent-type: text/event-stream\r\nconnection: close\r\n\r\n").await?;
        Ok(speaker)
    }

    /// Whether nobody has asked since.
    pub fn is_idle(&mut self) -> bool {
        self.requests.try_recv().is_err()
    }
}

impl Speaker {
    /// Says a piece of the answer.
    pub async fn say(&mut self, parts: Value, more: bool) -> Result<()> {
        self.0.write_all(model_event(&parts, more).as_bytes()).await.context("the app hung up")
    }

    /// Waits until whoever asked hangs up.
    pub async fn hung_up(mut self) -> Result<()> {
        let mut rest = [0; 16];
        while self.0.read(&mut rest).await.unwrap_or(0) > 0 {}
        Ok(())
    }
}
