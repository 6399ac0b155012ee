//! Commands that add tasks, and the titles in them.

use crate::offline::command::TaskCommand;
use crate::offline::missing::{is_only_time, names_priority};
use crate::offline::parse::courtesy::is_slip;
use crate::offline::phrase::{after_verb, strip_prefix, strip_quotes, strip_suffix};
use crate::offline::words::{ADD, DESCRIBED, MY_LIST, TASK_VERBS};

/// Words of an item in a list like "milk, eggs and bread".
const MAX_ITEM_WORDS: usize = 2;

/// Reads "add …".
pub(super) fn parse_add(text: &str) -> Option<TaskCommand> {
    if let Some(title) = parse_timed_reminder(text) {
        return Some(TaskCommand::Add(vec![title]));
    }
    let (verb, rest) = added(text)?;
    let start = MY_LIST.iter().find_map(|place| after_verb(rest, place.trim_start())).unwrap_or(rest);
    let listed = MY_LIST.iter().map(|place| strip_suffix(start, place)).find(|begin| *begin != start);
    if verb == "put" && listed.is_none() {
        return None;
    }
    let start = listed.or_else(|| strip_other_list(start)).unwrap_or(start);
    let (counted, rest) = strip_count(start.trim_start_matches([':', ',', '-', ' ']));
    if let Some(command) = parse_description(rest) {
        return Some(command);
    }
    if let Some(titles) = enumerated(rest) {
        return Some(TaskCommand::Add(titles));
    }
    let rest = strip_importance(rest);
    if let Some(title) = dated(rest) {
        return Some(TaskCommand::Add(vec![title]));
    }
    let plural = counted || verb.contains("tasks") || verb == "add the following" || verb == "add these";
    let titles: Vec<String> =
        split_titles(rest, plural, matches!(verb, "add" | "put")).into_iter().filter(|t| !t.is_empty()).collect();
    Some(if titles.is_empty() || names_nothing(rest) { TaskCommand::Add(Vec::new()) } else { TaskCommand::Add(titles) })
}

/// The verb of a sentence that adds, and the rest; with a slip in its "task" corrected.
fn added(text: &str) -> Option<(&'static str, &str)> {
    let found = ADD.iter().find_map(|verb| Some((*verb, after_verb(text, verb)?)));
    match found {
        Some(("add", rest)) => match rest.split_once(' ') {
            Some((word, after)) if is_slip(&word.to_lowercase(), "task") || is_slip(&word.to_lowercase(), "tasks") => {
                let is_word = matches!(word.to_lowercase().as_str(), "ask" | "asks" | "mask" | "masks");
                Some(("add", if is_word { rest } else { after }))
            }
            _ => found,
        },
        Some(_) => found,
        // "todo buy stamps"
        None => {
            let rest = after_verb(text, "todo")?;
            let verb = rest.split(' ').next().unwrap_or_default().to_lowercase();
            TASK_VERBS.contains(&verb.as_str()).then_some(("add", rest))
        }
    }
}

/// Whether nothing is named: "a task", "3 tasks".
fn names_nothing(rest: &str) -> bool {
    let lower = rest.to_ascii_lowercase();
    let count = lower.split_once(' ').is_some_and(|(count, what)| {
        matches!(what, "tasks" | "items" | "things" | "todos" | "new tasks" | "more tasks")
            && (count.parse::<u32>().is_ok()
                || matches!(count, "two" | "three" | "four" | "five" | "some" | "a few" | "several"))
    });
    count
        || matches!(
            lower.as_str(),
            "a task" | "task" | "tasks" | "new task" | "something" | "it" | "one" | "another" | "that" | "this"
        )
}

/// Reads "remind me tomorrow to call the plumber": the time stays in the title.
fn parse_timed_reminder(text: &str) -> Option<String> {
    let rest = strip_prefix(text, "remind me ");
    let (time, what) = (rest.len() < text.len()).then(|| rest.split_once(" to "))??;
    is_only_time(time).then(|| format!("{} {time}", clean_title(what)))
}

/// Reads "for Friday: dentist": the time stays in the title.
fn dated(rest: &str) -> Option<String> {
    let (time, what) = rest.split_once(": ")?;
    let bare = strip_prefix(strip_prefix(time, "for "), "on ");
    is_only_time(bare).then(|| format!("{} ({bare})", clean_title(what)))
}

/// The rest of "a high priority task to call mum".
fn strip_importance(rest: &str) -> &str {
    let lower = rest.to_ascii_lowercase();
    let kinds =
        ["a high priority task", "a high-priority task", "a low priority task", "an urgent task", "an important task"];
    let Some(kind) = kinds.iter().find(|kind| lower.starts_with(**kind)) else { return rest };
    strip_prefix(rest[kind.len()..].trim_start_matches([':', ' ']), "to ")
}

