//! todo.txt: a task a line, with marks in its words.

use chrono::NaiveDate;
use task::Priority;

use super::numbered;
use crate::collect::{RawTask, TaskCollector};
use crate::date::{Moment, SlashOrder, read_date};
use crate::error::ImportError;
use crate::file::{FileFormat, TaskFile};
use crate::repeat::every;

/// Whether lines have the marks of todo.txt: a priority or a date in front, a due date, or words with marks in a third of them.
pub(crate) fn is_todo_txt(text: &str) -> bool {
    let (mut lines, mut marked) = (0_usize, 0_usize);
    for line in text.split('\n').map(str::trim).filter(|line| !line.is_empty()) {
        let rest = line.strip_prefix("x ").unwrap_or(line);
        let dated = first_day(rest).is_some();
        if dated || letter(rest).is_some() || line.split(' ').any(|word| due(word).is_some()) {
            return true;
        }
        lines += 1;
        marked += usize::from(line.split(' ').any(|word| named(word).is_some()));
    }
    marked > 0 && marked * 3 >= lines
}

pub(crate) fn read(text: &str) -> Result<TaskFile, ImportError> {
    let mut collector = TaskCollector::default();
    for (number, line) in numbered(text).filter(|(_, line)| !line.trim().is_empty()) {
        let task = task(number, line.trim(), &mut collector);
        collector.add(task);
    }
    collector.finish(FileFormat::TodoTxt)
}

fn task(line: u64, text: &str, collector: &mut TaskCollector) -> RawTask {
    let mut task = RawTask { line, ..RawTask::default() };
    let mut rest = text;
    if let Some(done) = rest.strip_prefix("x ") {
        task.completed = true;
        rest = done.trim_start();
    }
    if let Some((priority, behind)) = letter(rest) {
        task.priority = priority;
        rest = behind;
    }
    if let Some((day, behind)) = first_day(rest) {
        rest = behind;
        if task.completed {
            task.completed_at = Some(Moment::Day(day));
            if let Some((day, behind)) = first_day(rest) {
                task.created_at = Some(Moment::Day(day));
                rest = behind;
            }
        } else {
            task.created_at = Some(Moment::Day(day));
        }
    }
    let words: Vec<&str> = rest.split_whitespace().filter(|word| !take_mark(word, &mut task, collector)).collect();
    task.title = words.join(" ");
    if task.title.is_empty() {
        // Marks alone are the words of the person.
        task.title = rest.trim().to_owned();
    }
    task
}

/// Whether a word is a mark. What it says becomes part of the task.
fn take_mark(word: &str, task: &mut RawTask, collector: &mut TaskCollector) -> bool {
    if let Some(name) = named(word) {
        match task.list.is_none() && word.starts_with('+') {
            true => task.list = Some(name.to_owned()),
            false => task.tags.push(name.to_owned()),
        }
        return true;
    }
    if let Some(due) = due(word) {
        task.due = Some(due);
        return true;
    }
    match word.split_once(':') {
        Some(("rec", value)) => match rule(value) {
            // Without the sign the next time is counted from the completion.
            Some(rule) => (task.repeat, task.from_completion) = (Some(rule), !value.starts_with('+')),
            None => return false,
        },
        Some(("pri", value)) if value.len() == 1 && value.starts_with(|c: char| c.is_ascii_alphabetic()) => {
            task.priority = priority(value);
        }
        Some((key, value)) if is_key(key) && day(value).is_some() => match key {
            "t" => collector.lose("start_date"),
            _ => collector.lose_column(key),
        },
        _ => return false,
    }
    true
}

fn is_key(key: &str) -> bool {
    !key.is_empty() && key.chars().all(|c| c.is_alphanumeric() || matches!(c, '_' | '-'))
}

fn day(text: &str) -> Option<NaiveDate> {
    let is_iso = text.len() == 10 && text.as_bytes()[4] == b'-' && text.as_bytes()[7] == b'-';
    is_iso.then(|| text.parse().ok()).flatten()
}

/// The day in front of a text, and what is behind it.
fn first_day(text: &str) -> Option<(NaiveDate, &str)> {
    let (word, rest) = text.split_once(' ')?;
    Some((day(word)?, rest.trim_start()))
}

/// The priority in front of a text: `(A) `.
fn letter(text: &str) -> Option<(Priority, &str)> {
    let rest = text.strip_prefix('(')?;
    let (letter, rest) = rest.split_once(") ")?;
    (letter.len() == 1 && letter.starts_with(|c: char| c.is_ascii_uppercase()))
        .then(|| (priority(letter), rest.trim_start()))
}

fn priority(letter: &str) -> Priority {
    match letter {
        "A" | "a" => Priority::High,
        "B" | "b" => Priority::Medium,
        _ => Priority::Low,
    }
}

/// The name of a `+Project` or `@context`.
fn named(word: &str) -> Option<&str> {
    word.strip_prefix(['+', '@']).filter(|name| name.starts_with(char::is_alphabetic))
}

fn due(word: &str) -> Option<Moment> {
    let text = word.strip_prefix("due:")?;
    read_date(text, SlashOrder::DayFirst).ok()?
}

/// `+1w`, `2d`, `1m`, `1y`.
fn rule(text: &str) -> Option<String> {
    let text = text.strip_prefix('+').unwrap_or(text);
    let (number, unit) = text.split_at_checked(text.len().checked_sub(1)?)?;
    let number: u32 = if number.is_empty() { 1 } else { number.parse().ok().filter(|n| (1..=999).contains(n))? };
    match unit {
        "d" => Some(every(number, "DAILY")),
        "w" => Some(every(number, "WEEKLY")),
        "m" => Some(every(number, "MONTHLY")),
        "y" => Some(every(number, "YEARLY")),
        _ => None,
    }
}
