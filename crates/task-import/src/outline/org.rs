//! Org mode: headings with a keyword are tasks.

use task::Priority;

use super::{behind_box, behind_mark, numbered};
use crate::collect::{RawTask, TaskCollector};
use crate::date::{Moment, SlashOrder, read_date};
use crate::error::ImportError;
use crate::file::{FileFormat, TaskFile};
use crate::repeat::every;

const OPEN: [&str; 9] = ["TODO", "NEXT", "WAITING", "WAIT", "STARTED", "DOING", "HOLD", "INPROGRESS", "SOMEDAY"];
const DONE: [&str; 4] = ["DONE", "CANCELLED", "CANCELED", "CANCELLED:"];

/// Whether a line begins a heading with a keyword, or sets an option of Org.
pub(crate) fn is_org(text: &str) -> bool {
    let option = |line: &str| {
        let name = line.strip_prefix("#+").and_then(|line| line.split_once(':')).map(|(name, _)| name);
        name.is_some_and(|name| !name.is_empty() && name.chars().all(|c| c.is_ascii_alphabetic() || c == '_'))
    };
    text.split('\n').any(|line| option(line) || heading(line).is_some_and(|(_, text)| keyword(text).is_some()))
}

/// The level and the text of a heading.
fn heading(line: &str) -> Option<(usize, &str)> {
    let text = line.trim_start_matches('*');
    let level = line.len() - text.len();
    (level > 0 && text.starts_with(' ')).then(|| (level, text.trim()))
}

/// Whether the keyword of a heading says that it is done, and the text behind it.
fn keyword(text: &str) -> Option<(bool, &str)> {
    let (word, rest) = text.split_once(' ').unwrap_or((text, ""));
    let done = DONE.contains(&word);
    (done || OPEN.contains(&word)).then(|| (done, rest.trim()))
}

/// What stands above a line.
#[derive(Default)]
struct OrgPlace {
    title: Option<String>,
    /// Headings without a keyword: lists.
    lists: Vec<(usize, String)>,
    /// Tasks of which the next one may be a step.
    tasks: Vec<(usize, String)>,
    /// Whether the lines belong to a task.
    in_task: bool,
    in_drawer: bool,
}

pub(crate) fn read(text: &str) -> Result<TaskFile, ImportError> {
    let mut collector = TaskCollector::default();
    let mut place = OrgPlace::default();
    for (number, line) in numbered(text) {
        let trimmed = line.trim();
        if let Some((level, text)) = heading(line) {
            place.in_drawer = false;
            place.lists.retain(|(above, _)| *above < level);
            place.tasks.retain(|(above, _)| *above < level);
            place.in_task = keyword(text).is_some();
            match keyword(text) {
                Some((completed, text)) => task(number, level, completed, text, &mut place, &mut collector),
                None => place.lists.push((level, tagged(text).0)),
            }
        } else if let Some(title) = option(trimmed, "title") {
            place.title = Some(title.to_owned());
        } else if place.in_drawer {
            place.in_drawer = !trimmed.eq_ignore_ascii_case(":END:");
            if let (Some(created), Some(task)) = (trimmed.strip_prefix(":CREATED:"), collector.last()) {
                task.created_at = timestamp(created).map(|(moment, _)| moment);
            }
        } else if is_drawer(trimmed) {
            place.in_drawer = true;
        } else if !trimmed.starts_with("#+") && place.in_task {
            below(number, line, &place, &mut collector);
        }
    }
    collector.finish(FileFormat::Org)
}

fn option<'a>(line: &'a str, name: &str) -> Option<&'a str> {
    let (option, value) = line.strip_prefix("#+")?.split_once(':')?;
    option.eq_ignore_ascii_case(name).then(|| value.trim()).filter(|value| !value.is_empty())
}

fn is_drawer(line: &str) -> bool {
    matches!(line.to_ascii_uppercase().as_str(), ":PROPERTIES:" | ":LOGBOOK:" | ":CLOCK:")
}

