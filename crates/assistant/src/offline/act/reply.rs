//! What the offline assistant replies, in no language yet.

use serde_json::Value;

use crate::day_words::DayWords;
use crate::offline::act::find::{ListedTask, listed_tasks};
use crate::offline::act::list_reply::ListReply;
use crate::offline::act::reminder_reply::ReminderReply;
use crate::offline::act::sentence::FixedReply;
use crate::offline::command::TaskQuestion;
use crate::offline::missing::MissingFeature;
use crate::offline::target::TaskTarget;
use crate::tool_names::LIST_TASKS;
use crate::turn::{CallOutcome, ToolCall};

/// What a command does to tasks, for questions and reports.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum TaskAct {
    Add,
    Show,
    Complete,
    Reopen,
    Delete,
    Rename,
    Describe,
    /// Gives a date.
    Schedule,
    /// Sets a reminder.
    Remind,
    /// Ends reminders.
    StopReminding,
    /// Gives this priority.
    Prioritise(&'static str),
}

/// A reply of the offline assistant.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum OfflineReply {
    /// One that is the same each time.
    Fixed(FixedReply),
    /// Offers to add tasks with these titles.
    OfferTasks(Vec<String>),
    /// Says what there is not.
    Missing(MissingFeature),
    /// Asks whether a day is the new title of a task, or its date.
    AskTitleOrDate(TaskTarget, String),
    /// Asks whether a task is done, or due at the time that was named.
    AskDoneOrDue(String),
    /// Asks whether a task is done, or should be changed or deleted: its title begins with the verb of the sentence.
    AskDoneOrChanged(Box<ListedTask>),
    /// Asks which task is meant.
    AskWhich(TaskAct),
    /// Asks which of these is meant.
    Ambiguous(TaskAct, Vec<ListedTask>),
    /// No task has these words in its title.
    NotFound(String),
    /// No task fits a question.
    NoneFound,
    /// No task can be changed so.
    NothingTo(TaskAct),
    /// These tasks are open, as the message says.
    StillOpen(Vec<ListedTask>),
    /// So many titles are too many at once.
    TooManyTitles(usize),
    /// These are the first ones of so many tasks.
    FirstOfMany(usize),
    /// What became of each call.
    Report(TaskAct, Vec<CallReport>),
    /// A list of tasks that have something in common.
    List(Box<ListReply>),
    /// Says which words of a question are not understood.
    UnreadWords(String),
    /// Tasks as they are, with a yes or no to a question about one.
    Asked(TaskQuestion, Vec<ListedTask>),
    /// Tasks as they are, with the description of one.
    Shown(Vec<ListedTask>),
    /// The list could not be read.
    ListUnread(String),
    /// What became of each undo.
    Undone(Vec<UndoReport>),
    /// About reminders.
    Reminder(ReminderReply),
    /// One after the other.
    Several(Vec<OfflineReply>),
}

/// A task that a call has changed.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum ChangedTask {
    /// As it is now.
    Whole(Box<ListedTask>),
    /// By its number, and by its title if it is known.
    Named(String),
}

/// What became of a call.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum CallReport {
    /// The changed task, as far as the result tells it.
    Done(ChangedTask),
    /// The first sentence of the error.
    Failed(String),
}

impl OfflineReply {
    /// What became of the calls that change tasks; those that wait for a confirmation are asked about later.
    pub(crate) fn report(act: TaskAct, calls: &[&ToolCall]) -> Self {
        let changes = calls.iter().filter(|call| call.name != LIST_TASKS);
        let lines = |call: &&ToolCall| match &call.outcome {
            CallOutcome::Done { result } => match result["results"].as_array() {
                Some(items) => items.iter().map(|item| report_item(item, call)).collect(),
                None => vec![CallReport::Done(changed_task(result, call))],
            },
            CallOutcome::Failed { error } | CallOutcome::NotRun { error } | CallOutcome::Denied { error } => {
                vec![CallReport::Failed(first_sentence(error))]
            }
            CallOutcome::ConfirmationRequired { .. } => Vec::new(),
        };
        Self::Report(act, changes.flat_map(lines).collect())
    }

    /// Whether nothing is said.
    pub(crate) fn is_empty(&self) -> bool {
        match self {
            Self::Report(_, lines) => lines.is_empty(),
            Self::Undone(reports) => reports.is_empty(),
            _ => false,
        }
    }

