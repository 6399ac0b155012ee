//! What a message means after the turns before it: the task of "it", the change that "undo that" takes back, the question that
//! "the first one" responds to.

use crate::offline::act::changes::{changed_tasks, dated_tasks, last_changes, redo, undone_changes};
use crate::offline::act::sentence::{ASK_NEW_TITLE, ASK_TITLE};
use crate::offline::act::{english, german};
use crate::offline::command::{TaskCommand, WantedTask};
use crate::offline::german::english_object;
use crate::offline::parse::courtesy::strip_courtesies;
use crate::offline::parse::{is_german, parse};
use crate::offline::phrase::strip_quotes;
use crate::offline::plain::asks_whether;
use crate::offline::target::{TaskTarget, nth};
use crate::turn::{Step, ToolCall, Turn};

/// Turns back in which a task may have been mentioned.
const MAX_TURNS_BACK: usize = 3;

/// The command of a message after these turns.
pub(super) fn resolve(command: TaskCommand, message: &str, history: &[Turn]) -> TaskCommand {
    let calls: Vec<&ToolCall> = history.iter().flat_map(Turn::calls).collect();
    let undone = undone_changes(&calls);
    match command {
        TaskCommand::Redo => return redo(&calls).unwrap_or(TaskCommand::NothingToRedo),
        TaskCommand::TakeBack | TaskCommand::Decision(false) => {
            let done = history.last().and_then(|last| last_changes(&calls_of(last), &undone));
            return match (command, done) {
                (TaskCommand::TakeBack, Some(undo)) => undo,
                (_, Some(_)) => TaskCommand::DoneAlready,
                (_, None) => TaskCommand::Decision(false),
            };
        }
        _ => {}
    }
    let Some(last) = history.last() else { return command };
    match command {
        TaskCommand::Schedule(TaskTarget::Changed, change) => match dated_tasks(&calls_of(last)) {
            none if none.is_empty() => TaskCommand::Unknown,
            ids => TaskCommand::Schedule(TaskTarget::Numbers(ids), change),
        },
        TaskCommand::Undo(None) => {
            let last = history.iter().rev().find_map(|turn| last_changes(&calls_of(turn), &undone));
            // The last change of all would be an undo.
            let otherwise =
                if undone.is_empty() { TaskCommand::Undo(None) } else { TaskCommand::UndoChanges(Vec::new()) };
            last.unwrap_or(otherwise)
        }
        TaskCommand::Decision(true) => offered_tasks(last).unwrap_or(TaskCommand::Decision(true)),
        TaskCommand::Select(_) | TaskCommand::Unknown | TaskCommand::SuggestAdd(_) => {
            resolve_answer(&command, message, last).unwrap_or(command)
        }
        TaskCommand::Several(mut commands) => {
            if let Some(first) = commands.first_mut() {
                *first = with_references(first.clone(), history);
            }
            TaskCommand::Several(commands)
        }
        TaskCommand::Either(title, one, other) => {
            TaskCommand::Either(title, one, Box::new(resolve(*other, message, history)))
        }
        TaskCommand::Add(tasks) if tasks.is_empty() => offered_tasks(last).unwrap_or(TaskCommand::Add(tasks)),
        command => with_references(command, history),
    }
}

/// The command that adds what the last turn offered to add.
fn offered_tasks(last: &Turn) -> Option<TaskCommand> {
    let offers =
        [english::OFFER, german::OFFER].iter().any(|offer| text_of(last).is_some_and(|text| text.starts_with(offer)));
    match parse(&last.message) {
        TaskCommand::SuggestAdd(titles) if offers => {
            Some(TaskCommand::Add(titles.into_iter().map(WantedTask::titled).collect()))
        }
        _ => None,
    }
}

/// The command, where "it", "them" and "the second one" are what was shown or changed last.
fn with_references(command: TaskCommand, history: &[Turn]) -> TaskCommand {
    let last = history.last().map(|turn| (shown_tasks(turn), changed_tasks(&calls_of(turn)))).unwrap_or_default();
    let shown = if last.0.is_empty() && last.1.len() > 1 { last.1 } else { last.0 };
    let mentioned = if shown.is_empty() { mentioned_tasks(history) } else { shown.clone() };
    command.with_pronoun(&mentioned).with_target(&|target| match target {
        TaskTarget::Place(_) | TaskTarget::First(_) | TaskTarget::Last(_) if !shown.is_empty() => {
            TaskTarget::Within(shown.clone(), Box::new(target))
        }
        target => target,
    })
}

/// The tasks in the lines of the text of a turn.
fn shown_tasks(turn: &Turn) -> Vec<i64> {
    text_of(turn).map(listed_numbers).unwrap_or_default()
}

fn text_of(turn: &Turn) -> Option<&str> {
    turn.steps.iter().rev().find_map(|step| match step {
        Step::Model(step) => Some(step.text.as_str()),
        Step::Tools(_) => None,
    })
}

/// The numbers at the beginnings of lines, as in "#3 milk".
fn listed_numbers(text: &str) -> Vec<i64> {
    text.lines().filter_map(|line| line.strip_prefix('#')?.split(' ').next()?.parse().ok()).collect()
}

/// The tasks that were mentioned last.
fn mentioned_tasks(history: &[Turn]) -> Vec<i64> {
    let turns = history.iter().rev().take(MAX_TURNS_BACK);
    turns.map(|turn| changed_tasks(&calls_of(turn))).find(|ids| !ids.is_empty()).unwrap_or_default()
}

fn calls_of(turn: &Turn) -> Vec<&ToolCall> {
    turn.calls().collect()
}

/// The command of a message that responds to the question of the turn before.
fn resolve_answer(command: &TaskCommand, message: &str, last: &Turn) -> Option<TaskCommand> {
    let text = text_of(last)?;
    let asks = |questions: [&str; 2]| questions.iter().any(|question| text.starts_with(question));
    if asks(ASK_TITLE) && !asks_whether(&message.to_lowercase()) {
        return Some(parse(&format!("add {message}")));
    }
    if asks(ASK_NEW_TITLE)
        && let TaskCommand::Rename(readings) = unreserved(parse(&last.message))
    {
        let renamed = |(target, _): (TaskTarget, String)| (target, strip_quotes(message.trim()).to_owned());
        return Some(TaskCommand::Rename(readings.into_iter().map(renamed).collect()));
    }
    if ![english::ASK_WHICH, german::ASK_WHICH].iter().any(|which| text.contains(which))
        || asks_whether(&message.to_lowercase())
    {
        return None;
    }
    let offered = listed_numbers(text);
    let target = match command {
        TaskCommand::Select(TaskTarget::Place(place)) if !offered.is_empty() => {
            TaskTarget::Numbers(vec![nth(&offered, *place)?])
        }
        TaskCommand::Select(TaskTarget::Them) if !offered.is_empty() => TaskTarget::Numbers(offered),
        TaskCommand::Select(target) => target.clone(),
        _ if is_german(&last.message) => TaskTarget::parse(&english_object(message)),
        _ => TaskTarget::parse(strip_courtesies(message)),
    };
    let before = parse(&last.message);
    let resolved = before.clone().with_target(&|_| target.clone());
    (resolved != before).then_some(resolved)
}

fn unreserved(command: TaskCommand) -> TaskCommand {
    match command {
        TaskCommand::Unless(_, command) => *command,
        command => command,
    }
}
