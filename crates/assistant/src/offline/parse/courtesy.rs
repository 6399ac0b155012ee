//! Courtesies around a command, and slips of the pen in it.

use crate::offline::phrase::{strip_prefix, strip_suffix};
use crate::offline::words::{GREETINGS, POLITE, POLITE_ENDS};

/// First words of a sentence that are recognized also with one wrong letter.
const BEGINNINGS: [&str; 15] = [
    "delete", "remove", "complete", "finish", "rename", "reopen", "restore", "show", "list", "mark", "undo", "create",
    "clear", "change", "update",
];
/// Slips that are too short to be recognized by their letters, and forms that follow "would you mind".
const SLIPS: [(&str, &str); 23] = [
    ("maek", "mark"),
    ("makr", "mark"),
    ("remidn", "remind"),
    ("ad", "add"),
    ("addd", "add"),
    ("dd", "add"),
    ("adding", "add"),
    ("putting", "put"),
    ("deleting", "delete"),
    ("removing", "remove"),
    ("completing", "complete"),
    ("finishing", "finish"),
    ("marking", "mark"),
    ("renaming", "rename"),
    ("changing", "change"),
    ("showing", "show"),
    ("telling", "tell"),
    ("listing", "list"),
    ("clearing", "clear"),
    ("creating", "create"),
    ("checking", "check"),
    ("reopening", "reopen"),
    ("undoing", "undo"),
];

/// The sentence without the courtesies around it.
pub(crate) fn strip_courtesies(text: &str) -> &str {
    let mut text = text;
    loop {
        let before = text;
        text = text.trim().trim_end_matches(['.', '!', '?', ',']).trim_start_matches([',', '-', '.', '!']).trim();
        for word in POLITE {
            text = strip_prefix(text, word);
        }
        for word in GREETINGS {
            let rest = strip_prefix(text, word);
            text = if rest.starts_with([',', '!', '.']) { rest } else { text };
        }
        for word in POLITE_ENDS {
            let rest = strip_suffix(text, word);
            text = if rest.is_empty() { text } else { rest.trim_end_matches([',', '.', '!', '?']) };
        }
        if text == before {
            return text;
        }
    }
}

/// The sentence without the courtesies at its end that cannot belong to a title: those after a comma or another sentence, and
/// "please". `asked` politely, a question mark and "for me" are no part of it either.
pub(super) fn strip_title_courtesies(text: &str, asked: bool) -> &str {
    let mut text = text.trim();
    loop {
        let before = text;
        text = text.trim_end_matches(['.', '!', ',', ' ']);
        text = if asked { strip_suffix(text.trim_end_matches('?'), " for me") } else { text };
        for word in POLITE_ENDS {
            let rest = strip_suffix(text, word);
            let is_apart = rest.len() < text.len() && rest.ends_with([',', '.', '!', '?']);
            let asks =
                rest.len() < text.len() && matches!(word, " please" | " pls" | " plz") && !rest.ends_with(" say");
            text = if is_apart || asks { rest } else { text };
        }
        if text == before {
            return text;
        }
    }
}

/// The sentence with the slips in its first word, and in words for tasks, corrected; none if there are none.
pub(super) fn correct_slips(text: &str) -> Option<String> {
    let mut changed = false;
    let words = text.split(' ').enumerate().map(|(at, word)| {
        let lower = word.to_lowercase();
        let meant = match at {
            0 => SLIPS.iter().find(|(slip, _)| *slip == lower).map(|(_, meant)| *meant),
            _ => None,
        };
        let known: &[&str] = if at == 0 { &BEGINNINGS } else { &["task", "tasks"] };
        let close =
            || known.iter().find(|known| is_slip(&lower, known)).copied().filter(|_| !known.contains(&lower.as_str()));
        match meant.or_else(close).filter(|_| at == 0 || !matches!(lower.as_str(), "ask" | "asks" | "mask" | "masks")) {
            Some(meant) => {
                changed = true;
                meant
            }
            None => word,
        }
    });
    let text = words.collect::<Vec<_>>().join(" ");
    changed.then_some(text)
}

/// Whether a word is `meant` with one letter too many or too few, with two letters exchanged, or, if it is long enough, with one
/// wrong letter.
pub(crate) fn is_slip(word: &str, meant: &str) -> bool {
    let (word, meant): (Vec<char>, Vec<char>) = (word.chars().collect(), meant.chars().collect());
    if meant.len() < 4 || word == meant {
        return false;
    }
    let start = word.iter().zip(&meant).take_while(|(a, b)| a == b).count();
    let (rest, wanted) = (&word[start..], &meant[start..]);
    match (rest, wanted) {
        ([a, b, rest @ ..], [c, d, wanted @ ..]) if a == d && b == c && rest == wanted => true,
        ([_, rest @ ..], [_, wanted @ ..]) if rest == wanted => meant.len() >= 6,
        ([_, rest @ ..], wanted) if rest == wanted => true,
        (rest, [_, wanted @ ..]) => rest == wanted,
        _ => false,
    }
}

#[cfg(test)]
mod tests;
