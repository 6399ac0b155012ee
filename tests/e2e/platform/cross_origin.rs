//! Pages of other origins: the listed ones may call with credentials, the others' browsers are told nothing.

use anyhow::Result;
use reqwest::Response;
use serde_json::{Value, json};
use tests::TestApp;

const LISTED: [&str; 2] = ["https://app.example", "https://pr-7.preview.example"];
const FOREIGN: [&str; 6] = [
    "https://evil.example",
    "http://app.example",
    "https://app.example.evil.example",
    "https://preview.example",
    "https://app.example:8443",
    "null",
];

async fn app() -> Result<TestApp> {
    TestApp::with(&[("trusted_origins", "https://app.example,https://*.preview.example")]).await
}

fn addresses(user: &str) -> [(&'static str, String); 8] {
    let of = |path: &str| format!("/api/{user}/{path}");
    [
        ("GET", "/api/auth/get-session".to_owned()),
        ("GET", "/api/auth/jwks".to_owned()),
        ("POST", "/api/auth/sign-out".to_owned()),
        ("GET", "/api/auth/nope".to_owned()),
        ("GET", of("tasks")),
        ("POST", of("chat")),
        ("GET", of("conversations")),
        ("POST", "/chatkit".to_owned()),
    ]
}

fn header<'a>(response: &'a Response, name: &str) -> Option<&'a str> {
    response.headers().get(name).map(|value| value.to_str().unwrap())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_listed_page_may_ask_and_read_everywhere() -> Result<()> {
    let app = app().await?;
    let ann = app.sign_up("Ann").await?;
    for page in LISTED {
        for (method, path) in addresses(&ann.id) {
            let preflight = app.request("OPTIONS", &path).header("origin", page);
            let preflight = preflight.header("access-control-request-method", method);
            let preflight =
                preflight.header("access-control-request-headers", "authorization,content-type").send().await?;
            assert_eq!(preflight.status(), 204, "{path}");
            assert_eq!(header(&preflight, "access-control-allow-origin"), Some(page), "{path}");
            assert_eq!(header(&preflight, "access-control-allow-headers"), Some("authorization,content-type"));
            assert!(header(&preflight, "access-control-allow-methods").unwrap().contains(method));
            let response = app.request(method, &path).header("origin", page).send().await?;
            assert_eq!(header(&response, "access-control-allow-origin"), Some(page), "{path}");
            assert_eq!(header(&response, "access-control-allow-credentials"), Some("true"), "{path}");
            assert!(header(&response, "access-control-expose-headers").unwrap().contains("set-auth-jwt"), "{path}");
            assert_ne!(response.status(), 403, "{path}");
        }
        let ping = json!({"jsonrpc": "2.0", "id": 1, "method": "ping"});
        let pong = app.post("/mcp", &ping).header("origin", page).bearer_auth(&ann.token).send().await?;
        assert_eq!(pong.status(), 200);
        let session =
            app.get("/api/auth/get-session").header("cookie", &ann.cookie).header("origin", page).send().await?;
        assert!(header(&session, "set-auth-jwt").is_some());
        assert_eq!(session.json::<Value>().await?["user"]["id"], ann.id);
    }
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn any_other_page_is_told_nothing() -> Result<()> {
    let app = app().await?;
    let ann = app.sign_up("Ann").await?;
    let cors = |response: &Response| -> Vec<String> {
        let names = response.headers().keys().map(|name| name.as_str().to_owned());
        names.filter(|name| name.starts_with("access-control-allow")).collect()
    };
    for page in FOREIGN {
        for (method, path) in addresses(&ann.id) {
            let preflight = app.request("OPTIONS", &path).header("origin", page);
            let preflight = preflight.header("access-control-request-method", method).send().await?;
            assert_ne!(preflight.status(), 204, "{path}");
            assert!(cors(&preflight).is_empty(), "{page} {path}: {:?}", cors(&preflight));
            let response = app.request(method, &path).header("origin", page).send().await?;
            assert!(cors(&response).is_empty(), "{page} {path}: {:?}", cors(&response));
            assert_eq!(header(&response, "vary"), Some("origin"), "{path}");
        }
        let preflight = app.request("OPTIONS", "/api/auth/sign-in/email").header("origin", page).send().await?;
        assert_eq!((preflight.status().as_u16(), preflight.text().await?), (404, String::new()));
    }
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn without_a_list_nothing_is_said_at_all() -> Result<()> {
    let app = TestApp::start().await?;
    for page in [LISTED[0], &app.base] {
        for (method, path) in addresses("x") {
            let response = app.request(method, &path).header("origin", page).send().await?;
            assert!(
                header(&response, "vary").is_none() && header(&response, "access-control-allow-origin").is_none(),
                "{path}"
            );
        }
    }
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn every_page_may_call_the_mcp_server_without_credentials() -> Result<()> {
    for (listed, app) in [(false, TestApp::start().await?), (true, app().await?)] {
        let ann = app.sign_up("Ann").await?;
        let metadata = "/.well-known/oauth-protected-resource/mcp";
        for page in FOREIGN.into_iter().chain(LISTED) {
            for (method, path) in [("POST", "/mcp"), ("POST", "/mcp/"), ("GET", metadata)] {
                let preflight = app.request("OPTIONS", path).header("origin", page);
                let preflight =
                    preflight.header("access-control-request-headers", "mcp-protocol-version").send().await?;
                assert_eq!(preflight.status(), 204, "{page} {path} {listed}");
                assert!(header(&preflight, "access-control-allow-headers").unwrap().contains("mcp-protocol-version"));
                let response = app.request(method, path).header("origin", page).send().await?;
                assert_eq!(response.status(), if method == "GET" { 200 } else { 401 }, "{page} {path}");
                for response in [preflight, response] {
                    assert_eq!(header(&response, "access-control-allow-origin"), Some("*"), "{page} {path} {listed}");
                    assert_eq!(header(&response, "access-control-allow-credentials"), None, "{page} {path}");
                }
                let rebound = app.request("OPTIONS", path).header("origin", page).header("host", "evil.example");
                assert_eq!(rebound.send().await?.status(), 403, "{page} {path}");
            }
            let ping = json!({"jsonrpc": "2.0", "id": 1, "method": "ping"});
            let pong = app.post("/mcp/", &ping).header("origin", page).bearer_auth(&ann.token).send().await?;
            assert_eq!(pong.status(), 200, "{page}");
        }
    }
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn the_operator_may_narrow_the_pages_of_the_mcp_server() -> Result<()> {
    let app = TestApp::with(&[("mcp_allowed_origins", "https://inspector.example")]).await?;
    for (page, status) in [("https://inspector.example", 204), ("https://evil.example", 403), ("null", 403)] {
        let preflight = app.request("OPTIONS", "/mcp").header("origin", page).send().await?;
        assert_eq!(preflight.status(), status, "{page}");
        assert_eq!(header(&preflight, "access-control-allow-origin").is_some(), status == 204, "{page}");
    }
    Ok(())
}
