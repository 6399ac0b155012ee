//! Members that a call gives, as the JSON that the functions of migration 0022 take: columns by their names.

use folded_text::{folded, sort_key};
use serde_json::{Map, Value, json};

use crate::bindings::exports::todo::tasks::store::{Draft, ListMembers, RepeatSeries, RepeatStart, TaskMembers};
use crate::rows::rank;
use crate::search::search_text;

/// The JSON of a task's members.
pub(crate) fn task_members(members: TaskMembers) -> Value {
    let mut set = Map::new();
    let mut put = |name: &str, value: Option<Value>| set.extend(value.map(|value| (name.to_owned(), value)));
    if let Some(title) = members.title {
        put("title_key", Some(sort_key(&title).into()));
        put("title_search", Some(search_text(&title).into()));
        put("title", Some(title.into()));
    }
    if let Some(description) = members.description {
        put("description_search", Some(description.as_deref().map(search_text).into()));
        put("description", Some(description.into()));
    }
    put("completed", members.completed.map(Value::from));
    put("priority", members.priority.map(|priority| rank(priority).into()));
    put("due", members.due.map(Value::from));
    put("repeat", members.repeat.map(Value::from));
    put("repeat_from", members.repeat_from.map(|start| repeat_word(start).into()));
    put("remind", members.remind.map(Value::from));
    if let Some(tags) = members.tags {
        put("tag_keys", Some(tags.iter().map(|tag| folded(tag)).collect()));
        put("tags", Some(tags.into()));
    }
    if let Some(list) = members.list {
        put("list_key", Some(list.as_deref().map(folded).into()));
        put("list", Some(list.into()));
        put("new_list", members.makes_list.then_some(true.into()));
    }
    put("parent", members.parent.map(Value::from));
    put("zone", members.zone.map(Value::from));
    put("if_due", members.if_due.map(Value::from));
    put("key", members.key.map(Value::from));
    Value::Object(set)
}

fn repeat_word(start: RepeatStart) -> &'static str {
    match start {
        RepeatStart::Due => "due",
        RepeatStart::Completion => "completion",
    }
}

/// The JSON of tasks to import.
pub(crate) fn drafts(drafts: Vec<Draft>) -> Value {
    drafts.into_iter().map(draft).collect()
}

fn draft(draft: Draft) -> Value {
    let mut set = task_members(draft.members);
    let created_at = draft.created_at.or_else(|| draft.updated_at.clone());
    let times = [
        ("created_at", created_at),
        ("updated_at", draft.updated_at),
        ("completed_at", draft.completed_at),
        ("due_zone", draft.due_zone),
    ];
    if let Some(RepeatSeries { anchor, passed }) = draft.series {
        set["repeat_anchor"] = anchor.into();
        set["repeat_done"] = passed.into();
    }
    let numbers = [("parent_draft", draft.parent_draft), ("rank", draft.rank)];
    for (name, time) in times.into_iter().filter_map(|(name, time)| Some((name, time?))) {
        set[name] = time.into();
    }
    for (name, number) in numbers.into_iter().filter_map(|(name, number)| Some((name, number?))) {
        set[name] = number.into();
    }
    set
}

/// The JSON of a list's members.
pub(crate) fn list_members(members: &ListMembers) -> Value {
    let mut set = Map::new();
    if let Some(name) = &members.name {
        set.insert("name".to_owned(), json!(name));
        set.insert("name_key".to_owned(), json!(folded(name)));
    }
    let rest = [
        ("color", members.color.clone().map(Value::from)),
        ("archived", members.archived.map(Value::from)),
        ("position", members.position.map(Value::from)),
    ];
    set.extend(rest.into_iter().filter_map(|(name, value)| Some((name.to_owned(), value?))));
    Value::Object(set)
}
