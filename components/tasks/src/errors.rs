//! Errors of the store as responses.

use http::StatusCode;
use http_api::{ApiError, FieldError};
use task::{KeptTask, StoreError};

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
        StoreError::Unavailable(cause) => {
            ApiError::unavailable("The database cannot be reached at the moment. Try again shortly.", 5).because(cause)
        }
        StoreError::Internal(cause) => ApiError::internal(cause),
    }
}
