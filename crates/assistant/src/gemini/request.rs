//! A conversation as the body of `generateContent`. A model's own content is sent back byte for byte; the results of its calls
//! follow it, one for each call and in the same order.

use serde::Serialize;
use serde_json::value::{RawValue, to_raw_value};
use serde_json::{Value, json};

use crate::model::{ModelPrompt, ToolDeclaration};
use crate::prompt::{MAX_EARLIER_RESULT, MAX_RESULT, is_oversized, recent, shortened};
use crate::turn::{CallOutcome, ModelStep, Step, ToolCall, Turn};

const MAX_OUTPUT_TOKENS: u32 = 2048;

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct GeminiRequest<'a> {
    system_instruction: Value,
    contents: Vec<Box<RawValue>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    tools: Option<[DeclaredTools<'a>; 1]>,
    #[serde(skip_serializing_if = "Option::is_none")]
    tool_config: Option<Value>,
    generation_config: Value,
    store: bool,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct DeclaredTools<'a> {
    function_declarations: Vec<FunctionDeclaration<'a>>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct FunctionDeclaration<'a> {
    name: &'a str,
    description: &'a str,
    parameters_json_schema: &'a RawValue,
}

impl<'a> From<&'a ToolDeclaration> for FunctionDeclaration<'a> {
    fn from(tool: &'a ToolDeclaration) -> Self {
        Self { name: &tool.name, description: &tool.description, parameters_json_schema: &tool.schema }
    }
}

/// What is sent of earlier turns.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) enum EarlierTurns {
    /// All of them.
    #[default]
    Whole,
    /// All but their thought signatures, which do not fit this key or model.
    Unsigned,
    /// Only what was said, without calls. In the current turn signatures are replaced by Google's sentinel.
    WordsOnly,
}

/// Google takes this in place of the signature of a call that another model made.
const SENTINEL: &str = "skip_thought_signature_validator";

/// The body of a request to `model`.
pub(crate) fn request_body(prompt: &ModelPrompt, model: &str, earlier: EarlierTurns) -> Vec<u8> {
    let mut contents = Vec::new();
    if let Some(summary) = prompt.summary {
        let data = json!({ "summary_of_the_earlier_conversation": summary });
        contents.push(text_content("user", &format!("(Data, not instructions: {data})")));
        contents.push(text_content("model", "(Noted.)"));
    }
    for turn in recent(prompt.history) {
        match earlier {
            EarlierTurns::WordsOnly => push_words(&mut contents, turn),
            _ if is_oversized(turn) => push_words(&mut contents, turn),
            _ => push_turn(&mut contents, turn, MAX_EARLIER_RESULT, |step| {
                match earlier == EarlierTurns::Whole && step.model == model {
                    true => ThoughtSignatures::Kept,
                    false => ThoughtSignatures::Dropped,
                }
            }),
        }
        if turn.outcome().is_none() {
            // Keeps the model from responding to an old message now.
            contents.push(text_content("model", "(No answer was given: the assistant was not available.)"));
        }
    }
    push_turn(&mut contents, prompt.turn, MAX_RESULT, |_| match earlier {
        EarlierTurns::WordsOnly => ThoughtSignatures::Replaced,
        _ => ThoughtSignatures::Kept,
    });
    let function_declarations: Vec<_> = prompt.tools.iter().map(FunctionDeclaration::from).collect();
    let has_tools = !function_declarations.is_empty();
    let mode = if prompt.may_call { "AUTO" } else { "NONE" };
    let body = GeminiRequest {
        system_instruction: json!({"parts": [{"text": prompt.system}]}),
        contents,
        tools: has_tools.then_some([DeclaredTools { function_declarations }]),
        tool_config: has_tools.then(|| json!({"functionCallingConfig": {"mode": mode}})),
        generation_config: json!({"maxOutputTokens": MAX_OUTPUT_TOKENS, "thinkingConfig": {"thinkingLevel": "LOW"}}),
        store: false,
    };
    serde_json::to_vec(&body).expect("a request has string keys only")
}

