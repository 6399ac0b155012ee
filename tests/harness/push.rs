//! A stand-in for a push service and the browsers behind it: `tests/stand-ins/push.mjs` in Node.

use std::time::Duration;

use anyhow::{Context, Result};
use reqwest::Client;
use serde_json::{Value, json};
use tokio::process::Child;
use tokio::time::timeout;

use crate::node;
use crate::project::root;

/// The secret of the clock in tests.
pub const CLOCK_SECRET: &str = "a secret of the clock, forty characters!";
/// A key that signs push messages.
const VAPID_KEY: &str = "RS0WdYWWo1HajXg3NZR1olzCf31i-ZBGDkFyCs7j1jw";

/// A running stand-in; it ends when it is dropped.
pub struct PushServer {
    /// `http://127.0.0.1:PORT`.
    pub origin: String,
    client: Client,
    _process: Child,
}

impl PushServer {
    /// Starts it.
    pub async fn start() -> Result<Self> {
        let program = root().join("tests/stand-ins/push.mjs");
        let (process, mut lines) = node::start(&[program.as_ref(), "0".as_ref()])?;
        let first = timeout(Duration::from_secs(30), lines.next_line()).await.context("the stand-in does not start")?;
        let origin = first?.context("the stand-in ended")?;
        Ok(Self { origin, client: Client::new(), _process: process })
    }

    /// The variables of an app whose clock sends messages here.
    pub fn variables(&self) -> Vec<(&str, &str)> {
        vec![("push_service_origin", &self.origin), ("clock_secret", CLOCK_SECRET), ("vapid_private_key", VAPID_KEY)]
    }

    /// A new browser: what it gives the app when it subscribes.
    pub async fn browser(&self) -> Result<Value> {
        self.post("/_browser", &json!({})).await
    }

    /// From now on the service responds in this way to messages for a browser: `status`, `retryAfter` in seconds, `delay` in milliseconds.
    pub async fn behave(&self, browser: &Value, mut behaviour: Value) -> Result<()> {
        behaviour["endpoint"] = browser["endpoint"].clone();
        self.post("/_behave", &behaviour).await.map(|_| ())
    }

    /// All messages that were taken, decrypted, in their order.
    pub async fn messages(&self) -> Result<Vec<Value>> {
        Ok(self.client.get(format!("{}/_messages", self.origin)).send().await?.json().await?)
    }

    async fn post(&self, path: &str, body: &Value) -> Result<Value> {
        Ok(self
            .client
            .post(format!("{}{path}", self.origin))
            .json(body)
            .send()
            .await?
            .error_for_status()?
            .json()
            .await?)
    }
}
