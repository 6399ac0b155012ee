//! Finds a task by words of its title.

use std::cmp::Reverse;

use recurrence::{RepeatFrom, RepeatRule, repeat_text};
use serde_json::Value;

use crate::day_words::DayWords;
use crate::language::Language;
use crate::offline::parse::spelling::is_slip;
use crate::turn::{CallOutcome, ToolCall};

/// Characters of `2026-12-24`; what follows is a time.
pub(super) const DAY_LENGTH: usize = 10;

/// A task in the result of a tool.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct ListedTask {
    pub(crate) id: i64,
    pub(crate) title: String,
    pub(crate) description: Option<String>,
    pub(crate) completed: bool,
    /// `2026-12-24` or `2026-12-24T17:00`, where tasks have dates.
    pub(crate) due: Option<String>,
    /// Whether that is over and the task is open.
    pub(crate) is_overdue: bool,
    /// The local times at which it reminds.
    pub(crate) remind_at: Vec<String>,
    /// `low`, `medium` or `high`.
    pub(crate) priority: Option<String>,
    /// The name of its list, where it is in one.
    pub(crate) list: Option<String>,
    pub(crate) tags: Vec<String>,
    /// The rule by which it repeats.
    pub(crate) repeat: Option<String>,
    pub(crate) repeat_from: RepeatFrom,
    /// Whether a call has completed this time, and it is open for the next one.
    pub(crate) goes_on: bool,
}

impl ListedTask {
    /// Reads the object of a task.
    pub(crate) fn read(task: &Value) -> Option<Self> {
        let text = |name: &str| task[name].as_str().map(str::to_owned);
        let completed = task["completed"].as_bool().unwrap_or(false);
        Some(Self {
            id: task["id"].as_i64()?,
            title: text("title")?,
            description: text("description"),
            completed,
            due: text("due"),
            is_overdue: task["overdue"].as_bool().unwrap_or(false),
            remind_at: texts(&task["remind_at"]),
            priority: text("priority").filter(|priority| priority != "none"),
            list: text("list"),
            tags: texts(&task["tags"]),
            repeat: text("repeat"),
            repeat_from: text("repeat_from").and_then(|word| RepeatFrom::parse(&word)).unwrap_or_default(),
            goes_on: task["occurrence"].is_object() && !completed,
        })
    }
}

impl ListedTask {
    /// The task by its number and title, when it is due and how it repeats.
    pub(crate) fn named(&self, days: &DayWords) -> String {
        let due = self.due.as_ref().map(|due| days.due(due));
        let times: Vec<String> = due.into_iter().chain(self.repeat_in(days.language)).collect();
        let times = if times.is_empty() { String::new() } else { format!(" ({})", times.join(", ")) };
        format!("#{} {}{times}", self.id, self.title)
    }

    fn repeat_in(&self, language: Language) -> Option<String> {
        let rule = RepeatRule::parse(self.repeat.as_ref()?).ok()?;
        Some(repeat_text(&rule, self.repeat_from, language))
    }
}

/// One line for each task; `done` marks those that are completed.
pub(crate) fn lines(tasks: &[ListedTask], done: &str, days: &DayWords) -> String {
    let line = |task: &ListedTask| format!("{}{}", task.named(days), if task.completed { done } else { "" });
    tasks.iter().map(line).collect::<Vec<_>>().join("\n")
}

fn texts(list: &Value) -> Vec<String> {
    list.as_array().into_iter().flatten().filter_map(Value::as_str).map(str::to_owned).collect()
}

/// The result of a call that succeeded.
pub(crate) fn call_result(call: &ToolCall) -> Option<&Value> {
    match &call.outcome {
        CallOutcome::Done { result } => Some(result),
        _ => None,
    }
}

/// The tasks in the result of a call that lists or restores tasks.
pub(crate) fn listed_tasks(call: &ToolCall) -> Vec<ListedTask> {
    let tasks = call_result(call).and_then(|result| result["tasks"].as_array());
    tasks.into_iter().flatten().filter_map(ListedTask::read).collect()
}

/// Words that do not tell one title from another, unless there are no other words.
const FILLERS: [&str; 14] = ["the", "a", "an", "my", "our", "to", "for", "of", "some", "with", "at", "and", "on", "in"];

/// The tasks that `words` fit best: the same title, else all distinctive words in the title, else part of the title, else the
/// distinctive words with slips of the pen. Among several, those for which `prefer` holds, if there are any.
pub(crate) fn find_tasks(tasks: &[ListedTask], words: &str, prefer: impl Fn(&ListedTask) -> bool) -> Vec<ListedTask> {
    let wanted = words_of(words);
    let distinctive: Vec<&String> = wanted.iter().filter(|word| !FILLERS.contains(&word.as_str())).collect();
    let distinctive = if distinctive.is_empty() { wanted.iter().collect() } else { distinctive };
    let level = |task: &ListedTask| {
        let have = words_of(&task.title);
        let all =
            |fits: fn(&str, &str) -> bool| distinctive.iter().all(|word| have.iter().any(|other| fits(word, other)));
        match have == wanted {
            true => 4,
            false if wanted.is_empty() => 0,
            false if all(same) => 3,
            false if have.join(" ").contains(&wanted.join(" ")) => 2,
            false => u8::from(all(similar)),
        }
    };
    let best = tasks.iter().map(level).max().unwrap_or(0);
    let mut found: Vec<ListedTask> = tasks.iter().filter(|task| best > 0 && level(task) == best).cloned().collect();
    if found.len() > 1 && found.iter().any(&prefer) {
        found.retain(&prefer);
    }
    found.sort_by_key(|task| (Reverse(prefer(task)), task.id));
    found
}

fn words_of(text: &str) -> Vec<String> {
    let lower = text.to_lowercase();
    let words = lower.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    words.map(str::to_owned).collect()
}

/// Equal, or equal in the singular.
fn same(a: &str, b: &str) -> bool {
    a == b || singular(a) == singular(b)
}

/// Equal in the singular, or with one wrong letter.
fn similar(a: &str, b: &str) -> bool {
    same(a, b) || (a.chars().count() > 3 && is_slip(a, b))
}

fn singular(word: &str) -> String {
    match word.strip_suffix("ies") {
        Some(stem) if stem.len() > 2 => format!("{stem}y"),
        _ => word.strip_suffix('s').filter(|stem| stem.len() > 2).unwrap_or(word).to_owned(),
    }
}

#[cfg(test)]
mod tests;
