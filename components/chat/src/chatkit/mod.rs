//! OpenAI's ChatKit protocol at `/chatkit`, for pages that embed its widget: the same conversations and the same turns
//! under other names. A conversation is a thread, its number the thread's id; a step of a turn is an item.

mod action;
mod errors;
mod items;
mod messages;
mod page;
mod position;
mod request;
mod stream;
mod threads;
mod views;

use http_api::Response;

use crate::admission::AdmittedRequest;
use crate::context::ChatContext;
use crate::error::ChatError;
use request::ThreadOperation;

/// `POST /chatkit`.
pub(crate) async fn handle(admitted: &AdmittedRequest<'_>, context: ChatContext<'_>) -> Result<Response, ChatError> {
    let store = context.store;
    match ThreadOperation::read(admitted.body)? {
        ThreadOperation::Create(input) => messages::add(admitted.request, None, &input, context).await,
        ThreadOperation::AddUserMessage(thread, input) => {
            messages::add(admitted.request, Some(&thread), &input, context).await
        }
        ThreadOperation::RetryAfterItem(thread, item) => {
            messages::retry(admitted.request, &thread, &item, context).await
        }
        ThreadOperation::CustomAction(thread, action) => action::decide(&thread, &action, context).await,
        ThreadOperation::GetThread(thread) => threads::get(&thread, store),
        ThreadOperation::ListItems(thread, page) => threads::list_items(&thread, &page, store),
        ThreadOperation::ListThreads(page) => threads::list(&page, store),
        ThreadOperation::UpdateThread(thread, title) => threads::rename(&thread, &title, store),
        ThreadOperation::DeleteThread(thread) => threads::delete(&thread, store),
    }
}
