//! The brief form of a task in results with many tasks, and how many of them a result holds: what a model reads costs its
//! user time and money.

use recurrence::{RepeatFrom, RepeatRule, repeat_text};
use serde::Serialize;
use user_language::Language;

use crate::priority::Priority;
use crate::query::{SortKey, SortOrder};
use crate::stored_task::{Occurrence, Task};

/// How many bytes of JSON text the tasks of a result have at most.
const MAX_TEXT: usize = 15 * 1024;
/// How many bytes they have in a response, where they stand twice: as a text in JSON, and as JSON.
const MAX_SENT: usize = 38 * 1024;
/// The longest description in the brief form, in characters.
const MAX_BRIEF: usize = 200;
/// The longest title in the shortest form, in characters.
const MAX_SHORTEST: usize = 60;

/// A task in a list. What says nothing is absent.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct BriefTask {
    id: i64,
    title: String,
    completed: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    description: Option<String>,
    #[serde(skip_serializing_if = "is_false")]
    description_cut: bool,
    #[serde(skip_serializing_if = "is_none")]
    priority: Priority,
    #[serde(skip_serializing_if = "Option::is_none")]
    due: Option<String>,
    #[serde(skip_serializing_if = "is_false")]
    overdue: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    repeat: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    repeat_text: Option<String>,
    #[serde(skip_serializing_if = "is_from_due")]
    repeat_from: &'static str,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    remind_at: Vec<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    tags: Vec<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    list: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    parent: Option<i64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    occurrence: Option<Occurrence>,
    #[serde(skip_serializing_if = "Option::is_none")]
    created_at: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    updated_at: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    completed_at: Option<String>,
}

impl BriefTask {
    /// A task of a list in this order; the time by which the list is ordered stays.
    pub(super) fn listed(task: Task, sort: SortOrder) -> Self {
        let repeat_text = rule_in_words(&task);
        let (description, description_cut) = cut_description(task.description, MAX_BRIEF);
        Self {
            id: task.id,
            title: task.title,
            completed: task.completed,
            description,
            description_cut,
            priority: task.priority,
            due: task.due,
            overdue: task.overdue,
            repeat: task.repeat,
            repeat_text,
            repeat_from: task.repeat_from.as_str(),
            remind_at: task.remind_at,
            tags: task.tags,
            list: task.list,
            parent: task.parent,
            occurrence: task.occurrence,
            created_at: (sort.by == SortKey::CreatedAt).then_some(task.created_at),
            updated_at: (sort.by == SortKey::UpdatedAt).then_some(task.updated_at),
            completed_at: task.completed_at,
        }
    }

    /// A task that a call just wrote: the caller knows what it says.
    pub(super) fn written(task: Task) -> Self {
        Self { description: None, description_cut: false, ..Self::listed(task, SortOrder::default()) }
    }

    /// The same with the beginning of a long title.
    pub(super) fn shortest(self) -> Self {
        let title = match self.title.char_indices().nth(MAX_SHORTEST) {
            Some((end, _)) => format!("{}…", &self.title[..end]),
            None => self.title,
        };
        Self { title, ..self }
    }
}

/// Whether a task repeats from its due day, as most do.
pub(super) fn is_from_due(from: &&str) -> bool {
    *from == RepeatFrom::Due.as_str()
}

/// The rule of a task in words.
pub(super) fn rule_in_words(task: &Task) -> Option<String> {
    let rule = RepeatRule::parse(task.repeat.as_deref()?).ok()?;
    Some(repeat_text(&rule, task.repeat_from, Language::English))
}

/// The beginning of a long description, and whether it is cut.
pub(super) fn cut_description(description: Option<String>, most: usize) -> (Option<String>, bool) {
    match description
        .as_deref()
        .and_then(|text| text.char_indices().nth(most).map(|(end, _)| format!("{}…", &text[..end])))
    {
        Some(cut) => (Some(cut), true),
        None => (description, false),
    }
}

