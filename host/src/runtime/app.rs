//! A loaded app: its routes, its components, and what they share.

use std::collections::BTreeMap;
use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::sync::{Arc, OnceLock};

use anyhow::Result;
use bytes::Bytes;
use http::header::{CONNECTION, HOST, RETRY_AFTER};
use http::{HeaderValue, Request, Response, StatusCode};
use http_body_util::{BodyExt, Full};
use hyper::body::Body;
use tokio::net::TcpListener;
use tokio::sync::Semaphore;
use wasmtime_wasi_http::WasiBody;

use crate::capabilities::postgres::pool::ConnectionPools;
use crate::capabilities::store_file::StoreFile;
use crate::config::HostConfig;
use crate::http::access_log::RequestRecord;
use crate::http::body::empty_response;
use crate::http::headers::{self, REQUEST_ID};
use crate::http::server;
use crate::log::LogSink;
use crate::manifest::Manifest;
use crate::manifest::routes::{RouteMatch, RouteTable};
use crate::runtime::component::{ComponentService, LoadedComponent, load_components};
use crate::runtime::guest::{self, GuestError};
use crate::runtime::reuse;
use crate::runtime::shared::{AppDispatch, DispatchTarget, RequestContext, SharedState};

/// The client's address in a request that a component makes, as in Spin.
const CHAINED_CLIENT: SocketAddr = SocketAddr::new(IpAddr::V4(Ipv4Addr::UNSPECIFIED), 0);

/// An app that is ready to handle requests.
pub struct LoadedApp {
    routes: RouteTable,
    components: BTreeMap<String, LoadedComponent>,
    shared: Arc<SharedState>,
    access_log: LogSink,
}

impl LoadedApp {
    /// Reads the manifest, composes and compiles its components. Blocks while it compiles.
    pub fn load(config: HostConfig) -> Result<Self> {
        // There is one provider in a process; the first one to be installed stays.
        rustls::crypto::ring::default_provider().install_default().ok();
        let manifest = Manifest::read(&config.manifest)?;
        let shared = Arc::new(SharedState {
            pools: ConnectionPools::default(),
            store_file: StoreFile::new(&config.state_dir),
            slots: Arc::new(Semaphore::new(config.limits.concurrent)),
            limits: config.limits.clone(),
            log: config.log.clone(),
            dispatch: OnceLock::new(),
        });
        let components = load_components(&manifest, &config, &shared)?;
        let triggers = manifest.trigger.http.iter().filter(|trigger| components.contains_key(&trigger.component));
        let routes = RouteTable::new(triggers)?;
        Ok(Self { routes, components, shared, access_log: config.access_log })
    }

    /// Serves until `shutdown` is done and the responses in flight have been sent, or their time is up.
    pub async fn serve(self: Arc<Self>, listener: TcpListener, shutdown: impl Future<Output = ()>) -> Result<()> {
        let (app, shared) = (self.clone(), self.shared.clone());
        let handle = move |request, client| {
            let app = app.clone();
            async move { app.handle(request, client).await }
        };
        server::serve(listener, shutdown, &shared.limits, &shared.log, handle).await;
        self.close();
        Ok(())
    }

    /// Handles one request of a client.
    pub async fn handle<B>(self: &Arc<Self>, request: Request<B>, client: SocketAddr) -> Response<WasiBody>
    where
        B: Body<Data = Bytes> + Send + 'static,
        B::Error: Into<wasmtime_wasi_http::Error>,
    {
        let mut request = request.map(|body| body.map_err(Into::into).boxed_unsync());
        let id = headers::request_id(request.headers_mut());
        let mut record = RequestRecord::new(self.access_log.clone(), &request, &id);
        let mut response = match self.check(&mut request) {
            Err(status) => empty_response(status),
            Ok(()) => self.route(request, client, |component| record.component(component)).await,
        };
        if let Ok(value) = HeaderValue::from_str(&id) {
            response.headers_mut().insert(REQUEST_ID, value);
        }
        record.count(response)
    }

