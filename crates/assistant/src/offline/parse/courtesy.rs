//! Courtesies around a command.

use crate::offline::phrase::{strip_prefix, strip_suffix};
use crate::offline::words::{GREETINGS, POLITE, POLITE_ENDS};

/// Forms that follow "would you mind", and the orders that they are.
const GERUNDS: [(&str, &str); 17] = [
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
                rest.len() < text.len() && matches!(*word, " please" | " pls" | " plz") && !rest.ends_with(" say");
            text = if is_apart || asks { rest } else { text };
        }
        if text == before {
            return text;
        }
    }
}

/// The order that a sentence is which begins with "adding", or with "first".
pub(super) fn imperative(text: &str) -> Option<String> {
    let (first, rest) = text.split_once(' ')?;
    if first.eq_ignore_ascii_case("first") {
        return Some(rest.to_owned());
    }
    let verb = GERUNDS.iter().find(|(gerund, _)| first.eq_ignore_ascii_case(gerund))?.1;
    Some(format!("{verb} {rest}"))
}

#[cfg(test)]
mod tests;
