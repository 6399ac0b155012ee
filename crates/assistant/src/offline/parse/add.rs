//! Commands that add tasks, and the titles in them.

use serde_json::{Map, Value, json};

use crate::offline::command::{TaskCommand, WantedTask};
use crate::offline::missing::{is_only_time, names_time};
use crate::offline::parse::add_head::{AddHead, parse_add_head};
use crate::offline::parse::filing::parse_filed_title;
use crate::offline::phrase::{MaskedText, after_verb, is_mask, strip_prefix, strip_quotes, strip_suffix};
use crate::offline::priority::{parse_priority, strip_priority};
use crate::offline::reminder::{is_time, split_marks};
use crate::offline::words::{ADD, DESCRIBED, MY_LIST, TASK_VERBS};

/// Words of an item in a list like "milk, eggs and bread".
const MAX_ITEM_WORDS: usize = 2;

/// Reads "add …". A quoted title is what is quoted.
pub(super) fn parse_add(text: &str) -> Option<TaskCommand> {
    let masked = MaskedText::new(text);
    let shown = |task: WantedTask| {
        let unquoted = |text: String| strip_quotes(&masked.unmask(&text)).to_owned();
        let list = task
            .members
            .into_iter()
            .map(|(name, list)| (name, json!(unquoted(list.as_str().unwrap_or_default().into()))));
        WantedTask {
            description: task.description.map(unquoted),
            priority: task.priority,
            members: list.collect(),
            ..WantedTask::titled(masked.unmask(&task.title))
        }
    };
    let tasks = wanted_tasks(&masked.text)?;
    Some(TaskCommand::Add(tasks.into_iter().map(shown).collect()))
}

/// The tasks of a sentence whose quotes are masked.
fn wanted_tasks(text: &str) -> Option<Vec<WantedTask>> {
    if let Some(title) = parse_timed_reminder(text) {
        return Some(vec![WantedTask::titled(title)]);
    }
    let AddHead { rest, is_plural, is_bare, needs_list, priority } = parse_add_head(text)?;
    let whole = MY_LIST.iter().find_map(|place| after_verb(rest, place.trim_start())).unwrap_or(rest);
    let (start, marks) = split_marks(whole);
    let listed = MY_LIST.iter().map(|place| strip_suffix(start, place)).find(|begin| *begin != start);
    // "Put milk in the groceries list" may mean the task that there is.
    let adds = |title: &str| !needs_list || !start[title.len()..].starts_with(" in");
    let filed = parse_filed_title(start).filter(|(title, _)| listed.is_none() && adds(title));
    if needs_list && listed.is_none() && filed.is_none() {
        return None;
    }
    let (title, list) = filed.map_or((listed, None), |(title, list)| (Some(title), Some(list)));
    // "Milk to my list tomorrow" has its date behind the list.
    let unlisted = title.map_or_else(|| whole.to_owned(), |title| format!("{title} {marks}"));
    let start = unlisted.trim_end();
    let members = Map::from_iter(list.map(|list| ("list".to_owned(), Value::from(list))));
    let (counted, rest) = strip_count(start.trim_start_matches([':', ',', '-', ' ']));
    let (rest, later) = strip_priority(rest);
    let priority = priority.or(later);
    let wanted = |title: String| WantedTask { priority, members: members.clone(), ..WantedTask::titled(title) };
    if let Some((title, description)) = parse_description(rest) {
        return Some(vec![WantedTask { description: Some(description), ..wanted(title) }]);
    }
    let titles = enumerated(rest).or_else(|| dated(rest)).unwrap_or_else(|| {
        if names_nothing(rest) { Vec::new() } else { split_titles(rest, counted || is_plural, is_bare) }
    });
    Some(titles.into_iter().filter(|title| !title.is_empty()).map(wanted).collect())
}

/// Whether nothing is named: "3 tasks", "a few things", "something".
fn names_nothing(rest: &str) -> bool {
    const VAGUE: [&str; 30] = [
        "a",
        "an",
        "another",
        "some",
        "few",
        "several",
        "couple",
        "of",
        "new",
        "more",
        "one",
        "two",
        "three",
        "four",
        "five",
        "task",
        "tasks",
        "item",
        "items",
        "thing",
        "things",
        "todo",
        "todos",
        "something",
        "it",
        "that",
        "this",
        "these",
        "those",
        "them",
    ];
    let lower = rest.to_ascii_lowercase();
    let is_number = |word: &str| word.parse::<u32>().is_ok();
    // What ends with a number is a title ("add task 5"), and so is the letter alone.
    let is_title = lower == "a" || lower.rsplit(' ').next().is_some_and(is_number);
    !is_title && lower.split_whitespace().all(|word| VAGUE.contains(&word) || is_number(word))
}

/// Reads "remind me tomorrow to call the plumber": the time stays in the title.
fn parse_timed_reminder(text: &str) -> Option<String> {
    let rest = strip_prefix(text, "remind me ");
    let split =
        [" to ", " about ", " that i have to ", " that i need to "].iter().find_map(|word| rest.split_once(word));
    let (time, what) = split.filter(|_| rest.len() < text.len())?;
    (is_only_time(time) || is_time(time)).then(|| format!("{} {time}", clean_title(what)))
}

