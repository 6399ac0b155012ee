//! Steps and their tasks. There is one level: a step of a step becomes a step of the topmost task.

use std::collections::HashMap;

/// The most levels that are followed. More are there only where rows are each other's steps.
const MAX_LEVELS: usize = 100;

/// What a row is called by others, and what it calls its parent.
pub(crate) type RowLink = (Option<String>, Option<String>);

/// The parents of rows.
#[derive(Default)]
pub(crate) struct TopParents {
    /// For each row the task of which it is a step.
    pub(crate) parents: Vec<Option<usize>>,
    /// How many rows name a parent that is not there.
    pub(crate) missing: usize,
    /// How many were steps of steps.
    pub(crate) deeper: usize,
}

/// The parents of rows with these links; `became` holds the task that each row became.
pub(crate) fn top_parents(links: &[RowLink], became: &[Option<usize>]) -> TopParents {
    let mut rows: HashMap<&str, usize> = HashMap::new();
    for (row, (key, _)) in links.iter().enumerate() {
        if let Some(key) = key {
            rows.entry(key).or_insert(row);
        }
    }
    let mut found = TopParents::default();
    for (row, task) in became.iter().enumerate() {
        let parent = task.and_then(|_| top_of(row, links, &rows, became, &mut found));
        found.parents.push(parent);
    }
    found
}

/// The topmost task above a row. Counts what is wrong with the way there.
fn top_of(
    row: usize,
    links: &[RowLink],
    rows: &HashMap<&str, usize>,
    became: &[Option<usize>],
    found: &mut TopParents,
) -> Option<usize> {
    let (mut at, mut top, mut levels) = (row, None, 0);
    for _ in 0..MAX_LEVELS {
        let Some(key) = links[at].1.as_deref() else {
            found.deeper += usize::from(levels > 1);
            return top;
        };
        let Some(parent) = rows.get(key).filter(|parent| **parent != at) else {
            found.missing += usize::from(at == row);
            return top;
        };
        at = *parent;
        // A row that is no task has no steps: they are its parent's.
        if let Some(task) = became[at] {
            top = Some(task);
            levels += 1;
        }
    }
    found.missing += 1;
    None
}
