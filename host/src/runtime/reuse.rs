//! Components of WASI 0.3: an instance serves several requests, some of them at once. Wasmtime's `ProxyHandler`, by which Spin does
//! the same, gives each request to an instance and starts instances as they are needed.

use std::pin::Pin;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, OnceLock};
use std::task::{Context, Poll};
use std::time::{Duration, Instant};

use http::{Request, Response};
use tokio::time::{Sleep, sleep, timeout};
use wasmtime::component::GuestTaskId;
use wasmtime::{PoolConcurrencyLimitError, Store, StoreContextMut};
use wasmtime_wasi_http::handler::{
    ExpirationError, HandlerState, Instance, InstantiationError, Proxy, ProxyHandler, ShouldAccept, WorkerExpiration,
    WorkerState, WorkerStatus,
};
use wasmtime_wasi_http::p3::bindings::ServicePre;
use wasmtime_wasi_http::{WasiBody, WasiHttpView};

use crate::config::HostLimits;
use crate::http::body::checked;
use crate::runtime::guest::{GuestError, GuestState};
use crate::runtime::shared::RequestContext;

/// How much longer than a request its instance may go on, so that a late request gets its response first.
const GRACE: Duration = Duration::from_secs(1);

/// Whether the instance that serves a request has failed, once it is known which one does.
type InstanceFailure = Arc<OnceLock<Arc<AtomicBool>>>;

/// Runs a component for one request. The response's body may still be in the making when this returns.
pub(crate) async fn run(
    handler: &ProxyHandler<InstanceSource>,
    context: RequestContext,
    request: Request<WasiBody>,
) -> Result<Response<WasiBody>, GuestError> {
    let permit = context.shared.slots.clone().try_acquire_owned().map_err(|_| GuestError::Busy)?;
    let limit = context.shared.limits.request_time;
    let failure = InstanceFailure::default();
    let too_long = format!("the component took more than {limit:?}");
    let (kind, message) = match timeout(limit, handler.handle(failure.clone(), request)).await {
        Ok(Ok(response)) => {
            let has_failed = move || {
                let _kept = &permit; // until the body is sent
                failure.get().is_some_and(|failed| failed.load(Ordering::Acquire))
            };
            return Ok(response.map(|body| checked(body, has_failed)));
        }
        Ok(Err(error)) if is_full(&error) => (GuestError::Busy, "no room for another instance".to_owned()),
        Ok(Err(error)) if error.is::<ExpirationError>() => (GuestError::TimedOut, too_long),
        Ok(Err(error)) => (GuestError::Failed, format!("the component failed: {}", error.root_cause())),
        Err(_) => (GuestError::TimedOut, too_long),
    };
    context.log_error(&message);
    Err(kind)
}

/// Whether there was no room for an instance.
fn is_full(error: &wasmtime::Error) -> bool {
    let instantiation = error.downcast_ref::<InstantiationError<InstanceFailure>>();
    instantiation.is_some_and(|failed| failed.error.chain().any(|cause| cause.is::<PoolConcurrencyLimitError>()))
}

/// Starts instances of a component.
pub(crate) struct InstanceSource {
    component: ServicePre<GuestState>,
    context: RequestContext,
}

impl InstanceSource {
    pub(crate) fn new(component: ServicePre<GuestState>, context: RequestContext) -> Self {
        Self { component, context }
    }
}

impl HandlerState for InstanceSource {
    type StoreData = GuestState;
    type WorkerExpiration = InstanceClock;
    type WorkerState = ReusedInstance;

    async fn instantiate(&self) -> wasmtime::Result<Instance<GuestState, InstanceClock, ReusedInstance>> {
        let mut store = GuestState::new(self.context.clone()).into_store(self.component.engine());
        let service = self.component.instantiate_async(&mut store).await?;
        let limits = self.context.shared.limits.clone();
        Ok(Instance {
            store,
            proxy: Proxy::P3(service),
            view: GuestState::http,
            expiration: InstanceClock { timer: Box::pin(sleep(limits.reuse.idle_time)), limits },
            state: ReusedInstance { context: self.context.clone(), failed: Arc::default() },
        })
    }
}

/// Ends an instance that waits for requests, or works on one, for too long.
pub(crate) struct InstanceClock {
    timer: Pin<Box<Sleep>>,
    limits: HostLimits,
}

impl WorkerExpiration for InstanceClock {
    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>, status: WorkerStatus, start: Instant) -> Poll<()> {
        let limit = match status {
            WorkerStatus::Idle => self.limits.reuse.idle_time,
            WorkerStatus::Requests | WorkerStatus::PostReturn => self.limits.request_time + GRACE,
        };
        let end = tokio::time::Instant::from_std(start + limit);
        if self.timer.deadline() != end {
            self.timer.as_mut().reset(end);
        }
        self.timer.as_mut().poll(cx)
    }
}

/// An instance while it runs.
pub(crate) struct ReusedInstance {
    context: RequestContext,
    failed: Arc<AtomicBool>,
}

impl WorkerState for ReusedInstance {
    type StoreData = GuestState;
    type RequestData = InstanceFailure;

    fn should_accept_request(&self, at_once: usize, total: usize) -> ShouldAccept {
        let reuse = &self.context.shared.limits.reuse;
        if total >= reuse.requests {
            return ShouldAccept::Never;
        }
        if at_once < reuse.concurrent { ShouldAccept::Yes } else { ShouldAccept::No }
    }

    fn on_request_start(
        &self,
        _: StoreContextMut<'_, GuestState>,
        failure: InstanceFailure,
        _: GuestTaskId,
    ) -> Pin<Box<dyn Future<Output = ()> + 'static + Send + Sync>> {
        failure.get_or_init(|| self.failed.clone());
        Box::pin(sleep(self.context.shared.limits.request_time))
    }

    fn drop(&self, store: Store<GuestState>, result: Result<(), wasmtime::Error>) {
        if let Err(error) = result {
            // Bodies end when the store is dropped.
            self.failed.store(true, Ordering::Release);
            self.context.log_error(&format!("an instance failed: {}", error.root_cause()));
        }
        drop(store);
    }
}
