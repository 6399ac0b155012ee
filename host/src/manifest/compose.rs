//! Component dependencies: at load, the component that exports an interface is linked into the one that imports it.
//! The same input gives the same bytes, so the compiled component can be cached.

use std::collections::BTreeMap;
use std::path::Path;

use anyhow::{Context, Result, anyhow, bail, ensure};
use wac_graph::types::Package;
use wac_graph::{CompositionGraph, EncodeOptions, PackageId};

use crate::manifest::ComponentManifest;

/// Reads a component and its dependencies, and links them into one component.
pub(crate) fn read_component(id: &str, component: &ComponentManifest, folder: &Path) -> Result<Vec<u8>> {
    let source = read_file(&folder.join(&component.source))?;
    let mut dependencies = BTreeMap::new();
    for (interface, dependency) in &component.dependencies {
        dependencies.insert(interface.as_str(), read_file(&folder.join(&dependency.path))?);
    }
    if dependencies.is_empty() {
        return Ok(source);
    }
    compose(source, dependencies).with_context(|| format!("the dependencies of component {id:?} do not fit"))
}

fn read_file(path: &Path) -> Result<Vec<u8>> {
    match std::fs::read(path) {
        Ok(bytes) => Ok(bytes),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => {
            bail!("{} is not there; run `make build` first", path.display())
        }
        Err(error) => Err(error).with_context(|| format!("cannot read {}", path.display())),
    }
}

fn compose(source: Vec<u8>, dependencies: BTreeMap<&str, Vec<u8>>) -> Result<Vec<u8>> {
    let mut graph = CompositionGraph::new();
    let socket = register(&mut graph, "app:socket", source)?;
    let socket_instance = graph.instantiate(socket);
    for (index, (interface, bytes)) in dependencies.into_iter().enumerate() {
        let wanted = graph.types()[graph[socket].ty()].imports.contains_key(interface);
        ensure!(wanted, "it does not import {interface}");
        let plug = register(&mut graph, &format!("app:plug{index}"), bytes)?;
        let plug_instance = graph.instantiate(plug);
        let export = graph
            .alias_instance_export(plug_instance, interface)
            .map_err(|_| anyhow!("the dependency does not export {interface}"))?;
        graph.set_instantiation_argument(socket_instance, interface, export)?;
    }
    let exports: Vec<String> = graph.types()[graph[socket].ty()].exports.keys().cloned().collect();
    for name in exports {
        let export = graph.alias_instance_export(socket_instance, &name)?;
        graph.export(export, &name)?;
    }
    // The engine validates what it compiles.
    Ok(graph.encode(EncodeOptions { validate: false, ..EncodeOptions::default() })?)
}

fn register(graph: &mut CompositionGraph, name: &str, bytes: Vec<u8>) -> Result<PackageId> {
    let package = Package::from_bytes(name, None, bytes, graph.types_mut())?;
    Ok(graph.register_package(package)?)
}
