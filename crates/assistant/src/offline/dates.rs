//! Dates, repeats, tags and lists in the words of a message, where the tools take them.

use std::cell::Cell;

use chrono::NaiveDate;
use serde_json::{Map, Value, json};
use task_words::{DuePeriod, ReadingContext, read_date, read_period, read_task};

use crate::language::Language;
use crate::model::ToolDeclaration;
use crate::offline::command::{TaskCommand, WantedTask};
use crate::offline::german::english_object;
use crate::offline::missing::MissingFeature;
use crate::offline::phrase::{lowercase, strip_prefix, strip_suffix};
use crate::offline::reminder::{ReminderLead, is_time, is_time_alone, wants_reminder};
use crate::offline::reminder_time::ReminderTime;
use crate::offline::target::TaskTarget;
use crate::offline::words::TASK_VERBS;
use crate::tool_names::ADD_TASK;

/// Verbs that give a task another date.
const DATING: [&str; 26] = [
    "mach ",
    "mache ",
    "schieb ",
    "schiebe ",
    "stell ",
    "stelle ",
    "repeat ",
    "wiederhole ",
    "set ",
    "edit ",
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
const BETWEEN: [&str; 9] = [" to ", " for ", " on ", " until ", " by ", " due ", " auf ", " am ", " bis "];

/// A member of a new date that is a time alone: a task that has a day keeps it. No tool takes it.
pub(super) const KEEPS_DAY: &str = "keeps_day";
/// The most words of a time at the beginning of a German title.
const MAX_LEADING_WORDS: usize = 4;

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
        self.context.now.date()
    }

    /// The command, where what there was not is done by dates.
    pub(super) fn read(&self, command: TaskCommand, message: &str) -> TaskCommand {
        let is_unread = Cell::new(false);
        let command = self.read_command(command, message).with_target(&|target| match target {
            TaskTarget::Due(words) => self.due_target(&words).unwrap_or_else(|| {
                is_unread.set(true);
                TaskTarget::Due(words)
            }),
            target => target,
        });
        if is_unread.get() { TaskCommand::Missing(MissingFeature::UnreadDate) } else { command }
    }

    /// The tasks that are due then: on that day alone.
    fn due_target(&self, words: &str) -> Option<TaskTarget> {
        Some(TaskTarget::DueWithin(match read_period(words, &self.context)? {
            DuePeriod::Overdue => Some((NaiveDate::MIN, self.today().pred_opt()?)),
            DuePeriod::Days(from, to) => Some((from, to)),
            DuePeriod::Undated => None,
            DuePeriod::Unclear => return None,
        }))
    }

    fn read_command(&self, command: TaskCommand, message: &str) -> TaskCommand {
        match command {
            TaskCommand::SetDate(sentence) => self.schedule(&sentence),
            TaskCommand::Missing(MissingFeature::DatedList) => {
                self.due_statement(message).or_else(|| self.due(message)).unwrap_or(TaskCommand::List("pending"))
            }
            TaskCommand::List(status) | TaskCommand::Count(status) if status != "completed" => {
                self.due(message).unwrap_or(command)
            }
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
            TaskCommand::Add(tasks) => TaskCommand::Add(
                tasks.into_iter().map(|task| with_reminder(self.read_task(task, wish), minutes)).collect(),
            ),
            TaskCommand::Schedule(target, mut members) => {
                members.extend(
                    lead.filter(|_| self.has_reminders).map(|lead| ("remind".to_owned(), json!([lead.minutes]))),
                );
                TaskCommand::Schedule(target, members)
            }
            TaskCommand::Several(commands) => {
                let read = |command| self.read_added(command, message, lead);
                TaskCommand::Several(commands.into_iter().map(read).collect())
            }
            command => command,
        }
    }

    fn read_task(&self, task: WantedTask, reminder: Option<&str>) -> WantedTask {
        let bracketed = task.title.strip_suffix(')').and_then(|title| title.rsplit_once(" ("));
        let title = match bracketed.filter(|(_, time)| is_time(time)) {
            Some((title, time)) => format!("{title} {time}"),
            None => task.title.clone(),
        };
        let mut reading = read_task(&title, &self.context, &[]);
        if let Some(whole) = reminder.filter(|_| reading.due.is_none()) {
            // "Remind me tomorrow to …" has its time before the task.
            let whole = read_task(whole, &self.context, &[]);
            reading = if whole.due.is_some() { whole } else { reading };
        }
        if reading.due.is_none()
            && let Some((time, title)) = split_leading_time(&task.title)
            && (self.context.language == Language::German || begins_task(title))
        {
            reading = read_task(&format!("{title} {time}"), &self.context, &[]);
        }
        if reading.title.is_empty() {
            return task;
        }
        let mut members = task.members; // those that the sentence around the title says
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

    /// Reads "the rent is due tomorrow".
    fn due_statement(&self, message: &str) -> Option<TaskCommand> {
        let text = message.trim().trim_end_matches(['.', '!']);
        let (words, time) = text.split_once(" is due ").or_else(|| {
            let (words, rest) = text.split_once(" ist ")?;
            Some((words, rest.strip_suffix(" fällig")?))
        })?;
        let asks = ["what", "which", "was", "welche", "wann"].iter().any(|asks| lowercase(words).starts_with(asks));
        let date = read_date(time, &self.context).filter(|_| !asks && !text.ends_with('?'))?;
        let members = Map::from_iter([("due".to_owned(), json!(date.due.to_text()))]);
        Some(TaskCommand::Schedule(self.target(words), members))
    }

    /// The task of some words in the language of the message.
    fn target(&self, words: &str) -> TaskTarget {
        match self.context.language {
            Language::German => TaskTarget::parse(&english_object(words)),
            Language::English => TaskTarget::parse(words),
        }
    }

    /// Reads "move the rent to tomorrow".
    fn schedule(&self, message: &str) -> TaskCommand {
        let text = message.trim().trim_end_matches(['.', '!', '?']);
        let lower = lowercase(text);
        let rest = DATING.iter().find(|verb| lower.starts_with(**verb)).map_or(text, |verb| &text[verb.len()..]);
        let small = lowercase(rest);
        let between = BETWEEN.iter().filter_map(|between| Some((small.rfind(between)?, between.len())));
        let spaces = small.match_indices(' ').map(|(at, space)| (at, space.len())); // "repeat 2 every Monday"
        let found = between.chain(spaces).find_map(|(at, length)| {
            let date = read_date(&rest[at + length..], &self.context)?;
            Some((self.target(without_date_words(&rest[..at])), date, &rest[at + length..]))
        });
        let Some((target, date, words)) = found else { return TaskCommand::AskWhen };
        let mut members = Map::from_iter([("due".to_owned(), json!(date.due.to_text()))]);
        if date.repeat.is_none() && is_time_alone(words) {
            members.insert(KEEPS_DAY.to_owned(), json!(true));
        }
        members.extend(date.repeat.map(|rule| ("repeat".to_owned(), Value::from(rule.to_string()))));
        TaskCommand::Schedule(target, members)
    }

    /// Reads "what is due today?": the first and the last day, none for what is overdue.
    fn due(&self, message: &str) -> Option<TaskCommand> {
        let (from, to) = match read_period(message, &self.context)? {
            DuePeriod::Overdue => (None, self.today().pred_opt()?),
            // What is due until today is listed with what is overdue.
            DuePeriod::Days(from, to) if from == self.today() || from == NaiveDate::MIN => (None, to),
            DuePeriod::Days(from, to) => (Some(from), to),
            DuePeriod::Undated => return Some(TaskCommand::ListUndated),
            DuePeriod::Unclear => return Some(TaskCommand::Missing(MissingFeature::UnreadDate)),
        };
        Some(TaskCommand::ListDue(from, to))
    }
}

