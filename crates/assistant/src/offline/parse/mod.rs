//! From a sentence to a command. Patterns are tried from the most to the least definite; a sentence that fits none is not
//! understood.

mod add;
mod add_head;
pub(super) mod condition;
mod correction;
pub(super) mod courtesy;
mod dated;
mod duty;
mod filing;
mod kept;
mod listing;
mod one_task;
mod participle;
mod question;
mod small_talk;
pub(super) mod spelling;
mod split;
mod statement;
mod suggestion;
mod taking_back;
mod verb;

use std::borrow::Cow;

use crate::offline::cannot::cannot;
use crate::offline::command::{TaskCommand, TaskQuestion, WantedTask};
use crate::offline::german::{has_german_words, split_german, strip_german_courtesies, to_english};
use crate::offline::missing::{MissingFeature, missing_feature};
use crate::offline::parse::add_head::begins_with_add;
use crate::offline::parse::condition::{acts, depends};
use crate::offline::parse::correction::{parse_correction, parse_reasoned};
use crate::offline::parse::courtesy::{imperative, strip_courtesies, strip_title_courtesies};
use crate::offline::parse::dated::{acts_on_some_tasks, parse_dated};
use crate::offline::parse::duty::{parse_duty, parse_need};
use crate::offline::parse::filing::parse_filing;
use crate::offline::parse::kept::parse_kept;
use crate::offline::parse::listing::parse_listing;
use crate::offline::parse::question::parse_question;
use crate::offline::parse::small_talk::{order_after_no, parse_small_talk};
use crate::offline::parse::spelling::{corrected, sureness};
use crate::offline::parse::split::split_commands;
use crate::offline::parse::statement::{parse_not_done, parse_statement};
use crate::offline::parse::suggestion::{parse_marked_list, parse_suggestion, parse_things};
use crate::offline::parse::taking_back::parse_taking_back;
use crate::offline::parse::verb::{parse_undo, parse_verb};
use crate::offline::phrase::{lines_of, strip_prefix};
use crate::offline::plain::{asks_whether, may_i};
use crate::offline::reminder::{parse_reminder, set_sentence};
use crate::offline::target::TaskTarget;
use crate::offline::words::DUTIES;

/// Reads one message.
pub(crate) fn parse(message: &str) -> TaskCommand {
    read(message).1
}

/// Reads one message, with its slips of the pen corrected if that makes it clearer; returns the text that was read.
pub(super) fn read(message: &str) -> (Cow<'_, str>, TaskCommand) {
    let command = parse_as_written(message);
    let clearer = corrected(message).map(|text| (parse_as_written(&text), text));
    match clearer.filter(|(other, _)| sureness(other) > sureness(&command)) {
        Some((other, text)) => (Cow::Owned(text), other),
        None if command == TaskCommand::Unknown => {
            (Cow::Borrowed(message), parse_things(message, parse_as_written).unwrap_or(command))
        }
        None => (Cow::Borrowed(message), command),
    }
}

fn parse_as_written(message: &str) -> TaskCommand {
    let lines = lines_of(message);
    if lines.iter().any(|line| line.starts_with('>')) {
        return TaskCommand::Unknown; // forwarded
    }
    let whole = lines.join("\n").replace('’', "'");
    if let Some(command) = parse_taking_back(message) {
        return command;
    }
    if let [line] = lines.as_slice()
        && let Some(command) = parse_correction(line).or_else(|| parse_reasoned(line, parse_as_written))
    {
        return command;
    }
    if let Some(titles) = parse_marked_list(&lines, parse_as_written) {
        return TaskCommand::Add(wanted(titles));
    }
    if let Some(pieces) = split_german(&whole) {
        return combine(pieces.into_iter().map(parse_as_written).collect());
    }
    let only_line = match lines.as_slice() {
        [line] => Some(strip_german_courtesies(strip_courtesies(line))),
        _ => None,
    };
    if let Some(feature) = only_line.and_then(cannot) {
        let command = TaskCommand::Missing(feature);
        return only_line.and_then(|line| parse_listing(line, &command)).unwrap_or(command);
    }
    let filed = only_line.and_then(|line| parse_filing(line).or_else(|| parse_kept(line, parse_as_written)));
    let command = filed.or_else(|| parse_dated(&whole, parse_as_written)).unwrap_or_else(|| match to_english(&whole) {
        Some(english) => parse_words(&english),
        None => parse_words(&whole),
    });
    let command = only_line.and_then(|line| parse_listing(line, &command)).unwrap_or(command);
    match () {
        () if asks_whether(&whole.to_lowercase()) => without_acts(command, &whole),
        () if depends(&whole.to_lowercase()) && acts(&command) => TaskCommand::Unknown,
        () => command,
    }
}

