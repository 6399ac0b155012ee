//! What an [`App`](crate::App) is started with.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::time::Duration;

use crate::log::Log;

/// The settings of one app.
#[derive(Clone, Debug)]
pub struct Config {
    /// The manifest; paths inside it are relative to its folder.
    pub manifest: PathBuf,
    /// Application variables; they win over `SPIN_VARIABLE_*` of the environment.
    pub variables: BTreeMap<String, crate::Value>,
    /// Where the key-value store lives. One app at a time can have it.
    pub state_dir: PathBuf,
    /// Where compiled components are kept; may be shared. Without it, `cache` inside the state folder.
    pub cache_dir: Option<PathBuf>,
    /// The components to load; all of them if `None`.
    pub components: Option<Vec<String>>,
    /// What one request and one connection may use.
    pub limits: Limits,
    /// Where a line for each request goes.
    pub access_log: Log,
    /// Where the host's messages and the output of the components go.
    pub log: Log,
}

impl Config {
    /// The defaults for the given manifest.
    pub fn new(manifest: impl AsRef<Path>) -> Self {
        Self {
            manifest: manifest.as_ref().to_owned(),
            variables: BTreeMap::new(),
            state_dir: PathBuf::from(".spin"),
            cache_dir: None,
            components: None,
            limits: Limits::default(),
            access_log: Log::Stderr,
            log: Log::Stderr,
        }
    }

    /// The folder of compiled components.
    pub(crate) fn cache_dir(&self) -> PathBuf {
        self.cache_dir.clone().unwrap_or_else(|| self.state_dir.join("cache"))
    }
}

/// Limits on requests, components and connections.
#[derive(Clone, Debug)]
pub struct Limits {
    /// How long a component may take for one request, its whole answer included.
    pub request_time: Duration,
    /// The size of a component's linear memory, in bytes.
    pub memory: usize,
    /// How many component instances may run at once.
    pub concurrent: usize,
    /// How long a client may take to send a request's header, waiting for the next request included.
    pub header_time: Duration,
    /// The size of a request's header, in bytes.
    pub header_bytes: usize,
    /// How long requests in flight may take after the stop.
    pub shutdown_time: Duration,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            request_time: Duration::from_secs(120),
            memory: 256 << 20,
            concurrent: 256,
            header_time: Duration::from_secs(30),
            header_bytes: 64 << 10,
            shutdown_time: Duration::from_secs(10),
        }
    }
}
