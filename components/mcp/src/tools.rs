//! The tools: how they are listed, and how a call uses the task store.

mod failure;
mod page;
mod run;
mod several;

use std::borrow::Cow;

use http_api::{ApiError, IdempotencyKey, User};
use mcp_protocol::{CacheScope, CallToolParams, McpTool, RequestId, RpcError, ToolAnnotations, ToolOutcome};
use serde_json::value::to_raw_value;
use serde_json::{Map, Value, json};
use task::tool::{self, NotedOutput, ParsedToolCall, Tool, ToolCommand, ToolOutput, UndoTarget};
use task::{ListName, StoreError, TaskAuthor, TaskId};

use crate::access::require_scope;
use crate::env::McpEnv;
use crate::error::McpError;
use crate::user_request::UserRequest;

/// What a model learns when `user_id` is not the user of the token.
const FOREIGN_USER: &str = "Forbidden: user_id is another user's. These tools reach the signed-in user's own tasks alone. \
                            Leave user_id out.";

/// The tools that the user's token permits, as `tools/list` describes them, and for whom the list is the same.
pub(crate) fn list(user: &User) -> (Vec<McpTool>, CacheScope) {
    let describe = |tool: &Tool| McpTool {
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
    let tools: Vec<McpTool> =
        tool::TOOLS.iter().filter(|tool| require_scope(user, tool).is_ok()).map(describe).collect();
    let scope = if tools.len() == tool::TOOLS.len() { CacheScope::Public } else { CacheScope::Private };
    (tools, scope)
}

/// Calls a tool. An unknown tool and a missing scope are errors; any other failure is an outcome that tells the model
/// what to do next.
pub(crate) fn call(
    request: &UserRequest,
    id: &RequestId,
    params: &CallToolParams,
    env: &McpEnv,
) -> Result<ToolOutcome, McpError> {
    let tool = tool::find(&params.name).ok_or_else(|| RpcError::unknown_tool(id, &params.name))?;
    require_scope(request.user(), tool)?;
    if let Err(error) = (env.admit)(&request.user().id) {
        return Ok(not_admitted(request, tool, error));
    }
    let key = match request.idempotency_key() {
        Ok(key) => key,
        Err(error) => return Ok(ToolOutcome::Failed(error.detail)),
    };
    let Some(arguments) = &params.arguments else { return Ok(ToolOutcome::Failed(failure::no_object(tool))) };
    let Some(arguments) = own_arguments(arguments, &request.user().id) else {
        return Ok(ToolOutcome::Failed(FOREIGN_USER.to_owned()));
    };
    let ParsedToolCall { command, note } = match tool.parse(&arguments) {
        Ok(call) => call,
        Err(errors) => return Ok(ToolOutcome::Failed(failure::of_arguments(tool, &errors))),
    };
    let target = target(&command);
    let actor = request.actor();
    let author = TaskAuthor { owner: &request.user().id, actor: &actor };
    let outcome = run::unknown_lists(&command, author.owner, env.store).and_then(|new_lists| {
        let new_lists: Vec<&str> = new_lists.iter().map(ListName::as_str).collect();
        Ok(match run::run(command, author, key.as_ref().map(IdempotencyKey::as_str), env)? {
            ToolOutput::Items { results, .. } if results.iter().all(|item| item.error.is_some()) => {
                ToolOutcome::Failed(failure::of_items(tool, &results))
            }
            output => done(&NotedOutput::new(output, note, &new_lists)),
        })
    });
    Ok(outcome.unwrap_or_else(|error| failed(request, tool, &error, target)))
}

/// The arguments without `user_id`, which clients of other servers send; `None` if it names somebody else.
fn own_arguments<'a>(arguments: &'a Map<String, Value>, user: &str) -> Option<Cow<'a, Map<String, Value>>> {
    match arguments.get("user_id") {
        None => Some(Cow::Borrowed(arguments)),
        Some(given) if given.is_null() || given == user => {
            let mut own = arguments.clone();
            own.remove("user_id");
            Some(Cow::Owned(own))
        }
        Some(_) => None,
    }
}

/// The outcome of a call that is one too many, which says when to go on. Any other error means that the database cannot
/// be reached.
fn not_admitted(request: &UserRequest, tool: &Tool, error: ApiError) -> ToolOutcome {
    match error.code {
        "rate_limited" => ToolOutcome::Failed(error.detail),
        _ => failed(request, tool, &StoreError::Unavailable(error.reason().to_owned()), None),
    }
}

/// The task that a command names.
fn target(command: &ToolCommand) -> Option<TaskId> {
    match command {
        ToolCommand::Get(id)
        | ToolCommand::Fetch(id)
        | ToolCommand::Complete(id)
        | ToolCommand::Update(id, _)
        | ToolCommand::Delete(id)
        | ToolCommand::Undo(UndoTarget::Deletion(id)) => Some(*id),
        ToolCommand::Add(_)
        | ToolCommand::AddMany(_)
        | ToolCommand::List(_)
        | ToolCommand::CompleteMany(..)
        | ToolCommand::Undo(_)
        | ToolCommand::ListLists
        | ToolCommand::Search(_) => None,
    }
}

fn done(output: &NotedOutput) -> ToolOutcome {
    ToolOutcome::Done(to_raw_value(output).expect("outputs are plain data with string keys"))
}

fn failed(request: &UserRequest, tool: &Tool, error: &StoreError, target: Option<TaskId>) -> ToolOutcome {
    log(request, tool, error);
    ToolOutcome::Failed(failure::of_store(tool, error, target))
}

/// Logs a failure of the store: the response to it is a result with status 200, so nothing else would log it.
fn log(request: &UserRequest, tool: &Tool, error: &StoreError) {
    let (StoreError::Unavailable(cause) | StoreError::Internal(cause)) = error else { return };
    http_api::log(&json!({
        "level": "error",
        "request_id": request.id(),
        "tool": tool.name,
        "code": if matches!(error, StoreError::Unavailable(_)) { "unavailable" } else { "internal" },
        "cause": cause,
    }));
}

#[cfg(test)]
mod tests;
