//! The tools and their arguments.

/// How many tasks `list_tasks` returns when the client names no limit.
pub const DEFAULT_LIMIT: u32 = 50;
/// How many tasks `list_tasks` returns at most.
pub const MAX_LIMIT: u32 = 100;

/// Adds a task.
pub const ADD_TASK: &str = "add_task";
/// Lists tasks.
pub const LIST_TASKS: &str = "list_tasks";
/// Marks a task as completed.
pub const COMPLETE_TASK: &str = "complete_task";
/// Changes a task.
pub const UPDATE_TASK: &str = "update_task";
/// Deletes a task.
pub const DELETE_TASK: &str = "delete_task";
/// Undoes a change.
pub const UNDO: &str = "undo";

/// One tool: how it is listed, and how its arguments are read.
#[derive(Debug)]
pub struct Tool {
    /// The name in a call.
    pub name: &'static str,
    /// Its name for people.
    pub title: &'static str,
    /// What it does and when to use it, for a model.
    pub description: &'static str,
    /// Whether it changes nothing.
    pub read_only: bool,
    /// Whether it may overwrite or remove data.
    pub destructive: bool,
    /// Whether a second call with the same arguments changes nothing more.
    pub idempotent: bool,
    pub(super) action: ToolAction,
    pub(super) arguments: &'static [ToolArgument],
}

#[derive(Debug, Clone, Copy)]
pub(super) enum ToolAction {
    Add,
    List,
    Complete,
    Update,
    Delete,
    Undo,
}

#[derive(Debug)]
pub(super) struct ToolArgument {
    pub(super) name: &'static str,
    pub(super) about: &'static str,
    pub(super) kind: ArgumentKind,
    pub(super) required: bool,
}

#[derive(Debug, Clone, Copy)]
pub(super) enum ArgumentKind {
    Title,
    Description,
    TaskId,
    Completed,
    Status,
    Priority,
    Limit,
    Cursor,
}

const fn required(name: &'static str, kind: ArgumentKind, about: &'static str) -> ToolArgument {
    ToolArgument { name, about, kind, required: true }
}

const fn optional(name: &'static str, kind: ArgumentKind, about: &'static str) -> ToolArgument {
    ToolArgument { name, about, kind, required: false }
}

const TASK_ID: ToolArgument =
    required("task_id", ArgumentKind::TaskId, "The number of the task, its id in list_tasks.");

/// All tools, in the order in which they are listed.
pub static TOOLS: [Tool; 6] = [
    Tool {
        name: ADD_TASK,
        title: "Add a task",
        description: "Adds one pending task to the user's to-do list and returns it with its new id. \
                      Call it once for each task.",
        read_only: false,
        destructive: false,
        idempotent: false,
        action: ToolAction::Add,
        arguments: &[
            required("title", ArgumentKind::Title, "What to do, on one line."),
            optional("description", ArgumentKind::Description, "More about the task."),
            optional("priority", ArgumentKind::Priority, "How important it is."),
        ],
    },
    Tool {
        name: LIST_TASKS,
        title: "List tasks",
        description: "Lists the user's tasks in the order of their ids, pending and completed ones unless status says \
                      otherwise. Call it first when you do not know a task's id. When the result has next_cursor \
                      there are more tasks: call again with it as cursor.",
        read_only: true,
        destructive: false,
        idempotent: true,
        action: ToolAction::List,
        arguments: &[
            optional("status", ArgumentKind::Status, "Which tasks."),
            optional("priority", ArgumentKind::Priority, "Only tasks of this priority."),
            optional("limit", ArgumentKind::Limit, "How many tasks at most."),
            optional("cursor", ArgumentKind::Cursor, "The next_cursor of the result before, unchanged."),
        ],
    },
    Tool {
        name: COMPLETE_TASK,
        title: "Complete a task",
        description: "Marks one task as completed and returns it; a task that is already completed stays as it is. \
                      To reopen a task use update_task with completed false.",
        read_only: false,
        destructive: false,
        idempotent: true,
        action: ToolAction::Complete,
        arguments: &[TASK_ID],
    },
    Tool {
        name: UPDATE_TASK,
        title: "Change a task",
        description: "Changes the title, the description, the priority or the completion of one task and returns it. \
                      Give at least one of them; what is not given stays as it is.",
        read_only: false,
        destructive: true,
        idempotent: true,
        action: ToolAction::Update,
        arguments: &[
            TASK_ID,
            optional("title", ArgumentKind::Title, "The new title, on one line."),
            optional("description", ArgumentKind::Description, "The new description; an empty string removes it."),
            optional("completed", ArgumentKind::Completed, "true marks the task as completed, false as pending."),
            optional("priority", ArgumentKind::Priority, "The new priority."),
        ],
    },
    Tool {
        name: DELETE_TASK,
        title: "Delete a task",
        description: "Deletes one task and returns its id and title; undo brings it back. \
                      To keep a finished task in the list use complete_task instead.",
        read_only: false,
        destructive: true,
        idempotent: true,
        action: ToolAction::Delete,
        arguments: &[TASK_ID],
    },
    Tool {
        name: UNDO,
        title: "Undo a change",
        description: "Undoes the last change that was made by these tools and is not undone yet, and says which one: added \
                      tasks go, deleted ones come back with their ids, and changed ones are as before. With task_id it \
                      brings back this deleted task, whoever deleted it.",
        read_only: false,
        destructive: false,
        idempotent: false,
        action: ToolAction::Undo,
        arguments: &[optional(
            "task_id",
            ArgumentKind::TaskId,
            "The number of a deleted task to bring back; the last change when not given.",
        )],
    },
];

/// The tool of this name.
pub fn find(name: &str) -> Option<&'static Tool> {
    TOOLS.iter().find(|tool| tool.name == name)
}
