//! Questions about one task: whether it is done, what it is.

use crate::offline::command::{TaskCommand, TaskQuestion};
use crate::offline::parse::participle::infinitive;
use crate::offline::phrase::{lowercase, strip_prefix, strip_suffix};
use crate::offline::target::TaskTarget;
use crate::offline::words::IS_DONE;

/// Words that name several tasks, or none.
const VAGUE: &[&str] = &[
    "tasks",
    "todos",
    "to-dos",
    "list",
    "everything",
    "all",
    "items",
    "ones",
    "something",
    "anything",
    "nothing",
    "things",
    "thing",
    "there",
    "any",
];
/// Words that say only since when, or how surely.
const LITTLE: &[&str] = &["still", "already", "yet", "ever", "just", "actually", "really", "now", "finally", "today"];
/// What begins a question whether something is done.
const WHETHER: &[&str] = &[
    "did i ",
    "did you ",
    "did we ",
    "have i ",
    "have you ",
    "have we ",
    "has ",
    "is ",
    "was ",
    "were ",
    "are ",
    "am i ",
];
/// What begins a question whether something is to be done.
const TO_DO: &[&str] = &[
    "do i have to ",
    "do i need to ",
    "do we have to ",
    "do we need to ",
    "must i ",
    "should i ",
    "should we ",
    "is it necessary to ",
];
/// What stands around a task that is asked about.
const ABOUT: &[(&str, &str)] = &[
    ("when do i have to ", ""),
    ("when do i need to ", ""),
    ("when should i ", ""),
    ("when must i ", ""),
    ("when do we have to ", ""),
    ("when is ", ""),
    ("when's ", ""),
    ("until when do i have to ", ""),
    ("what about ", ""),
    ("how about ", ""),
    ("what is with ", ""),
    ("tell me about ", ""),
    ("tell me more about ", ""),
    ("what do you know about ", ""),
    ("how important is ", ""),
    ("how urgent is ", ""),
    ("how is ", ""),
    ("how's ", ""),
    ("why is ", " late"),
    ("details of ", ""),
    ("details for ", ""),
    ("details about ", ""),
    ("what's the priority of ", ""),
    ("what is the priority of ", ""),
    ("what's the date of ", ""),
    ("what is the date of ", ""),
    ("what's the due date of ", ""),
    ("what is the due date of ", ""),
    ("which list is ", " in"),
    ("which list is ", " on"),
    ("what list is ", " in"),
    ("what list is ", " on"),
    ("in which list is ", ""),
    ("on which list is ", ""),
    ("what tags does ", " have"),
    ("which tags does ", " have"),
    ("what priority does ", " have"),
    ("what date does ", " have"),
    ("does ", " have a date"),
    ("does ", " have a due date"),
    ("does ", " have a priority"),
    ("does ", " have a reminder"),
    ("does ", " repeat"),
    ("is there a task for ", ""),
    ("is there something about ", ""),
    ("do i have a task for ", ""),
];
/// What begins a question whether there is something on the list.
const HAVING: [&str; 2] = ["do i have ", "do we have "];
/// Verbs for what is done to tasks in a list.
const ACTS: [&str; 10] =
    ["complete", "completed", "finish", "finished", "delete", "deleted", "remove", "removed", "add", "added"];

/// Reads "is the rent paid?", "do I still have to call mum?", "what about the report?".
pub(super) fn parse_one_task(text: &str) -> Option<TaskCommand> {
    let plain: Vec<&str> = text.split(' ').filter(|word| !LITTLE.contains(&lowercase(word).as_str())).collect();
    let text = plain.join(" ");
    let asks = |question, target| Some(TaskCommand::Ask(question, target));
    if let Some(target) = parse_pronoun(&lowercase(&text)) {
        return asks(TaskQuestion::Done, target);
    }
    if let Some(target) = after(&text, TO_DO).and_then(named) {
        return asks(TaskQuestion::ToDo, target);
    }
    let around = |(start, end): &(&str, &str)| {
        let rest = strip_prefix(&text, start);
        let object = strip_suffix(rest, end);
        let fits = rest.len() < text.len() && (end.is_empty() || object.len() < rest.len());
        named(if fits { object } else { "" })
    };
    if let Some(target) = ABOUT.iter().find_map(around).or_else(|| after(&text, &HAVING).and_then(named)) {
        return Some(TaskCommand::Show(target));
    }
    asks(TaskQuestion::Done, named(told(after(&text, WHETHER)?, &text)?)?)
}

fn after<'a>(text: &'a str, starts: &[&str]) -> Option<&'a str> {
    starts.iter().map(|start| strip_prefix(text, start)).find(|rest| rest.len() < text.len())
}

/// The task that words name, if they name one.
fn named(words: &str) -> Option<TaskTarget> {
    let is_vague = || lowercase(words).split(' ').any(|word| VAGUE.contains(&word));
    match TaskTarget::parse(words) {
        target @ TaskTarget::Numbers(_) => Some(target),
        target @ (TaskTarget::Title(_) | TaskTarget::Place(_)) if !words.is_empty() && !is_vague() => Some(target),
        _ => None,
    }
}

/// The task of "the rent paid", "paid the rent", "pay the rent", which stand in a question after its beginning.
fn told<'a>(rest: &'a str, text: &str) -> Option<&'a str> {
    if let Some(object) = IS_DONE.iter().map(|end| strip_suffix(rest, end)).find(|object| object.len() < rest.len()) {
        return Some(object);
    }
    let (first, last) = (rest.split(' ').next()?, rest.rsplit(' ').next()?);
    let is_participle = |word: &str| infinitive(&lowercase(word)).is_some();
    match rest.split_once(' ') {
        Some(_) if is_participle(last) => Some(strip_suffix(rest[..rest.len() - last.len()].trim(), " been")),
        Some((_, object)) if is_participle(first) || ACTS.contains(&lowercase(first).as_str()) => Some(object),
        _ if ["is ", "has ", "was ", "were ", "are ", "am "].iter().any(|start| lowercase(text).starts_with(start)) => {
            None
        }
        _ => Some(rest),
    }
}

/// Reads "is it done?", "are they paid?".
fn parse_pronoun(lower: &str) -> Option<TaskTarget> {
    let asked = [("is it ", false), ("is that ", false), ("was it ", false), ("are they ", true), ("are those ", true)];
    let (state, many) = asked.iter().find_map(|(asks, many)| Some((lower.strip_prefix(asks)?, *many)))?;
    let is_state =
        IS_DONE.iter().any(|end| end.trim_start_matches(" is").trim() == state) || infinitive(state).is_some();
    is_state.then_some(if many { TaskTarget::Them } else { TaskTarget::It })
}
