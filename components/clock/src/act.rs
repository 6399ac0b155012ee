//! `/api/reminders/{token}`: what a person does with a reminder. The token is the credential; a GET never acts, since mail scanners follow links.

use chrono::Days;
use http::StatusCode;
use http_api::{ApiError, FieldError, QueryParams, Request, Response, form_pairs, json, json_body, media_type};
use serde::Deserialize;
use serde_json::json;
use task::{StoreError, Task, TaskActor, TaskAuthor, TaskChanges, TaskDue, TaskId, TaskMembers};
use user_language::Language;

use crate::action_token::ActionToken;
use crate::env::ClockEnv;
use crate::page;
use crate::reminder_action::ReminderAction;
use crate::store::ReminderStore;
use crate::words::{self, NothingDone};

/// In how many minutes one is reminded again.
const SNOOZE_MINUTES: i64 = 10;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ActionBody {
    action: ReminderAction,
}

/// Responds to a request for the actions of a reminder.
pub(crate) fn respond(request: &Request, env: &ClockEnv<'_>, token: &str) -> Result<Response, ApiError> {
    let language = http_api::header(request, "accept-language").map(Language::preferred).unwrap_or_default();
    let is_form = media_type(request) == "application/x-www-form-urlencoded";
    let is_post = request.method() == http::Method::POST;
    let token = match verified(env, token)? {
        Some(token) => token,
        None if is_post && !is_form => return Err(ApiError::not_found(words::no_link(language))),
        None => return Ok(page::message(StatusCode::NOT_FOUND, words::no_link(language), language)),
    };
    (env.admit)(&token.owner)?;
    if !is_post {
        let query = QueryParams::parse(request, &["action"])?;
        let wanted = query.get("action").unwrap_or(ReminderAction::Done.as_str());
        let action = ReminderAction::parse(wanted).ok_or_else(unknown_action)?;
        return Ok(page::question(action, language));
    }
    QueryParams::parse(request, &["action"])?;
    let action = match is_form {
        true => form_action(request)?,
        false => json_body::<ActionBody>(request)?.action,
    };
    let message = perform(env, &token, action, language)?;
    Ok(match is_form {
        true => page::message(StatusCode::OK, &message, language),
        false => json(StatusCode::OK, &json!({ "message": message })),
    })
}

fn verified(env: &ClockEnv<'_>, text: &str) -> Result<Option<ActionToken>, ApiError> {
    let secret = env.settings.secret()?;
    Ok(secret.and_then(|secret| ActionToken::verify(text, &secret, (env.now_ms)() / 1000)))
}

fn unknown_action() -> ApiError {
    let words = ReminderAction::ALL.map(ReminderAction::as_str).join(", ");
    ApiError::invalid(vec![FieldError::new("action", format!("must be one of {words}."))])
}

fn form_action(request: &Request) -> Result<ReminderAction, ApiError> {
    let mut pairs = form_pairs(request.body().bytes()?);
    let given = pairs.find(|(name, _)| name == "action");
    given.and_then(|(_, value)| ReminderAction::parse(&value)).ok_or_else(unknown_action)
}

/// Acts, unless the task is gone, completed or due at another time; the message says which.
fn perform(
    env: &ClockEnv<'_>,
    token: &ActionToken,
    action: ReminderAction,
    language: Language,
) -> Result<String, ApiError> {
    let result = match action {
        ReminderAction::Done => {
            change(env, token, |due| Ok(TaskChanges { if_due: Some(due), ..TaskChanges::completed(true) }))
        }
        ReminderAction::Tomorrow => change(env, token, |due| to_tomorrow(env, token, due)),
        ReminderAction::Snooze => snooze(env, token),
    }?;
    Ok(match result {
        Ok(title) => words::action_result(action, &title, language),
        Err(why) => words::nothing_done(why, language).to_owned(),
    })
}

/// The title of the task that was changed, or why nothing was.
type ActionResult = Result<Result<String, NothingDone>, ApiError>;

fn change(
    env: &ClockEnv<'_>,
    token: &ActionToken,
    changes: impl FnOnce(TaskDue) -> Result<TaskChanges, ApiError>,
) -> ActionResult {
    let (Some(id), Ok(due)) = (TaskId::new(token.task), TaskDue::parse(&token.due)) else {
        return Ok(Err(NothingDone::Gone));
    };
    match open_task(env, token, id)? {
        Err(why) => Ok(Err(why)),
        Ok(_) => {
            let author = TaskAuthor { owner: &token.owner, actor: &TaskActor::Page };
            match env.tasks.update(author, id, changes(due)?, None) {
                // Between the two statements it was moved: `if_due` has kept it as it was.
                Ok(written) if written.change.is_none() => Ok(Err(NothingDone::Moved)),
                Ok(written) => Ok(Ok(written.result.title)),
                Err(error) => nothing_found(error),
            }
        }
    }
}

/// The task, if it is as the reminder was for.
fn open_task(env: &ClockEnv<'_>, token: &ActionToken, id: TaskId) -> Result<Result<Task, NothingDone>, ApiError> {
    match env.tasks.get(&token.owner, id) {
        Ok(task) if task.completed => Ok(Err(NothingDone::Completed)),
        Ok(task) if task.due.as_deref() != Some(token.due.as_str()) => Ok(Err(NothingDone::Moved)),
        Ok(task) => Ok(Ok(task)),
        Err(error) => nothing_found(error),
    }
}

fn nothing_found<T>(error: StoreError) -> Result<Result<T, NothingDone>, ApiError> {
    match error {
        StoreError::NotFound | StoreError::UnknownOwner => Ok(Err(NothingDone::Gone)),
        StoreError::Unavailable(cause) => {
            Err(ApiError::unavailable("The tasks cannot be changed at the moment. Try again shortly.", 5)
                .because(cause))
        }
        other => Err(ApiError::internal(other)),
    }
}

/// The same time tomorrow, where the user is; one day later if that time is over, because it is past midnight before the user's day begins.
fn to_tomorrow(env: &ClockEnv<'_>, token: &ActionToken, due: TaskDue) -> Result<TaskChanges, ApiError> {
    let clock = env.clocks.clock(&token.owner, None).map_err(ApiError::internal)?;
    let time = due.as_str().get(10..).unwrap_or_default();
    let now = clock.local.format("%Y-%m-%dT%H:%M").to_string();
    let moved = [1, 2]
        .into_iter()
        .filter_map(|days| Some(format!("{}{time}", clock.today.checked_add_days(Days::new(days))?)))
        .find(|moved| time.is_empty() || *moved > now)
        .ok_or_else(|| ApiError::internal("there is no tomorrow"))?;
    let moved = TaskDue::parse(&moved).map_err(|why| ApiError::internal(why.0))?;
    let members = TaskMembers { due: Some(Some(moved)), ..TaskMembers::default() };
    Ok(TaskChanges { members, if_due: Some(due), ..TaskChanges::default() })
}

fn snooze(env: &ClockEnv<'_>, token: &ActionToken) -> ActionResult {
    let Some(id) = TaskId::new(token.task) else { return Ok(Err(NothingDone::Gone)) };
    let task = match open_task(env, token, id)? {
        Ok(task) => task,
        Err(why) => return Ok(Err(why)),
    };
    let store = ReminderStore((env.open)()?);
    Ok(match store.put_off(&token.owner, token.task, &token.due, SNOOZE_MINUTES)? {
        true => Ok(task.title),
        false => Err(NothingDone::Moved),
    })
}
