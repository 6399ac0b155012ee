//! Sentences to commands. Patterns are tried from the most to the least definite; what none of them takes is not
//! understood, and says so.

use super::add::{added, duty};
use super::ask::asked;
use super::courtesy::{corrected, courteous};
use super::cut::commands;
use super::state::{spoken, stated};
use super::target::{Target, strip_prefix, strip_suffix, unquoted};
use super::words::{COMPLETE, DELETE, DESCRIBE, DONE_MARKS, PENDING_MARKS, RENAME, REOPEN, TASK_VERBS};

/// What the user wants.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Command {
    /// New tasks.
    Add(Vec<String>),
    /// A new task with a description.
    AddDescribed(String, String),
    /// Perhaps a new task, of this title.
    Maybe(String),
    /// Tasks of a status: `all`, `pending` or `completed`.
    List(&'static str),
    /// How many there are of a status.
    Count(&'static str),
    /// To see some tasks.
    Show(Target),
    /// To mark as completed.
    Complete(Target),
    /// To mark as pending again.
    Reopen(Target),
    /// A new title. A title may hold the word between old and new, so there can be several readings; none without a new one.
    Rename(Vec<(Target, String)>),
    /// A new description.
    Describe(Target, String),
    /// To delete.
    Delete(Target),
    /// To bring back: one task by number, or what was deleted last.
    Undo(Option<i64>),
    /// To bring back a task that is named by its title.
    Restore(String),
    /// One after the other.
    Several(Vec<Command>),
    /// The first if there is a task of this title, else the second.
    Either(String, Box<Command>, Box<Command>),
    /// Nothing but which task is meant.
    Meant(Target),
    /// Yes or no.
    Decision(bool),
    /// What can you do?
    Help,
    /// Thanks.
    Thanks,
    /// None of these.
    Unknown,
}

/// Reads one message.
pub(crate) fn parse(message: &str) -> Command {
    let lines = message.lines().map(|line| line.split_whitespace().collect::<Vec<_>>().join(" "));
    let lines: Vec<String> = lines.filter(|line| !line.is_empty()).collect();
    let whole = lines.join("\n").replace('’', "'");
    let text = courteous(&whole);
    let lower = text.to_ascii_lowercase();
    if let Some(command) = duty(text).or_else(|| spoken(&lower, &whole)) {
        return command;
    }
    if forbids(&lower) {
        return Command::Unknown;
    }
    match commands(text, &lower) {
        (pieces, _) if pieces.len() == 1 => single(text),
        (pieces, loose) => {
            let commands = several(pieces.iter().map(|piece| parse(piece)).collect());
            match single(text) {
                Command::Complete(Target::Title(words)) | Command::Delete(Target::Title(words)) if loose => {
                    Command::Either(words, Box::new(single(text)), Box::new(commands))
                }
                _ => commands,
            }
        }
    }
}

fn forbids(lower: &str) -> bool {
    ["don't ", "dont ", "do not ", "never "].iter().any(|word| lower.starts_with(word))
}

/// One command; as it was probably meant, if it is none.
fn single(text: &str) -> Command {
    const ASKING: [&str; 15] = [
        "what", "what's", "which", "how", "is", "are", "have", "did", "do", "am", "show", "list", "give", "tell", "any",
    ];
    let read = |text: &str| {
        let lower = text.to_ascii_lowercase();
        let asks = ASKING.contains(&lower.split(' ').next().unwrap_or_default());
        let stated = || if asks { None } else { stated(text) };
        undone(&lower).or_else(|| changing(text)).or_else(stated).or_else(|| asked(text, &lower))
    };
    let by_title = |command: &Command| {
        matches!(
            command,
            Command::Complete(Target::Title(_)) | Command::Delete(Target::Title(_)) | Command::Reopen(Target::Title(_))
        )
    };
    let meant = || corrected(text).as_deref().and_then(read);
    match numbered(text).or_else(|| read(text)) {
        Some(command) if by_title(&command) => meant().filter(|meant| !by_title(meant)).unwrap_or(command),
        Some(command) => command,
        None => meant().or_else(|| maybe(text)).unwrap_or(Command::Unknown),
    }
}

fn several(commands: Vec<Command>) -> Command {
    let titles: Option<Vec<&[String]>> = commands
        .iter()
        .map(|command| match command {
            Command::Add(titles) => Some(titles.as_slice()),
            _ => None,
        })
        .collect();
    match titles {
        Some(titles) => Command::Add(titles.concat()),
        None if commands.contains(&Command::Unknown) => Command::Unknown,
        None => Command::Several(commands.into_iter().flat_map(pieces_of).collect()),
    }
}

fn pieces_of(command: Command) -> Vec<Command> {
    match command {
        Command::Several(commands) => commands,
        Command::Thanks => Vec::new(),
        command => vec![command],
    }
}

/// "undo that", "bring back task 3".
fn undone(lower: &str) -> Option<Command> {
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
    Some(match Target::parse(rest) {
        Target::Numbers(ids) if ids.len() == 1 => Command::Undo(Some(ids[0])),
        Target::Title(words) if words.contains("last") || words.contains("delet") || words.contains("change") => {
            Command::Undo(None)
        }
        Target::Title(words) => Command::Restore(words),
        Target::Numbers(_) => Command::Restore(rest.to_owned()),
        _ => Command::Undo(None),
    })
}

/// Commands that begin with their verb.
fn changing(text: &str) -> Option<Command> {
    let after = |verbs: &[&str]| verbs.iter().find_map(|verb| after_verb(text, verb));
    if let Some(command) = after(&DESCRIBE).and_then(described) {
        return Some(command);
    }
    if let Some(rest) = after(&DELETE) {
        return Some(Command::Delete(deleted(rest)));
    }
    let off = ["off my list", "off the list", "from my list", "from the list"];
    if let Some(rest) = after(&["take", "cross", "strike"])
        && let Some(start) =
            off.iter().find_map(|end| rest.to_ascii_lowercase().ends_with(end).then(|| &rest[..rest.len() - end.len()]))
    {
        return Some(Command::Delete(Target::parse(start)));
    }
    if let Some(command) = after(&["mark", "set", "make", "move", "put"]).and_then(marked) {
        return Some(command);
    }
    if let Some(rest) = after(&["check", "tick", "cross"]) {
        let (start, target) = (strip_suffix(rest, " off"), Target::parse(rest));
        if start != rest {
            return Some(Command::Complete(Target::parse(start)));
        } else if matches!(target, Target::Numbers(_) | Target::It) {
            return Some(Command::Complete(target));
        }
    }
    if let Some(rest) = after(&REOPEN) {
        return Some(Command::Reopen(Target::parse(rest)));
    }
    if let Some(rest) =
        after(&COMPLETE).filter(|rest| !rest.is_empty() || !text.to_ascii_lowercase().starts_with("done"))
    {
        return Some(Command::Complete(Target::parse(rest)));
    }
    if let Some(rest) = after(&RENAME) {
        return Some(renamed(rest));
    }
    added(text)
}

pub(super) fn after_verb<'a>(text: &'a str, verb: &str) -> Option<&'a str> {
    let rest = strip_prefix(text, verb);
    let ends = rest.is_empty() || verb.ends_with(':') || rest.starts_with([' ', ':', ',', '\n', '#']);
    (rest.len() < text.len() && ends).then(|| rest.trim_start_matches([' ', ':', ',', '\n']))
}

