//! Which component answers a path. Precedence is Spin's, by the same crate: segment by segment an exact one wins over a
//! parameter, a parameter over a wildcard. Paths are matched as they are sent, undecoded.

use anyhow::{Result, anyhow, ensure};

use crate::manifest::{HttpTrigger, Route};

/// All routes that clients can reach.
pub(crate) struct Router(routefinder::Router<Target>);

struct Target {
    component: String,
    route: String,
}

/// The route that was found for a path.
#[derive(Debug, PartialEq)]
pub(crate) struct Found {
    /// The component that answers.
    pub(crate) component: String,
    /// The route as the manifest has it.
    pub(crate) route: String,
    /// What the wildcard at the end stands for, its slash included.
    pub(crate) trailing: String,
    /// The named segments.
    pub(crate) parameters: Vec<(String, String)>,
}

impl Router {
    /// Takes the patterns of the triggers; private routes have none.
    pub(crate) fn new<'a>(triggers: impl Iterator<Item = &'a HttpTrigger>) -> Result<Self> {
        let mut router = routefinder::Router::new();
        let mut seen = std::collections::BTreeSet::new();
        for trigger in triggers {
            let Route::Pattern(pattern) = &trigger.route else { continue };
            ensure!(seen.insert(pattern), "the route {pattern:?} is there twice");
            let target = Target { component: trigger.component.clone(), route: pattern.clone() };
            router.add(path_spec(pattern), target).map_err(|error| anyhow!("the route {pattern:?}: {error}"))?;
        }
        Ok(Self(router))
    }

    /// Finds the best route.
    pub(crate) fn find(&self, path: &str) -> Option<Found> {
        let best = self.0.best_match(path)?;
        let captures = best.captures();
        let parameters = captures.params().iter().map(|p| (p.name().to_owned(), p.value().to_owned())).collect();
        let trailing = captures.wildcard().map(|rest| trailing(rest, path.ends_with('/'))).unwrap_or_default();
        let target = best.handler();
        Some(Found { component: target.component.clone(), route: target.route.clone(), trailing, parameters })
    }
}

impl Found {
    /// A call of one component by another: no route, the path is passed on whole.
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

/// A pattern in the words of the routing crate.
fn path_spec(pattern: &str) -> String {
    let pattern = pattern.strip_suffix('/').unwrap_or(pattern);
    let slash = if pattern.is_empty() || pattern.starts_with('/') { "" } else { "/" };
    match pattern.strip_suffix("/...") {
        Some(prefix) => format!("{slash}{prefix}/*"),
        None => format!("{slash}{pattern}"),
    }
}

/// The wildcard's text with the slashes that the routing crate drops.
fn trailing(rest: &str, slash: bool) -> String {
    match (rest.is_empty(), slash) {
        (true, false) => String::new(),
        (true, true) => "/".to_owned(),
        (false, false) => format!("/{rest}"),
        (false, true) => format!("/{rest}/"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn router(routes: &[&str]) -> Result<Router> {
        let list: Vec<_> = routes.iter().map(|r| format!("{{ route = {r:?}, component = {r:?} }}")).collect();
        let table: toml::Table = toml::from_str(&format!("http = [{}]", list.join(","))).unwrap();
        let triggers: Vec<HttpTrigger> = table["http"].clone().try_into().unwrap();
        Router::new(triggers.iter())
    }

    fn found(router: &Router, path: &str) -> Option<String> {
        router.find(path).map(|found| found.component)
    }

    #[test]
    fn exact_wins_over_parameter_wins_over_wildcard() {
        let routes = ["/...", "/api/auth/...", "/api/:user_id/tasks/...", "/api/:user_id/chat/...", "/health", "/mcp"];
        let router = router(&routes).unwrap();
        let cases = [
            ("/", "/..."),
            ("/assets/app.js", "/..."),
            ("/health", "/health"),
            ("/health/", "/health"),
            ("/health/x", "/..."),
            ("/api/auth/tasks/1", "/api/auth/..."),
            ("/api/auth", "/api/auth/..."),
            ("/api/u1/tasks", "/api/:user_id/tasks/..."),
            ("/api/u1/tasks/7/complete", "/api/:user_id/tasks/..."),
            ("/api/u1/chat", "/api/:user_id/chat/..."),
            ("/api/u1/other", "/..."),
        ];
        for (path, route) in cases {
            assert_eq!(found(&router, path).as_deref(), Some(route), "{path}");
        }
    }

    #[test]
    fn captures_are_what_the_headers_need() {
        let router = router(&["/api/:user_id/tasks/..."]).unwrap();
        let hit = router.find("/api/u%201/tasks/7/complete/").unwrap();
        assert_eq!(hit.parameters, [("user_id".to_owned(), "u%201".to_owned())]);
        assert_eq!((hit.trailing.as_str(), hit.prefix()), ("/7/complete/", "/api/:user_id/tasks"));
        assert_eq!(router.find("/api/u/tasks").unwrap().trailing, "");
        assert_eq!(router.find("/api/u/tasks/").unwrap().trailing, "/");
        assert_eq!(router.find("/elsewhere"), None);
    }

    #[test]
    fn a_route_given_twice_is_refused() {
        assert!(router(&["/a", "/a"]).is_err());
    }
}
