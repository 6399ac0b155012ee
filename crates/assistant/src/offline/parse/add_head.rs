//! The beginning of a sentence that adds tasks: "add", "create a new task to", "put … on my list".

use crate::offline::parse::spelling::is_slip;
use crate::offline::phrase::{after_verb, strip_prefix};
use crate::offline::priority::strip_leading_priority;
use crate::offline::words::{ADD, TASK_VERBS};

/// Verbs that add what follows.
const ADDING: [&str; 3] = ["add", "enter", "insert"];
/// Verbs that add where a word for a task follows.
const CREATING: [&str; 7] = ["create", "make", "set up", "write", "start", "log", "open"];
/// Verbs that add where "on my list" follows.
const PUTTING: [&str; 7] = ["put", "stick", "pop", "throw", "write", "note", "save"];
const ARTICLES: [&str; 8] = ["a", "an", "another", "the", "one more", "one", "these", "some"];
const COUNTS: [&str; 7] = ["two", "three", "four", "five", "several", "some", "many"];
const ADJECTIVES: [&str; 6] = ["new", "more", "following", "quick", "extra", "small"];
const NOUNS: [&str; 10] =
    ["task", "item", "todo", "to-do", "entry", "reminder", "tasks", "items", "todos", "reminders"];
/// Nouns that stand without an article.
const BARE_NOUNS: [&str; 4] = ["task", "tasks", "item", "items"];

/// What the beginning of a sentence says about the tasks to add.
#[derive(Debug, Clone, Copy)]
pub(super) struct AddHead<'a> {
    /// The sentence after it.
    pub(super) rest: &'a str,
    /// Whether several tasks are announced.
    pub(super) is_plural: bool,
    /// Whether there is nothing but a verb.
    pub(super) is_bare: bool,
    /// Whether the sentence adds only if it ends with "on my list".
    pub(super) needs_list: bool,
    /// The priority of "a high priority task".
    pub(super) priority: Option<&'static str>,
}

/// Reads the beginning of a sentence that adds tasks.
pub(super) fn parse_add_head(text: &str) -> Option<AddHead<'_>> {
    let bare = |rest| AddHead { rest, is_plural: false, is_bare: true, needs_list: false, priority: None };
    let after = |verbs: &[&str]| verbs.iter().find_map(|verb| after_verb(text, verb));
    if let Some(rest) = after(&ADDING) {
        return Some(parse_noun(rest).unwrap_or_else(|| bare(rest)));
    }
    let changes = |head: &AddHead| text.starts_with("make") && head.rest.starts_with(|c: char| c.is_ascii_digit());
    if let Some(head) = after(&CREATING).and_then(parse_noun).filter(|head| !changes(head)) {
        return Some(head);
    }
    if let Some(rest) = after(&ADD) {
        return Some(AddHead { is_bare: false, ..bare(rest) });
    }
    if let Some(rest) = after(&PUTTING) {
        return Some(AddHead { needs_list: true, ..bare(rest) });
    }
    // "todo buy stamps"
    let rest = after_verb(text, "todo")?;
    let verb = rest.split(' ').next().unwrap_or_default().to_lowercase();
    TASK_VERBS.contains(&verb.as_str()).then(|| bare(rest))
}

/// Whether a sentence begins by adding a task.
pub(super) fn begins_with_add(text: &str) -> bool {
    parse_add_head(text).is_some_and(|head| !head.needs_list) || strip_prefix(text, "put ").len() < text.len()
}

/// Reads "a new task for me to call mum": what follows the word for a task.
fn parse_noun(text: &str) -> Option<AddHead<'_>> {
    let article = ARTICLES.iter().find_map(|article| after_verb(text, article));
    let article = article.or_else(|| {
        let (count, rest) = text.split_once(' ')?;
        (COUNTS.contains(&count.to_lowercase().as_str()) || count.parse::<u8>().is_ok()).then_some(rest)
    });
    let rest = article.unwrap_or(text);
    let adjective = |rest| ADJECTIVES.iter().find_map(|adjective| after_verb(rest, adjective)).unwrap_or(rest);
    let (rest, priority) = strip_leading_priority(adjective(rest));
    let rest = adjective(rest);
    let word = rest.split([' ', ':', ',', '-']).next().unwrap_or_default();
    let word = if rest.to_ascii_lowercase().starts_with("to-do") { &rest[..5] } else { word };
    let lower = word.to_lowercase();
    let is_word = matches!(lower.as_str(), "ask" | "asks" | "mask" | "masks" | "tasty");
    let exact = NOUNS.iter().copied().find(|noun| lower == *noun);
    let slip = || ["tasks", "task"].into_iter().find(|noun| !is_word && is_slip(&lower, noun));
    let noun = exact.or_else(slip).filter(|noun| {
        article.is_some() || priority.is_some() || BARE_NOUNS.contains(noun) || rest[word.len()..].starts_with(':')
    });
    let these =
        article.is_some() && ["these:", "the following:"].iter().any(|these| text.to_lowercase().starts_with(these));
    let rest = match noun {
        Some(_) => rest[word.len()..].trim_start_matches([' ', ':', ',', '-']),
        None if these || rest.starts_with(':') => rest.trim_start_matches([' ', ':']),
        None => return parse_following(text),
    };
    let rest = [" for me", "for me"].iter().find_map(|me| after_verb(rest, me)).unwrap_or(rest);
    let rest = if noun.is_some() { strip_prefix(rest, "to ") } else { rest };
    let rest = restored_place(rest, text);
    let is_plural = noun.is_none_or(|noun| noun.ends_with('s'));
    Some(AddHead { rest, is_plural, is_bare: false, needs_list: false, priority })
}

/// Reads "these: …", "the following: …".
fn parse_following(text: &str) -> Option<AddHead<'_>> {
    let rest = [
        "these",
        "this",
        "the following",
        "following",
        "one more thing",
        "another thing",
        "one more",
        "another one",
        "another",
        "as a task",
    ]
    .iter()
    .find_map(|word| {
        let rest = strip_prefix(text, word);
        (rest.len() < text.len() && rest.starts_with([':', '\n'])).then(|| rest.trim_start_matches([':', ' ', '\n']))
    })?;
    Some(AddHead { rest, is_plural: true, is_bare: false, needs_list: false, priority: None })
}

/// The rest with the "to" of "to my list", which is no infinitive.
fn restored_place<'a>(rest: &'a str, text: &'a str) -> &'a str {
    let is_place = ["my list", "the list", "my tasks", "my todo list", "my to-do list", "my shopping list"]
        .iter()
        .any(|place| strip_prefix(rest, place).len() < rest.len());
    let start = text.len() - rest.len();
    if is_place && text[..start].to_ascii_lowercase().ends_with("to ") { &text[start - 3..] } else { rest }
}
