//! The components of an app, compiled and ready to be instantiated.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;

use anyhow::{Context, Result, bail, ensure};
use wasmtime_wasi_http::handler::ProxyHandler;
use wasmtime_wasi_http::p2::bindings::ProxyPre;
use wasmtime_wasi_http::p3::bindings::ServicePre;

use crate::config::HostConfig;
use crate::manifest::allowed_hosts::AllowedHosts;
use crate::manifest::compose::read_component;
use crate::manifest::variables::{VariableValues, application_values, component_values};
use crate::manifest::{ComponentManifest, Manifest};
use crate::runtime::engine::WasmEngine;
use crate::runtime::guest::GuestState;
use crate::runtime::reuse::InstanceSource;
use crate::runtime::revision::release_names;
use crate::runtime::shared::{ComponentGrants, RequestContext, SharedState};

/// A compiled component and its permissions.
pub(crate) struct LoadedComponent {
    pub(crate) grants: Arc<ComponentGrants>,
    pub(crate) service: ComponentService,
}

/// How a component serves requests.
pub(crate) enum ComponentService {
    /// By WASI 0.2: each request in an instance of its own.
    Single(Arc<ProxyPre<GuestState>>),
    /// By WASI 0.3: in instances that serve several.
    Reused(ProxyHandler<InstanceSource>),
}

/// Composes and compiles the components that have a route and that `config` selects. Blocks while it compiles.
pub(crate) fn load_components(
    manifest: &Manifest,
    config: &HostConfig,
    shared: &Arc<SharedState>,
) -> Result<BTreeMap<String, LoadedComponent>> {
    let only = config.components.as_deref();
    let selected = select(manifest, only)?;
    let values = application_values(manifest, only, &config.variables, |name| std::env::var(name).ok())?;
    let folder = config.manifest.parent().unwrap_or(Path::new("."));
    let engine = WasmEngine::shared(&config.cache_dir())?;
    let names: Vec<&str> = selected.keys().copied().collect();
    let mut components = BTreeMap::new();
    for (id, component) in selected {
        let bytes = release_names(read_component(id, component, folder)?);
        let loaded = grants(id, component, &values, &names)
            .and_then(|grants| LoadedComponent::new(grants, &bytes, &engine, shared))
            .with_context(|| format!("component {id:?} cannot be loaded"))?;
        components.insert(id.to_owned(), loaded);
    }
    Ok(components)
}

fn select<'a>(manifest: &'a Manifest, only: Option<&[String]>) -> Result<BTreeMap<&'a str, &'a ComponentManifest>> {
    if let Some(unknown) = only.into_iter().flatten().find(|id| !manifest.component.contains_key(*id)) {
        bail!("{} has no component {unknown:?}", manifest.application.name);
    }
    let has_route = |id: &str| manifest.trigger.http.iter().any(|trigger| trigger.component == id);
    let wanted = |id: &String| only.is_none_or(|only| only.contains(id));
    let components = manifest.component.iter().filter(|(id, _)| has_route(id) && wanted(id));
    let selected: BTreeMap<_, _> = components.map(|(id, component)| (id.as_str(), component)).collect();
    ensure!(!selected.is_empty(), "{} has no component with a route", manifest.application.name);
    Ok(selected)
}

fn grants(id: &str, component: &ComponentManifest, values: &VariableValues, names: &[&str]) -> Result<ComponentGrants> {
    Ok(ComponentGrants {
        id: id.to_owned(),
        variables: component_values(component, values)?,
        environment: component.environment.clone().into_iter().collect(),
        allowed_hosts: AllowedHosts::new(&component.allowed_outbound_hosts, values, names)?,
        key_value_stores: component.key_value_stores.clone(),
    })
}

impl LoadedComponent {
    fn new(grants: ComponentGrants, bytes: &[u8], engine: &WasmEngine, shared: &Arc<SharedState>) -> Result<Self> {
        let grants = Arc::new(grants);
        let pre = engine.linker.instantiate_pre(&engine.compile(bytes)?)?;
        let service = match ServicePre::new(pre.clone()) {
            Ok(service) => {
                let context =
                    RequestContext { shared: shared.clone(), component: grants.clone(), request_id: String::new() };
                ComponentService::Reused(ProxyHandler::new(InstanceSource::new(service, context)))
            }
            Err(_) => ComponentService::Single(Arc::new(ProxyPre::new(pre)?)),
        };
        Ok(Self { grants, service })
    }
}
