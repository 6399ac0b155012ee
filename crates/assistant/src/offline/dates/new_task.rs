//! What the words of a new task say.

use std::cmp::Reverse;

use serde_json::json;
use task_words::read_task;

use super::DateReader;
use super::schedule::repeat_members;
use crate::language::Language;
use crate::offline::command::WantedTask;
use crate::offline::filter::is_unread_time;
use crate::offline::phrase::{lowercase, quotes, strip_prefix, strip_quotes};
use crate::offline::reminder::is_time;
use crate::offline::words::TASK_VERBS;

/// The most words of a time at the beginning of a German title.
const MAX_LEADING_WORDS: usize = 4;

/// Words between a title and its date.
const DUE_WORDS: [&str; 18] = [
    " with the due date",
    " with a due date",
    " with due date",
    " with a deadline",
    " with deadline",
    " with the date",
    " with date",
    " due date",
    " due:",
    " due ",
    " deadline",
    " mit fälligkeitsdatum",
    " mit fälligkeit",
    " mit dem datum",
    " mit datum",
    " mit termin",
    " fällig:",
    " fällig ",
];

impl DateReader {
    /// The task with the members that its words say; none if it names a date that is not understood.
    pub(super) fn read_task(&self, task: WantedTask, reminder: Option<&str>) -> Option<WantedTask> {
        if task.is_quoted {
            return Some(task);
        }
        let bracketed = task.title.strip_suffix(')').and_then(|title| title.rsplit_once(" ("));
        let title = match bracketed.filter(|(_, time)| is_time(time)) {
            Some((title, time)) => format!("{title} {time}"),
            None => self.without_due_words(&task.title)?,
        };
        let read = |text: &str| read_task(text, &self.context, &quotes(text));
        let mut reading = read(&title);
        if let Some(whole) = reminder.filter(|_| reading.due.is_none()) {
            // "Remind me tomorrow to …" has its time before the task.
            let whole = read(whole);
            reading = if whole.due.is_some() { whole } else { reading };
        }
        if reading.due.is_none()
            && let Some((time, title)) = split_leading_time(&task.title)
            && (self.context.language == Language::German || begins_task(title))
        {
            reading = read(&format!("{title} {time}"));
        }
        if reading.title.is_empty() {
            return Some(task);
        }
        let mut members = task.members.clone(); // those that the sentence around the title says
        if let Some(due) = reading.due {
            members.insert("due".to_owned(), json!(due.to_text()));
        }
        if let Some(rule) = &reading.repeat {
            members.extend(repeat_members(rule, reading.repeat_from));
        }
        if !reading.tags.is_empty() {
            members.insert("tags".to_owned(), json!(reading.tags));
        }
        if let Some(list) = &reading.list {
            members.insert("list".to_owned(), json!(list));
        }
        let priority = task.priority.or(reading.priority.map(task::Priority::as_str));
        let title = strip_quotes(&reading.title).to_owned();
        Some(WantedTask { title, priority, members, ..task })
    }

    /// The title without the words before its date, as in "call mum with due date 2026-12-24"; none if that date is not
    /// understood.
    fn without_due_words(&self, title: &str) -> Option<String> {
        let lower = lowercase(title);
        let found = DUE_WORDS.iter().filter_map(|words| Some((lower.rfind(words)?, words.len())));
        let outside = |(at, _): &(usize, usize)| !quotes(title).iter().any(|quote| quote.contains(at));
        let Some((at, length)) = found.filter(outside).max_by_key(|(at, length)| (Reverse(*at), *length)) else {
            return Some(title.to_owned());
        };
        let (before, date) = (&title[..at], &title[at + length..]);
        let date = date.trim_start_matches([':', ' ']);
        let date = ["on ", "by ", "of ", "am ", "bis "].iter().fold(date, |date, word| strip_prefix(date, word));
        let reading = read_task(&format!("x {date}"), &self.context, &[]);
        match reading.title == "x" && reading.due.is_some() {
            true => Some(format!("{before} {date}")),
            false if is_unread_time(date) => None,
            false => Some(title.to_owned()),
        }
    }
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
