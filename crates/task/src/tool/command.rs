//! The arguments of a tool call, read into domain types.

use json_fields::{FieldReader, MemberError};
use serde_json::{Map, Value};

use super::argument_names::{ArgumentMeaning, foreign_names, meaning};
use super::argument_values::plain_value;
use super::cursor::read_cursor;
use super::note;
use super::table::{
    ArgumentKind, DEFAULT_LIMIT, MAX_BATCH, MAX_FOUND, MAX_LIMIT, Tool, ToolAction, ToolArgument, new_task_tool,
};
use crate::due::{DueFilter, TaskDue};
use crate::fields::{StatusFilter, TaskId, Title};
use crate::members::TaskMembers;
use crate::names::ListName;
use crate::priority::Priority;
use crate::query::{SearchWords, SortOrder, TaskQuery};
use crate::store::{NewTask, TaskChanges};

/// A tool call whose arguments were read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ToolCommand {
    /// Add this task.
    Add(NewTask),
    /// Add these tasks; an error says what is wrong with one.
    AddMany(Vec<Result<NewTask, String>>),
    /// List tasks.
    List(TaskQuery),
    /// Read this task.
    Get(TaskId),
    /// Mark this task as completed.
    Complete(TaskId),
    /// Mark these tasks as completed or pending.
    CompleteMany(Vec<TaskId>, bool),
    /// Change this task.
    Update(TaskId, TaskChanges),
    /// Delete this task.
    Delete(TaskId),
    /// Undo a change.
    Undo(UndoTarget),
    /// List the lists.
    ListLists,
    /// Find tasks.
    Search(TaskQuery),
    /// Read this task as a document.
    Fetch(TaskId),
}

/// What an undo is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum UndoTarget {
    /// The last change of the caller.
    LastChange,
    /// The change of this number.
    Change(i64),
    /// The deletion of this task.
    Deletion(TaskId),
}

/// What a call asks for, and what it said besides.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ParsedToolCall {
    /// What to do.
    pub command: ToolCommand,
    /// The names that were ignored, as one line for the model; `None` if there were none.
    pub note: Option<String>,
}

impl Tool {
    /// Reads the arguments of a call, or returns everything that is wrong with them. An argument that is `null` counts as
    /// absent, since several clients send absent arguments so. A name that means an argument of this tool is an error;
    /// any other unknown name is a host's own and is ignored.
    pub fn parse(&'static self, arguments: &Map<String, Value>) -> Result<ParsedToolCall, Vec<MemberError>> {
        let mut members = Map::new();
        let (mut errors, mut ignored) = (Vec::new(), Vec::new());
        for (name, value) in arguments.iter().filter(|(_, value)| !value.is_null()) {
            match meaning(self, name, arguments) {
                ArgumentMeaning::Known(argument) => {
                    let plain = plain_value(argument.kind, self.clears(argument), value);
                    members.extend(plain.map(|value| (name.clone(), value)));
                }
                ArgumentMeaning::Mistaken(message) => {
                    errors.push(MemberError { field: note::shown(name), message });
                }
                ArgumentMeaning::Foreign => ignored.push(name.as_str()),
            }
        }
        let items = members.get("tasks").and_then(Value::as_array);
        foreign_names(items.map(Vec::as_slice).unwrap_or_default(), &mut ignored);
        let note = note::of_ignored(self.name, &ignored).filter(|_| self.has_note());
        let command = self.read(&members);
        match command {
            Ok(command) if errors.is_empty() => Ok(ParsedToolCall { command, note }),
            other => {
                errors.extend(other.err().unwrap_or_default());
                Err(errors)
            }
        }
    }

    fn read(&self, members: &Map<String, Value>) -> Result<ToolCommand, Vec<MemberError>> {
        let known: Vec<&str> = self.arguments.iter().map(|argument| argument.name).collect();
        let mut fields = FieldReader::new(members, &known);
        for argument in self.arguments.iter().filter(|argument| argument.required) {
            fields.require(argument.name);
        }
        let call = match self.action {
            ToolAction::Add => add(&mut fields),
            ToolAction::AddMany => {
                let items = fields.list("tasks", "tasks", MAX_BATCH, |item| Some(new_task(item)));
                items.map(ToolCommand::AddMany)
            }
            ToolAction::List => list(&mut fields),
            ToolAction::Get => TaskId::read(&mut fields, "task_id").map(ToolCommand::Get),
            ToolAction::Complete => TaskId::read(&mut fields, "task_id").map(ToolCommand::Complete),
            ToolAction::CompleteMany => {
                let ids = TaskId::read_list(&mut fields, "task_ids", MAX_BATCH);
                let completed = fields.flag("completed").unwrap_or(true);
                ids.map(|ids| ToolCommand::CompleteMany(ids, completed))
            }
            ToolAction::Update => update(&mut fields, members),
            ToolAction::Delete => TaskId::read(&mut fields, "task_id").map(ToolCommand::Delete),
            ToolAction::Undo => Some(ToolCommand::Undo(undo(&mut fields))),
            ToolAction::ListLists => Some(ToolCommand::ListLists),
            ToolAction::Search => {
                let search = fields.text("query", SearchWords::parse);
                search.map(|search| ToolCommand::Search(TaskQuery { search, ..TaskQuery::all(MAX_FOUND) }))
            }
            ToolAction::Fetch => TaskId::read(&mut fields, "id").map(ToolCommand::Fetch),
        };
        fields.finish(call)
    }

