//! `GET /api/{user_id}/chat/features`: what the assistant can do here, for a page that shows it before the first message.

use http::StatusCode;
use http_api::{Response, json};
use serde_json::json as value;

use crate::context::ChatContext;
use crate::error::ChatError;

/// `{"language_model": …, "languages": […]}`: whether a language model responds, or the offline assistant, and the languages that the
/// offline assistant understands.
pub(crate) fn get(context: ChatContext) -> Result<Response, ChatError> {
    let has_model = context.env.settings.gemini()?.is_some();
    Ok(json(StatusCode::OK, &value!({"language_model": has_model, "languages": ["en", "de"]})))
}
