//! Messages without an order that may be titles of new tasks: "oat milk", "Brot kaufen", a list of things.

use crate::offline::command::TaskCommand;
use crate::offline::german::{may_be_task, strip_german_courtesies};
use crate::offline::parse::add::clean_title;
use crate::offline::parse::courtesy::strip_courtesies;
use crate::offline::parse::participle::infinitive;
use crate::offline::parse::verb::parse_verb;
use crate::offline::phrase::{lines_of, lowercase, strip_prefix};
use crate::offline::words::TASK_VERBS;

/// The most words of a title that is offered although it has no verb.
const MAX_WORDS: usize = 6;
/// The most words of a line in a list of things.
const MAX_LINE_WORDS: usize = 4;
/// Words that begin no thing.
const NO_BEGINNINGS: &[&str] = &[
    "what's", "whats", "who's", "where's", "how's", "when's", "the", "that", "this", "these", "those", "it", "there",
    "here", "what", "why", "who", "how", "when", "where", "which", "whose", "if", "because", "but", "or", "and",
    "please", "tell", "say", "explain", "der", "die", "das", "dies", "diese", "was", "wie", "wer", "wann", "wo",
    "warum", "wieso", "welche", "wenn", "weil", "aber", "oder", "und", "bitte", "erzähl", "sag", "so", "hi", "hello",
    "hey", "dear", "hallo", "liebe", "lieber", "lost", "found", "forgot", "must", "should", "yes", "ja", "with", "at",
    "by", "for", "mit", "bei",
];
/// Words of sentences that are no titles: verbs that tell something, people who do, and what denies.
const TELLING: &[&str] = &[
    "is", "are", "was", "were", "am", "be", "been", "has", "have", "had", "does", "did", "will", "would", "should",
    "could", "can", "sat", "i", "i'm", "you", "he", "she", "we", "they", "not", "no", "never", "nothing", "don't",
    "dont", "ist", "sind", "war", "waren", "bin", "bist", "hat", "habe", "hab", "haben", "wird", "werden", "kann",
    "soll", "will", "muss", "ich", "du", "er", "sie", "es", "wir", "ihr", "nicht", "kein", "keine", "keinen", "nie",
    "nichts", "mir", "mich", "me", "task", "aufgabe", "tasks", "aufgaben", "list", "liste",
];
/// Marks before an item of a list.
const MARKS: [char; 6] = ['-', '*', '•', '+', '–', '·'];

/// Reads a sentence that may be the title of a new task.
pub(super) fn parse_suggestion(text: &str) -> Option<TaskCommand> {
    let text = ["must ", "should "].iter().fold(text, |text, start| strip_prefix(text, start));
    let is_noun = text.chars().count() > 2 && text.chars().all(char::is_alphabetic) && !is_known(&text.to_lowercase());
    let begins_task = |verb: &str| TASK_VERBS.contains(&verb) || verb == "put" || verb == "bring";
    let is_task = || {
        let (verb, rest) = text.split_once(' ')?;
        let is_task = begins_task(&verb.to_lowercase()) || may_be_task(text);
        Some(is_task && !rest.is_empty() && !text.contains('\n'))
    };
    (is_noun || is_task() == Some(true)).then(|| TaskCommand::SuggestAdd(vec![text.to_owned()]))
}

/// Reads a message that nobody would take for an order and that may name things to add: "oat milk", "milk, eggs and bread", lines
/// of them. `parse` tells orders from things.
pub(super) fn parse_things(message: &str, parse: fn(&str) -> TaskCommand) -> Option<TaskCommand> {
    let is_thing = |text: &String| {
        may_be_title(text, MAX_LINE_WORDS) && matches!(parse(text), TaskCommand::Unknown | TaskCommand::SuggestAdd(_))
    };
    let lines = lines_of(message);
    let text = strip_german_courtesies(strip_courtesies(lines.first()?)).trim_start_matches(MARKS).trim_start();
    let things = match lines.as_slice() {
        [_] => split_things(text).unwrap_or_default(),
        lines => lines.iter().map(|line| clean_title(line)).collect(),
    };
    if !things.is_empty() && things.iter().all(is_thing) {
        return Some(TaskCommand::SuggestAdd(things));
    }
    let is_title = lines.len() == 1 && !message.contains('?') && may_be_title(text, MAX_WORDS);
    (is_title && !is_known(&lowercase(text))).then(|| TaskCommand::SuggestAdd(vec![text.to_owned()]))
}

