//! The tools: how they are listed, and what a call does with the task store.

use http_api::{ApiError, IdempotencyKey, Request, User};
use mcp_protocol::{CallToolParams, McpTool, RequestId, RpcError, ToolAnnotations, ToolOutcome};
use serde_json::json;
use serde_json::value::to_raw_value;
use task::tool::{self, ToolCommand, ToolOutput};
use task::{MemberError, StoreError, TaskChanges, TaskId, TaskStore};

use crate::access;
use crate::routes::{Refusal, Tools};

/// The tools as `tools/list` shows them.
pub(crate) fn list() -> Vec<McpTool> {
    let shown = |tool: &tool::Tool| McpTool {
        name: tool.name,
        title: tool.title,
        description: tool.description,
        input_schema: tool.input_schema(),
        output_schema: tool.output_schema(),
        annotations: ToolAnnotations {
            read_only_hint: tool.read_only,
            destructive_hint: tool.destructive,
            idempotent_hint: tool.idempotent,
            open_world_hint: false,
        },
    };
    tool::TOOLS.iter().map(shown).collect()
}

/// Calls a tool for a user: refused when there is no such tool or the token does not permit it; anything else that
/// goes wrong is an outcome that tells the model what to do next.
pub(crate) fn call(
    request: &Request,
    user: &User,
    id: &RequestId,
    wanted: &CallToolParams,
    with: &Tools,
) -> Result<ToolOutcome, Refusal> {
    let Some(tool) = tool::find(&wanted.name) else { return Err(RpcError::unknown_tool(id, &wanted.name).into()) };
    access::permit(user, tool)?;
    if let Err(error) = (with.admit)(&user.id) {
        return Ok(held(request, tool, error));
    }
    let key = match IdempotencyKey::read(request) {
        Ok(key) => key,
        Err(error) => return Ok(ToolOutcome::Failed(error.detail)),
    };
    let call = match tool.parse(&wanted.arguments) {
        Ok(call) => call,
        Err(faults) => return Ok(ToolOutcome::Failed(said(tool, &faults))),
    };
    let target = target(&call);
    match run(call, &user.id, key.as_ref().map(IdempotencyKey::as_str), with.store) {
        Ok(outcome) => Ok(done(&outcome)),
        Err(error) => {
            log(request, tool, &error);
            Ok(ToolOutcome::Failed(failed(tool, &error, target)))
        }
    }
}

/// Too many calls: the model reads when to go on. Where that cannot be told, the store is away as well.
fn held(request: &Request, tool: &tool::Tool, error: ApiError) -> ToolOutcome {
    if error.code == "rate_limited" {
        return ToolOutcome::Failed(error.detail);
    }
    let error = StoreError::Unavailable(error.reason().to_owned());
    log(request, tool, &error);
    ToolOutcome::Failed(failed(tool, &error, None))
}

fn run(call: ToolCommand, owner: &str, key: Option<&str>, store: &dyn TaskStore) -> Result<ToolOutput, StoreError> {
    match call {
        ToolCommand::Add(task) => store.add(owner, task, key).map(|added| ToolOutput::task(added.task)),
        ToolCommand::List(query) => store.list(owner, &query).map(ToolOutput::page),
        ToolCommand::Complete(id) => store.update(owner, id, TaskChanges::completed(true), None).map(ToolOutput::task),
        ToolCommand::Update(id, changes) => store.update(owner, id, changes, None).map(ToolOutput::task),
        ToolCommand::Delete(id) => store.delete(owner, id, None).map(ToolOutput::deleted),
        ToolCommand::Undo(Some(id)) => store.restore(owner, id).map(|task| ToolOutput::restored(vec![task])),
        ToolCommand::Undo(None) => store.undo(owner).map(ToolOutput::restored),
    }
}

fn target(call: &ToolCommand) -> Option<TaskId> {
    match call {
        ToolCommand::Complete(id) | ToolCommand::Update(id, _) | ToolCommand::Delete(id) => Some(*id),
        ToolCommand::Undo(id) => *id,
        ToolCommand::Add(_) | ToolCommand::List(_) => None,
    }
}

fn done(outcome: &ToolOutput) -> ToolOutcome {
    ToolOutcome::Done(to_raw_value(outcome).expect("outcomes are plain data with string keys"))
}

fn said(tool: &tool::Tool, faults: &[MemberError]) -> String {
    let faults: Vec<String> = faults.iter().map(|fault| format!("\"{}\" {}", fault.field, fault.message)).collect();
    format!("Invalid arguments for {}: {}", tool.name, faults.join(" "))
}

fn failed(tool: &tool::Tool, error: &StoreError, target: Option<TaskId>) -> String {
    match (error, target) {
        (StoreError::NotFound, Some(id)) if tool.name == "undo" => {
            format!(
                "No task with id {id} was deleted in the last 24 hours. Call list_tasks to see the tasks there are."
            )
        }
        (StoreError::NotFound, None) if tool.name == "undo" => {
            "Nothing was deleted in the last 24 hours, so there is nothing to undo.".to_owned()
        }
        (StoreError::LimitReached(limit), _) => {
            format!("The list is full: it holds at most {limit} tasks. Ask the user which tasks to delete first.")
        }
        (StoreError::Stale, _) => "The task was changed meanwhile. Call list_tasks and try again.".to_owned(),
        (StoreError::KeyReused, _) => {
            "Nothing was added: this Idempotency-Key was used for something else. Send a new key with a new call."
                .to_owned()
        }
        (StoreError::NotFound, Some(id)) => {
            format!("No task with id {id}. Call list_tasks to see the current ids.")
        }
        (StoreError::NotFound, None) => "No such task. Call list_tasks to see the current ids.".to_owned(),
        (StoreError::UnknownOwner, _) => "The account no longer exists. The user must sign in again.".to_owned(),
        (StoreError::Unavailable(_), _) => {
            // The connection may have been lost after the statement was sent.
            "The task list is temporarily unavailable. Try again in a few seconds: call list_tasks first to see \
             whether anything was changed."
                .to_owned()
        }
        (StoreError::Internal(_), _) => {
            "The task list has a temporary problem. Call list_tasks to see whether anything was changed.".to_owned()
        }
    }
}

/// A failure of the store is answered as an outcome, so it is logged here: one JSON line.
fn log(request: &Request, tool: &tool::Tool, error: &StoreError) {
    let (StoreError::Unavailable(cause) | StoreError::Internal(cause)) = error else { return };
    http_api::log(&json!({
        "level": "error",
        "request_id": http_api::request_id(request),
        "tool": tool.name,
        "code": if matches!(error, StoreError::Unavailable(_)) { "unavailable" } else { "internal" },
        "cause": cause,
    }));
}

#[cfg(test)]
#[path = "tools_tests.rs"]
mod tests;
