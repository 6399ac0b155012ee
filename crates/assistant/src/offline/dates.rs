//! Dates, repeats, tags and lists in the words of a message, where the tools take them.

use chrono::NaiveDateTime;
use serde_json::{Map, Value, json};
use task_words::{DuePeriod, ReadingContext, read_date, read_period, read_task};

use crate::language::Language;
use crate::model::ToolDeclaration;
use crate::offline::command::{TaskCommand, WantedTask};
use crate::offline::missing::{MissingFeature, names_time};
use crate::offline::target::TaskTarget;
use crate::tool_names::ADD_TASK;

/// Verbs that give a task another date.
const DATING: [&str; 17] = [
    "set ",
    "make ",
    "move ",
    "change ",
    "put ",
    "update ",
    "push ",
    "postpone ",
    "reschedule ",
    "delay ",
    "defer ",
    "snooze ",
    "schedule ",
    "verschiebe ",
    "verschieb ",
    "setze ",
    "setz ",
];
/// Words between a task and its date.
const BETWEEN: [&str; 8] = [" to ", " for ", " on ", " until ", " by ", " due ", " auf ", " bis "];

/// Reads dates by what the tools take, at the user's time.
pub(super) struct DateReader {
    context: ReadingContext,
}

impl DateReader {
    /// A reader; none where tasks have no dates.
    pub(super) fn new(tools: &[ToolDeclaration], now: NaiveDateTime, language: Language) -> Option<Self> {
        let add = tools.iter().find(|tool| tool.name == ADD_TASK)?;
        let has_dates = add.schema["properties"].get("due").is_some();
        has_dates.then(|| Self { context: ReadingContext::new(now, language) })
    }

    /// The user's day.
    pub(super) fn today(&self) -> chrono::NaiveDate {
        self.context.now.date()
    }

    /// The command, where what there was not is done by dates.
    pub(super) fn read(&self, command: TaskCommand, message: &str) -> TaskCommand {
        match command {
            TaskCommand::Missing(MissingFeature::Dates) => self.schedule(message),
            TaskCommand::Missing(MissingFeature::DatedList) => {
                self.due(message).unwrap_or(TaskCommand::List("pending"))
            }
            TaskCommand::List(status) | TaskCommand::Count(status) if names_time(message) => {
                self.due(message).unwrap_or(TaskCommand::List(status))
            }
            command => command,
        }
    }

    /// The command, where new tasks have the members that are in their words.
    pub(super) fn read_added(&self, command: TaskCommand, message: &str) -> TaskCommand {
        let lower = message.to_lowercase();
        let reminder = (lower.contains("remind me") || lower.contains("erinner")).then_some(message);
        match command {
            TaskCommand::Add(tasks) => {
                TaskCommand::Add(tasks.into_iter().map(|task| self.read_task(task, reminder)).collect())
            }
            TaskCommand::Several(commands) => {
                TaskCommand::Several(commands.into_iter().map(|command| self.read_added(command, message)).collect())
            }
            command => command,
        }
    }

    fn read_task(&self, task: WantedTask, reminder: Option<&str>) -> WantedTask {
        let mut reading = read_task(&task.title, &self.context, &[]);
        if let Some(whole) = reminder.filter(|_| reading.due.is_none()) {
            // "Remind me tomorrow to …" has its time before the task.
            let whole = read_task(whole, &self.context, &[]);
            reading = if whole.due.is_some() { whole } else { reading };
        }
        if reading.title.is_empty() {
            return task;
        }
        let mut members = Map::new();
        if let Some(due) = reading.due {
            members.insert("due".to_owned(), json!(due.to_text()));
        }
        if let Some(rule) = &reading.repeat {
            members.insert("repeat".to_owned(), json!(rule.to_string()));
        }
        if !reading.tags.is_empty() {
            members.insert("tags".to_owned(), json!(reading.tags));
        }
        if let Some(list) = &reading.list {
            members.insert("list".to_owned(), json!(list));
        }
        let priority = task.priority.or(reading.priority.map(task::Priority::as_str));
        WantedTask { title: reading.title, description: task.description, priority, members }
    }

    /// Reads "move the rent to tomorrow".
    fn schedule(&self, message: &str) -> TaskCommand {
        let text = message.trim().trim_end_matches(['.', '!', '?']);
        let lower = text.to_lowercase();
        let rest = DATING.iter().find(|verb| lower.starts_with(**verb)).map_or(text, |verb| &text[verb.len()..]);
        let small = rest.to_lowercase();
        let found = BETWEEN.iter().find_map(|between| {
            let at = small.rfind(between).filter(|_| small.len() == rest.len())?;
            let date = read_date(&rest[at + between.len()..], &self.context)?;
            Some((TaskTarget::parse(&rest[..at]), date))
        });
        let Some((target, date)) = found else { return TaskCommand::AskWhen };
        let mut members = Map::from_iter([("due".to_owned(), json!(date.due.to_text()))]);
        members.extend(date.repeat.map(|rule| ("repeat".to_owned(), Value::from(rule.to_string()))));
        TaskCommand::Schedule(target, members)
    }

    /// Reads "what is due today?": the first and the last day, none for what is overdue.
    fn due(&self, message: &str) -> Option<TaskCommand> {
        let (from, to) = match read_period(message, &self.context)? {
            DuePeriod::Overdue => (None, self.today().pred_opt()?),
            DuePeriod::Days(from, to) if from <= self.today() => (None, to), // with what is overdue
            DuePeriod::Days(from, to) => (Some(from), to),
            DuePeriod::Undated => return None,
        };
        Some(TaskCommand::ListDue(from, to))
    }
}

#[cfg(test)]
mod tests;
