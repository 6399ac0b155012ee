//! The checklist that our own export writes. It says in its front matter that it is ours; so a backslash in it is an escape, and a
//! description is every line behind the indent of its task.

use super::obsidian::{is_mark, read_marks};
use super::{indent, numbered};
use crate::collect::{RawTask, TaskCollector};
use crate::error::ImportError;
use crate::file::{FileFormat, TaskFile};
use crate::options::ImportOptions;

/// How the file begins.
const HEAD: &str = "---\ngenerator: todo-chatbot\n---\n";
/// How far steps and descriptions are indented.
const INDENT: usize = 4;

/// Whether a text is our own export.
pub(crate) fn is_own(text: &str) -> bool {
    text.starts_with(HEAD)
}

pub(crate) fn read(text: &str, options: &ImportOptions<'_>) -> Result<TaskFile, ImportError> {
    let mut collector = TaskCollector::keeping(true);
    let mut reader = OwnReader::default();
    for (number, line) in numbered(text).skip(HEAD.lines().count()) {
        reader.line(number, line, &mut collector, options);
    }
    collector.finish(FileFormat::Markdown)
}

#[derive(Default)]
struct OwnReader {
    list: Option<String>,
    /// The task of which an indented one is a step.
    parent: Option<String>,
    /// The indent of the description of the task above.
    open: Option<usize>,
    /// Whether that has begun, and the blank lines since.
    described: bool,
    blanks: usize,
}

impl OwnReader {
    fn line(&mut self, number: u64, line: &str, collector: &mut TaskCollector, options: &ImportOptions<'_>) {
        let column = indent(line);
        match (item(line), line.strip_prefix("## ")) {
            (Some((completed, text)), _) => self.task(number, column, completed, text, collector, options),
            (None, Some(name)) => {
                *self = Self { list: Some(name.to_owned()), ..Self::default() };
            }
            (None, None) if line.trim().is_empty() => self.blanks += 1,
            (None, None) => self.describe(line, collector),
        }
    }

    fn task(
        &mut self,
        line: u64,
        column: usize,
        completed: bool,
        text: &str,
        collector: &mut TaskCollector,
        options: &ImportOptions<'_>,
    ) {
        let key = line.to_string();
        let parent = self.parent.clone().filter(|_| column >= INDENT);
        let (title, rest) = split(text, |c, begins| begins && c == '#' || is_mark(c));
        let (tags, marks) = tags(rest);
        let mut task = RawTask { line, completed, list: self.list.clone(), ..RawTask::default() };
        read_marks(marks, &mut task, collector, options);
        if parent.is_none() {
            self.parent = Some(key.clone());
        }
        (self.open, self.described, self.blanks) = (Some(column + INDENT), false, 0);
        collector.add(RawTask { title, tags, key: Some(key), parent, ..task });
    }

    /// A line of the description of the task above.
    fn describe(&mut self, line: &str, collector: &mut TaskCollector) {
        let Some(text) = self.open.and_then(|open| line.strip_prefix(&" ".repeat(open))) else { return };
        let text = text.strip_prefix('\\').unwrap_or(text);
        let Some(task) = collector.last() else { return };
        if self.described {
            task.notes.push_str(&"\n".repeat(self.blanks + 1));
        }
        self.described = true;
        task.notes.push_str(text);
        self.blanks = 0;
    }
}

/// Whether a line is a task, whether it is done, and the text behind its box.
fn item(line: &str) -> Option<(bool, &str)> {
    let line = line.trim_start_matches(' ');
    line.strip_prefix("- [ ] ")
        .map(|text| (false, text))
        .or_else(|| line.strip_prefix("- [x] ").map(|text| (true, text)))
}

/// The text up to the first character that ends it, without its escapes, and the rest. A character begins a word or not.
fn split(text: &str, ends: impl Fn(char, bool) -> bool) -> (String, &str) {
    let (mut plain, mut begins, mut chars) = (String::new(), true, text.char_indices());
    while let Some((at, c)) = chars.next() {
        if c == '\\' {
            plain.extend(chars.next().map(|(_, escaped)| escaped));
            begins = false;
        } else if ends(c, begins) {
            return (plain.trim_end().to_owned(), &text[at..]);
        } else {
            plain.push(c);
            begins = c == ' ';
        }
    }
    (plain.trim_end().to_owned(), "")
}

/// The tags at the beginning of a text, and the rest.
fn tags(mut text: &str) -> (Vec<String>, &str) {
    let mut tags = Vec::new();
    while let Some(behind) = text.strip_prefix('#') {
        let (tag, rest) = split(behind, |c, _| c == ' ');
        tags.push(tag);
        text = rest.trim_start();
    }
    (tags, text)
}
