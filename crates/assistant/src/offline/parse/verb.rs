//! Commands that begin with their verb.

use crate::offline::command::TaskCommand;
use crate::offline::missing::is_only_time;
use crate::offline::parse::add::parse_add;
use crate::offline::parse::participle::infinitive;
use crate::offline::parse::spelling::is_slip;
use crate::offline::phrase::{after_verb, strip_prefix, strip_quotes, strip_suffix};
use crate::offline::priority::parse_prioritised;
use crate::offline::reminder::is_time;
use crate::offline::target::{TaskTarget, title};
use crate::offline::words::{COMPLETE, DELETE, DESCRIBE, DONE_MARKS, PENDING_MARKS, RENAME, REOPEN};

/// Reads "undo that", "bring back task 3".
pub(super) fn parse_undo(lower: &str) -> Option<TaskCommand> {
    const UNDO: [&str; 10] = [
        "undo",
        "undelete",
        "restore",
        "bring back",
        "bring it back",
        "put it back",
        "revert",
        "take it back",
        "take that back",
        "recover",
    ];
    let rest = UNDO.iter().find_map(|verb| after_verb(lower, verb))?;
    Some(match TaskTarget::parse(rest) {
        TaskTarget::Numbers(ids) if ids.len() == 1 => TaskCommand::Undo(Some(ids[0])),
        TaskTarget::Title(words) if words.contains("last") || words.contains("delet") || words.contains("change") => {
            TaskCommand::Undo(None)
        }
        TaskTarget::Title(words) => TaskCommand::RestoreByTitle(words),
        TaskTarget::Numbers(_) => TaskCommand::RestoreByTitle(rest.to_owned()),
        _ => TaskCommand::Undo(None),
    })
}

/// Reads a command that begins with its verb.
pub(super) fn parse_verb(text: &str) -> Option<TaskCommand> {
    let after = |verbs: &[&str]| verbs.iter().find_map(|verb| after_verb(text, verb));
    if let Some(command) = after(&DESCRIBE).and_then(parse_description) {
        return Some(command);
    }
    if let Some((words, priority)) = parse_prioritised(text) {
        return Some(TaskCommand::Prioritise(TaskTarget::parse(words), priority));
    }
    if let Some(command) = parse_apart(text) {
        return Some(command);
    }
    if let Some(rest) = after(&DELETE) {
        return Some(unless_title(text, TaskCommand::Delete(parse_deleted(rest))));
    }
    if let Some(rest) = after(&["take", "cross", "strike"])
        && let Some(start) = OFF_LIST
            .iter()
            .find_map(|end| rest.to_ascii_lowercase().ends_with(end).then(|| &rest[..rest.len() - end.len()]))
    {
        return Some(TaskCommand::Delete(TaskTarget::parse(start)));
    }
    if let Some(command) = after(&["mark", "set", "make", "move", "put"]).and_then(parse_mark) {
        return Some(command);
    }
    if let Some(rest) = after(&["check", "cross"]) {
        let (start, target) = (strip_suffix(strip_suffix(rest, " off"), " out"), TaskTarget::parse(rest));
        if start != rest {
            return Some(TaskCommand::Complete(TaskTarget::parse(start)));
        } else if matches!(target, TaskTarget::Numbers(_) | TaskTarget::It) {
            return Some(TaskCommand::Complete(target));
        }
    }
    if let Some(rest) = after(&REOPEN) {
        return Some(TaskCommand::Reopen(TaskTarget::parse(rest)));
    }
    if let Some(rest) = after(&COMPLETE)
        && let Some((done, time)) =
            rest.rsplit_once(" by ").or_else(|| rest.rsplit_once(" on ")).or_else(|| rest.rsplit_once(" until "))
        && is_only_time(time)
        && !matches!(TaskTarget::parse(rest), TaskTarget::Common(_))
    {
        return Some(TaskCommand::AskDoneOrDue(title(done)));
    }
    if let Some(rest) =
        after(&COMPLETE).filter(|rest| !rest.is_empty() || !text.to_ascii_lowercase().starts_with("done"))
    {
        return Some(TaskCommand::Complete(TaskTarget::parse(rest)));
    }
    if let Some(rest) = after(&RENAME) {
        return Some(day_for_title(rest).unwrap_or_else(|| unless_title(text, parse_rename(rest))));
    }
    parse_add(text)
}

/// Reads "task 6 to Thursday", where a new title is expected.
fn day_for_title(rest: &str) -> Option<TaskCommand> {
    let numbered = || rest.split_once(' ').filter(|(number, _)| TaskTarget::parse(number).is_numbers());
    let (task, day) = rest.rsplit_once(" to ").or_else(|| rest.rsplit_once(" as ")).or_else(numbered)?;
    let is_day = day.contains(char::is_alphabetic) && is_time(day) && strip_quotes(day) == day;
    is_day.then(|| TaskCommand::AskTitleOrDate(TaskTarget::parse(task), day.to_owned()))
}

/// What stands after a task that is taken off the list.
const OFF_LIST: [&str; 4] = ["off my list", "off the list", "from my list", "from the list"];

