//! What a turn has done, in the assistant's own words: said where the model does not say it.

use serde_json::Value;

use crate::language::Language;
use crate::tool_names::{
    ADD_TASK, ADD_TASKS, COMPLETE_TASK, COMPLETE_TASKS, DELETE_TASK, LIST_TASKS, UNDO, UPDATE_TASK,
};
use crate::turn::{CallOutcome, ToolCall};

/// One sentence for each kind of act that was done, with the numbers of its tasks: "Added #7, #8."
pub(crate) fn deeds(calls: &[ToolCall], language: Language) -> Vec<String> {
    let mut done: Vec<(&str, Vec<i64>)> = Vec::new();
    for call in calls {
        let CallOutcome::Done { result } = &call.outcome else { continue };
        let Some(act) = act(call, language) else { continue };
        match done.last_mut().filter(|(last, _)| *last == act) {
            Some((_, ids)) => ids.extend(task_ids(result, call)),
            None => done.push((act, task_ids(result, call))),
        }
    }
    let sentence = |(act, ids): (&str, Vec<i64>)| {
        let ids: Vec<String> = ids.iter().map(|id| format!("#{id}")).collect();
        match language {
            Language::English => format!("{act} {}.", ids.join(", ")),
            Language::German => format!("{act}: {}.", ids.join(", ")),
        }
    };
    done.into_iter().map(sentence).collect()
}

/// One sentence for each call that failed or did not run.
pub(crate) fn failures(calls: &[ToolCall]) -> Vec<String> {
    let failure = |call: &ToolCall| match &call.outcome {
        CallOutcome::Failed { error } | CallOutcome::NotRun { error } => Some(format!("{}: {error}", call.name)),
        _ => None,
    };
    calls.iter().filter_map(failure).collect()
}

/// The participle for what a call does; none if it changes nothing, or not in a known way.
fn act(call: &ToolCall, language: Language) -> Option<&'static str> {
    let german = language == Language::German;
    let completed = call.arguments.get("completed").and_then(Value::as_bool);
    let (english, german_word) = match (call.name.as_str(), completed) {
        (LIST_TASKS, _) => return None,
        (ADD_TASK | ADD_TASKS, _) => ("Added", "Hinzugefügt"),
        (COMPLETE_TASKS, Some(false)) => ("Reopened", "Wieder offen"),
        (COMPLETE_TASK | COMPLETE_TASKS, _) => ("Completed", "Erledigt"),
        (UPDATE_TASK, Some(true)) if call.arguments.len() == 2 => ("Completed", "Erledigt"),
        (UPDATE_TASK, Some(false)) if call.arguments.len() == 2 => ("Reopened", "Wieder offen"),
        (UPDATE_TASK, _) => ("Changed", "Geändert"),
        (DELETE_TASK, _) => ("Deleted", "Gelöscht"),
        (UNDO, _) => ("Brought back", "Zurückgeholt"),
        _ => return None,
    };
    Some(if german { german_word } else { english })
}

/// The tasks in the result of a call, else the one in its arguments.
fn task_ids(result: &Value, call: &ToolCall) -> Vec<i64> {
    let listed = || result["tasks"].as_array().into_iter().flatten().filter_map(|task| task["id"].as_i64()).collect();
    if let Some(results) = result["results"].as_array() {
        return results.iter().filter_map(|item| item["task"]["id"].as_i64()).collect();
    }
    let one = result["task"]["id"].as_i64().or(result["deleted_id"].as_i64());
    match one {
        Some(id) => vec![id],
        None if result["tasks"].is_array() => listed(),
        None => call.arguments.get("task_id").and_then(Value::as_i64).into_iter().collect(),
    }
}

#[cfg(test)]
mod tests;
