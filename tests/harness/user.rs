//! A signed-in user and the requests that only they may make.

use anyhow::{Context, Result, ensure};
use reqwest::{RequestBuilder, Response, StatusCode};
use serde::de::DeserializeOwned;
use serde_json::{Value, json};
use sql_checks::connect;

use crate::app::TestApp;

/// A user of one app with their cookie and access token.
pub struct TestUser<'a> {
    /// The app.
    pub app: &'a TestApp,
    /// The user's id.
    pub id: String,
    /// The e-mail address.
    pub email: String,
    /// The `Cookie` header of the session.
    pub cookie: String,
    /// The JWT of `GET /api/auth/token`.
    pub token: String,
}

/// The password of every test user.
pub const PASSWORD: &str = "correct horse battery";

impl TestApp {
    /// Signs a new user up.
    pub async fn sign_up(&self, name: &str) -> Result<TestUser<'_>> {
        TestUser::sign_up(self, name).await
    }
}

impl<'a> TestUser<'a> {
    async fn sign_up(app: &'a TestApp, name: &str) -> Result<Self> {
        let email = format!("{}@example.com", name.to_ascii_lowercase());
        let body = json!({"name": name, "email": email, "password": PASSWORD});
        let response = app.post("/api/auth/sign-up/email", &body).send().await?;
        ensure!(response.status() == 200, "sign-up: {}", response.text().await?);
        let cookie = session_cookie(&response)?;
        let id = response.json::<Value>().await?["user"]["id"].as_str().context("user.id")?.to_owned();
        let token: Value = app.get("/api/auth/token").header("cookie", &cookie).send().await?.json().await?;
        let token = token["token"].as_str().context("token")?.to_owned();
        Ok(Self { app, id, email, cookie, token })
    }

    /// Moves the user to where it is noon, and lets their days begin at two. Returns the zone, and the user's today, which is the day before
    /// there, tomorrow and the day after, such as `2026-12-01`.
    pub async fn start_days_late(&self) -> Result<(String, [String; 3])> {
        let database = connect(&self.app.database_url).await?;
        let hour = "select 12 - extract(hour from now() at time zone 'UTC')::int";
        let east: i32 = database.query_one(hour, &[]).await?.get(0);
        let zone = format!("Etc/GMT{:+}", -east);
        self.send("PATCH", "/settings", json!({"time_zone": zone, "day_start": "14:00"})).await?;
        let days = "select to_char(day - 1, 'YYYY-MM-DD'), to_char(day, 'YYYY-MM-DD'), to_char(day + 1, 'YYYY-MM-DD')
            from (select (now() at time zone $1::text)::date as day) as there";
        let days = database.query_one(days, &[&zone]).await?;
        Ok((zone, [0, 1, 2].map(|at| days.get(at))))
    }

    /// A request with the user's access token; `path` follows `/api/{user_id}`.
    pub fn request(&self, method: &str, path: &str) -> RequestBuilder {
        self.app.request(method, &format!("/api/{}{path}", self.id)).bearer_auth(&self.token)
    }

    /// A request to `/api/auth` with the session's cookie, as a page of the app sends it.
    pub fn auth(&self, method: &str, path: &str) -> RequestBuilder {
        let request = self.app.request(method, &format!("/api/auth{path}"));
        request.header("cookie", &self.cookie).header("origin", &self.app.base)
    }

    /// Signs in once more: the same user with another session.
    pub async fn sign_in(&self) -> Result<Self> {
        let body = json!({"email": self.email, "password": PASSWORD});
        let response = self.app.post("/api/auth/sign-in/email", &body).send().await?;
        ensure!(response.status() == 200, "sign-in: {}", response.text().await?);
        let cookie = session_cookie(&response)?;
        let (id, email, token) = (self.id.clone(), self.email.clone(), self.token.clone());
        Ok(Self { app: self.app, id, email, cookie, token })
    }

    /// Sends a request with a JSON body and returns status and JSON (null without a body).
    pub async fn send(&self, method: &str, path: &str, body: Value) -> Result<(StatusCode, Value)> {
        response_json(self.request(method, path).json(&body)).await
    }

    /// The same without a body.
    pub async fn ask(&self, method: &str, path: &str) -> Result<(StatusCode, Value)> {
        response_json(self.request(method, path)).await
    }

    /// The pages of a list from this one on, by their `Link` headers.
    pub async fn pages<T: DeserializeOwned>(&self, path: &str) -> Result<Vec<T>> {
        let (mut path, mut pages) = (format!("/api/{}{path}", self.id), Vec::new());
        loop {
            let response = self.app.get(&path).bearer_auth(&self.token).send().await?.error_for_status()?;
            let link = response.headers().get("link").map(|link| link.to_str().map(str::to_owned)).transpose()?;
            pages.push(response.json().await?);
            let Some(link) = link else { return Ok(pages) };
            path = link.split(['<', '>']).nth(1).context("a link")?.to_owned();
        }
    }

    /// Adds a task and returns its number.
    pub async fn add(&self, title: &str) -> Result<i64> {
        let (status, task) = self.send("POST", "/tasks", json!({"title": title})).await?;
        ensure!(status == 201, "add: {task}");
        task["id"].as_i64().context("id")
    }

    /// The titles of the user's tasks, in order, completed ones with a leading "✓ ".
    pub async fn list(&self) -> Result<Vec<String>> {
        let (status, tasks) = self.ask("GET", "/tasks").await?;
        ensure!(status == 200, "list: {tasks}");
        let line = |task: &Value| {
            let mark = if task["completed"] == true { "✓ " } else { "" };
            format!("{mark}{}", task["title"].as_str().unwrap_or_default())
        };
        Ok(tasks.as_array().context("an array")?.iter().map(line).collect())
    }

    /// Sends one message to the assistant.
    pub async fn chat(&self, body: Value) -> Result<(StatusCode, Value)> {
        self.send("POST", "/chat", body).await
    }

    /// Sends one message to the assistant and returns the response, a stream of events.
    pub async fn stream(&self, body: Value) -> Result<Response> {
        let request = self.request("POST", "/chat").header("accept", "text/event-stream").json(&body);
        let response = request.send().await?;
        ensure!(response.status() == 200, "stream: {}", response.text().await?);
        Ok(response)
    }

    /// One JSON-RPC call at `/mcp`.
    pub async fn mcp(&self, method: &str, params: Value) -> Result<Value> {
        let call = json!({"jsonrpc": "2.0", "id": 1, "method": method, "params": params});
        let (status, response) = response_json(self.app.post("/mcp", &call).bearer_auth(&self.token)).await?;
        ensure!(status == 200, "mcp: {status} {response}");
        Ok(response)
    }
}

fn session_cookie(response: &Response) -> Result<String> {
    let cookie = response.headers().get("set-cookie").context("no cookie")?.to_str()?;
    Ok(cookie.split(';').next().unwrap_or_default().to_owned())
}

async fn response_json(request: RequestBuilder) -> Result<(StatusCode, Value)> {
    let response = request.send().await?;
    let status = response.status();
    let body = response.bytes().await?;
    let value = if body.is_empty() { Value::Null } else { serde_json::from_slice(&body)? };
    Ok((status, value))
}
