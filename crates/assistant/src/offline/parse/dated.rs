//! What is said about the date of a task, where no clock is needed: it has none any more, it is asked for, or it stands before
//! the title.

use crate::offline::command::{MemberChange, TaskCommand, TaskQuestion, WantedTask};
use crate::offline::german::{english_object, strip_german_courtesies};
use crate::offline::parse::add::split_titles;
use crate::offline::parse::condition::acts;
use crate::offline::parse::courtesy::strip_courtesies;
use crate::offline::phrase::{after_verb, lowercase, strip_prefix, strip_suffix};
use crate::offline::plain::asks_whether;
use crate::offline::reminder::is_time;
use crate::offline::target::TaskTarget;
use crate::offline::words::DUTIES;

/// Verbs that take a date away.
const REMOVING: [&str; 12] = [
    "remove", "delete", "clear", "drop", "unset", "take", "entferne", "entfern", "lösche", "lösch", "streiche", "nimm",
];
const DATES: [&str; 7] = ["due date", "due day", "date", "deadline", "fälligkeitsdatum", "fälligkeit", "datum"];
/// Words between a date and its task.
const BETWEEN: [&str; 9] = ["from ", "of ", "for ", "off of ", "off ", "von ", "bei ", "der ", "für "];
/// What begins an order to end the repeats of a task.
const REPEATING: [&str; 8] = [
    "stop repeating ",
    "don't repeat ",
    "do not repeat ",
    "remove the repeat from ",
    "remove the repetition from ",
    "entferne die wiederholung von ",
    "lösche die wiederholung von ",
    "wiederhole ",
];
/// The most words of a time before what is to be done.
const MAX_LEADING_WORDS: usize = 4;
/// What begins a question for a date.
const WHEN: [&str; 9] = [
    "when is ",
    "when's ",
    "when are ",
    "what day is ",
    "which day is ",
    "what time is ",
    "wann ist ",
    "an welchem tag ist ",
    "um wie viel uhr ist ",
];
/// What says that a task should have been done.
const LATE: [&str; 5] = [" overdue", " past due", " late", " überfällig", " zu spät"];
/// Words that name no task.
const VAGUE: [&str; 12] =
    ["it", "there", "thing", "anything", "everything", "something", "all", "tasks", "es", "alles", "etwas", "was"];

/// Reads a message about the date of a task; `parse` reads what stands after a time.
pub(super) fn parse_dated(whole: &str, parse: fn(&str) -> TaskCommand) -> Option<TaskCommand> {
    let text = strip_german_courtesies(strip_courtesies(whole));
    parse_jotted(whole, parse)
        .or_else(|| parse_led(text, parse))
        .or_else(|| parse_without(text))
        .or_else(|| parse_asked(text, whole))
}

/// Reads "tomorrow: call Bob": the time stays in the titles.
fn parse_jotted(whole: &str, parse: fn(&str) -> TaskCommand) -> Option<TaskCommand> {
    let (time, titles) = whole.split_once(": ")?;
    let time = ["for ", "on ", "am ", "für "].iter().fold(time, |time, word| strip_prefix(time, word));
    let is_jotted = time.contains(char::is_alphabetic) && is_time(time) && !asks_whether(&titles.to_lowercase());
    let time_words = lowercase(time); // a capital would make a name of "Morgen"
    let titled = |title: String| WantedTask::titled(format!("{title} ({time_words})"));
    (is_jotted && !acts(&parse(titles)))
        .then(|| TaskCommand::Add(split_titles(titles, false, true).into_iter().map(titled).collect()))
}

/// Reads "tomorrow I need to call Bob": the time stands before what is to be done. "Do I have to …" asks: it is no Thursday.
fn parse_led(text: &str, parse: fn(&str) -> TaskCommand) -> Option<TaskCommand> {
    let begins =
        |rest: &str| DUTIES.iter().chain(&["remind me to "]).any(|start| strip_prefix(rest, start).len() < rest.len());
    let ends = text.match_indices(' ').map(|(at, _)| at).take(MAX_LEADING_WORDS);
    let mut led = ends.map(|at| (&text[..at], text[at..].trim_start()));
    let (time, rest) = led
        .find(|(time, rest)| begins(rest) && !time.eq_ignore_ascii_case("do") && is_time(time.trim_end_matches(',')))?;
    Some(parse(&format!("{rest} {}", time.trim_end_matches(','))))
}

