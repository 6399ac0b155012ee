//! Sentences about reminders: of tasks that are there, and at the end of a sentence that adds or dates one. A wish to be
//! reminded *to* do something is a new task, and is read where tasks are added.

mod object;
mod span;

pub(super) use span::{ReminderLead, has_period, is_time, is_time_alone, split_lead, split_marks};

use object::{is_reference, split_object};
use span::minutes_before;

use crate::offline::command::TaskCommand;
use crate::offline::missing::MissingFeature;
use crate::offline::parse::courtesy::strip_courtesies;
use crate::offline::phrase::{MaskedText, after_verb, lowercase, strip_prefix, strip_suffix};
use crate::offline::reminder_time::ReminderTime;
use crate::offline::target::TaskTarget;

const STOPPING: [&str; 12] = [
    "stop reminding me",
    "please stop reminding me",
    "don't remind me",
    "dont remind me",
    "do not remind me",
    "never remind me",
    "no reminder",
    "no reminders",
    "no more reminders",
    "i don't want to be reminded",
    "i don't want a reminder",
    "i don't need a reminder",
];
/// Verbs that end a reminder.
const ENDING: [&str; 13] = [
    "remove",
    "delete",
    "cancel",
    "clear",
    "turn off",
    "switch off",
    "disable",
    "drop",
    "stop",
    "unset",
    "kill",
    "turn",
    "switch",
];
const SETTING: [&str; 12] = [
    "set me a",
    "set a",
    "set another",
    "set the",
    "set",
    "add a",
    "add another",
    "create a",
    "make a",
    "give me a",
    "i want a",
    "i need a",
];
const ASKING: [&str; 12] = [
    "what",
    "which",
    "show",
    "list",
    "when",
    "do i have",
    "are there",
    "have i",
    "my reminders",
    "reminders",
    "any",
    "how many",
];

/// Whether a message that adds a task wishes to be reminded of it.
pub(super) fn wants_reminder(message: &str) -> bool {
    let lower = MaskedText::new(message).text.to_lowercase();
    let text = strip_courtesies(&lower);
    ["remind me", "erinnere mich", "erinner mich", "mich daran erinnern"].iter().any(|wish| lower.contains(wish))
        || set_sentence(text).is_some()
}

/// The command, where the tools know no reminders.
pub(super) fn without_reminders(command: TaskCommand) -> TaskCommand {
    match command {
        TaskCommand::Remind(..) | TaskCommand::StopReminding(_) | TaskCommand::ListReminders => {
            TaskCommand::Missing(MissingFeature::Reminders)
        }
        TaskCommand::Several(commands) => TaskCommand::Several(commands.into_iter().map(without_reminders).collect()),
        command => command,
    }
}

/// Reads a sentence about reminders without its courtesies; none if it is about something else, or adds a task.
pub(super) fn parse_reminder(text: &str) -> Option<TaskCommand> {
    let lower = lowercase(text);
    if let Some(object) = stopped(text) {
        return Some(TaskCommand::StopReminding(object));
    }
    if asks_for_reminders(&lower) {
        return Some(TaskCommand::ListReminders);
    }
    let rest = after_verb(text, "remind me").map(str::to_owned).or_else(|| set_sentence(text))?;
    let (target, time) = read_wish(&rest)?;
    Some(TaskCommand::Remind(target, time))
}

/// The words after "remind me" that a sentence like "set a reminder for Friday to call mum" means.
pub(super) fn set_sentence(text: &str) -> Option<String> {
    let rest = SETTING.iter().find_map(|verb| after_verb(text, verb))?;
    let rest = ["reminders", "reminder"].iter().find_map(|noun| after_verb(rest, noun))?;
    let named = ["for ", "on "].iter().map(|word| strip_prefix(rest, word)).find(|after| after.len() < rest.len());
    let rest = named.unwrap_or(rest);
    let timed = |word: &str| rest.split_once(word).is_some_and(|(time, _)| is_time(time));
    let is_whole = rest.is_empty()
        || (named.is_none() && ["to ", "about ", "of ", "that "].iter().any(|word| rest.starts_with(word)))
        || is_time(rest)
        || timed(" to ")
        || timed(" about ")
        || (named.is_none() && read_before(rest).is_some());
    Some(if is_whole { rest.to_owned() } else { format!("about {rest}") })
}