/// The text before "to the groceries list".
fn strip_other_list(text: &str) -> Option<&str> {
    let before = strip_suffix(text, " list");
    let (start, name) = [" to the ", " to my ", " on the ", " on my "]
        .iter()
        .filter_map(|to| before.rsplit_once(to))
        .min_by_key(|(_, name)| name.len())
        .filter(|_| before.len() < text.len())?;
    (!name.contains(' ')).then_some(start)
}

/// Reads "1) stamps 2) envelopes 3) glue".
fn enumerated(rest: &str) -> Option<Vec<String>> {
    let mut titles = Vec::new();
    let mut left = rest.trim().strip_prefix("1)").or_else(|| rest.trim().strip_prefix("1."))?;
    for number in 2..=20 {
        let marks = [format!(" {number})"), format!(" {number}."), format!("\n{number})"), format!("\n{number}.")];
        let Some((title, after)) = marks.iter().find_map(|mark| left.split_once(mark.as_str())) else { break };
        titles.push(clean_title(title));
        left = after;
    }
    titles.push(clean_title(left));
    (titles.len() > 1).then_some(titles)
}

/// Reads "milk with the description 2 litres".
fn parse_description(rest: &str) -> Option<TaskCommand> {
    let lower = rest.to_ascii_lowercase();
    let (at, words) = DESCRIBED.iter().find_map(|words| Some((lower.find(words)?, words)))?;
    let description = strip_quotes(rest[at + words.len()..].trim_start_matches([':', ' ']).trim());
    Some(TaskCommand::AddWithDescription(clean_title(&rest[..at]), description.to_owned()))
}

/// The text after "3 tasks:", and whether it began so.
fn strip_count(text: &str) -> (bool, &str) {
    if let Some((start, rest)) = text.split_once(':') {
        let words: Vec<&str> = start.split(' ').collect();
        if words.len() <= 3
            && words.last().is_some_and(|word| matches!(*word, "tasks" | "things" | "items" | "todos" | "these"))
        {
            return (true, rest.trim());
        }
    }
    (false, text)
}

/// Splits a sentence into titles. Lines and semicolons always separate them; commas and "and" do after "tasks", between quotes
/// and in a list of short items, else only before a verb.
pub(super) fn split_titles(text: &str, plural: bool, plain: bool) -> Vec<String> {
    if strip_quotes(text) != text {
        return vec![strip_quotes(text).to_owned()];
    }
    let list = plain && is_list(text);
    let mut titles = Vec::new();
    for piece in text.split([';', '\n']) {
        let mut start = 0;
        let lower = piece.to_ascii_lowercase();
        let mut breaks: Vec<(usize, &str)> = lower.match_indices(" and ").chain(lower.match_indices(", ")).collect();
        breaks.sort_unstable();
        for (at, and) in breaks {
            let next = lower[at + and.len()..].trim_start_matches("and ");
            let first = next.split([' ', ',']).next().unwrap_or_default();
            let quoted = piece[start..at].trim().ends_with(['"', '\'']) && next.starts_with(['"', '\'']);
            if at >= start && (plural || list || quoted || TASK_VERBS.contains(&first)) {
                titles.push(&piece[start..at]);
                start = at + and.len();
            }
        }
        titles.push(&piece[start..]);
    }
    titles.into_iter().map(clean_title).collect()
}

/// Whether a text is a list like "milk, eggs and bread".
fn is_list(text: &str) -> bool {
    let pieces: Vec<&str> = text.split(", ").flat_map(|piece| piece.split(" and ")).collect();
    let short =
        |piece: &&str| (1..=MAX_ITEM_WORDS).contains(&piece.trim_start_matches("and ").split_whitespace().count());
    let is_mark = |piece: &&str| piece.starts_with('#') || names_priority(piece) || is_only_time(piece);
    text.contains(", ") && pieces.len() > 2 && !pieces.iter().any(is_mark) && pieces.iter().all(short)
}

/// A title without the words of the sentence around it.
fn clean_title(text: &str) -> String {
    let text = text.trim().trim_start_matches(['-', '*', '•', '+']).trim_start();
    let text = match text.split_once(['.', ')']) {
        Some((number, rest)) if number.len() < 3 && number.parse::<u8>().is_ok() && rest.starts_with(' ') => {
            rest.trim_start()
        }
        _ => text,
    };
    let text = strip_prefix(text, "and ");
    let text = ADD.iter().find_map(|verb| after_verb(text, verb).filter(|_| *verb != "put")).unwrap_or(text);
    let text = ["called", "named", "titled"].iter().find_map(|word| after_verb(text, word)).unwrap_or(text);
    strip_quotes(text.trim().trim_end_matches([',', '.'])).to_owned()
}
