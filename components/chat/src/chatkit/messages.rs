//! Messages of the user in a thread, and the turn that responds to each, as it happens.

use assistant::parse_yes_or_no;
use conversation::MessageText;
use http_api::{Request, Response};

use super::errors::stream_error;
use super::items::items;
use super::position::ItemPosition;
use super::request::{UserInput, invalid};
use super::stream::ThreadStream;
use crate::context::ChatContext;
use crate::error::ChatError;
use crate::request::{ChatRequest, conversation_id, time_zone};
use crate::sse;
use crate::store::{ConversationStore, TurnRange};
use crate::turn::{self, StartedTurn};

/// Adds a message to a thread, or to a new one.
pub(crate) async fn add(
    request: &Request,
    thread_id: Option<&str>,
    input: &UserInput,
    context: ChatContext<'_>,
) -> Result<Response, ChatError> {
    let conversation = thread_id.map(conversation_id).transpose()?;
    let start = || {
        let message = input.to_message()?;
        let chat = ChatRequest { conversation, message, time_zone: None, key: None }.with_headers(request)?;
        Ok((turn::start(&chat, context)?, chat))
    };
    let (started, chat) = start().map_err(|error| stream_error(error, context.env))?;
    let stream = start_stream(&started, context);
    if conversation.is_none() {
        stream.thread_created(chat.message.to_title());
    }
    stream.user_message(chat.message.as_str());
    run(&chat, &started, &stream, context).await
}

/// Goes on with a turn that has no reply because it failed; its calls are not made again. A turn that has its reply is shown
/// as it was: what it did stays.
pub(crate) async fn retry(
    request: &Request,
    thread_id: &str,
    item: &str,
    context: ChatContext<'_>,
) -> Result<Response, ChatError> {
    let conversation = conversation_id(thread_id)?;
    let position = ItemPosition::parse(item, conversation)?;
    if position.step != 0 {
        return Err(invalid("params.item_id", "is not a message of the user.").into());
    }
    let time_zone = time_zone(request)?;
    let (existing, text) = context
        .store
        .resume_turn(conversation, position.turn, time_zone.as_ref())
        .map_err(|error| stream_error(error, context.env))?;
    let message = MessageText::parse(&text).map_err(|error| invalid("params.item_id", error.0))?;
    let chat = ChatRequest { conversation: Some(conversation), message, time_zone, key: None };
    let started = turn::resume(existing, context).map_err(|error| stream_error(error, context.env))?;
    let stream = start_stream(&started, context);
    stream.options();
    run(&chat, &started, &stream, context).await
}

fn start_stream<'a>(started: &StartedTurn, context: ChatContext<'a>) -> ThreadStream<'a> {
    (context.env.start_stream)(sse::head(started.allowance.as_ref()));
    ThreadStream::new(context.env, started.claim.conversation, started.claim.turn)
}

/// Runs a turn whose stream has started.
async fn run(
    request: &ChatRequest,
    started: &StartedTurn,
    stream: &ThreadStream<'_>,
    context: ChatContext<'_>,
) -> Result<Response, ChatError> {
    let run = async {
        stream.finish(&turn::run(request, started, context, stream).await?);
        match parse_yes_or_no(request.message.as_str()) {
            Some(_) => show_decided(stream, started.claim.conversation, started.claim.turn - 1, context.store),
            None => Ok(()),
        }
    };
    run.await.map(|()| Response::default()).map_err(|error: ChatError| {
        let error = error.into_api_error(context.env.language);
        stream.fail(&error);
        error.into()
    })
}

/// Shows the outcome of the questions that the turn before asked.
fn show_decided(stream: &ThreadStream, thread_id: i64, turn: i64, store: &ConversationStore) -> Result<(), ChatError> {
    let steps = match store.read(thread_id, TurnRange::From(turn, 0)) {
        Ok(conversation) => conversation.steps,
        Err(ChatError::ConversationNotFound) => return Ok(()),
        Err(error) => return Err(error),
    };
    let questions = items(thread_id, &steps).into_iter().filter(|(position, _)| position.question.is_some());
    questions.for_each(|(_, item)| stream.replace(&item));
    Ok(())
}
