//! Which calls run at once and which need the user's confirmation first. The rule depends on the user's latest message alone,
//! never on what a model or a tool result says:
//! 1. Calls that read, add, complete a few tasks or reopen a few run at once.
//! 2. A call that deletes one task or changes its text runs if the message asks for just that and names the task, by its
//!    number or by a word of its title. Quoted text, and lines after the first one, count as pasted and ask for nothing.
//! 3. Several such calls, and any other call that its server declares destructive, wait for a confirmation.

use serde_json::{Map, Value};

use crate::model::ToolRequest;
use crate::tool_names::{COMPLETE_TASK, DELETE_TASK, UPDATE_TASK};

/// So many tasks may be completed or reopened at once although the message does not name their numbers.
const MAX_UNNAMED_MARKS: usize = 3;
/// A first line that is longer, in characters, is taken as pasted.
const MAX_OWN_LINE: usize = 300;
/// A quote of more words is taken as pasted; a shorter one may be a title.
const MAX_QUOTED_TITLE: usize = 6;

/// Verbs that ask to delete, lower case.
const DELETE_WORDS: [&str; 18] = [
    "delete", "deletes", "deleting", "remove", "removing", "erase", "discard", "drop", "trash", "scrap", "cancel",
    "lösche", "löschen", "entferne", "supprime", "efface", "elimina", "borra",
];
const DELETE_PHRASES: [&str; 8] = ["get rid of", "throw away", "take off", "удали", "削除", "删除", "حذف", "हटा"];
/// Words that ask to change a text, lower case.
const CHANGE_WORDS: [&str; 26] = [
    "rename",
    "retitle",
    "change",
    "update",
    "edit",
    "correct",
    "fix",
    "reword",
    "replace",
    "rewrite",
    "set",
    "call",
    "make",
    "describe",
    "description",
    "note",
    "ändere",
    "ändern",
    "umbenennen",
    "benenne",
    "renomme",
    "modifie",
    "cambia",
    "renombra",
    "rinomina",
    "modifica",
];
const CHANGE_PHRASES: [&str; 4] = ["переимен", "измени", "変更", "改名"];
const NEGATIONS: [&str; 6] = ["don't", "dont", "not", "never", "without", "nicht"];
/// Words of a title that do not tell it from others.
const FILLERS: [&str; 20] = [
    "the", "and", "for", "task", "tasks", "all", "from", "with", "list", "todo", "this", "that", "delete", "remove",
    "rename", "change", "update", "please", "out", "off",
];

/// What a call does to tasks that exist.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum CallKind {
    /// Overwrites and removes nothing.
    Harmless,
    /// Completes or reopens a task.
    Mark,
    /// Overwrites a title or a description.
    Change,
    /// Deletes a task.
    Delete,
    /// Something else that its server declares destructive.
    Destructive,
}

impl CallKind {
    /// The kind of a call of the tool `name`; `destructive` is what its server declares.
    pub(crate) fn of(name: &str, arguments: &Map<String, Value>, destructive: bool) -> Self {
        let given = |name: &str| arguments.get(name).is_some_and(|value| !value.is_null());
        match name {
            DELETE_TASK => Self::Delete,
            UPDATE_TASK if given("title") || given("description") => Self::Change,
            UPDATE_TASK | COMPLETE_TASK => Self::Mark,
            _ if destructive => Self::Destructive,
            _ => Self::Harmless,
        }
    }
}

/// What the user's message asks for.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct UserIntent {
    text: String,
    deletes: bool,
    changes: bool,
    numbers: Vec<i64>,
}

impl UserIntent {
    /// Reads the user's message.
    pub(crate) fn parse(message: &str) -> Self {
        let own = own_words(message);
        let lower = own.to_lowercase().replace('’', "'");
        Self {
            deletes: asks(&lower, &DELETE_WORDS, &DELETE_PHRASES),
            changes: asks(&lower, &CHANGE_WORDS, &CHANGE_PHRASES),
            numbers: referenced_numbers(&lower),
            text: lower,
        }
    }

    /// Whether a call of this kind on the task `id` may run at once, as one of `alike` calls of its kind in the turn.
    /// `title` looks up the task's title where it matters.
    pub(crate) fn allows(
        &self,
        kind: CallKind,
        id: Option<i64>,
        alike: usize,
        title: impl FnOnce() -> Option<String>,
    ) -> bool {
        let numbered = id.is_some_and(|id| self.numbers.contains(&id));
        let named = || numbered || (self.numbers.is_empty() && title().is_some_and(|title| self.names(&title)));
        match kind {
            CallKind::Harmless => true,
            CallKind::Mark => alike <= MAX_UNNAMED_MARKS || numbered,
            CallKind::Change => self.changes && alike == 1 && named(),
            CallKind::Delete => self.deletes && alike == 1 && named(),
            CallKind::Destructive => false,
        }
    }

