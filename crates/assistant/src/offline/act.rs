//! From a command, and what the tools reported so far in this turn, to the next step: calls, or the last word.

use serde_json::{Value, json};

use super::find::{Listed, find, listed};
use super::parse::Command;
use super::target::Target;
use super::{call, result};
use crate::confirm::DELETE_TOOL;
use crate::model::CallRequest;
use crate::turn::{CallOutcome, ToolCall};

/// What to do next.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Move {
    /// Call tools.
    Call(Vec<CallRequest>),
    /// Answer.
    Say(String),
}

/// Calls that one message may lead to.
const MOST: usize = 8;
/// Pages of the list that are read to find a title, of 100 tasks each.
const PAGES: usize = 2;
const LIST_TOOL: &str = "list_tasks";
const HELP: &str = "I am the offline assistant: I understand simple sentences about your tasks, without a language \
    model. For example:\n- Add a task to buy groceries\n- Show my tasks / What's left?\n- Mark task #1 as complete / \
    Complete groceries\n- Reopen task 1\n- Rename task 2 to Buy bread\n- Delete task 3 / Delete the groceries task / \
    Clear completed tasks\n- Undo that\nSeveral in one sentence are fine: Add milk and delete task 3.";

/// The next step for `command` after `calls`.
pub(crate) fn next(command: &Command, calls: &[&ToolCall]) -> Move {
    match command {
        Command::Help => Move::Say(HELP.into()),
        Command::Unknown => Move::Say(format!("I did not understand that. {HELP}")),
        Command::Several(commands) => several(commands, calls),
        Command::Undo(id) => undo(*id, calls),
        Command::Add(titles) => add(titles, calls),
        Command::List(status) => list(status, calls),
        Command::Complete(target) => change(Change::Complete, target, calls),
        Command::Reopen(target) => change(Change::Reopen, target, calls),
        Command::Delete(target) => change(Change::Delete, target, calls),
        Command::Rename(readings) => rename(readings, calls),
    }
}

/// One command after the other: each takes its share of the calls that were made.
fn several(commands: &[Command], calls: &[&ToolCall]) -> Move {
    let (mut rest, mut texts) = (calls, Vec::new());
    for command in commands {
        let mut taken = 0;
        loop {
            match next(command, &rest[..taken]) {
                Move::Call(requests) if taken + requests.len() > rest.len() => return Move::Call(requests),
                Move::Call(requests) => taken += requests.len(),
                Move::Say(text) => {
                    texts.push(text);
                    break;
                }
            }
        }
        rest = &rest[taken..];
    }
    texts.retain(|text| !text.is_empty());
    Move::Say(texts.join("\n"))
}

fn undo(id: Option<i64>, calls: &[&ToolCall]) -> Move {
    let Some(last) = calls.last() else {
        let arguments = id.map_or_else(|| json!({}), |id| json!({ "task_id": id }));
        return Move::Call(vec![call("undo", arguments)]);
    };
    match &last.outcome {
        CallOutcome::Done { .. } => {
            let back: Vec<String> = listed(last).iter().map(|task| format!("#{} {}", task.id, task.title)).collect();
            Move::Say(format!("Brought back {}.", back.join(", ")))
        }
        other => Move::Say(format!("I can only undo deletions. {}", first_sentence(&other.to_string()))),
    }
}

fn add(titles: &[String], calls: &[&ToolCall]) -> Move {
    match titles.len() {
        0 => Move::Say("What should the task be called? For example: \"Add a task to buy groceries\".".into()),
        n if n > MOST => Move::Say(format!("I add at most {MOST} tasks at once, and these are {n}. None was added.")),
        _ if calls.is_empty() => {
            Move::Call(titles.iter().map(|title| call("add_task", json!({ "title": title }))).collect())
        }
        _ => Move::Say(report("Added", calls)),
    }
}