/// Whether a message is German.
pub(crate) fn is_german(message: &str) -> bool {
    split_german(message).is_some() || to_english(message).is_some() || has_german_words(message)
}

/// Tasks with these titles.
fn wanted(titles: Vec<String>) -> Vec<WantedTask> {
    titles.into_iter().map(WantedTask::titled).collect()
}

fn parse_words(whole: &str) -> TaskCommand {
    let whole = order_after_no(whole);
    let text = strip_courtesies(whole);
    let lower = text.to_ascii_lowercase();
    if let Some(command) = parse_small_talk(&lower, whole) {
        return command;
    }
    if let Some(command) = parse_reminder(text) {
        return command;
    }
    if let Some(rest) = set_sentence(text) {
        return parse_words(&format!("remind me {rest}"));
    }
    if forbids(&lower) {
        return parse_duty(text, parse_as_written).unwrap_or(TaskCommand::Unknown);
    }
    if let Some(command) = parse_verb(text).filter(acts_on_some_tasks) {
        return command;
    }
    match missing_feature(text) {
        Some(MissingFeature::Dates) => return TaskCommand::SetDate(text.to_owned()),
        Some(feature) => return TaskCommand::Missing(feature),
        None => {}
    }
    let owned = owned_sentence(whole, text);
    let text = owned.as_deref().unwrap_or(text);
    let lower = text.to_ascii_lowercase();
    match split_commands(text, &lower) {
        (pieces, _) if pieces.len() == 1 => parse_single(text),
        (pieces, guessed) => {
            let commands = combine(pieces.iter().map(|piece| parse_as_written(piece)).collect());
            match parse_single(text) {
                TaskCommand::Complete(TaskTarget::Title(words)) if guessed => {
                    TaskCommand::Either(words, Box::new(parse_single(text)), Box::new(commands))
                }
                TaskCommand::Unless(_, command) if guessed => match *command {
                    TaskCommand::Delete(TaskTarget::Title(words)) => {
                        TaskCommand::Either(words, Box::new(parse_single(text)), Box::new(commands))
                    }
                    _ => commands,
                },
                _ => commands,
            }
        }
    }
}

/// The sentence with the courtesies at its end that may belong to a title, if it adds something.
fn owned_sentence(whole: &str, text: &str) -> Option<String> {
    let adds = DUTIES.iter().any(|start| strip_prefix(text, start).len() < text.len()) || begins_with_add(text);
    let begin = text.split(' ').take(2).collect::<Vec<_>>().join(" ");
    let at = whole.find(&begin).filter(|_| adds && !begin.is_empty())?;
    let sentence = strip_title_courtesies(&whole[at..], at > 0);
    (sentence.len() > text.len()).then(|| sentence.to_owned())
}

