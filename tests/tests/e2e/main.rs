//! The suites: each test starts its own app on its own database and speaks HTTP to it.

#![expect(clippy::unwrap_used, reason = "a test fails where it panics")]

mod access;
mod accounts;
mod auth;
mod auth_attacks;
mod auth_limits;
mod auth_mail;
mod auth_sessions;
mod bounds;
mod chat;
mod chat_killed;
mod chat_limits;
mod chat_stream;
mod chat_turns;
mod chatkit;
mod chatkit_turns;
mod confirm;
mod cross_origin;
mod faults;
mod gemini;
mod google;
mod hashing;
mod id_tokens;
mod injection;
mod isolation;
mod keys;
mod mcp;
mod mcp_challenges;
mod mcp_isolation;
mod mcp_transcripts;
mod migrations;
mod oauth;
mod oauth_attacks;
mod oauth_documents;
mod oauth_sign_in;
mod oauth_tokens;
mod parallel;
mod rest;
mod tasks;
mod tokens;
mod transfer;
mod web;
mod wire;

use reqwest::Response;
use serde_json::Value;

/// Checks that an answer is a problem document with this status and code, and answers it.
async fn problem(response: Response, status: u16, code: &str) -> anyhow::Result<Value> {
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
