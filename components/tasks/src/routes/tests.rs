use std::collections::BTreeMap;

use serde_json::Value;

use super::table::{ROUTES, TasksRoute, find};

/// The paths of the OpenAPI document behind `/api/{user_id}`, each with its operations by method.
fn documented() -> BTreeMap<String, BTreeMap<String, Value>> {
    let file = std::env::var("CARGO_MANIFEST_DIR").unwrap() + "/../../ui/public/api/openapi.json";
    let document: Value = serde_json::from_str(&std::fs::read_to_string(file).unwrap()).unwrap();
    let paths = document["paths"].as_object().unwrap().iter().filter_map(|(path, item)| {
        let path = path
            .strip_prefix("/api/{user_id}")
            .filter(|path| ["/tasks", "/lists", "/settings", "/history"].iter().any(|part| path.starts_with(part)))?;
        let operations = item.as_object().unwrap().iter().filter(|(key, _)| *key != "parameters");
        Some((path.to_owned(), operations.map(|(method, it)| (method.to_uppercase(), it.clone())).collect()))
    });
    paths.collect()
}

fn operation<'a>(documented: &'a BTreeMap<String, BTreeMap<String, Value>>, route: &TasksRoute) -> &'a Value {
    &documented[route.path][route.methods.trim_end_matches(", HEAD")]
}

#[test]
fn the_routes_are_those_of_the_document() {
    let documented = documented();
    let operations: usize = documented.values().map(BTreeMap::len).sum();
    assert_eq!(operations, ROUTES.len());
    for route in ROUTES {
        assert!(operation(&documented, route).is_object(), "{} {}", route.methods, route.path);
    }
}

#[test]
fn query_parameters_are_those_of_the_document() {
    let documented = documented();
    for route in ROUTES {
        let parameters = operation(&documented, route)["parameters"].as_array().unwrap();
        let mut expected: Vec<&str> = parameters
            .iter()
            .filter(|parameter| parameter["in"] == "query")
            .map(|parameter| parameter["name"].as_str().unwrap())
            .collect();
        let mut declared = route.endpoint.query_parameters().to_vec();
        expected.sort_unstable();
        declared.sort_unstable();
        assert_eq!(declared, expected, "{} {}", route.methods, route.path);
    }
}

#[test]
fn bodies_are_those_of_the_document() {
    let documented = documented();
    for route in ROUTES {
        let body = operation(&documented, route).get("requestBody");
        let rule = route.endpoint.body_rule().filter(|rule| !rule.media_types.is_empty());
        assert_eq!(rule.is_some(), body.is_some(), "{} {}", route.methods, route.path);
        let (Some(rule), Some(body)) = (rule, body) else { continue };
        assert_eq!(body["required"].as_bool().unwrap(), !rule.optional, "{}", route.path);
        let mut expected: Vec<&str> = body["content"].as_object().unwrap().keys().map(String::as_str).collect();
        let mut accepted = rule.media_types.to_vec();
        expected.sort_unstable();
        accepted.sort_unstable();
        assert_eq!(accepted, expected, "{}", route.path);
    }
}

#[test]
fn a_word_in_the_path_is_never_taken_for_a_task() {
    let allow = |method: &str, path: &[&str]| find(method, path).err().map(|error| error.headers[0].1.clone());
    assert_eq!(allow("PUT", &["tasks"]).as_deref(), Some("GET, HEAD, POST"));
    assert_eq!(allow("PUT", &["tasks", "export"]).as_deref(), Some("GET"));
    assert_eq!(allow("DELETE", &["tasks", "undo"]).as_deref(), Some("POST"));
    assert_eq!(allow("POST", &["tasks", "7"]).as_deref(), Some("GET, HEAD, PUT, PATCH, DELETE"));
    assert_eq!(allow("HEAD", &["tasks", "7", "complete"]).as_deref(), Some("PATCH"));
    assert!(find("HEAD", &["tasks", "7"]).is_ok() && find("PATCH", &["tasks", "export", "complete"]).is_ok());
    assert_eq!(find("GET", &["tasks", "7", "other"]).err().unwrap().status, 404);
}
