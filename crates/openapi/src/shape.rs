//! Pieces of schemas.

use serde_json::{Value, json};

pub(crate) fn object(required: &[&str], properties: Value) -> Value {
    let mut schema = json!({ "type": "object", "properties": properties, "additionalProperties": false });
    if !required.is_empty() {
        schema["required"] = json!(required);
    }
    schema
}

pub(crate) fn id(about: &str) -> Value {
    json!({ "type": "integer", "format": "int64", "minimum": 1, "description": about })
}

pub(crate) fn time(about: &str) -> Value {
    json!({ "type": "string", "format": "date-time", "description": about })
}
