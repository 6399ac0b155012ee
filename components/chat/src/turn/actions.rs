//! Calls that wait for the user's word: exactly the call that was asked about is made, once, when the user says so.

use assistant::{CallOptions, CallOutcome, TOOL_TIMEOUT, Texts, ToolCall, report};
use db::Row;
use http::StatusCode;
use http::header::RETRY_AFTER;
use http_api::{ApiError, QueryParams, Request, Response, User, json, json_body};
use serde_json::{Map, Value};
use task::FieldReader;

use crate::chat::Answer;
use crate::message::invalid;
use crate::routes::Around;
use crate::store::Store;

/// A decided action.
pub(crate) struct Decided {
    pub(crate) conversation: i64,
    pub(crate) call: ToolCall,
    /// What came of it, for people.
    pub(crate) text: String,
}

/// `POST /api/{user_id}/chat/actions/{id}` with `{"approve": true|false}`.
pub(crate) fn answer(
    request: &Request,
    id: &str,
    user: &User,
    store: &Store,
    around: &Around,
) -> Result<Response, ApiError> {
    QueryParams::parse(request, &[])?;
    let body: Map<String, Value> = json_body(request)?;
    let mut fields = FieldReader::new(&body, &["approve"]);
    fields.require("approve");
    let approve = fields.flag("approve");
    let approve = fields.finish(approve).map_err(invalid)?;
    let decided = decide(id, approve, user, store, around)?;
    Ok(json(
        StatusCode::OK,
        &Answer { conversation_id: decided.conversation, response: &decided.text, tool_calls: &[decided.call] },
    ))
}

/// Does what the user approves, or notes that they do not. The same answer given again changes nothing.
pub(crate) fn decide(
    id: &str,
    approve: bool,
    user: &User,
    store: &Store,
    around: &Around,
) -> Result<Decided, ApiError> {
    let words = around.language.texts();
    let Some(row) = store.decide(id, approve)? else { return Err(no_action()) };
    let mut call = call_of(&row)?;
    let (state, claimed) = (row.text("state")?, row.bool("claimed")?);
    let denied = CallOutcome::Denied { error: "The user did not want it.".to_owned() };
    match (state.as_str(), approve) {
        ("pending" | "running", true) if claimed => run(id, &mut call, user, store, around)?,
        ("pending", false) => {
            call.outcome = denied;
            if !store.finish(id, "denied", &call, "pending")? {
                return Err(in_progress(words));
            }
        }
        ("done" | "failed", true) | ("denied", false) => call = stored(&row)?,
        ("running", _) => return Err(in_progress(words)),
        ("pending", true) => {
            return Err(ApiError::new(StatusCode::GONE, "expired", words.question_expired));
        }
        _ => return Err(ApiError::conflict(words.already_decided)),
    }
    Ok(Decided {
        conversation: row.i64("conversation_id")?,
        text: report(&call, &row.text("summary")?, around.language),
        call,
    })
}

fn run(id: &str, call: &mut ToolCall, user: &User, store: &Store, around: &Around) -> Result<(), ApiError> {
    // Reached first of all: what cannot be reached is not done, and can be approved again.
    let tools = around.settings.tools().or_else(|error| store.put_back(id).and(Err(error)))?;
    let mcp = around.mcp(&tools, user);
    if let Err(error) = mcp.reach(TOOL_TIMEOUT) {
        store.put_back(id)?;
        return Err(ApiError::unavailable(around.language.texts().action_not_tried, 5).because(error));
    }
    let once = CallOptions { idempotency_key: id, repeatable: false };
    let (state, outcome) = match mcp.call(&call.name, &call.arguments, once, TOOL_TIMEOUT) {
        Ok(result) => ("done", CallOutcome::Done { result }),
        Err(error) => ("failed", CallOutcome::Failed { error }),
    };
    call.outcome = outcome;
    store.finish(id, state, call, "running").map(drop)
}

fn call_of(row: &Row) -> Result<ToolCall, ApiError> {
    let arguments = serde_json::from_str(&row.text("arguments")?).map_err(ApiError::internal)?;
    let outcome = CallOutcome::Failed { error: "not decided".to_owned() };
    Ok(ToolCall { id: row.text("call_id")?, name: row.text("tool")?, arguments, outcome })
}

fn stored(row: &Row) -> Result<ToolCall, ApiError> {
    let outcome = row.opt_text("outcome")?.unwrap_or_default();
    serde_json::from_str(&outcome).map_err(ApiError::internal)
}

/// There is no such question of this user.
pub(crate) fn no_action() -> ApiError {
    ApiError::not_found("There is no question of this name to answer.")
}

fn in_progress(words: &Texts) -> ApiError {
    ApiError::conflict(words.action_running).with(RETRY_AFTER, "5")
}
