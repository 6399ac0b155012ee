//! From a command, and the results of the calls made for it so far, to the next action.

pub(super) mod action;
mod change;
pub(super) mod changes;
pub(super) mod find;
mod list;
pub(super) mod say;

use serde_json::json;

use crate::offline::act::action::{MAX_CALLS, NextAction, call};
use crate::offline::act::change::{TaskChange, change, describe, rename};
use crate::offline::act::changes::{changed_tasks, reversal};
use crate::offline::act::find::{ListedTask, find_tasks, listed_tasks};
use crate::offline::act::list::{list, page_request, read_list, show};
use crate::offline::act::say::{ASK_TITLE, HELP, first_sentence, report};
use crate::offline::command::TaskCommand;
use crate::tool_names::{ADD_TASK, LIST_TASKS, UNDO};
use crate::turn::{CallOutcome, ToolCall};

/// The next action for `command` after `calls`.
pub(crate) fn next_action(command: &TaskCommand, calls: &[&ToolCall]) -> NextAction {
    next_action_after(&[], command, calls)
}

/// The next action for `command` after `calls`, where the calls `before` were made for another command.
fn next_action_after(before: &[&ToolCall], command: &TaskCommand, calls: &[&ToolCall]) -> NextAction {
    let say = |text: &str| NextAction::Say(text.to_owned());
    match command {
        TaskCommand::Help => say(HELP),
        TaskCommand::Unknown => NextAction::Say(format!("I did not understand that. {HELP}")),
        TaskCommand::Thanks => say("You are welcome."),
        TaskCommand::Decision(true) => say("There is nothing to confirm."),
        TaskCommand::Decision(false) => say("All right, I leave everything as it is."),
        TaskCommand::SuggestAdd(title) => {
            NextAction::Say(format!("Should I add \"{title}\" to your list? Say \"yes\" or \"add {title}\"."))
        }
        TaskCommand::Missing(sentence) => say(sentence),
        TaskCommand::AskDoneOrDue(title) => NextAction::Say(format!(
            "Is \"{title}\" done, or is that when it is due? There are no due dates yet. Say \"complete {title}\" if it is done."
        )),
        TaskCommand::Unless(verb, command) => unless_title(verb, command, calls),
        TaskCommand::Select(_) => say("What should I do with it? Say for example \"complete task 3\"."),
        TaskCommand::RestoreByTitle(_) => {
            say("I bring back a deleted task by its number (\"restore task 3\"), or what was deleted last (\"undo\").")
        }
        TaskCommand::Several(commands) => several(before, commands, calls),
        TaskCommand::Either(title, one, other) => either(title, one, other, calls),
        TaskCommand::Undo(id) => undo(*id, calls),
        TaskCommand::Add(titles) => add(titles, calls),
        TaskCommand::AddWithDescription(title, text) if calls.is_empty() => {
            NextAction::Call(vec![call(ADD_TASK, json!({"title": title, "description": text}))])
        }
        TaskCommand::AddWithDescription(..) => NextAction::Say(report("Added", calls)),
        TaskCommand::List(status) => list(status, false, calls),
        TaskCommand::Count(status) => list(status, true, calls),
        TaskCommand::Show(target) => show(target, calls),
        TaskCommand::Complete(target) => change(TaskChange::Complete, target, calls),
        TaskCommand::Reopen(target) => change(TaskChange::Reopen, target, calls),
        TaskCommand::Delete(target) => change(TaskChange::Delete, target, calls),
        TaskCommand::Rename(readings) => rename(readings, calls),
        TaskCommand::Describe(target, text) => describe(target, text, calls),
    }
}

/// The next action for `command`, unless the title of a task that it changes begins with the verb of the sentence: then the
/// sentence may be the title itself.
fn unless_title(verb: &str, command: &TaskCommand, calls: &[&ToolCall]) -> NextAction {
    let action = next_action(command, calls);
    let NextAction::Call(requests) = &action else { return action };
    let tasks: Vec<ListedTask> = calls.iter().flat_map(|call| listed_tasks(call)).collect();
    let begins = |task: &&ListedTask| task.title.to_lowercase().split(' ').next() == Some(verb);
    let changed =
        |task: &&ListedTask| requests.iter().any(|request| request.arguments.get("task_id") == Some(&json!(task.id)));
    match tasks.iter().filter(changed).find(begins) {
        Some(task) => NextAction::Say(format!(
            "Do you mean that #{id} {title} is done, or should it be changed or deleted? Say \"complete task {id}\" or \"delete task {id}\".",
            id = task.id,
            title = task.title,
        )),
        None => action,
    }
}

