//! A loaded app: its routes, its components, and what they share.

use std::collections::BTreeMap;
use std::net::{Ipv4Addr, SocketAddr};
use std::path::Path;
use std::sync::Arc;

use anyhow::{Context, Result, bail, ensure};
use bytes::Bytes;
use http::header::{CONNECTION, RETRY_AFTER};
use http::{HeaderValue, Request, Response, StatusCode};
use http_body_util::{BodyExt, Full};
use hyper::body::Body as HttpBody;
use tokio::sync::Semaphore;
use wasmtime_wasi_http::p2::bindings::ProxyPre;

use crate::access::Access;
use crate::config::{Config, Limits};
use crate::engine::Engine;
use crate::guest::{self, Component, Failure};
use crate::headers;
use crate::key_value::KeyValue;
use crate::log::Log;
use crate::manifest::{self, Manifest};
use crate::outbound::AllowedHosts;
use crate::postgres::Pools;
use crate::routes::{Found, Router};
use crate::variables::{Values, application_values, component_values};

/// A body that is passed on piece by piece.
pub type Body = wasmtime_wasi_http::WasiBody;

/// The client of a request that a component makes; as Spin has it.
pub(crate) const CHAINED_CLIENT: SocketAddr = SocketAddr::new(std::net::IpAddr::V4(Ipv4Addr::UNSPECIFIED), 0);

/// An app that can answer requests.
pub struct App {
    router: Router,
    components: BTreeMap<String, Arc<Component>>,
    pub(crate) pools: Pools,
    pub(crate) key_value: Arc<KeyValue>,
    pub(crate) slots: Arc<Semaphore>,
    pub(crate) limits: Limits,
    pub(crate) log: Log,
    access_log: Log,
}

impl App {
    /// Reads the manifest, composes and compiles its components. Blocks while it compiles.
    pub fn load(config: Config) -> Result<Self> {
        // One provider for the whole process; whoever came first has decided.
        rustls::crypto::ring::default_provider().install_default().ok();
        let manifest = Manifest::read(&config.manifest)?;
        let chosen = choose(&manifest, config.components.as_deref())?;
        let only = config.components.as_deref();
        let values = application_values(&manifest, only, &config.variables, |name| std::env::var(name).ok())?;
        let folder = config.manifest.parent().unwrap_or(Path::new("."));
        let engine = Engine::shared(&config.cache_dir())?;
        let names: Vec<&str> = chosen.keys().copied().collect();
        let mut components = BTreeMap::new();
        for (id, component) in &chosen {
            let bytes = crate::compose::load(id, component, folder)?;
            let component = prepare(id, component, &bytes, &engine, &values, &names)
                .with_context(|| format!("component {id:?} cannot be loaded"))?;
            components.insert((*id).to_owned(), Arc::new(component));
        }
        let triggers = manifest.trigger.http.iter().filter(|trigger| chosen.contains_key(trigger.component.as_str()));
        Ok(Self {
            router: Router::new(triggers)?,
            components,
            pools: Pools::default(),
            key_value: Arc::new(KeyValue::new(&config.state_dir)),
            slots: Arc::new(Semaphore::new(config.limits.concurrent)),
            limits: config.limits,
            log: config.log,
            access_log: config.access_log,
        })
    }

    /// Answers one request of a client.
    pub async fn handle<B>(self: &Arc<Self>, request: Request<B>, client: SocketAddr) -> Response<Body>
    where
        B: HttpBody<Data = Bytes> + Send + 'static,
        B::Error: Into<wasmtime_wasi_http::Error>,
    {
        let mut request = request.map(|body| body.map_err(Into::into).boxed_unsync());
        let id = headers::request_id(request.headers_mut());
        let mut access = Access::new(self.access_log.clone(), &request, &id);
        let mut response = match self.refuse(&mut request) {
            Some(status) => empty(status),
            None => self.answer(request, client, &mut access).await,
        };
        if let Ok(value) = HeaderValue::from_str(&id) {
            response.headers_mut().insert(headers::REQUEST_ID, value);
        }
        access.watch(response)
    }

    /// Answers one request whose bodies are at hand. Without a Host header it is for `localhost`.
    pub async fn request(self: &Arc<Self>, mut request: Request<Bytes>) -> Response<Bytes> {
        request.headers_mut().entry(http::header::HOST).or_insert(HeaderValue::from_static("localhost"));
        let response = self.handle(request.map(Full::new), SocketAddr::from((Ipv4Addr::LOCALHOST, 0))).await;
        let (mut parts, body) = response.into_parts();
        match body.collect().await {
            Ok(body) => Response::from_parts(parts, body.to_bytes()),
            Err(_) => {
                // The component broke off its answer: over a socket the connection would end here.
                parts.status = StatusCode::BAD_GATEWAY;
                Response::from_parts(parts, Bytes::new())
            }
        }
    }

