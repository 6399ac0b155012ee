//! OpenAI's ChatKit protocol at `/chatkit`, for pages that embed its widget: the same conversations and the same turns
//! under other names. A conversation is a thread, its number the thread's id; a step of a turn is an item.

mod items;
mod request;
mod stream;

use assistant::{Language, parse_yes_or_no};
use conversation::MessageText;
use http::header::ORIGIN;
use http::{Method, StatusCode};
use http_api::{ApiError, QueryParams, Request, Response, User, Verifier, json};
use serde_json::json;

use crate::chat::{self, Begun};
use crate::conversations::{Summary, no_conversation, number};
use crate::message::{Asked, zone_of};
use crate::routes::Around;
use crate::store::Store;
use crate::{actions, stream as events};

use items::{Page, Place, items, page, thread};
use request::{Action, Call, Listing, Spoken};
use stream::ThreadStream;

/// `POST /chatkit`.
pub(crate) fn route(request: &Request, verifier: &Verifier, around: &Around) -> Result<Response, ApiError> {
    admit_origin(request, around)?;
    if request.method() != Method::POST {
        return Err(ApiError::method_not_allowed("POST"));
    }
    let user = http_api::require_user(request, verifier)?;
    QueryParams::parse(request, &[])?;
    // The names of steps and buttons are English.
    let around = &Around { language: Language::English, ..*around };
    let url = around.settings.database_url()?;
    let store = Store { url: &url, owner: &user.id, language: around.language };
    match Call::read(request)? {
        Call::Create(spoken) => speak(request, None, &spoken, &user, &store, around),
        Call::AddUserMessage(id, spoken) => speak(request, Some(number(&id)?), &spoken, &user, &store, around),
        Call::RetryAfterItem(id, item) => retry(request, number(&id)?, &item, &user, &store, around),
        Call::CustomAction(id, action) => act(number(&id)?, &action, &user, &store, around),
        Call::GetThread(id) => {
            let (summary, items) = items_of(number(&id)?, &Listing::from_the_start(), &store)?;
            Ok(json(StatusCode::OK, &thread(&summary, &items)))
        }
        Call::ListItems(id, listing) => Ok(json(StatusCode::OK, &items_of(number(&id)?, &listing, &store)?.1)),
        Call::ListThreads(listing) => list(&listing, &store),
        Call::UpdateThread(id, title) => {
            let title = MessageText::parse(&title).map_err(|fault| request::invalid("params.title", fault.0))?;
            let summary = store.rename(number(&id)?, title.to_title())?.ok_or_else(no_conversation)?;
            Ok(json(StatusCode::OK, &thread(&summary, &Page::default())))
        }
        Call::DeleteThread(id) => match store.delete(number(&id)?)? {
            true => Ok(json(StatusCode::OK, &json!({}))),
            false => Err(no_conversation()),
        },
    }
}

/// The domain allow-list: a page may use this if it is ours or listed. What is no page sends no `Origin`.
fn admit_origin(request: &Request, around: &Around) -> Result<(), ApiError> {
    if !request.headers().contains_key(ORIGIN) {
        return Ok(());
    }
    let trusted = (around.trusted)()?;
    match http_api::header(request, ORIGIN.as_str()).is_some_and(|origin| trusted.trusts(origin)) {
        true => Ok(()),
        false => {
            Err(ApiError::forbidden("Pages of this origin may not use the assistant: its operator has to list it."))
        }
    }
}

fn list(listing: &Listing, store: &Store) -> Result<Response, ApiError> {
    let after = listing.after.as_deref().map(number).transpose()?;
    let limit = listing.limit();
    let mut found = store.conversations(after, listing.ascending(), limit + 1)?;
    let has_more = found.len() > limit;
    found.truncate(limit);
    let after = found.last().filter(|_| has_more).map(|last| last.id.to_string());
    let data = found.iter().map(|summary| thread(summary, &Page::default())).collect();
    Ok(json(StatusCode::OK, &Page { data, has_more, after }))
}

fn items_of(id: i64, listing: &Listing, store: &Store) -> Result<(Summary, Page), ApiError> {
    let after = listing.after.as_deref().map(|after| Place::parse(after, id)).transpose()?;
    let (summary, _, steps) = store
        .steps(id, after.map(|after| after.turn), listing.ascending(), listing.limit())?
        .ok_or_else(no_conversation)?;
    Ok((summary, page(items(id, &steps), after, listing)))
}

