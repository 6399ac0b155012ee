//! Every route of the table, asked by a page of another site, without a session, and with a body of the wrong type.

use std::collections::BTreeSet;

use crate::guard::origin::OriginRule;
use crate::http::body::BodyFormat;
use crate::routes::endpoint::Endpoint;
use crate::routes::table::{ANY_METHOD, ROUTES, Route, SESSION_ROUTES};

use super::*;

/// What the end-to-end tests read.
const LIST: &str = include_str!("../../../routes.txt");
const HEAD: &str = "\
# Every route under /api/auth: method, path, who may use it, and what is checked. Made of src/routes/table.rs by
# `UPDATE_ROUTES=yes cargo test -p auth-routes`; a test compares them.
";

/// Every member that some write needs, each with a value that it takes.
const BODY: &str = r#"{"accept":true,"accountId":"a","callbackURL":"/","currentPassword":"password","email":"a@b.co",
    "id":"i","name":"A","newEmail":"b@b.co","newPassword":"password","password":"password","provider":"google",
    "providerId":"google","token":"t","client_id":"c","grant_type":"authorization_code"}"#;

/// The two routes that take this member and no other.
const ACCOUNT_ROUTES: [&str; 2] = ["/get-access-token", "/refresh-token"];
const ACCOUNT: &str = r#"{"accountId":"a"}"#;

fn body_of(route: &Route, format: BodyFormat) -> (&'static str, &'static str) {
    match format {
        _ if ACCOUNT_ROUTES.contains(&route.path) => ("content-type: application/json", ACCOUNT),
        _ => ("content-type: application/json", BODY),
    }
}

/// The status of a request to a route and the code of its error.
fn ask(route: &Route, headers: &[&str], body: &str) -> (u16, String) {
    let path = route.path.replace([':'], "");
    let method = if route.method == ANY_METHOD { "GET" } else { route.method };
    let (status, response) = response_to(Sent { method, path: &path, headers, body: body.as_bytes() });
    let body: Value = serde_json::from_slice(response.body()).unwrap_or_default();
    (status, body["code"].as_str().unwrap_or_default().to_owned())
}

fn line(route: &Route) -> String {
    let (who, checks) = match route.endpoint {
        Endpoint::Read(_) => ("read", String::new()),
        Endpoint::Link(_) => ("link", String::new()),
        Endpoint::UserRead(session, _) => ("user-read", format!("{session:?}")),
        Endpoint::Write(format, origin, _) => ("write", format!("{format:?} {origin:?}")),
        Endpoint::UserWrite(format, session, _) => ("user-write", format!("{format:?} {session:?}")),
    };
    format!("{} {} {who} {checks}", route.method, route.path).trim_end().to_owned()
}

#[test]
fn the_list_of_routes_is_as_the_table() {
    let lines: Vec<String> = ROUTES.iter().map(line).collect();
    let list = format!("{HEAD}{}\n", lines.join("\n"));
    if std::env::var_os("UPDATE_ROUTES").is_some() {
        std::fs::write(concat!(env!("CARGO_MANIFEST_DIR"), "/routes.txt"), &list).unwrap();
    } else {
        assert_eq!(LIST, list, "run `UPDATE_ROUTES=yes cargo test -p auth-routes`");
    }
}

#[test]
fn a_route_is_found_by_its_method_and_path_and_stands_in_the_table_once() {
    for (index, route) in ROUTES.iter().enumerate() {
        let method = if route.method == ANY_METHOD { "PATCH" } else { route.method };
        let found = table::find(ROUTES, method, route.path).unwrap();
        assert_eq!((found.method, found.path), (route.method, route.path));
        let again = ROUTES[index + 1..].iter().find(|other| (other.method, other.path) == (route.method, route.path));
        assert!(again.is_none(), "{} {}", route.method, route.path);
    }
}

#[test]
fn the_session_component_has_all_methods_of_its_paths_and_stands_at_them_in_the_manifest() {
    let manifest = include_str!("../../../../../spin.toml");
    let paths: BTreeSet<&str> = SESSION_ROUTES.iter().map(|route| route.path).collect();
    for path in &paths {
        let of_path =
            |routes: &[Route]| routes.iter().filter(|route| route.path == *path).map(line).collect::<Vec<_>>();
        assert_eq!(of_path(SESSION_ROUTES), of_path(ROUTES));
        let trigger = format!("route = \"/api/auth{path}\"\ncomponent = \"session\"\n");
        assert!(manifest.contains(&trigger), "{path}");
    }
    assert_eq!(manifest.matches("component = \"session\"").count(), paths.len());
}

#[test]
fn a_route_that_is_posted_to_is_a_write() {
    for route in ROUTES.iter().filter(|route| route.method == "POST") {
        let is_write = matches!(route.endpoint, Endpoint::Write(..) | Endpoint::UserWrite(..));
        // A client may post its bearer token; cookies play no part in it.
        assert_eq!(is_write, route.path != "/oauth2/userinfo", "{}", route.path);
    }
}

#[test]
fn no_write_is_done_for_a_page_of_another_site() {
    for route in ROUTES {
        let (Endpoint::Write(format, ..) | Endpoint::UserWrite(format, ..)) = route.endpoint else { continue };
        let (media_type, body) = body_of(route, format);
        let foreign = ["cookie: a=b", "origin: https://evil.example", media_type];
        assert_eq!(ask(route, &foreign, body), (403, "INVALID_ORIGIN".to_owned()), "{}", route.path);
        let silent = ["cookie: a=b", media_type];
        assert_eq!(ask(route, &silent, body), (403, "MISSING_OR_NULL_ORIGIN".to_owned()), "{}", route.path);
        if let Endpoint::Write(_, OriginRule::Browser, _) = route.endpoint {
            assert_eq!(ask(route, &foreign[1..], body), (403, "INVALID_ORIGIN".to_owned()), "{}", route.path);
        }
    }
}

#[test]
fn no_write_reads_a_body_of_another_media_type() {
    for route in ROUTES {
        let (Endpoint::Write(format, ..) | Endpoint::UserWrite(format, ..)) = route.endpoint else { continue };
        let (status, code) = ask(route, &["content-type: text/plain"], BODY);
        match format {
            BodyFormat::Ignored => assert_eq!(status, 405, "{}", route.path),
            _ => assert_eq!((status, code.as_str()), (415, "UNSUPPORTED_MEDIA_TYPE"), "{}", route.path),
        }
    }
}

#[test]
fn no_route_of_a_user_works_without_a_session() {
    for route in ROUTES {
        let (media_type, body) = match route.endpoint {
            Endpoint::UserRead(..) => ("accept: */*", ""),
            Endpoint::UserWrite(format, ..) => body_of(route, format),
            _ => continue,
        };
        for headers in
            [&[media_type][..], &[media_type, "cookie: better-auth.session_token=t.s", "origin: http://localhost:3000"]]
        {
            assert_eq!(ask(route, headers, body).0, 401, "{} {headers:?}", route.path);
        }
    }
}
