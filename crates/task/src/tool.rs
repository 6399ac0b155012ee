//! The one table of tools. What a tool is called, takes, answers and may do stands here once: MCP schemas and, by way
//! of MCP, a model's function declarations derive from it, and its arguments become domain types here.

mod schema;

use serde::Serialize;
use serde_json::{Map, Value};

use crate::{Changes, Description, Fault, Fields, NewTask, Page, Position, Query, Status, Task, TaskId, Title};

/// How many tasks `list_tasks` answers when it is not told.
pub const DEFAULT_LIMIT: u32 = 50;
/// How many tasks `list_tasks` answers at most.
pub const MAX_LIMIT: u32 = 100;
const CURSOR_PREFIX: &str = "after-";

/// One tool.
#[derive(Debug)]
pub struct Tool {
    /// What a call names.
    pub name: &'static str,
    /// Its name for people.
    pub title: &'static str,
    /// What it does and when to use it, for a model.
    pub description: &'static str,
    /// Changes nothing.
    pub read_only: bool,
    /// May overwrite or remove what is there.
    pub destructive: bool,
    /// A second call with the same arguments changes nothing more.
    pub idempotent: bool,
    action: Action,
    arguments: &'static [Argument],
}

#[derive(Debug, Clone, Copy)]
enum Action {
    Add,
    List,
    Complete,
    Update,
    Delete,
    Undo,
}

#[derive(Debug)]
struct Argument {
    name: &'static str,
    about: &'static str,
    kind: Kind,
    required: bool,
}

#[derive(Debug, Clone, Copy)]
enum Kind {
    Title,
    Description,
    TaskId,
    Completed,
    Status,
    Limit,
    Cursor,
}

const fn required(name: &'static str, kind: Kind, about: &'static str) -> Argument {
    Argument { name, about, kind, required: true }
}

const fn optional(name: &'static str, kind: Kind, about: &'static str) -> Argument {
    Argument { name, about, kind, required: false }
}

const TASK_ID: Argument = required("task_id", Kind::TaskId, "The number of the task, its id in list_tasks.");

/// All tools, in the order in which they are listed.
pub static TOOLS: [Tool; 6] = [
    Tool {
        name: "add_task",
        title: "Add a task",
        description: "Adds one pending task to the user's to-do list and returns it with its new id. \
                      Call it once for each task.",
        read_only: false,
        destructive: false,
        idempotent: false,
        action: Action::Add,
        arguments: &[
            required("title", Kind::Title, "What to do, on one line."),
            optional("description", Kind::Description, "More about the task."),
        ],
    },
    Tool {
        name: "list_tasks",
        title: "List tasks",
        description: "Lists the user's tasks in the order of their ids, pending and completed ones unless status says \
                      otherwise. Call it first when you do not know a task's id. When the result has next_cursor \
                      there are more tasks: call again with it as cursor.",
        read_only: true,
        destructive: false,
        idempotent: true,
        action: Action::List,
        arguments: &[
            optional("status", Kind::Status, "Which tasks."),
            optional("limit", Kind::Limit, "How many tasks at most."),
            optional("cursor", Kind::Cursor, "The next_cursor of the result before, unchanged."),
        ],
    },
    Tool {
        name: "complete_task",
        title: "Complete a task",
        description: "Marks one task as completed and returns it; a task that is already completed stays as it is. \
                      To reopen a task use update_task with completed false.",
        read_only: false,
        destructive: false,
        idempotent: true,
        action: Action::Complete,
        arguments: &[TASK_ID],
    },
    Tool {
        name: "update_task",
        title: "Change a task",
        description: "Changes the title, the description or the completion of one task and returns it. \
                      Give at least one of them; what is not given stays as it is.",
        read_only: false,
        destructive: true,
        idempotent: true,
        action: Action::Update,
        arguments: &[
            TASK_ID,
            optional("title", Kind::Title, "The new title, on one line."),
            optional("description", Kind::Description, "The new description; an empty string removes it."),
            optional("completed", Kind::Completed, "true marks the task as completed, false as pending."),
        ],
    },
    Tool {
        name: "delete_task",
        title: "Delete a task",
        description: "Deletes one task and returns its id and title; undo brings it back for 24 hours. \
                      To keep a finished task in the list use complete_task instead.",
        read_only: false,
        destructive: true,
        idempotent: true,
        action: Action::Delete,
        arguments: &[TASK_ID],
    },
    Tool {
        name: "undo",
        title: "Undo a deletion",
        description: "Brings back what the user's last deletion removed, or the deleted task that is named, and returns \
                      it with its old id. Works for 24 hours after the deletion. It undoes nothing but deletions.",
        read_only: false,
        destructive: false,
        idempotent: false,
        action: Action::Undo,
        arguments: &[optional(
            "task_id",
            Kind::TaskId,
            "The number of one deleted task; the last deletion when not given.",
        )],
    },
];

