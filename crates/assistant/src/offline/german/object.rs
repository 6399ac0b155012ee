//! What a German sentence calls a task, in the English words.

use crate::offline::filter::is_whole_list;
use crate::offline::german::text::strip_start;
use crate::offline::german::words::{ARTICLES, LIST_ENDS, NEW_TASKS, NUMBERS, OBJECTS, PLACES, PREFIXES};
use crate::offline::phrase::{MaskedText, lowercase};
use crate::offline::target::split_except;

/// What stands before the name of a list in which a new task is put.
const INTO: [&str; 13] = [
    " zur ",
    " zu meiner ",
    " zu der ",
    " auf die ",
    " auf meine ",
    " auf den ",
    " auf meinen ",
    " auf unsere ",
    " auf der ",
    " in die ",
    " in meine ",
    " in den ",
    " bitte auf die ",
];

/// The text in small letters before the whole list, as in "brot auf die einkaufsliste".
fn before_whole_list(lower: &str) -> Option<&str> {
    INTO.iter().rev().find_map(|into| {
        let (before, list) = lower.rsplit_once(into)?;
        let name = list.strip_suffix("liste").or_else(|| list.strip_suffix("zettel"))?;
        is_whole_list(name).then_some(before)
    })
}

/// Whether a text in small letters ends with a list.
pub(super) fn is_filed(lower: &str) -> bool {
    lower.contains(" auf die liste ") || before_whole_list(lower).is_some()
}

/// The order that adds a task: "Milch, Eier und Brot" are three.
pub(super) fn add_title(object: &str) -> String {
    let masked = MaskedText::new(object);
    masked.unmask(&add_masked(&masked.text))
}

/// The order that adds a task whose quotes are masked.
fn add_masked(object: &str) -> String {
    let object = NEW_TASKS.iter().fold(object.trim(), |rest, start| strip_start(rest, start));
    if ["eine aufgabe", "eine neue aufgabe", "neue aufgabe", "aufgabe", "etwas", "was"]
        .contains(&lowercase(object).as_str())
    {
        return "add a task".to_owned(); // it is named next
    }
    let lower = lowercase(object);
    let end = before_whole_list(&lower).map_or(object.len(), str::len);
    let (object, priority) = strip_priority(&object[..end]);
    let list = object.contains(", ").then(|| object.replacen(" und ", ", ", 1));
    let title = list.unwrap_or_else(|| infinitive(object));
    let plural = if title.contains(", ") { "tasks: " } else { "" };
    format!("add {plural}{title}{}", priority.map_or_else(String::new, |level| format!(" with {level} priority")))
}

/// The title before "mit hoher Priorität".
fn strip_priority(object: &str) -> (&str, Option<&'static str>) {
    let lower = lowercase(object);
    let ends = [("hoher", "high"), ("höchster", "high"), ("mittlerer", "medium"), ("niedriger", "low")];
    let found = ends
        .iter()
        .find_map(|(german, english)| Some((lower.strip_suffix(&format!(" mit {german} priorität"))?.len(), *english)));
    found.map_or((object, None), |(end, level)| (&object[..end], Some(level)))
}

/// "das Auto zu waschen" as "das Auto waschen", "Anna abzuholen" as "Anna abholen".
pub(super) fn infinitive(object: &str) -> String {
    let (before, last) = object.rsplit_once(' ').unwrap_or(("", object));
    if let Some(rest) = before.strip_suffix("zu").filter(|rest| rest.is_empty() || rest.ends_with(' ')) {
        return format!("{rest}{last}");
    }
    let split = PREFIXES.iter().find_map(|prefix| Some((*prefix, last.strip_prefix(prefix)?.strip_prefix("zu")?)));
    match split.filter(|(_, verb)| verb.ends_with("en") && verb.len() > 3) {
        Some((prefix, verb)) => format!("{before} {prefix}{verb}").trim().to_owned(),
        None => object.trim().to_owned(),
    }
}

/// A task that is named alone, as in "die zweite", "beide".
pub(super) fn alone(lower: &str) -> Option<String> {
    let named = place(lower).or_else(|| several(lower));
    named.or_else(|| matches!(lower, "beide" | "die beiden" | "alle beide").then(|| "both".to_owned()))
}

/// The English words for a task.
pub(crate) fn english_object(german: &str) -> String {
    let german = german.trim();
    let lower = lowercase(german);
    let end = LIST_ENDS.iter().find_map(|end| lower.strip_suffix(end)).map_or(german.len(), str::len);
    let (german, lower) = (german[..end].trim(), lower[..end].trim());
    if let Some((_, english)) = OBJECTS.iter().find(|(name, _)| *name == lower) {
        return (*english).to_owned();
    }
    if let Some(english) = place(lower).or_else(|| several(lower)).or_else(|| numbers(lower)).or_else(|| except(german))
    {
        return english;
    }
    if let Some((one, other)) = lower.split_once(" und ").and_then(|(one, other)| Some((place(one)?, place(other)?))) {
        return format!("{one} and {other}");
    }
    let mut title = german;
    for article in ARTICLES {
        if title.get(..article.len()).is_some_and(|start| start.to_lowercase() == article) {
            title = &title[article.len()..];
            break;
        }
    }
    title.to_owned()
}

/// Reads "die zweite Aufgabe".
fn place(lower: &str) -> Option<String> {
    let bare = bare(lower);
    let bare = bare.strip_suffix(" aufgabe").unwrap_or(bare);
    PLACES.iter().find(|(name, _)| *name == bare).map(|(_, english)| (*english).to_owned())
}

/// Reads "die ersten beiden", "die letzten drei Aufgaben".
fn several(lower: &str) -> Option<String> {
    let bare = bare(lower);
    let bare = bare.strip_suffix(" aufgaben").unwrap_or(bare);
    let (end, count) = bare.split_once(' ')?;
    let end = match end {
        "ersten" | "nächsten" => "first",
        "letzten" => "last",
        _ => return None,
    };
    let count = NUMBERS.iter().find(|(name, _)| *name == count)?.1;
    Some(format!("the {end} {count}"))
}

/// Reads "Aufgaben 1, 2 und 3".
fn numbers(lower: &str) -> Option<String> {
    let numbers = lower.replace("aufgaben", "").replace("aufgabe", "").replace("nummer", "").replace("nr.", "");
    let numbers = numbers.replace(" und ", " and ").replace(" bis ", " to ");
    let is_number = |word: &str| {
        matches!(word, "and" | "to") || word.chars().all(|c| c.is_ascii_digit() || matches!(c, '#' | ',' | '-'))
    };
    let is_numbers = numbers.chars().any(|c| c.is_ascii_digit()) && numbers.split_whitespace().all(is_number);
    is_numbers.then(|| format!("tasks {}", numbers.trim()))
}

/// Reads "alles außer der Miete".
fn except(german: &str) -> Option<String> {
    let split = split_except(german).filter(|split| lowercase(split.before).starts_with("all"))?;
    Some(format!("everything except {}", english_object(split.kept)))
}

fn bare(lower: &str) -> &str {
    ["die ", "den ", "das ", "der "].iter().fold(lower, |rest, article| rest.strip_prefix(article).unwrap_or(rest))
}
