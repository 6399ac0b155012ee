//! Every route under `/api/auth`, as `components/auth/routes.txt` lists them: asked by a page of another site, without a
//! session, and with a body of the wrong type.

use anyhow::Result;
use reqwest::RequestBuilder;
use serde_json::{Value, json};
use tests::TestApp;

const ROUTES: &str = include_str!("../../../components/auth/routes.txt");
const FORM: &str = "client_id=c&grant_type=authorization_code&token=t";

struct Route {
    method: &'static str,
    path: String,
    /// `read`, `user-read`, `link`, `write` or `user-write`.
    who: &'static str,
    checks: Vec<&'static str>,
}

fn routes() -> Vec<Route> {
    let lines = ROUTES.lines().filter(|line| !line.starts_with('#'));
    let routes: Vec<Route> = lines
        .map(|line| {
            let mut words = line.split(' ');
            let method = words.next().unwrap();
            let path = format!("/api/auth{}", words.next().unwrap().replace(':', ""));
            Route { method, path, who: words.next().unwrap(), checks: words.collect() }
        })
        .collect();
    assert!(routes.len() > 40, "the list is read");
    routes
}

impl Route {
    fn is_write(&self) -> bool {
        self.who.ends_with("write")
    }

    /// The request, with a body that the route takes.
    fn request(&self, app: &TestApp) -> RequestBuilder {
        let request = app.request(self.method, &self.path);
        match self.checks.first() {
            Some(&"Form") => request.header("content-type", "application/x-www-form-urlencoded").body(FORM),
            // The two routes that take this member and no other.
            Some(&"Json") if self.path.ends_with("/get-access-token") || self.path.ends_with("/refresh-token") => {
                request.json(&json!({"accountId": "a"}))
            }
            Some(&"Json" | &"FormOrJson") => request.json(&body()),
            _ => request,
        }
    }
}

/// Every member that some write needs, each with a value that it takes.
fn body() -> Value {
    json!({
        "accept": true, "accountId": "a", "callbackURL": "/", "currentPassword": "password", "email": "a@b.co",
        "id": "i", "name": "Eve", "newEmail": "b@b.co", "newPassword": "password", "password": "password",
        "provider": "google", "providerId": "google", "token": "t",
    })
}

async fn app() -> Result<TestApp> {
    // Many requests from one address.
    TestApp::with(&[("rate_limit", "off"), ("delete_user", "on"), ("development_mail", "true")]).await
}

#[tokio::test(flavor = "multi_thread")]
async fn no_write_is_done_for_a_page_of_another_site() -> Result<()> {
    let app = app().await?;
    let ann = app.sign_up("Ann").await?;
    for route in routes().iter().filter(|route| route.is_write()) {
        for (origin, code) in [
            (Some("https://evil.example"), "INVALID_ORIGIN"),
            (Some("null"), "MISSING_OR_NULL_ORIGIN"),
            (None, "MISSING_OR_NULL_ORIGIN"),
        ] {
            let mut request = route.request(&app).header("cookie", &ann.cookie);
            if let Some(origin) = origin {
                request = request.header("origin", origin);
            }
            let response = request.send().await?;
            assert_eq!(response.status(), 403, "{} {origin:?}", route.path);
            assert!(!response.headers().contains_key("set-cookie"), "{}", route.path);
            assert_eq!(response.json::<Value>().await?["code"], code, "{}", route.path);
        }
        if route.checks.contains(&"Browser") {
            let response = route.request(&app).header("origin", "https://evil.example").send().await?;
            assert_eq!(response.status(), 403, "{} without cookies", route.path);
        }
    }
    let session: Value = ann.auth("GET", "/get-session").send().await?.json().await?;
    assert_eq!((&session["user"]["name"], &session["user"]["id"]), (&json!("Ann"), &json!(ann.id)));
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn no_route_of_a_user_works_without_a_session() -> Result<()> {
    let app = app().await?;
    for route in routes().iter().filter(|route| route.who.starts_with("user-")) {
        let response = route.request(&app).send().await?;
        assert_eq!(response.status(), 401, "{}", route.path);
        let forged = route.request(&app).header("origin", &app.base);
        let forged = forged.header("cookie", "better-auth.session_token=t.AAAA").send().await?;
        assert_eq!(forged.status(), 401, "{} with a forged cookie", route.path);
    }
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn no_write_reads_a_body_of_another_media_type() -> Result<()> {
    let app = app().await?;
    for route in routes().iter().filter(|route| route.is_write() && !route.checks.contains(&"Ignored")) {
        let request = app.request(route.method, &route.path).header("content-type", "text/plain");
        let response = request.body(body().to_string()).send().await?;
        assert_eq!(response.status(), 415, "{}", route.path);
        assert_eq!(response.json::<Value>().await?["code"], "UNSUPPORTED_MEDIA_TYPE", "{}", route.path);
    }
    Ok(())
}
