//! Questions about the list: all of it, some of it, how much of it.

use crate::offline::command::TaskCommand;
use crate::offline::filter::TaskFilter;
use crate::offline::missing::MissingFeature;
use crate::offline::parse::one_task::parse_one_task;
use crate::offline::phrase::{after_verb, strip_prefix, strip_suffix};
use crate::offline::priority::asked_priority;
use crate::offline::target::TaskTarget;
use crate::offline::words::{COMPLETED, FIND, LISTS, MY_LIST, NEGATIONS, PENDING, SHOW};

/// Words that mean several tasks.
const MANY: [&str; 8] = ["tasks", "todos", "to-dos", "list", "everything", "all", "items", "ones"];

/// Reads one question.
pub(super) fn parse_question(text: &str, lower: &str) -> Option<TaskCommand> {
    let words: Vec<&str> =
        lower.split(|c: char| !c.is_alphanumeric() && c != '\'' && c != '-').filter(|word| !word.is_empty()).collect();
    let first = *words.first()?;
    let has = |set: &[&str]| words.iter().any(|word| set.contains(word));
    let status = parse_status(lower, &words);
    if ["what do i have", "what do i have already", "what have i got"].contains(&lower) {
        return Some(TaskCommand::List("all"));
    }
    if let Some(priority) = asked_priority(lower) {
        return Some(TaskCommand::ListSome(TaskFilter { priority: Some(priority), ..TaskFilter::open() }));
    }
    if let Some(target) = parse_lookup(text, lower) {
        return Some(TaskCommand::Show(target));
    }
    if let Some(command) = parse_one_task(text) {
        return Some(command);
    }
    let shows = SHOW.contains(&first);
    let question = has(&["what", "what's", "whats", "which", "anything", "how"]);
    let begins = shows
        || question
        || LISTS.contains(&first)
        || [
            "my",
            "do",
            "is",
            "are",
            "am",
            "any",
            "have",
            "did",
            "pending",
            "open",
            "completed",
            "remaining",
            "done",
            "nothing",
            "was",
            "were",
            "when",
            "count",
            "number",
        ]
        .contains(&first);
    let one = shows && status == "all" && words.len() > 2 && !has(&MANY) && has(&["task"]);
    let about = (has(&LISTS) && !one) || words == ["show"] || words == ["list"];
    let by_status = status != "all" && (question || first == "do" || words.len() <= 3);
    if !begins || !(about || by_status) {
        return shows.then(|| parse_show(text)).flatten();
    }
    if has(&["many", "much", "count", "number"]) {
        return Some(TaskCommand::Count(status));
    }
    Some(TaskCommand::List(status))
}

/// The status of the tasks that a question is about.
fn parse_status(lower: &str, words: &[&str]) -> &'static str {
    let has = |set: &[&str]| words.iter().any(|word| set.contains(word));
    let completed = has(&COMPLETED);
    let to_do = lower.contains("to do") || lower.contains("should i do");
    let everything = ["is everything", "is it all", "are they all", "am i done", "am i finished", "are all"]
        .iter()
        .any(|start| lower.starts_with(start));
    let all = lower.contains("all ") || lower.ends_with(" all") && !completed;
    match () {
        () if everything && completed => "pending",
        () if (has(&PENDING) || to_do || (completed && has(&NEGATIONS))) && !all => "pending",
        () if completed && !to_do => "completed",
        () => "all",
    }
}

/// Reads "find milk", "is milk on my list?", "what is task 3?".
fn parse_lookup(text: &str, lower: &str) -> Option<TaskTarget> {
    let named = |rest: &str| {
        Some(TaskTarget::parse(rest))
            .filter(|target| matches!(target, TaskTarget::Title(_) | TaskTarget::Numbers(_) | TaskTarget::Place(_)))
    };
    if let Some(rest) = FIND.iter().filter(|verb| **verb != "do i have").find_map(|verb| after_verb(text, verb)) {
        let rest = ["all tasks with ", "tasks with ", "all tasks about ", "tasks about "]
            .iter()
            .fold(rest, |rest, start| strip_prefix(rest, start));
        return named(rest);
    }
    let listed = MY_LIST.iter().map(|place| strip_suffix(text, place)).find(|start| *start != text);
    let listed = listed.map(|start| strip_suffix(start, " still"));
    let asked = ["is there a task about ", "is there a task to ", "is there ", "do i have ", "have i got ", "is "];
    if let Some(start) = listed
        && let Some(rest) = asked.iter().map(|asked| strip_prefix(start, asked)).find(|rest| *rest != start)
    {
        return named(rest).filter(|target| !matches!(target, TaskTarget::Title(words) if words.contains("thing")));
    }
    if let Some(words) = parse_contained(text, lower) {
        return named(words);
    }
    let shows = SHOW.iter().find_map(|verb| after_verb(text, verb)).map(|rest| strip_prefix(rest, "me "))?;
    match TaskTarget::parse(shows) {
        target @ (TaskTarget::Numbers(_) | TaskTarget::Place(_) | TaskTarget::First(_) | TaskTarget::Last(_))
            if !lower.contains(" left") =>
        {
            Some(target)
        }
        _ => None,
    }
}

/// The words in "tasks containing milk", "do I have to buy anything?", "anything about rent?".
fn parse_contained<'a>(text: &'a str, lower: &'a str) -> Option<&'a str> {
    let contains = [" containing ", " with the word ", " that contain ", " that contains ", " about "];
    let parts = contains.iter().find_map(|between| {
        let at = lower.find(between)?;
        Some((&lower[..at], &text[at + between.len()..]))
    });
    if let Some((begin, rest)) = parts
        && MANY.iter().any(|many| begin.ends_with(many))
    {
        return Some(rest);
    }
    if let Some(verb) = lower
        .strip_prefix("do i have to ")
        .and_then(|rest| rest.strip_suffix(" anything").or_else(|| rest.strip_suffix(" something")))
    {
        return Some(verb);
    }
    let about = [
        "is there anything about ",
        "do i have anything about ",
        "anything about ",
        "is there a task about ",
        "do i have a task about ",
        "which task is about ",
        "which tasks are about ",
    ];
    about.iter().find_map(|about| Some(strip_prefix(text, about)).filter(|rest| rest.len() < text.len()))
}

/// Reads "show me the milk".
fn parse_show(text: &str) -> Option<TaskCommand> {
    let rest = ["show", "display", "view"].iter().find_map(|verb| after_verb(text, verb))?;
    match TaskTarget::parse(strip_prefix(rest, "me ")) {
        target @ TaskTarget::Title(_) => Some(TaskCommand::Show(target)),
        TaskTarget::Common(_) => Some(TaskCommand::Missing(MissingFeature::DatedList)),
        _ => None,
    }
}