fn task(line: u64, level: usize, completed: bool, text: &str, place: &mut OrgPlace, collector: &mut TaskCollector) {
    let key = line.to_string();
    let (mut title, tags) = tagged(text);
    let mut task = RawTask { line, key: Some(key.clone()), completed, tags, ..RawTask::default() };
    if let Some((letter, rest)) = title.strip_prefix("[#").and_then(|text| text.split_once(']')) {
        task.priority = match letter {
            "A" | "1" => Priority::High,
            "B" | "2" => Priority::Medium,
            _ => Priority::Low,
        };
        title = rest.trim().to_owned();
    }
    task.title = title;
    task.parent = place.tasks.last().map(|(_, key)| key.clone());
    task.list = place.lists.last().map(|(_, list)| list.clone()).or(place.title.clone());
    place.tasks.push((level, key));
    collector.add(task);
}

/// A heading without its tags, and the tags.
fn tagged(text: &str) -> (String, Vec<String>) {
    let tags = text
        .rsplit_once([' ', '\t'])
        .filter(|(_, tags)| tags.len() > 2 && tags.starts_with(':') && tags.ends_with(':'));
    match tags {
        Some((text, tags)) => {
            (text.trim().to_owned(), tags.split(':').filter(|tag| !tag.is_empty()).map(str::to_owned).collect())
        }
        None => (text.to_owned(), Vec::new()),
    }
}

/// A line below a task: its dates, a step, or text.
fn below(number: u64, line: &str, place: &OrgPlace, collector: &mut TaskCollector) {
    let trimmed = line.trim();
    if let Some((completed, text)) = behind_mark(trimmed).and_then(behind_box) {
        let parent = place.tasks.last().map(|(_, key)| key.clone());
        let list = place.lists.last().map(|(_, list)| list.clone()).or(place.title.clone());
        collector.add(RawTask { line: number, title: text.to_owned(), completed, parent, list, ..RawTask::default() });
        return;
    }
    let planned = ["DEADLINE:", "SCHEDULED:", "CLOSED:"];
    if planned.iter().any(|name| trimmed.starts_with(name)) {
        dates(trimmed, collector);
    } else if let Some(task) = collector.last() {
        task.notes.push_str(trimmed);
        task.notes.push('\n');
    }
}

fn dates(line: &str, collector: &mut TaskCollector) {
    let at = |name: &str| line.find(name).and_then(|at| timestamp(&line[at + name.len()..]));
    let (deadline, scheduled, closed) = (at("DEADLINE:"), at("SCHEDULED:"), at("CLOSED:"));
    if deadline.is_some() && scheduled.is_some() {
        collector.lose("scheduled_date");
    }
    let Some(task) = collector.last() else { return };
    if let Some((due, repeat)) = deadline.or(scheduled) {
        (task.due, task.repeat) = (Some(due), repeat);
    }
    if let Some((closed, _)) = closed {
        task.completed_at = Some(closed);
    }
}

/// `<2026-12-24 Thu 17:00 +1w>`, `[2026-11-05 Thu 10:00]`: the moment, and the rule.
fn timestamp(text: &str) -> Option<(Moment, Option<String>)> {
    let inside = text.trim_start().strip_prefix(['<', '['])?;
    let inside = &inside[..inside.find(['>', ']'])?];
    let mut words = inside.split_whitespace();
    let day = words.next()?;
    let (mut time, mut repeat) = ("", None);
    for word in words {
        if word.contains(':') {
            time = word.split('-').next().unwrap_or_default();
        } else if let Some(rule) =
            word.trim_start_matches(['+', '.']).split_at_checked(1).filter(|_| word.starts_with(['+', '.']))
        {
            repeat = repeat.or(repeater(&format!("{}{}", rule.0, rule.1)));
        }
    }
    let moment = read_date(format!("{day} {time}").trim(), SlashOrder::DayFirst).ok()??;
    Some((moment, repeat))
}

fn repeater(text: &str) -> Option<String> {
    let (number, unit) = text.split_at_checked(text.len().checked_sub(1)?)?;
    let number: u32 = number.parse().ok().filter(|number| (1..=999).contains(number))?;
    let frequency = match unit {
        "d" => "DAILY",
        "w" => "WEEKLY",
        "m" => "MONTHLY",
        "y" => "YEARLY",
        _ => return None,
    };
    Some(every(number, frequency))
}
