//! What the assistant asks back before it does something, the user's yes or no, and what came of it: in our own exact words, so
//! that no model can hide what a question is about.

use serde_json::Value;

use crate::confirm::{Kind, task_id};
use crate::language::Language;
use crate::model::ToolRequest;
use crate::turn::{CallOutcome, ToolCall};
use crate::visible::visible;

/// The longest argument that a question shows, in characters.
const LONGEST_SHOWN: usize = 120;

/// What a call would do, in exact words: the question to the user.
pub(crate) fn question(call: &ToolRequest, kind: Kind, title: Option<&str>, language: Language) -> String {
    let german = language == Language::German;
    let quoted = |text: &str| if german { format!("„{text}“") } else { format!("\"{text}\"") };
    let subject = match (task_id(call), title) {
        (Some(id), Some(title)) => format!("#{id} {}", quoted(title)),
        (Some(id), None) => format!("{} #{id}", if german { "Aufgabe" } else { "task" }),
        (None, _) => if german { "eine Aufgabe" } else { "a task" }.to_owned(),
    };
    let opens = call.arguments.get("completed") == Some(&Value::Bool(false));
    let new = |name: &str| Some(quoted(&short(call.arguments.get(name)?.as_str()?)));
    let changes = |names: [(&str, &str); 2]| {
        let changes = names.iter().filter_map(|(name, word)| Some(format!("{word} {}", new(name)?)));
        changes.collect::<Vec<_>>().join(", ")
    };
    match (kind, german) {
        (Kind::Delete, false) => format!("delete {subject}"),
        (Kind::Delete, true) => format!("{subject} löschen"),
        (Kind::Mark, false) => format!("{} {subject}", if opens { "reopen" } else { "complete" }),
        (Kind::Mark, true) => format!("{subject} {}", if opens { "wieder öffnen" } else { "abhaken" }),
        (Kind::Change, false) => {
            format!("change {subject}: {}", changes([("title", "title"), ("description", "description")]))
        }
        (Kind::Change, true) => {
            format!("{subject} ändern: {}", changes([("title", "Titel"), ("description", "Beschreibung")]))
        }
        (Kind::Harmless | Kind::Destructive, _) => {
            format!("{} {}", call.name, short(&Value::Object(call.arguments.clone()).to_string()))
        }
    }
}

/// What is seen of a text, cut where it is long: a model may have written it.
fn short(text: &str) -> String {
    let seen: String = visible(text).map(|c| if c.is_whitespace() { ' ' } else { c }).collect();
    match seen.char_indices().nth(LONGEST_SHOWN) {
        Some((end, _)) => format!("{}…", &seen[..end]),
        None => seen,
    }
}

/// The question that ends an answer, in our own words: a model cannot hide what it is about.
pub(crate) fn ask(calls: &[ToolCall], language: Language) -> Option<String> {
    let questions: Vec<&str> = calls.iter().filter_map(ToolCall::question).collect();
    let all = questions.join("\n- ");
    Some(match (questions.as_slice(), language) {
        ([], _) => return None,
        ([one], Language::English) => format!("Please confirm: {one}? Say \"yes\" or \"no\"."),
        ([one], Language::German) => format!("Bitte bestätige: {one}? Sag „ja“ oder „nein“."),
        (_, Language::English) => format!("Please confirm:\n- {all}\nSay \"yes\" for all of them, or \"no\"."),
        (_, Language::German) => format!("Bitte bestätige:\n- {all}\nSag „ja“ für alle, oder „nein“."),
    })
}

const YES: [&str; 42] = [
    "yes",
    "y",
    "yep",
    "yeah",
    "yup",
    "ok",
    "okay",
    "sure",
    "confirm",
    "confirmed",
    "i confirm",
    "do it",
    "go ahead",
    "please do",
    "yes do it",
    "yes go ahead",
    "yes delete it",
    "yes delete them",
    "delete it",
    "delete them",
    "yes all",
    "yes all of them",
    "all of them",
    "of course",
    "certainly",
    "absolutely",
    "yes i am sure",
    "i am sure",
    "ja",
    "ja alle",
    "ja gerne",
    "ja mach das",
    "klar",
    "oui",
    "sí",
    "si",
    "sim",
    "da",
    "да",
    "はい",
    "是",
    "हाँ",
];
const NO: [&str; 29] = [
    "no",
    "n",
    "nope",
    "nah",
    "cancel",
    "stop",
    "don't",
    "dont",
    "do not",
    "don't do it",
    "no don't",
    "keep it",
    "keep them",
    "leave it",
    "leave them",
    "never mind",
    "nevermind",
    "rather not",
    "better not",
    "nein",
    "lieber nicht",
    "lass es",
    "abbrechen",
    "non",
    "não",
    "нет",
    "いいえ",
    "不",
    "नहीं",
];

/// Whether a message is nothing but a yes or a no.
pub fn parse_yes_or_no(message: &str) -> Option<bool> {
    let lower = message.to_lowercase().replace('’', "'");
    let words: Vec<&str> = lower
        .split(|c: char| c.is_whitespace() || matches!(c, ',' | '.' | '!' | ';'))
        .filter(|word| !matches!(*word, "" | "please" | "thanks" | "thank" | "you" | "bitte" | "danke"))
        .collect();
    let said = words.join(" ");
    match (YES.contains(&said.as_str()) || said == "do", NO.contains(&said.as_str())) {
        (true, _) => Some(true),
        (_, true) => Some(false),
        _ => None,
    }
}

/// What came of a call that was asked about as `summary`, for people.
pub fn report(call: &ToolCall, summary: &str, language: Language) -> String {
    match (&call.outcome, language) {
        (CallOutcome::Done { .. }, Language::English) => done(summary),
        (CallOutcome::Done { .. }, Language::German) => format!("Erledigt: {summary}."),
        (CallOutcome::Failed { error } | CallOutcome::NotRun { error }, Language::English) => {
            format!("Not done ({summary}): {error}")
        }
        (CallOutcome::Failed { error } | CallOutcome::NotRun { error }, Language::German) => {
            format!("Nicht erledigt ({summary}): {error}")
        }
        (_, Language::English) => format!("Not done: {summary}."),
        (_, Language::German) => format!("Nicht erledigt: {summary}."),
    }
}

fn done(summary: &str) -> String {
    for (verb, past) in
        [("delete ", "Deleted "), ("complete ", "Completed "), ("reopen ", "Reopened "), ("change ", "Changed ")]
    {
        if let Some(rest) = summary.strip_prefix(verb) {
            return format!("{past}{rest}.");
        }
    }
    format!("Done: {summary}.")
}
