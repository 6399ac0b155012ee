//! German sentences as the English ones that they mean. Titles stay as they are.

mod object;
mod phrases;
mod reminder;
mod state;
mod text;
mod words;

pub(crate) use object::english_object;

use object::{add_title, is_filed};
use phrases::{COURTEOUS_ENDS, COURTESIES, GERMAN_WORDS, SENTENCES, TASK_INFINITIVES};
use state::parse_state;
use text::{between, strip_start};
use words::{FILLERS, INFINITIVES, NEGATIONS, SHOWS, VERBS};

use crate::offline::phrase::{lowercase, quotes};
use crate::offline::reminder::is_time;

/// The English sentence that a German one means; none if it is not known.
pub(super) fn to_english(text: &str) -> Option<String> {
    let text = strip_german_courtesies(text);
    let lower = lowercase(text);
    if let Some((_, english)) = SENTENCES.iter().find(|(german, _)| *german == lower) {
        return Some((*english).to_owned());
    }
    if let Some(object) = object::alone(&lower) {
        return Some(object);
    }
    if let Some(english) = reminder::to_english(text, &lower) {
        return Some(english);
    }
    let state = if begins_order(&lower) { None } else { parse_state(text, &lower) };
    if let Some(english) = state.or_else(|| parse_priority(text, &lower)) {
        return Some(english);
    }
    let is_wish = lower.ends_with(" nicht vergessen")
        || VERBS.iter().any(|(start, _, verb)| *verb == "add" && lower.starts_with(start));
    if !is_wish && lower.split(|c: char| !c.is_alphanumeric()).any(|word| NEGATIONS.contains(&word)) {
        return None;
    }
    parse_renamed(text, &lower)
        .or_else(|| {
            let shown = SHOWS.iter().find_map(|shows| between(text, &lower, shows, ""));
            if let Some(object) = shown {
                return Some(format!("show {}", english_object(object)));
            }
            let (object, verb) =
                VERBS.iter().find_map(|(start, end, verb)| Some((between(text, &lower, start, end)?, *verb)))?;
            Some(command(verb, object))
        })
        .or_else(|| Some(format!("verschiebe {}", between(text, &lower, "", " verschieben")?)))
        .or_else(|| {
            let filed = PUTS.iter().find_map(|start| between(text, &lower, start, ""));
            filed.filter(|object| is_filed(&lowercase(object))).map(|object| command("add", object))
        })
        .or_else(|| {
            INFINITIVES
                .iter()
                .filter(|_| !asks(&lower))
                .find_map(|(end, verb)| Some(command(verb, between(text, &lower, "", end)?)))
        })
}

/// The sentences of a German message with several orders, each beginning with its verb; none if there is only one.
pub(super) fn split_german(text: &str) -> Option<Vec<&str>> {
    let lower = lowercase(text);
    if !begins_order(&lower) {
        return None;
    }
    let quoted = quotes(text);
    let (mut pieces, mut start) = (Vec::new(), 0);
    for joined in [", und dann ", " und dann ", ", dann ", " und ", ", ", ". ", "! "] {
        for (at, _) in lower.match_indices(joined) {
            if at >= start
                && !quoted.iter().any(|quote| quote.contains(&at))
                && begins_order(&lower[at + joined.len()..])
                && is_whole(&lower[start..at])
            {
                pieces.push(&text[start..at]);
                start = at + joined.len();
            }
        }
    }
    pieces.push(&text[start..]);
    (pieces.len() > 1).then_some(pieces)
}

/// Whether a message has the words of a German one.
pub(super) fn has_german_words(text: &str) -> bool {
    let lower = lowercase(text);
    let found = lower.split(|c: char| !c.is_alphanumeric()).filter(|word| GERMAN_WORDS.contains(word)).count();
    found >= 2 || (found == 1 && lower.split_whitespace().count() <= 2)
}

/// Whether a word in small letters is a frequent German one.
pub(super) fn is_german_word(word: &str) -> bool {
    GERMAN_WORDS.contains(&word) || TASK_INFINITIVES.contains(&word)
}

/// Whether a German sentence may be the title of a new task, as in "Brot kaufen".
pub(super) fn may_be_task(text: &str) -> bool {
    let lower = lowercase(text);
    lower.contains(' ') && lower.rsplit(' ').next().is_some_and(|last| TASK_INFINITIVES.contains(&last))
}

/// Whether an order begins here.
fn begins_order(lower: &str) -> bool {
    let lower = COURTESIES.iter().fold(lower.trim_start(), |rest, start| rest.strip_prefix(start).unwrap_or(rest));
    VERBS.iter().any(|(start, ..)| lower.starts_with(start) && !start.starts_with("ich "))
        || DATING.iter().chain(&PUTS).any(|start| lower.starts_with(start))
        || SHOWS.iter().any(|start| lower.starts_with(start))
        || lower.starts_with("benenne ")
}

