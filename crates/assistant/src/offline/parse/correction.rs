//! Messages that go on about what was said before: another time for what was just changed, or a reason behind an order.

use crate::offline::command::TaskCommand;
use crate::offline::phrase::{lowercase, strip_prefix, strip_suffix};
use crate::offline::reminder::is_time;

/// Words that may stand before a correction.
const BEFORE: &[&str] = &[
    "no, it's ",
    "no, it is ",
    "nein, es ist ",
    "no, ",
    "no ",
    "no wait, ",
    "wait no, ",
    "wait, no, ",
    "nope, ",
    "sorry, ",
    "oh, ",
    "oops, ",
    "wait, ",
    "well, ",
    "hmm, ",
    "nein, ",
    "nein ",
    "nee, ",
    "ach, ",
    "moment, ",
    "ups, ",
    "entschuldigung, ",
];
/// What begins one.
const CORRECTING: &[&str] = &[
    "i meant ",
    "i mean ",
    "i meant to say ",
    "make it ",
    "make that ",
    "change it to ",
    "change that to ",
    "rather ",
    "better ",
    "actually ",
    "on second thought, ",
    "instead ",
    "let's say ",
    "it should be ",
    "ich meinte ",
    "ich meine ",
    "lieber ",
    "doch lieber ",
    "besser ",
    "doch ",
    "eher ",
    "mach ",
    "mach es ",
    "sagen wir ",
    "nimm lieber ",
    "stattdessen ",
];
/// What may follow the time.
const AFTER: &[&str] = &[" instead", " please", " rather", " daraus", " draus", " stattdessen", " bitte", " lieber"];
/// Reasons why a task is deleted or completed.
const REASONS: &[&str] = &[
    "have it",
    "have that",
    "have it already",
    "already have it",
    "already have that",
    "already have some",
    "have some",
    "got it",
    "got it already",
    "already got it",
    "already got that",
    "don't need it",
    "don't need it anymore",
    "don't need that anymore",
    "not needed anymore",
    "no longer needed",
    "it's done",
    "it's already done",
    "already done",
    "done already",
    "that's done",
    "already did it",
    "did it already",
    "hab ich schon",
    "habe ich schon",
    "hab ich",
    "hab ich bereits",
    "habe ich bereits",
    "haben wir schon",
    "haben wir noch",
    "hab ich noch",
    "hab sie schon",
    "habe sie schon",
    "die hab ich schon",
    "das hab ich schon",
    "den hab ich schon",
    "ist schon da",
    "brauch ich nicht mehr",
    "brauche ich nicht mehr",
    "brauchen wir nicht mehr",
    "brauch ich nicht",
    "ist erledigt",
    "ist schon erledigt",
    "schon erledigt",
    "hat sich erledigt",
    "hab ich schon gekauft",
    "habe ich schon gekauft",
    "schon gekauft",
    "ist schon gekauft",
    "hab ich schon erledigt",
    "hab ich schon gemacht",
];

/// Reads "no, I meant Friday", "actually make it 6pm", "not Friday, Monday": another time for what was just changed.
pub(super) fn parse_correction(text: &str) -> Option<TaskCommand> {
    let text = text.trim().trim_end_matches(['.', '!']);
    let rest = stripped(stripped(text, BEFORE), CORRECTING);
    let rest = AFTER.iter().fold(rest, |rest, end| strip_suffix(rest, end));
    let bare = ["to ", "auf ", "for "].iter().fold(rest, |rest, word| strip_prefix(rest, word));
    let is_corrected = rest.len() < text.len();
    let time = instead(bare).or_else(|| Some(bare).filter(|time| is_corrected && is_time(time)))?;
    Some(TaskCommand::CorrectDate(time.to_owned()))
}

/// The text without these words at its beginning, however many there are.
fn stripped<'a>(mut text: &'a str, words: &[&str]) -> &'a str {
    loop {
        let rests = words.iter().map(|word| strip_prefix(text, word)).filter(|rest| rest.len() < text.len());
        match rests.min_by_key(|rest| rest.len()) {
            Some(rest) => text = rest,
            None => return text,
        }
    }
}

/// The time that is meant in "not Friday, Monday", "Montag statt Freitag".
fn instead(text: &str) -> Option<&str> {
    let denied = ["not ", "nicht ", "nicht am "]
        .iter()
        .map(|not| strip_prefix(text, not))
        .filter(|rest| rest.len() < text.len());
    let denied = denied
        .flat_map(|rest| [", sondern ", " sondern ", ", but ", " but ", ", "].map(|joint| rest.split_once(joint)));
    let behind = [", not ", ", nicht ", " instead of ", " and not ", " statt ", " und nicht "]
        .map(|joint| text.split_once(joint));
    let first = denied.flatten().map(|(wrong, right)| (right, wrong));
    first
        .chain(behind.into_iter().flatten())
        .find(|(right, wrong)| is_time(right) && is_time(wrong))
        .map(|(right, _)| right)
}

/// Reads "delete the milk, I have it already": the order alone, which `parse` reads.
pub(super) fn parse_reasoned(text: &str, parse: fn(&str) -> TaskCommand) -> Option<TaskCommand> {
    let text = text.trim_end_matches(['.', '!', ' ']);
    let (at, joint) =
        [", ", " – ", " - ", "; ", ". "].iter().filter_map(|joint| Some((text.rfind(joint)?, *joint))).max()?;
    let reason = lowercase(&text[at + joint.len()..]).replace('’', "'");
    let reason = ["weil ", "denn ", "because ", "i ", "we ", "i've ", "we've "]
        .iter()
        .fold(reason.as_str(), |reason, start| strip_prefix(reason, start));
    if !REASONS.contains(&reason) {
        return None;
    }
    let order = parse(&text[..at]);
    let is_order = |order: &TaskCommand| matches!(order, TaskCommand::Delete(_) | TaskCommand::Complete(_));
    let is_reserved = matches!(&order, TaskCommand::Unless(_, order) if is_order(order));
    (is_order(&order) || is_reserved).then_some(order)
}
