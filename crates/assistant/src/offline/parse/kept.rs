//! Orders that say what they leave as it is: "delete milk but keep the eggs", "mark all as done except the rent".

use crate::offline::command::TaskCommand;
use crate::offline::german::english_object;
use crate::offline::phrase::lowercase;
use crate::offline::target::{TaskTarget, title};

/// What stands between an order and what it leaves as it is.
const EXCEPTS: [&str; 20] = [
    " but keep ",
    " but leave ",
    " but spare ",
    " but not ",
    " but don't delete ",
    " but don't touch ",
    " and keep ",
    ", keep ",
    ", not ",
    " except for ",
    " except ",
    " apart from ",
    " aber behalte ",
    " aber behalt ",
    " aber lass ",
    " aber nicht ",
    ", behalte ",
    ", nicht ",
    " außer ",
    " bis auf ",
];
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
    let text = text.trim_end_matches(['.', '!', ' ']);
    let lower = lowercase(text).replace('’', "'");
    let (at, length) = EXCEPTS.iter().filter_map(|words| Some((lower.find(words)?, words.len()))).min()?;
    let end = ENDS.iter().find_map(|end| lower.strip_suffix(end)).map_or(text.len(), str::len).max(at + length);
    let kept = english_object(&text[at + length..end]);
    if !matches!(TaskTarget::parse(&kept), TaskTarget::Title(_) | TaskTarget::Numbers(_)) {
        return None;
    }
    let except = |target| TaskTarget::Except(Box::new(target), title(&kept));
    match parse(text[..at].trim_end_matches(',')) {
        TaskCommand::Unless(_, order) if matches!(*order, TaskCommand::Delete(_)) => Some(order.with_target(&except)),
        order @ (TaskCommand::Delete(_)
        | TaskCommand::Complete(_)
        | TaskCommand::Reopen(_)
        | TaskCommand::Prioritise(..)
        | TaskCommand::Tag(..)) => Some(order.with_target(&except)),
        _ => None,
    }
}