/// What a question is about, without the act in it: a question changes nothing.
fn without_acts(command: TaskCommand, whole: &str) -> TaskCommand {
    match command {
        TaskCommand::Delete(_) | TaskCommand::Rename(_) | TaskCommand::Unless(..) if may_i(&whole.to_lowercase()) => {
            command
        }
        TaskCommand::Complete(target) | TaskCommand::Reopen(target) => match shown(target) {
            TaskCommand::Show(target) => TaskCommand::Ask(TaskQuestion::Done, target),
            list => list,
        },
        TaskCommand::Delete(target)
        | TaskCommand::Schedule(target, _)
        | TaskCommand::Prioritise(target, _)
        | TaskCommand::Tag(target, ..) => shown(target),
        TaskCommand::Remind(..) | TaskCommand::StopReminding(_) => TaskCommand::ListReminders,
        TaskCommand::Unless(_, command) => without_acts(*command, whole),
        TaskCommand::Add(tasks) if may_i(&whole.to_lowercase()) => {
            TaskCommand::SuggestAdd(tasks.into_iter().map(|task| task.title).collect())
        }
        TaskCommand::SuggestAdd(titles) if may_i(&whole.to_lowercase()) && titles.len() == 1 => {
            TaskCommand::Ask(TaskQuestion::ToDo, TaskTarget::Title(titles.concat()))
        }
        TaskCommand::Several(_) | TaskCommand::Either(..) if may_i(&whole.to_lowercase()) => TaskCommand::Unknown,
        TaskCommand::Rename(_) | TaskCommand::Describe(..) | TaskCommand::SuggestAdd(_) | TaskCommand::SetDate(_) => {
            TaskCommand::Unknown
        }
        command => command,
    }
}

fn shown(target: TaskTarget) -> TaskCommand {
    match target {
        TaskTarget::Title(_) | TaskTarget::Numbers(_) | TaskTarget::Place(_) => TaskCommand::Show(target),
        _ => TaskCommand::List("pending"),
    }
}

/// Whether a sentence says what not to do.
fn forbids(lower: &str) -> bool {
    ["don't ", "dont ", "do not ", "never "].iter().any(|word| lower.starts_with(word))
}

/// Reads one command.
fn parse_single(text: &str) -> TaskCommand {
    const ASKING: [&str; 18] = [
        "what", "what's", "which", "how", "is", "are", "was", "were", "has", "have", "did", "do", "am", "show", "list",
        "give", "tell", "any",
    ];
    if let Some(words) =
        ["✅", "✔️", "✔", "✓"].iter().find_map(|mark| text.strip_prefix(mark).or_else(|| text.strip_suffix(mark)))
    {
        return TaskCommand::Complete(TaskTarget::parse(words));
    }
    let read = |text: &str| {
        let lower = text.to_ascii_lowercase();
        let did_number = lower.strip_prefix("did ").is_some_and(|rest| TaskTarget::parse(rest).is_numbers());
        let is_question = ASKING.contains(&lower.split(' ').next().unwrap_or_default()) && !did_number;
        let statement = || if is_question { None } else { parse_statement(text) };
        parse_duty(text, parse_as_written)
            .or_else(|| parse_undo(&lower))
            .or_else(|| parse_not_done(text).filter(|_| !is_question))
            .or_else(|| parse_verb(text))
            .or_else(statement)
            .or_else(|| parse_question(text, &lower))
    };
    parse_selection(text)
        .or_else(|| read(text))
        .or_else(|| imperative(text).as_deref().and_then(read))
        .or_else(|| parse_need(text))
        .or_else(|| parse_suggestion(text))
        .unwrap_or(TaskCommand::Unknown)
}

/// Makes one command of several.
fn combine(commands: Vec<TaskCommand>) -> TaskCommand {
    let added: Option<Vec<&[WantedTask]>> = commands
        .iter()
        .map(|command| match command {
            TaskCommand::Add(tasks) => Some(tasks.as_slice()),
            _ => None,
        })
        .collect();
    match added {
        Some(tasks) => TaskCommand::Add(tasks.concat()),
        None if commands.contains(&TaskCommand::Unknown) => TaskCommand::Unknown,
        // What is no order makes one of somebody else of the rest.
        None if commands.iter().any(offers) && commands.iter().any(acts) => TaskCommand::Unknown,
        None => TaskCommand::Several(commands.into_iter().flat_map(pieces_of).collect()),
    }
}

fn offers(command: &TaskCommand) -> bool {
    matches!(command, TaskCommand::SuggestAdd(_))
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

#[cfg(test)]
mod tests;