/// Reads verbs whose second part stands apart: "put milk back on the list", "throw 3 away", "tick the milk off".
fn parse_apart(text: &str) -> Option<TaskCommand> {
    let after = |verbs: &[&str]| verbs.iter().find_map(|verb| after_verb(text, verb));
    if let Some(words) = after(&["put", "bring", "set", "move", "add"]).and_then(|rest| {
        [" back on the list", " back on my list", " back to open", " back to pending"]
            .iter()
            .map(|end| strip_suffix(rest, end))
            .find(|start| *start != rest)
    }) {
        return Some(TaskCommand::Reopen(TaskTarget::parse(words)));
    }
    if let Some(rest) = after(&["throw"])
        && let words = strip_suffix(strip_suffix(rest, " away"), " out")
        && words != rest
    {
        return Some(unless_title(text, TaskCommand::Delete(TaskTarget::parse(words))));
    }
    if let Some(rest) = after(&["tick"]) {
        let words = OFF_LIST.iter().map(|end| strip_suffix(rest, &format!(" {end}"))).find(|start| *start != rest);
        return Some(TaskCommand::Complete(TaskTarget::parse(
            words.unwrap_or_else(|| strip_suffix(strip_prefix(rest, "off "), " off")),
        )));
    }
    None
}

/// The command, unless a task that it names by words has a title with the same verb.
fn unless_title(text: &str, command: TaskCommand) -> TaskCommand {
    let verb = text.split([' ', ':', ',']).next().unwrap_or_default().to_lowercase();
    let by_words = match &command {
        TaskCommand::Delete(target) => matches!(target, TaskTarget::Title(_)),
        TaskCommand::Rename(readings) => matches!(readings.as_slice(), [(TaskTarget::Title(_), _), ..]),
        _ => false,
    };
    if by_words { TaskCommand::Unless(verb, Box::new(command)) } else { command }
}

fn parse_deleted(rest: &str) -> TaskTarget {
    match rest.to_ascii_lowercase().as_str() {
        "completed" | "done" | "finished" => TaskTarget::All(Some(true)),
        _ => TaskTarget::parse(rest),
    }
}

/// Reads "task 3 as done".
fn parse_mark(rest: &str) -> Option<TaskCommand> {
    let before = |marks: &[&str]| marks.iter().map(|mark| strip_suffix(rest, mark)).find(|start| *start != rest);
    if let Some(start) = before(&PENDING_MARKS) {
        return Some(TaskCommand::Reopen(TaskTarget::parse(start)));
    }
    let is_slipped =
        |state: &str| ["done", "complete", "completed", "finished"].iter().any(|done| is_slip(state, done));
    let as_done = || {
        let (start, state) = rest.rsplit_once(" as ")?;
        let state = state.to_lowercase();
        (infinitive(&state).is_some() || is_slipped(&state)).then_some(start)
    };
    let begun = ["as done", "as complete", "as completed", "as finished", "done"]
        .iter()
        .find_map(|mark| after_verb(rest, mark))
        .filter(|rest| !rest.is_empty());
    if let Some(words) = begun {
        return Some(TaskCommand::Complete(TaskTarget::parse(words)));
    }
    before(&DONE_MARKS).or_else(as_done).map(|start| TaskCommand::Complete(TaskTarget::parse(start)))
}

/// Reads "task 2: whole milk", "task 2 to whole milk".
fn parse_description(rest: &str) -> Option<TaskCommand> {
    let lower = rest.to_ascii_lowercase();
    let cuts = [": ", " to ", " as ", " saying ", ", "]
        .iter()
        .filter_map(|between| Some((lower.find(between)?, between.len())));
    let (at, length) = cuts.min()?;
    let text = strip_quotes(rest[at + length..].trim()).to_owned();
    (!text.is_empty()).then(|| TaskCommand::Describe(TaskTarget::parse(&rest[..at]), text))
}

/// Reads "task 2 to buy bread". Each "to" (or "as") may stand between the old title and the new one, unless the task is named by
/// its number.
fn parse_rename(rest: &str) -> TaskCommand {
    let lower = rest.to_ascii_lowercase();
    let mut readings = Vec::new();
    for between in [" to say ", " to read ", " to ", " as ", " into ", " with ", " by ", ": ", " => ", " -> "] {
        for (at, _) in lower.match_indices(between) {
            let old = strip_suffix(rest[..at].trim(), "'s title");
            let new = strip_quotes(rest[at + between.len()..].trim()).to_owned();
            let target = TaskTarget::parse(old);
            if matches!(target, TaskTarget::Numbers(_) | TaskTarget::It | TaskTarget::Place(_)) {
                return TaskCommand::Rename(vec![(target, new)]);
            }
            readings.push((target, new));
        }
    }
    if readings.is_empty()
        && let Some((first, new)) = rest.split_once(' ')
        && let target @ TaskTarget::Numbers(_) = TaskTarget::parse(first)
        && !TaskTarget::parse(new).is_numbers()
    {
        readings.push((target, strip_quotes(new.trim()).to_owned()));
    }
    if readings.is_empty() {
        readings.push((TaskTarget::parse(rest), String::new())); // the new title is asked for
    }
    TaskCommand::Rename(readings)
}