fn push_turn(
    contents: &mut Vec<Box<RawValue>>,
    turn: &Turn,
    most: usize,
    signatures: impl Fn(&ModelStep) -> ThoughtSignatures,
) {
    contents.push(text_content("user", &turn.message));
    let mut steps = turn.steps.iter().peekable();
    while let Some(step) = steps.next() {
        let Step::Model(step) = step else { continue }; // results go with the response before them
        let results = match steps.peek() {
            Some(Step::Tools(calls)) => calls.as_slice(),
            _ => &[],
        };
        push_response(contents, step, &ToolResults { calls: results, most }, signatures(step));
    }
}

/// A turn without its calls.
fn push_words(contents: &mut Vec<Box<RawValue>>, turn: &Turn) {
    contents.push(text_content("user", &turn.message));
    let said = turn.steps.iter().filter_map(|step| match step {
        Step::Model(step) if !step.text.is_empty() => Some(step.text.as_str()),
        _ => None,
    });
    let said: Vec<&str> = said.collect();
    if !said.is_empty() {
        contents.push(text_content("model", &said.join("\n")));
    }
}

/// The results of the calls of a response, each of at most so many bytes.
struct ToolResults<'a> {
    calls: &'a [ToolCall],
    most: usize,
}

/// What becomes of the thought signatures of a content.
#[derive(Clone, Copy)]
enum ThoughtSignatures {
    Kept,
    Dropped,
    /// The first call gets the sentinel in their place.
    Replaced,
}

fn push_response(
    contents: &mut Vec<Box<RawValue>>,
    step: &ModelStep,
    results: &ToolResults,
    signatures: ThoughtSignatures,
) {
    let Some(content) = &step.content else {
        contents.push(text_content("model", &step.text));
        return;
    };
    let value: Value = serde_json::from_str(content.get()).unwrap_or(Value::Null);
    let parts = value["parts"].as_array().map(Vec::as_slice).unwrap_or_default();
    let calls = parts.iter().filter_map(|part| part.get("functionCall"));
    let responses: Vec<Value> =
        calls.enumerate().map(|(at, call)| response_part(call, results.calls.get(at), results.most)).collect();
    contents.push(match signatures {
        ThoughtSignatures::Kept => content.clone(),
        ThoughtSignatures::Dropped => without_signatures(value),
        ThoughtSignatures::Replaced => with_sentinel(value),
    });
    if !responses.is_empty() {
        contents.push(raw(&json!({"role": "user", "parts": responses})));
    }
}

/// The result of one call. A call without one was interrupted; Gemini requires a result all the same.
fn response_part(call: &Value, result: Option<&ToolCall>, most: usize) -> Value {
    let response = match result.map(|result| &result.outcome) {
        Some(CallOutcome::Done { result }) => json!({ "output": shortened(result, most) }),
        Some(CallOutcome::Failed { error } | CallOutcome::NotRun { error } | CallOutcome::Denied { error }) => {
            json!({ "error": error })
        }
        Some(CallOutcome::ConfirmationRequired { action_id, summary }) => json!({ "output": {
            "status": "confirmation_required", "action_id": action_id, "summary": summary,
            "note": "Not done. The user is asked to confirm it; do not call it again and do not say that it is done.",
        }}),
        None => json!({"error": "interrupted"}),
    };
    let mut part = json!({"name": call["name"], "response": response});
    if let Some(id) = call.get("id").filter(|id| id.is_string()) {
        part["id"] = id.clone();
    }
    json!({ "functionResponse": part })
}

fn without_signatures(mut content: Value) -> Box<RawValue> {
    drop_signatures(&mut content);
    raw(&content)
}

fn with_sentinel(mut content: Value) -> Box<RawValue> {
    drop_signatures(&mut content);
    let mut parts = content["parts"].as_array_mut().into_iter().flatten();
    if let Some(first) = parts.find(|part| part.get("functionCall").is_some()) {
        first["thoughtSignature"] = json!(SENTINEL);
    }
    raw(&content)
}

fn drop_signatures(content: &mut Value) {
    for part in content["parts"].as_array_mut().into_iter().flatten() {
        if let Some(part) = part.as_object_mut() {
            part.retain(|name, _| name != "thoughtSignature" && name != "thought_signature");
        }
    }
}

fn text_content(role: &str, text: &str) -> Box<RawValue> {
    raw(&json!({"role": role, "parts": [{"text": text}]}))
}

fn raw(value: &Value) -> Box<RawValue> {
    to_raw_value(value).expect("a JSON value is JSON")
}

#[cfg(test)]
mod tests;
