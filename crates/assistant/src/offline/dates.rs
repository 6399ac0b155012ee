//! Dates, repeats, tags and lists in the words of a message, where the tools take them.

mod new_task;
mod period;
mod schedule;

use std::cell::Cell;

use chrono::NaiveDate;
use serde_json::json;
use task_words::{ReadingContext, read_date};

use crate::model::ToolDeclaration;
use crate::offline::command::{TaskCommand, WantedTask};
use crate::offline::missing::MissingFeature;
use crate::offline::reminder::{ReminderLead, wants_reminder};
use crate::offline::reminder_time::ReminderTime;
use crate::offline::target::TaskTarget;
use crate::tool_names::ADD_TASK;

/// Reads dates by what the tools take, at the user's time.
pub(super) struct DateReader {
    context: ReadingContext,
    /// Whether tasks remind.
    pub(super) has_reminders: bool,
    /// Whether tasks are in lists and have tags.
    pub(super) has_lists: bool,
}

impl DateReader {
    /// A reader; none where tasks have no dates.
    pub(super) fn new(tools: &[ToolDeclaration], context: ReadingContext) -> Option<Self> {
        let add = tools.iter().find(|tool| tool.name == ADD_TASK)?;
        let schema = add.read_schema();
        let has = |member: &str| schema["properties"].get(member).is_some();
        let has_reminders = has("remind");
        has("due").then_some(Self { context, has_reminders, has_lists: has("list") && has("tags") })
    }

    /// Now in the user's zone, as `2026-12-24T17:00`.
    pub(super) fn now(&self) -> String {
        self.context.now.format("%Y-%m-%dT%H:%M").to_string()
    }

    /// The user's day.
    pub(super) fn today(&self) -> NaiveDate {
        self.context.today
    }

    /// The command, where what there was not is done by dates.
    pub(super) fn read(&self, command: TaskCommand, message: &str) -> TaskCommand {
        let is_unread = Cell::new(false);
        let command = self.read_command(command, message).with_target(&|target| {
            self.target_days(target.clone()).unwrap_or_else(|| {
                is_unread.set(true);
                target
            })
        });
        if is_unread.get() { TaskCommand::Missing(MissingFeature::UnreadDate) } else { command }
    }

    fn read_command(&self, command: TaskCommand, message: &str) -> TaskCommand {
        match command {
            TaskCommand::SetDate(sentence) => self.schedule(&sentence),
            TaskCommand::CorrectDate(time) => {
                self.schedule(&format!("move it to {time}")).with_target(&|_| TaskTarget::Changed)
            }
            TaskCommand::Missing(MissingFeature::DatedList) => {
                self.due_statement(message).or_else(|| self.due(message)).unwrap_or(TaskCommand::List("pending"))
            }
            TaskCommand::List(status) | TaskCommand::Count(status) if status != "completed" => {
                self.due(message).unwrap_or(command)
            }
            TaskCommand::ListSome(filter) => self.list(filter, TaskCommand::ListSome),
            TaskCommand::CountSome(filter) => self.list(filter, TaskCommand::CountSome),
            TaskCommand::UnreadWords(_) if self.is_unclear(message) => TaskCommand::Missing(MissingFeature::UnreadDate),
            TaskCommand::Remind(target, ReminderTime::Told(time)) => match read_date(&time, &self.context) {
                Some(date) => TaskCommand::Remind(target, ReminderTime::At(date.due.to_text())),
                None => TaskCommand::Remind(target, ReminderTime::Told(time)),
            },
            TaskCommand::Several(commands) => {
                TaskCommand::Several(commands.into_iter().map(|command| self.read(command, message)).collect())
            }
            command => command,
        }
    }

    /// The command, where new tasks have the members that are in their words, and `lead` is the reminder that the message ends
    /// with.
    pub(super) fn read_added(&self, command: TaskCommand, message: &str, lead: Option<ReminderLead>) -> TaskCommand {
        let wish = wants_reminder(message).then_some(message);
        let minutes = lead.map(|lead| lead.minutes).or(wish.map(|_| 0)).filter(|_| self.has_reminders);
        match command {
            TaskCommand::Add(tasks) => {
                let read = |task| Some(with_reminder(self.read_task(task, wish)?, minutes));
                let tasks: Option<Vec<WantedTask>> = tasks.into_iter().map(read).collect();
                tasks.map_or(TaskCommand::Missing(MissingFeature::UnreadDate), TaskCommand::Add)
            }
            TaskCommand::Schedule(target, mut change) => {
                let lead = lead.filter(|_| self.has_reminders);
                change.members.extend(lead.map(|lead| ("remind".to_owned(), json!([lead.minutes]))));
                TaskCommand::Schedule(target, change)
            }
            TaskCommand::Several(commands) => {
                let read = |command| self.read_added(command, message, lead);
                TaskCommand::Several(commands.into_iter().map(read).collect())
            }
            command => command,
        }
    }
}

/// The task with a reminder so many minutes before it is due; without one if it is never due.
fn with_reminder(mut task: WantedTask, minutes: Option<u32>) -> WantedTask {
    if task.members.contains_key("due") {
        task.members.extend(minutes.map(|minutes| ("remind".to_owned(), json!([minutes]))));
    }
    task
}

#[cfg(test)]
mod tests;
