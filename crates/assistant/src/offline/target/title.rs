//! The title of a task in the words around it.

use crate::offline::phrase::{strip_prefix, strip_quotes, strip_suffix};

/// A title without the quotes, articles, "task" and "my list" around it.
pub(crate) fn title(text: &str) -> String {
    const BEFORE: [&str; 22] = [
        "the task called ",
        "the task named ",
        "the task about ",
        "the task that says ",
        "the task to ",
        "the task ",
        "my task ",
        "a task ",
        "task called ",
        "task named ",
        "task about ",
        "task to ",
        "task ",
        "the one about ",
        "the one that says ",
        "the ",
        "my ",
        "both ",
        "called ",
        "named ",
        "titled ",
        ": ",
    ];
    const AFTER: [&str; 13] = [
        " task",
        " item",
        " todo",
        " entry",
        " reminder",
        " from my list",
        " from the list",
        " from list",
        " off my list",
        " off the list",
        " on my list",
        " from my tasks",
        " instead",
    ];
    let mut title = text.trim();
    if strip_prefix(title, "the ") != title {
        title = [" one", " thing"].iter().fold(title, |title, suffix| strip_suffix(title, suffix));
    }
    loop {
        let before = title;
        title = strip_quotes(title);
        for prefix in BEFORE {
            title = strip_prefix(title, prefix);
        }
        for suffix in AFTER {
            title = strip_suffix(title, suffix);
        }
        title = title.trim();
        if title == before {
            return title.to_owned();
        }
    }
}
