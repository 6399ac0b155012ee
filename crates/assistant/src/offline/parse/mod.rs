//! From a sentence to a command. Patterns are tried from the most to the least definite; a sentence that fits none is not
//! understood.

mod add;
pub(super) mod courtesy;
mod question;
mod split;
mod statement;
mod verb;

use crate::offline::command::TaskCommand;
use crate::offline::parse::add::split_titles;
use crate::offline::parse::courtesy::{correct_slips, strip_courtesies};
use crate::offline::parse::question::parse_question;
use crate::offline::parse::split::split_commands;
use crate::offline::parse::statement::{parse_small_talk, parse_statement};
use crate::offline::parse::verb::{parse_undo, parse_verb};
use crate::offline::phrase::strip_prefix;
use crate::offline::target::TaskTarget;
use crate::offline::words::{DUTIES, TASK_VERBS};

/// Reads one message.
pub(crate) fn parse(message: &str) -> TaskCommand {
    let lines = message.lines().map(|line| line.split_whitespace().collect::<Vec<_>>().join(" "));
    let lines: Vec<String> = lines.filter(|line| !line.is_empty()).collect();
    let whole = lines.join("\n").replace('’', "'");
    let text = strip_courtesies(&whole);
    let lower = text.to_ascii_lowercase();
    if let Some(command) = parse_duty(text).or_else(|| parse_small_talk(&lower, &whole)) {
        return command;
    }
    if forbids(&lower) {
        return TaskCommand::Unknown;
    }
    match split_commands(text, &lower) {
        (pieces, _) if pieces.len() == 1 => parse_single(text),
        (pieces, guessed) => {
            let commands = combine(pieces.iter().map(|piece| parse(piece)).collect());
            match parse_single(text) {
                TaskCommand::Complete(TaskTarget::Title(words)) | TaskCommand::Delete(TaskTarget::Title(words))
                    if guessed =>
                {
                    TaskCommand::Either(words, Box::new(parse_single(text)), Box::new(commands))
                }
                _ => commands,
            }
        }
    }
}

/// Reads "I need to …", "don't forget to …": a new task, unless the rest is a command about one.
fn parse_duty(text: &str) -> Option<TaskCommand> {
    let rest =
        DUTIES.iter().find_map(|start| Some(strip_prefix(text, start)).filter(|rest| rest.len() < text.len()))?;
    let about_a_task = match parse(rest) {
        TaskCommand::Complete(target) | TaskCommand::Delete(target) | TaskCommand::Reopen(target) => {
            !matches!(target, TaskTarget::Title(_))
        }
        TaskCommand::Rename(readings) => readings.iter().any(|(target, _)| matches!(target, TaskTarget::Numbers(_))),
        TaskCommand::List(_)
        | TaskCommand::Count(_)
        | TaskCommand::Add(_)
        | TaskCommand::AddWithDescription(..)
        | TaskCommand::Undo(_)
        | TaskCommand::Several(_) => true,
        _ => false,
    };
    Some(if about_a_task { parse(rest) } else { TaskCommand::Add(split_titles(rest, false, false)) })
}

/// Whether a sentence says what not to do.
fn forbids(lower: &str) -> bool {
    ["don't ", "dont ", "do not ", "never "].iter().any(|word| lower.starts_with(word))
}

/// Reads one command; with its slips corrected, if it is none as it is.
fn parse_single(text: &str) -> TaskCommand {
    const ASKING: [&str; 15] = [
        "what", "what's", "which", "how", "is", "are", "have", "did", "do", "am", "show", "list", "give", "tell", "any",
    ];
    let read = |text: &str| {
        let lower = text.to_ascii_lowercase();
        let is_question = ASKING.contains(&lower.split(' ').next().unwrap_or_default());
        let statement = || if is_question { None } else { parse_statement(text) };
        parse_undo(&lower).or_else(|| parse_verb(text)).or_else(statement).or_else(|| parse_question(text, &lower))
    };
    let by_title = |command: &TaskCommand| {
        matches!(
            command,
            TaskCommand::Complete(TaskTarget::Title(_))
                | TaskCommand::Delete(TaskTarget::Title(_))
                | TaskCommand::Reopen(TaskTarget::Title(_))
        )
    };
    let corrected = || correct_slips(text).as_deref().and_then(read);
    match parse_selection(text).or_else(|| read(text)) {
        Some(command) if by_title(&command) => corrected().filter(|other| !by_title(other)).unwrap_or(command),
        Some(command) => command,
        None => corrected().or_else(|| parse_suggestion(text)).unwrap_or(TaskCommand::Unknown),
    }
}

/// Makes one command of several.
fn combine(commands: Vec<TaskCommand>) -> TaskCommand {
    let titles: Option<Vec<&[String]>> = commands
        .iter()
        .map(|command| match command {
            TaskCommand::Add(titles) => Some(titles.as_slice()),
            _ => None,
        })
        .collect();
    match titles {
        Some(titles) => TaskCommand::Add(titles.concat()),
        None if commands.contains(&TaskCommand::Unknown) => TaskCommand::Unknown,
        None => TaskCommand::Several(commands.into_iter().flat_map(pieces_of).collect()),
    }
}

fn pieces_of(command: TaskCommand) -> Vec<TaskCommand> {
    match command {
        TaskCommand::Several(commands) => commands,
        TaskCommand::Thanks => Vec::new(),
        command => vec![command],
    }
}

/// Reads a task without a command.
fn parse_selection(text: &str) -> Option<TaskCommand> {
    let target = TaskTarget::parse(text);
    matches!(target, TaskTarget::Numbers(_) | TaskTarget::Place(_) | TaskTarget::Them)
        .then_some(TaskCommand::Select(target))
}

/// Reads a sentence that may be the title of a new task.
fn parse_suggestion(text: &str) -> Option<TaskCommand> {
    let (verb, rest) = text.split_once(' ')?;
    let is_task = TASK_VERBS.contains(&verb.to_lowercase().as_str()) && !rest.is_empty() && !text.contains('\n');
    is_task.then(|| TaskCommand::SuggestAdd(text.to_owned()))
}

#[cfg(test)]
mod tests;
