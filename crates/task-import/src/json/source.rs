//! A JSON file that is read.

use super::node::{JsonNode, JsonObject};
use crate::line_index::LineIndex;
use crate::options::ImportOptions;

/// The values of a file, and the lines on which they begin.
pub(super) struct JsonFile<'a> {
    pub(super) root: JsonNode<'a>,
    pub(super) lines: &'a LineIndex<'a>,
    pub(super) options: &'a ImportOptions<'a>,
}

/// How many objects of an array tell what wrote a file.
const SAMPLE: usize = 100;

impl<'a> JsonFile<'a> {
    /// The first objects of a file that is an array.
    pub(super) fn sample(&self) -> Vec<JsonObject<'a>> {
        self.root.items().into_iter().take(SAMPLE).filter_map(JsonNode::object).collect()
    }
}