/// A message of the user, and the turn that answers it, as it happens.
fn speak(
    request: &Request,
    thread_id: Option<i64>,
    spoken: &Spoken,
    user: &User,
    store: &Store,
    around: &Around,
) -> Result<Response, ApiError> {
    let begun = spoken.message().and_then(|message| {
        let asked = Asked { conversation: thread_id, message, zone: None, key: None }.sent_by(request)?;
        Ok((chat::begin(&asked, store, around)?, asked))
    });
    let (begun, asked) = begun.map_err(|error| told(error, around))?;
    let begin = |stream: &ThreadStream| {
        if thread_id.is_none() {
            stream.created(asked.message.to_title());
        }
        stream.said(asked.message.as_str());
    };
    respond(&begin, &asked, &begun, user, store, around)
}

/// The answer to a message that has none because its turn failed; what was done for it is not done again. A turn that has its
/// answer is told as it was: what it did stays.
fn retry(
    request: &Request,
    thread_id: i64,
    item: &str,
    user: &User,
    store: &Store,
    around: &Around,
) -> Result<Response, ApiError> {
    let place = Place::parse(item, thread_id)?;
    if place.step != 0 {
        return Err(request::invalid("params.item_id", "is not a message of the user."));
    }
    let zone = zone_of(request)?;
    let found = store.again(thread_id, place.turn, zone.as_ref()).map_err(|error| told(error, around))?;
    let (known, text) = found.ok_or_else(no_conversation)?;
    let message = MessageText::parse(&text).map_err(|fault| request::invalid("params.item_id", fault.0))?;
    let asked = Asked { conversation: Some(thread_id), message, zone, key: None };
    let begun = chat::again(known, store, around).map_err(|error| told(error, around))?;
    respond(&|stream| stream.options(), &asked, &begun, user, store, around)
}

/// Runs a turn, and tells it as it happens.
fn respond(
    begin: &dyn Fn(&ThreadStream),
    asked: &Asked,
    begun: &Begun,
    user: &User,
    store: &Store,
    around: &Around,
) -> Result<Response, ApiError> {
    let claim = &begun.claim;
    let mut head = events::head();
    begun.allowance.iter().for_each(|allowance| allowance.show(&mut head));
    (around.begin)(head);
    let stream = ThreadStream::new(around, claim.conversation, claim.turn);
    begin(&stream);
    let answered = chat::turn(asked, begun, user, store, around, &stream).and_then(|reply| {
        stream.finish(&reply);
        match parse_yes_or_no(asked.message.as_str()) {
            Some(_) => decided_by_message(&stream, claim.conversation, claim.turn - 1, store),
            None => Ok(()),
        }
    });
    answered.map(|()| Response::default()).inspect_err(|error| stream.fail(error))
}

/// Shows what became of the questions that the turn before asked.
fn decided_by_message(stream: &ThreadStream, thread_id: i64, turn: i64, store: &Store) -> Result<(), ApiError> {
    let steps = store.steps(thread_id, Some(turn), true, 0)?.map(|(_, _, steps)| steps).unwrap_or_default();
    let questions = items(thread_id, &steps).into_iter().filter(|(place, _)| place.question.is_some());
    questions.for_each(|(_, item)| stream.replace(&item));
    Ok(())
}

/// The user's answer to a question, by its button.
fn act(thread_id: i64, action: &Action, user: &User, store: &Store, around: &Around) -> Result<Response, ApiError> {
    let (id, approve) = action.decision()?;
    let place = Place::parse(&id, thread_id).ok().filter(|place| place.question.is_some());
    let place = place.ok_or_else(actions::no_action)?;
    let decided = actions::decide(&id, approve, user, store, around).map_err(|error| told(error, around))?;
    (around.begin)(events::head());
    let stream = ThreadStream::new(around, thread_id, place.turn);
    stream.options();
    stream.decided(place, &decided.text);
    stream.changed(&decided.call);
    Ok(Response::default())
}

/// What a person has to read is told as a stream; to anything else the error itself is the answer.
fn told(error: ApiError, around: &Around) -> ApiError {
    let for_people = [StatusCode::CONFLICT, StatusCode::GONE, StatusCode::TOO_MANY_REQUESTS].contains(&error.status)
        || error.code == request::NOT_SAYABLE
        || error.status.is_server_error();
    if for_people {
        let mut head = events::head();
        let headers = error.headers.iter().filter_map(|(name, value)| Some((name.clone(), value.parse().ok()?)));
        head.headers_mut().extend(headers);
        (around.begin)(head);
        ThreadStream::new(around, 0, 0).fail(&error);
    }
    error
}
