use std::collections::BTreeMap;

use serde_json::Value;

use super::*;

#[test]
fn the_routes_are_those_of_the_document() {
    let file = std::env::var("CARGO_MANIFEST_DIR").unwrap() + "/../../ui/public/api/openapi.json";
    let document: Value = serde_json::from_str(&std::fs::read_to_string(file).unwrap()).unwrap();
    let documented: BTreeMap<&str, Vec<String>> = document["paths"]
        .as_object()
        .unwrap()
        .iter()
        .filter_map(|(path, item)| {
            let path = path.strip_prefix("/api/{user_id}").filter(|path| path.starts_with("/notifications"))?;
            let operations = item.as_object().unwrap().keys().filter(|key| *key != "parameters");
            Some((path, operations.map(|method| method.to_uppercase()).collect()))
        })
        .collect();
    assert_eq!(documented.values().map(Vec::len).sum::<usize>(), USER_ROUTES.len());
    for route in &USER_ROUTES {
        assert!(
            documented[route.path].contains(&route.methods.trim_end_matches(", HEAD").to_owned()),
            "{}",
            route.path
        );
    }
}

#[test]
fn a_method_that_a_path_does_not_have_names_those_that_it_has() {
    let allow = |method: &str, path: &[&str]| find(method, path).err().map(|error| error.headers[0].1.clone());
    assert_eq!(allow("PUT", &["notifications"]).as_deref(), Some("GET, HEAD, PATCH"));
    assert_eq!(allow("GET", &["notifications", "subscriptions"]).as_deref(), Some("POST"));
    assert_eq!(find("GET", &["notifications", "other"]).err().unwrap().status, 404);
    assert_eq!(find("HEAD", &["notifications"]).ok(), Some(UserEndpoint::Get));
}
