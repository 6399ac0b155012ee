//! Orders that this list cannot follow. They are told from titles by what they speak of: a task that is there, or the list.

use crate::offline::missing::MissingFeature;
use crate::offline::phrase::{lowercase, strip_prefix};
use crate::offline::reminder::is_time;

/// Verbs for what is done elsewhere.
const ELSEWHERE: &[&str] = &[
    "share ",
    "assign ",
    "send ",
    "email ",
    "mail ",
    "export ",
    "import ",
    "attach ",
    "pin ",
    "unpin ",
    "star ",
    "unstar ",
    "archive ",
    "hide ",
    "merge ",
    "split ",
    "colour ",
    "color ",
    "highlight ",
    "translate ",
    "lock ",
    "teile ",
    "teil ",
    "weise ",
    "weis ",
    "drucke ",
    "druck ",
    "exportiere ",
    "importiere ",
    "hänge ",
    "häng ",
    "pinne ",
    "archiviere ",
    "verstecke ",
    "färbe ",
    "übersetze ",
    "schicke ",
    "schick ",
];
/// Whole beginnings of what is done elsewhere.
const NOT_TASKS: &[&str] = &[
    "set a timer",
    "start a timer",
    "stop the timer",
    "start timer",
    "set timer",
    "delete my account",
    "close my account",
    "change my password",
    "reset my password",
    "log out",
    "log me out",
    "sign out",
    "sign me out",
    "stell einen timer",
    "stelle einen timer",
    "stell den timer",
    "lösche mein konto",
    "lösch mein konto",
    "ändere mein passwort",
    "änder mein passwort",
    "melde mich ab",
    "logge mich aus",
    "add a photo to ",
    "add a picture to ",
    "add a file to ",
    "add an image to ",
    "add an attachment to ",
    "add a comment to ",
    "add a link to ",
    "füge ein foto zu ",
    "füge ein bild zu ",
    "füge eine datei zu ",
    "füge einen kommentar zu ",
];
const ALARMS: &[&str] = &[
    "set an alarm",
    "wake me ",
    "stell einen wecker",
    "stelle einen wecker",
    "stell den wecker",
    "stelle den wecker",
    "weck mich ",
    "wecke mich ",
];
/// What makes, names and removes lists.
const LISTS: &[&str] = &[
    "create a list",
    "create list ",
    "create a new list",
    "make a list called ",
    "make a list named ",
    "new list ",
    "add a list called ",
    "add a list named ",
    "add a new list ",
    "delete the list ",
    "delete list ",
    "remove the list ",
    "rename the list ",
    "rename list ",
    "erstelle eine liste",
    "erstell eine liste",
    "erstelle eine neue liste",
    "neue liste ",
    "lege eine liste ",
    "leg eine liste ",
    "lösche die liste ",
    "lösch die liste ",
    "benenne die liste ",
];
const STEPS: &[&str] = &[
    "add a subtask",
    "add subtask",
    "add a step to ",
    "add steps to ",
    "create a subtask",
    "füge eine unteraufgabe",
    "füge einen schritt zu ",
    "erstelle eine unteraufgabe",
];
const COPIES: &[&str] = &["make a copy of ", "copy ", "duplicate ", "clone ", "kopiere ", "dupliziere ", "verdopple "];
/// Places in the list beside other tasks, or at its ends.
const PLACES: &[&str] = &[
    " above ",
    " below ",
    " before ",
    " in front of ",
    " to the top",
    " at the top",
    " to the bottom",
    " at the bottom",
    " to the end",
    " to the front",
    " nach oben",
    " nach unten",
    " ganz oben",
    " ganz unten",
    " an die erste stelle",
    " an den anfang",
    " ans ende",
    " an die spitze",
    " über ",
    " unter ",
    " vor ",
];
const ENDS: &[&str] = &[" up", " down", " first", " last", " hoch", " runter"];
const MOVES: &[&str] =
    &["move ", "put ", "bring ", "send ", "schieb ", "schiebe ", "verschieb ", "verschiebe ", "setze ", "setz "];
const SORTS: &[&str] = &[
    "sort ",
    "reorder ",
    "order my ",
    "order the ",
    "order task",
    "ordne ",
    "sortier ",
    "sortiere ",
    "swap ",
    "tausche ",
    "tausch ",
];

/// What a message asks for that there is not.
pub(super) fn cannot(text: &str) -> Option<MissingFeature> {
    let lower = lowercase(text.trim());
    let after = |starts: &[&str]| starts.iter().find_map(|start| lower.strip_prefix(start));
    let is_end = ENDS.iter().any(|end| lower.trim_end_matches(['.', '!', '?']).ends_with(end));
    let places = PLACES.iter().find_map(|place| Some(&lower[lower.find(place)? + place.len()..]));
    match () {
        () if after(NOT_TASKS).is_some() || after(ELSEWHERE).is_some_and(speaks_of_tasks) => {
            Some(MissingFeature::Elsewhere)
        }
        () if after(ALARMS).is_some() => Some(MissingFeature::Alarms),
        () if after(LISTS).is_some() => Some(MissingFeature::OwnLists),
        () if after(STEPS).is_some() || lower.contains(" as a subtask of ") => Some(MissingFeature::Steps),
        () if after(COPIES).is_some_and(speaks_of_tasks) => Some(MissingFeature::Copies),
        () if after(SORTS)
            .is_some_and(|rest| speaks_of_tasks(rest) || rest.starts_with("by ") || rest.starts_with("nach ")) =>
        {
            Some(MissingFeature::Order)
        }
        () if after(MOVES).is_some() && is_end => Some(MissingFeature::Order),
        () if after(MOVES).is_some() && places.is_some_and(|rest| !is_time(rest)) => Some(MissingFeature::Order),
        () => None,
    }
}

/// Whether words name a task by its number, "it", or the list.
fn speaks_of_tasks(words: &str) -> bool {
    let words = strip_prefix(words, "mal ");
    let mut all = words.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    let known = ["task", "tasks", "it", "them", "list", "todos", "everything", "aufgabe", "aufgaben", "liste", "alles"];
    all.any(|word| known.contains(&word) || word.chars().all(|c| c.is_ascii_digit()))
}
