//! Exports: tasks with what a client does not see otherwise, so that an import gives the same ones.

use crate::fields::TaskId;
use crate::series::TaskSeries;
use crate::stored_task::Task;

/// A task as an export has it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ExportedTask {
    /// The task.
    pub task: Task,
    /// Where its series stands, if it repeats and is not at its beginning.
    pub series: Option<TaskSeries>,
}

/// One page of an export.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ExportPage {
    /// The tasks.
    pub tasks: Vec<ExportedTask>,
    /// The task behind which the next page begins, if there is one.
    pub next: Option<TaskId>,
}
