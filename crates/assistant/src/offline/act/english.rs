//! The offline assistant's replies in English.

use crate::language::Language;
use crate::offline::act::find::ListedTask;
use crate::offline::act::limits::{MAX_CALLS, MAX_CHANGES};
use crate::offline::act::moment::moments;
use crate::offline::act::reply::{CallReport, ListReply, OfflineReply, TaskAct, UndoReport, lines};

pub(crate) const NOTICE: &str =
    "I am the offline assistant: no language model is connected. Say \"help\" to see what I understand.";
/// The question for the title of a new task.
pub(crate) const ASK_TITLE: &str = "What should the task be called?";
/// The question for the new title of a task.
pub(crate) const ASK_NEW_TITLE: &str = "What should the new title be?";
/// The beginning of each offer to add tasks.
pub(crate) const OFFER: &str = "Should I add ";
/// A part of each question for which task is meant.
pub(crate) const ASK_WHICH: &str = "Which ";

const HELP: &str = "I understand simple sentences about your tasks, in English and German. For example:\n- Add a task to buy \
    groceries\n- Show my tasks / What's left? / Find milk\n- Mark task #1 as complete / Complete groceries\n- Reopen task 1\n- \
    Rename task 2 to Buy bread\n- Set task 2 to high priority\n- Remind me to call mum tomorrow at 5pm / Remind me of task 2 on Friday\n- Delete task 3 / Delete the groceries task / Clear completed \
    tasks\n- Undo that\nSeveral in one sentence are fine: Add milk and delete task 3.";

/// A reply in English.
pub(super) fn render(reply: &OfflineReply) -> String {
    use OfflineReply as Reply;
    match reply {
        Reply::Help => HELP.into(),
        Reply::NotUnderstood => "I did not understand that. Say \"help\" to see what I understand.".into(),
        Reply::Welcome => "You are welcome.".into(),
        Reply::NothingToConfirm => "There is nothing to confirm.".into(),
        Reply::LeftAsIs => "All right, I leave everything as it is.".into(),
        Reply::OfferTasks(titles) => match titles.as_slice() {
            [title] => format!("{OFFER}\"{title}\" to your list? Say \"yes\" or \"add {title}\"."),
            titles => {
                format!("{OFFER}{} tasks to your list: {}? Say \"yes\" or \"no\".", titles.len(), titles.join(", "))
            }
        },
        Reply::Missing(feature) => feature.english().into(),
        Reply::AskDoneOrDue(title) => {
            format!("Is \"{title}\" done, or is that when it is due? Say \"complete {title}\" if it is done.")
        }
        Reply::AskDoneOrChanged(ListedTask { id, title, .. }) => format!(
            "Do you mean that #{id} {title} is done, or should it be changed or deleted? Say \"complete task {id}\" or \
             \"delete task {id}\"."
        ),
        Reply::AskWhatToDo => "What should I do with it? Say for example \"complete task 3\".".into(),
        Reply::RestoreHow => {
            "I bring back a deleted task by its number (\"restore task 3\"), or what was deleted last (\"undo\")."
                .into()
        }
        Reply::AskTitle => format!("{ASK_TITLE} For example: \"Add a task to buy groceries\"."),
        Reply::AskNewTitle => format!("{ASK_NEW_TITLE} Say for example \"rename task 2 to Buy bread\"."),
        Reply::AskWhich(act) => {
            let verb = verb(*act);
            format!("{ASK_WHICH}task should I {verb}? Name it by number or title, for example \"{}\".", order(*act, 3))
        }
        Reply::Ambiguous(act, tasks) => format!(
            "Several tasks fit:\n{}\n{ASK_WHICH}one? Say for example \"{}\".",
            listed(&tasks[..tasks.len().min(MAX_CALLS)]),
            order(*act, tasks[0].id)
        ),
        Reply::NotFound(words) => format!("I found no task \"{words}\". Say \"show my tasks\" to see them."),
        Reply::NoneFound => "I found no such task. Say \"show my tasks\" to see them all.".into(),
        Reply::NothingTo(act) => format!("There is nothing to {}.", verb(*act)),
        Reply::StillOpen(tasks) => format!("Still open:\n{}", listed(tasks)),
        Reply::TooManyTitles(count) => {
            format!("I add at most {MAX_CALLS} tasks at once, and these are {count}. None was added.")
        }
        Reply::TooManyTasks(act, count) => {
            format!("These are {count} tasks; I {} at most {MAX_CHANGES} at once.", verb(*act))
        }
        Reply::Report(act, reports) => reports.iter().map(|one| report(*act, one)).collect::<Vec<_>>().join("\n"),
        Reply::List(list) => render_list(list),
        Reply::AskWhen => "To which day? Say for example \"move task 3 to tomorrow\".".into(),
        Reply::Due(tasks) if tasks.is_empty() => "Nothing is due.".into(),
        Reply::Due(tasks) => format!("Due:\n{}", listed(tasks)),
        Reply::Undated(tasks) if tasks.is_empty() => "Every open task has a date.".into(),
        Reply::Undated(tasks) => format!("Without a date:\n{}", listed(tasks)),
        Reply::Shown(tasks) => shown(tasks),
        Reply::ListUnread(error) => format!("I could not read your tasks: {error}"),
        Reply::Undone(reports) => reports.iter().map(undone).collect::<Vec<_>>().join("\n"),
        Reply::Reminder(reply) => reply.english(),
        Reply::AskLess => "I stopped here: please ask for less at once.".into(),
        Reply::Several(replies) => replies.iter().map(render).collect::<Vec<_>>().join("\n"),
    }
}

