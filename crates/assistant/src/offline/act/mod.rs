//! From a command, and the results of the calls made for it so far, to the next action.

pub(super) mod action;
mod change;
pub(super) mod changes;
pub(super) mod english;
pub(super) mod find;
mod fitting;
pub(super) mod german;
mod limits;
mod list;
pub(super) mod list_reply;
mod remind;
pub(super) mod reminder_reply;
pub(super) mod render;
pub(super) mod reply;
pub(super) mod sentence;
mod targets;

use serde_json::{Value, json};

use crate::model::ToolRequest;
use crate::offline::act::action::{NextAction, call};
use crate::offline::act::change::{change, describe, rename, schedule, tag_tasks};
use crate::offline::act::changes::{changed_tasks, last_changes};
use crate::offline::act::find::{ListedTask, find_tasks, listed_tasks};
use crate::offline::act::limits::{MAX_BATCH, MAX_CALLS, MAX_TITLES};
use crate::offline::act::list::{list, page_request, read_list, show};
use crate::offline::act::remind::{list_reminders, remind, stop_reminding};
use crate::offline::act::reply::{OfflineReply, TaskAct, UndoReport};
use crate::offline::act::sentence::FixedReply;
use crate::offline::command::{TaskCommand, WantedTask};
use crate::offline::filter::TaskFilter;
use crate::tool_names::{ADD_TASK, ADD_TASKS, LIST_TASKS, UNDO};
use crate::turn::ToolCall;

/// The next action for `command` after `calls`.
pub(crate) fn next_action(command: &TaskCommand, calls: &[&ToolCall]) -> NextAction {
    next_action_after(&[], command, calls)
}

/// The next action for `command` after `calls`, where the calls `before` were made for another command.
fn next_action_after(before: &[&ToolCall], command: &TaskCommand, calls: &[&ToolCall]) -> NextAction {
    let say = NextAction::Say;
    let fixed = |reply| say(OfflineReply::Fixed(reply));
    match command {
        TaskCommand::Help => fixed(FixedReply::Help),
        TaskCommand::Greeting => fixed(FixedReply::Greeting),
        TaskCommand::Unknown | TaskCommand::CorrectDate(_) | TaskCommand::GoOn => fixed(FixedReply::NotUnderstood),
        TaskCommand::Thanks => fixed(FixedReply::Welcome),
        TaskCommand::Decision(true) => fixed(FixedReply::NothingToConfirm),
        TaskCommand::Decision(false) => fixed(FixedReply::LeftAsIs),
        TaskCommand::DoneAlready => fixed(FixedReply::DoneAlready),
        TaskCommand::NothingToRedo => fixed(FixedReply::NothingToRedo),
        TaskCommand::SuggestAdd(titles) => say(OfflineReply::OfferTasks(titles.clone())),
        TaskCommand::Missing(feature) => say(OfflineReply::Missing(*feature)),
        TaskCommand::SetDate(_) => fixed(FixedReply::AskWhen),
        TaskCommand::AskTitleOrDate(task, day) => say(OfflineReply::AskTitleOrDate(task.clone(), day.clone())),
        TaskCommand::AskDoneOrDue(title) => say(OfflineReply::AskDoneOrDue(title.clone())),
        TaskCommand::Unless(verb, command) => unless_title(verb, command, calls),
        TaskCommand::Select(_) => fixed(FixedReply::AskWhatToDo),
        TaskCommand::RestoreByTitle(_) => fixed(FixedReply::RestoreHow),
        TaskCommand::Several(commands) => several(before, commands, calls),
        TaskCommand::Either(title, one, other) => either(title, one, other, calls),
        TaskCommand::Undo(None) | TaskCommand::Redo | TaskCommand::TakeBack => undo(vec![json!({})], calls),
        TaskCommand::Undo(Some(id)) => undo(vec![json!({ "task_id": id })], calls),
        TaskCommand::UndoChanges(changes) => {
            undo(changes.iter().map(|change| json!({ "change": change })).collect(), calls)
        }
        TaskCommand::Add(tasks) => add(tasks, calls),
        TaskCommand::List(status) => list(&of_status(status), false, calls),
        TaskCommand::Count(status) => list(&of_status(status), true, calls),
        TaskCommand::ListSome(filter) => list(filter, false, calls),
        TaskCommand::CountSome(filter) => list(filter, true, calls),
        TaskCommand::UnreadWords(words) => say(OfflineReply::UnreadWords(words.clone())),
        TaskCommand::Tag(target, tag, is_given) => tag_tasks(target, tag, *is_given, calls),
        TaskCommand::AskWhen => fixed(FixedReply::AskWhen),
        TaskCommand::Remind(target, time) => remind(target, time, calls),
        TaskCommand::StopReminding(target) => stop_reminding(target, calls),
        TaskCommand::ListReminders => list_reminders(calls),
        TaskCommand::Schedule(target, change) => schedule(target, change, calls),
        TaskCommand::Show(target) => show(target, OfflineReply::Shown, calls),
        TaskCommand::Ask(question, target) => show(target, |tasks| OfflineReply::Asked(*question, tasks), calls),
        TaskCommand::Complete(target) => change(TaskAct::Complete, target, calls),
        TaskCommand::Reopen(target) => change(TaskAct::Reopen, target, calls),
        TaskCommand::Delete(target) => change(TaskAct::Delete, target, calls),
        TaskCommand::Prioritise(target, priority) => change(TaskAct::Prioritise(priority), target, calls),
        TaskCommand::Rename(readings) => rename(readings, calls),
        TaskCommand::Describe(target, text) => describe(target, text, calls),
    }
}

