//! Statements about what is done and what is not.

use crate::offline::command::TaskCommand;
use crate::offline::parse::participle::infinitive;
use crate::offline::phrase::{strip_prefix, strip_quotes, strip_suffix};
use crate::offline::target::{TaskTarget, title};
use crate::offline::words::{IS_DONE, TASK_VERBS};

/// Words of a task in a statement such as "the rent is paid".
const MAX_SUBJECT_WORDS: usize = 4;
/// Reads "groceries is done", "I bought milk", "task 3 should be called bread".
pub(super) fn parse_statement(text: &str) -> Option<TaskCommand> {
    for between in [
        " should be called ",
        " should be named ",
        " should be renamed to ",
        " should read ",
        " should say ",
        " to be called ",
        " to be named ",
    ] {
        if let Some((old, new)) = text.split_once(between) {
            let old = ["i want ", "i'd like "].iter().fold(old, |old, start| strip_prefix(old, start));
            return Some(TaskCommand::Rename(vec![(TaskTarget::parse(old), strip_quotes(new).to_owned())]));
        }
    }
    if let Some(command) = parse_no_longer(text)
        .or_else(|| parse_wish(text))
        .or_else(|| parse_not_done(text))
        .or_else(|| parse_state(without_adverbs(text)))
    {
        return Some(command);
    }
    let text = without_adverbs(strip_suffix(text, " yet"));
    if let Some(end) = IS_DONE.iter().find(|end| strip_suffix(text, end) != text) {
        let start = strip_suffix(text, end);
        let not = [" is not", " are not", " isn't", " aren't", " not"].iter().find_map(|not| start.strip_suffix(not));
        let sure = end.trim().contains(' ') || end.starts_with('\'');
        return match (TaskTarget::parse(not.unwrap_or(start)), not) {
            (TaskTarget::Unspecified, _) => None,
            (TaskTarget::It, Some(_)) if start.starts_with("it") => Some(TaskCommand::Reopen(TaskTarget::It)),
            (TaskTarget::It | TaskTarget::Them | TaskTarget::All(_), Some(_)) => None,
            (TaskTarget::All(_), None) if !sure => None,
            (TaskTarget::Title(words), None) if ["i'm", "i am", "we're"].contains(&words.to_lowercase().as_str()) => {
                None
            }
            (target, Some(_)) => Some(TaskCommand::Reopen(target)),
            (target, None) => Some(TaskCommand::Complete(target)),
        };
    }
    parse_past(text).map(|title| TaskCommand::Complete(TaskTarget::Title(title)))
}

/// A statement without the words that say when it came true.
fn without_adverbs(text: &str) -> &str {
    let starts = ["finally ", "i finally ", "luckily "];
    let rest = starts.iter().find_map(|start| stripped(text, start)).unwrap_or(text);
    let ends = [" already", " today", " yesterday", " this morning", " just now", " last night", " earlier"];
    ends.iter().fold(rest, |rest, end| strip_suffix(rest, end))
}

/// Reads "I want 3 gone", "task 3 can go", "task 3 is no longer needed".
fn parse_wish(text: &str) -> Option<TaskCommand> {
    let ended = |ends: &[&str]| ends.iter().map(|end| strip_suffix(text, end)).find(|start| start.len() < text.len());
    let wished = ended(&[" gone", " deleted", " removed"])
        .and_then(|start| ["i want ", "i'd like ", "i need "].iter().find_map(|wish| stripped(start, wish)));
    let useless = || {
        ended(&[
            " can go",
            " is no longer needed",
            " isn't needed anymore",
            " isn't needed any more",
            " is not needed anymore",
            " is obsolete",
        ])
    };
    wished.or_else(useless).map(|words| TaskCommand::Delete(TaskTarget::parse(words)))
}

/// Reads "I no longer need to call mum".
fn parse_no_longer(text: &str) -> Option<TaskCommand> {
    if let Some(rest) = ["forget about ", "forget "].iter().find_map(|start| stripped(text, start)) {
        return Some(TaskCommand::Unless("forget".to_owned(), Box::new(TaskCommand::Delete(TaskTarget::parse(rest)))));
    }
    let starts = [
        "i no longer need to ",
        "i no longer have to ",
        "no need to ",
        "i no longer need ",
        "we no longer need ",
        "we no longer have to ",
    ];
    if let Some(rest) = starts.iter().find_map(|start| stripped(text, start)) {
        return Some(TaskCommand::Delete(TaskTarget::parse(strip_suffix(rest, " anymore"))));
    }
    let any_more = [" anymore", " any more"]
        .iter()
        .find_map(|end| Some(strip_suffix(text, end)).filter(|rest| rest.len() < text.len()))?;
    let rest = ["i don't need to ", "i don't have to ", "i don't need ", "we don't need to ", "we don't need "]
        .iter()
        .find_map(|start| stripped(any_more, start))?;
    Some(TaskCommand::Delete(TaskTarget::parse(rest)))
}

