//! A line that adds a task.

use std::ops::Range;

use recurrence::{RepeatFrom, RepeatRule};
use task::Priority;

use crate::context::ReadingContext;
use crate::markers::Markers;
use crate::part::{PartKind, UnderstoodPart};
use crate::resolve::{DueReading, resolve};
use crate::start::read_start;
use crate::tail::read_tail;
use crate::word::{Word, words};

/// A task as a line says it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct TaskReading {
    /// What is left of the line.
    pub title: String,
    /// When it is due.
    pub due: Option<DueReading>,
    /// How it repeats.
    pub repeat: Option<RepeatRule>,
    /// From which day it repeats.
    pub repeat_from: RepeatFrom,
    /// Whether the line asks for a reminder when the task is due.
    pub remind: bool,
    /// How important it is, if the line says so.
    pub priority: Option<Priority>,
    /// The tags without their marks, in the order of the line, each spelling once.
    pub tags: Vec<String>,
    /// The name of the list.
    pub list: Option<String>,
    /// What was understood, in the order of the line.
    pub parts: Vec<UnderstoodPart>,
}

/// Reads a line such as "Call the dentist tomorrow at 5pm #health p1". Days, times and repeats count at the end;
/// "Remind me tomorrow to …" and "Tomorrow: …" may begin it. What touches a range of `kept` (in bytes) stays in the title.
pub fn read_task(text: &str, context: &ReadingContext, kept: &[Range<usize>]) -> TaskReading {
    let is_kept = |word: &&Word| kept.iter().any(|range| range.start < word.span.end && word.span.start < range.end);
    let readings = context.languages().map(|language| {
        let words = words(text, language);
        let markers = Markers::read(text, words.iter().filter(|word| !is_kept(word)));
        let free: Vec<&Word> = words.iter().filter(|word| !is_kept(word) && !markers.took(word)).collect();
        let has_kept = words.iter().any(|word| is_kept(&word));
        read_in(text, &free, has_kept, markers, context, language)
    });
    // The language that understands more; the preferred one if both understand the same.
    let understood = |reading: &TaskReading| reading.parts.iter().map(|part| part.span.len()).sum::<usize>();
    readings.into_iter().rev().max_by_key(understood).unwrap_or_default()
}

/// Reads the words of a line as those of one language.
fn read_in(
    text: &str,
    free: &[&Word],
    has_kept: bool,
    markers: Markers,
    context: &ReadingContext,
    language: user_language::Language,
) -> TaskReading {
    let start = read_start(text, free, context, language);
    let rest = start.as_ref().map_or(free, |start| &free[start.words..]);
    let (front, reminder) = start.map_or((None, Vec::new()), |start| (start.parts, start.reminder));
    let tail = read_tail(rest, usize::from(!has_kept), context, language);
    let joined = front.clone().zip(tail.clone()).and_then(|(front, tail)| front.join(tail));
    let parts = joined.or(front).or(tail).unwrap_or_default();
    let (due, repeat) = resolve(&parts, context).unwrap_or_default();
    let remind = !reminder.is_empty() && due.is_some();
    let priority = markers.priority.or(parts.priority);
    let mut understood = markers.parts;
    let spans = parts.spans.iter().filter(|(kind, _)| *kind != PartKind::Priority || markers.priority.is_none());
    if due.is_some() || parts.day.is_none() {
        understood.extend(spans.map(|(kind, span)| UnderstoodPart { kind: *kind, span: span.clone() }));
    }
    let asked = reminder.into_iter().filter(|_| remind);
    understood.extend(asked.map(|span| UnderstoodPart { kind: PartKind::Reminder, span }));
    understood.sort_by_key(|part| part.span.start);
    let title = title(text, &understood);
    if title.is_empty() {
        return TaskReading { title: text.trim().to_owned(), ..TaskReading::default() };
    }
    let (tags, list, repeat_from) = (markers.tags, markers.list, parts.from());
    TaskReading { title, due, repeat, repeat_from, remind, priority, tags, list, parts: understood }
}

/// What is left of a line, without the punctuation that parted it from what was understood.
fn title(text: &str, understood: &[UnderstoodPart]) -> String {
    let mut left = String::with_capacity(text.len());
    let mut at = 0;
    for part in understood {
        left.push_str(text.get(at..part.span.start).unwrap_or_default());
        at = at.max(part.span.end);
    }
    left.push_str(text.get(at..).unwrap_or_default());
    let mut left = left.split_whitespace().collect::<Vec<_>>().join(" ");
    if !understood.is_empty() {
        left = left.replace(" , ", ", ").replace(", , ", ", ");
        let parting = [' ', ',', ';', ':', '-', '–', '—', '|', '·'];
        left = left.trim_start_matches(parting).trim_end_matches(parting).trim_end_matches(" !").to_owned();
    }
    match left.strip_prefix('"').and_then(|rest| rest.strip_suffix('"')) {
        Some(inner) if !inner.trim().is_empty() && !inner.contains('"') => inner.trim().to_owned(),
        _ => left,
    }
}
