//! `POST /api/{user_id}/chat`: a message, and the turn that it begins, as one JSON response or as a stream. A body of the AI SDK's
//! shape is always responded to with a stream.

use std::cell::Cell;
use std::ops::ControlFlow;

use assistant::{TurnEvent, TurnObserver, TurnOutcome};
use http::StatusCode;
use http::header::LINK;
use http_api::{ApiError, Response, json, read_json};

use super::response::ChatResponse;
use super::ui_request::{UiDecision, UiDecisions, UiRequest};
use super::ui_stream::{self, UiStream};
use crate::admission::AdmittedRequest;
use crate::body_limit::BODY_LIMIT;
use crate::context::ChatContext;
use crate::env::ChatEnv;
use crate::error::ChatError;
use crate::request::ChatRequest;
use crate::sse;
use crate::turn::{self, StartedTurn};

pub(crate) async fn send(admitted: &AdmittedRequest<'_>, context: ChatContext<'_>) -> Result<Response, ChatError> {
    let members = read_json(admitted.body)?;
    if !UiRequest::is_one(&members) {
        if admitted.body.len() > BODY_LIMIT {
            return Err(ApiError::too_large().into());
        }
        let request = ChatRequest::from_members(&members)?.with_headers(admitted.request)?;
        return say(&request, sse::is_wanted(admitted.request), admitted, context).await;
    }
    match UiRequest::from_members(&members)? {
        UiRequest::Say(request) => say(&request.with_headers(admitted.request)?, true, admitted, context).await,
        UiRequest::Decide(decisions) => decide(&decisions, context).await,
    }
}

/// Says something, and responds with a stream if `live`.
async fn say(
    request: &ChatRequest,
    live: bool,
    admitted: &AdmittedRequest<'_>,
    context: ChatContext<'_>,
) -> Result<Response, ChatError> {
    let started = turn::start(request, context)?;
    let result = match live {
        true => stream(request, &started, context).await,
        false => respond(request, &started, context).await,
    };
    // The message is stored: the client can go on in the same conversation.
    let parent = admitted.request.uri().path().trim_end_matches('/').trim_end_matches("chat");
    let link = format!("<{parent}conversations/{}>; rel=\"related\"", started.claim.conversation);
    result.map_err(|error| error.into_api_error(context.env.language).with(LINK, link).into())
}

/// Carries out the user's decisions, and goes on with the message that asked for them.
async fn decide(asked: &UiDecisions, context: ChatContext<'_>) -> Result<Response, ChatError> {
    let mut head = sse::head(None);
    head.headers_mut().extend([ui_stream::FORMAT]);
    (context.env.start_stream)(head);
    let stream = UiStream::go_on(context.env.send, &asked.message);
    let mut texts = Vec::new();
    for UiDecision { call, action, approve } in &asked.decisions {
        match turn::decide(action, *approve, context).await {
            Ok(decided) => {
                stream.decided(call, &decided.call);
                texts.push(decided.text);
            }
            Err(error) => {
                let error = error.into_api_error(context.env.language);
                stream.not_decided(call, &error.detail);
                texts.push(error.detail);
            }
        }
    }
    let _gone = stream.observe(TurnEvent::RoundStarted); // everything is done: nothing is left to stop
    let _gone = stream.observe(TurnEvent::Text(&texts.join("\n")));
    stream.finish(TurnOutcome::Complete);
    Ok(Response::default())
}

async fn respond(
    request: &ChatRequest,
    started: &StartedTurn,
    context: ChatContext<'_>,
) -> Result<Response, ChatError> {
    let with_allowance = |mut response: Response| {
        started.allowance.iter().for_each(|allowance| allowance.show(&mut response));
        response
    };
    let head = with_allowance(json(StatusCode::OK, &())).map(|_| ());
    let client = JsonClient { env: context.env, head: Cell::new(Some(head)) };
    let reply = turn::run(request, started, context, &client).await?;
    let response =
        ChatResponse { conversation_id: started.claim.conversation, response: &reply.text, tool_calls: &reply.calls };
    Ok(with_allowance(json(StatusCode::OK, &response)))
}

/// The client of a JSON response.
struct JsonClient<'a> {
    env: &'a ChatEnv<'a>,
    /// The head of the response; none once the first round began.
    head: Cell<Option<http::Response<()>>>,
}

impl TurnObserver for JsonClient<'_> {
    fn is_live(&self) -> bool {
        false
    }

    fn observe(&self, event: TurnEvent) -> ControlFlow<()> {
        if let TurnEvent::RoundStarted = event {
            match self.head.take() {
                Some(head) => (self.env.hold_head)(head),
                None => (self.env.promise_reply)(), // a turn that has done something has a reply
            }
        }
        (self.env.client_state)()
    }
}

async fn stream(request: &ChatRequest, started: &StartedTurn, context: ChatContext<'_>) -> Result<Response, ChatError> {
    let mut head = sse::head(started.allowance.as_ref());
    head.headers_mut().extend([ui_stream::FORMAT]);
    (context.env.start_stream)(head);
    let stream = UiStream::start(context.env.send, &started.claim);
    match turn::run(request, started, context, &stream).await {
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
