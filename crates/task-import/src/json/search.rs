//! Looks for the tasks of a JSON text that nobody described.

use super::node::{JsonNode, JsonObject};
use crate::names::{KnownColumn, folded, known_column};

/// Members that hold tasks, as [`folded`] writes them.
const HOLDERS: [&str; 14] = [
    "tasks", "todos", "items", "data", "results", "res", "result", "records", "entries", "todo", "task", "rows",
    "value", "values",
];
/// How deep tasks are looked for.
const MAX_DEPTH: usize = 4;

/// The values that are tasks; `None` if nothing looks like some.
pub(super) fn tasks_in(root: JsonNode<'_>) -> Option<Vec<JsonNode<'_>>> {
    find(root, MAX_DEPTH)
}

/// The array itself, the object itself, or those under a member.
fn find(node: JsonNode<'_>, depth: usize) -> Option<Vec<JsonNode<'_>>> {
    if node.is_array() {
        let items = node.items();
        let is_task = |item: &JsonNode<'_>| item.is_object() || item.is_string();
        return items.iter().any(is_task).then_some(items);
    }
    let object = node.object().filter(|_| depth > 0)?;
    let is_titled = has_column(&object, KnownColumn::Title);
    if is_titled && has_column(&object, KnownColumn::Completed) {
        return Some(vec![node]);
    }
    let in_holders = HOLDERS.iter().flat_map(|name| members(&object, name)).find_map(|node| find(node, depth - 1));
    in_holders.or_else(|| is_titled.then(|| vec![node])).or_else(|| {
        let holds_objects =
            |node: &JsonNode<'_>| node.is_object() || node.items().first().is_some_and(|item| item.is_object());
        let others = object.members.iter().map(|(_, node)| *node).filter(holds_objects);
        others.filter_map(|node| find(node, depth - 1)).next()
    })
}

fn members<'a>(object: &JsonObject<'a>, name: &str) -> Vec<JsonNode<'a>> {
    let named = object.members.iter().filter(|(known, _)| folded(known) == name);
    named.map(|(_, node)| *node).filter(|node| node.is_array() || node.is_object()).collect()
}

fn has_column(object: &JsonObject<'_>, column: KnownColumn) -> bool {
    object.members.iter().any(|(name, value)| known_column(name) == Some(column) && value.text().is_some())
}
