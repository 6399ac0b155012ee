//! Plain lines: each is a task.

use super::{behind_box, behind_mark, numbered};
use crate::collect::{RawTask, TaskCollector};
use crate::error::ImportError;
use crate::file::{FileFormat, TaskFile};

pub(crate) fn read(text: &str) -> Result<TaskFile, ImportError> {
    let mut collector = TaskCollector::default();
    for (line, text) in numbered(text).filter(|(_, text)| !text.trim().is_empty()) {
        let (completed, title) = item(text);
        collector.add(RawTask { line, title, completed, ..RawTask::default() });
    }
    collector.finish(FileFormat::Lines)
}

/// Whether a line is checked, and its text without the marks in front of it and the quotes around it.
fn item(line: &str) -> (bool, String) {
    let line = unquoted(line.trim());
    let text = match (behind_mark(&line), line.strip_prefix('•')) {
        (Some(text), _) => text,
        (None, Some(text)) => text.trim_start(),
        (None, None) => &line,
    };
    let boxed = behind_box(text).or_else(|| {
        let signs = [('☐', false), ('☑', true), ('☒', true), ('✓', true), ('✔', true), ('✅', true)];
        let (sign, checked) = signs.iter().find(|(sign, _)| text.starts_with(*sign))?;
        Some((*checked, text[sign.len_utf8()..].trim_start_matches(['\u{fe0f}', ' ', '\t'])))
    });
    let (completed, text) = boxed.unwrap_or((false, text));
    (completed, unquoted(text))
}

/// A text without the quotes around all of it; doubled ones in it are one.
fn unquoted(text: &str) -> String {
    let inside = text.strip_prefix('"').and_then(|text| text.strip_suffix('"')).filter(|inside| !inside.is_empty());
    // Quotes of two words are not those of the line.
    match inside.map(|inside| inside.replace("\"\"", "\u{0}")) {
        Some(inside) if !inside.contains('"') => inside.replace('\u{0}', "\""),
        _ => text.to_owned(),
    }
}
