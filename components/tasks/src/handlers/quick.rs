//! A task from one line of words.

use chrono::TimeDelta;
use http::header::LOCATION;
use http::{HeaderValue, StatusCode};
use http_api::{ApiError, IdempotencyKey, json};
use serde::Serialize;
use task::{
    FieldReader, ListName, MemberError, NewTask, Priority, TaskDue, TaskMembers, TaskTags, Title, UserClock,
    ValueError, repeat_text,
};
use task_words::{TaskReading, read_task};

use crate::errors::to_api_error;
use crate::idempotency::{mark_deleted, mark_replay};
use crate::owned_task::{OwnedTask, show_change};
use crate::request::{TasksBody, TasksRequest};
use crate::response::TasksResponse;

pub(crate) const PARAMETERS: &[&str] = &["dry_run"];
/// The longest line, in characters: a title and what is said about it.
const MAX_LINE: usize = 500;

/// A task, and what of the line became something else than its title.
#[derive(Serialize)]
struct QuickTask<'a, T> {
    task: T,
    understood: Vec<UnderstoodWords<'a>>,
}

/// Words that were understood, and where they stand in the line: in characters, as JavaScript counts them.
#[derive(Serialize)]
struct UnderstoodWords<'a> {
    kind: &'static str,
    text: &'a str,
    start: usize,
    end: usize,
}

/// A task that would be added.
#[derive(Serialize)]
struct TaskPreview<'a> {
    title: &'a str,
    due: Option<String>,
    repeat: Option<String>,
    repeat_text: Option<String>,
    repeat_from: &'static str,
    remind: &'a [u32],
    priority: Priority,
    tags: &'a [String],
    list: Option<&'a str>,
}

/// `POST …/tasks/quick?dry_run=true|false`.
pub(crate) fn add(
    request: &TasksRequest<'_>,
    key: Option<IdempotencyKey>,
    body: &TasksBody<'_>,
) -> Result<TasksResponse, ApiError> {
    let is_dry = match request.query.get("dry_run").unwrap_or("false") {
        "true" => true,
        "false" => false,
        _ => return Err(wrong("dry_run", ValueError("must be true or false.".to_owned()))),
    };
    let members = body.members()?;
    let mut fields = FieldReader::new(&members, &["text"]);
    fields.require("text");
    let text = fields.text("text", line);
    let text: String = fields.finish(text)?;
    let zone = request.time_zone();
    let clock = request.env.settings.clock(&request.user.id, zone.as_ref()).map_err(to_api_error)?;
    let reading = read_task(&text, &request.reading_context(&clock), &[]);
    let new = new_task(&reading, clock).map_err(|error| wrong("text", error))?;
    if is_dry {
        let task = preview(&reading, &new, request);
        return Ok(json(StatusCode::OK, &QuickTask { task, understood: understood(&text, &reading) }).into());
    }
    let new = NewTask { members: TaskMembers { zone, ..new.members }, ..new };
    let key = key.as_ref().map(IdempotencyKey::as_str);
    let added = request.env.store.add(request.author(), new, key).map_err(to_api_error)?;
    let task = OwnedTask::new(&request.user.id, &added.task, request.language());
    let mut response = json(StatusCode::CREATED, &QuickTask { task, understood: understood(&text, &reading) });
    let location = format!("{}/{}", request.path().trim_end_matches("/quick"), added.task.id);
    response.headers_mut().insert(LOCATION, HeaderValue::try_from(location).map_err(ApiError::internal)?);
    mark_replay(&mut response, added.replayed);
    mark_deleted(&mut response, added.deleted);
    show_change(&mut response, added.change);
    Ok(response.into())
}

fn wrong(field: &str, ValueError(message): ValueError) -> ApiError {
    ApiError::from(vec![MemberError { field: field.to_owned(), message }])
}

fn line(text: &str) -> Result<String, ValueError> {
    let text = text.replace('\t', " ");
    let is_line = (1..=MAX_LINE).contains(&text.chars().count()) && !text.contains(char::is_control);
    is_line.then_some(text).ok_or_else(|| ValueError(format!("must be 1 to {MAX_LINE} characters long, on one line.")))
}

/// The task that was read. A list that is not there is made.
fn new_task(reading: &TaskReading, clock: UserClock) -> Result<NewTask, ValueError> {
    let due = match reading.due.and_then(|due| due.minutes_from_now) {
        // As an instant: the clocks may change until then.
        Some(minutes) => Some((clock.utc + TimeDelta::minutes(minutes.into())).format("%Y-%m-%dT%H:%MZ").to_string()),
        None => reading.due.map(|due| due.to_text()),
    };
    let members = TaskMembers {
        due: due.map(|due| TaskDue::parse(&due)).transpose()?.map(Some),
        repeat: reading.repeat.clone().map(Some),
        repeat_from: reading.repeat.as_ref().map(|_| reading.repeat_from),
        remind: reading.remind.then(|| vec![0]),
        priority: reading.priority,
        tags: Some(TaskTags::parse(reading.tags.iter().map(String::as_str))?),
        list: reading.list.as_deref().map(ListName::parse).transpose()?.map(Some),
        makes_list: true,
        ..TaskMembers::default()
    };
    Ok(NewTask { title: Title::parse(&reading.title)?, members })
}

fn preview<'a>(reading: &'a TaskReading, new: &'a NewTask, request: &TasksRequest<'_>) -> TaskPreview<'a> {
    let rule = reading.repeat.as_ref();
    TaskPreview {
        title: new.title.as_str(),
        due: reading.due.map(|due| due.to_text()),
        repeat: rule.map(ToString::to_string),
        repeat_text: rule.map(|rule| repeat_text(rule, reading.repeat_from, request.language())),
        repeat_from: reading.repeat_from.as_str(),
        remind: new.members.remind.as_deref().unwrap_or_default(),
        priority: reading.priority.unwrap_or_default(),
        tags: new.members.tags.as_ref().map_or(&[], |tags| tags.names()),
        list: reading.list.as_deref(),
    }
}

fn understood<'a>(text: &'a str, reading: &TaskReading) -> Vec<UnderstoodWords<'a>> {
    let place = |bytes: usize| text[..bytes].encode_utf16().count();
    let words = |part: &task_words::UnderstoodPart| UnderstoodWords {
        kind: part.kind.as_str(),
        text: &text[part.span.clone()],
        start: place(part.span.start),
        end: place(part.span.end),
    };
    reading.parts.iter().map(words).collect()
}
