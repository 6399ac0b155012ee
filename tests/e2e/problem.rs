//! Problem documents (RFC 9457), as every REST route sends them.

use reqwest::Response;
use serde_json::Value;

/// Checks that a response is a problem document with this status and code, and returns it.
pub(crate) async fn problem(response: Response, status: u16, code: &str) -> anyhow::Result<Value> {
    let media_type =
        response.headers().get("content-type").map(|value| value.to_str().map(str::to_owned)).transpose()?;
    let (url, got) = (response.url().clone(), response.status());
    let text = response.text().await?;
    assert_eq!(got, status, "{url}: {text}");
    assert_eq!(media_type.as_deref(), Some("application/problem+json"), "{url}");
    let problem: Value = serde_json::from_str(&text)?;
    assert_eq!((problem["code"].as_str(), problem["status"].as_u64()), (Some(code), Some(u64::from(status))), "{url}");
    Ok(problem)
}
