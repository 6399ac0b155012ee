//! What stands around a command, and in its way: courtesies, and slips of the pen.

use super::target::{strip_prefix, strip_suffix};
use super::words::{GREETINGS, POLITE, POLITE_ENDS};

/// Words that a sentence may begin with, and that are known also when one letter is wrong.
const BEGINNINGS: [&str; 15] = [
    "delete", "remove", "complete", "finish", "rename", "reopen", "restore", "show", "list", "mark", "undo", "create",
    "clear", "change", "update",
];
/// Slips that are too short to be recognised by their letters, and forms that follow "would you mind".
const SLIPS: [(&str, &str); 20] = [
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

/// Without the courtesies around the sentence.
pub(super) fn courteous(text: &str) -> &str {
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

/// The sentence with its first word, and words for tasks, as they were probably meant; none if there is nothing to correct.
pub(super) fn corrected(text: &str) -> Option<String> {
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

/// Whether a word is `meant` with one letter too many or too few, or two exchanged; in a longer one also with a wrong one.
pub(super) fn is_slip(word: &str, meant: &str) -> bool {
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
mod tests {
    use super::*;

    #[test]
    fn courtesies_are_left_out_and_nothing_else_is() {
        for (text, meant) in [
            ("Hello! Could you please show my tasks? Thanks!", "show my tasks"),
            ("hey there", "there"),
            ("please", "please"),
            ("thanks", "thanks"),
            ("Ok, now delete task 3 for me, please.", "delete task 3"),
            ("I'd like you to add milk", "add milk"),
            ("add please and thank you cards", "add please and thank you cards"),
        ] {
            assert_eq!(courteous(text), meant, "{text}");
        }
    }

    #[test]
    fn a_slip_is_one_letter() {
        for (word, meant) in [
            ("dlete", "delete"),
            ("deleet", "delete"),
            ("shwo", "show"),
            ("shoow", "show"),
            ("compelte", "complete"),
            ("remove", "removee"),
            ("renane", "rename"),
            ("taks", "task"),
        ] {
            assert!(is_slip(word, meant), "{word}");
        }
        for (word, other) in
            [("lost", "list"), ("park", "mark"), ("remember", "remove"), ("completed", "complement"), ("ad", "add")]
        {
            assert!(!is_slip(word, other), "{word}");
        }
        assert_eq!(corrected("dlete taks 3").as_deref(), Some("delete task 3"));
        assert_eq!(corrected("would you ask mum"), None);
    }
}