fn list(status: &str, calls: &[&ToolCall]) -> Move {
    let Some(last) = calls.last() else {
        return Move::Call(vec![call(LIST_TOOL, json!({ "status": status }))]);
    };
    if let CallOutcome::Failed { error } = &last.outcome {
        return Move::Say(format!("I could not read your tasks: {}", first_sentence(error)));
    }
    let tasks = listed(last);
    let kind = if status == "all" { String::new() } else { format!("{status} ") };
    if tasks.is_empty() {
        return Move::Say(format!("You have no {kind}tasks."));
    }
    let more = if next_cursor(last).is_some() { "\n…and more: see the task page." } else { "" };
    Move::Say(format!("Your {kind}tasks:\n{}{more}", lines(&tasks)))
}

/// What can be done to tasks that exist.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Change {
    Complete,
    Reopen,
    Delete,
}

impl Change {
    fn call(self, id: i64) -> CallRequest {
        match self {
            Self::Complete => call("complete_task", json!({ "task_id": id })),
            Self::Reopen => call("update_task", json!({"task_id": id, "completed": false})),
            Self::Delete => call(DELETE_TOOL, json!({ "task_id": id })),
        }
    }

    fn done(self) -> &'static str {
        match self {
            Self::Complete => "Completed",
            Self::Reopen => "Reopened",
            Self::Delete => "Deleted",
        }
    }

    fn verb(self) -> &'static str {
        match self {
            Self::Complete => "complete",
            Self::Reopen => "reopen",
            Self::Delete => "delete",
        }
    }

    fn prefers(self, task: &Listed) -> bool {
        match self {
            Self::Complete => !task.completed,
            Self::Reopen => task.completed,
            Self::Delete => true,
        }
    }
}

fn change(change: Change, target: &Target, calls: &[&ToolCall]) -> Move {
    if calls.iter().any(|call| call.name != LIST_TOOL) {
        return Move::Say(report(change.done(), calls));
    }
    match target {
        Target::Numbers(ids) if ids.len() > MOST => {
            Move::Say(format!("I {} at most {MOST} tasks at once.", change.verb()))
        }
        Target::Numbers(ids) => Move::Call(ids.iter().map(|id| change.call(*id)).collect()),
        Target::Vague => Move::Say(which(change.verb())),
        Target::All(completed) => match read_list(calls) {
            Err(step) => step,
            Ok(tasks) => all(change, tasks, *completed),
        },
        Target::Title(words) => match read_list(calls) {
            Err(step) => step,
            Ok(tasks) => match pick(&tasks, words, change) {
                Err(question) => Move::Say(question),
                Ok(ids) => Move::Call(ids.into_iter().map(|id| change.call(id)).collect()),
            },
        },
    }
}

fn all(change: Change, tasks: Vec<Listed>, completed: Option<bool>) -> Move {
    let wanted = |task: &Listed| completed.is_none_or(|completed| task.completed == completed) && change.prefers(task);
    let ids: Vec<i64> = tasks.iter().filter(|task| wanted(task)).map(|task| task.id).collect();
    match ids.len() {
        0 => Move::Say(format!("There is nothing to {}.", change.verb())),
        n if n > MOST => Move::Say(format!("These are {n} tasks; I {} at most {MOST} at once.", change.verb())),
        _ => Move::Call(ids.into_iter().map(|id| change.call(id)).collect()),
    }
}

fn rename(readings: &[(Target, String)], calls: &[&ToolCall]) -> Move {
    if calls.iter().any(|call| call.name != LIST_TOOL) {
        return Move::Say(report("Renamed", calls));
    }
    let renaming = |id: i64, title: &str| Move::Call(vec![call("update_task", json!({"task_id": id, "title": title}))]);
    match readings {
        [(Target::Numbers(ids), title)] if ids.len() == 1 => return renaming(ids[0], title),
        [(Target::Numbers(_) | Target::Vague | Target::All(_), _)] => return Move::Say(which("rename")),
        _ => {}
    }
    let tasks = match read_list(calls) {
        Ok(tasks) => tasks,
        Err(step) => return step,
    };
    // The reading with the most words of the old title first.
    let found = readings.iter().rev().filter_map(|(target, title)| match target {
        Target::Title(words) => Some((find(&tasks, words, |_| true), title)).filter(|(found, _)| !found.is_empty()),
        _ => None,
    });
    match found.collect::<Vec<_>>().as_slice() {
        [] => Move::Say("I found no task with that title. Say \"show my tasks\" to see them.".into()),
        [(one, title), ..] if one.len() == 1 => renaming(one[0].id, title),
        [(several, _), ..] => Move::Say(ambiguous(several, "rename")),
    }
}

