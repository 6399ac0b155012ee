//! Server-sent events, whole or as they come.

use std::collections::VecDeque;

use anyhow::{Context, Result, ensure};
use reqwest::Response;
use serde_json::Value;
use sse::EventReader;

/// The data of the last event.
const DONE: &str = "[DONE]";

/// The events of a stream that has ended: each a JSON object, `[DONE]` last.
pub fn events(text: &str) -> Result<Vec<Value>> {
    let (mut reader, mut data) = (EventReader::default(), VecDeque::new());
    reader.push(text.as_bytes(), &mut |event| data.push_back(event.to_vec()));
    let other_lines = reader.finish(&mut |event| data.push_back(event.to_vec()))?;
    ensure!(other_lines.is_empty(), "not an event: {:?}", String::from_utf8_lossy(&other_lines));
    let last = data.pop_back().context("no events")?;
    ensure!(last == DONE.as_bytes(), "the stream ends with {:?}", String::from_utf8_lossy(&last));
    data.iter().map(|event| read(event)).collect()
}

fn read(data: &[u8]) -> Result<Value> {
    serde_json::from_slice(data).with_context(|| format!("not JSON: {}", String::from_utf8_lossy(data)))
}

/// Events as they come.
pub struct Events {
    response: Response,
    reader: EventReader,
    data: VecDeque<Vec<u8>>,
}

impl Events {
    /// Those of a response.
    pub fn of(response: Response) -> Self {
        Self { response, reader: EventReader::default(), data: VecDeque::new() }
    }

    /// The next event; none at the end.
    pub async fn next(&mut self) -> Result<Option<Value>> {
        loop {
            match self.data.pop_front() {
                Some(data) if data == DONE.as_bytes() => return Ok(None),
                Some(data) => return read(&data).map(Some),
                None => {
                    let chunk = self.response.chunk().await?.context("the stream ended early")?;
                    self.reader.push(&chunk, &mut |event| self.data.push_back(event.to_vec()));
                }
            }
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