    /// Whether the message has a distinctive word of this title.
    fn names(&self, title: &str) -> bool {
        let title = title.to_lowercase();
        let own: Vec<&str> = words(&self.text).collect();
        let distinctive = |word: &&str| word.chars().count() > 2 && !FILLERS.contains(word);
        let same = |a: &str, b: &str| a == b || a.strip_suffix('s') == Some(b) || b.strip_suffix('s') == Some(a);
        let plural = |word: &str| word.strip_suffix("ies").map(|stem| format!("{stem}y"));
        let mentioned = |word: &str| {
            own.iter().any(|other| {
                same(word, other) || plural(word).as_deref() == Some(*other) || plural(other).as_deref() == Some(word)
            })
        };
        words(&title).filter(distinctive).any(mentioned) || (!title.is_ascii() && self.text.contains(title.trim()))
    }
}

/// The first line without its pasted quotes; nothing of a line that is pasted itself.
fn own_words(message: &str) -> String {
    let line = message.trim().lines().next().unwrap_or_default();
    if line.chars().count() > MAX_OWN_LINE {
        return String::new();
    }
    let mut own = String::new();
    let mut rest = line;
    while let Some(open) = rest.find(['"', '“', '«', '`']) {
        own.push_str(&rest[..open]);
        let mark = rest[open..].chars().next().unwrap_or('"');
        let close = match mark {
            '“' => '”',
            '«' => '»',
            other => other,
        };
        let inside = &rest[open + mark.len_utf8()..];
        let end = inside.find(close).unwrap_or(inside.len());
        if inside[..end].split_whitespace().count() <= MAX_QUOTED_TITLE && !asks_anything(&inside[..end]) {
            own.push_str(&inside[..end]);
        }
        rest = inside.get(end + close.len_utf8()..).unwrap_or_default();
    }
    own.push_str(rest);
    own
}

/// Whether a text asks to delete or to change.
fn asks_anything(text: &str) -> bool {
    let lower = text.to_lowercase();
    asks(&lower, &DELETE_WORDS, &DELETE_PHRASES) || asks(&lower, &CHANGE_WORDS, &CHANGE_PHRASES)
}

fn words(lower: &str) -> impl Iterator<Item = &str> {
    lower.split(|c: char| !c.is_alphanumeric() && c != '\'').filter(|word| !word.is_empty())
}

/// Whether a text has one of the verbs, not negated, or one of the phrases.
fn asks(lower: &str, verbs: &[&str], phrases: &[&str]) -> bool {
    let words: Vec<&str> = lower.split(|c: char| !c.is_alphanumeric() && c != '\'').collect();
    let negated = |at: usize| words[at.saturating_sub(2)..at].iter().any(|word| NEGATIONS.contains(word));
    let named = words.iter().enumerate().any(|(at, word)| verbs.contains(word) && !negated(at));
    named || phrases.iter().any(|phrase| lower.contains(phrase))
}

/// The numbers of tasks in a text: those after `#`, "task(s)", "number", "no" or a word for deleting, and the numbers that
/// follow them in a list.
pub(crate) fn referenced_numbers(lower: &str) -> Vec<i64> {
    let spaced = lower.replace('#', " # ");
    let mut numbers = Vec::new();
    let mut listing = false;
    for word in spaced.split(|c: char| c.is_whitespace() || ",.;:!?&()\"".contains(c)).filter(|w| !w.is_empty()) {
        match word.parse::<i64>() {
            Ok(number) if listing => numbers.push(number),
            Ok(_) => {}
            Err(_) if matches!(word, "#" | "task" | "tasks" | "number" | "numbers" | "no") => listing = true,
            Err(_) if DELETE_WORDS.contains(&word) => listing = true,
            Err(_) => listing = listing && matches!(word, "and" | "or" | "the"),
        }
    }
    numbers
}

/// A task's number in the arguments of a call; models sometimes write it as a string.
pub(crate) fn task_id(call: &ToolRequest) -> Option<i64> {
    let value = call.arguments.get("task_id")?;
    value.as_i64().or_else(|| value.as_str()?.trim().parse().ok())
}

#[cfg(test)]
mod tests;
