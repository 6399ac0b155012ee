//! The user's decision on a question, by its button.

use http_api::Response;

use super::errors::stream_error;
use super::position::ItemPosition;
use super::request::WidgetAction;
use super::stream::ThreadStream;
use crate::context::ChatContext;
use crate::error::ChatError;
use crate::request::conversation_id;
use crate::{sse, turn};

pub(crate) async fn decide(
    thread_id: &str,
    action: &WidgetAction,
    context: ChatContext<'_>,
) -> Result<Response, ChatError> {
    let thread_id = conversation_id(thread_id)?;
    let (id, approve) = action.decision()?;
    let position = ItemPosition::parse(&id, thread_id).ok().filter(|position| position.question.is_some());
    let position = position.ok_or(ChatError::ActionNotFound)?;
    let decided = turn::decide(&id, approve, context).await.map_err(|error| stream_error(error, context.env))?;
    (context.env.start_stream)(sse::head(None));
    let stream = ThreadStream::new(context.env, thread_id, position.turn);
    stream.options();
    stream.decided(position, &decided.text);
    stream.tasks_changed(&decided.call);
    Ok(Response::default())
}
