//! The offline assistant's replies in English.

use crate::day_words::DayWords;
use crate::language::Language;
use crate::offline::act::find::{ListedTask, lines};
use crate::offline::act::limits::{MAX_CALLS, MAX_CHANGES, MAX_TITLES};
use crate::offline::act::reply::{CallReport, OfflineReply, TaskAct, UndoReport};
use crate::offline::command::TaskQuestion;

pub(crate) const NOTICE: &str =
    "I am the offline assistant: no language model is connected. Say \"help\" to see what I understand.";
/// The beginning of each offer to add tasks.
pub(crate) const OFFER: &str = "Should I add ";
/// A part of each question for which task is meant.
pub(crate) const ASK_WHICH: &str = "Which ";

/// A reply in English.
pub(super) fn render(reply: &OfflineReply, days: &DayWords) -> String {
    use OfflineReply as Reply;
    match reply {
        Reply::Fixed(reply) => reply.text(Language::English),
        Reply::OfferTasks(titles) => offer(titles),
        Reply::Missing(feature) => feature.english().into(),
        Reply::AskDoneOrDue(title) => {
            format!("Is \"{title}\" done, or is that when it is due? Say \"complete {title}\" if it is done.")
        }
        Reply::AskTitleOrDate(task, day) => format!(
            "Is \"{day}\" the new title, or the date? Say \"move {} to {day}\" for the date, or put the title in quotes.",
            task.words("task")
        ),
        Reply::AskDoneOrChanged(task) => format!(
            "Do you mean that #{id} {} is done, or should it be changed or deleted? Say \"complete task {id}\" or \
             \"delete task {id}\".",
            task.title,
            id = task.id
        ),
        Reply::AskWhich(act) => {
            let verb = verb(*act);
            format!("{ASK_WHICH}task should I {verb}? Name it by number or title, for example \"{}\".", order(*act, 3))
        }
        Reply::Ambiguous(act, tasks) => format!(
            "Several tasks fit:\n{}\n{ASK_WHICH}one? Say for example \"{}\".",
            listed(&tasks[..tasks.len().min(MAX_CALLS)], days),
            order(*act, tasks[0].id)
        ),
        Reply::NotFound(words) => format!("I found no task \"{words}\". Say \"show my tasks\" to see them."),
        Reply::NoneFound => "I found no such task. Say \"show my tasks\" to see them all.".into(),
        Reply::NothingTo(act) => format!("There is nothing to {}.", verb(*act)),
        Reply::StillOpen(tasks) => format!("Still open:\n{}", listed(tasks, days)),
        Reply::TooManyTitles(count) => {
            format!("I add at most {MAX_TITLES} tasks at once, and these are {count}. None was added.")
        }
        Reply::FirstOfMany(count) => {
            format!(
                "These are {count} tasks, so I take the first {MAX_CHANGES}. After them, say \"the next {MAX_CHANGES}\"."
            )
        }
        Reply::Report(act, reports) => reports.iter().map(|one| report(*act, one, days)).collect::<Vec<_>>().join("\n"),
        Reply::List(list) => list.english(days),
        Reply::UnreadWords(words) => format!(
            "I do not understand \"{words}\" here. I know tasks by date, priority, list, tag, repeat and words of their \
             titles, and I list them by due date, priority, title or age."
        ),
        Reply::Asked(question, tasks) => asked(*question, tasks, days),
        Reply::Shown(tasks) => shown(tasks, days),
        Reply::ListUnread(error) => format!("I could not read your tasks: {error}"),
        Reply::Undone(reports) => reports.iter().map(|one| undone(one, days)).collect::<Vec<_>>().join("\n"),
        Reply::Reminder(reply) => reply.english(days),
        Reply::Several(replies) => replies.iter().map(|reply| render(reply, days)).collect::<Vec<_>>().join("\n"),
    }
}

/// The offer to add tasks with these titles.
fn offer(titles: &[String]) -> String {
    match titles {
        [title] => format!("{OFFER}\"{title}\" to your list? Say \"yes\" or \"add {title}\"."),
        titles => {
            format!("{OFFER}{} tasks to your list: {}? Say \"yes\" or \"no\".", titles.len(), titles.join(", "))
        }
    }
}

/// The answer to a question about one task, with the task; several tasks as they are.
fn asked(question: TaskQuestion, tasks: &[ListedTask], days: &DayWords) -> String {
    let [task] = tasks else { return listed(tasks, days) };
    let answer = match (question, task.completed) {
        (TaskQuestion::Done, true) => "Yes, it is done",
        (TaskQuestion::Done, false) => "No, it is still open",
        (TaskQuestion::ToDo, true) | (TaskQuestion::Overdue, true) => "No, it is done",
        (TaskQuestion::ToDo, false) => "Yes, it is still open",
        (TaskQuestion::Overdue, false) if task.is_overdue => "Yes, it is overdue",
        (TaskQuestion::Overdue, false) => "No, it is not overdue",
    };
    format!("{answer}:\n{}", listed(tasks, days))
}

/// Tasks as they are, with the members of one.
fn shown(tasks: &[ListedTask], days: &DayWords) -> String {
    let [task] = tasks else { return listed(tasks, days) };
    let members = [
        task.priority.as_ref().map(|priority| format!("Priority: {}.", priority)),
        task.list.as_ref().map(|list| format!("List: {list}.")),
        (!task.tags.is_empty()).then(|| format!("Tags: {}.", task.tags.join(", "))),
    ];
    let members = members.into_iter().flatten().collect::<Vec<_>>().join(" ");
    let texts = [listed(tasks, days), members, task.description.clone().unwrap_or_default()];
    texts.into_iter().filter(|text| !text.is_empty()).collect::<Vec<_>>().join("\n")
}

fn listed(tasks: &[ListedTask], days: &DayWords) -> String {
    lines(tasks, " (done)", days)
}

fn undone(report: &UndoReport, days: &DayWords) -> String {
    match report {
        UndoReport::BroughtBack(tasks) => format!("Brought back {}.", lines(tasks, "", days).replace('\n', ", ")),
        UndoReport::Undone(what) => match what.strip_prefix("undone ") {
            Some(again) => format!("Done again: {again}."),
            None => format!("Undone: {}.", what.strip_prefix("done again ").unwrap_or(what)),
        },
        UndoReport::Failed(error) if error.starts_with("Nothing was ") => error.clone(),
        UndoReport::Failed(error) => format!("Nothing was undone: {error}"),
    }
}

fn report(act: TaskAct, one: &CallReport, days: &DayWords) -> String {
    let (subject, times) = match one {
        CallReport::Done(task) => {
            let subject = task.named(days);
            let filed = task.list().filter(|_| act == TaskAct::Add).map(|list| format!("{subject} to the list {list}"));
            (filed.unwrap_or(subject), task.reminders(days))
        }
        CallReport::Failed(error)
            if matches!(act, TaskAct::Prioritise(_) | TaskAct::Remind | TaskAct::StopReminding) =>
        {
            return format!("Not changed: {error}");
        }
        CallReport::Failed(error) => return format!("Not {}: {error}", participle(act).to_lowercase()),
    };
    match act {
        TaskAct::Complete if let Some((done, next)) = one.next_time(days) => format!("Completed {done}. Next: {next}."),
        TaskAct::Prioritise(priority) => format!("Set {subject} to {}.", named(priority)),
        TaskAct::StopReminding => format!("I will not remind you of {subject}."),
        TaskAct::Remind if !times.is_empty() => format!("I will remind you {times} of {subject}."),
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
