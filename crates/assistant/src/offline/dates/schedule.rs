//! Orders that give a task another date.

use std::iter;

use recurrence::{RepeatFrom, RepeatRule};
use serde_json::Value;
use task_words::read_date;

use super::DateReader;
use crate::language::Language;
use crate::offline::command::{MemberChange, TaskCommand};
use crate::offline::filter::is_unread_time;
use crate::offline::german::english_object;
use crate::offline::missing::MissingFeature;
use crate::offline::phrase::{lowercase, strip_prefix, strip_suffix};
use crate::offline::reminder::is_time_alone;
use crate::offline::target::TaskTarget;

/// Verbs that give a task another date.
const DATING: [&str; 26] = [
    "mach ",
    "mache ",
    "schieb ",
    "schiebe ",
    "stell ",
    "stelle ",
    "repeat ",
    "wiederhole ",
    "set ",
    "edit ",
    "make ",
    "move ",
    "change ",
    "put ",
    "update ",
    "push ",
    "postpone ",
    "reschedule ",
    "delay ",
    "defer ",
    "snooze ",
    "schedule ",
    "verschiebe ",
    "verschieb ",
    "setze ",
    "setz ",
];
/// Words between a task and its date.
const BETWEEN: [&str; 9] = [" to ", " for ", " on ", " until ", " by ", " due ", " auf ", " am ", " bis "];

impl DateReader {
    /// Reads "the rent is due tomorrow".
    pub(super) fn due_statement(&self, message: &str) -> Option<TaskCommand> {
        let text = message.trim().trim_end_matches(['.', '!']);
        let (words, time) = text.split_once(" is due ").or_else(|| {
            let (words, rest) = text.split_once(" ist ")?;
            Some((words, rest.strip_suffix(" fällig")?))
        })?;
        let asks = ["what", "which", "was", "welche", "wann"].iter().any(|asks| lowercase(words).starts_with(asks));
        let date = read_date(time, &self.context).filter(|_| !asks && !text.ends_with('?'))?;
        Some(TaskCommand::Schedule(self.target(words), MemberChange::of("due", date.due.to_text())))
    }

    /// The task of some words in the language of the message.
    fn target(&self, words: &str) -> TaskTarget {
        match self.context.language {
            Language::German => TaskTarget::parse(&english_object(words)),
            Language::English => TaskTarget::parse(words),
        }
    }

    /// Reads "move the rent to tomorrow".
    pub(super) fn schedule(&self, message: &str) -> TaskCommand {
        let text = message.trim().trim_end_matches(['.', '!', '?']);
        let lower = lowercase(text);
        let rest = DATING.iter().find(|verb| lower.starts_with(**verb)).map_or(text, |verb| &text[verb.len()..]);
        let small = lowercase(rest);
        let between = BETWEEN.iter().filter_map(|between| Some((small.rfind(between)?, between.len())));
        let spaces = small.match_indices(' ').map(|(at, space)| (at, space.len())); // "repeat 2 every Monday"
        let found = between.chain(spaces).find_map(|(at, length)| {
            let date = read_date(&rest[at + length..], &self.context)?;
            Some((self.target(without_date_words(&rest[..at])), date, &rest[at + length..]))
        });
        let Some((target, date, words)) = found else {
            let ends = BETWEEN.iter().filter_map(|between| Some(small.rfind(between)? + between.len()));
            let is_told = ends.into_iter().any(|end| is_unread_time(&rest[end..]));
            return if is_told { TaskCommand::Missing(MissingFeature::UnreadDate) } else { TaskCommand::AskWhen };
        };
        let mut change = MemberChange::of("due", date.due.to_text());
        change.keeps_day = date.repeat.is_none() && is_time_alone(words);
        if let Some(rule) = date.repeat {
            change.members.extend(repeat_members(&rule, date.repeat_from));
        }
        TaskCommand::Schedule(target, change)
    }
}

/// What the tool is told of a rule.
pub(super) fn repeat_members(rule: &RepeatRule, from: RepeatFrom) -> Vec<(String, Value)> {
    let from = (from == RepeatFrom::Completion).then(|| ("repeat_from".to_owned(), Value::from(from.as_str())));
    iter::once(("repeat".to_owned(), Value::from(rule.to_string()))).chain(from).collect()
}

/// The words of a task in "the due date of the rent", "2's deadline", "2 repeat".
fn without_date_words(words: &str) -> &str {
    const STARTS: [&str; 14] = [
        "due date of ",
        "due date for ",
        "ein fälligkeitsdatum für ",
        "fälligkeitsdatum für ",
        "the due date of ",
        "the due date for ",
        "the date of ",
        "the deadline of ",
        "the deadline for ",
        "a due date for ",
        "a deadline for ",
        "das datum von ",
        "das fälligkeitsdatum von ",
        "die fälligkeit von ",
    ];
    let words =
        [" repeat", "'s due date", "'s date", "'s deadline"].iter().fold(words, |words, end| strip_suffix(words, end));
    STARTS.iter().fold(words, |words, start| strip_prefix(words, start))
}
