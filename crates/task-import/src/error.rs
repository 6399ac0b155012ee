//! Why a file cannot be imported.

/// Why nothing of a file can be imported.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ImportError {
    /// A spreadsheet in a format of its own.
    #[error("This is a spreadsheet file. Save it as CSV and choose that file.")]
    Spreadsheet,
    /// An archive.
    #[error(
        "This is an archive. Unpack it and choose the file with the tasks in it; in an export of Vikunja that is data.json."
    )]
    Archive,
    /// Not text.
    #[error("This is not a text file. Choose an export as CSV, JSON, iCalendar, Markdown or plain text.")]
    NotText,
    /// Text or JSON in which nothing is a task.
    #[error("There is no task in this file.")]
    NoTasks,
    /// A table whose columns have other names.
    #[error("No column of this table is known. Say which column is which.")]
    UnknownColumns(Vec<String>),
    /// Broken JSON.
    #[error("This file begins as JSON, but cannot be read from line {0} on.")]
    BrokenJson(u64),
    /// A quote without an end.
    #[error("The quote that is opened on line {0} is never closed.")]
    OpenQuote(u64),
    /// More tasks than an import takes.
    #[error("There are {count} tasks in this file; one import takes at most {most}.")]
    TooMany {
        /// The tasks of the file.
        count: usize,
        /// How many would fit.
        most: usize,
    },
}
