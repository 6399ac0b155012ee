//! Threads: their list, their items, and changes to one.

use conversation::MessageText;
use http::StatusCode;
use http_api::{Response, json};
use serde_json::json;

use super::items::items;
use super::page::{ItemPage, page};
use super::position::ItemPosition;
use super::request::{PageRequest, invalid};
use super::views::thread;
use crate::error::ChatError;
use crate::request::conversation_id;
use crate::store::rows::ConversationSummary;
use crate::store::{ConversationStore, TurnRange};

pub(crate) fn list(request: &PageRequest, store: &ConversationStore) -> Result<Response, ChatError> {
    let after = request.after.as_deref().map(conversation_id).transpose()?;
    let limit = request.limit();
    let mut found = store.list(after, request.is_ascending(), limit + 1)?;
    let has_more = found.len() > limit;
    found.truncate(limit);
    let after = found.last().filter(|_| has_more).map(|last| last.id.to_string());
    let data = found.iter().map(|summary| thread(summary, &ItemPage::default())).collect();
    Ok(json(StatusCode::OK, &ItemPage { data, has_more, after }))
}

/// A thread with its first items.
pub(crate) fn get(thread_id: &str, store: &ConversationStore) -> Result<Response, ChatError> {
    let (summary, items) = read(thread_id, &PageRequest::from_the_start(), store)?;
    Ok(json(StatusCode::OK, &thread(&summary, &items)))
}

pub(crate) fn list_items(
    thread_id: &str,
    request: &PageRequest,
    store: &ConversationStore,
) -> Result<Response, ChatError> {
    Ok(json(StatusCode::OK, &read(thread_id, request, store)?.1))
}

pub(crate) fn rename(thread_id: &str, title: &str, store: &ConversationStore) -> Result<Response, ChatError> {
    let title = MessageText::parse(title).map_err(|error| invalid("params.title", error.0))?;
    let summary = store.rename(conversation_id(thread_id)?, title.to_title())?;
    Ok(json(StatusCode::OK, &thread(&summary, &ItemPage::default())))
}

pub(crate) fn delete(thread_id: &str, store: &ConversationStore) -> Result<Response, ChatError> {
    store.delete(conversation_id(thread_id)?)?;
    Ok(json(StatusCode::OK, &json!({})))
}

fn read(
    thread_id: &str,
    request: &PageRequest,
    store: &ConversationStore,
) -> Result<(ConversationSummary, ItemPage), ChatError> {
    let id = conversation_id(thread_id)?;
    let after = request.after.as_deref().map(|after| ItemPosition::parse(after, id)).transpose()?;
    let turn = after.map(|after| after.turn);
    let range = match request.is_ascending() {
        true => TurnRange::From(turn.unwrap_or(1), request.limit()),
        false => TurnRange::UpTo(turn, request.limit()),
    };
    let conversation = store.read(id, range)?;
    Ok((conversation.summary, page(items(id, &conversation.steps), after, request)))
}
