//! Checklists in Markdown.

use super::obsidian::read_marks;
use super::{behind_box, behind_mark, indent, numbered};
use crate::collect::{RawTask, TaskCollector};
use crate::error::ImportError;
use crate::file::{FileFormat, TaskFile};
use crate::options::ImportOptions;

/// Whether a text has an item with a box.
pub(crate) fn is_checklist(text: &str, media_type: &str) -> bool {
    let item = |line: &str| behind_mark(line.trim_start()).map(|text| behind_box(text).is_some());
    let mut items = text.split('\n').filter_map(item);
    items.any(|boxed| boxed || media_type == "text/markdown")
}

/// What stands above a line.
#[derive(Default)]
struct ListPlace {
    heading: Option<String>,
    /// The tasks of which the next one may be a step: their indents and keys.
    open: Vec<(usize, String)>,
    /// Whether the next indented line belongs to the task above, and whether a blank line is between.
    in_task: bool,
    blank: bool,
}

pub(crate) fn read(text: &str, options: &ImportOptions<'_>) -> Result<TaskFile, ImportError> {
    let mut collector = TaskCollector::default();
    let mut place = ListPlace::default();
    let mut fence: Option<&str> = None;
    let mut front_matter = has_front_matter(text);
    for (number, line) in numbered(text) {
        let trimmed = line.trim();
        if front_matter {
            front_matter = number == 1 || !matches!(trimmed, "---" | "...");
        } else if let Some(sign) = fence {
            fence = fence.filter(|_| !trimmed.starts_with(sign));
        } else if let Some(sign) = ["```", "~~~"].into_iter().find(|sign| trimmed.starts_with(sign)) {
            fence = Some(sign);
        } else if trimmed.is_empty() {
            place.blank = true;
        } else if let Some(heading) = heading(trimmed) {
            place = ListPlace { heading: Some(heading), ..ListPlace::default() };
        } else {
            item(number, line, &mut place, &mut collector, options);
        }
    }
    collector.finish(FileFormat::Markdown)
}

/// Whether a text begins with `---` and another such line follows.
fn has_front_matter(text: &str) -> bool {
    let mut lines = text.split('\n').map(str::trim_end);
    lines.next() == Some("---") && lines.any(|line| matches!(line, "---" | "..."))
}

fn heading(line: &str) -> Option<String> {
    let text = line.trim_start_matches('#');
    let level = line.len() - text.len();
    ((1..=6).contains(&level) && text.starts_with([' ', '\t']))
        .then(|| text.trim().trim_end_matches('#').trim_end().to_owned())
}

/// An item with or without a box, or a paragraph.
fn item(number: u64, line: &str, place: &mut ListPlace, collector: &mut TaskCollector, options: &ImportOptions<'_>) {
    let (column, trimmed) = (indent(line), line.trim());
    let text = behind_mark(trimmed);
    let boxed = text.and_then(behind_box);
    match (boxed, text) {
        (Some((completed, text)), _) => task(number, column, completed, text, place, collector, options),
        (None, Some(text)) if column == 0 => task(number, column, false, text, place, collector, options),
        // An item without a box below a task is part of it.
        _ if column > 0 && place.in_task => {
            if let Some(task) = collector.last() {
                let between = if task.notes.is_empty() {
                    ""
                } else if place.blank {
                    "\n\n"
                } else {
                    "\n"
                };
                task.notes = format!("{}{between}{trimmed}", task.notes);
            }
        }
        _ => {
            place.in_task = false;
            place.open.clear();
        }
    }
    place.blank = false;
}

fn task(
    line: u64,
    column: usize,
    completed: bool,
    text: &str,
    place: &mut ListPlace,
    collector: &mut TaskCollector,
    options: &ImportOptions<'_>,
) {
    place.open.retain(|(above, _)| *above < column);
    let key = line.to_string();
    let mut task = RawTask {
        line,
        key: Some(key.clone()),
        parent: place.open.last().map(|(_, key)| key.clone()),
        completed,
        list: place.heading.clone(),
        ..RawTask::default()
    };
    read_marks(text, &mut task, collector, options);
    place.open.push((column, key));
    place.in_task = true;
    collector.add(task);
}
