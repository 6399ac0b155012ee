//! The commands that the offline assistant understands.

use serde_json::{Map, Value};

use crate::offline::filter::TaskFilter;
use crate::offline::missing::MissingFeature;
use crate::offline::phrase::strip_quotes;
use crate::offline::reminder_time::ReminderTime;
use crate::offline::target::TaskTarget;

/// What the user wants.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum TaskCommand {
    /// Add these tasks.
    Add(Vec<WantedTask>),
    /// Ask whether to add tasks with these titles.
    SuggestAdd(Vec<String>),
    /// List the tasks of a status: `all`, `pending` or `completed`.
    List(&'static str),
    /// Count and list the tasks of a status.
    Count(&'static str),
    /// Give a tag, or take it away.
    Tag(TaskTarget, String, bool),
    /// List the tasks that have all of this in common, in its order.
    ListSome(TaskFilter),
    /// Count and list them.
    CountSome(TaskFilter),
    /// Say which words of a question are not understood.
    UnreadWords(String),
    /// Show some tasks.
    Show(TaskTarget),
    /// Answer a question about a task with yes or no.
    Ask(TaskQuestion, TaskTarget),
    /// Mark as completed.
    Complete(TaskTarget),
    /// Mark as pending again.
    Reopen(TaskTarget),
    /// Give a new title. The word between the old title and the new one may be part of either, so there can be several readings;
    /// there is none without a new title.
    Rename(Vec<(TaskTarget, String)>),
    /// Give a new description.
    Describe(TaskTarget, String),
    /// Give this priority: `none`, `low`, `medium` or `high`.
    Prioritise(TaskTarget, &'static str),
    /// Give a task the date that this sentence says.
    SetDate(String),
    /// Give what the message before has added or dated this time instead.
    CorrectDate(String),
    /// Ask whether a day is the new title of a task, or its date.
    AskTitleOrDate(TaskTarget, String),
    /// Give other members: a due day, a repeat, a list.
    Schedule(TaskTarget, MemberChange),
    /// Remind of a task then.
    Remind(TaskTarget, ReminderTime),
    /// End the reminders of tasks.
    StopReminding(TaskTarget),
    /// List the tasks that remind.
    ListReminders,
    /// Ask for which day a task is meant.
    AskWhen,
    /// Delete.
    Delete(TaskTarget),
    /// Restore one task by its number, or undo the last change.
    Undo(Option<i64>),
    /// Undo these changes by their numbers; none if nothing is left to undo.
    UndoChanges(Vec<i64>),
    /// Do again what was undone last.
    Redo,
    /// Nothing is left to do again.
    NothingToRedo,
    /// Undo what the message before did, which was not meant.
    TakeBack,
    /// A no to what is done already.
    DoneAlready,
    /// Restore a task by its title, which no tool can.
    RestoreByTitle(String),
    /// Several commands in order.
    Several(Vec<TaskCommand>),
    /// The first command if there is a task with this title, else the second.
    Either(String, Box<TaskCommand>, Box<TaskCommand>),
    /// This command, unless it begins with this verb and so does the title of the task it is about.
    Unless(String, Box<TaskCommand>),
    /// Say in one sentence that there is no such thing.
    Missing(MissingFeature),
    /// Ask whether a task is done, or whether the time in the sentence is meant.
    AskDoneOrDue(String),
    /// A task without a command, as a response to the question which one is meant.
    Select(TaskTarget),
    /// Yes or no.
    Decision(bool),
    /// Explain what the assistant understands.
    Help,
    /// Greet.
    Greeting,
    /// Thanks.
    Thanks,
    /// Go on with the next ones of what was begun.
    GoOn,
    /// Not understood.
    Unknown,
}

/// Members that tasks get.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct MemberChange {
    /// As the tool takes them.
    pub(crate) members: Map<String, Value>,
    /// Whether only the time is new: a task that has a day keeps it.
    pub(crate) keeps_day: bool,
}

impl MemberChange {
    /// A change of one member.
    pub(crate) fn of(name: &str, value: impl Into<Value>) -> Self {
        Self { members: Map::from_iter([(name.to_owned(), value.into())]), keeps_day: false }
    }
}

/// What is asked about a task.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum TaskQuestion {
    /// Whether it is done.
    Done,
    /// Whether it is still to be done.
    ToDo,
    /// Whether it should have been done.
    Overdue,
}

/// A task that is to be added.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct WantedTask {
    pub(crate) title: String,
    /// Whether the title was quoted: no date is read in it.
    pub(crate) is_quoted: bool,
    pub(crate) description: Option<String>,
    /// `low`, `medium` or `high`.
    pub(crate) priority: Option<&'static str>,
    /// Other members, as the tool takes them.
    pub(crate) members: Map<String, Value>,
}

impl WantedTask {
    /// A task with nothing but a title, which may be quoted.
    pub(crate) fn titled(title: impl Into<String>) -> Self {
        let written = title.into();
        let title = strip_quotes(&written);
        Self { is_quoted: title != written, title: title.to_owned(), ..Self::default() }
    }

    /// The arguments of the call that adds it.
    pub(crate) fn arguments(&self) -> Value {
        let members = [
            ("title", Some(self.title.as_str())),
            ("description", self.description.as_deref()),
            ("priority", self.priority),
        ];
        let given = members.into_iter().filter_map(|(name, value)| Some((name.to_owned(), Value::from(value?))));
        Value::Object(given.chain(self.members.clone()).collect())
    }
}

impl TaskCommand {
    /// The same command about another target.
    pub(crate) fn with_target(self, change: &dyn Fn(TaskTarget) -> TaskTarget) -> Self {
        match self {
            Self::Show(target) => Self::Show(change(target)),
            Self::Ask(question, target) => Self::Ask(question, change(target)),
            Self::Complete(target) => Self::Complete(change(target)),
            Self::Reopen(target) => Self::Reopen(change(target)),
            Self::Delete(target) => Self::Delete(change(target)),
            Self::Describe(target, text) => Self::Describe(change(target), text),
            Self::Schedule(target, members) => Self::Schedule(change(target), members),
            Self::Tag(target, tag, is_given) => Self::Tag(change(target), tag, is_given),
            Self::Remind(target, time) => Self::Remind(change(target), time),
            Self::StopReminding(target) => Self::StopReminding(change(target)),
            Self::Prioritise(target, priority) => Self::Prioritise(change(target), priority),
            Self::Rename(readings) => {
                Self::Rename(readings.into_iter().map(|(target, title)| (change(target), title)).collect())
            }
            Self::Unless(verb, command) => Self::Unless(verb, Box::new(command.with_target(change))),
            command => command,
        }
    }

    /// The same command, where "it" or "them" means these tasks.
    pub(crate) fn with_pronoun(self, ids: &[i64]) -> Self {
        self.with_target(&|target| match target {
            TaskTarget::It if ids.len() == 1 => TaskTarget::Numbers(ids.to_vec()),
            TaskTarget::Them if !ids.is_empty() => TaskTarget::Numbers(ids.to_vec()),
            target => target,
        })
    }
}