/// The next action for `one` if there is a task with this title, else for `other`.
fn either(title: &str, one: &TaskCommand, other: &TaskCommand, calls: &[&ToolCall]) -> NextAction {
    match read_list(calls) {
        Err(action) => action,
        Ok(tasks) if find_tasks(&tasks, title, |_| true).is_empty() => {
            let (pages, rest) = calls.split_at(calls.iter().take_while(|call| is_page(call)).count());
            next_action_after(pages, other, rest)
        }
        Ok(_) => next_action(one, calls),
    }
}

/// One command after the other: each takes its share of the calls that were made, and may refer to the tasks of the command
/// before.
fn several(before: &[&ToolCall], commands: &[TaskCommand], calls: &[&ToolCall]) -> NextAction {
    let (mut rest, mut texts, mut mentioned) = (calls, Vec::new(), Vec::new());
    for command in commands {
        let made = &calls[..calls.len() - rest.len()];
        let command = match command {
            TaskCommand::Undo(None) => reversal(made).unwrap_or(TaskCommand::Undo(None)),
            command => command.clone().with_pronoun(&mentioned),
        };
        let (text, own) = match finish_command(&command, &reusable_pages([before, made].concat()), rest) {
            Ok(done) => done,
            Err(action) => return action,
        };
        texts.push(text);
        let changed = changed_tasks(&rest[..own]);
        mentioned = if changed.is_empty() { mentioned } else { changed };
        rest = &rest[own..];
    }
    texts.retain(|text| !text.is_empty());
    NextAction::Say(texts.join("\n"))
}

/// The text for a command and how many of the calls `rest` are its own; else its next calls. The list is not read again where
/// `pages` has it.
fn finish_command(
    command: &TaskCommand,
    pages: &[&ToolCall],
    rest: &[&ToolCall],
) -> Result<(String, usize), NextAction> {
    let (mut made, mut own) = (Vec::new(), 0);
    loop {
        match next_action(command, &made) {
            NextAction::Say(text) => return Ok((text, own)),
            NextAction::Call(requests) if made.is_empty() && !pages.is_empty() && requests[0] == page_request(None) => {
                made.extend(pages)
            }
            NextAction::Call(requests) if own + requests.len() > rest.len() => return Err(NextAction::Call(requests)),
            NextAction::Call(requests) => {
                made.extend(&rest[own..own + requests.len()]);
                own += requests.len();
            }
        }
    }
}

/// The pages of the list among these calls, unless a call has put a task into the list.
fn reusable_pages(calls: Vec<&ToolCall>) -> Vec<&ToolCall> {
    let grown = calls.iter().any(|call| matches!(call.name.as_str(), ADD_TASK | UNDO));
    if grown { Vec::new() } else { calls.into_iter().filter(|call| is_page(call)).collect() }
}

fn is_page(call: &ToolCall) -> bool {
    call.name == LIST_TASKS && call.arguments.contains_key("limit")
}

fn undo(id: Option<i64>, calls: &[&ToolCall]) -> NextAction {
    let Some(last) = calls.last() else {
        let arguments = id.map_or_else(|| json!({}), |id| json!({ "task_id": id }));
        return NextAction::Call(vec![call(UNDO, arguments)]);
    };
    match &last.outcome {
        CallOutcome::Done { .. } => {
            let tasks: Vec<String> =
                listed_tasks(last).iter().map(|task| format!("#{} {}", task.id, task.title)).collect();
            NextAction::Say(format!("Brought back {}.", tasks.join(", ")))
        }
        other => NextAction::Say(format!("Nothing was brought back: {}", first_sentence(&other.to_string()))),
    }
}

fn add(titles: &[String], calls: &[&ToolCall]) -> NextAction {
    match titles.len() {
        0 => NextAction::Say(format!("{ASK_TITLE} For example: \"Add a task to buy groceries\".")),
        n if n > MAX_CALLS => {
            NextAction::Say(format!("I add at most {MAX_CALLS} tasks at once, and these are {n}. None was added."))
        }
        _ if calls.is_empty() => {
            NextAction::Call(titles.iter().map(|title| call(ADD_TASK, json!({ "title": title }))).collect())
        }
        _ => NextAction::Say(report("Added", calls)),
    }
}
