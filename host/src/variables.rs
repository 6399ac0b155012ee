//! Application variables and the templates that hand them to components. Values are never printed.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use anyhow::{Result, bail, ensure};

use crate::manifest::{Component, Manifest};

/// A value that may be a secret: `Debug` does not show it.
#[derive(Clone, PartialEq, Eq)]
pub struct Value(String);

impl Value {
    /// The value itself.
    pub(crate) fn reveal(&self) -> &str {
        &self.0
    }
}

impl From<String> for Value {
    fn from(text: String) -> Self {
        Self(text)
    }
}

impl From<&str> for Value {
    fn from(text: &str) -> Self {
        Self(text.to_owned())
    }
}

impl fmt::Debug for Value {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("(hidden)")
    }
}

/// Values by name.
pub(crate) type Values = BTreeMap<String, Value>;

/// Text with `{{ name }}` in it.
pub(crate) struct Template<'a>(Vec<Part<'a>>);

enum Part<'a> {
    Text(&'a str),
    Name(&'a str),
}

impl<'a> Template<'a> {
    pub(crate) fn parse(text: &'a str) -> Result<Self> {
        let mut parts = Vec::new();
        let mut rest = text;
        while let Some((before, after)) = rest.split_once("{{") {
            let Some((name, after)) = after.split_once("}}") else { bail!("{{{{ without }}}} in {text:?}") };
            parts.extend([Part::Text(before), Part::Name(name.trim())]);
            rest = after;
        }
        parts.push(Part::Text(rest));
        Ok(Self(parts))
    }

    pub(crate) fn names(&self) -> impl Iterator<Item = &'a str> {
        self.0.iter().filter_map(|part| match part {
            Part::Name(name) => Some(*name),
            Part::Text(_) => None,
        })
    }

    pub(crate) fn fill(&self, values: &Values) -> Result<Value> {
        let mut text = String::new();
        for part in &self.0 {
            text.push_str(match part {
                Part::Text(text) => text,
                Part::Name(name) => match values.get(*name) {
                    Some(value) => value.reveal(),
                    None => bail!("{{{{ {name} }}}} is not a variable of the application"),
                },
            });
        }
        Ok(Value(text))
    }
}

/// The values of all application variables that `components` use, or of all if there is no such choice.
/// `given` wins over `environment`, which wins over the default.
pub(crate) fn application_values(
    manifest: &Manifest,
    components: Option<&[String]>,
    given: &Values,
    environment: impl Fn(&str) -> Option<String>,
) -> Result<Values> {
    if let Some(name) = given.keys().find(|name| !manifest.variables.contains_key(*name)) {
        bail!("{name:?} is not a variable of the application");
    }
    let needed = needed(manifest, components)?;
    let mut values = Values::new();
    let mut missing = Vec::new();
    for (name, variable) in &manifest.variables {
        let variable_name = format!("SPIN_VARIABLE_{}", name.to_ascii_uppercase());
        let value = given.get(name).cloned().or_else(|| environment(&variable_name).map(Value));
        match value.or_else(|| variable.default.clone().map(Value)) {
            Some(value) => drop(values.insert(name.clone(), value)),
            None if needed.contains(name.as_str()) => missing.push(variable_name),
            None => {}
        }
    }
    ensure!(missing.is_empty(), "not set in the environment, but required: {}", missing.join(", "));
    Ok(values)
}

fn needed<'a>(manifest: &'a Manifest, components: Option<&[String]>) -> Result<BTreeSet<&'a str>> {
    let Some(components) = components else { return Ok(manifest.variables.keys().map(String::as_str).collect()) };
    let mut names = BTreeSet::new();
    for (id, component) in &manifest.component {
        if components.contains(id) {
            for text in component.variables.values().chain(&component.allowed_outbound_hosts) {
                names.extend(Template::parse(text)?.names());
            }
        }
    }
    Ok(names)
}

/// The values of one component's variables.
pub(crate) fn component_values(component: &Component, application: &Values) -> Result<Values> {
    let fill = |(name, text): (&String, &String)| Ok((name.clone(), Template::parse(text)?.fill(application)?));
    component.variables.iter().map(fill).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const MANIFEST: &str = r#"
        spin_manifest_version = 2
        [application]
        name = "x"
        [variables]
        key = { required = true, secret = true }
        other_key = { required = true }
        host = { default = "example.test" }
        [[trigger.http]]
        route = "/..."
        component = "a"
        [component.a]
        source = "a.wasm"
        [component.a.variables]
        url = "https://{{ host }}:{{key}}/"
        [component.b]
        source = "b.wasm"
    "#;

    fn values(given: &[(&str, &str)], environment: &[(&str, &str)], only: Option<&[String]>) -> Result<Values> {
        let given = given.iter().map(|(name, value)| (name.to_string(), Value::from(*value))).collect();
        let look_up = |name: &str| environment.iter().find(|(n, _)| *n == name).map(|(_, value)| value.to_string());
        application_values(&Manifest::parse(MANIFEST).unwrap(), only, &given, look_up)
    }

    #[test]
    fn given_wins_over_environment_wins_over_default() {
        let environment = [("SPIN_VARIABLE_KEY", "env"), ("SPIN_VARIABLE_OTHER_KEY", "o"), ("SPIN_VARIABLE_HOST", "h")];
        let values = values(&[("key", "given")], &environment, None).unwrap();
        assert_eq!(values["key"].reveal(), "given");
        assert_eq!(values["host"].reveal(), "h");
        let component = &Manifest::parse(MANIFEST).unwrap().component["a"];
        assert_eq!(component_values(component, &values).unwrap()["url"].reveal(), "https://h:given/");
    }

    #[test]
    fn missing_variables_are_named_as_the_environment_spells_them() {
        let error = values(&[("key", "k")], &[], None).unwrap_err().to_string();
        assert!(error.contains("SPIN_VARIABLE_OTHER_KEY") && !error.contains("SPIN_VARIABLE_KEY"), "{error}");
        assert!(values(&[("key", "k")], &[], Some(&["a".to_owned()])).is_ok());
        assert!(values(&[("kye", "k")], &[], None).unwrap_err().to_string().contains("\"kye\""));
    }

    #[test]
    fn bad_templates_are_refused() {
        assert!(Template::parse("a {{ b").is_err());
        assert!(Template::parse("{{ nothing }}").unwrap().fill(&Values::new()).is_err());
        assert_eq!(Template::parse("plain }} text").unwrap().fill(&Values::new()).unwrap().reveal(), "plain }} text");
    }

    #[test]
    fn debug_does_not_show_a_value() {
        assert!(!format!("{:?}", Value::from("s3cret")).contains("s3cret"));
    }
}
