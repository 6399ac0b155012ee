//! Finds the task that some words mean among the tasks that the tool listed.

use std::cmp::Reverse;

use serde_json::Value;

use super::courtesy::is_slip;
use super::result;
use crate::turn::ToolCall;

/// A listed task.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Listed {
    pub(crate) id: i64,
    pub(crate) title: String,
    pub(crate) description: Option<String>,
    pub(crate) completed: bool,
}

impl Listed {
    /// Reads a task object of a tool.
    pub(crate) fn from(task: &Value) -> Option<Self> {
        let text = |name: &str| task[name].as_str().map(str::to_owned);
        let completed = task["completed"].as_bool().unwrap_or(false);
        Some(Self { id: task["id"].as_i64()?, title: text("title")?, description: text("description"), completed })
    }
}

/// All tasks that a call of the listing tool reported.
pub(crate) fn listed(call: &ToolCall) -> Vec<Listed> {
    let tasks = result(call).and_then(|result| result["tasks"].as_array());
    tasks.into_iter().flatten().filter_map(Listed::from).collect()
}

/// Words that say nothing about which task is meant, unless there are no others.
const FILLERS: [&str; 14] = ["the", "a", "an", "my", "our", "to", "for", "of", "some", "with", "at", "and", "on", "in"];

/// The tasks that `words` fit best: the same title, else all telling words in the title, else part of the title, else the same
/// words but for a slip of the pen. Among several, those for which `prefer` holds, if there are any.
pub(crate) fn find(tasks: &[Listed], words: &str, prefer: impl Fn(&Listed) -> bool) -> Vec<Listed> {
    let wanted = split(words);
    let telling: Vec<&String> = wanted.iter().filter(|word| !FILLERS.contains(&word.as_str())).collect();
    let telling = if telling.is_empty() { wanted.iter().collect() } else { telling };
    let level = |task: &Listed| {
        let have = split(&task.title);
        let all = |fits: fn(&str, &str) -> bool| telling.iter().all(|word| have.iter().any(|other| fits(word, other)));
        match have == wanted {
            true => 4,
            false if wanted.is_empty() => 0,
            false if all(same) => 3,
            false if have.join(" ").contains(&wanted.join(" ")) => 2,
            false => u8::from(all(alike)),
        }
    };
    let best = tasks.iter().map(level).max().unwrap_or(0);
    let mut found: Vec<Listed> = tasks.iter().filter(|task| best > 0 && level(task) == best).cloned().collect();
    if found.len() > 1 && found.iter().any(&prefer) {
        found.retain(&prefer);
    }
    found.sort_by_key(|task| (Reverse(prefer(task)), task.id));
    found
}

fn split(text: &str) -> Vec<String> {
    let lower = text.to_lowercase();
    let words = lower.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    words.map(str::to_owned).collect()
}

/// Equal, or equal but for a plural.
fn same(a: &str, b: &str) -> bool {
    a == b || singular(a) == singular(b)
}

/// The same, or the same but for one letter.
fn alike(a: &str, b: &str) -> bool {
    same(a, b) || (a.chars().count() > 4 && is_slip(a, b))
}

fn singular(word: &str) -> String {
    match word.strip_suffix("ies") {
        Some(stem) if stem.len() > 2 => format!("{stem}y"),
        _ => word.strip_suffix('s').filter(|stem| stem.len() > 2).unwrap_or(word).to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ids(words: &str) -> Vec<i64> {
        let task = |id, title: &str, completed| Listed { id, title: title.into(), description: None, completed };
        let tasks = [
            task(1, "Buy groceries", false),
            task(2, "buy milk", true),
            task(3, "Buy milk for the cat", false),
            task(4, "Milk", true),
            task(5, "Call mum", false),
            task(6, "call mum", true),
        ];
        find(&tasks, words, |task| !task.completed).into_iter().map(|task| task.id).collect()
    }

    #[test]
    fn the_best_fit_wins_and_pending_goes_first() {
        for (words, expected) in [
            ("groceries", vec![1]),
            ("grocery", vec![1]),
            ("BUY MILK", vec![2]),
            ("milk", vec![4]),
            ("cat milk", vec![3]),
            ("call mum", vec![5]),
            ("buy", vec![1, 3]),
            ("groc", vec![1]),
            ("grocreies", vec![1]),
            ("the milk for a cat", vec![3]),
            ("bread", vec![]),
            ("…", vec![]),
        ] {
            assert_eq!(ids(words), expected, "{words}");
        }
    }
}