/// Reads "remove the date from 2", "stop repeating the rent", "nimm das Datum von 2 weg".
fn parse_without(text: &str) -> Option<TaskCommand> {
    let (member, words) = undated(text).map(|words| ("due", words)).or_else(|| Some(("repeat", unrepeated(text)?)))?;
    let target = match words.trim() {
        "" => TaskTarget::It,
        words => TaskTarget::parse(&english_object(words)),
    };
    let joins = |title: &str| [" and ", " und ", ", "].iter().any(|joined| title.to_lowercase().contains(joined));
    let is_one_order = !matches!(&target, TaskTarget::Title(title) if joins(title));
    is_one_order.then(|| TaskCommand::Schedule(target, MemberChange::of(member, "")))
}

/// The words of a task that is to lose its date; empty for the one that was mentioned.
fn undated(text: &str) -> Option<&str> {
    let rest = REMOVING.iter().find_map(|verb| after_verb(text, verb))?;
    if ["not", "nicht"].contains(&lowercase(rest).rsplit(' ').next().unwrap_or_default()) {
        return None;
    }
    let rest = [" weg", " raus"].iter().fold(rest, |rest, end| strip_suffix(rest, end));
    let owner =
        DATES.iter().map(|date| strip_suffix(rest, &format!("'s {date}"))).find(|words| words.len() < rest.len());
    let rest = ["bitte ", "the ", "its ", "das ", "die "].iter().fold(rest, |rest, word| strip_prefix(rest, word));
    owner.or_else(|| {
        let after = DATES.iter().find_map(|date| after_verb(rest, date))?;
        let words = BETWEEN.iter().map(|word| strip_prefix(after, word)).find(|words| words.len() < after.len());
        words.or(after.is_empty().then_some(after))
    })
}

/// The words of a task that is to repeat no more.
fn unrepeated(text: &str) -> Option<&str> {
    let rest = REPEATING.iter().map(|start| strip_prefix(text, start)).find(|rest| rest.len() < text.len())?;
    let words = [" anymore", " any more", " nicht mehr"].iter().fold(rest, |rest, end| strip_suffix(rest, end));
    let is_denied = words.len() < rest.len() || !lowercase(text).starts_with("wiederhole ");
    is_denied.then_some(words)
}

/// Reads "is the dentist tomorrow?", "when is the rent due?", "ist die Miete heute fällig?": the task is shown with its date.
fn parse_asked(text: &str, whole: &str) -> Option<TaskCommand> {
    let after = |starts: &[&str]| {
        let rest = starts.iter().map(|start| strip_prefix(text, start)).find(|rest| rest.len() < text.len())?;
        Some([" due", " fällig", " dran"].iter().fold(rest, |rest, end| strip_suffix(rest, end)))
    };
    let is_question = whole.trim_end().ends_with('?');
    let (words, is_late) = match after(&WHEN) {
        Some(words) => (words, false),
        None => {
            let rest = after(&["is ", "are ", "ist ", "sind "])?;
            match LATE.iter().map(|end| strip_suffix(rest, end)).find(|words| words.len() < rest.len()) {
                Some(words) => (words, true),
                None => (before_time(rest).filter(|_| is_question)?, false),
            }
        }
    };
    let is_vague = is_time(words) || lowercase(words).split(' ').any(|word| VAGUE.contains(&word));
    match TaskTarget::parse(&english_object(words)) {
        target @ (TaskTarget::Title(_) | TaskTarget::Numbers(_) | TaskTarget::Place(_)) if !is_vague => {
            Some(if is_late { TaskCommand::Ask(TaskQuestion::Overdue, target) } else { TaskCommand::Show(target) })
        }
        _ => None,
    }
}

/// The words before "tomorrow at 5", "due today".
fn before_time(words: &str) -> Option<&str> {
    let mut ends = words.match_indices(' ').map(|(at, _)| at);
    let at = ends.find(|at| is_time(strip_prefix(words[*at..].trim_start(), "due ")))?;
    Some(&words[..at])
}

/// Whether a command acts on tasks that have something in common, such as when they are due.
pub(super) fn acts_on_some_tasks(command: &TaskCommand) -> bool {
    matches!(
        command,
        TaskCommand::Complete(TaskTarget::Common(_))
            | TaskCommand::Reopen(TaskTarget::Common(_))
            | TaskCommand::Delete(TaskTarget::Common(_))
            | TaskCommand::Prioritise(TaskTarget::Common(_), _)
    )
}
