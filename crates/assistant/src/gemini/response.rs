//! What `generateContent` answered. Everything in it is optional; what matters is whether it can be used.

use serde::Deserialize;
use serde_json::value::{RawValue, to_raw_value};
use serde_json::{Value, json};

use super::errors::Failure;
use crate::model::{Answer, CallRequest, Finish};

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Response {
    candidates: Option<Vec<Candidate>>,
    prompt_feedback: Option<Value>,
    usage_metadata: Option<Usage>,
    model_version: Option<String>,
    model_status: Option<Value>,
    error: Option<Value>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Candidate {
    content: Option<Box<RawValue>>,
    finish_reason: Option<String>,
}

#[derive(Deserialize, Default)]
#[serde(rename_all = "camelCase", default)]
struct Usage {
    prompt_token_count: Option<u64>,
    cached_content_token_count: Option<u64>,
    candidates_token_count: Option<u64>,
    thoughts_token_count: Option<u64>,
}

/// What a finish reason asks for.
enum Verdict {
    Use(Finish),
    Again,
    GiveUp,
}

/// The answer and what of it may be logged; or why there is none.
pub(crate) fn read(response: &http::Response<Vec<u8>>, model: &str) -> Result<(Answer, Value), Failure> {
    let status = response.status().as_u16();
    if status != 200 {
        return Err(Failure::of_status(status, response.body()));
    }
    let parsed: Response =
        serde_json::from_slice(response.body()).map_err(|_| Failure::transport("response is not whole JSON"))?;
    if let Some(error) = &parsed.error {
        let code = error["code"].as_u64().and_then(|code| u16::try_from(code).ok()).unwrap_or(500);
        return Err(Failure::of_status(code, response.body()));
    }
    let usage = parsed.usage_metadata.unwrap_or_default();
    let candidate = parsed.candidates.and_then(|list| list.into_iter().next());
    let (answer, reason) = match candidate {
        Some(candidate) => from_candidate(candidate)?,
        None => (blocked(parsed.prompt_feedback.as_ref())?, "blocked prompt".to_owned()),
    };
    let details = json!({
        "finish": reason, "calls": answer.calls.len(), "prompt_tokens": usage.prompt_token_count,
        "cached_tokens": usage.cached_content_token_count, "answer_tokens": usage.candidates_token_count,
        "thought_tokens": usage.thoughts_token_count, "retiring": parsed.model_status.is_some(),
    });
    Ok((Answer { model: model.to_owned(), model_version: parsed.model_version, ..answer }, details))
}

/// No candidate: the prompt was blocked, or the response is incomplete.
fn blocked(feedback: Option<&Value>) -> Result<Answer, Failure> {
    match feedback.and_then(|feedback| feedback["blockReason"].as_str()) {
        Some(_) => Ok(answer(empty_content(), Finish::Refused)),
        None => Err(Failure::unusable("no candidate", true)),
    }
}

fn from_candidate(candidate: Candidate) -> Result<(Answer, String), Failure> {
    let Some(reason) = candidate.finish_reason else {
        return Err(Failure::transport("no finish reason"));
    };
    let finish = match verdict(&reason) {
        Verdict::Use(finish) => finish,
        Verdict::Again => return Err(Failure::unusable(&reason, true)),
        Verdict::GiveUp => return Err(Failure::unusable(&reason, false)),
    };
    let content = with_role(candidate.content);
    let mut answer = answer(content, finish);
    let value: Value = serde_json::from_str(answer.content.get()).unwrap_or(Value::Null);
    for part in value["parts"].as_array().into_iter().flatten() {
        if let Some(call) = part.get("functionCall") {
            answer.calls.push(call_request(call).ok_or_else(|| Failure::unusable("malformed call", true))?);
        } else if part["thought"] != true {
            answer.text.push_str(part["text"].as_str().unwrap_or_default());
        }
    }
    answer.text = readable(&answer.text);
    if finish == Finish::Complete && answer.calls.is_empty() && answer.text.is_empty() {
        return Err(Failure::unusable("empty answer", true));
    }
    Ok((answer, reason))
}

fn verdict(finish_reason: &str) -> Verdict {
    match finish_reason {
        "STOP" => Verdict::Use(Finish::Complete),
        "MAX_TOKENS" | "CONTINUATION" => Verdict::Use(Finish::Truncated),
        "SAFETY"
        | "RECITATION"
        | "BLOCKLIST"
        | "PROHIBITED_CONTENT"
        | "SPII"
        | "LANGUAGE"
        | "ESCALATION"
        | "PUP_LIMITED_DISABLED" => Verdict::Use(Finish::Refused),
        "TOO_MANY_TOOL_CALLS" | "MISSING_THOUGHT_SIGNATURE" => Verdict::GiveUp,
        _ => Verdict::Again,
    }
}

/// A name and an object of arguments (none at all means no arguments).
fn call_request(call: &Value) -> Option<CallRequest> {
    let name = call["name"].as_str().filter(|name| !name.is_empty())?.to_owned();
    let arguments = match call.get("args") {
        None | Some(Value::Null) => serde_json::Map::new(),
        Some(Value::Object(arguments)) => arguments.clone(),
        Some(_) => return None,
    };
    let id = call["id"].as_str().filter(|id| !id.is_empty()).map(str::to_owned);
    Some(CallRequest { id, name, arguments })
}

/// The content as it came. Only a role that is missing is added: without it the echo would count as the user's.
fn with_role(content: Option<Box<RawValue>>) -> Box<RawValue> {
    let Some(content) = content else { return empty_content() };
    match serde_json::from_str::<Value>(content.get()) {
        Ok(value) if value["role"] == "model" => content,
        Ok(Value::Object(mut value)) => {
            value.insert("role".into(), json!("model"));
            to_raw_value(&value).expect("a JSON value is JSON")
        }
        _ => empty_content(),
    }
}

fn empty_content() -> Box<RawValue> {
    to_raw_value(&json!({"role": "model", "parts": []})).expect("a JSON value is JSON")
}

fn answer(content: Box<RawValue>, finish: Finish) -> Answer {
    Answer { content, text: String::new(), calls: Vec::new(), finish, model: String::new(), model_version: None }
}

/// Without control characters, which neither a page nor the database takes, and without space around it.
fn readable(text: &str) -> String {
    let kept: String = text.chars().filter(|c| !c.is_control() || matches!(c, '\n' | '\t')).collect();
    kept.trim().to_owned()
}

#[cfg(test)]
#[path = "response_tests.rs"]
mod tests;
