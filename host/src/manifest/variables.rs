//! Application variables, and the templates that pass them to components. Values are never printed.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use anyhow::{Result, bail, ensure};

use crate::manifest::{ComponentManifest, Manifest};

/// A value that may be a secret: `Debug` does not print it.
#[derive(Clone, PartialEq, Eq)]
pub struct VariableValue(String);

impl VariableValue {
    /// The value itself.
    pub(crate) fn reveal(&self) -> &str {
        &self.0
    }
}

impl From<String> for VariableValue {
    fn from(text: String) -> Self {
        Self(text)
    }
}

impl From<&str> for VariableValue {
    fn from(text: &str) -> Self {
        Self(text.to_owned())
    }
}

impl fmt::Debug for VariableValue {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("(hidden)")
    }
}

/// Values by name.
pub(crate) type VariableValues = BTreeMap<String, VariableValue>;

/// Text with `{{ name }}` in it.
pub(crate) struct VariableTemplate<'a>(Vec<TemplatePart<'a>>);

enum TemplatePart<'a> {
    Text(&'a str),
    Name(&'a str),
}

impl<'a> VariableTemplate<'a> {
    pub(crate) fn parse(text: &'a str) -> Result<Self> {
        let mut parts = Vec::new();
        let mut rest = text;
        while let Some((before, after)) = rest.split_once("{{") {
            let Some((name, after)) = after.split_once("}}") else { bail!("{{{{ without }}}} in {text:?}") };
            parts.extend([TemplatePart::Text(before), TemplatePart::Name(name.trim())]);
            rest = after;
        }
        parts.push(TemplatePart::Text(rest));
        Ok(Self(parts))
    }

    pub(crate) fn names(&self) -> impl Iterator<Item = &'a str> {
        self.0.iter().filter_map(|part| match part {
            TemplatePart::Name(name) => Some(*name),
            TemplatePart::Text(_) => None,
        })
    }

    pub(crate) fn fill(&self, values: &VariableValues) -> Result<VariableValue> {
        let mut text = String::new();
        for part in &self.0 {
            text.push_str(match part {
                TemplatePart::Text(text) => text,
                TemplatePart::Name(name) => match values.get(*name) {
                    Some(value) => value.reveal(),
                    None => bail!("{{{{ {name} }}}} is not a variable of the application"),
                },
            });
        }
        Ok(VariableValue(text))
    }
}

/// The values of the application variables that `components` use; of all variables without such a choice.
/// `given` wins over `environment`, which wins over the default.
pub(crate) fn application_values(
    manifest: &Manifest,
    components: Option<&[String]>,
    given: &VariableValues,
    environment: impl Fn(&str) -> Option<String>,
) -> Result<VariableValues> {
    if let Some(name) = given.keys().find(|name| !manifest.variables.contains_key(*name)) {
        bail!("{name:?} is not a variable of the application");
    }
    let needed = used_variables(manifest, components)?;
    let mut values = VariableValues::new();
    let mut missing = Vec::new();
    for (name, variable) in &manifest.variables {
        let variable_name = format!("SPIN_VARIABLE_{}", name.to_ascii_uppercase());
        let value = given.get(name).cloned().or_else(|| environment(&variable_name).map(VariableValue));
        match value.or_else(|| variable.default.clone().map(VariableValue)) {
            Some(value) => drop(values.insert(name.clone(), value)),
            None if needed.contains(name.as_str()) => missing.push(variable_name),
            None => {}
        }
    }
    ensure!(missing.is_empty(), "not set in the environment, but required: {}", missing.join(", "));
    Ok(values)
}

fn used_variables<'a>(manifest: &'a Manifest, components: Option<&[String]>) -> Result<BTreeSet<&'a str>> {
    let Some(components) = components else { return Ok(manifest.variables.keys().map(String::as_str).collect()) };
    let mut names = BTreeSet::new();
    for (id, component) in &manifest.component {
        if components.contains(id) {
            for text in component.variables.values().chain(&component.allowed_outbound_hosts) {
                names.extend(VariableTemplate::parse(text)?.names());
            }
        }
    }
    Ok(names)
}

/// The values of one component's variables.
pub(crate) fn component_values(component: &ComponentManifest, application: &VariableValues) -> Result<VariableValues> {
    let fill = |(name, text): (&String, &String)| Ok((name.clone(), VariableTemplate::parse(text)?.fill(application)?));
    component.variables.iter().map(fill).collect()
}

#[cfg(test)]
mod tests;