/// The titles in lines that all have the marks of a list, below a heading or not.
pub(super) fn parse_marked_list(lines: &[String], parse: fn(&str) -> TaskCommand) -> Option<Vec<String>> {
    let is_heading = |line: &str| {
        let heading = line.strip_suffix(':').filter(|heading| may_be_title(heading, MAX_LINE_WORDS));
        heading.is_some_and(|heading| matches!(parse(heading), TaskCommand::Unknown | TaskCommand::SuggestAdd(_)))
    };
    let items = match lines {
        [heading, items @ ..] if is_heading(heading) => items,
        lines => lines,
    };
    let titles: Option<Vec<String>> = items.iter().map(|line| Some(clean_title(unmarked(line)?))).collect();
    titles.filter(|titles| titles.len() > 1)
}

/// The line without the mark of an item: "- milk", "2) milk", "[ ] milk".
fn unmarked(line: &str) -> Option<&str> {
    let line = line.trim();
    let rest = line.trim_start_matches(MARKS).trim_start();
    let boxed = ["[ ]", "[]", "[x]", "☐"].iter().find_map(|mark| rest.strip_prefix(mark));
    let number = rest.trim_start_matches(|c: char| c.is_ascii_digit());
    let numbered = number.strip_prefix(['.', ')']).filter(|_| (1..3).contains(&(rest.len() - number.len())));
    let numbered = numbered.filter(|item| item.starts_with(' '));
    boxed.or(numbered).or((rest.len() < line.len()).then_some(rest)).map(str::trim)
}

/// The things of "milk, eggs and bread", "shopping: tea, jam".
fn split_things(text: &str) -> Option<Vec<String>> {
    let (heading, list) = text.split_once(": ").filter(|(heading, _)| may_be_title(heading, 2)).unwrap_or(("", text));
    let is_list = !heading.is_empty() || text.contains(", ");
    let list = list.replace(" and ", ", ").replace(" und ", ", ").replace(" & ", ", ");
    is_list.then(|| list.split(", ").map(clean_title).filter(|thing| !thing.is_empty()).collect())
}

/// Whether words may be what is to be done, or a thing to get.
fn may_be_title(text: &str, most: usize) -> bool {
    let lower = lowercase(text).replace('’', "'");
    let words: Vec<&str> = lower.split_whitespace().map(|word| word.trim_end_matches([',', '.', '!', ':'])).collect();
    let is_sentence = text.contains(['?', '"', '„', '“', '«', '›', '>', '#']) || lower.contains(". ");
    (1..=most).contains(&words.len())
        && text.chars().filter(|letter| letter.is_alphabetic()).count() > 2
        && !is_sentence
        && !NO_BEGINNINGS.contains(&words[0])
        && infinitive(words[0]).is_none()
        && !words.iter().any(|word| TELLING.contains(word) || word.ends_with("n't"))
}

/// Whether one word is a verb of a command or small talk, and so no thing to add.
fn is_known(word: &str) -> bool {
    const OTHERS: &[&str] = &[
        "mark", "redo", "what", "why", "who", "how", "when", "where", "hmm", "lol", "test", "well", "sorry", "wow",
        "maybe", "nice", "reset", "häh", "hä", "doch", "oops", "upps", "ups", "again", "nochmal", "really", "wirklich",
    ];
    OTHERS.contains(&word) || TASK_VERBS.contains(&word) || (!word.contains(' ') && parse_verb(word).is_some())
}