/// A call with its arguments understood.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Call {
    /// Add this task.
    Add(NewTask),
    /// List tasks.
    List(Query),
    /// Mark this task as completed.
    Complete(TaskId),
    /// Change this task.
    Update(TaskId, Changes),
    /// Delete this task.
    Delete(TaskId),
    /// Restore this task, or what was deleted last.
    Undo(Option<TaskId>),
}

/// What a call answers, as its tool's output schema describes it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(untagged)]
pub enum Outcome {
    /// Of `add_task`, `complete_task` and `update_task`.
    Task {
        /// The task as it is now.
        task: TaskResult,
    },
    /// Of `list_tasks` and `undo`.
    Tasks {
        /// One page, or those that are back.
        tasks: Vec<TaskResult>,
        /// Where the next page begins, if there is one.
        #[serde(skip_serializing_if = "Option::is_none")]
        next_cursor: Option<String>,
    },
    /// Of `delete_task`.
    Deleted {
        /// The number that is gone.
        deleted_id: i64,
        /// What the task was.
        title: String,
    },
}

/// A task in a result: a member without a value is absent, since the schemas know no `null`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct TaskResult {
    id: i64,
    title: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    description: Option<String>,
    completed: bool,
    created_at: String,
    updated_at: String,
}

impl From<Task> for TaskResult {
    fn from(task: Task) -> Self {
        let Task { id, title, description, completed, created_at, updated_at } = task;
        Self { id, title, description, completed, created_at, updated_at }
    }
}

impl Outcome {
    /// One task.
    pub fn task(task: Task) -> Self {
        Self::Task { task: task.into() }
    }

    /// One page of tasks.
    pub fn page(page: Page) -> Self {
        let next_cursor = page.next.map(|after| format!("{CURSOR_PREFIX}{}", after.id));
        Self::Tasks { tasks: page.tasks.into_iter().map(TaskResult::from).collect(), next_cursor }
    }

    /// Tasks that are back.
    pub fn restored(tasks: Vec<Task>) -> Self {
        Self::page(Page { tasks, next: None })
    }

    /// A task that is gone.
    pub fn deleted(task: Task) -> Self {
        Self::Deleted { deleted_id: task.id, title: task.title }
    }
}

/// The tool of this name.
pub fn find(name: &str) -> Option<&'static Tool> {
    TOOLS.iter().find(|tool| tool.name == name)
}

impl Tool {
    /// Understands the arguments of a call, or says everything that is wrong with them. An argument that is `null` is
    /// absent: several clients send it so.
    pub fn parse(&self, arguments: &Map<String, Value>) -> Result<Call, Vec<Fault>> {
        let known: Vec<&str> = self.arguments.iter().map(|argument| argument.name).collect();
        let mut fields = Fields::new(arguments, &known);
        for argument in self.arguments.iter().filter(|argument| argument.required) {
            fields.require(argument.name);
        }
        let call = match self.action {
            Action::Add => add(&mut fields),
            Action::List => Some(list(&mut fields)),
            Action::Complete => fields.task_id("task_id").map(Call::Complete),
            Action::Update => update(&mut fields, arguments),
            Action::Delete => fields.task_id("task_id").map(Call::Delete),
            Action::Undo => Some(Call::Undo(fields.task_id("task_id"))),
        };
        fields.finish(call)
    }
}

fn add(fields: &mut Fields) -> Option<Call> {
    let title = fields.text("title", Title::parse);
    let description = fields.text("description", Description::parse).flatten();
    Some(Call::Add(NewTask { title: title?, description }))
}

fn list(fields: &mut Fields) -> Call {
    let status = fields.text("status", Status::parse).unwrap_or_default();
    let limit = fields.number("limit", 1..=i64::from(MAX_LIMIT)).and_then(|limit| u32::try_from(limit).ok());
    let after = fields.text("cursor", |cursor| {
        let id = cursor.strip_prefix(CURSOR_PREFIX).and_then(TaskId::parse);
        id.ok_or_else(|| crate::Invalid("is not valid. Call list_tasks again without cursor.".to_owned()))
    });
    let all = Query::all(limit.unwrap_or(DEFAULT_LIMIT));
    Call::List(Query { status, after: after.map(Position::after), ..all })
}

fn update(fields: &mut Fields, arguments: &Map<String, Value>) -> Option<Call> {
    let absent = |name: &str| arguments.get(name).is_none_or(Value::is_null);
    let id = fields.task_id("task_id");
    let title = fields.text("title", Title::parse);
    let description = fields.text("description", Description::parse);
    let completed = fields.flag("completed");
    if ["title", "description", "completed"].into_iter().all(absent) {
        fields.fault("title", "is required when neither description nor completed is given.");
    }
    Some(Call::Update(id?, Changes { title, description, completed }))
}

#[cfg(test)]
mod tests;
