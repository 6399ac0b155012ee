//! What the database says is wrong, as the errors of the interface.

use db::DbError;

use crate::bindings::exports::todo::tasks::store::{StoreError, TaskRule};

/// What it means that a constraint is violated.
fn meaning(constraint: &str) -> Option<StoreError> {
    Some(match constraint {
        "task_counter_user_id_fkey" | "task_user_id_fkey" => StoreError::UnknownOwner,
        "task_list_unknown" | "task_list_fkey" => StoreError::Rule(TaskRule::UnknownList),
        "idempotency_key_used" => StoreError::KeyReused,
        "task_list_limit" => StoreError::ListLimit,
        "task_list_name_key" => StoreError::ListExists,
        "task_parent_unknown" => StoreError::Rule(TaskRule::UnknownParent),
        "task_parent_is_step" | "task_parent_self" => StoreError::Rule(TaskRule::ParentIsStep),
        "task_has_steps" => StoreError::Rule(TaskRule::HasSteps),
        "task_repeat_due" => StoreError::Rule(TaskRule::RepeatWithoutDue),
        "task_due_day_check" => StoreError::Rule(TaskRule::DueOutOfRange),
        _ => return None,
    })
}

impl From<DbError> for StoreError {
    fn from(error: DbError) -> Self {
        match error {
            DbError::Unavailable(text) => Self::Unavailable(text),
            DbError::Constraint { ref name } => meaning(name).unwrap_or_else(|| Self::Internal(error.to_string())),
            other => Self::Internal(other.to_string()),
        }
    }
}