/// All tasks of a status.
fn of_status(status: &str) -> TaskFilter {
    let completed = match status {
        "completed" => Some(true),
        "pending" => Some(false),
        _ => None,
    };
    TaskFilter { completed, ..TaskFilter::default() }
}

/// German verbs of deleting, at the ends of titles.
const GERMAN_DELETING: [&str; 4] = [" löschen", " entfernen", " streichen", " wegwerfen"];

/// The next action for `command`, unless the title of a task that it changes begins with the verb of the sentence: then the
/// sentence may be the title itself.
fn unless_title(verb: &str, command: &TaskCommand, calls: &[&ToolCall]) -> NextAction {
    let action = next_action(command, calls);
    let NextAction::Call(requests) = &action else { return action };
    let tasks: Vec<ListedTask> = calls.iter().flat_map(|call| listed_tasks(call)).collect();
    let begins = |task: &&ListedTask| {
        let title = task.title.to_lowercase();
        title.split(' ').next() == Some(verb) || GERMAN_DELETING.iter().any(|verb| title.ends_with(verb))
    };
    let changed =
        |task: &&ListedTask| requests.iter().any(|request| request.arguments.get("task_id") == Some(&json!(task.id)));
    match tasks.iter().filter(changed).find(begins) {
        Some(task) => NextAction::Say(OfflineReply::AskDoneOrChanged(Box::new(task.clone()))),
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
    let (mut rest, mut replies, mut mentioned) = (calls, Vec::new(), Vec::new());
    for command in commands {
        let made = &calls[..calls.len() - rest.len()];
        let command = match command {
            TaskCommand::Undo(None) => last_changes(made, &[]).unwrap_or(TaskCommand::Undo(None)),
            command => command.clone().with_pronoun(&mentioned),
        };
        let (reply, own) = match finish_command(&command, &reusable_pages([before, made].concat()), rest) {
            Ok(done) => done,
            Err(action) => return action,
        };
        replies.push(reply);
        let changed = changed_tasks(&rest[..own]);
        mentioned = if changed.is_empty() { mentioned } else { changed };
        rest = &rest[own..];
    }
    replies.retain(|reply| !reply.is_empty());
    NextAction::Say(OfflineReply::Several(replies))
}

/// The reply to a command and how many of the calls `rest` are its own; else its next calls. The list is not read again where
/// `pages` has it.
fn finish_command(
    command: &TaskCommand,
    pages: &[&ToolCall],
    rest: &[&ToolCall],
) -> Result<(OfflineReply, usize), NextAction> {
    let (mut made, mut own) = (Vec::new(), 0);
    loop {
        match next_action(command, &made) {
            NextAction::Say(reply) => return Ok((reply, own)),
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
    let grown = calls.iter().any(|call| matches!(call.name.as_str(), ADD_TASK | ADD_TASKS | UNDO));
    if grown { Vec::new() } else { calls.into_iter().filter(|call| is_page(call)).collect() }
}

fn is_page(call: &ToolCall) -> bool {
    let mut arguments = call.arguments.clone();
    arguments.remove("cursor");
    call.name == LIST_TASKS && arguments == page_request(None).arguments
}

/// Undoes one change after the other.
fn undo(arguments: Vec<Value>, calls: &[&ToolCall]) -> NextAction {
    if arguments.is_empty() {
        return NextAction::Say(OfflineReply::Fixed(FixedReply::NothingToUndo));
    }
    if calls.is_empty() {
        return NextAction::Call(arguments.into_iter().map(|arguments| call(UNDO, arguments)).collect());
    }
    NextAction::Say(OfflineReply::Undone(calls.iter().filter_map(|call| UndoReport::read(call)).collect()))
}

fn add_several(tasks: &[WantedTask]) -> ToolRequest {
    call(ADD_TASKS, json!({"tasks": tasks.iter().map(WantedTask::arguments).collect::<Vec<_>>()}))
}

fn add(tasks: &[WantedTask], calls: &[&ToolCall]) -> NextAction {
    match tasks.len() {
        0 => NextAction::Say(OfflineReply::Fixed(FixedReply::AskTitle)),
        n if n > MAX_TITLES => NextAction::Say(OfflineReply::TooManyTitles(n)),
        n if calls.is_empty() && n > MAX_CALLS => NextAction::Call(tasks.chunks(MAX_BATCH).map(add_several).collect()),
        _ if calls.is_empty() => NextAction::Call(tasks.iter().map(|task| call(ADD_TASK, task.arguments())).collect()),
        _ => NextAction::Say(OfflineReply::report(TaskAct::Add, calls)),
    }
}
