//! Every route of tasks, their history, lists and settings, as the OpenAPI document lists them (a unit test compares it with the router's table): what each one rejects.

use anyhow::{Context, Result};
use reqwest::RequestBuilder;
use serde_json::{Value, json};
use tests::{TestApp, TestUser};

use crate::exchange::rejects_large_body;
use crate::problem::problem;

const FOREIGN: &str = "https://evil.example";

/// The numbers in paths.
const NUMBERS: [&str; 3] = ["{task_id}", "{list_id}", "{change_id}"];

/// A route of the document, for one user's task, list and change 1.
struct DocumentedRoute {
    method: String,
    path: String,
    has_number: bool,
    /// The first media type of its body, if it has one.
    media_type: Option<String>,
    /// All methods of its path, as `Allow` lists them.
    allow: String,
}

impl DocumentedRoute {
    fn all(user: &str) -> Result<Vec<Self>> {
        let file = std::fs::read_to_string(tests::root().join("ui/public/api/openapi.json"))?;
        let document: Value = serde_json::from_str(&file)?;
        let mut routes = Vec::new();
        for (path, item) in document["paths"].as_object().context("paths")? {
            let parts = ["tasks", "history", "lists", "settings"].map(|part| format!("/api/{{user_id}}/{part}"));
            if !parts.iter().any(|begin| path.starts_with(begin)) {
                continue;
            }
            let operations = item.as_object().context("a path item")?.iter().filter(|(key, _)| *key != "parameters");
            let methods: Vec<String> = operations.clone().map(|(method, _)| method.to_uppercase()).collect();
            for (method, operation) in operations {
                let media_types = operation["requestBody"]["content"].as_object();
                routes.push(Self {
                    method: method.to_uppercase(),
                    path: NUMBERS.iter().fold(path.replace("{user_id}", user), |path, name| path.replace(name, "1")),
                    has_number: NUMBERS.iter().any(|name| path.contains(name)),
                    media_type: media_types.and_then(|types| types.keys().next()).cloned(),
                    allow: allow(path, &methods),
                });
            }
        }
        assert_eq!(routes.len(), 25);
        Ok(routes)
    }

    /// A request to the route with the user's token and nothing else.
    fn request(&self, user: &TestUser<'_>) -> RequestBuilder {
        user.app.request(&self.method, &self.path).bearer_auth(&user.token)
    }

    fn name(&self) -> String {
        format!("{} {}", self.method, self.path)
    }
}

/// The document's methods in the router's order; every address that is read serves HEAD too, but for the export.
fn allow(path: &str, methods: &[String]) -> String {
    let order = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE"];
    let has = |method: &str| methods.iter().any(|other| other == method);
    let allowed = order.into_iter().filter(|method| match *method {
        "HEAD" => has("GET") && !path.ends_with("/export"),
        method => has(method),
    });
    allowed.collect::<Vec<_>>().join(", ")
}

async fn app() -> Result<TestApp> {
    TestApp::with(&[("rate_limit_per_minute", "0")]).await
}

#[tokio::test(flavor = "multi_thread")]
async fn no_route_works_without_the_owner_s_token() -> Result<()> {
    let app = app().await?;
    let (ann, bob) = (app.sign_up("Ann").await?, app.sign_up("Bob").await?);
    ann.add("milk").await?;
    for route in DocumentedRoute::all(&ann.id)? {
        let nobody = app.request(&route.method, &route.path).send().await?;
        assert_eq!(nobody.headers()["www-authenticate"], "Bearer", "{}", route.name());
        problem(nobody, 401, "unauthenticated").await?;
        let forged = app.request(&route.method, &route.path).bearer_auth("a.b.c").send().await?;
        problem(forged, 401, "invalid_token").await?;
        let cookie = app.request(&route.method, &route.path).header("cookie", &ann.cookie).send().await?;
        problem(cookie, 401, "unauthenticated").await?;
        problem(route.request(&bob).json(&json!({"title": "bob's"})).send().await?, 403, "forbidden").await?;
    }
    assert_eq!(ann.list().await?, ["milk"]);
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn no_page_of_another_origin_may_call_a_route() -> Result<()> {
    let app = app().await?;
    let ann = app.sign_up("Ann").await?;
    for route in DocumentedRoute::all(&ann.id)? {
        let preflight = app.request("OPTIONS", &route.path).header("origin", FOREIGN);
        let preflight = preflight.header("access-control-request-method", &route.method);
        let preflight = preflight.header("access-control-request-headers", "authorization,content-type").send().await?;
        assert_eq!(preflight.status(), 401, "{}", route.name());
        assert!(!preflight.headers().contains_key("access-control-allow-origin"), "{}", route.name());
        let response = route.request(&ann).header("origin", FOREIGN).send().await?;
        assert!(!response.headers().contains_key("access-control-allow-origin"), "{}", route.name());
    }
    Ok(())
}

const WRONG_TYPES: [&str; 3] = ["text/plain", "application/x-www-form-urlencoded", "application/jsonp"];

#[tokio::test(flavor = "multi_thread")]
async fn every_route_rejects_what_it_does_not_declare() -> Result<()> {
    let app = app().await?;
    let ann = app.sign_up("Ann").await?;
    ann.add("milk").await?;
    let (mut bodies, mut numbers) = (0, 0);
    for route in DocumentedRoute::all(&ann.id)? {
        let unknown = app
            .request(&route.method, &format!("{}?colour=red", route.path))
            .bearer_auth(&ann.token)
            .json(&json!({"title": "lost"}))
            .send()
            .await?;
        let detail = problem(unknown, 400, "malformed").await?["detail"].to_string();
        assert!(detail.contains("colour"), "{}: {detail}", route.name());

        let other = app.request("OPTIONS", &route.path).bearer_auth(&ann.token).send().await?;
        assert_eq!(other.headers()["allow"], route.allow.as_str(), "{}", route.name());
        problem(other, 405, "method_not_allowed").await?;

        if route.has_number {
            // The user's id may begin with the same digit.
            let (user, number) = route.path.split_at("/api/".len() + ann.id.len());
            let path = format!("{user}{}", number.replace("/1", "/01"));
            problem(app.request(&route.method, &path).bearer_auth(&ann.token).send().await?, 404, "not_found").await?;
            numbers += 1;
        }
        if let Some(media_type) = &route.media_type {
            let send = |media_type: &str, body: Vec<u8>| {
                route.request(&ann).header("content-type", media_type).body(body).send()
            };
            // An import takes any file.
            let takes_any = route.path.ends_with("/import");
            for wrong in if takes_any { &[][..] } else { &WRONG_TYPES } {
                problem(send(wrong, b"{\"title\":\"lost\"}".to_vec()).await?, 415, "unsupported_media_type").await?;
            }
            rejects_large_body(&ann, &route.method, &route.path, media_type).await?;
            problem(send(media_type, b"{\"title\":".to_vec()).await?, 400, "malformed").await?;
            let code = if takes_any { "no_tasks" } else { "invalid" };
            problem(send(media_type, b"[]".to_vec()).await?, 422, code).await?;
            bodies += 1;
        }
    }
    assert_eq!((bodies, numbers), (13, 10));
    assert_eq!(ann.list().await?, ["milk"]);
    Ok(())
}
