//! `POST /api/{user_id}/chat`: a message, and the turn that it begins, as one JSON response or as a stream.

use assistant::SilentObserver;
use http::StatusCode;
use http::header::LINK;
use http_api::{Response, json, read_json};

use super::response::ChatResponse;
use super::ui_stream::{self, UiStream};
use crate::admission::AdmittedRequest;
use crate::context::ChatContext;
use crate::error::ChatError;
use crate::request::ChatRequest;
use crate::sse;
use crate::turn::{self, StartedTurn};

pub(crate) fn send(admitted: &AdmittedRequest, context: ChatContext) -> Result<Response, ChatError> {
    let request = ChatRequest::from_members(&read_json(admitted.body)?)?.with_headers(admitted.request)?;
    let started = turn::start(&request, context)?;
    let result = match sse::is_wanted(admitted.request) {
        true => stream(&request, &started, context),
        false => respond(&request, &started, context),
    };
    // The message is stored: the client can go on in the same conversation.
    let parent = admitted.request.uri().path().trim_end_matches("chat");
    let link = format!("<{parent}conversations/{}>; rel=\"related\"", started.claim.conversation);
    result.map_err(|error| error.into_api_error(context.env.language).with(LINK, link).into())
}

fn respond(request: &ChatRequest, started: &StartedTurn, context: ChatContext) -> Result<Response, ChatError> {
    let reply = turn::run(request, started, context, &SilentObserver)?;
    let response =
        ChatResponse { conversation_id: started.claim.conversation, response: &reply.text, tool_calls: &reply.calls };
    let mut response = json(StatusCode::OK, &response);
    started.allowance.iter().for_each(|allowance| allowance.show(&mut response));
    Ok(response)
}

fn stream(request: &ChatRequest, started: &StartedTurn, context: ChatContext) -> Result<Response, ChatError> {
    let mut head = sse::head(started.allowance.as_ref());
    head.headers_mut().extend([ui_stream::FORMAT]);
    (context.env.start_stream)(head);
    let stream = UiStream::start(context.env.send, &started.claim);
    match turn::run(request, started, context, &stream) {
        Ok(reply) => {
            stream.finish(reply.outcome);
            Ok(Response::default())
        }
        Err(error) => {
            let error = error.into_api_error(context.env.language);
            stream.fail(&error.detail);
            Err(error.into())
        }
    }
}
