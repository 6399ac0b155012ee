//! Marked words, which may stand anywhere: `#tag`, `!high`, `p1`, `+List`.

use std::ops::Range;

use task::Priority;

use crate::part::{PartKind, UnderstoodPart};
use crate::word::{Word, quotation};

const MAX_TAG: usize = 40;
const MAX_TAGS: usize = 20;

/// What the marks of a line say.
#[derive(Debug, Default)]
pub(crate) struct Markers {
    pub(crate) tags: Vec<String>,
    pub(crate) priority: Option<Priority>,
    pub(crate) list: Option<String>,
    pub(crate) parts: Vec<UnderstoodPart>,
}

impl Markers {
    /// Reads the marked words among these. The first priority and the first list count; further ones stay in the title.
    pub(crate) fn read<'a>(text: &str, words: impl Iterator<Item = &'a Word>) -> Self {
        let mut markers = Self::default();
        for word in words {
            let raw = &text[word.span.clone()];
            if let Some((name, span)) = quoted_list(text, word.span.start) {
                markers.set_list(name, span);
            } else if !word.quoted {
                markers.read_word(raw, word);
            }
        }
        markers
    }

    fn read_word(&mut self, raw: &str, word: &Word) {
        let bare = raw.trim_end_matches(['?', ')']);
        let span = word.span.start..word.span.start + bare.len();
        let bare = bare.trim_end_matches('.');
        if let Some(tag) = bare.strip_prefix('#').filter(|tag| is_name(tag)) {
            if self.tags.len() < MAX_TAGS {
                if !self.tags.iter().any(|known| known == tag) {
                    self.tags.push(tag.to_owned());
                }
                self.parts.push(UnderstoodPart { kind: PartKind::Tag, span });
            }
        } else if let Some(list) =
            bare.strip_prefix('+').filter(|list| list.starts_with(char::is_alphabetic) && is_name(list))
        {
            self.set_list(list, span);
        } else if let Some(priority) = level(&word.plain).filter(|_| self.priority.is_none()) {
            self.priority = Some(priority);
            self.parts.push(UnderstoodPart { kind: PartKind::Priority, span: word.span.clone() });
        }
    }

    fn set_list(&mut self, name: &str, span: Range<usize>) {
        if self.list.is_none() {
            self.list = Some(name.to_owned());
            self.parts.push(UnderstoodPart { kind: PartKind::List, span });
        }
    }

    /// Whether a word is one of the marked ones, or a part of it.
    pub(crate) fn took(&self, word: &Word) -> bool {
        self.parts.iter().any(|part| part.span.start < word.span.end && word.span.start < part.span.end)
    }
}

/// The name in `+"Home and garden"`, if that begins here, and the place of it all.
fn quoted_list(text: &str, start: usize) -> Option<(&str, Range<usize>)> {
    let mark = text[start..].starts_with('+').then_some(start + 1)?;
    let (name, close) = quotation(text, mark)?;
    let end = text.len() - text[close..].trim_start_matches('.').len();
    (!name.trim().is_empty()).then(|| (name.trim(), start..end))
}

fn is_name(name: &str) -> bool {
    name.chars().count() <= MAX_TAG
        && name.chars().any(char::is_alphabetic)
        && name.chars().all(|c| c.is_alphanumeric() || matches!(c, '-' | '_' | '/' | '.' | '&'))
}

fn level(word: &str) -> Option<Priority> {
    Some(match word {
        "p1" | "!!!" | "!1" | "!high" | "!hoch" | "!urgent" | "!dringend" => Priority::High,
        "p2" | "!!" | "!2" | "!medium" | "!mittel" => Priority::Medium,
        "p3" | "!3" | "!low" | "!niedrig" => Priority::Low,
        "p4" | "!4" | "!none" | "!keine" => Priority::None,
        _ => return None,
    })
}
