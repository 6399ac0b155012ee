//! The OpenAPI 3.1 document of the REST API, made of the limits and words that the components use. It is written to
//! `ui/public/api/openapi.json` and served from there; a test compares the two. Native only, never part of a component.

mod bulk;
mod calendar;
mod chat;
mod error;
mod health;
mod history;
mod lists;
mod notifications;
mod operation;
mod quick;
mod schema;
mod shape;
mod tasks;
mod tokens;

use serde_json::{Value, json};

pub use error::{PROBLEMS, ProblemCode};

/// The document.
pub fn document() -> Value {
    let mut paths = serde_json::Map::new();
    let parts = [
        tasks::paths(),
        quick::paths(),
        lists::paths(),
        history::paths(),
        tokens::paths(),
        calendar::paths(),
        notifications::paths(),
        chat::paths(),
        health::paths(),
    ];
    for (path, item) in parts.concat() {
        paths.insert(path.to_owned(), item);
    }
    let mut schemas = schema::all();
    let exported = tasks::exported_schemas(&schemas["Task"]);
    for more in [exported, history::schemas(), quick::schemas(), calendar::schemas(), notifications::schemas()] {
        if let (Some(all), Value::Object(more)) = (schemas.as_object_mut(), more) {
            all.extend(more);
        }
    }
    json!({
        "openapi": "3.1.0",
        "info": {
            "title": "todo-chatbot",
            "version": env!("CARGO_PKG_VERSION"),
            "summary": "Tasks, the assistant and its conversations.",
            "description": DESCRIPTION,
            "license": { "name": "MIT", "identifier": "MIT" },
        },
        "servers": [{ "url": "/" }],
        "security": [{ "bearer": [] }],
        "tags": [
            { "name": "tasks", "description": "The tasks of one user." },
            { "name": "tokens", "description": "Personal access tokens: credentials of one user for programs without a browser." },
            { "name": "calendar", "description": "The tasks of one user in calendar programs, by a secret address." },
            { "name": "notifications", "description": "Where the reminders of one user go, and what can be done with one." },
            { "name": "assistant", "description": "The assistant, which works with the same tasks." },
            { "name": "health", "description": "For operators and probes." },
        ],
        "paths": paths,
        "components": {
            "securitySchemes": { "bearer": {
                "type": "http",
                "scheme": "bearer",
                "bearerFormat": "JWT",
                "description": "The `token` of `GET /api/auth/token`, for a signed-in session, valid for 15 minutes; or a personal access token \
                    (`tdo_…`), which permits what its scopes say to tasks and the assistant, and never to `tokens` and `calendar`.",
            } },
            "schemas": schemas,
            "headers": schema::headers(),
        },
    })
}

const DESCRIPTION: &str = "`{user_id}` is the `sub` of the access token; the addresses of other users are 403. \
    Errors are problem documents (RFC 9457) with a stable `code`. A deployment limits the tasks of each user and the requests of \
    each minute; `RateLimit` says what is left. \
    Signing in uses Better Auth's protocol under `/api/auth`, and AI clients use MCP at `/mcp`: neither is described here.";

/// The document as text, as the file contains it.
pub fn text() -> String {
    let mut text = serde_json::to_string_pretty(&document()).expect("a document is plain data");
    text.push('\n');
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_served_document_is_up_to_date() {
        let path = std::env::var("CARGO_MANIFEST_DIR").unwrap() + "/../../ui/public/api/openapi.json";
        let served = std::fs::read_to_string(path).unwrap_or_default();
        assert!(served == text(), "run `make openapi`");
    }

    #[test]
    fn every_reference_leads_somewhere_and_every_operation_has_its_name() {
        let document = document();
        let mut names = Vec::new();
        visit(&document, &mut |value| {
            if let Some(pointer) = value.get("$ref").and_then(Value::as_str) {
                assert!(document.pointer(pointer.trim_start_matches('#')).is_some(), "{pointer}");
            }
            if let Some(name) = value.get("operationId").and_then(Value::as_str) {
                assert!(!names.contains(&name.to_owned()), "{name} twice");
                names.push(name.to_owned());
            }
        });
        assert!(names.len() >= 20, "{names:?}");
    }

    #[test]
    fn the_assistants_operations_are_those_of_its_route_table() {
        let document = document();
        for route in conversation::ROUTES {
            let operation = &document["paths"][route.path][route.method.to_lowercase()];
            assert!(operation.is_object(), "{} {}", route.method, route.path);
            let parameters = operation["parameters"].as_array().unwrap().iter();
            let mut query: Vec<&str> =
                parameters.filter(|p| p["in"] == "query").map(|p| p["name"].as_str().unwrap()).collect();
            query.sort_unstable_by_key(|name| route.query.iter().position(|known| known == name));
            assert_eq!(query, route.query, "{} {}", route.method, route.path);
            let body = operation.pointer("/requestBody/content").and_then(Value::as_object);
            let media_types: Vec<&str> =
                body.into_iter().flat_map(|content| content.keys()).map(String::as_str).collect();
            assert_eq!(media_types.len(), route.media_types.len(), "{} {}", route.method, route.path);
            assert!(media_types.iter().all(|media_type| route.media_types.contains(media_type)));
        }
        let assistant =
            document["paths"].as_object().unwrap().values().flat_map(|item| item.as_object().unwrap().values());
        let tagged = assistant.filter(|operation| operation["tags"] == json!(["assistant"])).count();
        assert_eq!(tagged, conversation::ROUTES.len());
    }

    fn visit(value: &Value, see: &mut dyn FnMut(&Value)) {
        see(value);
        match value {
            Value::Object(members) => members.values().for_each(|member| visit(member, see)),
            Value::Array(items) => items.iter().for_each(|item| visit(item, see)),
            _ => {}
        }
    }
}
