//! German sentences as the English ones that they mean. Titles stay as they are.

mod words;

use words::{
    ARTICLES, COURTEOUS_ENDS, COURTESIES, INFINITIVES, LIST_ENDS, OBJECTS, PLACES, SENTENCES, STATES, TASK_INFINITIVES,
    VERBS,
};

/// The English sentence that a German one means; none if it is not known.
pub(super) fn to_english(text: &str) -> Option<String> {
    let text = strip_courtesies(text);
    let lower = text.to_lowercase();
    if lower.len() != text.len() {
        return None;
    }
    if let Some((_, english)) = SENTENCES.iter().find(|(german, _)| *german == lower) {
        return Some((*english).to_owned());
    }
    let between = |start: &str, end: &str| {
        let fits = lower.starts_with(start) && lower.ends_with(end) && lower.len() > start.len() + end.len();
        fits.then(|| &text[start.len()..text.len() - end.len()])
    };
    if let Some(object) = between("benenne ", " um") {
        let (old, new) = object.split_once(" in ").or_else(|| object.split_once(" zu "))?;
        return Some(format!("rename {} to {new}", english_object(old)));
    }
    for state in [" erledigt", " fertig", " bezahlt", " gekauft", " gemacht"] {
        if let Some(object) = between("ist ", state) {
            return Some(format!("is {} done", english_object(object)));
        }
    }
    for shows in ["zeig mir ", "zeige mir ", "zeig ", "zeige ", "liste "] {
        if let Some(object) = between(shows, "") {
            return Some(format!("show {}", english_object(object)));
        }
    }
    if let Some((object, verb)) = VERBS.iter().find_map(|(start, end, verb)| Some((between(start, end)?, *verb))) {
        return Some(command(verb, object));
    }
    if let Some((object, state)) = STATES.iter().find_map(|(end, state)| Some((between("", end)?, *state))) {
        return Some(format!("{} {state}", english_object(object)));
    }
    if let Some(object) = ["erledigt", "gemacht", "gekauft", "bezahlt", "angerufen"]
        .iter()
        .find_map(|end| between("ich habe ", &format!(" {end}")).map(|object| object.trim_end_matches(" schon")))
    {
        return Some(format!("complete {}", english_object(object)));
    }
    INFINITIVES.iter().find_map(|(end, verb)| Some(command(verb, between("", end)?)))
}

/// Whether a German sentence may be the title of a new task, as in "Brot kaufen".
pub(super) fn may_be_task(text: &str) -> bool {
    let lower = text.to_lowercase();
    lower.contains(' ') && lower.rsplit(' ').next().is_some_and(|last| TASK_INFINITIVES.contains(&last))
}

fn command(verb: &str, object: &str) -> String {
    if verb != "add" {
        return format!("{verb} {}", english_object(object));
    }
    let object = ["eine aufgabe: ", "die aufgabe ", "noch "]
        .iter()
        .fold(object, |rest, start| rest.strip_prefix(start).unwrap_or(rest));
    // "Milch, Eier und Brot" are three.
    let list = object.contains(", ").then(|| object.replacen(" und ", ", ", 1));
    let title = list.unwrap_or_else(|| object.replace(" zu ", " ").trim().to_owned());
    format!("add {}{}", if title.contains(", ") { "tasks: " } else { "" }, title)
}

fn english_object(german: &str) -> String {
    let german = LIST_ENDS.iter().fold(german.trim(), |rest, end| rest.strip_suffix(end).unwrap_or(rest)).trim();
    let lower = german.to_lowercase();
    if let Some((_, english)) = OBJECTS.iter().find(|(name, _)| *name == lower) {
        return (*english).to_owned();
    }
    let bare = ["die ", "den ", "das "]
        .iter()
        .fold(lower.as_str(), |rest, article| rest.strip_prefix(article).unwrap_or(rest));
    let bare = bare.strip_suffix(" aufgabe").unwrap_or(bare);
    if let Some((_, english)) = PLACES.iter().find(|(name, _)| *name == bare) {
        return (*english).to_owned();
    }
    let numbers = lower
        .replace("aufgaben", "")
        .replace("aufgabe", "")
        .replace("nummer", "")
        .replace("nr.", "")
        .replace(" und ", " and ");
    let is_numbers = numbers.chars().any(|c| c.is_ascii_digit())
        && numbers
            .split_whitespace()
            .all(|word| word == "and" || word.chars().all(|c| c.is_ascii_digit() || matches!(c, '#' | ',' | '-')));
    if is_numbers {
        return format!("tasks {}", numbers.trim());
    }
    let mut title = german;
    for article in ARTICLES {
        if title.get(..article.len()).is_some_and(|start| start.eq_ignore_ascii_case(article)) {
            title = &title[article.len()..];
            break;
        }
    }
    title.to_owned()
}

fn strip_courtesies(text: &str) -> &str {
    let mut text = text.trim();
    loop {
        let before = text;
        text = text.trim_end_matches(['.', '!', '?', ',', ' ']);
        for start in COURTESIES {
            if text.get(..start.len()).is_some_and(|begin| begin.to_lowercase() == start) {
                text = &text[start.len()..];
            }
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