/// Whether an order is complete: a verb with a part that stands at its end has it.
fn is_whole(lower: &str) -> bool {
    let lower = strip_german_courtesies(lower);
    let begun: Vec<_> = VERBS.iter().filter(|(start, ..)| lower.starts_with(start)).collect();
    begun.iter().any(|(_, end, _)| lower.ends_with(end))
        || is_filed(&lowercase(lower))
        || (begun.is_empty() && begins_order(lower))
}

/// Verbs that add where a list follows, as in "auf die Liste Haus".
const PUTS: [&str; 9] = ["setze ", "setz ", "schreibe ", "schreib ", "notiere ", "notier ", "nimm ", "pack ", "packe "];

/// Verbs that give a task another date.
const DATING: [&str; 2] = ["verschiebe ", "verschieb "];

/// Reads "benenne 2 in Brot um", "ändere 2 in Brot".
fn parse_renamed(text: &str, lower: &str) -> Option<String> {
    let renamed = between(text, lower, "benenne ", " um")
        .or_else(|| between(text, lower, "nenne ", " um"))
        .or_else(|| ["ändere ", "änder "].iter().find_map(|start| between(text, lower, start, "")));
    if let Some(rest) = renamed {
        let rest = strip_start(rest, "den titel von ");
        let is_named = lower.starts_with("be") || lower.starts_with("ne");
        let dated = [" auf ", " in ", " zu "].iter().find_map(|joined| rest.rsplit_once(joined));
        if let Some((task, day)) = dated.filter(|(_, day)| !is_named && is_time(day)) {
            return Some(format!("verschiebe {task} auf {day}"));
        }
        let (old, new) = rest.split_once(" in ").or_else(|| rest.split_once(" zu "))?;
        return Some(format!("rename {} to {new}", english_object(old)));
    }
    let (old, new) = between(text, lower, "benenne ", "")
        .and_then(|rest| rest.split_once(" um in "))
        .or_else(|| between(text, lower, "ersetze ", "")?.split_once(" durch "))
        .or_else(|| between(text, lower, "", " heißen")?.split_once(" soll "))?;
    Some(format!("rename {} to {new}", english_object(old)))
}

/// Reads "setze Milch auf hohe Priorität", "gib 2 hohe Priorität".
fn parse_priority(text: &str, lower: &str) -> Option<String> {
    let states = [" ist wichtig", " ist dringend", " ist sehr wichtig", " hat hohe priorität"];
    if let Some(words) = states.iter().find_map(|state| between(text, lower, "", state)).filter(|_| !asks(lower)) {
        return Some(format!("set {} to high priority", english_object(words)));
    }
    let rest = ["setze ", "setz ", "gib ", "markiere ", "stell ", "stelle ", "mach ", "mache "]
        .iter()
        .find_map(|start| between(text, lower, start, ""))?;
    let small = lowercase(rest);
    let levels = [("hohe", "high"), ("höchste", "high"), ("mittlere", "medium"), ("niedrige", "low"), ("keine", "no")];
    for (german, english) in levels {
        for joined in [" auf ", " als ", " eine ", " "] {
            if let Some(at) = small.find(&format!("{joined}{german} priorität")) {
                return Some(format!("set {} to {english} priority", english_object(&rest[..at])));
            }
        }
    }
    let kinds = ["als wichtig", "als dringend", "wichtig", "dringend"];
    let end = kinds.iter().find_map(|kind| small.strip_suffix(&format!(" {kind}")))?;
    Some(format!("set {} to high priority", english_object(&rest[..end.len()])))
}

/// Whether a sentence begins with a word of a question.
fn asks(lower: &str) -> bool {
    ["was ", "wann ", "wie ", "wer ", "wo ", "welche ", "warum "].iter().any(|word| lower.starts_with(word))
}

fn command(verb: &str, object: &str) -> String {
    let object = FILLERS.iter().fold(object, |rest, word| strip_start(rest, word));
    if verb == "add" { add_title(object) } else { format!("{verb} {}", english_object(object)) }
}

/// The sentence without the courtesies around it.
pub(crate) fn strip_german_courtesies(text: &str) -> &str {
    let mut text = text.trim();
    loop {
        let before = text;
        text = text.trim_end_matches(['.', '!', '?', ',', ' ']);
        for start in COURTESIES {
            text = strip_start(text, start);
        }
        for end in COURTEOUS_ENDS {
            let at = text.len().saturating_sub(end.len());
            if text.get(at..).is_some_and(|last| last.to_lowercase() == end) && at > 0 {
                text = &text[..at];
            }
        }
        text = text.trim();
        if text == before {
            return text;
        }
    }
}
