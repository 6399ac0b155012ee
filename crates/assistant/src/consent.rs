//! When a deletion may run. The rule looks at the user's own latest message and at nothing else, above all not at what
//! a model or a tool result says:
//! 1. The message names deleting, and does not negate it ("don't delete").
//! 2. If it refers to tasks by number ("delete #3", "remove tasks 2 and 5"), only those may go.
//! 3. If it does not, one task may go in this turn.

/// The tool that the rule is for.
pub(crate) const DELETE_TOOL: &str = "delete_task";

const WORDS: [&str; 18] = [
    "delete", "deletes", "deleting", "remove", "removing", "erase", "discard", "drop", "trash", "scrap", "cancel",
    "lösche", "löschen", "entferne", "supprime", "efface", "elimina", "borra",
];
const PHRASES: [&str; 8] = ["get rid of", "throw away", "take off", "удали", "削除", "删除", "حذف", "हटा"];
const NEGATIONS: [&str; 6] = ["don't", "dont", "not", "never", "without", "nicht"];

/// What the user's message allows to delete.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Consent {
    asked: bool,
    numbers: Vec<i64>,
}

impl Consent {
    /// Reads the user's message.
    pub(crate) fn of(message: &str) -> Self {
        let lower = message.to_lowercase().replace('’', "'");
        Self { asked: asks_for_deletion(&lower), numbers: referenced_numbers(&lower) }
    }

    /// Whether task `id` may be deleted when `deleted` tasks already were in this turn; else what to tell the model.
    pub(crate) fn check(&self, id: Option<i64>, deleted: usize) -> Result<(), &'static str> {
        if !self.asked {
            return Err(
                "Not deleted: the user's latest message does not ask for a deletion. Ask the user first; they \
                        can write for example \"delete task 3\".",
            );
        }
        let named = id.is_some_and(|id| self.numbers.contains(&id));
        if named || (self.numbers.is_empty() && deleted == 0) {
            return Ok(());
        }
        Err("Not deleted: the user did not name this task's number. Tell the user its number and title, and ask them \
             to write for example \"delete task 3\".")
    }
}

fn asks_for_deletion(lower: &str) -> bool {
    let words: Vec<&str> = lower.split(|c: char| !c.is_alphanumeric() && c != '\'').collect();
    let negated = |at: usize| words[at.saturating_sub(2)..at].iter().any(|word| NEGATIONS.contains(word));
    let named = words.iter().enumerate().any(|(at, word)| WORDS.contains(word) && !negated(at));
    named || PHRASES.iter().any(|phrase| lower.contains(phrase))
}

/// Numbers that stand for tasks: after `#`, or after "task(s)", "number", "no" or a word for deleting, with the
/// numbers listed behind them.
pub(crate) fn referenced_numbers(lower: &str) -> Vec<i64> {
    let spaced = lower.replace('#', " # ");
    let mut numbers = Vec::new();
    let mut listing = false;
    for word in spaced.split(|c: char| c.is_whitespace() || ",.;:!?&()\"".contains(c)).filter(|w| !w.is_empty()) {
        match word.parse::<i64>() {
            Ok(number) if listing => numbers.push(number),
            Ok(_) => {}
            Err(_) if matches!(word, "#" | "task" | "tasks" | "number" | "numbers" | "no") => listing = true,
            Err(_) if WORDS.contains(&word) => listing = true,
            Err(_) => listing = listing && matches!(word, "and" | "or" | "the"),
        }
    }
    numbers
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_message_that_names_deleting_allows_it() {
        for (message, allowed) in [
            ("Delete the groceries task", true),
            ("please remove milk from my list", true),
            ("Get rid of the milk", true),
            ("Lösche die Milch", true),
            ("タスクを削除して", true),
            ("show my tasks", false),
            ("yes", false),
            ("don't delete anything", false),
            ("Do not remove it", false),
            ("never ever delete task 3", false),
            ("add undeleted files", false),
        ] {
            assert_eq!(Consent::of(message).check(Some(3), 0).is_ok(), allowed, "{message}");
        }
    }

    #[test]
    fn named_numbers_are_the_only_ones_that_may_go() {
        let consent = Consent::of("Delete tasks 2, 3 and #7, please");
        for (id, allowed) in [(2, true), (3, true), (7, true), (4, false)] {
            assert_eq!(consent.check(Some(id), 0).is_ok(), allowed, "{id}");
        }
        assert!(consent.check(Some(7), 2).is_ok());
        assert!(consent.check(None, 0).is_err());
    }

    #[test]
    fn without_numbers_one_task_may_go() {
        let consent = Consent::of("delete the task buy 2 apples");
        assert!(consent.check(Some(9), 0).is_ok());
        assert!(consent.check(Some(10), 1).is_err());
    }
}
