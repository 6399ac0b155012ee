//! The manifest, `spin.toml` of version 2: the keys that this host emulates. Any other key is rejected by name, so that
//! nothing in the file is silently ignored.

pub(crate) mod allowed_hosts;
pub(crate) mod compose;
pub(crate) mod routes;
pub(crate) mod variables;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail, ensure};
use serde::Deserialize;

/// A whole manifest.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Manifest {
    spin_manifest_version: u32,
    pub(crate) application: AppMetadata,
    #[serde(default)]
    pub(crate) variables: BTreeMap<String, VariableDeclaration>,
    pub(crate) trigger: TriggerTable,
    #[serde(default)]
    pub(crate) component: BTreeMap<String, ComponentManifest>,
}

/// Names and describes the app. None of it changes how the app runs.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
#[expect(dead_code, reason = "accepted for readers and for Spin; without effect here")]
pub(crate) struct AppMetadata {
    pub(crate) name: String,
    version: Option<String>,
    description: Option<String>,
    authors: Option<Vec<String>>,
    tool: Option<toml::Table>,
}

/// An application variable. It has a default, or it must be set.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
#[expect(dead_code, reason = "`secret` and `description` are accepted; every value is treated as a secret")]
pub(crate) struct VariableDeclaration {
    pub(crate) default: Option<String>,
    #[serde(default)]
    pub(crate) required: bool,
    #[serde(default)]
    secret: bool,
    description: Option<String>,
}

/// The triggers by kind; HTTP is the only one.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct TriggerTable {
    pub(crate) http: Vec<HttpTrigger>,
}

/// One route and the component behind it.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
#[expect(dead_code, reason = "`id` and `executor` are accepted; without effect here")]
pub(crate) struct HttpTrigger {
    id: Option<String>,
    pub(crate) route: TriggerRoute,
    pub(crate) component: String,
    executor: Option<TriggerExecutor>,
}

/// How a component is reached.
#[derive(Debug, Deserialize)]
#[serde(untagged, expecting = "a route is a pattern like \"/api/...\" or { private = true }")]
pub(crate) enum TriggerRoute {
    /// By clients, at this pattern.
    Pattern(String),
    /// By other components only.
    Private(PrivateRoute),
}

/// `{ private = true }`
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct PrivateRoute {
    private: bool,
}

/// The interface by which a component is called; there is one.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, tag = "type", rename_all = "lowercase")]
pub(crate) enum TriggerExecutor {
    Http,
}

/// A component and its permissions.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
#[expect(dead_code, reason = "`description`, `build` and `tool` are accepted; without effect here")]
pub(crate) struct ComponentManifest {
    pub(crate) source: PathBuf,
    description: Option<String>,
    #[serde(default)]
    pub(crate) variables: BTreeMap<String, String>,
    #[serde(default)]
    pub(crate) environment: BTreeMap<String, String>,
    #[serde(default)]
    pub(crate) allowed_outbound_hosts: Vec<String>,
    #[serde(default)]
    pub(crate) key_value_stores: Vec<String>,
    #[serde(default)]
    pub(crate) dependencies_inherit_configuration: bool,
    #[serde(default)]
    pub(crate) dependencies: BTreeMap<String, ComponentDependency>,
    build: Option<toml::Table>,
    tool: Option<toml::Table>,
}

/// The component that exports what another one imports.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, expecting = "a dependency is { path = \"….wasm\" }; no other source is emulated")]
pub(crate) struct ComponentDependency {
    pub(crate) path: PathBuf,
}

impl Manifest {
    /// Reads and checks the file.
    pub(crate) fn read(path: &Path) -> Result<Self> {
        let text =
            std::fs::read_to_string(path).with_context(|| format!("cannot read the manifest {}", path.display()))?;
        Self::parse(&text).with_context(|| format!("the manifest {} is not usable", path.display()))
    }

    /// Parses and checks the text of a manifest.
    pub(crate) fn parse(text: &str) -> Result<Self> {
        let manifest: Self = toml::from_str(text).map_err(|error| {
            let line = error.span().map_or(1, |span| text[..span.start.min(text.len())].matches('\n').count() + 1);
            anyhow::anyhow!("line {line}: {}", error.message())
        })?;
        ensure!(manifest.spin_manifest_version == 2, "spin_manifest_version must be 2");
        for (name, variable) in &manifest.variables {
            check_declaration(name, variable)?;
        }
        for (id, component) in &manifest.component {
            component.check().with_context(|| format!("component {id:?}"))?;
        }
        for trigger in &manifest.trigger.http {
            ensure!(
                manifest.component.contains_key(&trigger.component),
                "a route leads to {:?}, which is no component",
                trigger.component
            );
            if let TriggerRoute::Private(PrivateRoute { private: false }) = trigger.route {
                bail!("a route of {:?} is {{ private = false }}; give a pattern instead", trigger.component);
            }
        }
        Ok(manifest)
    }
}

impl ComponentManifest {
    fn check(&self) -> Result<()> {
        for name in self.variables.keys() {
            check_variable_name(name)?;
        }
        for label in &self.key_value_stores {
            ensure!(label == "default", "key_value_stores: {label:?} is not defined; the only store is \"default\"");
        }
        ensure!(
            self.dependencies.is_empty() || self.dependencies_inherit_configuration,
            "set dependencies_inherit_configuration = true: dependencies with permissions of their own are not emulated"
        );
        Ok(())
    }
}

fn check_declaration(name: &str, variable: &VariableDeclaration) -> Result<()> {
    check_variable_name(name)?;
    match (&variable.default, variable.required) {
        (Some(_), true) => bail!("variable {name:?} is required and has a default; choose one"),
        (None, false) => bail!("variable {name:?} has neither `default` nor `required = true`"),
        _ => Ok(()),
    }
}

/// Checks the name of a variable: lower-case letters, digits and single underscores inside.
pub(crate) fn check_variable_name(name: &str) -> Result<()> {
    let fits = name.starts_with(|c: char| c.is_ascii_lowercase())
        && name.ends_with(|c: char| c.is_ascii_lowercase() || c.is_ascii_digit())
        && name.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_')
        && !name.contains("__");
    ensure!(fits, "{name:?} is not a variable name: use lower-case letters, digits and single underscores");
    Ok(())
}

#[cfg(test)]
mod tests;
