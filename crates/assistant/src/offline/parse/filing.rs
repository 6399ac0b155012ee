//! Lists and tags: what moves a task into a list, tags it, and asks for the tasks of a list or with a tag.

use crate::offline::command::{MemberChange, TaskCommand};
use crate::offline::filter::{TaskFilter, is_whole_list};
use crate::offline::german::english_object;
use crate::offline::phrase::{lowercase, strip_prefix, strip_quotes, strip_suffix};
use crate::offline::reminder::is_time;
use crate::offline::target::TaskTarget;

/// What begins an order to move a task into a list, and what stands before the name of the list.
const MOVES: &[&str] = &["move ", "file ", "verschiebe ", "verschieb ", "pack ", "packe ", "schieb ", "schiebe "];
const INTO: &[&str] = &[
    " to the list ",
    " into the list ",
    " in the list ",
    " on the list ",
    " onto the list ",
    " to my list ",
    " on my list ",
    " to list ",
    " into list ",
    " in die liste ",
    " auf die liste ",
    " zur liste ",
];
/// What stands before "Home list" where a task is moved.
const MOVED_TO: &[&str] = &[" to the ", " to my ", " into the ", " into my "];
/// What stands before "groceries list" where something is added.
const ADDED_TO: &[&str] =
    &[" to the ", " to my ", " to our ", " on the ", " on my ", " onto the ", " into the ", " in the ", " in my "];
/// What stands before a task, between it and a tag, and after it.
const TAGGING: &[(&str, &str, &str)] = &[
    ("tag ", " with ", ""),
    ("tag ", " as ", ""),
    ("label ", " with ", ""),
    ("label ", " as ", ""),
    ("give ", " the tag ", ""),
    ("tagge ", " mit ", ""),
    ("gib ", " den tag ", ""),
    ("gib ", " das tag ", ""),
];
/// What stands before a tag, between it and its task, and after it; whether the tag goes.
const TAGS: &[(&str, &str, &str, bool)] = &[
    ("add the tag ", " to ", "", false),
    ("add tag ", " to ", "", false),
    ("remove the tag ", " from ", "", true),
    ("remove tag ", " from ", "", true),
    ("delete the tag ", " from ", "", true),
    ("füge den tag ", " zu ", " hinzu", false),
    ("entferne den tag ", " von ", "", true),
    ("entferne das tag ", " von ", "", true),
];
/// What stands around the name of a list that is asked for.
const LISTED: &[(&str, &str)] = &[
    ("show me the list ", ""),
    ("show the list ", ""),
    ("show list ", ""),
    ("show me my ", " list"),
    ("show me the ", " list"),
    ("show my ", " list"),
    ("show the ", " list"),
    ("what's on the ", " list"),
    ("what is on the ", " list"),
    ("what's on my ", " list"),
    ("what's in the ", " list"),
    ("what is in the ", " list"),
    ("what's in the list ", ""),
    ("zeig mir die liste ", ""),
    ("zeige mir die liste ", ""),
    ("zeig die liste ", ""),
    ("zeige die liste ", ""),
    ("was ist in der liste ", ""),
    ("was steht auf der liste ", ""),
    ("was steht in der liste ", ""),
];
/// What stands before a tag that is asked for.
const TAGGED: &[&str] = &[
    "show me tasks tagged ",
    "show tasks tagged ",
    "show my tasks tagged ",
    "show everything tagged ",
    "tasks tagged ",
    "what's tagged ",
    "what is tagged ",
    "show tasks with the tag ",
    "show tasks with tag ",
    "tasks with the tag ",
    "tasks with tag ",
    "show #",
    "zeig mir aufgaben mit tag ",
    "zeig aufgaben mit tag ",
    "zeig mir aufgaben mit dem tag ",
    "zeig aufgaben mit dem tag ",
    "aufgaben mit tag ",
    "aufgaben mit dem tag ",
    "zeig #",
    "zeig mir #",
];

