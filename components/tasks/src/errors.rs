//! Errors of the store as responses.

use http::StatusCode;
use http_api::ApiError;
use task::StoreError;

/// 404: the user has no such task.
pub(crate) fn no_task() -> ApiError {
    ApiError::not_found("You have no task with this number.")
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
        StoreError::Unavailable(cause) => {
            ApiError::unavailable("The database cannot be reached at the moment. Try again shortly.", 5).because(cause)
        }
        StoreError::Internal(cause) => ApiError::internal(cause),
    }
}
