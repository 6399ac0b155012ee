//! A page of a list.

use task::tool::ToolOutput;
use task::{StoreError, TaskPage, TaskQuery};

use crate::env::ToolStore;

/// Reads a page. If its tasks do not fit into one result, a shorter page is read, which knows where the next one begins.
pub(super) fn read(query: TaskQuery, owner: &str, store: &dyn ToolStore) -> Result<ToolOutput, StoreError> {
    let page = store.list(owner, &query)?;
    let fitting = ToolOutput::fitting_page(&query, &page.tasks);
    let total = total(&query, &page, owner, store)?;
    if fitting >= page.tasks.len() {
        return Ok(ToolOutput::page(&query, page, total));
    }
    let shorter = TaskQuery { limit: u32::try_from(fitting).unwrap_or(1), ..query };
    Ok(ToolOutput::page(&shorter, store.list(owner, &shorter)?, total))
}

/// How many tasks there are on all pages, for the first of them.
fn total(query: &TaskQuery, page: &TaskPage, owner: &str, store: &dyn ToolStore) -> Result<Option<u64>, StoreError> {
    match (&query.after, &page.next) {
        (Some(_), _) => Ok(None),
        (None, None) => Ok(u64::try_from(page.tasks.len()).ok()),
        (None, Some(_)) => match page.owned().filter(|_| query.selects_all()) {
            Some(owned) => Ok(Some(owned)),
            None => store.count(owner, query).map(Some),
        },
    }
}
