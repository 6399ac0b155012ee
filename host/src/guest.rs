//! One request in one fresh instance of a component: its state, its limits, and how it is run.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use anyhow::Result;
use http::{Request, Response};
use tokio::sync::{OwnedSemaphorePermit, oneshot};
use wasmtime::component::ResourceTable;
use wasmtime::{PoolConcurrencyLimitError, Store, StoreLimits, StoreLimitsBuilder};
use wasmtime_wasi::{WasiCtx, WasiCtxView, WasiView};
use wasmtime_wasi_http::p2::bindings::ProxyPre;
use wasmtime_wasi_http::p2::bindings::http::types::{ErrorCode, Scheme};
use wasmtime_wasi_http::{WasiHttpCtx, WasiHttpCtxView, WasiHttpView};

use crate::answer::Ending;
use crate::app::{App, Body};
use crate::bindings::variables;
use crate::log::GuestOutput;
use crate::manifest::check_name;
use crate::outbound::AllowedHosts;
use crate::outgoing::Outgoing;
use crate::variables::Values;

/// A component that is ready to be instantiated, and what it is granted.
pub(crate) struct Component {
    pub(crate) id: String,
    pub(crate) pre: ProxyPre<Guest>,
    pub(crate) variables: Values,
    pub(crate) environment: Vec<(String, String)>,
    pub(crate) allowed_hosts: AllowedHosts,
    pub(crate) key_value_stores: Vec<String>,
}

/// The host's side of one instance.
pub(crate) struct Guest {
    pub(crate) app: Arc<App>,
    pub(crate) component: Arc<Component>,
    pub(crate) table: ResourceTable,
    pub(crate) open_stores: u32,
    request_id: String,
    wasi: WasiCtx,
    http: WasiHttpCtx,
    outgoing: Outgoing,
    limits: StoreLimits,
    ending: Ending,
}

/// Why there is no answer of the component.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Failure {
    /// Too many instances are running.
    Busy,
    /// It took too long.
    TimedOut,
    /// It trapped, or ended without an answer.
    Failed,
}

type Answer = Result<Response<Body>, ErrorCode>;

/// Runs a component for one request. The answer's body may still be in the making when this returns.
pub(crate) async fn run(
    app: &Arc<App>,
    component: &Arc<Component>,
    request: Request<Body>,
    request_id: &str,
) -> Result<Response<Body>, Failure> {
    let permit = app.slots.clone().try_acquire_owned().map_err(|_| Failure::Busy)?;
    let guest = Guest::new(app.clone(), component.clone(), request_id.to_owned());
    let (sender, receiver) = oneshot::channel();
    // A task of its own: the component finishes its work even when the client has gone.
    let task = tokio::spawn(guest.supervised(request, sender, permit));
    match receiver.await {
        Ok(Ok(response)) => Ok(response),
        Ok(Err(code)) => {
            app.log.message(
                "error",
                &component.id,
                request_id,
                &format!("the component answered with the error {code:?}"),
            );
            Err(Failure::Failed)
        }
        Err(_) => Err(task.await.ok().flatten().unwrap_or(Failure::Failed)),
    }
}

impl Guest {
    fn new(app: Arc<App>, component: Arc<Component>, request_id: String) -> Self {
        let output = GuestOutput(app.log.clone());
        let mut wasi = WasiCtx::builder();
        wasi.stdout(output.clone()).stderr(output).envs(&component.environment);
        let outgoing = Outgoing { app: app.clone(), component: component.clone(), request_id: request_id.clone() };
        let limits = StoreLimitsBuilder::new().memory_size(app.limits.memory).trap_on_grow_failure(true).build();
        Self {
            app,
            component,
            table: ResourceTable::new(),
            open_stores: 0,
            request_id,
            wasi: wasi.build(),
            http: WasiHttpCtx::new(),
            outgoing,
            limits,
            ending: Ending::default(),
        }
    }

    /// Runs within the time limit and reports a failure once.
    async fn supervised(
        self,
        request: Request<Body>,
        sender: oneshot::Sender<Answer>,
        _permit: OwnedSemaphorePermit,
    ) -> Option<Failure> {
        let (app, component, request_id) = (self.app.clone(), self.component.clone(), self.request_id.clone());
        let (failure, message) = match tokio::time::timeout(app.limits.request_time, self.call(request, sender)).await {
            Ok(Ok(())) => return None,
            Ok(Err(error)) if error.chain().any(|cause| cause.is::<PoolConcurrencyLimitError>()) => {
                (Failure::Busy, "no room for another instance".to_owned())
            }
            Ok(Err(error)) => (Failure::Failed, format!("the component failed: {}", error.root_cause())),
            Err(_) => (Failure::TimedOut, format!("the component took more than {:?}", app.limits.request_time)),
        };
        app.log.message("error", &component.id, &request_id, &message);
        Some(failure)
    }

    async fn call(self, request: Request<Body>, sender: oneshot::Sender<Answer>) -> wasmtime::Result<()> {
        let component = self.component.clone();
        let mut store = Store::new(component.pre.engine(), self);
        store.limiter(|guest| &mut guest.limits);
        store.set_epoch_deadline(1);
        store.epoch_deadline_async_yield_and_update(1);
        let bind = store.data().ending.bind();
        let request = store.data_mut().http().new_incoming_request(Scheme::Http, request)?;
        let answered = Arc::new(AtomicBool::new(false));
        let flag = answered.clone();
        let out = store.data_mut().http().new_response_outparam_from_callback(move |answer| {
            flag.store(true, Ordering::Relaxed);
            // The client may have gone: nothing to do then.
            drop(sender.send(answer.map(|response| response.map(bind))));
        })?;
        let proxy = component.pre.instantiate_async(&mut store).await?;
        proxy.wasi_http_incoming_handler().call_handle(&mut store, request, out).await?;
        wasmtime::ensure!(answered.load(Ordering::Relaxed), "it ended without an answer");
        store.data_mut().ending.reached = true;
        Ok(())
    }

    /// Tells the operator which permission is missing.
    pub(crate) fn refused(&self, server: &str) {
        self.outgoing.refused(server);
    }
}

impl Drop for Guest {
    fn drop(&mut self) {
        self.ending.settle();
    }
}

impl WasiView for Guest {
    fn ctx(&mut self) -> WasiCtxView<'_> {
        WasiCtxView { ctx: &mut self.wasi, table: &mut self.table }
    }
}

impl WasiHttpView for Guest {
    fn http(&mut self) -> WasiHttpCtxView<'_> {
        WasiHttpCtxView { ctx: &mut self.http, table: &mut self.table, hooks: &mut self.outgoing }
    }
}

impl variables::Host for Guest {
    async fn get(&mut self, name: String) -> wasmtime::Result<Result<String, variables::Error>> {
        Ok(match self.component.variables.get(&name) {
            Some(value) => Ok(value.reveal().to_owned()),
            None => Err(match check_name(&name) {
                Err(error) => variables::Error::InvalidName(error.to_string()),
                Ok(()) => {
                    variables::Error::Undefined(format!("no variable {name:?} for component {:?}", self.component.id))
                }
            }),
        })
    }
}