/// The task of which "stop reminding me of task 3" speaks.
fn stopped(text: &str) -> Option<TaskTarget> {
    let about = |rest: &str| {
        let rest = [" anymore", " any more", " again", " off"].iter().fold(rest, |rest, end| strip_suffix(rest, end));
        let words = ["of ", "about ", "for ", "on ", "from ", "to "];
        let object = words.iter().map(|word| strip_prefix(rest, word)).find(|after| after.len() < rest.len());
        match object.unwrap_or(rest).trim() {
            "" | "off" => TaskTarget::It,
            object => TaskTarget::parse(object),
        }
    };
    if let Some(rest) = STOPPING.iter().find_map(|start| after_verb(text, start)) {
        return Some(about(rest));
    }
    let rest = ENDING.iter().find_map(|verb| after_verb(text, verb))?;
    let rest =
        ["the ", "all ", "my ", "any ", "that ", "this "].iter().fold(rest, |rest, word| strip_prefix(rest, word));
    let rest =
        ["reminders", "reminder", "notifications", "notification"].iter().find_map(|noun| after_verb(rest, noun))?;
    let has_object =
        rest.is_empty() || ["of ", "for ", "on ", "from ", "about ", "off"].iter().any(|word| rest.starts_with(word));
    has_object.then(|| about(rest))
}

fn asks_for_reminders(lower: &str) -> bool {
    let asks = ASKING.iter().any(|start| after_verb(lower, start).is_some());
    let names = lower.split(|c: char| !c.is_alphanumeric()).any(|word| matches!(word, "reminder" | "reminders"));
    (asks && names)
        || lower.starts_with("what will you remind me")
        || lower.starts_with("when will you remind me")
        || lower.starts_with("when do you remind me")
}

/// The task and the time in the words after "remind me".
fn read_wish(rest: &str) -> Option<(TaskTarget, ReminderTime)> {
    let rest = rest.trim();
    if rest.is_empty() {
        return Some((TaskTarget::It, ReminderTime::AtDue));
    }
    if let Some((target, minutes)) = read_before(rest) {
        return Some((target, ReminderTime::Before(minutes)));
    }
    let told = |time: &str| match time.trim() {
        "" | "when it is due" | "when it's due" | "again" | "on time" => ReminderTime::AtDue,
        time => ReminderTime::Told(time.to_owned()),
    };
    let object =
        ["of ", "about ", "for "].iter().map(|word| strip_prefix(rest, word)).find(|after| after.len() < rest.len());
    if let Some(object) = object {
        let is_told = |time: &str| matches!(told(time), ReminderTime::AtDue) || is_time(time);
        let (target, time) = split_object(object).into_iter().find(|(_, time)| is_told(time))?;
        return Some((target, told(time)));
    }
    for between in [" of ", " about ", " for "] {
        if let Some((time, object)) = rest.rsplit_once(between)
            && is_time(time)
            && is_reference(object)
        {
            return Some((TaskTarget::parse(object), told(time)));
        }
    }
    (is_time(rest) || matches!(told(rest), ReminderTime::AtDue)).then(|| (TaskTarget::It, told(rest)))
}

/// Reads "10 minutes before", "of task 3 an hour before", "a day before the dentist".
fn read_before(rest: &str) -> Option<(TaskTarget, u32)> {
    let lower = lowercase(rest);
    let (at, word) = ["before", "earlier", "beforehand", "in advance", "ahead of time", "ahead", "prior to", "prior"]
        .iter()
        .find_map(|word| Some((lower.find(&format!(" {word}"))? + 1, *word)))?;
    let (left, right) = (rest[..at].trim(), rest[at + word.len()..].trim());
    let right = [" is due", " starts", " begins"].iter().fold(right, |rest, end| strip_suffix(rest, end));
    let own = |object: &str| {
        matches!(
            object.to_lowercase().as_str(),
            "" | "it" | "that" | "then" | "it is" | "it's due" | "the due time" | "hand"
        )
    };
    if !own(right) {
        return Some((TaskTarget::parse(right), minutes_before(left)?));
    }
    if let Some(minutes) = minutes_before(left) {
        return Some((TaskTarget::It, minutes));
    }
    let object =
        ["of ", "about ", "for "].iter().map(|word| strip_prefix(left, word)).find(|after| after.len() < left.len())?;
    let (at, minutes) = object
        .match_indices(' ')
        .find_map(|(at, _)| Some((at, minutes_before(object[at..].trim_start_matches([' ', ',']))?)))?;
    Some((TaskTarget::parse(&object[..at]), minutes))
}

#[cfg(test)]
mod tests;
