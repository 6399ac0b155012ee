//! What the offline assistant replies, in no language yet.

use serde_json::Value;

use crate::offline::act::find::{ListedTask, listed_tasks};
use crate::offline::act::reminder_reply::ReminderReply;
use crate::offline::missing::MissingFeature;
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
    Help,
    NotUnderstood,
    Welcome,
    NothingToConfirm,
    LeftAsIs,
    /// Offers to add tasks with these titles.
    OfferTasks(Vec<String>),
    /// Says what there is not.
    Missing(MissingFeature),
    /// Asks whether a task is done, or due at the time that was named.
    AskDoneOrDue(String),
    /// Asks whether a task is done, or should be changed or deleted: its title begins with the verb of the sentence.
    AskDoneOrChanged(ListedTask),
    /// Asks what to do with a task that was named alone.
    AskWhatToDo,
    /// Says how deleted tasks are restored.
    RestoreHow,
    AskTitle,
    AskNewTitle,
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
    /// So many tasks are too many at once.
    TooManyTasks(TaskAct, usize),
    /// What became of each call.
    Report(TaskAct, Vec<CallReport>),
    /// A list of tasks of a status or priority.
    List(ListReply),
    /// Tasks that are due.
    Due(Vec<ListedTask>),
    /// Tasks without a date.
    Undated(Vec<ListedTask>),
    /// Asks for the day of a task.
    AskWhen,
    /// Tasks as they are, with the description of one.
    Shown(Vec<ListedTask>),
    /// The list could not be read.
    ListUnread(String),
    /// What became of each undo.
    Undone(Vec<UndoReport>),
    /// About reminders.
    Reminder(ReminderReply),
    /// The message needs more steps than one turn has.
    AskLess,
    /// One after the other.
    Several(Vec<OfflineReply>),
}

/// A list of tasks as a reply.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct ListReply {
    /// `all`, `pending` or `completed`.
    pub(crate) status: &'static str,
    /// The priority of all of them, where it was asked for.
    pub(crate) priority: Option<&'static str>,
    /// Whether it was asked how many there are.
    pub(crate) counts: bool,
    pub(crate) tasks: Vec<ListedTask>,
    /// Whether there are more.
    pub(crate) more: bool,
    /// Whether a time was named that the list does not know.
    pub(crate) names_time: bool,
}

/// What became of a call.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum CallReport {
    /// The changed task, as "#3 Buy milk" if the result has its title, and the local times at which it reminds.
    Done(String, Vec<String>),
    /// The first sentence of the error.
    Failed(String),
}

impl OfflineReply {
    /// What became of the calls that change tasks; those that wait for a confirmation are asked about later.
    pub(crate) fn report(act: TaskAct, calls: &[&ToolCall]) -> Self {
        let changes = calls.iter().filter(|call| call.name != LIST_TASKS);
        let line = |call: &&ToolCall| match &call.outcome {
            CallOutcome::Done { result } => Some(CallReport::Done(subject(result, call), reminders(result))),
            CallOutcome::Failed { error } | CallOutcome::NotRun { error } | CallOutcome::Denied { error } => {
                Some(CallReport::Failed(first_sentence(error)))
            }
            CallOutcome::ConfirmationRequired { .. } => None,
        };
        Self::Report(act, changes.filter_map(line).collect())
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
                    if let CallReport::Done(_, times) = line {
                        let before = times.len();
                        times.retain(|time| time.as_str() > now);
                        dropped |= times.len() < before;
                        left |= !times.is_empty();
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
            Self::Report(TaskAct::Add, lines) => lines.iter().any(|line| matches!(line, CallReport::Done(..))),
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
    /// Nothing of the conversation is left to undo or to do again.
    NothingLeft,
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

fn reminders(result: &Value) -> Vec<String> {
    ListedTask::read(&result["task"]).map(|task| task.remind_at).unwrap_or_default()
}

/// The changed task.
fn subject(result: &Value, call: &ToolCall) -> String {
    if let Some(task) = ListedTask::read(&result["task"]) {
        return format!("#{} {}{}", task.id, task.title, task.due_mark());
    }
    if let (Some(id), Some(title)) = (result["deleted_id"].as_i64(), result["title"].as_str()) {
        return format!("#{id} {title}");
    }
    call.arguments.get("task_id").and_then(Value::as_i64).map_or_else(String::new, |id| format!("#{id}"))
}

/// The first sentence of an error: what follows is advice for models.
pub(crate) fn first_sentence(error: &str) -> String {
    let end = error.find(". ").map_or(error.len(), |at| at + 1);
    error[..end].to_owned()
}

/// One line for each task; `done` marks those that are completed.
pub(crate) fn lines(tasks: &[ListedTask], done: &str) -> String {
    let line = |task: &ListedTask| {
        format!("#{} {}{}{}", task.id, task.title, task.due_mark(), if task.completed { done } else { "" })
    };
    tasks.iter().map(line).collect::<Vec<_>>().join("\n")
}