    /// Whether a result may say what was ignored. Connectors accept `search` and `fetch` in one form only.
    pub(super) fn has_note(&self) -> bool {
        !matches!(self.action, ToolAction::Search | ToolAction::Fetch)
    }

    /// Whether an empty text in this argument removes what is there.
    fn clears(&self, argument: &ToolArgument) -> bool {
        let may_be_empty = matches!(
            argument.kind,
            ArgumentKind::Description
                | ArgumentKind::Due
                | ArgumentKind::Repeat
                | ArgumentKind::Remind
                | ArgumentKind::Tags
                | ArgumentKind::List
                | ArgumentKind::Parent
        );
        may_be_empty && matches!(self.action, ToolAction::Update)
    }
}

impl ToolCommand {
    /// The names of the lists into which it puts tasks.
    pub fn named_lists(&self) -> Vec<&ListName> {
        let members: Vec<&TaskMembers> = match self {
            Self::Add(task) => vec![&task.members],
            Self::AddMany(tasks) => tasks.iter().filter_map(|task| Some(&task.as_ref().ok()?.members)).collect(),
            Self::Update(_, changes) => vec![&changes.members],
            _ => Vec::new(),
        };
        members.into_iter().filter_map(|members| members.list.as_ref()?.as_ref()).collect()
    }
}

/// The members of a task. A list that is not there is made: a user who names one to a model means it.
fn task_members(fields: &mut FieldReader) -> TaskMembers {
    let members = TaskMembers::read(fields);
    TaskMembers { makes_list: matches!(members.list, Some(Some(_))), ..members }
}

fn add(fields: &mut FieldReader) -> Option<ToolCommand> {
    let title = fields.text("title", Title::parse);
    let members = task_members(fields);
    Some(ToolCommand::Add(NewTask { title: title?, members }))
}

fn list(fields: &mut FieldReader) -> Option<ToolCommand> {
    let status = fields.text("status", StatusFilter::parse).unwrap_or_default();
    let priority = fields.text("priority", Priority::parse);
    let limit = fields.number("limit", 1..=i64::from(MAX_LIMIT)).and_then(|limit| u32::try_from(limit).ok());
    let search = fields.text("query", SearchWords::parse).unwrap_or_default();
    let sort = fields.text("sort", SortOrder::parse).unwrap_or_default();
    let (due, list) = (fields.text("due", DueFilter::parse), fields.text("list", ListName::parse).map(Some));
    let [due_before, due_after] = ["due_before", "due_after"].map(|name| fields.text(name, TaskDue::parse));
    let tags = TaskMembers::read_tags(fields).unwrap_or_default();
    let all = TaskQuery::all(limit.unwrap_or(DEFAULT_LIMIT));
    let query = TaskQuery { status, search, priority, due, due_before, due_after, tags, list, sort, ..all };
    let after = fields.text("cursor", |cursor| read_cursor(&query, cursor));
    Some(ToolCommand::List(TaskQuery { after, ..query }))
}

/// A number of a change says more than that of a task.
fn undo(fields: &mut FieldReader) -> UndoTarget {
    match (TaskId::read(fields, "task_id"), fields.number("change", 1..=i64::MAX)) {
        (_, Some(change)) => UndoTarget::Change(change),
        (Some(task), None) => UndoTarget::Deletion(task),
        (None, None) => UndoTarget::LastChange,
    }
}

fn update(fields: &mut FieldReader, arguments: &Map<String, Value>) -> Option<ToolCommand> {
    let id = TaskId::read(fields, "task_id");
    let title = fields.text("title", Title::parse);
    let completed = fields.flag("completed");
    let members = task_members(fields);
    if !arguments.keys().any(|name| name != "task_id") {
        fields.reject(
            "title",
            "is required when no other member is given. An empty text clears a member; null leaves it.",
        );
    }
    Some(ToolCommand::Update(id?, TaskChanges { title, completed, members, ..TaskChanges::default() }))
}

/// The task of an item of `add_tasks`, or what is wrong with it in one line.
fn new_task(item: &Value) -> Result<NewTask, String> {
    let Value::Object(arguments) = item else { return Err("must be an object with a title.".to_owned()) };
    match new_task_tool().parse(arguments) {
        Ok(call) => match call.command {
            ToolCommand::Add(task) => Ok(task),
            _ => Err("is no task.".to_owned()),
        },
        Err(errors) => {
            let lines: Vec<String> =
                errors.into_iter().map(|error| format!("\"{}\" {}", error.field, error.message)).collect();
            Err(lines.join(" "))
        }
    }
}
