//! One request in one fresh instance of a component of WASI 0.2: its state, its limits, and how it is run.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use http::{Request, Response};
use tokio::sync::{OwnedSemaphorePermit, oneshot};
use wasmtime::component::ResourceTable;
use wasmtime::{PoolConcurrencyLimitError, Store, StoreLimits, StoreLimitsBuilder};
use wasmtime_wasi::{WasiCtx, WasiCtxView, WasiView};
use wasmtime_wasi_http::p2::bindings::ProxyPre;
use wasmtime_wasi_http::p2::bindings::http::types::{ErrorCode, Scheme};
use wasmtime_wasi_http::{WasiBody, WasiHttpCtx, WasiHttpCtxView, WasiHttpView};

use crate::capabilities::output::GuestOutput;
use crate::http::body::GuestCompletion;
use crate::runtime::outgoing::OutgoingHttp;
use crate::runtime::shared::RequestContext;

/// The host's side of one instance.
pub(crate) struct GuestState {
    pub(crate) context: RequestContext,
    pub(crate) table: ResourceTable,
    pub(crate) open_stores: u32,
    wasi: WasiCtx,
    http: WasiHttpCtx,
    outgoing: OutgoingHttp,
    limits: StoreLimits,
    completion: GuestCompletion,
}

/// Why a component gave no response.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum GuestError {
    /// Too many instances are running.
    Busy,
    /// It took too long.
    TimedOut,
    /// It trapped, or ended without a response.
    Failed,
}

type GuestResponse = Result<Response<WasiBody>, ErrorCode>;

/// Runs a component for one request. The response's body may still be in the making when this returns.
pub(crate) async fn run(
    component: Arc<ProxyPre<GuestState>>,
    context: RequestContext,
    request: Request<WasiBody>,
) -> Result<Response<WasiBody>, GuestError> {
    let permit = context.shared.slots.clone().try_acquire_owned().map_err(|_| GuestError::Busy)?;
    let guest = GuestState::new(context.clone());
    let (sender, receiver) = oneshot::channel();
    // A task of its own: the component finishes its work even when the client has gone.
    let task = tokio::spawn(guest.run_within_limits(component, request, sender, permit));
    match receiver.await {
        Ok(Ok(response)) => Ok(response),
        Ok(Err(code)) => {
            context.log_error(&format!("the component responded with the error {code:?}"));
            Err(GuestError::Failed)
        }
        Err(_) => Err(task.await.ok().flatten().unwrap_or(GuestError::Failed)),
    }
}

impl GuestState {
    pub(crate) fn new(context: RequestContext) -> Self {
        let output = GuestOutput(context.shared.log.clone());
        let mut wasi = WasiCtx::builder();
        wasi.stdout(output.clone()).stderr(output).envs(&context.component.environment);
        let memory = context.shared.limits.memory;
        Self {
            outgoing: OutgoingHttp { context: context.clone() },
            context,
            table: ResourceTable::new(),
            open_stores: 0,
            wasi: wasi.build(),
            http: WasiHttpCtx::new(),
            limits: StoreLimitsBuilder::new().memory_size(memory).trap_on_grow_failure(true).build(),
            completion: GuestCompletion::default(),
        }
    }

    /// The store of an instance, with its limits.
    pub(crate) fn into_store(self, engine: &wasmtime::Engine) -> Store<Self> {
        let mut store = Store::new(engine, self);
        store.limiter(|guest| &mut guest.limits);
        store.set_epoch_deadline(1);
        store.epoch_deadline_async_yield_and_update(1);
        store
    }

    /// Runs the component within the time limit and logs a failure once.
    async fn run_within_limits(
        self,
        component: Arc<ProxyPre<Self>>,
        request: Request<WasiBody>,
        sender: oneshot::Sender<GuestResponse>,
        _permit: OwnedSemaphorePermit,
    ) -> Option<GuestError> {
        let context = self.context.clone();
        let limit = context.shared.limits.request_time;
        let (error, message) = match tokio::time::timeout(limit, self.call(&component, request, sender)).await {
            Ok(Ok(())) => return None,
            Ok(Err(error)) if error.chain().any(|cause| cause.is::<PoolConcurrencyLimitError>()) => {
                (GuestError::Busy, "no room for another instance".to_owned())
            }
            Ok(Err(error)) => (GuestError::Failed, format!("the component failed: {}", error.root_cause())),
            Err(_) => (GuestError::TimedOut, format!("the component took more than {limit:?}")),
        };
        context.log_error(&message);
        Some(error)
    }

    async fn call(
        self,
        component: &ProxyPre<Self>,
        request: Request<WasiBody>,
        sender: oneshot::Sender<GuestResponse>,
    ) -> wasmtime::Result<()> {
        let mut store = self.into_store(component.engine());
        let bind = store.data().completion.bind();
        let request = store.data_mut().http().new_incoming_request(Scheme::Http, request)?;
        let responded = Arc::new(AtomicBool::new(false));
        let flag = responded.clone();
        let out = store.data_mut().http().new_response_outparam_from_callback(move |response| {
            flag.store(true, Ordering::Relaxed);
            // The client may have gone; then nobody receives this.
            drop(sender.send(response.map(|response| response.map(bind))));
        })?;
        let proxy = component.instantiate_async(&mut store).await?;
        proxy.wasi_http_incoming_handler().call_handle(&mut store, request, out).await?;
        wasmtime::ensure!(responded.load(Ordering::Relaxed), "it ended without a response");
        store.data_mut().completion.reached = true;
        Ok(())
    }
}

impl Drop for GuestState {
    fn drop(&mut self) {
        self.completion.settle();
    }
}

impl WasiView for GuestState {
    fn ctx(&mut self) -> WasiCtxView<'_> {
        WasiCtxView { ctx: &mut self.wasi, table: &mut self.table }
    }
}

impl WasiHttpView for GuestState {
    fn http(&mut self) -> WasiHttpCtxView<'_> {
        WasiHttpCtxView { ctx: &mut self.http, table: &mut self.table, hooks: &mut self.outgoing }
    }
}
