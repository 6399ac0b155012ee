//! The router: lets a request in by the table of routes, and calls the handler of its operation.

use assistant::Language;
use conversation::ChatOperation;
use http::StatusCode;
use http_api::{ApiError, Request, Response, Verifier, empty};

use crate::admission::AdmittedRequest;
use crate::context::ChatContext;
use crate::env::ChatEnv;
use crate::error::ChatError;
use crate::store::ConversationStore;
use crate::{chatkit, rest};

/// Serves one request.
pub async fn route(request: &Request, verifier: &Verifier<'_>, env: &ChatEnv<'_>) -> Result<Response, ApiError> {
    let admitted = AdmittedRequest::admit(request, verifier, env)?;
    let language = match admitted.operation() {
        ChatOperation::ChatKit => Language::English, // like the names of its steps and buttons
        _ => env.language,
    };
    let url = env.settings.database_url()?;
    let store = ConversationStore { url: &url, owner: &admitted.user.id };
    let env = &ChatEnv { language, ..*env };
    let context = ChatContext { user: &admitted.user, store: &store, env };
    let response = handle(&admitted, context).await.map_err(|error| error.into_api_error(language))?;
    http_api::compress(request, response)
}

async fn handle(admitted: &AdmittedRequest<'_>, context: ChatContext<'_>) -> Result<Response, ChatError> {
    match admitted.operation() {
        ChatOperation::SendMessage => rest::chat::send(admitted, context).await,
        ChatOperation::ResumeStream => Ok(empty(StatusCode::NO_CONTENT)), // a turn ends when its client goes
        ChatOperation::GetFeatures => rest::features::get(context),
        ChatOperation::DecideAction => rest::actions::decide(admitted, context).await,
        ChatOperation::ListConversations => rest::conversations::list(admitted, context.store),
        ChatOperation::GetConversation => rest::conversations::get(admitted, context.store),
        ChatOperation::RenameConversation => rest::conversations::rename(admitted, context.store),
        ChatOperation::DeleteConversation => rest::conversations::delete(admitted, context.store),
        ChatOperation::ChatKit => chatkit::handle(admitted, context).await,
    }
}

#[cfg(test)]
mod tests;