    /// Handles one request whose bodies are in memory. Without a Host header it is for `localhost`.
    pub async fn request(self: &Arc<Self>, mut request: Request<Bytes>) -> Response<Bytes> {
        request.headers_mut().entry(HOST).or_insert(HeaderValue::from_static("localhost"));
        let response = self.handle(request.map(Full::new), SocketAddr::from((Ipv4Addr::LOCALHOST, 0))).await;
        let (mut parts, body) = response.into_parts();
        match body.collect().await {
            Ok(body) => Response::from_parts(parts, body.to_bytes()),
            Err(_) => {
                // The component failed half-way. Over a socket the connection would break here.
                parts.status = StatusCode::BAD_GATEWAY;
                Response::from_parts(parts, Bytes::new())
            }
        }
    }

    /// How many requests components are handling.
    pub fn in_flight(&self) -> usize {
        self.shared.limits.concurrent - self.shared.slots.available_permits()
    }

    /// Closes the connections to databases.
    pub fn close(&self) {
        self.shared.pools.close();
    }

    /// The status of a request that no component may see; else the request gets an absolute URI.
    fn check(&self, request: &mut Request<WasiBody>) -> Result<(), StatusCode> {
        if headers::size(request) > self.shared.limits.header_bytes {
            return Err(StatusCode::REQUEST_HEADER_FIELDS_TOO_LARGE);
        }
        if headers::make_absolute(request).is_none() || headers::is_internal(request.uri()) {
            return Err(StatusCode::BAD_REQUEST);
        }
        Ok(())
    }

    /// Handles a request by the component of its route, and reports which one that is.
    async fn route(
        self: &Arc<Self>,
        request: Request<WasiBody>,
        client: SocketAddr,
        report: impl FnOnce(&str),
    ) -> Response<WasiBody> {
        let Some(route) = self.routes.find(request.uri().path()) else {
            return empty_response(StatusCode::NOT_FOUND);
        };
        let Some(component) = self.components.get(&route.component) else {
            return empty_response(StatusCode::NOT_FOUND);
        };
        report(&route.component);
        self.run(component, route, request, client).await
    }

    async fn run(
        self: &Arc<Self>,
        component: &LoadedComponent,
        route: RouteMatch,
        mut request: Request<WasiBody>,
        client: SocketAddr,
    ) -> Response<WasiBody> {
        request.headers_mut().remove(CONNECTION);
        headers::add_spin_headers(&mut request, &route, client);
        let request_id = headers::request_id(request.headers_mut());
        let context = RequestContext { shared: self.shared.clone(), component: component.grants.clone(), request_id };
        self.shared.dispatch.get_or_init(|| self.dispatch());
        let response = match &component.service {
            ComponentService::Single(pre) => guest::run(pre.clone(), context, request).await,
            ComponentService::Reused(handler) => reuse::run(handler, context, request).await,
        };
        match response {
            Ok(response) => response,
            Err(GuestError::Busy) => {
                let mut response = empty_response(StatusCode::SERVICE_UNAVAILABLE);
                response.headers_mut().insert(RETRY_AFTER, HeaderValue::from_static("1"));
                response
            }
            Err(GuestError::TimedOut) => empty_response(StatusCode::GATEWAY_TIMEOUT),
            Err(GuestError::Failed) => empty_response(StatusCode::INTERNAL_SERVER_ERROR),
        }
    }

    /// How the components of this app send requests to each other.
    fn dispatch(self: &Arc<Self>) -> AppDispatch {
        let app = Arc::downgrade(self);
        Box::new(move |target, request| {
            let app = app.upgrade();
            Box::pin(async move {
                let app = app?;
                match target {
                    DispatchTarget::Router => Some(app.route(request, CHAINED_CLIENT, |_| {}).await),
                    DispatchTarget::Component(id) => {
                        let component = app.components.get(&id)?;
                        let route = RouteMatch::direct(&id, request.uri().path());
                        Some(app.run(component, route, request, CHAINED_CLIENT).await)
                    }
                }
            })
        })
    }
}