/// The whole list, or the call that reads (more of) it.
fn read_list(calls: &[&ToolCall]) -> Result<Vec<Listed>, Move> {
    let page = |cursor: Option<&Value>| {
        let mut arguments = json!({"status": "all", "limit": 100});
        if let Some(cursor) = cursor {
            arguments["cursor"] = cursor.clone();
        }
        Move::Call(vec![call(LIST_TOOL, arguments)])
    };
    let Some(last) = calls.last() else { return Err(page(None)) };
    if let CallOutcome::Failed { error } = &last.outcome {
        return Err(Move::Say(format!("I could not read your tasks: {}", first_sentence(error))));
    }
    match next_cursor(last) {
        Some(cursor) if calls.len() < PAGES => Err(page(Some(cursor))),
        _ => Ok(calls.iter().flat_map(|call| listed(call)).collect()),
    }
}

fn next_cursor(call: &ToolCall) -> Option<&Value> {
    result(call)?.get("next_cursor").filter(|cursor| !cursor.is_null())
}

/// The tasks meant by `words`: one title, or several joined by "and".
fn pick(tasks: &[Listed], words: &str, change: Change) -> Result<Vec<i64>, String> {
    let one = |words: &str| find(tasks, words, |task| change.prefers(task));
    let whole = one(words);
    let pieces: Vec<&str> = words.split(" and ").flat_map(|piece| piece.split(", ")).collect();
    let groups = if whole.is_empty() && (2..=MOST).contains(&pieces.len()) {
        pieces.iter().map(|piece| (*piece, one(&super::target::title(piece)))).collect()
    } else {
        vec![(words, whole)]
    };
    let mut ids = Vec::new();
    for (words, found) in groups {
        match found.as_slice() {
            [] => return Err(format!("I found no task \"{words}\". Say \"show my tasks\" to see them.")),
            [task] => ids.push(task.id),
            several => return Err(ambiguous(several, change.verb())),
        }
    }
    Ok(ids)
}

fn which(verb: &str) -> String {
    format!("Which task should I {verb}? Name it by number or title, for example \"{verb} task 3\".")
}

fn ambiguous(tasks: &[Listed], verb: &str) -> String {
    let shown = &tasks[..tasks.len().min(MOST)];
    format!("Several tasks fit:\n{}\nWhich one? Say for example \"{verb} task {}\".", lines(shown), tasks[0].id)
}

fn lines(tasks: &[Listed]) -> String {
    let line = |task: &Listed| format!("#{} {}{}", task.id, task.title, if task.completed { " (done)" } else { "" });
    tasks.iter().map(line).collect::<Vec<_>>().join("\n")
}

/// One line for each change, from what the tool reported.
fn report(done: &str, calls: &[&ToolCall]) -> String {
    let changes = calls.iter().filter(|call| call.name != LIST_TOOL);
    let line = |call: &&ToolCall| match &call.outcome {
        CallOutcome::Done { result } => Some(format!("{done} {}.", subject(result, call))),
        CallOutcome::Failed { error } | CallOutcome::Denied { error } => {
            Some(format!("Not {}: {}", done.to_lowercase(), first_sentence(error)))
        }
        CallOutcome::ConfirmationRequired { .. } => None, // the question is asked below
    };
    changes.filter_map(line).collect::<Vec<_>>().join("\n")
}

/// "#3 Buy milk", as far as the tool or the call names it.
fn subject(result: &Value, call: &ToolCall) -> String {
    if let Some(task) = Listed::from(&result["task"]) {
        return format!("#{} {}", task.id, task.title);
    }
    if let (Some(id), Some(title)) = (result["deleted_id"].as_i64(), result["title"].as_str()) {
        return format!("#{id} {title}");
    }
    let id = call.arguments.get("task_id").and_then(Value::as_i64);
    id.map_or_else(|| "the task".to_owned(), |id| format!("task #{id}"))
}

/// Errors of tools go on with advice for models.
fn first_sentence(error: &str) -> String {
    let end = error.find(". ").map_or(error.len(), |at| at + 1);
    error[..end].to_owned()
}