    /// Drops the reminders that are not later than `now` and returns whether any is dropped; and whether any is left.
    pub(crate) fn drop_past_reminders(&mut self, now: &str) -> (bool, bool) {
        let (mut dropped, mut left) = (false, false);
        match self {
            Self::Report(_, lines) => {
                for line in lines {
                    if let CallReport::Done(ChangedTask::Whole(task)) = line {
                        let before = task.remind_at.len();
                        task.remind_at.retain(|time| time.as_str() > now);
                        dropped |= task.remind_at.len() < before;
                        left |= !task.remind_at.is_empty();
                    }
                }
            }
            Self::Several(replies) => {
                for reply in replies {
                    let (some_dropped, some_left) = reply.drop_past_reminders(now);
                    dropped |= some_dropped;
                    left |= some_left;
                }
            }
            _ => {}
        }
        (dropped, left)
    }

    /// Whether a task was added.
    pub(crate) fn has_added(&self) -> bool {
        match self {
            Self::Report(TaskAct::Add, lines) => lines.iter().any(|line| matches!(line, CallReport::Done(_))),
            Self::Several(replies) => replies.iter().any(Self::has_added),
            _ => false,
        }
    }
}

/// What became of an undo.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum UndoReport {
    /// These deleted tasks are back.
    BroughtBack(Vec<ListedTask>),
    /// What was undone, as the tool says it: "completed \"milk\"".
    Undone(String),
    /// The first sentence of the error.
    Failed(String),
}

impl UndoReport {
    /// Reads the outcome of a call; none if it waits for a confirmation, which is asked for later.
    pub(crate) fn read(call: &ToolCall) -> Option<Self> {
        Some(match &call.outcome {
            CallOutcome::ConfirmationRequired { .. } => return None,
            CallOutcome::Done { result } => match result["undone"].as_str() {
                Some(undone) if !undone.starts_with("deleted") => Self::Undone(undone.to_owned()),
                _ => Self::BroughtBack(listed_tasks(call)),
            },
            other => Self::Failed(first_sentence(&other.to_string())),
        })
    }
}

impl CallReport {
    /// The number and title of a task that goes on after this time, and when it is due next.
    pub(crate) fn next_time(&self, days: &DayWords) -> Option<(String, String)> {
        match self {
            Self::Done(ChangedTask::Whole(task)) if task.goes_on => {
                Some((format!("#{} {}", task.id, task.title), days.due(task.due.as_ref()?)))
            }
            _ => None,
        }
    }
}

impl ChangedTask {
    /// The task in a sentence.
    pub(crate) fn named(&self, days: &DayWords) -> String {
        match self {
            Self::Whole(task) => task.named(days),
            Self::Named(name) => name.clone(),
        }
    }

    /// The list that it is in.
    pub(crate) fn list(&self) -> Option<&str> {
        match self {
            Self::Whole(task) => task.list.as_deref(),
            Self::Named(_) => None,
        }
    }

    /// When it reminds, in words.
    pub(crate) fn reminders(&self, days: &DayWords) -> String {
        match self {
            Self::Whole(task) => days.moments(&task.remind_at),
            Self::Named(_) => String::new(),
        }
    }
}

/// What became of one of the tasks of a call for several.
fn report_item(item: &Value, call: &ToolCall) -> CallReport {
    match item["error"].as_str() {
        Some(error) => CallReport::Failed(first_sentence(error)),
        None => CallReport::Done(changed_task(item, call)),
    }
}

fn changed_task(result: &Value, call: &ToolCall) -> ChangedTask {
    if let Some(task) = ListedTask::read(&result["task"]) {
        return ChangedTask::Whole(Box::new(task));
    }
    ChangedTask::Named(match (result["deleted_id"].as_i64(), result["title"].as_str()) {
        (Some(id), Some(title)) => format!("#{id} {title}"),
        _ => call.arguments.get("task_id").and_then(Value::as_i64).map_or_else(String::new, |id| format!("#{id}")),
    })
}

/// The first sentence of an error: what follows is advice for models.
pub(crate) fn first_sentence(error: &str) -> String {
    let end = error.find(". ").map_or(error.len(), |at| at + 1);
    error[..end].to_owned()
}
