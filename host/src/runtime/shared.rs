//! What the app, its instances and their outgoing requests have in common.

use std::pin::Pin;
use std::sync::{Arc, OnceLock};

use http::{Request, Response};
use tokio::sync::Semaphore;
use wasmtime_wasi_http::WasiBody;

use crate::capabilities::postgres::pool::ConnectionPools;
use crate::capabilities::store_file::StoreFile;
use crate::config::HostLimits;
use crate::log::LogSink;
use crate::manifest::allowed_hosts::AllowedHosts;
use crate::manifest::variables::VariableValues;

/// One for each app.
pub(crate) struct SharedState {
    pub(crate) pools: ConnectionPools,
    pub(crate) store_file: StoreFile,
    /// One permit for each request that a component may handle.
    pub(crate) slots: Arc<Semaphore>,
    pub(crate) limits: HostLimits,
    pub(crate) log: LogSink,
    /// Set by the first request.
    pub(crate) dispatch: OnceLock<AppDispatch>,
}

/// A component's name, settings and permissions.
pub(crate) struct ComponentGrants {
    pub(crate) id: String,
    pub(crate) variables: VariableValues,
    pub(crate) environment: Vec<(String, String)>,
    pub(crate) allowed_hosts: AllowedHosts,
    pub(crate) key_value_stores: Vec<String>,
}

/// A request to one component; without its id for an instance that serves several.
#[derive(Clone)]
pub(crate) struct RequestContext {
    pub(crate) shared: Arc<SharedState>,
    pub(crate) component: Arc<ComponentGrants>,
    pub(crate) request_id: String,
}

impl RequestContext {
    /// Logs an error of this component and request.
    pub(crate) fn log_error(&self, message: &str) {
        self.shared.log.message("error", &self.component.id, &self.request_id, message);
    }

    /// Logs that the component may not call a server, and how to permit it.
    pub(crate) fn log_missing_permission(&self, server: &str) {
        let id = &self.component.id;
        self.log_error(&format!(
            "refused to call {server}: add it to allowed_outbound_hosts of component {id:?} if it should be possible"
        ));
    }
}

/// The receiver of a request that stays in the process.
pub(crate) enum DispatchTarget {
    /// The component of this name.
    Component(String),
    /// The component that the app's routes name for the path.
    Router,
}

/// Sends a request to the same app. The response is `None` if there is no such component.
pub(crate) type AppDispatch = Box<dyn Fn(DispatchTarget, Request<WasiBody>) -> DispatchedResponse + Send + Sync>;
/// What [`AppDispatch`] returns.
pub(crate) type DispatchedResponse = Pin<Box<dyn Future<Output = Option<Response<WasiBody>>> + Send>>;
