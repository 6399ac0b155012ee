//! The running app: on this project's host inside the test's process, or, with `TEST_RUNTIME=spin`, on the `spin` on PATH.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;

use anyhow::{Context, Result, bail, ensure};
use host::{HostConfig, HostLimits, LoadedApp, LogSink};
use reqwest::{Client, RequestBuilder};
use serde_json::Value;
use sql_checks::{create_migrated_database, execute};
use tempfile::TempDir;
use tokio::net::TcpListener;
use tokio::sync::oneshot;

use crate::log_lines::LogLines;
use crate::project::root;
use crate::spin_process::SpinProcess;

/// `better_auth_secret` of every app.
pub const SECRET: &str = "a secret for the tests, forty characters";

/// One app on `base`, with a database and a key-value store of its own. It stops when it is dropped.
pub struct TestApp {
    /// `http://127.0.0.1:PORT`.
    pub base: String,
    /// The database's URL.
    pub database_url: String,
    client: Client,
    log: LogLines,
    _runtime: AppRuntime,
    _state: TempDir,
}

type Variables = BTreeMap<String, String>;

/// The runtime that serves the app until it is dropped.
enum AppRuntime {
    Host { _stop: oneshot::Sender<()> },
    Spin { _process: SpinProcess },
}

/// Whether the app runs on Spin, which limits neither the time nor the memory of a request as [`HostLimits`] does.
pub fn is_on_spin() -> bool {
    std::env::var("TEST_RUNTIME").is_ok_and(|runtime| runtime == "spin")
}

impl TestApp {
    /// Starts the app with the offline assistant on a fresh, migrated database.
    pub async fn start() -> Result<Self> {
        Self::with(&[]).await
    }

    /// The same with these variables; one may name a database that is there.
    pub async fn with(variables: &[(&str, &str)]) -> Result<Self> {
        let given = variables.iter().find(|(name, _)| *name == "database_url").map(|(_, url)| (*url).to_owned());
        let url = match given {
            Some(url) => url,
            None => create_migrated_database().await?,
        };
        let app = Self::on(&url, variables).await?;
        let ready = app.get("/ready").send().await?;
        ensure!(ready.status() == 200, "not ready: {}\n{}", ready.text().await?, app.log());
        Ok(app)
    }

    /// Starts the app on this database and leaves that as it is.
    pub async fn on(database_url: &str, variables: &[(&str, &str)]) -> Result<Self> {
        Self::limited(database_url, variables, HostLimits::default()).await
    }

    /// The same with other limits of this project's host. Spin gets those of the reuse of instances.
    pub async fn limited(database_url: &str, variables: &[(&str, &str)], limits: HostLimits) -> Result<Self> {
        let listener = TcpListener::bind("127.0.0.1:0").await?;
        let base = format!("http://{}", listener.local_addr()?);
        let variables = all_variables(&base, database_url, variables);
        let (state, log) = (tempfile::tempdir()?, LogLines::default());
        let runtime = match std::env::var("TEST_RUNTIME").as_deref() {
            Err(_) | Ok("host") => serve(listener, variables, state.path(), log.clone(), limits).await?,
            Ok("spin") => {
                drop(listener);
                let process = SpinProcess::start(&base, &variables, state.path(), &limits.reuse, log.clone()).await?;
                AppRuntime::Spin { _process: process }
            }
            Ok(other) => bail!("TEST_RUNTIME must be host or spin, not {other}"),
        };
        let database_url = database_url.to_owned();
        Ok(Self { base, database_url, client: client()?, log, _runtime: runtime, _state: state })
    }

    /// Runs statements on the app's database: time that passes, a fault that is injected.
    pub async fn database(&self, statements: &str) -> Result<()> {
        execute(&self.database_url, statements).await
    }

    /// The log of the components and the host so far.
    pub fn log(&self) -> String {
        self.log.lock().expect("no writer panics").join("\n")
    }

    /// A request without credentials.
    pub fn request(&self, method: &str, path: &str) -> RequestBuilder {
        let method = method.parse().expect("a method");
        self.client.request(method, format!("{}{path}", self.base))
    }

    /// GET without credentials.
    pub fn get(&self, path: &str) -> RequestBuilder {
        self.request("GET", path)
    }

    /// POST of JSON without credentials.
    pub fn post(&self, path: &str, body: &Value) -> RequestBuilder {
        self.request("POST", path).json(body)
    }
}

/// Serves the app on this project's host.
async fn serve(
    listener: TcpListener,
    variables: Variables,
    state: &Path,
    log: LogLines,
    limits: HostLimits,
) -> Result<AppRuntime> {
    let mut config = HostConfig::new(root().join("spin.toml"));
    config.variables = variables.into_iter().map(|(name, value)| (name, value.into())).collect();
    config.state_dir = state.to_owned();
    config.cache_dir = Some(root().join("target/host-cache"));
    config.access_log = LogSink::Nowhere;
    config.limits = limits;
    config.log = LogSink::Function(Arc::new(move |line: &str| log.lock().expect("no writer panics").push(line.into())));
    let app = tokio::task::spawn_blocking(move || LoadedApp::load(config)).await??;
    let (stop, stopped) = oneshot::channel();
    tokio::spawn(Arc::new(app).serve(listener, async {
        stopped.await.ok();
    }));
    Ok(AppRuntime::Host { _stop: stop })
}

fn client() -> Result<Client> {
    Client::builder().redirect(reqwest::redirect::Policy::none()).build().context("HTTP client")
}

fn all_variables(base: &str, database_url: &str, more: &[(&str, &str)]) -> Variables {
    let address = database_url.rsplit('@').next().and_then(|rest| rest.split('/').next()).unwrap_or_default();
    let database = [("database_url", database_url), ("database_address", address)];
    let own = [
        ("better_auth_url", base),
        ("key_set_origin", base),
        ("mcp_server_origin", base),
        ("better_auth_secret", SECRET),
    ];
    database.iter().chain(&own).chain(more).map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect()
}
