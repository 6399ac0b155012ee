//! Errors of the store as responses.

use http::StatusCode;
use http_api::{ApiError, FieldError};
use serde_json::json;
use task::{KeptTask, MAX_LISTS, StoreError};
use user_language::Language;

use crate::import_errors::already_imported;

/// 404: the user has no such task.
pub(crate) fn no_task() -> ApiError {
    ApiError::not_found("You have no task with this number.")
}

/// 404: the user has no such change.
pub(crate) fn no_change() -> ApiError {
    ApiError::not_found("You have no change with this number, or it is no longer kept.")
}

/// 409 that names what was changed since.
fn changed_since(kept: &[KeptTask]) -> ApiError {
    let mut error = ApiError::conflict("All that this change did was changed since, so there is nothing to undo.");
    error.fields = kept
        .iter()
        .flat_map(|task| task.members.iter().map(move |member| (task, member)))
        .take(20)
        .map(|(task, member)| FieldError::new(member, format!("of task {} was changed since.", task.id)))
        .collect();
    error
}

/// 404: the user has no such list.
pub(crate) fn no_list() -> ApiError {
    ApiError::not_found("You have no list with this number.")
}

/// The response to an error of the store in a call for a list.
pub(crate) fn to_list_error(error: StoreError) -> ApiError {
    if error == StoreError::NotFound { no_list() } else { to_api_error(error) }
}

/// The response to an error of the store.
pub(crate) fn to_api_error(error: StoreError) -> ApiError {
    match error {
        StoreError::NotFound => no_task(),
        // The token outlived its user.
        StoreError::UnknownOwner => ApiError::invalid_token("the user does not exist any more"),
        StoreError::Stale => ApiError::new(
            StatusCode::PRECONDITION_FAILED,
            "precondition_failed",
            "The task was changed since you read it. Read it again; its ETag says which version you have.",
        ),
        StoreError::LimitReached(limit) => ApiError::new(
            StatusCode::CONFLICT,
            "task_limit",
            format!("You can have at most {limit} tasks. Delete some first."),
        ),
        StoreError::KeyReused => ApiError::new(
            StatusCode::UNPROCESSABLE_ENTITY,
            "idempotency_key_reused",
            "This Idempotency-Key was used for something else. Send a new key with a new request.",
        ),
        StoreError::AlreadyUndone => ApiError::conflict("This change is undone already."),
        StoreError::ChangedSince(kept) => changed_since(&kept),
        StoreError::Rule(rule) => ApiError::invalid(vec![FieldError::new(rule.member(), rule.to_string())]),
        StoreError::NeighbourGone(order) => ApiError::new(
            StatusCode::CONFLICT,
            "neighbour_gone",
            "The task beside which this one should be is gone. `order` has the tasks as they are now.",
        )
        .with_member("order", json!(order)),
        StoreError::ListExists => {
            ApiError::new(StatusCode::CONFLICT, "list_exists", "You have a list of this name already.")
        }
        StoreError::ListLimit => ApiError::new(
            StatusCode::CONFLICT,
            "list_limit",
            format!("You can have at most {MAX_LISTS} lists. Delete some first."),
        ),
        StoreError::AlreadyImported(past) => already_imported(&past, Language::English),
        StoreError::Unavailable(cause) => {
            ApiError::unavailable("The database cannot be reached at the moment. Try again shortly.", 5).because(cause)
        }
        StoreError::Internal(cause) => ApiError::internal(cause),
    }
}
