//! Slips of the pen in the words of orders and questions. Words of titles stay as they are.

use std::cmp::Reverse;
use std::sync::LazyLock;

use crate::offline::command::TaskCommand;
use crate::offline::german::is_german_word;
use crate::offline::parse::participle::infinitive;
use crate::offline::phrase::lowercase;
use crate::offline::target::TaskTarget;

/// Words that are recognized also with a wrong letter, and in German without their marks.
const KNOWN: &[&str] = &[
    "delete",
    "remove",
    "complete",
    "completed",
    "finish",
    "finished",
    "rename",
    "reopen",
    "restore",
    "show",
    "list",
    "lists",
    "mark",
    "undo",
    "redo",
    "create",
    "clear",
    "change",
    "update",
    "move",
    "add",
    "remind",
    "reminder",
    "reminders",
    "prioritise",
    "prioritize",
    "priority",
    "uncheck",
    "schedule",
    "postpone",
    "duplicate",
    "task",
    "tasks",
    "what",
    "what's",
    "whats",
    "which",
    "left",
    "open",
    "done",
    "pending",
    "overdue",
    "urgent",
    "important",
    "high",
    "please",
    "thanks",
    "hello",
    "help",
    "today",
    "tomorrow",
    "week",
    "weekend",
    "everything",
    "many",
    "again",
    "hinzufügen",
    "hinzu",
    "füge",
    "lösche",
    "löschen",
    "erledige",
    "erledigt",
    "erledigte",
    "erledigten",
    "erledigen",
    "markiere",
    "entferne",
    "entfernen",
    "öffne",
    "benenne",
    "ändere",
    "verschiebe",
    "verschieben",
    "aufgaben",
    "aufgabe",
    "liste",
    "listen",
    "offen",
    "offene",
    "offenen",
    "rückgängig",
    "überfällig",
    "überfällige",
    "überfälligen",
    "fällig",
    "übrig",
    "priorität",
    "wichtig",
    "erinnere",
    "heute",
    "morgen",
    "übermorgen",
    "woche",
    "wochenende",
    "nächste",
    "nächsten",
    "zeige",
    "welche",
    "bitte",
    "danke",
    "hilfe",
    "meine",
    "wiederholen",
    "wiederhole",
    "wiederherstellen",
    "sortiere",
    "setze",
    "setz",
    "bezahlt",
    "streiche",
    "abhaken",
    "außer",
    "könntest",
    "kannst",
    "alles",
    "zurück",
    "später",
    "vergiss",
    "nicht",
    "noch",
    "brauche",
    "stelle",
    "ergänze",
    "schließe",
    "möchte",
    "müssen",
    "fünf",
];
/// Words that are no slips although they look like one.
const OTHERS: &[&str] = &[
    "ask", "asks", "mask", "masks", "andere", "listen", "let", "mane", "opens", "weeks", "doch", "nach", "lost",
    "lift", "nich", "wochen",
];
/// So many bytes may a word be longer or shorter than the one that it is a slip of: a letter, and two for its marks.
const MAX_LENGTHS_APART: usize = 3;
/// Slips that are too short to be recognized by their letters.
const SLIPS: &[(&str, &str)] = &[
    ("maek", "mark"),
    ("makr", "mark"),
    ("ad", "add"),
    ("addd", "add"),
    ("aadd", "add"),
    ("dd", "add"),
    ("teh", "the"),
    ("wat", "what"),
    ("wats", "whats"),
    ("ubdo", "undo"),
    ("u", "you"),
    ("wass", "was"),
    ("fügr", "füge"),
    ("kannste", "kannst du"),
    ("könnste", "könntest du"),
    ("nich", "nicht"),
    ("dont", "don't"),
    ("didnt", "didn't"),
    ("isnt", "isn't"),
    ("arent", "aren't"),
    ("wasnt", "wasn't"),
    ("hasnt", "hasn't"),
    ("havent", "haven't"),
    ("im", "i'm"),
    ("ive", "i've"),
];

