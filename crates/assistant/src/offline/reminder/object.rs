//! The task in a wish to be reminded of one. Only a number, "it" and "the … one" name a task that is there: other words are a
//! new task.

use crate::offline::target::TaskTarget;

/// The most words that name a task.
const MAX_WORDS: usize = 6;

/// The tasks that these words may begin with, each with the words after it, the longest first.
pub(super) fn split_object(words: &str) -> Vec<(TaskTarget, &str)> {
    let ends = words.match_indices(' ').map(|(at, _)| at).chain([words.len()]).take(MAX_WORDS);
    let mut named: Vec<_> = ends.filter(|end| is_reference(&words[..*end])).collect();
    named.reverse();
    named.into_iter().map(|end| (TaskTarget::parse(&words[..end]), &words[end..])).collect()
}

/// Whether words name a task that is there.
pub(super) fn is_reference(words: &str) -> bool {
    let words = words.trim().trim_end_matches([',', '.']);
    match TaskTarget::parse(words) {
        TaskTarget::Numbers(_) => words.split(' ').count() <= 3,
        TaskTarget::It | TaskTarget::Them | TaskTarget::Place(_) => true,
        TaskTarget::Title(_) => words.to_lowercase().starts_with("the ") && words.to_lowercase().ends_with(" one"),
        _ => false,
    }
}