/// The words of a task in "the due date of the rent", "2's deadline", "2 repeat".
fn without_date_words(words: &str) -> &str {
    const STARTS: [&str; 14] = [
        "due date of ",
        "due date for ",
        "ein fälligkeitsdatum für ",
        "fälligkeitsdatum für ",
        "the due date of ",
        "the due date for ",
        "the date of ",
        "the deadline of ",
        "the deadline for ",
        "a due date for ",
        "a deadline for ",
        "das datum von ",
        "das fälligkeitsdatum von ",
        "die fälligkeit von ",
    ];
    let words =
        [" repeat", "'s due date", "'s date", "'s deadline"].iter().fold(words, |words, end| strip_suffix(words, end));
    STARTS.iter().fold(words, |words, start| strip_prefix(words, start))
}

/// Whether a title begins with the verb of a task.
fn begins_task(title: &str) -> bool {
    TASK_VERBS.contains(&lowercase(title).split(' ').next().unwrap_or_default())
}

/// A title that begins with a time, as in "morgen den Arzt anrufen": the time, and the title after it.
fn split_leading_time(title: &str) -> Option<(&str, &str)> {
    let title = title.strip_prefix("für ").unwrap_or(title);
    let ends = title.match_indices(' ').map(|(at, _)| at).take(MAX_LEADING_WORDS).collect::<Vec<_>>();
    let end = ends.into_iter().rev().find(|end| is_time(&title[..*end]))?;
    Some((&title[..end], title[end..].trim()))
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
