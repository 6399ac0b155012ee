//! Orders that say what they leave as it is: "delete milk but keep the eggs", "mark all as done except the rent".

use crate::offline::command::TaskCommand;
use crate::offline::german::english_object;
use crate::offline::phrase::lowercase;
use crate::offline::target::{TaskTarget, split_except, title};

/// What may follow that.
const ENDS: [&str; 11] = [
    " alone",
    " as it is",
    " as they are",
    " as is",
    " on the list",
    " open",
    " drin",
    " stehen",
    " offen",
    " da",
    " in ruhe",
];

/// Reads an order with what it leaves as it is; `parse` reads the order alone.
pub(super) fn parse_kept(text: &str, parse: fn(&str) -> TaskCommand) -> Option<TaskCommand> {
    let split = split_except(text.trim_end_matches(['.', '!', ' ']))?;
    let end = ENDS.iter().find_map(|end| lowercase(split.kept).strip_suffix(end).map(str::len));
    let kept = english_object(&split.kept[..end.unwrap_or(split.kept.len())]);
    if !matches!(TaskTarget::parse(&kept), TaskTarget::Title(_) | TaskTarget::Numbers(_)) {
        return None;
    }
    let except = |target| TaskTarget::Except(Box::new(target), title(&kept));
    // "All done" says nothing by itself.
    let is_bare = ["all done", "everything done"].contains(&lowercase(split.before).as_str());
    let order = parse(if is_bare { "everything is done" } else { split.before });
    let is_all = |order: &TaskCommand| match order {
        TaskCommand::Delete(target) | TaskCommand::Complete(target) | TaskCommand::Reopen(target) => {
            matches!(target, TaskTarget::All(_) | TaskTarget::Common(_))
        }
        _ => false,
    };
    if split.is_but && !is_all(&order) {
        return None;
    }
    match order {
        TaskCommand::Unless(_, order) if matches!(*order, TaskCommand::Delete(_)) => Some(order.with_target(&except)),
        order @ (TaskCommand::Delete(_)
        | TaskCommand::Complete(_)
        | TaskCommand::Reopen(_)
        | TaskCommand::Prioritise(..)
        | TaskCommand::Tag(..)) => Some(order.with_target(&except)),
        _ => None,
    }
}
