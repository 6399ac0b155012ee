//! German sentences about reminders of tasks that are there, as the English ones that they mean. Times stay German.

use crate::offline::german::object::{english_object, infinitive};
use crate::offline::german::text::{between, strip_start};
use crate::offline::phrase::lowercase;
use crate::offline::reminder::is_time;

const BEFORE: [&str; 5] = [" vorher", " davor", " zuvor", " früher", " im voraus"];
const ENDING: [&str; 8] = ["lösche ", "lösch ", "entferne ", "streiche ", "stoppe ", "beende ", "schalte ", "stell "];
const QUESTIONS: [&str; 8] = [
    "welche erinnerung",
    "zeig",
    "was für erinnerung",
    "habe ich erinnerung",
    "gibt es erinnerung",
    "wann erinnerst du mich",
    "meine erinnerung",
    "habe ich eine erinnerung",
];

/// The English sentence.
pub(super) fn to_english(text: &str, lower: &str) -> Option<String> {
    if let Some(object) = stopped(text, lower) {
        return Some(format!("stop reminding me of {object}"));
    }
    if QUESTIONS.iter().any(|start| lower.starts_with(start))
        && (lower.contains("erinnerung") || lower.contains("erinnerst"))
    {
        return Some("what reminders do I have".to_owned());
    }
    let rest = ["erinnere mich", "erinner mich"]
        .iter()
        .find_map(|start| between(text, lower, start, ""))
        .or_else(|| between(text, lower, "mich ", " erinnern"))
        .or_else(|| between(text, lower, "mich ", " zu erinnern"))?;
    let rest = strip_start(rest.trim(), "bitte ");
    reminded(rest.trim(), lowercase(rest).trim())
}

/// The English sentence for what follows "erinnere mich".
fn reminded(rest: &str, small: &str) -> Option<String> {
    if let Some(left) = BEFORE.iter().find_map(|end| small.strip_suffix(end)).map(|left| &rest[..left.len()]) {
        return match left.to_lowercase().strip_prefix("an ") {
            None => Some(format!("remind me {left} before")),
            Some(_) => Some(format!("remind me of {} before", object_and_rest(&left[3..])?)),
        };
    }
    if let Some((left, object)) = rest.split_once(" vor ")
        && left.split(' ').count() <= 3
        && (left.chars().any(|c| c.is_ascii_digit()) || left.to_lowercase().starts_with("ein"))
    {
        return Some(format!("remind me {left} before {}", english_object(object)));
    }
    if let Some(time) = small.strip_suffix("daran").map(|time| rest[..time.len()].trim()) {
        return Some(format!("remind me of it {time}").trim().to_owned());
    }
    if small.starts_with("an ") {
        return Some(format!("remind me of {}", object_and_rest(&rest[3..])?));
    }
    if let Some((time, object)) = rest.rsplit_once(" an ") {
        let before = BEFORE.iter().find_map(|end| time.to_lowercase().strip_suffix(end).map(str::len));
        return match (is_named(object), before) {
            (true, Some(end)) => Some(format!("remind me of {} {} before", english_object(object), &time[..end])),
            (true, None) => Some(format!("remind me {time} of {}", english_object(object))),
            (false, _) => is_time(time).then(|| format!("remind me {time} about {object}")),
        };
    }
    let daran = [" daran, ", " daran "].iter().find_map(|word| rest.split_once(word));
    if let Some((time, title)) = daran {
        return Some(format!("remind me {time} to {}", infinitive(title)));
    }
    let has_title = small.contains("daran,") || small.contains("dass ") || small.contains(" zu ");
    (!has_title && is_time(rest)).then(|| format!("remind me {rest}"))
}

/// "Aufgabe 3 morgen um 9" as "tasks 3 morgen um 9"; none if no task that is there is named.
fn object_and_rest(words: &str) -> Option<String> {
    let ends = words.match_indices(' ').map(|(at, _)| at).chain([words.len()]).take(4);
    let end = ends.filter(|end| is_named(&words[..*end])).last()?;
    Some(format!("{}{}", english_object(&words[..end]), &words[end..]))
}

/// Whether German words name a task that is there: by its number, its place, or as "es".
fn is_named(words: &str) -> bool {
    let english = english_object(words.trim_end_matches(','));
    matches!(english.as_str(), "it" | "them" | "both") || english.starts_with("tasks ") || english.ends_with(" one")
}

/// The task of which "erinnere mich nicht mehr an Aufgabe 3" speaks.
fn stopped(text: &str, lower: &str) -> Option<String> {
    for start in [
        "erinnere mich nicht mehr an ",
        "erinner mich nicht mehr an ",
        "erinnere mich nicht an ",
        "erinner mich nicht an ",
        "erinnere mich nie mehr an ",
        "keine erinnerung mehr an ",
        "keine erinnerung an ",
        "keine erinnerung für ",
        "keine erinnerungen für ",
        "keine erinnerungen mehr für ",
        "keine erinnerung mehr für ",
        "keine erinnerungen an ",
    ] {
        if let Some(object) = between(text, lower, start, "") {
            return Some(english_object(object.strip_suffix(" mehr").unwrap_or(object)));
        }
    }
    if [
        "erinnere mich nicht mehr",
        "erinner mich nicht mehr",
        "erinnere mich nicht mehr daran",
        "keine erinnerung",
        "keine erinnerungen mehr",
    ]
    .contains(&lower)
    {
        return Some("it".to_owned());
    }
    if let Some(object) = between(text, lower, "hör auf, mich an ", " zu erinnern")
        .or_else(|| between(text, lower, "hör auf mich an ", " zu erinnern"))
    {
        return Some(english_object(object));
    }
    let rest = ENDING.iter().find_map(|verb| between(text, lower, verb, ""))?;
    let small = lowercase(rest);
    let noun =
        ["die erinnerungen", "die erinnerung", "alle erinnerungen", "meine erinnerung", "erinnerungen", "erinnerung"]
            .iter()
            .find(|noun| small.starts_with(**noun))?;
    let object = rest[noun.len()..].trim();
    let object = [" aus", " ab"].iter().fold(object, |object, end| object.strip_suffix(end).unwrap_or(object));
    let object =
        ["für ", "an ", "von ", "zu ", "bei "].iter().find_map(|word| object.strip_prefix(word)).unwrap_or(object);
    Some(if matches!(object, "" | "aus" | "ab") { "it".to_owned() } else { english_object(object) })
}
