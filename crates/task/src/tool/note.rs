//! The line that tells a model what was ignored. It repeats names only, and never a value.

use visible_text::visible;

/// The longest note, in characters.
pub(super) const MAX_NOTE: usize = 300;
/// The longest piece of a name that is repeated, in characters.
pub(super) const MAX_NAME: usize = 64;
/// Room for the end of the note.
const END: usize = 24;

/// A client's name for an argument, on one line and cut.
pub(super) fn shown(name: &str) -> String {
    let plain = |c: &char| !c.is_control() && !matches!(c, '\u{2028}' | '\u{2029}' | '"');
    let mut kept = visible(name).chars().filter(plain).collect::<Vec<char>>();
    if kept.len() > MAX_NAME {
        kept.truncate(MAX_NAME - 1);
        kept.push('…');
    }
    kept.into_iter().collect()
}

/// The note about arguments that were ignored; `None` if there were none.
pub(super) fn of_ignored(tool: &str, names: &[&str]) -> Option<String> {
    if names.is_empty() {
        return None;
    }
    let mut note = format!("Ignored, since {tool} has no such argument: ");
    let mut listed = 0;
    for name in names {
        let item = format!("{}\"{}\"", if listed == 0 { "" } else { ", " }, shown(name));
        if note.chars().count() + item.chars().count() + END > MAX_NOTE {
            break;
        }
        note.push_str(&item);
        listed += 1;
    }
    match names.len() - listed {
        0 => note.push('.'),
        more => note.push_str(&format!(" and {more} more.")),
    }
    Some(note)
}

/// A note, and that these lists were made.
pub(super) fn with_new_lists(note: Option<String>, lists: &[&str]) -> Option<String> {
    let mut sentences: Vec<String> = note.into_iter().collect();
    for list in lists {
        let sentence = format!("There was no list \"{}\", so it was made.", shown(list));
        let length: usize = sentences.iter().map(|sentence| sentence.chars().count() + 1).sum();
        if length + sentence.chars().count() <= MAX_NOTE {
            sentences.push(sentence);
        }
    }
    (!sentences.is_empty()).then(|| sentences.join(" "))
}
