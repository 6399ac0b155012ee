use super::*;

fn table(routes: &[&str]) -> Result<RouteTable> {
    let list: Vec<_> = routes.iter().map(|r| format!("{{ route = {r:?}, component = {r:?} }}")).collect();
    let parsed: toml::Table = toml::from_str(&format!("http = [{}]", list.join(","))).unwrap();
    let triggers: Vec<HttpTrigger> = parsed["http"].clone().try_into().unwrap();
    RouteTable::new(triggers.iter())
}

fn component_of(table: &RouteTable, path: &str) -> Option<String> {
    table.find(path).map(|route| route.component)
}

#[test]
fn exact_wins_over_parameter_wins_over_wildcard() {
    let routes = ["/...", "/api/auth/...", "/api/:user_id/tasks/...", "/api/:user_id/chat/...", "/health", "/mcp"];
    let table = table(&routes).unwrap();
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
        assert_eq!(component_of(&table, path).as_deref(), Some(route), "{path}");
    }
}

#[test]
fn captures_are_what_the_headers_need() {
    let table = table(&["/api/:user_id/tasks/..."]).unwrap();
    let hit = table.find("/api/u%201/tasks/7/complete/").unwrap();
    assert_eq!(hit.parameters, [("user_id".to_owned(), "u%201".to_owned())]);
    assert_eq!((hit.trailing.as_str(), hit.prefix()), ("/7/complete/", "/api/:user_id/tasks"));
    assert_eq!(table.find("/api/u/tasks").unwrap().trailing, "");
    assert_eq!(table.find("/api/u/tasks/").unwrap().trailing, "/");
    assert_eq!(table.find("/elsewhere"), None);
}

#[test]
fn a_route_given_twice_is_rejected() {
    assert!(table(&["/a", "/a"]).is_err());
}
