//! The errors of the API, by code.

use serde_json::{Map, Value, json};

/// One error.
#[derive(Debug)]
pub struct ProblemCode {
    /// The name of the error in problem documents.
    pub code: &'static str,
    /// The status of its response.
    pub status: u16,
    /// What it means, for readers of the document.
    pub about: &'static str,
}

const fn problem(status: u16, code: &'static str, about: &'static str) -> ProblemCode {
    ProblemCode { code, status, about }
}

/// All errors, by status.
pub const PROBLEMS: [ProblemCode; 20] = [
    problem(
        400,
        "malformed",
        "The request cannot be read: no JSON or CSV, an unknown or repeated parameter, a bad header.",
    ),
    problem(401, "unauthenticated", "No access token was sent."),
    problem(401, "invalid_token", "The access token is not accepted; get a new one."),
    problem(403, "forbidden", "The address belongs to another user."),
    problem(404, "not_found", "There is no such thing of this user."),
    problem(405, "method_not_allowed", "`Allow` lists the methods of this address."),
    problem(409, "conflict", "The state does not allow it now."),
    problem(409, "task_limit", "The user would have too many tasks."),
    problem(410, "expired", "The question is too old to be answered."),
    problem(412, "precondition_failed", "The task was changed since it was read."),
    problem(413, "too_large", "The body is too large."),
    problem(415, "unsupported_media_type", "The body is of a media type that is not read here."),
    problem(422, "invalid", "Members are not acceptable; `errors` names each."),
    problem(422, "idempotency_key_reused", "The key was used with another body."),
    problem(428, "precondition_required", "The deployment asks for `If-Match` with every change."),
    problem(429, "rate_limited", "Too many requests; `Retry-After` says when to come back."),
    problem(429, "daily_limit_reached", "The user's tokens for today are used up."),
    problem(500, "internal", "A fault of the server."),
    problem(503, "unavailable", "The database or the model cannot be reached; `Retry-After` says when to try again."),
    problem(504, "timeout", "It took too long."),
];

/// The responses of these codes, by status.
pub(crate) fn responses(codes: &[&str]) -> Map<String, Value> {
    let mut responses = Map::new();
    for problem in PROBLEMS.iter().filter(|problem| codes.contains(&problem.code)) {
        let text = format!("`{}`: {}", problem.code, problem.about);
        let response = responses.entry(problem.status.to_string()).or_insert_with(|| {
            let headers = match problem.status {
                401 => json!({ "WWW-Authenticate": { "$ref": "#/components/headers/WWW-Authenticate" } }),
                429 | 503 => json!({ "Retry-After": { "$ref": "#/components/headers/Retry-After" } }),
                _ => json!({}),
            };
            let content =
                json!({ "application/problem+json": { "schema": { "$ref": "#/components/schemas/Problem" } } });
            json!({ "description": "", "headers": headers, "content": content })
        });
        let before = response["description"].as_str().unwrap_or_default();
        let description = if before.is_empty() { text } else { format!("{before}\n\n{text}") };
        response["description"] = json!(description);
    }
    responses
}
