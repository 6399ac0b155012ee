//! What one has to do or needs: a new task, unless it is about one that there is.

use crate::offline::command::{TaskCommand, WantedTask};
use crate::offline::parse::add::split_titles;
use crate::offline::parse::question::parse_question;
use crate::offline::parse::verb::{parse_undo, parse_verb};
use crate::offline::phrase::{strip_prefix, strip_suffix};
use crate::offline::target::{TaskTarget, title};
use crate::offline::words::{DUTIES, MY_LIST};

/// Reads "I need to …", "don't forget to …": a new task, unless the rest is a command about tasks named by number: `parse` reads it.
pub(super) fn parse_duty(text: &str, parse: fn(&str) -> TaskCommand) -> Option<TaskCommand> {
    let rest =
        DUTIES.iter().find_map(|start| Some(strip_prefix(text, start)).filter(|rest| rest.len() < text.len()))?;
    let about_a_task = match parse_verb(rest) {
        Some(TaskCommand::Complete(target) | TaskCommand::Delete(target) | TaskCommand::Reopen(target)) => {
            matches!(target, TaskTarget::Numbers(_) | TaskTarget::It)
        }
        Some(TaskCommand::Rename(readings)) => readings.iter().any(|(target, _)| target.is_numbers()),
        Some(TaskCommand::Add(_)) => true,
        _ => {
            let lower = rest.to_ascii_lowercase();
            parse_undo(&lower).is_some()
                || parse_question(rest, &lower)
                    .is_some_and(|found| matches!(found, TaskCommand::List(_) | TaskCommand::Count(_)))
        }
    };
    if about_a_task {
        return Some(parse(rest));
    }
    let add = TaskCommand::Add(split_titles(rest, false, false).into_iter().map(WantedTask::titled).collect());
    let is_old = ["i still ", "we still ", "i forgot ", "we forgot "]
        .iter()
        .any(|start| strip_prefix(text, start).len() < text.len());
    Some(match is_old {
        true => TaskCommand::Either(
            rest.to_owned(),
            Box::new(TaskCommand::Reopen(TaskTarget::Title(title(rest)))),
            Box::new(add),
        ),
        false => add,
    })
}

/// Reads "I need milk", "milk on my list": what it names may be a new task.
pub(super) fn parse_need(text: &str) -> Option<TaskCommand> {
    let needs = [
        "i need ",
        "i want ",
        "we want ",
        "we need ",
        "i still need ",
        "we still need ",
        "we're out of ",
        "i'm out of ",
        "we are out of ",
        "we ran out of ",
        "i ran out of ",
        "i am out of ",
        "we've run out of ",
        "there is no more ",
        "we have no more ",
        "there's no more ",
    ];
    let listed = || MY_LIST.iter().map(|place| strip_suffix(text, place)).find(|thing| thing.len() < text.len());
    let needed = needs.iter().find_map(|start| Some(strip_prefix(text, start)).filter(|rest| rest.len() < text.len()));
    let rest = needed.or_else(listed)?;
    let vague = ["to", "help", "a", "you", "it", "this", "that", "more", "some"];
    let first = rest.split(' ').next().unwrap_or_default().to_lowercase();
    let named = if matches!(first.as_str(), "a" | "some" | "more") { rest.split_once(' ')?.1 } else { rest };
    (!vague.contains(&named.split(' ').next().unwrap_or_default().to_lowercase().as_str()))
        .then(|| TaskCommand::SuggestAdd(vec![named.to_owned()]))
}
