//! What a client says about a file.

use task_words::ReadingContext;

/// What is known about a file beside its bytes.
#[derive(Debug, Clone, Copy)]
pub struct ImportOptions<'a> {
    /// The media type in lower case. It decides only where a content can be read in two ways.
    pub media_type: &'a str,
    /// The meaning of each column of a table whose names are not known: names of columns, or empty texts.
    pub columns: Option<&'a [&'a str]>,
    /// When and where words such as "tomorrow" are read.
    pub context: ReadingContext,
}