    /// How many component instances are running.
    pub fn in_flight(&self) -> usize {
        self.limits.concurrent - self.slots.available_permits()
    }

    /// Closes the connections to databases.
    pub fn close(&self) {
        self.pools.close();
    }

    /// What a request is refused for before any component sees it.
    fn refuse(&self, request: &mut Request<Body>) -> Option<StatusCode> {
        if headers::size(request) > self.limits.header_bytes {
            return Some(StatusCode::REQUEST_HEADER_FIELDS_TOO_LARGE);
        }
        let named = headers::absolute(request).is_some() && !headers::claims_to_be_internal(request.uri());
        (!named).then_some(StatusCode::BAD_REQUEST)
    }

    async fn answer(
        self: &Arc<Self>,
        request: Request<Body>,
        client: SocketAddr,
        access: &mut Access,
    ) -> Response<Body> {
        match self.find(&request) {
            Some((component, found)) => {
                access.component(&component.id);
                self.run(&component, found, request, client).await
            }
            None => empty(StatusCode::NOT_FOUND),
        }
    }

    /// Answers a request that a component makes to the app as a whole.
    pub(crate) async fn route(self: &Arc<Self>, request: Request<Body>, client: SocketAddr) -> Response<Body> {
        match self.find(&request) {
            Some((component, found)) => Box::pin(self.run(&component, found, request, client)).await,
            None => empty(StatusCode::NOT_FOUND),
        }
    }

    /// Answers a request that a component makes to another one; `None` if there is no such component.
    pub(crate) async fn call_component(self: &Arc<Self>, id: &str, request: Request<Body>) -> Option<Response<Body>> {
        let component = self.components.get(id)?;
        let found = Found::direct(id, request.uri().path());
        Some(Box::pin(self.run(component, found, request, CHAINED_CLIENT)).await)
    }

    fn find(&self, request: &Request<Body>) -> Option<(Arc<Component>, Found)> {
        let found = self.router.find(request.uri().path())?;
        let component = self.components.get(&found.component)?.clone();
        Some((component, found))
    }

    async fn run(
        self: &Arc<Self>,
        component: &Arc<Component>,
        found: Found,
        mut request: Request<Body>,
        client: SocketAddr,
    ) -> Response<Body> {
        request.headers_mut().remove(CONNECTION);
        headers::describe(&mut request, &found, client);
        let id = headers::request_id(request.headers_mut());
        match guest::run(self, component, request, &id).await {
            Ok(response) => response,
            Err(Failure::Busy) => {
                let mut response = empty(StatusCode::SERVICE_UNAVAILABLE);
                response.headers_mut().insert(RETRY_AFTER, HeaderValue::from_static("1"));
                response
            }
            Err(Failure::TimedOut) => empty(StatusCode::GATEWAY_TIMEOUT),
            Err(Failure::Failed) => empty(StatusCode::INTERNAL_SERVER_ERROR),
        }
    }
}

/// The components that a route leads to and that were asked for.
fn choose<'a>(manifest: &'a Manifest, only: Option<&[String]>) -> Result<BTreeMap<&'a str, &'a manifest::Component>> {
    if let Some(unknown) = only.into_iter().flatten().find(|id| !manifest.component.contains_key(*id)) {
        bail!("{} has no component {unknown:?}", manifest.application.name);
    }
    let routed = |id: &str| manifest.trigger.http.iter().any(|trigger| trigger.component == id);
    let asked = |id: &String| only.is_none_or(|only| only.contains(id));
    let chosen: BTreeMap<_, _> = manifest
        .component
        .iter()
        .filter(|(id, _)| routed(id) && asked(id))
        .map(|(id, component)| (id.as_str(), component))
        .collect();
    ensure!(!chosen.is_empty(), "{} has no component with a route", manifest.application.name);
    Ok(chosen)
}

fn prepare(
    id: &str,
    component: &manifest::Component,
    bytes: &[u8],
    engine: &Engine,
    values: &Values,
    names: &[&str],
) -> Result<Component> {
    let pre = engine.linker.instantiate_pre(&engine.compile(bytes)?)?;
    Ok(Component {
        id: id.to_owned(),
        pre: ProxyPre::new(pre)?,
        variables: component_values(component, values)?,
        environment: component.environment.clone().into_iter().collect(),
        allowed_hosts: AllowedHosts::new(&component.allowed_outbound_hosts, values, names)?,
        key_value_stores: component.key_value_stores.clone(),
    })
}

fn empty(status: StatusCode) -> Response<Body> {
    let body = Full::default().map_err(|never| match never {}).boxed_unsync();
    let mut response = Response::new(body);
    *response.status_mut() = status;
    response
}
