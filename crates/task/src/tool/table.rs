//! The tools and their arguments.

use super::tool_name::{
    ADD_TASK, ADD_TASKS, COMPLETE_TASK, COMPLETE_TASKS, DELETE_TASK, FETCH, GET_TASK, LIST_LISTS, LIST_TASKS, SEARCH,
    UNDO, UPDATE_TASK,
};

/// How many tasks `list_tasks` returns when the client names no limit.
pub const DEFAULT_LIMIT: u32 = 50;
/// How many tasks `list_tasks` returns at most.
pub const MAX_LIMIT: u32 = 100;
/// How many tasks one call adds or completes at most.
pub const MAX_BATCH: usize = 25;
/// How many tasks `search` returns at most.
pub(super) const MAX_FOUND: u32 = 20;

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
    AddMany,
    List,
    Get,
    Complete,
    CompleteMany,
    Update,
    Delete,
    Undo,
    ListLists,
    Search,
    Fetch,
}

#[derive(Debug)]
pub(super) struct ToolArgument {
    pub(super) name: &'static str,
    pub(super) about: &'static str,
    pub(super) kind: ArgumentKind,
    pub(super) required: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum ArgumentKind {
    Title,
    Description,
    Tasks,
    TaskId,
    TaskIds,
    TaskKey,
    Completed,
    Status,
    Priority,
    Due,
    DueFilter,
    Repeat,
    RepeatFrom,
    Remind,
    Tags,
    List,
    Parent,
    Change,
    Query,
    Sort,
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

/// What a task is made of.
const NEW_TASK: [ToolArgument; 10] = [
    required("title", ArgumentKind::Title, "What to do, on one line."),
    optional("description", ArgumentKind::Description, "More about the task."),
    optional("priority", ArgumentKind::Priority, "How important it is."),
    optional("due", ArgumentKind::Due, "When it is due, in the user's time zone."),
    optional("repeat", ArgumentKind::Repeat, "How it repeats; needs due."),
    optional("repeat_from", ArgumentKind::RepeatFrom, "From when the next time is counted."),
    optional(
        "remind",
        ArgumentKind::Remind,
        "When to remind the user, in minutes before it is due: [0] is then. Needs due; of a day it counts from the user's \
         reminder hour, 09:00 unless they changed it.",
    ),
    optional("tags", ArgumentKind::Tags, "Its tags."),
    optional(
        "list",
        ArgumentKind::List,
        "The name of its list, which is made where there is none; the inbox when not given.",
    ),
    optional("parent", ArgumentKind::Parent, "The task that it is a step of."),
];

/// All tools, in the order in which they are listed.
pub static TOOLS: [Tool; 12] = [
    Tool {
        name: ADD_TASK,
        title: "Add a task",
        description: "Adds one pending task to the user's to-do list and returns it with its new id. \
                      For several at once use add_tasks.",
        read_only: false,
        destructive: false,
        idempotent: false,
        action: ToolAction::Add,
        arguments: &NEW_TASK,
    },
    Tool {
        name: ADD_TASKS,
        title: "Add several tasks",
        description: "Adds several pending tasks at once and returns a result for each, in order: the task with its new id, \
                      or what is wrong with it. The good ones are added.",
        read_only: false,
        destructive: false,
        idempotent: false,
        action: ToolAction::AddMany,
        arguments: &[required("tasks", ArgumentKind::Tasks, "The tasks, each as in add_task.")],
    },
    Tool {
        name: LIST_TASKS,
        title: "List tasks",
        description: "Lists the user's tasks, pending and completed ones unless status says otherwise; query finds \
                      them by words. Call it first when you do not know a task's id. Long descriptions are cut: get_task \
                      has all of one. When the result has next_cursor there are more tasks: call again with it as cursor.",
        read_only: true,
        destructive: false,
        idempotent: true,
        action: ToolAction::List,
        arguments: &[
            optional("query", ArgumentKind::Query, "Words that title or description must contain."),
            optional("status", ArgumentKind::Status, "Which tasks."),
            optional("priority", ArgumentKind::Priority, "Only tasks of this priority."),
            optional("due", ArgumentKind::DueFilter, "Only tasks that are due then."),
            optional("due_before", ArgumentKind::Due, "Only tasks due before it."),
            optional("due_after", ArgumentKind::Due, "Only tasks due after it."),
            optional("tags", ArgumentKind::Tags, "Only tasks with all of these tags."),
            optional("list", ArgumentKind::List, "Only tasks of the list of this name."),
            optional("sort", ArgumentKind::Sort, "The order; - puts the greatest first, and priority the high ones."),
            optional("limit", ArgumentKind::Limit, "How many tasks at most."),
            optional("cursor", ArgumentKind::Cursor, "The next_cursor of the result before, unchanged."),
        ],
    },
    Tool {
        name: GET_TASK,
        title: "Read a task",
        description: "Returns everything about one task, with its whole description.",
        read_only: true,
        destructive: false,
        idempotent: true,
        action: ToolAction::Get,
        arguments: &[TASK_ID],
    },
    Tool {
        name: COMPLETE_TASK,
        title: "Complete a task",
        description: "Marks one task as completed and returns it; a task that is already completed stays as it is. \
                      To reopen a task use update_task with completed false; for several at once use complete_tasks.",
        read_only: false,
        destructive: false,
        idempotent: true,
        action: ToolAction::Complete,
        arguments: &[TASK_ID],
    },
    Tool {
        name: COMPLETE_TASKS,
        title: "Complete several tasks",
        description: "Marks several tasks as completed at once, or as pending again, and returns a result for each: the task, \
                      or that there is none of this number.",
        read_only: false,
        destructive: false,
        idempotent: true,
        action: ToolAction::CompleteMany,
        arguments: &[
            required("task_ids", ArgumentKind::TaskIds, "The numbers of the tasks."),
            optional("completed", ArgumentKind::Completed, "false marks them as pending; true when not given."),
        ],
    },
    Tool {
        name: UPDATE_TASK,
        title: "Change a task",
        description: "Changes one task and returns it. Give at least one member to change; what is not given stays as it is.",
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
            optional("due", ArgumentKind::Due, "The new day or time; an empty text removes it."),
            optional("repeat", ArgumentKind::Repeat, "The new rule; an empty text removes it."),
            optional("repeat_from", ArgumentKind::RepeatFrom, "From when the next time is counted."),
            optional("remind", ArgumentKind::Remind, "All reminders from now on; an empty list removes them."),
            optional("tags", ArgumentKind::Tags, "All tags from now on; an empty text removes them."),
            optional("list", ArgumentKind::List, "The list to move it to; an empty text is the inbox."),
            optional("parent", ArgumentKind::Parent, "The task that it becomes a step of; an empty text frees it."),
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
                      tasks go, deleted ones come back with their ids, and changed ones are as before. With change it undoes \
                      that change, and with task_id it brings back this deleted task, whoever deleted it.",
        read_only: false,
        destructive: false,
        idempotent: false,
        action: ToolAction::Undo,
        arguments: &[
            optional("task_id", ArgumentKind::TaskId, "The number of a deleted task to bring back."),
            optional("change", ArgumentKind::Change, "The change in the result of the call that made it."),
        ],
    },
    Tool {
        name: LIST_LISTS,
        title: "List the lists",
        description: "Returns the names of the user's lists, and how many pending tasks each has.",
        read_only: true,
        destructive: false,
        idempotent: true,
        action: ToolAction::ListLists,
        arguments: &[],
    },
    Tool {
        name: SEARCH,
        title: "Search the to-do list",
        description: "Finds tasks by words of their title or description, for connectors that use search and fetch. \
                      list_tasks says more about each task.",
        read_only: true,
        destructive: false,
        idempotent: true,
        action: ToolAction::Search,
        arguments: &[required("query", ArgumentKind::Query, "The words.")],
    },
    Tool {
        name: FETCH,
        title: "Read a search result",
        description: "Returns one task that search found, as a document with id, title, text and url.",
        read_only: true,
        destructive: false,
        idempotent: true,
        action: ToolAction::Fetch,
        arguments: &[required("id", ArgumentKind::TaskKey, "The id of a result of search.")],
    },
];

/// The tool of this name.
pub fn find(name: &str) -> Option<&'static Tool> {
    TOOLS.iter().find(|tool| tool.name == name)
}

/// The tool whose arguments an item of `add_tasks` has.
pub(super) fn new_task_tool() -> &'static Tool {
    find(ADD_TASK).expect("the table has it")
}
