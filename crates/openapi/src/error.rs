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
pub const PROBLEMS: [ProblemCode; 30] = [
    problem(
        400,
        "malformed",
        "The request cannot be read: not JSON or CSV, an unknown or repeated parameter, or an invalid header.",
    ),
    problem(401, "unauthenticated", "No access token was sent."),
    problem(401, "invalid_token", "The access token is not accepted; get a new one."),
    problem(403, "forbidden", "The address belongs to another user."),
    problem(403, "insufficient_scope", "The access token permits less; `WWW-Authenticate` names the scope."),
    problem(404, "not_found", "The user has nothing with this address."),
    problem(405, "method_not_allowed", "`Allow` lists the methods of this address."),
    problem(409, "conflict", "The state does not allow it now."),
    problem(409, "already_imported", "The file was imported before; `errors` has when and how many tasks it had."),
    problem(409, "task_limit", "The user would have too many tasks; of an import, `room` says how many would fit."),
    problem(409, "token_limit", "The user has too many access tokens."),
    problem(
        409,
        "neighbour_gone",
        "The task beside which another one should be is gone; `order` has the tasks as they are.",
    ),
    problem(409, "list_exists", "The user has a list of this name."),
    problem(409, "list_limit", "The user has the most lists."),
    problem(410, "expired", "The question expired."),
    problem(412, "precondition_failed", "The task was changed since it was read."),
    problem(413, "too_large", "The body is too large."),
    problem(415, "unsupported_media_type", "The media type of the body is not accepted."),
    problem(415, "unsupported_file", "The body is no text file that tasks can be read from."),
    problem(422, "invalid", "Members are not valid; `errors` names each."),
    problem(422, "idempotency_key_reused", "The key was used with another body."),
    problem(422, "no_tasks", "There is no task in the file."),
    problem(
        422,
        "unknown_columns",
        "No column of the table is known; `errors` names them in their order, for `columns`.",
    ),
    problem(428, "precondition_required", "This deployment requires `If-Match` with every change."),
    problem(429, "rate_limited", "Too many requests; try again after `Retry-After`."),
    problem(429, "daily_limit_reached", "The user's tokens for today are used up."),
    problem(500, "internal", "An error of the server."),
    problem(
        502,
        "not_delivered",
        "A push service or the mail API did not take the message; `detail` says which, and what it returned.",
    ),
    problem(503, "unavailable", "The database or the model cannot be reached; try again after `Retry-After`."),
    problem(504, "timeout", "The request took too long."),
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
