//! A stand-in for Google's sign-in: `tests/stand-ins/google.mjs` in Node.

use std::time::Duration;

use anyhow::{Context, Result};
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use reqwest::Client;
use serde_json::{Value, json};
use tokio::process::Child;
use tokio::time::timeout;

use crate::node;
use crate::project::root;

/// Our id at the stand-in.
pub const GOOGLE_CLIENT_ID: &str = "fake-google-client-id";

/// A running stand-in with fresh keys; it ends when it is dropped.
pub struct GoogleServer {
    /// `http://127.0.0.1:PORT`.
    pub origin: String,
    client: Client,
    _process: Child,
}

impl GoogleServer {
    /// Starts it.
    pub async fn start() -> Result<Self> {
        let program = root().join("tests/stand-ins/google.mjs");
        let (process, mut lines) = node::start(&[program.as_ref(), "0".as_ref()])?;
        let first = timeout(Duration::from_secs(30), lines.next_line()).await.context("the stand-in does not start")?;
        let origin = first?.context("the stand-in ended")?;
        Ok(Self { origin, client: Client::new(), _process: process })
    }

    /// The variables that point the app here.
    pub fn variables(&self) -> Vec<(&str, &str)> {
        let addresses = ["google_accounts_origin", "google_token_origin", "google_certs_origin"];
        let mut all: Vec<(&str, &str)> = addresses.iter().map(|name| (*name, self.origin.as_str())).collect();
        all.extend([("google_client_id", GOOGLE_CLIENT_ID), ("google_client_secret", "fake-google-client-secret")]);
        all
    }

    /// The code that the token endpoint exchanges for an id token with these claims.
    pub fn code(claims: &Value) -> String {
        URL_SAFE_NO_PAD.encode(claims.to_string())
    }

    /// An id token with these claims.
    pub async fn id_token(&self, claims: &Value) -> Result<String> {
        let response: Value = self.post("/_id_token", claims).await?;
        Ok(response["id_token"].as_str().context("id_token")?.to_owned())
    }

    /// Replaces the keys.
    pub async fn rotate(&self) -> Result<()> {
        self.post("/_rotate", &json!({})).await.map(|_| ())
    }

    /// What was asked so far: `{"token": [form…], "certs": number}`.
    pub async fn log(&self) -> Result<Value> {
        Ok(self.client.get(format!("{}/_log", self.origin)).send().await?.json().await?)
    }

    async fn post(&self, path: &str, body: &Value) -> Result<Value> {
        Ok(self.client.post(format!("{}{path}", self.origin)).json(body).send().await?.json().await?)
    }
}
