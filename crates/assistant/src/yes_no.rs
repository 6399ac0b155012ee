//! A message that says yes or no, and nothing else but courtesies and the act that was asked about.

mod acts;
mod words;

use crate::tool_names::{ADD_TASK, ADD_TASKS, COMPLETE_TASK, COMPLETE_TASKS, DELETE_TASK, UPDATE_TASK};
use acts::{ACTS, SUBJECTS, SpokenAct};
use words::{MORE_YES, NO, POLITE, YES};

/// The colours of a thumb.
const SKIN_TONES: [char; 5] = ['\u{1F3FB}', '\u{1F3FC}', '\u{1F3FD}', '\u{1F3FE}', '\u{1F3FF}'];

/// What a message decides.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SpokenDecision {
    /// Yes or no.
    pub approve: bool,
    /// The act that the message names with its yes, as in "delete it".
    act: Option<SpokenAct>,
}

/// Returns the decision of a message that says yes or no and nothing else. A message with a condition, another task or
/// another act is neither.
pub fn parse_yes_or_no(message: &str) -> Option<SpokenDecision> {
    let lower = message.to_lowercase().replace('’', "'").replace(['\u{FE0F}', '…'], " ");
    if lower.contains('?') {
        return None;
    }
    let lower = lower.replace(SKIN_TONES, "").replace('👍', " 👍 ").replace('👎', " 👎 ");
    let words: Vec<&str> = lower
        .split(|c: char| c.is_whitespace() || matches!(c, ',' | '.' | '!' | ';' | ':'))
        .filter(|word| !word.is_empty())
        .map(without_drawl)
        .collect();
    let (mut yes, mut no, mut act) = (0, 0, None);
    let mut rest = words.as_slice();
    while let Some((word, after)) = rest.split_first() {
        if let Some(length) = phrase_at(rest, &NO) {
            no += 1;
            rest = &rest[length..];
        } else if let Some(length) = phrase_at(rest, &YES).or_else(|| phrase_at(rest, &MORE_YES)) {
            yes += 1;
            rest = &rest[length..];
        } else if let Some((_, named)) = ACTS.iter().find(|(name, _)| name == word) {
            if act.is_some_and(|before| before != *named) {
                return None;
            }
            act = Some(*named);
            rest = after;
        } else if POLITE.contains(word) || (SUBJECTS.contains(word) && (yes + no > 0 || act.is_some())) {
            rest = after;
        } else {
            return (lower.trim() == "all of them").then_some(SpokenDecision { approve: true, act: None });
        }
    }
    match (yes, no, act) {
        (0, 0, Some(_)) if words.len() > 1 => Some(SpokenDecision { approve: true, act }),
        (0, 1.., _) if phrase_comes_first(&words) || act.is_some() => {
            Some(SpokenDecision { approve: false, act: None })
        }
        (1.., 0, _) if act.is_none() || phrase_comes_first(&words) => Some(SpokenDecision { approve: true, act }),
        _ => None,
    }
}

/// "yesss" as "yes", "nooo" as "no".
fn without_drawl(word: &str) -> &str {
    let Some(last) = word.chars().next_back().filter(|last| last.is_alphabetic()) else { return word };
    let short = &word[..word.trim_end_matches(last).len() + last.len_utf8()];
    let is_known = |word: &str| YES.contains(&word) || NO.contains(&word);
    if is_known(short) && !is_known(word) { short } else { word }
}

impl SpokenDecision {
    /// Whether the message is a plain yes or no, without an act.
    pub(crate) fn is_plain(self) -> bool {
        self.act.is_none()
    }

    /// Whether the decision can be about a call of the tool `name`.
    pub fn is_about(self, name: &str) -> bool {
        match self.act {
            None => true,
            Some(SpokenAct::Delete) => name == DELETE_TASK,
            Some(SpokenAct::Complete) => matches!(name, COMPLETE_TASK | COMPLETE_TASKS | UPDATE_TASK),
            Some(SpokenAct::Change) => name == UPDATE_TASK,
            Some(SpokenAct::Add) => matches!(name, ADD_TASK | ADD_TASKS),
        }
    }
}

/// The number of words of the longest of `phrases` that `words` begin with.
fn phrase_at(words: &[&str], phrases: &[&str]) -> Option<usize> {
    let length = |phrase: &&str| {
        let parts: Vec<&str> = phrase.split(' ').collect();
        words.starts_with(&parts).then_some(parts.len())
    };
    phrases.iter().filter_map(length).max()
}

/// Whether the yes or no comes before the act; "add yes" is none.
fn phrase_comes_first(words: &[&str]) -> bool {
    let first = words.iter().find(|word| !POLITE.contains(*word));
    first.is_some_and(|word| !ACTS.iter().any(|(name, _)| name == word))
}

#[cfg(test)]
mod tests;
