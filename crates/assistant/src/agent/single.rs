//! A call for several tasks as the calls that it stands for, each for one task: acts are counted, judged and asked about one by one.

use serde_json::{Map, Value, json};

use crate::model::ToolRequest;
use crate::tool_names::{ADD_TASK, ADD_TASKS, COMPLETE_TASK, COMPLETE_TASKS, UPDATE_TASK};

/// The calls for one task each; the call itself if it is for one.
pub(crate) fn single_calls(request: &ToolRequest) -> Vec<ToolRequest> {
    let one = |name: &str, arguments: Value| ToolRequest {
        id: None,
        name: name.to_owned(),
        arguments: match arguments {
            Value::Object(arguments) => arguments,
            _ => Map::new(),
        },
    };
    let items = |member: &str| request.arguments.get(member).and_then(Value::as_array);
    match request.name.as_str() {
        ADD_TASKS => items("tasks").map(|tasks| tasks.iter().map(|task| one(ADD_TASK, task.clone())).collect()),
        COMPLETE_TASKS => items("task_ids").map(|ids| {
            let reopens = request.arguments.get("completed") == Some(&Value::Bool(false));
            let mark = |id: &Value| match reopens {
                true => one(UPDATE_TASK, json!({"task_id": id, "completed": false})),
                false => one(COMPLETE_TASK, json!({ "task_id": id })),
            };
            ids.iter().map(mark).collect()
        }),
        _ => None,
    }
    .unwrap_or_else(|| vec![request.clone()])
}
