//! The operations of health.

use serde_json::{Value, json};

use crate::operation::{Operation, reference};

pub(crate) fn paths() -> Vec<(&'static str, Value)> {
    vec![
        ("/health", json!({ "get": health("health", "The process responds", &["malformed"]) })),
        (
            "/ready",
            json!({ "get": health("ready", "The database is reachable and migrated", &["malformed", "unavailable"]) }),
        ),
    ]
}

fn health(id: &str, summary: &str, codes: &[&str]) -> Value {
    Operation::new("health", id, summary).responds(200, "Yes.", Some(reference("State")), &[]).open_to_all(codes)
}
