//! `todo-host`: serves an app, or sends it a single request.

use std::net::SocketAddr;
use std::path::PathBuf;
use std::process::ExitCode;
use std::sync::Arc;
use std::time::Duration;

use anyhow::{Context, Result, anyhow};
use bytes::Bytes;
use clap::{Args, Parser, Subcommand};
use host::{HostConfig, InstanceReuse, LoadedApp, LogSink, MinuteTimer, VariableValue};
use http::{Method, Request, Uri};
use tokio::net::TcpListener;
use tokio::signal::unix::{SignalKind, signal};

/// Runs the app of a spin.toml where Spin is not installed.
#[derive(Parser)]
#[command(name = "todo-host")]
struct CommandLine {
    #[command(subcommand)]
    command: HostCommand,
}

#[derive(Subcommand)]
enum HostCommand {
    /// Serves the app until it is interrupted.
    Up {
        /// The address to listen on.
        #[arg(long, default_value = "127.0.0.1:3000")]
        listen: SocketAddr,
        #[command(flatten)]
        options: AppOptions,
    },
    /// Sends the app one request and prints the body of the response; fails unless the status is 2xx.
    Request {
        /// The method, for example GET.
        method: Method,
        /// The path, for example /ready.
        path: Uri,
        #[command(flatten)]
        options: AppOptions,
    },
}

#[derive(Args)]
struct AppOptions {
    /// The manifest.
    #[arg(long, default_value = "spin.toml")]
    manifest: PathBuf,
    /// The folder of the key-value store.
    #[arg(long, default_value = ".spin")]
    state_dir: PathBuf,
    /// The folder of compiled components [default: `cache` in the state folder].
    #[arg(long)]
    cache_dir: Option<PathBuf>,
    /// Loads only this component; may be given several times.
    #[arg(long = "component", short = 'c', value_name = "NAME")]
    components: Vec<String>,
    /// Sets a variable of the application; wins over SPIN_VARIABLE_NAME of the environment.
    #[arg(long = "variable", value_name = "NAME=VALUE", value_parser = name_and_value)]
    variables: Vec<(String, VariableValue)>,
    /// How many requests an instance of a WASI 0.3 component serves.
    #[arg(long, value_name = "NUMBER", default_value_t = 128)]
    max_instance_reuse_count: usize,
    /// How many requests an instance of a WASI 0.3 component serves at once.
    #[arg(long, value_name = "NUMBER", default_value_t = 16)]
    max_instance_concurrent_reuse_count: usize,
    /// How long an instance of a WASI 0.3 component waits for another request, as 1s or 200ms.
    #[arg(long, value_name = "TIME", default_value = "1s", value_parser = duration)]
    idle_instance_timeout: Duration,
    /// Writes no access log.
    #[arg(long)]
    quiet: bool,
}

impl AppOptions {
    fn config(self) -> HostConfig {
        let mut config = HostConfig::new(self.manifest);
        config.state_dir = self.state_dir;
        config.cache_dir = self.cache_dir;
        config.components = (!self.components.is_empty()).then_some(self.components);
        config.variables = self.variables.into_iter().collect();
        config.limits.reuse = InstanceReuse {
            requests: self.max_instance_reuse_count,
            concurrent: self.max_instance_concurrent_reuse_count,
            idle_time: self.idle_instance_timeout,
        };
        if self.quiet {
            config.access_log = LogSink::Nowhere;
        }
        config
    }
}

fn name_and_value(text: &str) -> Result<(String, VariableValue)> {
    let (name, value) = text.split_once('=').context("write NAME=VALUE")?;
    Ok((name.to_owned(), value.into()))
}

fn duration(text: &str) -> Result<Duration> {
    let in_milliseconds = text.strip_suffix("ms").map(|number| (number, 1));
    let (number, milliseconds) =
        in_milliseconds.or_else(|| Some((text.strip_suffix('s')?, 1000))).context("write 1s or 200ms")?;
    Ok(Duration::from_millis(number.parse::<u64>()?.saturating_mul(milliseconds)))
}

#[tokio::main]
async fn main() -> ExitCode {
    let result = match CommandLine::parse().command {
        HostCommand::Up { listen, options } => up(listen, options).await,
        HostCommand::Request { method, path, options } => request(method, path, options).await,
    };
    match result {
        Ok(code) => code,
        Err(error) => {
            eprintln!("todo-host: {error:#}");
            ExitCode::FAILURE
        }
    }
}

async fn up(listen: SocketAddr, options: AppOptions) -> Result<ExitCode> {
    let listener = TcpListener::bind(listen).await.map_err(|error| match error.kind() {
        std::io::ErrorKind::AddrInUse => {
            anyhow!("port {} is busy: stop what listens there or choose another with --listen", listen.port())
        }
        _ => anyhow!("cannot listen on {listen}: {error}"),
    })?;
    let (mut interrupt, mut terminate) = (signal(SignalKind::interrupt())?, signal(SignalKind::terminate())?);
    let config = options.config();
    let timer = MinuteTimer::new(&config);
    let app = Arc::new(LoadedApp::load(config)?);
    println!("Serving http://{}", listener.local_addr()?);
    let stop = async {
        tokio::select! {
            _ = interrupt.recv() => {}
            _ = terminate.recv() => {}
        }
    };
    let ticking = timer.map(|timer| tokio::spawn(timer.run(app.clone())));
    app.serve(listener, stop).await?;
    if let Some(ticking) = ticking {
        ticking.abort(); // a reminder that was being sent is sent by the next clock
    }
    Ok(ExitCode::SUCCESS)
}

async fn request(method: Method, path: Uri, mut options: AppOptions) -> Result<ExitCode> {
    options.quiet = true;
    let app = Arc::new(LoadedApp::load(options.config())?);
    let response = app.request(Request::builder().method(method).uri(path).body(Bytes::new())?).await;
    app.close();
    println!("{}", String::from_utf8_lossy(response.body()));
    if response.status().is_success() {
        return Ok(ExitCode::SUCCESS);
    }
    eprintln!("todo-host: the app responded {}", response.status());
    Ok(ExitCode::FAILURE)
}
