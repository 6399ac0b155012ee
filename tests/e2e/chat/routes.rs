//! The table of routes, walked on the running app: none lets in a stranger, another user or strange input.

use anyhow::Result;
use conversation::{ChatRoute, ROUTES, RouteAccess};
use reqwest::RequestBuilder;
use serde_json::json;
use tests::{TestApp, TestUser};

use crate::problem::problem;

const FOREIGN: &str = "https://evil.example";

/// A request of a route, for a conversation of this user and without a token.
fn request(route: &ChatRoute, owner: &TestUser<'_>, query: &str) -> RequestBuilder {
    let path = route.path.replace("{user_id}", &owner.id).replace("{conversation_id}", "1");
    let path = path.replace("{action_id}", "1-1-2-0");
    let request = owner.app.request(route.method, &format!("{path}{query}"));
    match route.media_types {
        [] => request,
        [first, ..] => request.header("content-type", *first).body(body(route)),
    }
}

/// A body that each route accepts, but none carries out: `/chatkit` reads a thread.
fn body(route: &ChatRoute) -> String {
    let body = match route.path {
        "/chatkit" => json!({"type": "threads.get_by_id", "params": {"thread_id": "1"}}),
        path if path.ends_with("/chat") => json!({"message": "add milk"}),
        path if path.contains("/actions/") => json!({"approve": true}),
        _ => json!({"title": "Renamed"}),
    };
    body.to_string()
}

#[tokio::test(flavor = "multi_thread")]
async fn no_route_lets_in_strangers_or_strange_input() -> Result<()> {
    let app = TestApp::with(&[("trusted_origins", "https://app.example")]).await?;
    let (ann, bob) = (app.sign_up("Ann").await?, app.sign_up("Bob").await?);
    ann.chat(json!({"message": "show my tasks"})).await?;
    for route in &ROUTES {
        problem(request(route, &ann, "").send().await?, 401, "unauthenticated").await?;
        problem(request(route, &ann, "").bearer_auth("a.b.c").send().await?, 401, "invalid_token").await?;
        let by_bob = request(route, &ann, "").bearer_auth(&bob.token).send().await?;
        match route.path.contains("{user_id}") {
            true => problem(by_bob, 403, "forbidden").await?,
            false => problem(by_bob, 404, "not_found").await?,
        };
        let by_ann = |query| request(route, &ann, query).bearer_auth(&ann.token);
        problem(by_ann("?colour=red").send().await?, 400, "malformed").await?;
        if !route.media_types.is_empty() {
            let response = app.request(route.method, by_ann("").build()?.url().path()).bearer_auth(&ann.token);
            let response = response.header("content-type", "text/plain").body(body(route)).send().await?;
            problem(response, 415, "unsupported_media_type").await?;
        }
        let foreign = request(route, &ann, "").header("origin", FOREIGN);
        let response = match route.access {
            RouteAccess::AnyPage => foreign.send().await?,
            RouteAccess::TrustedPages => foreign.bearer_auth(&ann.token).send().await?,
        };
        assert!(response.headers().get("access-control-allow-origin").is_none(), "{route:?}");
        match route.access {
            RouteAccess::AnyPage => problem(response, 401, "unauthenticated").await?,
            RouteAccess::TrustedPages => problem(response, 403, "forbidden").await?,
        };
    }
    assert!(ann.list().await?.is_empty(), "nothing was carried out");
    assert_eq!(ann.ask("GET", "/conversations").await?.1[0]["title"], "show my tasks");
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_method_that_is_not_in_the_table_is_named_with_those_that_are() -> Result<()> {
    let app = TestApp::start().await?;
    let ann = app.sign_up("Ann").await?;
    for route in &ROUTES {
        let path = request(route, &ann, "").build()?.url().path().to_owned();
        let response = app.request("PUT", &path).bearer_auth(&ann.token).send().await?;
        let allow = response.headers()["allow"].to_str()?.to_owned();
        assert!(allow.split(", ").any(|method| method == route.method), "{path}: {allow}");
        problem(response, 405, "method_not_allowed").await?;
    }
    Ok(())
}