/// Reads "move milk to the list Home", "tag 1 with shop", "show the list Home".
pub(super) fn parse_filing(text: &str) -> Option<TaskCommand> {
    let text = text.trim_end_matches(['.', '!', '?', ' ']);
    let lower = lowercase(text);
    let after = |start: &str| lower.starts_with(start).then(|| &text[start.len()..]);
    let between = |start: &str, end: &str| {
        let rest = after(start)?;
        let name = strip_suffix(rest, end);
        (end.is_empty() || name.len() < rest.len()).then_some(name)
    };
    let split = |rest: &'_ str, joined: &str| {
        let at = lowercase(rest).rfind(joined)?;
        Some((rest[..at].to_owned(), name(&rest[at + joined.len()..])?))
    };
    if let Some(rest) = MOVES.iter().find_map(|verb| after(verb)) {
        return move_to_list(rest);
    }
    for (start, joined, end) in TAGGING {
        if let Some((task, tag)) = between(start, end).and_then(|rest| split(rest, joined)) {
            return Some(TaskCommand::Tag(TaskTarget::parse(&english_object(&task)), tag, true));
        }
    }
    for (start, joined, end, goes) in TAGS {
        if let Some(rest) = between(start, end)
            && let Some(at) = lowercase(rest).find(joined)
        {
            let target = TaskTarget::parse(&english_object(&rest[at + joined.len()..]));
            return Some(TaskCommand::Tag(target, name(&rest[..at])?, !goes));
        }
    }
    if let Some(tag) = TAGGED.iter().find_map(|start| after(start)).and_then(name) {
        return Some(TaskCommand::ListSome(TaskFilter { tags: vec![tag], ..TaskFilter::open() }));
    }
    let listed = LISTED.iter().find_map(|(start, end)| between(start, end)).and_then(name);
    listed
        .filter(|list| !is_whole_list(list))
        .map(|list| TaskCommand::ListSome(TaskFilter { list: Some(list), ..TaskFilter::open() }))
}

/// Reads "milk to the list Home", "milk to the Home list".
fn move_to_list(rest: &str) -> Option<TaskCommand> {
    let (task, list) = split_list(rest, MOVED_TO)?;
    let target = TaskTarget::parse(&english_object(task));
    Some(TaskCommand::Schedule(target, MemberChange::of("list", list_name(list)?)))
}

/// Reads "bananas to the groceries list", "bananas auf die Liste Haus": what is added, and into which list.
pub(super) fn parse_filed_title(text: &str) -> Option<(&str, String)> {
    let (title, list) = split_list(text, ADDED_TO)?;
    let is_one_word = !list.contains(' ');
    let list = list_name(list).filter(|_| is_one_word || !lowercase(text).ends_with(" list"))?;
    Some((title, list))
}

/// What stands before a list, and the name of the list, which "list" goes before, or follows after one of `joints`.
fn split_list<'a>(text: &'a str, joints: &[&str]) -> Option<(&'a str, &'a str)> {
    let lower = lowercase(text);
    let last = |lower: &str, words: &[&str]| words.iter().filter_map(|to| Some((lower.rfind(to)?, to.len()))).max();
    if let Some((at, length)) = last(&lower, INTO) {
        return Some((&text[..at], &text[at + length..]));
    }
    let start = lower.strip_suffix(" list")?;
    let (at, length) = last(start, joints)?;
    Some((&text[..at], &text[at + length..start.len()]))
}

/// The name of a list that is not the whole one.
fn list_name(text: &str) -> Option<String> {
    name(text).filter(|list| !is_whole_list(list) && !is_time(list))
}

/// The name of a list or tag.
fn name(text: &str) -> Option<String> {
    let bare = ["the tag ", "tag ", "the list ", "#"].iter().fold(text.trim(), |rest, start| strip_prefix(rest, start));
    let bare = strip_quotes(bare.trim());
    (!bare.is_empty() && bare.split(' ').count() <= 3).then(|| bare.to_owned())
}
