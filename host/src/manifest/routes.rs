//! Finds the component for a path. Precedence is Spin's, by the same crate: in each segment an exact match wins over a
//! parameter, and a parameter over a wildcard. Paths are matched as they are sent, without decoding.

use anyhow::{Result, anyhow, ensure};

use crate::manifest::{HttpTrigger, TriggerRoute};

/// All routes that clients can reach.
pub(crate) struct RouteTable(routefinder::Router<RouteTarget>);

struct RouteTarget {
    component: String,
    route: String,
}

/// The route of a path.
#[derive(Debug, PartialEq)]
pub(crate) struct RouteMatch {
    /// The component that handles the request.
    pub(crate) component: String,
    /// The route as the manifest has it.
    pub(crate) route: String,
    /// The part of the path that the wildcard at the end matched, its slash included.
    pub(crate) trailing: String,
    /// The segments that parameters matched, by name.
    pub(crate) parameters: Vec<(String, String)>,
}

impl RouteTable {
    /// Reads the patterns of the triggers; private routes have none.
    pub(crate) fn new<'a>(triggers: impl Iterator<Item = &'a HttpTrigger>) -> Result<Self> {
        let mut router = routefinder::Router::new();
        let mut seen = std::collections::BTreeSet::new();
        for trigger in triggers {
            let TriggerRoute::Pattern(pattern) = &trigger.route else { continue };
            ensure!(seen.insert(pattern), "the route {pattern:?} is there twice");
            let target = RouteTarget { component: trigger.component.clone(), route: pattern.clone() };
            router.add(path_spec(pattern), target).map_err(|error| anyhow!("the route {pattern:?}: {error}"))?;
        }
        Ok(Self(router))
    }

    /// Finds the best route.
    pub(crate) fn find(&self, path: &str) -> Option<RouteMatch> {
        let best = self.0.best_match(path)?;
        let captures = best.captures();
        let parameters = captures.params().iter().map(|p| (p.name().to_owned(), p.value().to_owned())).collect();
        let trailing = captures.wildcard().map(|rest| trailing(rest, path.ends_with('/'))).unwrap_or_default();
        let target = best.handler();
        Some(RouteMatch { component: target.component.clone(), route: target.route.clone(), trailing, parameters })
    }
}

impl RouteMatch {
    /// The match for a call of one component by another: there is no route, and the whole path is passed on.
    pub(crate) fn direct(component: &str, path: &str) -> Self {
        Self {
            component: component.to_owned(),
            route: "/...".to_owned(),
            trailing: path.to_owned(),
            parameters: Vec::new(),
        }
    }

    /// The route without the wildcard at its end.
    pub(crate) fn prefix(&self) -> &str {
        self.route.strip_suffix("/...").unwrap_or(&self.route)
    }
}

/// A pattern in the syntax of the routing crate.
fn path_spec(pattern: &str) -> String {
    let pattern = pattern.strip_suffix('/').unwrap_or(pattern);
    let slash = if pattern.is_empty() || pattern.starts_with('/') { "" } else { "/" };
    match pattern.strip_suffix("/...") {
        Some(prefix) => format!("{slash}{prefix}/*"),
        None => format!("{slash}{pattern}"),
    }
}

/// What the wildcard matched, with the slashes that the routing crate drops.
fn trailing(rest: &str, slash: bool) -> String {
    match (rest.is_empty(), slash) {
        (true, false) => String::new(),
        (true, true) => "/".to_owned(),
        (false, false) => format!("/{rest}"),
        (false, true) => format!("/{rest}/"),
    }
}

#[cfg(test)]
mod tests;
