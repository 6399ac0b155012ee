//! The marks of Obsidian's tasks: dates, priorities and rules behind pictures, tags behind `#`.

use task::Priority;

use crate::collect::{RawTask, TaskCollector};
use crate::date::{Moment, SlashOrder, read_date};
use crate::options::ImportOptions;
use crate::repeat::{read_rule, read_words};
use crate::values::tagged_title;

/// What a picture says.
#[derive(Clone, Copy, PartialEq)]
enum TaskMark {
    Due,
    Scheduled,
    Start,
    Completed,
    Created,
    Repeat,
    Priority(Priority),
    /// The name of a task, or of those before it.
    Link,
}

const MARKS: [(char, TaskMark); 19] = [
    ('📅', TaskMark::Due),
    ('📆', TaskMark::Due),
    ('🗓', TaskMark::Due),
    ('⏳', TaskMark::Scheduled),
    ('⌛', TaskMark::Scheduled),
    ('🛫', TaskMark::Start),
    ('✅', TaskMark::Completed),
    ('❌', TaskMark::Completed),
    ('➕', TaskMark::Created),
    ('🔁', TaskMark::Repeat),
    ('🔺', TaskMark::Priority(Priority::High)),
    ('⏫', TaskMark::Priority(Priority::High)),
    ('🔼', TaskMark::Priority(Priority::Medium)),
    ('🔽', TaskMark::Priority(Priority::Low)),
    ('⏬', TaskMark::Priority(Priority::Low)),
    ('🆔', TaskMark::Link),
    ('⛔', TaskMark::Link),
    ('🏁', TaskMark::Link),
    ('🔂', TaskMark::Repeat),
];

/// Whether a character is a mark.
pub(super) fn is_mark(c: char) -> bool {
    MARKS.iter().any(|(sign, _)| *sign == c)
}

/// The mark at the beginning of a text, and what is behind it.
fn mark(text: &str) -> Option<(TaskMark, &str)> {
    let c = text.chars().next()?;
    let (_, mark) = MARKS.iter().find(|(sign, _)| *sign == c)?;
    Some((*mark, text[c.len_utf8()..].trim_start_matches('\u{fe0f}').trim_start()))
}

/// Takes the marks out of the text of a task. A mark whose value is none stays in the title.
pub(super) fn read_marks(text: &str, task: &mut RawTask, collector: &mut TaskCollector, options: &ImportOptions<'_>) {
    let (text, tags) = tagged_title(text, '#');
    task.tags = tags;
    let mut title = String::new();
    let mut scheduled = None;
    let mut rest = text.as_str();
    while let Some(at) = rest.find(is_mark) {
        title.push_str(&rest[..at]);
        let Some((mark, value)) = mark(&rest[at..]) else { break };
        let end = value.find(is_mark).unwrap_or(value.len());
        let (value, behind) = value.split_at(end);
        let (word, more) = value.trim().split_once(' ').unwrap_or((value.trim(), ""));
        let date = read_date(word, SlashOrder::DayFirst).ok().flatten();
        match (mark, date) {
            (TaskMark::Priority(priority), _) => {
                task.priority = priority;
                push(&mut title, value);
            }
            (TaskMark::Repeat, _) => repeat(value.trim(), task, collector, options),
            (TaskMark::Link, _) => collector.lose("link"),
            (_, None) => push(&mut title, &rest[at..rest.len() - behind.len()]),
            (_, Some(date)) => {
                match mark {
                    TaskMark::Due => task.due = Some(date),
                    TaskMark::Scheduled => scheduled = Some(date),
                    TaskMark::Completed => task.completed_at = Some(date),
                    TaskMark::Created => task.created_at = Some(date),
                    _ => collector.lose("start_date"),
                }
                push(&mut title, more);
            }
        }
        rest = behind;
    }
    push(&mut title, rest);
    finish(title, scheduled, task, collector);
}

fn finish(title: String, scheduled: Option<Moment>, task: &mut RawTask, collector: &mut TaskCollector) {
    if task.due.is_some() && scheduled.is_some() {
        collector.lose("scheduled_date");
    }
    task.due = task.due.take().or(scheduled);
    task.title = title.trim().to_owned();
}

fn push(title: &mut String, text: &str) {
    let text = text.trim();
    if !text.is_empty() {
        if !title.is_empty() && !title.ends_with(' ') {
            title.push(' ');
        }
        title.push_str(text);
    }
}

fn repeat(value: &str, task: &mut RawTask, collector: &mut TaskCollector, options: &ImportOptions<'_>) {
    task.from_completion = value.ends_with("when done");
    let value = value.strip_suffix("when done").unwrap_or(value).trim();
    let words = read_words(value, &options.context);
    match read_rule(value).or_else(|| words.as_ref()?.repeat.clone()) {
        Some(rule) => {
            task.repeat = Some(rule);
            task.due = task.due.take().or(words.map(|words| words.due));
        }
        None => collector.unread(task.line, &task.title, "repeat_unread", value),
    }
}
