//! What a message orders word for word: the calls that the offline assistant would make for the whole of it. No model, no
//! result of a tool and no quoted text has a part in it.

use serde_json::{Value, json};

use crate::agent::single::single_calls;
use crate::model::ToolRequest;
use crate::offline::act::action::{NextAction, call};
use crate::offline::act::find::{ListedTask, find_tasks};
use crate::offline::act::next_action;
use crate::offline::command::TaskCommand;
use crate::offline::parse::parse;
use crate::offline::plain::{forbids_something, is_plain_order};
use crate::offline::target::TaskTarget;
use crate::tool_names::{COMPLETE_TASK, LIST_TASKS, UNDO, UPDATE_TASK};
use crate::turn::{CallOutcome, ToolCall};

/// Verbs that mean nothing but deleting; "get" is that of "get rid of".
const DELETING: [&str; 4] = ["delete", "remove", "erase", "get"];

/// The acts that a user's message asks for.
#[derive(Debug)]
pub(crate) struct SpokenOrder {
    command: TaskCommand,
    forbids: bool,
}

impl SpokenOrder {
    /// Reads the user's whole message.
    pub(crate) fn read(message: &str) -> Self {
        let command = match parse(message) {
            TaskCommand::TakeBack => TaskCommand::TakeBack, // its negations deny nothing else
            command if is_plain_order(message) => command,
            _ => TaskCommand::Unknown,
        };
        Self { command, forbids: forbids_something(message) }
    }

    /// Whether the message says what not to do.
    pub(crate) fn forbids(&self) -> bool {
        self.forbids
    }

    /// Whether the message asks for exactly this call. `tasks` are the objects of all tasks, read where a title matters.
    pub(crate) fn asks_for(&self, request: &ToolRequest, mut tasks: impl FnMut() -> Vec<Value>) -> bool {
        let wanted = canonical(request);
        calls_for(&self.command, &mut tasks).iter().flat_map(single_calls).any(|made| canonical(&made) == wanted)
    }
}

/// The calls of a command that names its tasks.
fn calls_for(command: &TaskCommand, tasks: &mut dyn FnMut() -> Vec<Value>) -> Vec<ToolRequest> {
    match command {
        TaskCommand::Several(commands) => {
            return commands.iter().flat_map(|command| calls_for(command, tasks)).collect();
        }
        TaskCommand::Either(title, one, other) => {
            let listed: Vec<ListedTask> = tasks().iter().filter_map(ListedTask::read).collect();
            let is_title = !find_tasks(&listed, title, |_| true).is_empty();
            return calls_for(if is_title { one } else { other }, tasks);
        }
        // "drop", "cancel", "clear" are everyday words: they order nothing that is named by its title.
        TaskCommand::Unless(verb, command)
            if matches!(**command, TaskCommand::Delete(_)) && !DELETING.contains(&verb.as_str()) =>
        {
            return Vec::new();
        }
        command if names_no_task(command) => return Vec::new(),
        _ => {}
    }
    let requests = match next_action(command, &[]) {
        NextAction::Call(requests) => requests,
        NextAction::Say(_) => return Vec::new(),
    };
    if requests.iter().all(|request| request.name != LIST_TASKS) {
        return requests;
    }
    let outcome = CallOutcome::Done { result: json!({ "tasks": tasks() }) };
    let arguments = requests.into_iter().next().map(|request| request.arguments).unwrap_or_default();
    let page = ToolCall { id: String::new(), name: LIST_TASKS.to_owned(), arguments, outcome };
    match next_action(command, &[&page]) {
        NextAction::Call(requests) => requests,
        NextAction::Say(_) => Vec::new(),
    }
}

/// Whether a command is about whatever tasks there are.
fn names_no_task(command: &TaskCommand) -> bool {
    matches!(
        command,
        TaskCommand::Complete(TaskTarget::All(_) | TaskTarget::Common(_) | TaskTarget::Except(..))
            | TaskCommand::Reopen(TaskTarget::All(_) | TaskTarget::Common(_) | TaskTarget::Except(..))
            | TaskCommand::Delete(TaskTarget::All(_) | TaskTarget::Common(_) | TaskTarget::Except(..))
            | TaskCommand::Prioritise(TaskTarget::All(_) | TaskTarget::Common(_) | TaskTarget::Except(..), _)
    )
}

/// The same call in one of its forms: completing by either tool, without members that change nothing.
fn canonical(request: &ToolRequest) -> (String, Value) {
    let mut arguments = request.arguments.clone();
    arguments.retain(|_, value| !value.is_null());
    let completes = arguments.len() == 2 && arguments.get("completed") == Some(&Value::Bool(true));
    if request.name == UPDATE_TASK && completes {
        arguments.remove("completed");
        return (COMPLETE_TASK.to_owned(), Value::Object(arguments));
    }
    if request.name == UNDO {
        arguments.remove("change"); // "undo" does not say which
    }
    let request = call(&request.name, Value::Object(arguments));
    (request.name, Value::Object(request.arguments))
}
