//! Builds the description of an operation.

use serde_json::{Map, Value, json};

use crate::error::responses;

/// The errors of every operation under `/api/{user_id}`.
const COMMON_ERRORS: [&str; 8] = [
    "unauthenticated",
    "invalid_token",
    "forbidden",
    "malformed",
    "rate_limited",
    "internal",
    "unavailable",
    "not_found",
];

/// An operation of the document.
pub(crate) struct Operation(Value);

impl Operation {
    pub(crate) fn new(tag: &str, id: &str, summary: &str) -> Self {
        Self(json!({ "tags": [tag], "operationId": id, "summary": summary, "parameters": [], "responses": {} }))
    }

    pub(crate) fn about(mut self, description: &str) -> Self {
        self.0["description"] = json!(description);
        self
    }

    pub(crate) fn parameter(mut self, place: &str, name: &str, about: &str, schema: Value) -> Self {
        let parameter =
            json!({ "name": name, "in": place, "description": about, "required": place == "path", "schema": schema });
        if let Some(parameters) = self.0["parameters"].as_array_mut() {
            parameters.push(parameter);
        }
        self
    }

    /// A number in the path.
    pub(crate) fn number(self, name: &str, about: &str) -> Self {
        self.parameter("path", name, about, json!({ "type": "integer", "format": "int64", "minimum": 1 }))
    }

    /// The parameter `limit`: at most `most`, and `usual` if it is absent.
    pub(crate) fn limit(self, about: &str, most: impl Into<Value>, usual: impl Into<Value>) -> Self {
        let (most, usual) = (most.into(), usual.into());
        self.parameter(
            "query",
            "limit",
            about,
            json!({ "type": "integer", "minimum": 1, "maximum": most, "default": usual }),
        )
    }

    /// A body of one or more media types with the same schema.
    pub(crate) fn body(mut self, required: bool, media_types: &[&str], schema: &Value) -> Self {
        let content: Map<String, Value> =
            media_types.iter().map(|media_type| ((*media_type).to_owned(), json!({ "schema": schema }))).collect();
        self.0["requestBody"] = json!({ "required": required, "content": content });
        self
    }

    /// One more media type of the body.
    pub(crate) fn or_body(mut self, media_type: &str, schema: Value) -> Self {
        self.0["requestBody"]["content"][media_type] = json!({ "schema": schema });
        self
    }

    pub(crate) fn responds(mut self, status: u16, about: &str, schema: Option<Value>, headers: &[&str]) -> Self {
        let header = |name: &&str| ((*name).to_owned(), json!({ "$ref": format!("#/components/headers/{name}") }));
        let headers: Map<String, Value> = headers.iter().map(header).collect();
        let mut response = json!({ "description": about, "headers": headers });
        if let Some(schema) = schema {
            response["content"] = json!({ "application/json": { "schema": schema } });
        }
        self.0["responses"][status.to_string()] = response;
        self
    }

    /// One more media type of the response.
    pub(crate) fn or_responds(mut self, status: u16, media_type: &str, schema: Value) -> Self {
        self.0["responses"][status.to_string()]["content"][media_type] = json!({ "schema": schema });
        self
    }

    /// An operation without a user, with its errors.
    pub(crate) fn open_to_all(mut self, codes: &[&str]) -> Value {
        self.0["security"] = json!([]);
        self.finish(codes)
    }

    /// An operation of a user, with its errors beside the common ones.
    pub(crate) fn errors(self, codes: &[&str]) -> Value {
        let codes: Vec<&str> = COMMON_ERRORS.iter().chain(codes).copied().collect();
        self.finish(&codes)
    }

    fn finish(mut self, codes: &[&str]) -> Value {
        if let Some(all) = self.0["responses"].as_object_mut() {
            all.extend(responses(codes));
        }
        self.0
    }
}

/// An operation that does something once for each key.
pub(crate) fn once(operation: Operation) -> Operation {
    let about = "For 24 hours, a request with the same key does nothing more.";
    operation.parameter(
        "header",
        "Idempotency-Key",
        about,
        json!({ "type": "string", "minLength": 1, "maxLength": 255 }),
    )
}

pub(crate) fn reference(name: &str) -> Value {
    json!({ "$ref": format!("#/components/schemas/{name}") })
}

/// The path item of a user's address: its operations by method.
pub(crate) fn item<const N: usize>(operations: [(&str, Value); N]) -> Value {
    let user = json!({
        "name": "user_id", "in": "path", "required": true, "description": "The signed-in user's id.", "schema": { "type": "string" },
    });
    let mut item = Map::from_iter([("parameters".to_owned(), json!([user]))]);
    item.extend(operations.into_iter().map(|(method, operation)| (method.to_owned(), operation)));
    Value::Object(item)
}
