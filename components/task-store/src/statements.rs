//! The statements, one a file: each says at its head what it does and what its parameters are. The first one is always
//! the user. A write begins with the function `acting`, which waits until nobody else changes tasks of the user, so that
//! no two writes wait for each other.

pub(crate) const LIST_VERSION: &str = include_str!("../sql/list_version.sql");
pub(crate) const CHANGES_SINCE: &str = include_str!("../sql/changes_since.sql");
pub(crate) const EXPORT: &str = include_str!("../sql/export_tasks.sql");
pub(crate) const COUNT: &str = include_str!("../sql/list/count.sql");
pub(crate) const GET: &str = include_str!("../sql/get_task.sql");
pub(crate) const ADD: &str = include_str!("../sql/add_task.sql");
pub(crate) const ADD_SEVERAL: &str = include_str!("../sql/add_tasks.sql");
pub(crate) const CHANGE_SEVERAL: &str = include_str!("../sql/change_tasks.sql");
pub(crate) const UPDATE: &str = include_str!("../sql/update_task.sql");
pub(crate) const COMPLETE: &str = include_str!("../sql/complete_tasks.sql");
pub(crate) const DELETE: &str = include_str!("../sql/delete_tasks.sql");
pub(crate) const UNDO: &str = include_str!("../sql/undo_tasks.sql");
pub(crate) const CHANGES: &str = include_str!("../sql/list_changes.sql");
pub(crate) const FILE_IMPORTED: &str = include_str!("../sql/file_imported.sql");
pub(crate) const ROOM: &str = include_str!("../sql/task_room.sql");
pub(crate) const IMPORT: &str = include_str!("../sql/import_tasks.sql");
pub(crate) const MOVE: &str = include_str!("../sql/move_task.sql");
pub(crate) const SIBLINGS: &str = include_str!("../sql/task_siblings.sql");
pub(crate) const UNFOLDED: &str = include_str!("../sql/unfolded_tasks.sql");
pub(crate) const FOLD: &str = include_str!("../sql/fold_tasks.sql");
pub(crate) const BEGIN_INDEX: &str = include_str!("../sql/search/begin_index.sql");
pub(crate) const FILL_INDEX: &str = include_str!("../sql/search/fill_index.sql");
pub(crate) const END_INDEX: &str = include_str!("../sql/search/end_index.sql");
pub(crate) const LISTS: &str = include_str!("../sql/lists/lists.sql");
pub(crate) const ADD_LIST: &str = include_str!("../sql/lists/add_list.sql");
pub(crate) const CHANGE_LIST: &str = include_str!("../sql/lists/change_list.sql");
pub(crate) const DELETE_LIST: &str = include_str!("../sql/lists/delete_list.sql");
pub(crate) const SETTINGS: &str = include_str!("../sql/settings/settings.sql");
pub(crate) const CLOCK: &str = include_str!("../sql/settings/clock.sql");
pub(crate) const CHANGE_SETTINGS: &str = include_str!("../sql/settings/change_settings.sql");
