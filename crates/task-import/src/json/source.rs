//! A JSON file that is read.

use super::node::JsonNode;
use crate::line_index::LineIndex;
use crate::options::ImportOptions;

/// The values of a file, and the lines on which they begin.
pub(super) struct JsonFile<'a> {
    pub(super) root: JsonNode<'a>,
    pub(super) lines: &'a LineIndex<'a>,
    pub(super) options: &'a ImportOptions<'a>,
}
