//! A browser as far as cookies go: it keeps what it is given and sends it with every request.

use std::collections::BTreeMap;

use anyhow::{Context, Result, ensure};
use reqwest::{RequestBuilder, Response};
use serde_json::{Value, json};

use crate::app::TestApp;
use crate::google::GoogleServer;

/// One browser at one app.
pub struct TestBrowser<'a> {
    app: &'a TestApp,
    /// Names and values.
    pub cookies: BTreeMap<String, String>,
}

impl<'a> TestBrowser<'a> {
    /// A browser without cookies.
    pub fn new(app: &'a TestApp) -> Self {
        Self { app, cookies: BTreeMap::new() }
    }

    /// GET; `path` follows `/api/auth`.
    pub async fn get(&mut self, path: &str) -> Result<Response> {
        self.send(self.app.get(&format!("/api/auth{path}"))).await
    }

    /// POST of JSON from a page of the app.
    pub async fn post(&mut self, path: &str, body: Value) -> Result<Response> {
        self.send(self.app.post(&format!("/api/auth{path}"), &body).header("origin", &self.app.base)).await
    }

    /// The status and the JSON of a POST.
    pub async fn ask(&mut self, path: &str, body: Value) -> Result<(u16, Value)> {
        let response = self.post(path, body).await?;
        let status = response.status().as_u16();
        let text = response.text().await?;
        Ok((status, if text.is_empty() { Value::Null } else { serde_json::from_str(&text)? }))
    }

    /// Sends a request with the cookies, and keeps those of the response.
    pub async fn send(&mut self, request: RequestBuilder) -> Result<Response> {
        let header: Vec<String> = self.cookies.iter().map(|(name, value)| format!("{name}={value}")).collect();
        let request = if header.is_empty() { request } else { request.header("cookie", header.join("; ")) };
        let response = request.send().await?;
        for line in response.headers().get_all("set-cookie") {
            let line = line.to_str()?;
            let (name, rest) = line.split_once('=').context("a cookie without a name")?;
            match line.contains("Max-Age=0") {
                true => self.cookies.remove(name),
                false => self.cookies.insert(name.to_owned(), rest.split(';').next().unwrap_or_default().to_owned()),
            };
        }
        Ok(response)
    }

    /// Begins the way over Google and returns the `state`.
    pub async fn begin(&mut self, path: &str) -> Result<String> {
        let body = json!({"provider": "google", "callbackURL": "/after", "errorCallbackURL": "/failed", "newUserCallbackURL": "/welcome"});
        let (status, response) = self.ask(path, body).await?;
        ensure!(status == 200, "{path}: {response}");
        let url = reqwest::Url::parse(response["url"].as_str().context("url")?)?;
        let state = url.query_pairs().find(|(name, _)| name == "state").context("state")?;
        Ok(state.1.into_owned())
    }

    /// Comes back from Google and returns where the browser is sent.
    pub async fn come_back(&mut self, state: &str, claims: &Value) -> Result<String> {
        let response = self.get(&format!("/callback/google?state={state}&code={}", GoogleServer::code(claims))).await?;
        ensure!(response.status() == 302, "callback: {}", response.status());
        Ok(response.headers()["location"].to_str()?.to_owned())
    }

    /// Signs in as this person and returns where the browser is sent.
    pub async fn sign_in(&mut self, claims: &Value) -> Result<String> {
        let state = self.begin("/sign-in/social").await?;
        self.come_back(&state, claims).await
    }

    /// The user of the session, or null.
    pub async fn user(&mut self) -> Result<Value> {
        Ok(self.get("/get-session").await?.json::<Value>().await?["user"].clone())
    }
}
