//! The single-page app as a browser fetches it.

use anyhow::Result;
use tests::TestApp;

use crate::problem::problem;

const PAGE: &str = "text/html,application/xhtml+xml";

#[tokio::test(flavor = "multi_thread")]
async fn the_page_is_served_compressed_with_its_security_headers() -> Result<()> {
    let app = TestApp::start().await?;
    let response = app.get("/").header("accept", PAGE).header("accept-encoding", "br, gzip").send().await?;
    assert_eq!(response.status(), 200, "the front-end is built by `make build`");
    let header = |name: &str| response.headers().get(name).map(|value| value.to_str().unwrap().to_owned());
    assert_eq!(header("content-type").as_deref(), Some("text/html; charset=utf-8"));
    assert!(matches!(header("content-encoding").as_deref(), Some("br" | "gzip")), "{:?}", response.headers());
    assert_eq!(header("x-content-type-options").as_deref(), Some("nosniff"));
    let policy = header("content-security-policy").unwrap();
    assert!(policy.contains("default-src 'none'") && !policy.contains("unsafe"), "{policy}");
    let again = app.get("/").header("accept", PAGE).header("accept-encoding", "br, gzip");
    let again = again.header("if-none-match", header("etag").unwrap()).send().await?;
    assert_eq!(again.status(), 304);
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_link_is_shown_with_a_picture_that_is_there() -> Result<()> {
    let app = TestApp::start().await?;
    let ask =
        app.get("/sign-in").header("accept", PAGE).header("host", "todo.example").header("x-forwarded-proto", "https");
    let page = ask.send().await?.text().await?;
    assert!(page.contains("property=\"og:image\" content=\"https://todo.example/social.png\""), "{page}");
    let picture = app.get("/social.png").send().await?;
    assert_eq!((picture.status().as_u16(), picture.headers()["content-type"].to_str()?), (200, "image/png"));
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn hashed_assets_are_cached_for_ever_and_the_page_is_not() -> Result<()> {
    let app = TestApp::start().await?;
    let response = app.get("/").header("accept", PAGE).send().await?;
    assert_eq!(response.headers()["cache-control"], "no-cache");
    let page = response.text().await?;
    assert!(!page.contains("<style") && !page.contains("onclick"), "nothing inline");
    let asset = page.split('"').find(|part| part.starts_with("/assets/") && part.ends_with(".js")).unwrap();
    let response = app.get(asset).send().await?;
    assert!(response.headers()["cache-control"].to_str()?.contains("immutable"));
    assert!(response.headers()["content-type"].to_str()?.starts_with("text/javascript"));
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn pages_of_the_app_are_the_app_and_missing_files_are_missing() -> Result<()> {
    let app = TestApp::start().await?;
    for path in ["/sign-in", "/tasks", "/anything/else"] {
        assert_eq!(app.get(path).header("accept", PAGE).send().await?.status(), 200, "{path}");
    }
    problem(app.get("/assets/gone.js").header("accept", PAGE).send().await?, 404, "not_found").await?;
    problem(app.get("/api/gone").header("accept", PAGE).send().await?, 404, "not_found").await?;
    for path in ["/../Cargo.toml", "/%2e%2e/Cargo.toml", "/assets/..%2f..%2fCargo.toml"] {
        let response = app.get(path).send().await?;
        assert!(!response.text().await?.contains("[workspace]"), "{path}");
    }
    Ok(())
}