/// Reads "I didn't actually book the dentist", "rent isn't paid yet": the task is open.
pub(super) fn parse_not_done(text: &str) -> Option<TaskCommand> {
    let text = strip_suffix(strip_suffix(text, " yet"), " after all");
    let starts = [
        "i didn't ",
        "didn't ",
        "haven't ",
        "have not ",
        "i did not ",
        "i haven't ",
        "i have not ",
        "we didn't ",
        "i never ",
        "i actually didn't ",
        "we haven't ",
        "we never ",
    ];
    if let Some(rest) = starts.iter().find_map(|start| stripped(text, start)) {
        let rest = ["actually ", "really ", "yet "].iter().fold(rest, |rest, word| strip_prefix(rest, word));
        let (verb, what) = rest.split_once(' ')?;
        let verb = verb.to_lowercase();
        let base = TASK_VERBS.contains(&verb.as_str()).then(|| verb.clone()).or_else(|| infinitive(&verb))?;
        let finishes = ["finish", "do", "complete"].contains(&base.as_str());
        let words = if finishes { title(what) } else { format!("{base} {}", title(what)) };
        let target = if finishes { TaskTarget::parse(what) } else { TaskTarget::Title(words) };
        return Some(TaskCommand::Reopen(target));
    }
    if let Some(what) = [" is still open", " is open again", " is open"]
        .iter()
        .find_map(|end| Some(strip_suffix(text, end)).filter(|what| what.len() < text.len()))
    {
        return Some(TaskCommand::Reopen(TaskTarget::parse(what)));
    }
    for not in [
        " isn't ",
        " is not ",
        " aren't ",
        " are not ",
        " hasn't been ",
        " has not been ",
        " haven't been ",
        " wasn't ",
        " not ",
    ] {
        if let Some((what, state)) = text.split_once(not)
            && let Some(verb) = infinitive(&state.to_lowercase())
        {
            return Some(TaskCommand::Reopen(done_task(&verb, what)));
        }
    }
    None
}

/// Reads "rent is paid", "got the milk", "just finished 4".
fn parse_state(text: &str) -> Option<TaskCommand> {
    let text =
        ["just ", "already ", "we just ", "we already "].iter().find_map(|start| stripped(text, start)).unwrap_or(text);
    for finished in ["finished with ", "finished ", "completed ", "did "] {
        if let Some(rest) = stripped(text, finished) {
            let target = TaskTarget::parse(rest);
            let one =
                matches!(target, TaskTarget::Title(_) | TaskTarget::Numbers(_) | TaskTarget::It | TaskTarget::Place(_));
            return one.then_some(TaskCommand::Complete(target));
        }
    }
    if let Some((did, what)) = text.split_once(' ')
        && let Some(verb) = infinitive(&did.to_lowercase())
        && !["did", "made", "got", "took", "went", "read", "cut"].contains(&did.to_lowercase().as_str())
    {
        return Some(TaskCommand::Complete(done_task(&verb, what)));
    }
    for got in ["got ", "i got ", "i've got the ", "i've got my "] {
        if let Some(rest) = stripped(text, got).filter(|rest| rest.split(' ').count() <= MAX_SUBJECT_WORDS) {
            return Some(TaskCommand::Complete(TaskTarget::Title(title(rest))));
        }
    }
    for is in [
        " is now ",
        " is already ",
        "'s already been ",
        "'s been ",
        " got ",
        " has now been ",
        " has already been ",
        " has been ",
        " have been ",
        " is ",
        " are ",
        " was ",
        "'s ",
    ] {
        if let Some((what, state)) = text.split_once(is)
            && let Some(verb) = infinitive(&state.to_lowercase())
            && what.split(' ').count() <= MAX_SUBJECT_WORDS
        {
            return Some(TaskCommand::Complete(done_task(&verb, what)));
        }
    }
    // "rent paid"
    let (what, state) = text.rsplit_once(' ')?;
    let verb = infinitive(&state.to_lowercase()).filter(|verb| !["read", "cut"].contains(&verb.as_str()))?;
    let is_subject = what.split(' ').count() < MAX_SUBJECT_WORDS && !what.to_lowercase().starts_with("i ");
    is_subject.then(|| TaskCommand::Complete(done_task(&verb, what)))
}

/// The task of which something was done: by its number, else by the verb and the words.
fn done_task(verb: &str, what: &str) -> TaskTarget {
    match TaskTarget::parse(what) {
        target @ (TaskTarget::Numbers(_) | TaskTarget::Place(_) | TaskTarget::It | TaskTarget::Them) => target,
        _ => TaskTarget::Title(format!("{verb} {}", title(what))),
    }
}

fn stripped<'a>(text: &'a str, start: &str) -> Option<&'a str> {
    Some(strip_prefix(text, start)).filter(|rest| rest.len() < text.len())
}

/// Reads "I bought the milk" as the title that the task may have.
fn parse_past(text: &str) -> Option<String> {
    let rest =
        ["i've already ", "i already ", "i just ", "i've just ", "i have ", "i've ", "i ", "we've ", "we have ", "we "]
            .iter()
            .find_map(|start| Some(strip_prefix(text, start)).filter(|rest| rest.len() < text.len()))?;
    let (did, what) = rest.split_once(' ')?;
    let did = did.to_lowercase();
    infinitive(&did).map(|verb| format!("{verb} {}", title(what)))
}
