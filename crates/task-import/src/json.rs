//! JSON files, by the members that they have.

mod dates;
mod donetick;
mod google;
mod graph;
mod members;
mod named;
mod node;
mod search;
mod source;
mod steps;
mod super_productivity;
mod tasks_org;
mod things;
mod vikunja;

use crate::error::ImportError;
use crate::file::TaskFile;
use crate::line_index::LineIndex;
use crate::options::ImportOptions;
use node::JsonNode;
use source::JsonFile;

/// The tasks of a JSON text whose lines end with LF; `None` for a text that only begins like one.
pub(crate) fn read(text: &str, options: &ImportOptions<'_>) -> Result<Option<TaskFile>, ImportError> {
    let lines = LineIndex::new(text);
    let root = match JsonNode::parse(text) {
        Ok(root) => root,
        Err(line) => match objects_by_line(text) {
            Some(Ok(nodes)) => return named::read_all(&nodes, &lines, options).map(Some),
            Some(Err(line)) => return Err(ImportError::BrokenJson(line)),
            None if is_meant_as_json(text, options.media_type) => return Err(ImportError::BrokenJson(line)),
            None => return Ok(None),
        },
    };
    if !(root.is_object() || root.is_array()) {
        return Ok(None);
    }
    let file = JsonFile { root, lines: &lines, options };
    let programs = [
        google::read,
        graph::read,
        vikunja::read,
        super_productivity::read,
        things::read,
        tasks_org::read,
        donetick::read,
    ];
    match programs.iter().find_map(|read| read(&file)) {
        Some(read) => read.map(Some),
        None => named::read(&file).map(Some),
    }
}

/// One value a line; the number of the first line that is none, if the first one is.
fn objects_by_line(text: &str) -> Option<Result<Vec<JsonNode<'_>>, u64>> {
    let mut nodes = Vec::new();
    for (at, line) in text.split('\n').enumerate().filter(|(_, line)| !line.trim().is_empty()) {
        match JsonNode::parse(line) {
            Ok(node) if node.is_object() => nodes.push(node),
            _ if nodes.is_empty() => return None,
            _ => return Some(Err(at as u64 + 1)),
        }
    }
    (nodes.len() > 1).then_some(Ok(nodes))
}

/// Whether a broken text was to be JSON. Boxes and links of lists begin with a bracket too.
fn is_meant_as_json(text: &str, media_type: &str) -> bool {
    let text = text.trim_start();
    let inside = text.strip_prefix('[').map(str::trim_start);
    let value = inside.is_some_and(|inside| inside.is_empty() || inside.starts_with(['{', '[', '"', ']']));
    let is_link = text.starts_with("[[") || text.starts_with("[ ]");
    text.starts_with('{') || value && !is_link || inside.is_some() && media_type == "application/json"
}
