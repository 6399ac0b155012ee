//! Server-sent events, whole or as they come.

use anyhow::{Context, Result, ensure};
use reqwest::Response;
use serde_json::Value;

/// The events of a stream that has ended: each a JSON object, `[DONE]` last.
pub fn events(text: &str) -> Result<Vec<Value>> {
    let frames: Vec<&str> = text.split("\n\n").filter(|frame| !frame.is_empty() && !frame.starts_with(':')).collect();
    let (last, frames) = frames.split_last().context("no events")?;
    ensure!(*last == "data: [DONE]", "the stream ends with {last:?}");
    frames.iter().map(|frame| read(frame)).collect()
}

fn read(frame: &str) -> Result<Value> {
    let data = frame.strip_prefix("data: ").with_context(|| format!("not an event: {frame:?}"))?;
    serde_json::from_str(data).with_context(|| format!("not JSON: {data}"))
}

/// Events as they come.
pub struct Events {
    response: Response,
    buffer: String,
}

impl Events {
    /// Those of a response.
    pub fn of(response: Response) -> Self {
        Self { response, buffer: String::new() }
    }

    /// The next event; none at the end.
    pub async fn next(&mut self) -> Result<Option<Value>> {
        loop {
            if let Some((frame, rest)) = self.buffer.split_once("\n\n") {
                let (frame, rest) = (frame.to_owned(), rest.to_owned());
                self.buffer = rest;
                match frame.as_str() {
                    "data: [DONE]" => return Ok(None),
                    frame if frame.starts_with(':') => {}
                    frame => return read(frame).map(Some),
                }
                continue;
            }
            let chunk = self.response.chunk().await?.context("the stream ended early")?;
            self.buffer.push_str(std::str::from_utf8(&chunk)?);
        }
    }

    /// Waits for the next event of this type.
    pub async fn until(&mut self, kind: &str) -> Result<Value> {
        loop {
            let event = self.next().await?.with_context(|| format!("no {kind}"))?;
            if event["type"] == kind {
                return Ok(event);
            }
        }
    }
}
