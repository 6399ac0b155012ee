//! Tables: CSV as spreadsheets and programs write it.

mod columns;
mod generic;
mod head;
mod rows;
mod ticktick;
mod todoist;

use crate::error::ImportError;
use crate::file::TaskFile;
use crate::options::ImportOptions;
use head::{TableHead, TableKind};

/// The tasks of a table whose columns are known; `None` for a text that is none.
pub(crate) fn read(text: &str, options: &ImportOptions<'_>) -> Result<Option<TaskFile>, ImportError> {
    TableHead::find(text, options)?.map(|head| rows_of(head, options)).transpose()
}

/// The tasks of a table whose columns the client names. Without names it is an error; `None` for a text that is no table.
pub(crate) fn read_unknown(text: &str, options: &ImportOptions<'_>) -> Result<Option<TaskFile>, ImportError> {
    TableHead::unknown(text, options)?.map(|head| rows_of(head, options)).transpose()
}

fn rows_of(head: TableHead<'_>, options: &ImportOptions<'_>) -> Result<TaskFile, ImportError> {
    match head.kind {
        TableKind::Todoist => todoist::read(head, options),
        TableKind::Ticktick => ticktick::read(head, options),
        TableKind::Generic(_) => generic::read(head, options),
    }
}
