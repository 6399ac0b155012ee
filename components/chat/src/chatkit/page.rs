//! A page of a list of threads or items.

use serde::Serialize;
use serde_json::Value;

use super::position::ItemPosition;
use super::request::PageRequest;

/// A page, and where the next one begins.
#[derive(Debug, Default, Serialize)]
pub(crate) struct ItemPage {
    pub(crate) data: Vec<Value>,
    pub(crate) has_more: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) after: Option<String>,
}

/// The page of a thread's items that a client asks for.
pub(crate) fn page(
    mut items: Vec<(ItemPosition, Value)>,
    after: Option<ItemPosition>,
    request: &PageRequest,
) -> ItemPage {
    if !request.is_ascending() {
        items.reverse();
    }
    let is_beyond = |position: &ItemPosition| match after {
        Some(after) if request.is_ascending() => *position > after,
        Some(after) => *position < after,
        None => true,
    };
    let beyond = items.into_iter().filter(|(position, _)| is_beyond(position));
    let mut data: Vec<Value> = beyond.map(|(_, item)| item).collect();
    let has_more = data.len() > request.limit();
    data.truncate(request.limit());
    let last = data.last().filter(|_| has_more);
    let after = last.and_then(|item| item["id"].as_str()).map(str::to_owned);
    ItemPage { data, has_more, after }
}