/// How many of these items fit into one result; at least one.
pub(super) fn fitting<T: Serialize>(items: impl Iterator<Item = T>) -> usize {
    let (mut text, mut sent) = (0, 0);
    let fits = |item: &T| {
        let json = serde_json::to_string(item).unwrap_or_default();
        let separators = json.matches(['\u{2028}', '\u{2029}', '\u{85}']).count();
        text += json.len() + 1;
        sent += 2 * json.len() + json.bytes().filter(|b| matches!(b, b'"' | b'\\')).count() + 8 * separators;
        text <= MAX_TEXT && sent <= MAX_SENT
    };
    items.take_while(fits).count().max(1)
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde passes a reference")]
fn is_false(flag: &bool) -> bool {
    !flag
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde passes a reference")]
fn is_none(priority: &Priority) -> bool {
    *priority == Priority::None
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn task(title: &str, description: Option<String>) -> Task {
        Task {
            id: 1,
            title: title.to_owned(),
            description,
            completed: false,
            created_at: "2026-11-24T00:00:00.000Z".to_owned(),
            updated_at: "2026-11-25T00:00:00.000Z".to_owned(),
            completed_at: None,
            ..Task::default()
        }
    }

    fn listed(title: &str, description: Option<String>) -> BriefTask {
        BriefTask::listed(task(title, description), SortOrder::default())
    }

    #[test]
    fn a_repeating_task_says_so_in_words_and_when_it_reminds() {
        let plan = Task {
            due: Some("2026-12-01".to_owned()),
            repeat: Some("FREQ=WEEKLY;BYDAY=TU".to_owned()),
            remind: vec![0],
            remind_at: vec!["2026-12-01T09:00".to_owned()],
            ..task("bins", None)
        };
        let brief = json!(BriefTask::listed(plan, SortOrder::default()));
        assert_eq!(
            (&brief["repeat_text"], &brief["remind_at"]),
            (&json!("every Tuesday"), &json!(["2026-12-01T09:00"]))
        );
    }

    #[test]
    fn what_says_nothing_is_absent() {
        let brief = |sort: &str| BriefTask::listed(task("milk", None), SortOrder::parse(sort).unwrap());
        assert_eq!(json!(brief("id")), json!({"id": 1, "title": "milk", "completed": false}));
        assert_eq!(json!(brief("-created_at"))["created_at"], "2026-11-24T00:00:00.000Z");
        assert_eq!(json!(brief("updated_at"))["updated_at"], "2026-11-25T00:00:00.000Z");
    }

    #[test]
    fn a_long_description_is_cut_between_characters() {
        let brief = |length| json!(listed("t", Some("é".repeat(length))));
        assert_eq!(brief(200)["description"], "é".repeat(200));
        assert_eq!(brief(200).get("description_cut"), None);
        assert_eq!(brief(201)["description"], format!("{}…", "é".repeat(200)));
        assert_eq!(brief(201)["description_cut"], true);
    }

    #[test]
    fn a_result_is_bounded_whatever_the_texts_are_made_of() {
        for piece in ["a", "é", "😀", "\"", "\\", "\u{2028}"] {
            let one = || listed(&piece.repeat(200), Some(piece.repeat(1000)));
            let count = fitting(std::iter::repeat_with(one).take(100));
            let tasks: Vec<BriefTask> = std::iter::repeat_with(one).take(count).collect();
            let json = serde_json::to_string(&tasks).unwrap();
            let sent = json!({"text": json, "structured": tasks}).to_string();
            let escaped = sent.len() + 3 * sent.matches('\u{2028}').count();
            assert!(
                count >= 4 && json.len() <= 16 * 1024 && escaped <= 40 * 1024,
                "{piece:?} {count}: {} {escaped}",
                json.len()
            );
        }
        let short = || listed("Buy milk and bread", None);
        assert_eq!(fitting(std::iter::repeat_with(short).take(100)), 100);
        assert_eq!(fitting(std::iter::once("x".repeat(1 << 20))), 1);
    }
}
