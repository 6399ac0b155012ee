//! Tasks that are named by when they are due.

use crate::offline::reminder::{has_period, is_time};

/// Words for several tasks, before or after the words for when they are due.
const MANY: [&str; 12] = [
    "all",
    "every",
    "everything",
    "whatever",
    "anything",
    "task",
    "tasks",
    "ones",
    "things",
    "items",
    "todos",
    "stuff",
];
/// Words that stand between them.
const LITTLE: [&str; 10] = ["the", "my", "of", "that", "that's", "which", "is", "are", "i", "have"];
const OVERDUE: [&str; 3] = ["overdue", "past due", "late"];
const UNDATED: [&str; 7] = [
    "without a date",
    "without a due date",
    "without date",
    "without dates",
    "with no date",
    "with no due date",
    "undated",
];
/// Periods of more than a day.
const PERIODS: [&str; 10] = [
    "this week",
    "next week",
    "this month",
    "next month",
    "this weekend",
    "diese woche",
    "nächste woche",
    "diesen monat",
    "nächsten monat",
    "dieses wochenende",
];

/// When the tasks of "everything due today", "all overdue tasks", "today's tasks" are due, in the words of the sentence; none if
/// tasks are named otherwise.
pub(super) fn due_words(lower: &str) -> Option<String> {
    let words: Vec<&str> = lower.split_whitespace().collect();
    let before = words.iter().take_while(|word| MANY.contains(word) || LITTLE.contains(word)).count();
    let after = words[before..].iter().rev().take_while(|word| MANY.contains(word)).count();
    let is_many = after > 0 || words[..before].iter().any(|word| MANY.contains(word));
    let rest = words[before..words.len() - after].join(" ");
    match rest.as_str() {
        _ if !is_many => None,
        rest if OVERDUE.contains(&rest) => Some("overdue".to_owned()),
        rest if UNDATED.contains(&rest) => Some("without a date".to_owned()),
        rest => {
            if let Some(time) = rest.strip_prefix("due ").filter(|time| has_period(time)) {
                return Some(time.to_owned());
            }
            let told = ["due ", "for ", "from "].iter().find_map(|word| rest.strip_prefix(word));
            let time = told.or_else(|| rest.strip_suffix("'s"))?;
            (PERIODS.contains(&time) || is_time(time)).then(|| time.to_owned())
        }
    }
}

#[cfg(test)]
mod tests {
    use super::due_words;

    #[test]
    fn tasks_are_named_by_when_they_are_due() {
        for (words, due) in [
            ("everything due today", Some("today")),
            ("all tasks that are due on friday", Some("on friday")),
            ("whatever is due tomorrow", Some("tomorrow")),
            ("today's tasks", Some("today")),
            ("all my tasks for next week", Some("next week")),
            ("everything due heute", Some("heute")),
            ("all overdue", Some("overdue")),
            ("the overdue ones", Some("overdue")),
            ("tasks without a date", Some("without a date")),
            ("everything due before friday", Some("before friday")),
            ("all tasks due soon", Some("soon")),
            ("overdue", None), // a title, as in "complete overdue"
            ("all tasks for the party", None),
            ("everything", None),
            ("all", None),
            ("tasks", None),
            ("the rent", None),
            ("", None),
        ] {
            assert_eq!(due_words(words).as_deref(), due, "{words}");
        }
    }
}