fn deleted(rest: &str) -> Target {
    match rest.to_ascii_lowercase().as_str() {
        "completed" | "done" | "finished" => Target::All(Some(true)),
        _ => Target::parse(rest),
    }
}

fn marked(rest: &str) -> Option<Command> {
    let before = |marks: &[&str]| marks.iter().map(|mark| strip_suffix(rest, mark)).find(|start| *start != rest);
    if let Some(start) = before(&PENDING_MARKS) {
        return Some(Command::Reopen(Target::parse(start)));
    }
    before(&DONE_MARKS).map(|start| Command::Complete(Target::parse(start)))
}

/// "task 2: whole milk", "task 2 to whole milk".
fn described(rest: &str) -> Option<Command> {
    let lower = rest.to_ascii_lowercase();
    let cuts = [": ", " to ", " as ", " saying ", ", "]
        .iter()
        .filter_map(|between| Some((lower.find(between)?, between.len())));
    let (at, length) = cuts.min()?;
    let text = unquoted(rest[at + length..].trim()).to_owned();
    (!text.is_empty()).then(|| Command::Describe(Target::parse(&rest[..at]), text))
}

/// "task 2 to buy bread": every "to" (or "as") may be the one between old and new, unless a number settles it.
fn renamed(rest: &str) -> Command {
    let lower = rest.to_ascii_lowercase();
    let mut readings = Vec::new();
    for between in [" to say ", " to read ", " to ", " as ", " into ", " with ", ": ", " => ", " -> "] {
        for (at, _) in lower.match_indices(between) {
            let old = strip_suffix(rest[..at].trim(), "'s title");
            let new = unquoted(rest[at + between.len()..].trim()).to_owned();
            let target = Target::parse(old);
            if matches!(target, Target::Numbers(_) | Target::It | Target::Place(_)) {
                return Command::Rename(vec![(target, new)]);
            }
            readings.push((target, new));
        }
    }
    Command::Rename(readings)
}

/// Nothing but which task.
fn numbered(text: &str) -> Option<Command> {
    let target = Target::parse(text);
    matches!(target, Target::Numbers(_) | Target::Place(_) | Target::Them).then_some(Command::Meant(target))
}

/// What may become a task.
fn maybe(text: &str) -> Option<Command> {
    let (verb, rest) = text.split_once(' ')?;
    let is_task = TASK_VERBS.contains(&verb.to_lowercase().as_str()) && !rest.is_empty() && !text.contains('\n');
    is_task.then(|| Command::Maybe(text.to_owned()))
}

#[cfg(test)]
#[path = "parse_tests.rs"]
mod tests;
