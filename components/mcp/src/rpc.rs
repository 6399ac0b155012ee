//! The methods of the protocol.

use http::header::CACHE_CONTROL;
use http::{HeaderValue, StatusCode};
use http_api::Response;
use mcp_protocol::{McpMethod, parse_request};

use crate::env::McpEnv;
use crate::error::McpError;
use crate::metadata::SERVER;
use crate::tools;
use crate::user_request::UserRequest;

/// What a model learns of the list before its first call: at most 1 KB.
const INSTRUCTIONS: &str = "The personal to-do list of the signed-in user. A task has a number (its id, which the user says as \
    \"task 7\"), a title of one line, a description, a priority (none, low, medium, high), a due day or time in the user's time zone, \
    reminders, a repetition, tags, a list, and whether it is completed. When the user speaks of a task by its words, find it with \
    list_tasks and query; do not guess a number. For what is due use its due (today, week, overdue). \"Remind me\" sets due and \
    remind; say when (remind_at). list_tasks shows the beginning of a long description, get_task all of it. Use add_tasks and \
    complete_tasks for several at once. update_task changes only what you name; an empty text removes what may be empty. Every \
    change can be taken back by undo. When the user has finished something, complete it; delete only what they want gone.";
const _: () = assert!(INSTRUCTIONS.len() <= 1024);

/// Runs the method of a request.
pub(crate) fn post(request: &UserRequest, env: &McpEnv) -> Result<Response, McpError> {
    let header = |name: &str| request.header(name);
    let Some(message) = parse_request(request.body(), &header)? else { return Ok(accepted()) };
    let ok = StatusCode::OK;
    Ok(match &message.method {
        McpMethod::Discover => http_api::json(ok, &message.discover_result(&SERVER, INSTRUCTIONS)),
        McpMethod::Initialize(version) => {
            http_api::json(ok, &message.initialize_result(&SERVER, version, INSTRUCTIONS))
        }
        McpMethod::Ping => http_api::json(ok, &message.ping_result(&SERVER)),
        McpMethod::ListTools => {
            let (tools, scope) = tools::list(request.user());
            http_api::json(ok, &message.list_tools_result(&SERVER, &tools, scope))
        }
        McpMethod::ListNothing(list) => http_api::json(ok, &message.list_nothing_result(&SERVER, *list)),
        McpMethod::CallTool(call) => {
            let outcome = tools::call(request, &message.id, call, env)?;
            http_api::json(ok, &message.call_tool_result(&SERVER, &outcome))
        }
    })
}

/// The response to a message that gets no result.
fn accepted() -> Response {
    let mut response = http_api::empty(StatusCode::ACCEPTED);
    response.headers_mut().insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
    response
}
