//! What may run at once and what first needs the user's word. The rule looks at the user's own latest message and at
//! nothing else, above all not at what a model or a tool result says:
//! 1. Reading, adding, and completing or reopening a few tasks runs.
//! 2. Deleting one task, or changing the text of one, runs if the message asks for just that and names the task, by its
//!    number or by a word of its title. What stands between quotes or after the first line is pasted, not asked.
//! 3. Several of them at once, and whatever else a server calls destructive, waits for a confirmation.

use serde_json::{Map, Value};

use crate::model::ToolRequest;

/// The tool that deletes.
pub(crate) const DELETE_TOOL: &str = "delete_task";
const UPDATE_TOOL: &str = "update_task";
const COMPLETE_TOOL: &str = "complete_task";

/// More tasks than this are many when the message does not name their numbers.
const FEW: usize = 3;
/// A longer message holds more than a wish, in characters.
const LONGEST_WISH: usize = 300;

const DELETE_WORDS: [&str; 18] = [
    "delete", "deletes", "deleting", "remove", "removing", "erase", "discard", "drop", "trash", "scrap", "cancel",
    "lösche", "löschen", "entferne", "supprime", "efface", "elimina", "borra",
];
const DELETE_PHRASES: [&str; 8] = ["get rid of", "throw away", "take off", "удали", "削除", "删除", "حذف", "हटा"];
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
/// Words of titles that say nothing about which task is meant.
const FILLERS: [&str; 20] = [
    "the", "and", "for", "task", "tasks", "all", "from", "with", "list", "todo", "this", "that", "delete", "remove",
    "rename", "change", "update", "please", "out", "off",
];

/// What a call does to tasks that exist.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    /// Nothing that would be missed.
    Harmless,
    /// Completes or reopens.
    Mark,
    /// Overwrites a text.
    Change,
    /// Deletes.
    Delete,
    /// Something else that its server calls destructive.
    Destructive,
}

impl Kind {
    /// The kind of a call of the tool of this name, which its server may call destructive.
    pub(crate) fn of(name: &str, arguments: &Map<String, Value>, destructive: bool) -> Self {
        let given = |name: &str| arguments.get(name).is_some_and(|value| !value.is_null());
        match name {
            DELETE_TOOL => Self::Delete,
            UPDATE_TOOL if given("title") || given("description") => Self::Change,
            UPDATE_TOOL | COMPLETE_TOOL => Self::Mark,
            _ if destructive => Self::Destructive,
            _ => Self::Harmless,
        }
    }
}

/// What the user's message asks for.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Wish {
    text: String,
    deletes: bool,
    changes: bool,
    numbers: Vec<i64>,
}

impl Wish {
    /// Reads the user's message.
    pub(crate) fn of(message: &str) -> Self {
        let own = own_words(message);
        let lower = own.to_lowercase().replace('’', "'");
        Self {
            deletes: asks(&lower, &DELETE_WORDS, &DELETE_PHRASES),
            changes: asks(&lower, &CHANGE_WORDS, &CHANGE_PHRASES),
            numbers: referenced_numbers(&lower),
            text: lower,
        }
    }

    /// Whether a call of this kind on task `id` may run at once, being one of `alike` calls of its kind in the turn.
    /// `title` looks the task's title up, when it matters.
    pub(crate) fn allows(
        &self,
        kind: Kind,
        id: Option<i64>,
        alike: usize,
        title: impl FnOnce() -> Option<String>,
    ) -> bool {
        let numbered = id.is_some_and(|id| self.numbers.contains(&id));
        let named = || numbered || (self.numbers.is_empty() && title().is_some_and(|title| self.names(&title)));
        match kind {
            Kind::Harmless => true,
            Kind::Mark => alike <= FEW || numbered,
            Kind::Change => self.changes && alike == 1 && named(),
            Kind::Delete => self.deletes && alike == 1 && named(),
            Kind::Destructive => false,
        }
    }

    fn names(&self, title: &str) -> bool {
        let title = title.to_lowercase();
        let said: Vec<&str> = words(&self.text).collect();
        let telling = |word: &&str| word.chars().count() > 2 && !FILLERS.contains(word);
        let same = |a: &str, b: &str| a == b || a.strip_suffix('s') == Some(b) || b.strip_suffix('s') == Some(a);
        let plural = |word: &str| word.strip_suffix("ies").map(|stem| format!("{stem}y"));
        let meant = |word: &str| {
            said.iter().any(|other| {
                same(word, other) || plural(word).as_deref() == Some(*other) || plural(other).as_deref() == Some(word)
            })
        };
        words(&title).filter(telling).any(meant) || (!title.is_ascii() && self.text.contains(title.trim()))
    }
}

/// The first line, without what is quoted; nothing of a message that is more than a wish.
fn own_words(message: &str) -> String {
    let line = message.trim().lines().next().unwrap_or_default();
    if line.chars().count() > LONGEST_WISH {
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
        // A quote that is short is a title; orders are longer.
        let end = inside.find(close).unwrap_or(inside.len());
        if inside[..end].split_whitespace().count() <= 6 && !asks_anything(&inside[..end]) {
            own.push_str(&inside[..end]);
        }
        rest = inside.get(end + close.len_utf8()..).unwrap_or_default();
    }
    own.push_str(rest);
    own
}

fn asks_anything(text: &str) -> bool {
    let lower = text.to_lowercase();
    asks(&lower, &DELETE_WORDS, &DELETE_PHRASES) || asks(&lower, &CHANGE_WORDS, &CHANGE_PHRASES)
}

fn words(lower: &str) -> impl Iterator<Item = &str> {
    lower.split(|c: char| !c.is_alphanumeric() && c != '\'').filter(|word| !word.is_empty())
}

fn asks(lower: &str, verbs: &[&str], phrases: &[&str]) -> bool {
    let words: Vec<&str> = lower.split(|c: char| !c.is_alphanumeric() && c != '\'').collect();
    let negated = |at: usize| words[at.saturating_sub(2)..at].iter().any(|word| NEGATIONS.contains(word));
    let named = words.iter().enumerate().any(|(at, word)| verbs.contains(word) && !negated(at));
    named || phrases.iter().any(|phrase| lower.contains(phrase))
}

/// Numbers that stand for tasks: after `#`, or after "task(s)", "number", "no" or a word for deleting, with the
/// numbers listed behind them.
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
#[path = "confirm_tests.rs"]
mod tests;
