//! The operations of personal access tokens.

use serde_json::{Value, json};

use crate::operation::{Operation, item, reference};

const LIMITS: &[&str] = &["RateLimit", "RateLimit-Policy"];

pub(crate) fn paths() -> Vec<(&'static str, Value)> {
    vec![
        ("/api/{user_id}/tokens", item([("get", list()), ("post", add())])),
        ("/api/{user_id}/tokens/{token_id}", item([("delete", revoke())])),
    ]
}

fn operation(id: &str, summary: &str) -> Operation {
    Operation::new("tokens", id, summary)
}

fn list() -> Value {
    operation("listTokens", "List personal access tokens")
        .about("The newest first, without their secrets. Only for the token of `GET /api/auth/token`.")
        .responds(200, "All tokens.", Some(reference("PersonalTokens")), LIMITS)
        .errors(&[])
}

fn add() -> Value {
    operation("addToken", "Make a personal access token")
        .about("The response is the only one that holds `token`. Only for the token of `GET /api/auth/token`.")
        .body(true, &["application/json"], &reference("NewPersonalToken"))
        .responds(
            201,
            "The new token, with its secret.",
            Some(reference("AddedPersonalToken")),
            &["Location", "RateLimit", "RateLimit-Policy"],
        )
        .errors(&["invalid", "unsupported_media_type", "too_large", "token_limit"])
}

fn revoke() -> Value {
    operation("revokeToken", "Revoke a personal access token")
        .about("It is refused from then on: at once, and within 30 seconds on the other replicas of a deployment.")
        .parameter("path", "token_id", "The id of the token.", json!({ "type": "string" }))
        .responds(204, "The token is revoked.", None, LIMITS)
        .errors(&[])
}
