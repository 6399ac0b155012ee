//! The arguments of a call: brought into the form that can only be meant, and compared with the tool's schema before anybody is
//! asked about the call.

use serde_json::{Value, json};

use crate::model::{ToolDeclaration, ToolRequest};
use crate::tool_names::LIST_TASKS;

/// What Gemini slips in before the names of functions.
const NAME_PREFIX: &str = "default_api:";
/// The largest whole number that a floating-point number holds exactly.
const MAX_EXACT: f64 = 9_007_199_254_740_992.0;

/// The request with its tool's own name, with whole numbers written as such, and "#1" as 1.
pub(crate) fn normalized(mut request: ToolRequest) -> ToolRequest {
    if let Some(name) = request.name.strip_prefix(NAME_PREFIX) {
        request.name = name.to_owned();
    }
    for value in request.arguments.values_mut() {
        if let Some(number) = value.as_f64().filter(|_| !value.is_i64()).and_then(whole_number) {
            *value = json!(number);
        }
    }
    if let Some(id) = request.arguments.get_mut("task_id")
        && let Some(number) = id.as_str().and_then(|text| text.trim().trim_start_matches('#').parse::<i64>().ok())
    {
        *id = json!(number);
    }
    if request.name == LIST_TASKS
        && let Some(status) = request.arguments.get_mut("status")
        && let Some(text) = status.as_str()
    {
        *status = json!(match text.to_ascii_lowercase().as_str() {
            "done" | "finished" | "complete" => "completed".to_owned(),
            "open" | "todo" | "incomplete" => "pending".to_owned(),
            other => other.to_owned(),
        });
    }
    request
}

#[expect(clippy::cast_possible_truncation, reason = "a whole number within the exact range")]
fn whole_number(number: f64) -> Option<i64> {
    (number.fract() == 0.0 && number.abs() < MAX_EXACT).then_some(number as i64)
}

/// What the tool's schema says against the arguments of a call, in one sentence.
pub(crate) fn schema_fault(request: &ToolRequest, tool: &ToolDeclaration) -> Option<String> {
    let schema = tool.read_schema();
    let members = schema["properties"].as_object()?;
    let names = || members.keys().map(|name| format!("\"{name}\"")).collect::<Vec<_>>().join(", ");
    let is_closed = schema["additionalProperties"] == false;
    for (name, value) in &request.arguments {
        match members.get(name) {
            None if is_closed => return Some(format!("\"{name}\" is not known; there are {}.", names())),
            Some(schema) if !fits(value, &schema["type"]) => {
                return Some(format!("\"{name}\" must be of the type {}.", schema["type"]));
            }
            Some(schema) => {
                if let Some(fault) = length_fault(value, schema) {
                    return Some(format!("\"{name}\" {fault}"));
                }
            }
            None => {}
        }
    }
    let required = schema["required"].as_array().into_iter().flatten().filter_map(Value::as_str);
    let missing = required.into_iter().find(|name| !request.arguments.contains_key(*name));
    missing.map(|name| format!("\"{name}\" is required."))
}

/// What is wrong with the length of a text.
fn length_fault(value: &Value, schema: &Value) -> Option<String> {
    let length = value.as_str()?.trim().chars().count() as u64;
    let (least, most) = (schema["minLength"].as_u64().unwrap_or(0), schema["maxLength"].as_u64().unwrap_or(u64::MAX));
    match () {
        () if length < least => Some(format!("must have at least {least} characters.")),
        () if length > most => Some(format!("must have at most {most} characters; it has {length}.")),
        () => None,
    }
}

/// Whether a value has a type of JSON Schema: one name, or several.
fn fits(value: &Value, kind: &Value) -> bool {
    let is = |name: &str| match name {
        "string" => value.is_string(),
        "integer" => value.is_i64() || value.is_u64(),
        "number" => value.is_number(),
        "boolean" => value.is_boolean(),
        "object" => value.is_object(),
        "array" => value.is_array(),
        "null" => value.is_null(),
        _ => true,
    };
    match kind {
        Value::String(name) => is(name),
        Value::Array(names) => names.iter().filter_map(Value::as_str).any(is),
        _ => true,
    }
}

#[cfg(test)]
mod tests;
