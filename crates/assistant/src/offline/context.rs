//! What earlier turns tell about a message: which task "it" is, what "undo that" takes back, which question "the first
//! one" answers.

use super::LIST_TOOL;
use super::find::listed;
use super::parse::{Command, parse};
use super::target::Target;
use crate::confirm::DELETE_TOOL;
use crate::turn::{CallOutcome, Step, ToolCall, Turn};

/// How a question begins that asks for the title of a new task.
pub(super) const CALLED: &str = "What should the task be called?";
/// What is in a question that asks which task is meant.
pub(super) const WHICH: &str = "Which ";
/// Turns back in which a task may have been spoken of.
const MEMORY: usize = 3;

/// What a message means after these turns.
pub(super) fn resolve(command: Command, message: &str, history: &[Turn]) -> Command {
    let Some(last) = history.last() else { return command };
    let newest =
        |turns: &mut dyn Iterator<Item = &Turn>| turns.map(touched_in).find(|ids| !ids.is_empty()).unwrap_or_default();
    match command {
        Command::Undo(None) => {
            history.iter().rev().find_map(|turn| reverse(&calls(turn))).unwrap_or(Command::Undo(None))
        }
        Command::Decision(true) => match parse(&last.message) {
            Command::Maybe(title) => Command::Add(vec![title]),
            _ => Command::Decision(true),
        },
        Command::Meant(_) | Command::Unknown | Command::Maybe(_) => {
            answered(&command, message, last).unwrap_or(command)
        }
        Command::Several(mut commands) => {
            if let Some(first) = commands.first_mut() {
                *first = about(first.clone(), &newest(&mut history.iter().rev().take(MEMORY)));
            }
            Command::Several(commands)
        }
        Command::Either(words, one, other) => Command::Either(words, one, Box::new(resolve(*other, message, history))),
        command => about(command, &newest(&mut history.iter().rev().take(MEMORY))),
    }
}

/// A command about "it" or "them", about these tasks.
pub(super) fn about(command: Command, ids: &[i64]) -> Command {
    let meant = |target: Target| match target {
        Target::It if ids.len() == 1 => Target::Numbers(ids.to_vec()),
        Target::Them if !ids.is_empty() => Target::Numbers(ids.to_vec()),
        target => target,
    };
    with_target(command, meant)
}

/// The tasks that were changed by these calls; or the only one that was listed.
pub(super) fn touched(calls: &[&ToolCall]) -> Vec<i64> {
    let changed: Vec<i64> = changes(calls).into_iter().flat_map(ids).collect();
    match calls.last() {
        Some(last) if changed.is_empty() && last.name == LIST_TOOL => {
            let tasks = listed(last);
            if let [one] = tasks.as_slice() { vec![one.id] } else { Vec::new() }
        }
        _ => changed,
    }
}

/// What takes back the last change of these calls, and others of its kind.
pub(super) fn reverse(calls: &[&ToolCall]) -> Option<Command> {
    let mut changes = changes(calls);
    let last = *changes.last()?;
    changes.retain(|call| kind(call) == kind(last));
    let numbers: Vec<i64> = changes.iter().flat_map(|call| ids(call)).collect();
    Some(match (last.name.as_str(), last.arguments.get("completed").and_then(serde_json::Value::as_bool)) {
        (DELETE_TOOL, _) => match numbers.as_slice() {
            [one] => Command::Undo(Some(*one)),
            many => Command::Several(many.iter().map(|id| Command::Undo(Some(*id))).collect()),
        },
        ("complete_task", _) | ("update_task", Some(true)) => Command::Reopen(Target::Numbers(numbers)),
        ("update_task", Some(false)) => Command::Complete(Target::Numbers(numbers)),
        ("update_task", None) => {
            let before = calls.iter().filter(|call| call.name == LIST_TOOL).flat_map(|call| listed(call));
            let old = before.into_iter().find(|task| numbers.contains(&task.id));
            Command::Rename(old.into_iter().map(|task| (Target::Numbers(vec![task.id]), task.title)).collect())
        }
        _ => Command::Delete(Target::Numbers(numbers)),
    })
}

fn kind(call: &ToolCall) -> (&str, Option<&serde_json::Value>) {
    (&call.name, call.arguments.get("completed"))
}

fn changes<'a>(calls: &[&'a ToolCall]) -> Vec<&'a ToolCall> {
    let done = |call: &&&ToolCall| call.name != LIST_TOOL && matches!(call.outcome, CallOutcome::Done { .. });
    calls.iter().filter(done).copied().collect()
}

/// The tasks of a call that was done.
fn ids(call: &ToolCall) -> Vec<i64> {
    let CallOutcome::Done { result } = &call.outcome else { return Vec::new() };
    let one = result["task"]["id"].as_i64().or(result["deleted_id"].as_i64());
    one.map_or_else(|| listed(call).iter().map(|task| task.id).collect(), |id| vec![id])
}

fn calls(turn: &Turn) -> Vec<&ToolCall> {
    turn.calls().collect()
}

fn touched_in(turn: &Turn) -> Vec<i64> {
    touched(&calls(turn))
}

/// A message that answers the question of the turn before.
fn answered(command: &Command, message: &str, last: &Turn) -> Option<Command> {
    let said = last.steps.iter().rev().find_map(|step| match step {
        Step::Model(step) => Some(step.text.as_str()),
        Step::Tools(_) => None,
    })?;
    if said.starts_with(CALLED) {
        return Some(parse(&format!("add {message}")));
    }
    if !said.contains(WHICH) {
        return None;
    }
    let shown: Vec<i64> =
        said.lines().filter_map(|line| line.strip_prefix('#')?.split(' ').next()?.parse().ok()).collect();
    let target = match command {
        Command::Meant(Target::Place(place)) => Target::Numbers(vec![nth(&shown, *place)?]),
        Command::Meant(Target::Them) if !shown.is_empty() => Target::Numbers(shown),
        Command::Meant(target) => target.clone(),
        _ => Target::parse(message),
    };
    let before = parse(&last.message);
    let again = with_target(before.clone(), |_| target.clone());
    (again != before).then_some(again)
}

/// What is at this place, counted from 1, or from the end if negative.
pub(super) fn nth(ids: &[i64], place: i64) -> Option<i64> {
    let from = |place: i64| usize::try_from(place - 1).ok();
    if place < 0 { ids.iter().rev().nth(from(-place)?).copied() } else { ids.get(from(place)?).copied() }
}

fn with_target(command: Command, change: impl Fn(Target) -> Target) -> Command {
    match command {
        Command::Show(target) => Command::Show(change(target)),
        Command::Complete(target) => Command::Complete(change(target)),
        Command::Reopen(target) => Command::Reopen(change(target)),
        Command::Delete(target) => Command::Delete(change(target)),
        Command::Describe(target, text) => Command::Describe(change(target), text),
        Command::Rename(readings) => {
            Command::Rename(readings.into_iter().map(|(target, title)| (change(target), title)).collect())
        }
        command => command,
    }
}