/// Reads "for Friday: dentist": the time stays in the titles.
fn dated(rest: &str) -> Option<Vec<String>> {
    let (time, what) = rest.split_once(": ")?;
    let bare = strip_prefix(strip_prefix(time, "for "), "on ");
    let titles = || split_titles(what, false, true).into_iter().map(|title| format!("{title} ({bare})")).collect();
    (names_time(bare) && is_only_time(bare)).then(titles)
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
fn parse_description(rest: &str) -> Option<(String, String)> {
    let lower = rest.to_ascii_lowercase();
    let (at, words) = DESCRIBED.iter().find_map(|words| Some((lower.find(words)?, words)))?;
    let description = strip_quotes(rest[at + words.len()..].trim_start_matches([':', ' ']).trim());
    Some((clean_title(&rest[..at]), description.to_owned()))
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

/// Splits a sentence into titles. Lines and semicolons always separate them; commas and "and" do after "tasks", between quotes,
/// between titles with dates and in a list of short items, else only before a verb. What ends a list, such as a date or a tag,
/// holds for all of its items that have none of their own.
pub(super) fn split_titles(text: &str, plural: bool, plain: bool) -> Vec<String> {
    let masked = MaskedText::new(text);
    let (things, marks) = split_marks(&masked.text);
    let is_list = plural || (plain && is_list(things));
    let mut titles = match pieces(&masked.text) {
        pieces if pieces.len() > 1 && !text.contains(['\n', ';']) && pieces.iter().all(|piece| is_marked(piece)) => {
            pieces
        }
        _ => split_parts(if is_list { things } else { &masked.text }, is_list),
    }
    .into_iter()
    .enumerate()
    .map(|(at, title)| if at == 0 { clean_title(title) } else { further_title(title) })
    .collect::<Vec<_>>();
    if is_list {
        let mut marks = marks.to_owned();
        for title in titles.iter_mut().rev() {
            match split_marks(title).1.to_owned() {
                none if none.is_empty() => *title = format!("{title} {marks}").trim().to_owned(),
                own => marks = own,
            }
        }
    }
    titles.iter().map(|title| masked.unmask(title)).collect()
}

/// The parts of a sentence that are titles of their own.
fn split_parts(text: &str, is_list: bool) -> Vec<&str> {
    let mut titles = Vec::new();
    for piece in text.split([';', '\n']) {
        let mut start = 0;
        let lower = piece.to_ascii_lowercase();
        let mut breaks: Vec<(usize, &str)> =
            [" and ", ", ", " & "].iter().flat_map(|joined| lower.match_indices(joined)).collect();
        breaks.sort_unstable();
        for (at, and) in breaks {
            if at < start {
                continue; // a part of the break before it, as in ", and "
            }
            let next = lower[at + and.len()..].trim_start_matches("and ");
            let first = next.split([' ', ',']).next().unwrap_or_default();
            let quoted = piece[start..at].trim().ends_with(is_mask) && next.starts_with(is_mask);
            if is_list || quoted || TASK_VERBS.contains(&first) {
                titles.push(&piece[start..at]);
                start = at + and.len();
            }
        }
        titles.push(&piece[start..]);
    }
    titles
}

/// The pieces that commas and "and" join.
fn pieces(text: &str) -> Vec<&str> {
    let joined = [" and ", " & ", " und "];
    let pieces = joined.iter().fold(text.split(", ").collect::<Vec<_>>(), |pieces, joined| {
        pieces.into_iter().flat_map(|piece| piece.split(joined)).collect()
    });
    pieces.into_iter().map(|piece| piece.trim_start_matches("and ").trim_start_matches("und ")).collect()
}

/// Whether a piece is a title with a date or a tag.
fn is_marked(piece: &str) -> bool {
    let (title, marks) = split_marks(piece);
    !title.is_empty() && !marks.is_empty()
}

/// Whether a text is a list like "milk, eggs and bread".
fn is_list(text: &str) -> bool {
    let pieces = pieces(text);
    let short = |piece: &&str| (1..=MAX_ITEM_WORDS).contains(&split_marks(piece).0.split_whitespace().count());
    let is_mark = |piece: &&str| piece.starts_with('#') || parse_priority(piece).is_some() || is_only_time(piece);
    text.contains(", ") && pieces.len() > 2 && !pieces.iter().any(is_mark) && pieces.iter().all(short)
}

/// A title after the first one: its own beginning adds nothing to it, as in "milk and add eggs".
fn further_title(text: &str) -> String {
    let text = strip_prefix(text.trim(), "and ");
    let text = ADD.iter().find_map(|verb| after_verb(text, verb)).unwrap_or(text);
    clean_title(after_verb(text, "add").and_then(|_| parse_add_head(text)).map_or(text, |head| head.rest))
}

/// A title without the words of the sentence around it.
pub(super) fn clean_title(text: &str) -> String {
    let text = text.trim().trim_start_matches(['-', '*', '•', '+']).trim_start();
    let text = match text.split_once(['.', ')']) {
        Some((number, rest)) if number.len() < 3 && number.parse::<u8>().is_ok() && rest.starts_with(' ') => {
            rest.trim_start()
        }
        _ => text,
    };
    let text = strip_prefix(text, "and ");
    let text = ["called", "named", "titled"].iter().find_map(|word| after_verb(text, word)).unwrap_or(text);
    strip_quotes(text.trim().trim_end_matches([',', '.'])).to_owned()
}