/// Tasks as they are, with the description of one.
fn shown(tasks: &[ListedTask]) -> String {
    match tasks {
        [ListedTask { description: Some(text), .. }] => format!("{}\n{text}", listed(tasks)),
        _ => listed(tasks),
    }
}

fn listed(tasks: &[ListedTask]) -> String {
    lines(tasks, " (done)")
}

fn render_list(list: &ListReply) -> String {
    let ListReply { status, priority, counts, tasks, more, names_time } = list;
    let status = if *status == "all" { String::new() } else { format!("{status} ") };
    let kind = format!("{status}{}", priority.map_or_else(String::new, |priority| format!("{priority}-priority ")));
    if tasks.is_empty() {
        return format!("You have no {kind}tasks.");
    }
    let title = match (counts, tasks.len(), more) {
        (false, ..) => format!("Your {kind}tasks"),
        (true, 1, false) => format!("You have 1 {kind}task"),
        (true, n, _) => format!("You have {}{n} {kind}tasks", if *more { "more than " } else { "" }),
    };
    let more = if *more { "\n…and more: see the task page." } else { "" };
    let note = if *names_time { "\nTasks have no dates yet, so these are all of them." } else { "" };
    format!("{title}:\n{}{more}{note}", listed(tasks))
}

fn undone(report: &UndoReport) -> String {
    match report {
        UndoReport::BroughtBack(tasks) => format!("Brought back {}.", lines(tasks, "").replace('\n', ", ")),
        UndoReport::Undone(what) => match what.strip_prefix("undone ") {
            Some(again) => format!("Done again: {again}."),
            None => format!("Undone: {}.", what.strip_prefix("done again ").unwrap_or(what)),
        },
        UndoReport::NothingLeft => "Nothing is left to undo in this conversation.".to_owned(),
        UndoReport::Failed(error) if error.starts_with("Nothing was ") => error.clone(),
        UndoReport::Failed(error) => format!("Nothing was undone: {error}"),
    }
}

fn report(act: TaskAct, one: &CallReport) -> String {
    let (subject, times) = match one {
        CallReport::Done(subject, times) => (subject, moments(times, Language::English)),
        CallReport::Failed(error)
            if matches!(act, TaskAct::Prioritise(_) | TaskAct::Remind | TaskAct::StopReminding) =>
        {
            return format!("Not changed: {error}");
        }
        CallReport::Failed(error) => return format!("Not {}: {error}", participle(act).to_lowercase()),
    };
    match act {
        TaskAct::Prioritise(priority) => format!("Set {subject} to {}.", named(priority)),
        TaskAct::StopReminding => format!("I will not remind you of {subject}."),
        TaskAct::Remind if !times.is_empty() => format!("I will remind you of {subject} {times}."),
        TaskAct::Add | TaskAct::Schedule if !times.is_empty() => {
            format!("{} {subject}. I will remind you {times}.", participle(act))
        }
        act => format!("{} {subject}.", participle(act)),
    }
}

fn participle(act: TaskAct) -> &'static str {
    match act {
        TaskAct::Add => "Added",
        TaskAct::Show => "Shown",
        TaskAct::Complete => "Completed",
        TaskAct::Reopen => "Reopened",
        TaskAct::Delete => "Deleted",
        TaskAct::Rename => "Renamed",
        TaskAct::Describe => "Described",
        TaskAct::Schedule => "Changed",
        TaskAct::Prioritise(_) | TaskAct::Remind | TaskAct::StopReminding => "Changed",
    }
}

fn named(priority: &str) -> String {
    if priority == "none" { "no priority".to_owned() } else { format!("{priority} priority") }
}

fn verb(act: TaskAct) -> &'static str {
    match act {
        TaskAct::Add => "add",
        TaskAct::Show => "show",
        TaskAct::Complete => "complete",
        TaskAct::Reopen => "reopen",
        TaskAct::Delete => "delete",
        TaskAct::Rename => "rename",
        TaskAct::Describe => "describe",
        TaskAct::Schedule => "date",
        TaskAct::Remind => "remind you of",
        TaskAct::StopReminding => "stop reminding you of",
        TaskAct::Prioritise(_) => "change",
    }
}

/// An order about a task, as an example.
fn order(act: TaskAct, id: i64) -> String {
    match act {
        TaskAct::Schedule => format!("move task {id} to tomorrow"),
        TaskAct::Remind => format!("remind me of task {id} tomorrow at 9"),
        TaskAct::StopReminding => format!("stop reminding me of task {id}"),
        TaskAct::Prioritise(priority) => format!("set task {id} to {}", named(priority)),
        act => format!("{} task {id}", verb(act)),
    }
}