/// The known words, each with itself as it is written where there are no umlauts.
static PLAIN: LazyLock<Vec<(&str, String)>> =
    LazyLock::new(|| KNOWN.iter().map(|known| (*known, without_marks(known))).collect());

/// The message with the slips in words that the assistant knows corrected; none if there are none. What stands in quotes stays.
pub(super) fn corrected(message: &str) -> Option<String> {
    let (mut text, mut is_quoted, mut is_changed) = (String::new(), false, false);
    for piece in message.split_inclusive(char::is_whitespace) {
        let word = piece.trim_matches(|c: char| !c.is_alphanumeric());
        match meant(&lowercase(word)).filter(|_| !is_quoted && !piece.contains('"')) {
            Some(known) => {
                is_changed = true;
                text.push_str(&piece.replacen(word, known, 1));
            }
            None => text.push_str(piece),
        }
        is_quoted ^= piece.matches('"').count() % 2 == 1;
    }
    is_changed.then_some(text)
}

/// The only known word, whatever its ending, that a word can be a slip of.
fn meant(word: &str) -> Option<&'static str> {
    if let Some((_, meant)) = SLIPS.iter().find(|(slip, _)| *slip == word) {
        return Some(meant);
    }
    if KNOWN.contains(&word) || OTHERS.contains(&word) || infinitive(word).is_some() || is_german_word(word) {
        return None;
    }
    let plain = without_marks(word);
    let alike = || PLAIN.iter().filter(|(known, _)| known.len().abs_diff(word.len()) <= MAX_LENGTHS_APART);
    if let Some((known, _)) = alike().find(|(_, plain_known)| *plain_known == plain) {
        return Some(known);
    }
    let mut close = alike()
        .filter(|(known, plain_known)| is_slip(word, known) || is_slip(&plain, plain_known))
        .map(|(known, _)| *known);
    let first = close.next()?;
    close.all(|other| other.get(..3) == first.get(..3)).then_some(first)
}

/// A German word as it is written where there are no umlauts.
fn without_marks(word: &str) -> String {
    let plain = word.replace("ae", "a").replace("oe", "o").replace("ue", "u");
    plain.replace('ä', "a").replace('ö', "o").replace('ü', "u").replace('ß', "ss")
}

/// How sure it is what a command means, and the words that it takes for a title: a corrected reading counts only if it is surer,
/// or as sure with fewer such words.
pub(super) fn sureness(command: &TaskCommand) -> (u8, Reverse<usize>) {
    let by_words = |words: &str| (2, Reverse(words.split(' ').count()));
    match command {
        TaskCommand::Unknown => (0, Reverse(0)),
        TaskCommand::SuggestAdd(_) => (1, Reverse(0)),
        TaskCommand::Complete(TaskTarget::Title(words))
        | TaskCommand::Delete(TaskTarget::Title(words))
        | TaskCommand::Reopen(TaskTarget::Title(words))
        | TaskCommand::Show(TaskTarget::Title(words)) => by_words(words),
        TaskCommand::List("all") => (2, Reverse(0)),
        TaskCommand::Unless(_, command) => sureness(command).min((2, Reverse(0))),
        TaskCommand::Several(commands) => commands.iter().map(sureness).min().unwrap_or((0, Reverse(0))),
        _ => (3, Reverse(0)),
    }
}

/// Whether a word is `meant` with a letter too many or too few, two exchanged, or, if it is long, a wrong one.
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
mod tests {
    use super::*;

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
    }

    #[test]
    fn only_known_words_are_corrected() {
        for (said, meant) in [
            ("dlete taks 3", Some("delete task 3")),
            ("Whats lft?", Some("Whats left?")),
            ("was ist ueberfaellig", Some("was ist überfällig")),
            ("losche Aufgbe 2", Some("lösche aufgabe 2")),
            ("rename 1 to \"taks\"", None),
            ("would you ask mum", None),
            ("die andere", None),
        ] {
            assert_eq!(corrected(said).as_deref(), meant, "{said}");
        }
    }
}
