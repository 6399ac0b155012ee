//! Words for whether a task is done and how important it is, in English and German.

use task::Priority;

use crate::names::folded;

const COMPLETED: &str = "true yes y 1 x done completed complete finished closed ✓ ✔ ☑ ✅ 100 100% wahr ja erledigt fertig \
                         abgeschlossen";
const OPEN: &str = "false no n 0 open pending todo notstarted inprogress waitingonsomeoneelse waitingonothers deferred \
                    needsaction falsch nein offen nichtbegonnen inbearbeitung wartetaufjemandanderen wartetaufandere \
                    zuruckgestellt";
const PRIORITIES: [(Priority, &str); 4] = [
    (Priority::High, "high urgent important 1 a p1 !!! hoch dringend wichtig"),
    (Priority::Medium, "medium 2 b p2 !! mittel"),
    (Priority::Low, "low 3 c p3 ! niedrig gering"),
    (Priority::None, "none normal 0 4 p4 keine"),
];

fn is_among(words: &str, word: &str) -> bool {
    words.split_ascii_whitespace().any(|known| known == word)
}

/// Whether a task with this value is completed; `None` for a word that nobody knows.
pub(crate) fn completed(value: &str) -> Option<bool> {
    let word = folded(value);
    match word.trim_end_matches(".0") {
        "" => Some(false),
        word if is_among(COMPLETED, word) => Some(true),
        word if is_among(OPEN, word) => Some(false),
        // A part of a hundred.
        word => word.trim_end_matches('%').replace(',', ".").parse::<f64>().ok().map(|share| share >= 100.0),
    }
}

/// The priority of this value; `None` for a word that nobody knows.
pub(crate) fn priority(value: &str) -> Option<Priority> {
    let word = folded(value);
    let word = word.strip_suffix(".0").unwrap_or(&word);
    let found = PRIORITIES.iter().find(|(_, words)| is_among(words, word)).map(|(priority, _)| *priority);
    if word.is_empty() { Some(Priority::None) } else { found }
}

/// The tags of one cell.
pub(crate) fn tags(value: &str) -> Vec<String> {
    let tags = value.split([',', ';', '\n']).map(|tag| tag.trim().trim_start_matches('#').to_owned());
    tags.filter(|tag| !tag.is_empty()).collect()
}

/// A title without the tags in it, and the tags: words behind this mark that stand by themselves. A title of tags alone stays
/// as it is.
pub(crate) fn tagged_title(text: &str, mark: char) -> (String, Vec<String>) {
    let is_tag = |word: &str| {
        let name = word.strip_prefix(mark)?;
        let is_part = |c: char| c.is_alphanumeric() || matches!(c, '_' | '-' | '/' | '&' | '.') || !c.is_ascii();
        (name.chars().any(char::is_alphabetic) && name.chars().all(is_part))
            .then(|| name.trim_end_matches('.').to_owned())
    };
    let tags: Vec<String> = text.split_whitespace().filter_map(is_tag).collect();
    let words: Vec<&str> = text.split_whitespace().filter(|word| is_tag(word).is_none()).collect();
    if tags.is_empty() || words.is_empty() { (text.to_owned(), tags) } else { (words.join(" "), tags) }
}
