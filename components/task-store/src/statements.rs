//! The statements, one a file: each says at its head what it does and what its parameters are. The first one is always
//! the user. A write that touches tasks and the user's counter takes the tasks first, in the order of their ids, and
//! the counter second, so that no two writes wait for each other.

pub(crate) const GET: &str = include_str!("../sql/get_task.sql");
pub(crate) const ADD: &str = include_str!("../sql/add_task.sql");
pub(crate) const UPDATE: &str = include_str!("../sql/update_task.sql");
pub(crate) const COMPLETE: &str = include_str!("../sql/complete_tasks.sql");
pub(crate) const DELETE: &str = include_str!("../sql/delete_tasks.sql");
pub(crate) const UNDO: &str = include_str!("../sql/undo_tasks.sql");
pub(crate) const CHANGES: &str = include_str!("../sql/list_changes.sql");
pub(crate) const IMPORT: &str = include_str!("../sql/import_tasks.sql");
