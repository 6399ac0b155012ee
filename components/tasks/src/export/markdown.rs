//! Tasks as a checklist in Markdown: lists are headings, steps are indented, and the rest of a task stands behind its title as
//! Obsidian's Tasks has it. The front matter says that the file is ours, by which an import knows what a backslash means.

use std::collections::BTreeMap;

use task::{ExportedTask, Priority, RepeatFrom, RepeatRule, SeriesState, Task};
use task_words::{ReadingContext, read_date};
use user_language::Language;

/// How the file begins.
const HEAD: &str = "---\ngenerator: todo-chatbot\n---\n";
const INDENT: &str = "    ";
/// What ends a title: the signs of the members behind it.
const SIGNS: &str = "📅📆🗓⏳⌛🛫✅❌➕🔁🔺⏫🔼🔽⏬🆔⛔🏁🔂";

/// The tasks of a user, as they are collected.
#[derive(Default)]
pub(crate) struct MarkdownFile {
    /// The texts of the tasks by list, each with its place.
    lists: BTreeMap<Option<String>, Vec<Item>>,
    steps: BTreeMap<i64, Vec<Item>>,
    bytes: usize,
}

struct Item {
    place: (String, i64),
    text: String,
}

impl MarkdownFile {
    /// How many bytes of text there are.
    pub(crate) fn bytes(&self) -> usize {
        self.bytes
    }

    pub(crate) fn add(&mut self, exported: &ExportedTask) {
        let task = &exported.task;
        let text = item(exported, if task.parent.is_some() { INDENT } else { "" });
        self.bytes += text.len();
        let item = Item { place: (task.position.clone(), task.id), text };
        match task.parent {
            Some(parent) => self.steps.entry(parent).or_default().push(item),
            None => self.lists.entry(task.list.clone()).or_default().push(item),
        }
    }

    /// The file. The inbox comes first, and then the lists in this order.
    pub(crate) fn into_text(mut self, order: &[String]) -> String {
        let mut text = HEAD.to_owned();
        let inbox = self.lists.remove(&None);
        self.section(&mut text, None, inbox);
        for name in order {
            let items = self.lists.remove(&Some(name.clone()));
            self.section(&mut text, Some(name), items);
        }
        for (name, items) in std::mem::take(&mut self.lists) {
            self.section(&mut text, name.as_deref(), Some(items));
        }
        text
    }

    fn section(&mut self, text: &mut String, name: Option<&str>, items: Option<Vec<Item>>) {
        let Some(items) = items else { return };
        text.push('\n');
        if let Some(name) = name {
            text.push_str(&format!("## {name}\n\n"));
        }
        for item in in_order(items) {
            text.push_str(&item.text);
            for step in in_order(self.steps.remove(&item.place.1).unwrap_or_default()) {
                text.push_str(&step.text);
            }
        }
    }
}

fn in_order(mut items: Vec<Item>) -> Vec<Item> {
    items.sort_by(|a, b| a.place.cmp(&b.place));
    items
}

/// The lines of a task.
fn item(exported: &ExportedTask, indent: &str) -> String {
    let task = &exported.task;
    let check = if task.completed { 'x' } else { ' ' };
    let mut line = format!("{indent}- [{check}] {}", escaped(&task.title, false));
    for tag in &task.tags {
        line.push_str(&format!(" #{}", escaped(tag, true)));
    }
    for member in members(exported) {
        line.push(' ');
        line.push_str(&member);
    }
    line.push('\n');
    let lines: Vec<&str> = task.description.as_deref().map(|text| text.split('\n').collect()).unwrap_or_default();
    for (at, text) in lines.iter().enumerate() {
        let text = text.trim_end_matches('\r');
        let ends = at == 0 || at + 1 == lines.len();
        match text.trim().is_empty() {
            true if text.is_empty() && !ends => line.push('\n'),
            blank => {
                let is_item = text.trim_start_matches(' ').starts_with("- [");
                let escape = if blank || is_item || text.starts_with('\\') { "\\" } else { "" };
                line.push_str(&format!("{indent}{INDENT}{escape}{text}\n"));
            }
        }
    }
    line
}

/// What a task has beside its title and tags.
fn members(ExportedTask { task, series }: &ExportedTask) -> Vec<String> {
    let mut members = Vec::new();
    members.extend(task.due.as_ref().map(|due| format!("📅 {due}")));
    if let Some(rule) = task.repeat.as_deref().and_then(|rule| RepeatRule::parse(rule).ok()) {
        let due = task.due.as_deref().and_then(|due| due.get(..10)?.parse().ok());
        let rule = match (series, due) {
            (Some(series), Some(due)) => {
                let (anchor, passed) = (series.anchor, series.passed);
                rule.from_due(SeriesState { anchor, due, from: task.repeat_from, passed })
            }
            _ => rule,
        };
        members.push(format!("🔁 {}", repeat(&rule, task)));
    }
    members.extend(match task.priority {
        Priority::High => Some("⏫".to_owned()),
        Priority::Medium => Some("🔼".to_owned()),
        Priority::Low => Some("🔽".to_owned()),
        Priority::None => None,
    });
    members.extend(task.created_at.get(..10).map(|day| format!("➕ {day}")));
    members.extend(task.completed_at.as_deref().and_then(|at| at.get(..10)).map(|day| format!("✅ {day}")));
    members
}

/// The rule in words, if an import reads the same rule in them.
fn repeat(rule: &RepeatRule, task: &Task) -> String {
    let words = task::repeat_text(rule, RepeatFrom::Due, Language::English);
    let now = chrono::NaiveDateTime::default();
    let read = read_date(&words, &ReadingContext::new(now, Language::English)).and_then(|read| read.repeat);
    let text = if read.as_ref() == Some(rule) { words } else { rule.to_string() };
    match task.repeat_from {
        RepeatFrom::Due => text,
        RepeatFrom::Completion => format!("{text} when done"),
    }
}

/// A title or a tag with a backslash before what would end it.
fn escaped(text: &str, is_tag: bool) -> String {
    let (mut escaped, mut begins) = (String::with_capacity(text.len() + 4), true);
    for c in text.chars() {
        if c == '\\' || SIGNS.contains(c) || begins && c == '#' || is_tag && c == ' ' {
            escaped.push('\\');
        }
        escaped.push(c);
        begins = c == ' ';
    }
    escaped
}
