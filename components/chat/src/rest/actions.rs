//! `POST /api/{user_id}/chat/actions/{action_id}`: the user's decision on a tool call.

use http::StatusCode;
use http_api::{ApiError, Response, json, read_json};
use json_fields::FieldReader;
use serde_json::{Map, Value};

use super::response::ChatResponse;
use crate::admission::AdmittedRequest;
use crate::context::ChatContext;
use crate::error::ChatError;
use crate::turn;

pub(crate) async fn decide(admitted: &AdmittedRequest<'_>, context: ChatContext<'_>) -> Result<Response, ChatError> {
    let members: Map<String, Value> = read_json(admitted.body)?;
    let mut fields = FieldReader::new(&members, &["approve"]);
    fields.require("approve");
    let approve = fields.flag("approve");
    let approve = fields.finish(approve).map_err(ApiError::from)?;
    let decided = turn::decide(admitted.path_param("action_id"), approve, context).await?;
    let response =
        ChatResponse { conversation_id: decided.conversation, response: &decided.text, tool_calls: &[decided.call] };
    Ok(json(StatusCode::OK, &response))
}
