//! The configuration of an app.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::time::Duration;

use crate::log::LogSink;
use crate::manifest::variables::VariableValue;

/// The configuration of one app.
#[derive(Clone, Debug)]
pub struct HostConfig {
    /// The manifest; paths inside it are relative to its folder.
    pub manifest: PathBuf,
    /// Application variables; they win over `SPIN_VARIABLE_*` of the environment.
    pub variables: BTreeMap<String, VariableValue>,
    /// The folder of the key-value store. One app at a time can use it.
    pub state_dir: PathBuf,
    /// The folder of compiled components, which apps may share. Without it, `cache` inside the state folder.
    pub cache_dir: Option<PathBuf>,
    /// The components to load; all of them if `None`.
    pub components: Option<Vec<String>>,
    /// Limits on requests, components and connections.
    pub limits: HostLimits,
    /// Where a line for each request goes.
    pub access_log: LogSink,
    /// Where the host's messages and the output of the components go.
    pub log: LogSink,
}

impl HostConfig {
    /// The default configuration for a manifest.
    pub fn new(manifest: impl AsRef<Path>) -> Self {
        Self {
            manifest: manifest.as_ref().to_owned(),
            variables: BTreeMap::new(),
            state_dir: PathBuf::from(".spin"),
            cache_dir: None,
            components: None,
            limits: HostLimits::default(),
            access_log: LogSink::Stderr,
            log: LogSink::Stderr,
        }
    }

    /// The folder of compiled components.
    pub(crate) fn cache_dir(&self) -> PathBuf {
        self.cache_dir.clone().unwrap_or_else(|| self.state_dir.join("cache"))
    }
}

/// HostLimits on requests, components and connections.
#[derive(Clone, Debug)]
pub struct HostLimits {
    /// How long a component may take for one request, the whole response included.
    pub request_time: Duration,
    /// The largest size of one linear memory of a component, in bytes.
    pub memory: usize,
    /// How many requests components may handle at once.
    pub concurrent: usize,
    /// How instances of WASI 0.3 are used again.
    pub reuse: InstanceReuse,
    /// How long a client may take to send a request's header. On an open connection this includes the pause before the request.
    pub header_time: Duration,
    /// The largest size of a request's header, in bytes.
    pub header_bytes: usize,
    /// How long requests in flight may take after the server stops.
    pub shutdown_time: Duration,
}

/// How an instance of a component of WASI 0.3 is used for several requests.
#[derive(Clone, Debug)]
pub struct InstanceReuse {
    /// How many requests it serves, one after the other or at once.
    pub requests: usize,
    /// How many requests it serves at once.
    pub concurrent: usize,
    /// How long it waits for another request.
    pub idle_time: Duration,
}

impl Default for InstanceReuse {
    /// Spin's own values.
    fn default() -> Self {
        Self { requests: 128, concurrent: 16, idle_time: Duration::from_secs(1) }
    }
}

impl Default for HostLimits {
    fn default() -> Self {
        Self {
            request_time: Duration::from_secs(120),
            memory: 256 << 20,
            concurrent: 256,
            reuse: InstanceReuse::default(),
            header_time: Duration::from_secs(30),
            header_bytes: 64 << 10,
            shutdown_time: Duration::from_secs(10),
        }
    }
}
