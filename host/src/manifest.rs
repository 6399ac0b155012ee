//! The manifest, `spin.toml` of version 2: the keys that this host emulates. Any other key is refused by name, so that
//! nothing in the file is silently without effect.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail, ensure};
use serde::Deserialize;

/// A whole manifest.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Manifest {
    spin_manifest_version: u32,
    pub(crate) application: Application,
    #[serde(default)]
    pub(crate) variables: BTreeMap<String, Variable>,
    pub(crate) trigger: Triggers,
    #[serde(default)]
    pub(crate) component: BTreeMap<String, Component>,
}

/// What describes the app. None of it changes how it runs.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
#[expect(dead_code, reason = "accepted for people and for Spin, of no effect here")]
pub(crate) struct Application {
    pub(crate) name: String,
    version: Option<String>,
    description: Option<String>,
    authors: Option<Vec<String>>,
    tool: Option<toml::Table>,
}

/// An application variable: either it has a default or it must be set.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
#[expect(dead_code, reason = "`secret` and `description` are accepted; every value is treated as a secret")]
pub(crate) struct Variable {
    pub(crate) default: Option<String>,
    #[serde(default)]
    pub(crate) required: bool,
    #[serde(default)]
    secret: bool,
    description: Option<String>,
}

/// The triggers by kind.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Triggers {
    pub(crate) http: Vec<HttpTrigger>,
}

/// One route and the component behind it.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
#[expect(dead_code, reason = "`id` and `executor` are accepted, of no effect here")]
pub(crate) struct HttpTrigger {
    id: Option<String>,
    pub(crate) route: Route,
    pub(crate) component: String,
    executor: Option<Executor>,
}

/// Where a component is reached.
#[derive(Debug, Deserialize)]
#[serde(untagged, expecting = "a route is a pattern like \"/api/...\" or { private = true }")]
pub(crate) enum Route {
    /// By clients, at this pattern.
    Pattern(String),
    /// By other components only.
    Private(Private),
}

/// `{ private = true }`
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Private {
    private: bool,
}

/// How a component is called; there is one way.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, tag = "type", rename_all = "lowercase")]
pub(crate) enum Executor {
    Http,
}

/// A component and what it is granted.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
#[expect(dead_code, reason = "`description`, `build` and `tool` are accepted, of no effect here")]
pub(crate) struct Component {
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
    pub(crate) dependencies: BTreeMap<String, Dependency>,
    build: Option<toml::Table>,
    tool: Option<toml::Table>,
}

/// The component that fulfils an import.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, expecting = "a dependency is { path = \"….wasm\" }; no other source is emulated")]
pub(crate) struct Dependency {
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
            check_variable(name, variable)?;
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
            if let Route::Private(Private { private: false }) = trigger.route {
                bail!("a route of {:?} is {{ private = false }}; give a pattern instead", trigger.component);
            }
        }
        Ok(manifest)
    }
}

impl Component {
    fn check(&self) -> Result<()> {
        for name in self.variables.keys() {
            check_name(name)?;
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

fn check_variable(name: &str, variable: &Variable) -> Result<()> {
    check_name(name)?;
    match (&variable.default, variable.required) {
        (Some(_), true) => bail!("variable {name:?} is required and has a default; choose one"),
        (None, false) => bail!("variable {name:?} has neither `default` nor `required = true`"),
        _ => Ok(()),
    }
}

/// The rule for names of variables: lower-case letters, digits and single underscores inside.
pub(crate) fn check_name(name: &str) -> Result<()> {
    let fits = name.starts_with(|c: char| c.is_ascii_lowercase())
        && name.ends_with(|c: char| c.is_ascii_lowercase() || c.is_ascii_digit())
        && name.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_')
        && !name.contains("__");
    ensure!(fits, "{name:?} is not a variable name: use lower-case letters, digits and single underscores");
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    const GOOD: &str = r#"
spin_manifest_version = 2
[application]
name = "x"
[variables]
a = { default = "1" }
[[trigger.http]]
route = "/..."
component = "web"
[[trigger.http]]
route = { private = true }
component = "inner"
[component.web]
source = "web.wasm"
key_value_stores = ["default"]
dependencies_inherit_configuration = true
[component.web.dependencies]
"a:b/c@1.0.0" = { path = "c.wasm" }
[component.web.build]
command = "make"
[component.inner]
source = "inner.wasm"
"#;

    fn refused(from: &str, to: &str) -> String {
        assert!(GOOD.contains(from), "{from}");
        format!("{:#}", Manifest::parse(&GOOD.replacen(from, to, 1)).unwrap_err())
    }

    #[test]
    fn a_good_manifest_is_read() {
        let manifest = Manifest::parse(GOOD).unwrap();
        assert_eq!(manifest.trigger.http.len(), 2);
        assert_eq!(manifest.component["web"].dependencies["a:b/c@1.0.0"].path, Path::new("c.wasm"));
    }

    #[test]
    fn unknown_keys_are_refused_by_name_and_line() {
        let error = refused("name = \"x\"", "name = \"x\"\nlicence = \"MIT\"");
        assert!(error.contains("line 5") && error.contains("`licence`"), "{error}");
        assert!(
            refused("[component.inner]", "[component.inner]\nsqlite_databases = []").contains("`sqlite_databases`")
        );
        assert!(refused("[variables]", "[trigger.redis]\n[variables]").contains("`redis`"));
    }

    #[test]
    fn what_is_not_emulated_is_refused_with_the_reason() {
        assert!(refused("\"default\"]", "\"cache\"]").contains("\"cache\" is not defined"));
        assert!(refused("= true\n[component.web.dep", "= false\n[component.web.dep").contains("not emulated"));
        assert!(refused("{ path = \"c.wasm\" }", "\"1.0\"").contains("no other source"));
        assert!(refused("{ private = true }", "{ private = false }").contains("private = false"));
        assert!(refused("{ private = true }", "3").contains("a route is a pattern"));
    }

    #[test]
    fn mistakes_are_refused() {
        assert!(refused("spin_manifest_version = 2", "spin_manifest_version = 1").contains("must be 2"));
        assert!(refused("component = \"inner\"", "component = \"outer\"").contains("\"outer\", which is no component"));
        assert!(refused("a = { default = \"1\" }", "a = {}").contains("neither"));
        assert!(refused("a = { default", "a__b = { default").contains("not a variable name"));
    }
}
