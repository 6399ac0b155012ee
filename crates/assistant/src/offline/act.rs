//! From a command, and what the tools reported so far in this turn, to the next step: calls, or the last word.

use serde_json::json;

use super::change::{Change, change, describe, rename};
use super::context::{CALLED, about, reverse, touched};
use super::find::{find, listed};
use super::parse::Command;
use super::read::{list, page, read_list, show};
use super::tell::{HELP, first_sentence, report};
use super::{LIST_TOOL, call};
use crate::model::ToolRequest;
use crate::turn::{CallOutcome, ToolCall};

/// What to do next.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Move {
    /// Call tools.
    Call(Vec<ToolRequest>),
    /// Answer.
    Say(String),
}

/// Calls that one message may lead to.
pub(super) const MOST: usize = 8;

/// The next step for `command` after `calls`.
pub(crate) fn next(command: &Command, calls: &[&ToolCall]) -> Move {
    next_after(&[], command, calls)
}

/// The same, where the calls `before` were made for something else.
fn next_after(before: &[&ToolCall], command: &Command, calls: &[&ToolCall]) -> Move {
    let say = |text: &str| Move::Say(text.to_owned());
    match command {
        Command::Help => say(HELP),
        Command::Unknown => Move::Say(format!("I did not understand that. {HELP}")),
        Command::Thanks => say("You are welcome."),
        Command::Decision(true) => say("There is nothing to confirm."),
        Command::Decision(false) => say("All right, I leave everything as it is."),
        Command::Maybe(title) => {
            Move::Say(format!("Should I add \"{title}\" to your list? Say \"yes\" or \"add {title}\"."))
        }
        Command::Meant(_) => say("What should I do with it? Say for example \"complete task 3\"."),
        Command::Restore(_) => {
            say("I bring back a deleted task by its number (\"restore task 3\"), or what was deleted last (\"undo\").")
        }
        Command::Several(commands) => several(before, commands, calls),
        Command::Either(words, one, other) => match read_list(calls) {
            Err(step) => step,
            Ok(tasks) if find(&tasks, words, |_| true).is_empty() => {
                let (pages, rest) = calls.split_at(calls.iter().take_while(|call| is_page(call)).count());
                next_after(pages, other, rest)
            }
            Ok(_) => next(one, calls),
        },
        Command::Undo(id) => undo(*id, calls),
        Command::Add(titles) => add(titles, calls),
        Command::AddDescribed(title, text) if calls.is_empty() => {
            Move::Call(vec![call("add_task", json!({"title": title, "description": text}))])
        }
        Command::AddDescribed(..) => Move::Say(report("Added", calls)),
        Command::List(status) => list(status, false, calls),
        Command::Count(status) => list(status, true, calls),
        Command::Show(target) => show(target, calls),
        Command::Complete(target) => change(Change::Complete, target, calls),
        Command::Reopen(target) => change(Change::Reopen, target, calls),
        Command::Delete(target) => change(Change::Delete, target, calls),
        Command::Rename(readings) => rename(readings, calls),
        Command::Describe(target, text) => describe(target, text, calls),
    }
}

/// One command after the other: each takes its share of the calls that were made, and may speak of the tasks of the one before.
fn several(before: &[&ToolCall], commands: &[Command], calls: &[&ToolCall]) -> Move {
    let (mut rest, mut texts, mut spoken_of) = (calls, Vec::new(), Vec::new());
    for command in commands {
        let made = &calls[..calls.len() - rest.len()];
        let command = match command {
            Command::Undo(None) => reverse(made).unwrap_or(Command::Undo(None)),
            command => about(command.clone(), &spoken_of),
        };
        let (text, own) = match share(&command, &pages([before, made].concat()), rest) {
            Ok(done) => done,
            Err(step) => return step,
        };
        texts.push(text);
        let now = touched(&rest[..own]);
        spoken_of = if now.is_empty() { spoken_of } else { now };
        rest = &rest[own..];
    }
    texts.retain(|text| !text.is_empty());
    Move::Say(texts.join("\n"))
}

/// What is said for a command, and how many of the calls `rest` are its own; or its next step. The list is not read again where
/// `pages` has it.
fn share(command: &Command, pages: &[&ToolCall], rest: &[&ToolCall]) -> Result<(String, usize), Move> {
    let (mut seen, mut own) = (Vec::new(), 0);
    loop {
        match next(command, &seen) {
            Move::Say(text) => return Ok((text, own)),
            Move::Call(requests) if seen.is_empty() && !pages.is_empty() && requests[0] == page(None) => {
                seen.extend(pages)
            }
            Move::Call(requests) if own + requests.len() > rest.len() => return Err(Move::Call(requests)),
            Move::Call(requests) => {
                seen.extend(&rest[own..own + requests.len()]);
                own += requests.len();
            }
        }
    }
}

/// The pages of the list among these calls, if it has the same tasks still.
fn pages(calls: Vec<&ToolCall>) -> Vec<&ToolCall> {
    let grown = calls.iter().any(|call| matches!(call.name.as_str(), "add_task" | "undo"));
    if grown { Vec::new() } else { calls.into_iter().filter(|call| is_page(call)).collect() }
}

fn is_page(call: &ToolCall) -> bool {
    call.name == LIST_TOOL && call.arguments.contains_key("limit")
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
        other => Move::Say(format!("Nothing was brought back: {}", first_sentence(&other.to_string()))),
    }
}

fn add(titles: &[String], calls: &[&ToolCall]) -> Move {
    match titles.len() {
        0 => Move::Say(format!("{CALLED} For example: \"Add a task to buy groceries\".")),
        n if n > MOST => Move::Say(format!("I add at most {MOST} tasks at once, and these are {n}. None was added.")),
        _ if calls.is_empty() => {
            Move::Call(titles.iter().map(|title| call("add_task", json!({ "title": title }))).collect())
        }
        _ => Move::Say(report("Added", calls)),
    }
}
