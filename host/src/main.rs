//! `todo-host`: serves an app, or sends it a single request.

use std::net::SocketAddr;
use std::path::PathBuf;
use std::process::ExitCode;
use std::sync::Arc;

use anyhow::{Context, Result, anyhow};
use bytes::Bytes;
use clap::{Args, Parser, Subcommand};
use host::{App, Config, Log};
use http::Request;
use tokio::net::TcpListener;
use tokio::signal::unix::{SignalKind, signal};

/// Runs the app of a spin.toml where Spin is not installed.
#[derive(Parser)]
#[command(name = "todo-host")]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Serves the app until it is interrupted.
    Up {
        /// The address to listen on.
        #[arg(long, default_value = "127.0.0.1:3000")]
        listen: SocketAddr,
        #[command(flatten)]
        options: Options,
    },
    /// Sends the app one request, prints the answer's body; fails unless the status is 2xx.
    Request {
        /// The method, for example GET.
        method: http::Method,
        /// The path, for example /ready.
        path: http::Uri,
        #[command(flatten)]
        options: Options,
    },
}

#[derive(Args)]
struct Options {
    /// The manifest.
    #[arg(long, default_value = "spin.toml")]
    manifest: PathBuf,
    /// Where the key-value store is kept.
    #[arg(long, default_value = ".spin")]
    state_dir: PathBuf,
    /// Where compiled components are kept [default: `cache` in the state folder].
    #[arg(long)]
    cache_dir: Option<PathBuf>,
    /// Loads only this component; may be given several times.
    #[arg(long = "component", short = 'c', value_name = "NAME")]
    components: Vec<String>,
    /// Sets a variable of the application; wins over SPIN_VARIABLE_NAME of the environment.
    #[arg(long = "variable", value_name = "NAME=VALUE", value_parser = name_and_value)]
    variables: Vec<(String, host::Value)>,
    /// Writes no access log.
    #[arg(long)]
    quiet: bool,
}

impl Options {
    fn load(self) -> Result<Arc<App>> {
        let mut config = Config::new(self.manifest);
        config.state_dir = self.state_dir;
        config.cache_dir = self.cache_dir;
        config.components = (!self.components.is_empty()).then_some(self.components);
        config.variables = self.variables.into_iter().collect();
        if self.quiet {
            config.access_log = Log::Nowhere;
        }
        Ok(Arc::new(App::load(config)?))
    }
}

fn name_and_value(text: &str) -> Result<(String, host::Value)> {
    let (name, value) = text.split_once('=').context("write NAME=VALUE")?;
    Ok((name.to_owned(), value.into()))
}

#[tokio::main]
async fn main() -> ExitCode {
    let done = match Cli::parse().command {
        Command::Up { listen, options } => up(listen, options).await,
        Command::Request { method, path, options } => request(method, path, options).await,
    };
    match done {
        Ok(code) => code,
        Err(error) => {
            eprintln!("todo-host: {error:#}");
            ExitCode::FAILURE
        }
    }
}

async fn up(listen: SocketAddr, options: Options) -> Result<ExitCode> {
    let listener = TcpListener::bind(listen).await.map_err(|error| match error.kind() {
        std::io::ErrorKind::AddrInUse => {
            anyhow!("port {} is busy: stop what listens there or choose another with --listen", listen.port())
        }
        _ => anyhow!("cannot listen on {listen}: {error}"),
    })?;
    let (mut interrupt, mut terminate) = (signal(SignalKind::interrupt())?, signal(SignalKind::terminate())?);
    let app = options.load()?;
    println!("Serving http://{}", listener.local_addr()?);
    let stop = async {
        tokio::select! {
            _ = interrupt.recv() => {}
            _ = terminate.recv() => {}
        }
    };
    app.serve(listener, stop).await?;
    Ok(ExitCode::SUCCESS)
}

async fn request(method: http::Method, path: http::Uri, mut options: Options) -> Result<ExitCode> {
    options.quiet = true;
    let app = options.load()?;
    let response = app.request(Request::builder().method(method).uri(path).body(Bytes::new())?).await;
    app.close();
    println!("{}", String::from_utf8_lossy(response.body()));
    if response.status().is_success() {
        return Ok(ExitCode::SUCCESS);
    }
    eprintln!("todo-host: the app answered {}", response.status());
    Ok(ExitCode::FAILURE)
}
