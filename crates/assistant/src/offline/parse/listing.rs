//! Questions for some tasks, in an order: all that is said about them holds together.

use crate::offline::command::TaskCommand;
use crate::offline::filter::{FilterReading, TaskFilter, names_many, read_filter};
use crate::offline::missing::MissingFeature;
use crate::offline::phrase::lowercase;
use crate::offline::target::TaskTarget;
use crate::offline::words::NEGATIONS;

/// What begins a question for tasks.
const ASKING: &[&str] = &[
    "show", "list", "display", "view", "see", "give", "get", "tell", "print", "what", "what's", "whats", "which",
    "any", "anything", "are", "do", "how", "sort", "order", "my", "zeig", "zeige", "welche", "was", "wie", "gibt",
    "habe", "hab", "sortiere", "sortier", "ordne", "liste", "meine",
];

/// Those that begin no order.
const QUESTIONS: &[&str] = &["what", "what's", "which", "show", "how", "was", "welche", "wie", "zeig", "zeige", "habe"];

/// The list that a message asks for, if it says more about the tasks than `command`, or something that is not understood.
pub(super) fn parse_listing(text: &str, command: &TaskCommand) -> Option<TaskCommand> {
    match command {
        TaskCommand::Missing(MissingFeature::DatedList) if tells(text) => None,
        TaskCommand::List(_) | TaskCommand::Count(_) | TaskCommand::Missing(MissingFeature::DatedList) => {
            let reading = read_filter(text);
            match reading.unread {
                // The status of the tasks is read with its negations elsewhere.
                Some(words) if !says_more(&reading.filter) && words.split(' ').all(denies) => None,
                Some(words) => Some(TaskCommand::UnreadWords(words)),
                None => says_more(&reading.filter).then(|| listed(text, reading.filter, command)),
            }
        }
        // A list or a tag of several words is read there alone.
        TaskCommand::ListSome(filter) if filter.list.is_some() || !filter.tags.is_empty() => {
            let reading = read_filter(text);
            reading.unread.is_none().then(|| listed(text, reading.filter, command))
        }
        TaskCommand::ListSome(_) => {
            let reading = read_filter(text);
            Some(reading.unread.map_or_else(|| listed(text, reading.filter, command), TaskCommand::UnreadWords))
        }
        TaskCommand::Missing(MissingFeature::Order) => {
            let reading = read_filter(text);
            (reading.filter.order.is_some() && reading.unread.is_none()).then(|| listed(text, reading.filter, command))
        }
        TaskCommand::Unknown | TaskCommand::SuggestAdd(_) | TaskCommand::Show(TaskTarget::Title(_))
            if names_many(text) || (*command == TaskCommand::Unknown && begins_with(&lowercase(text), QUESTIONS)) =>
        {
            let reading = read_filter(text);
            (reading.unread.is_none() && asks(text, &reading)).then(|| listed(text, reading.filter, command))
        }
        _ => None,
    }
}

/// Whether a message tells when something is due: "the rent is due tomorrow".
fn tells(text: &str) -> bool {
    let lower = lowercase(text);
    (lower.contains(" is due ") || lower.contains(" ist ")) && !begins_with(&lower, ASKING)
}

fn begins_with(lower: &str, words: &[&str]) -> bool {
    words.contains(&lower.split_whitespace().next().unwrap_or_default())
}

fn denies(word: &str) -> bool {
    NEGATIONS.contains(&lowercase(word).as_str())
}

fn says_more(filter: &TaskFilter) -> bool {
    filter.has_conditions() || filter.order.is_some() || filter.named.is_some()
}

/// Whether a message that may be something else is such a question.
fn asks(text: &str, reading: &FilterReading) -> bool {
    let filter = &reading.filter;
    let says = filter.has_conditions() || filter.order.is_some() || (filter.completed.is_some() && reading.has_noun);
    says && (reading.has_noun || begins_with(&lowercase(text), ASKING))
}

/// The command that lists these tasks. Where nothing is said of their completion, they are the open ones; all of them where
/// nothing but an order is asked for.
fn listed(text: &str, filter: TaskFilter, command: &TaskCommand) -> TaskCommand {
    let status = match command {
        TaskCommand::List("completed") | TaskCommand::Count("completed") => Some(true),
        TaskCommand::List("pending") | TaskCommand::Count("pending") => Some(false),
        _ => (filter.has_conditions() || filter.named.is_some()).then_some(false),
    };
    let filter = TaskFilter { completed: filter.completed.or(status), ..filter };
    let lower = lowercase(text);
    match ["how many", "wie viele", "number of", "count"].iter().any(|words| lower.contains(words)) {
        true => TaskCommand::CountSome(filter),
        false => TaskCommand::ListSome(filter),
    }
}
