//! Which tasks of the list a command is about.

use crate::offline::act::action::NextAction;
use crate::offline::act::find::{ListedTask, find_tasks};
use crate::offline::act::fitting::fitting;
use crate::offline::act::limits::MAX_CALLS;
use crate::offline::act::list::read_list;
use crate::offline::act::reply::{OfflineReply, TaskAct};
use crate::offline::missing::MissingFeature;
use crate::offline::target::{TaskTarget, nth, parse_place, title};
use crate::turn::ToolCall;

/// The ids of the tasks that a command is about; else the action that must come first.
pub(super) fn target_tasks(target: &TaskTarget, act: TaskAct, calls: &[&ToolCall]) -> Result<Vec<i64>, NextAction> {
    let prefers = |task: &ListedTask| suits(act, task);
    match target {
        TaskTarget::Numbers(ids) => Ok(ids.clone()),
        TaskTarget::Unspecified | TaskTarget::It | TaskTarget::Them | TaskTarget::Changed => {
            Err(NextAction::Say(OfflineReply::AskWhich(act)))
        }
        TaskTarget::All(completed) => {
            let wanted =
                |task: &ListedTask| completed.is_none_or(|completed| task.completed == completed) && prefers(task);
            Ok(read_list(calls)?.iter().filter(|task| wanted(task)).map(|task| task.id).collect())
        }
        TaskTarget::Except(target, words) => {
            let (kept, others) = keep(read_list(calls)?, words);
            match &**target {
                // What is named by itself is meant, whether there is something to keep or not.
                TaskTarget::Title(words) => pick(&others, words, act).map_err(NextAction::Say),
                TaskTarget::All(_) if kept.is_empty() => Err(NextAction::Say(OfflineReply::NotFound(words.clone()))),
                target => {
                    let meant = target_tasks(target, act, calls)?;
                    Ok(meant.into_iter().filter(|id| !kept.contains(id)).collect())
                }
            }
        }
        TaskTarget::Common(filter) if filter.told_due().is_some() => {
            Err(NextAction::Say(OfflineReply::Missing(MissingFeature::Dates)))
        }
        TaskTarget::Common(filter) => {
            let mut tasks = fitting(read_list(calls)?, filter);
            // What is due is open, unless the order says otherwise.
            let is_open = filter.due.is_some() && filter.completed.is_none() && act != TaskAct::Reopen;
            tasks.retain(|task| prefers(task) && !(is_open && task.completed));
            Ok(ids_of(&tasks))
        }
        TaskTarget::First(_) | TaskTarget::Last(_) | TaskTarget::Place(_) => {
            let mut tasks = read_list(calls)?;
            tasks.retain(prefers);
            Ok(target.at_place(&ids_of(&tasks)))
        }
        TaskTarget::Within(ids, place) => {
            let mut tasks = read_list(calls)?;
            tasks.retain(|task| ids.contains(&task.id) && prefers(task));
            Ok(place.at_place(&ids_of(&tasks)))
        }
        TaskTarget::Matching(words) => {
            let tasks = read_list(calls)?;
            let found = find_tasks(&tasks, words, |_| true);
            Ok(found.iter().filter(|task| prefers(task)).map(|task| task.id).collect())
        }
        TaskTarget::Title(words) => pick(&read_list(calls)?, words, act).map_err(NextAction::Say),
    }
}

/// Whether a task can be changed so.
fn suits(act: TaskAct, task: &ListedTask) -> bool {
    match act {
        TaskAct::Prioritise(priority) => task.priority.as_deref().unwrap_or("none") != priority,
        TaskAct::Complete => !task.completed,
        TaskAct::Reopen => task.completed,
        _ => true,
    }
}

/// The ids of the tasks that `words` name, by title or number, and the other tasks.
fn keep(tasks: Vec<ListedTask>, words: &str) -> (Vec<i64>, Vec<ListedTask>) {
    let found = |words: &str| ids_of(&find_tasks(&tasks, &title(words), |_| true));
    let kept = match TaskTarget::parse(words) {
        TaskTarget::Numbers(ids) => ids,
        _ => match found(words) {
            none if none.is_empty() => pieces(words).into_iter().flat_map(found).collect(),
            whole => whole,
        },
    };
    let others = tasks.iter().filter(|task| !kept.contains(&task.id)).cloned().collect();
    (kept, others)
}

/// The parts that "and" and commas join.
fn pieces(words: &str) -> Vec<&str> {
    words.split(" and ").flat_map(|piece| piece.split(", ")).flat_map(|piece| piece.split(" & ")).collect()
}

fn ids_of(tasks: &[ListedTask]) -> Vec<i64> {
    tasks.iter().map(|task| task.id).collect()
}

/// The task at a place that is named among others, as in "the first and the last".
fn placed(tasks: &[ListedTask], words: &str, act: TaskAct) -> Option<Vec<ListedTask>> {
    let place = parse_place(&words.to_lowercase())?;
    let fitting: Vec<ListedTask> = tasks.iter().filter(|task| suits(act, task)).cloned().collect();
    let id = nth(&ids_of(&fitting), place);
    Some(fitting.into_iter().filter(|task| Some(task.id) == id).collect())
}

/// The ids of the tasks that `words` name: one title, or several joined by "and".
fn pick(tasks: &[ListedTask], words: &str, act: TaskAct) -> Result<Vec<i64>, OfflineReply> {
    let one = |words: &str| find_tasks(tasks, words, |task| suits(act, task));
    let whole = one(words);
    let pieces = pieces(words);
    let groups = if whole.is_empty() && (2..=MAX_CALLS).contains(&pieces.len()) {
        pieces.iter().map(|piece| (*piece, placed(tasks, piece, act).unwrap_or_else(|| one(&title(piece))))).collect()
    } else {
        vec![(words, whole)]
    };
    let mut ids = Vec::new();
    for (words, found) in groups {
        match found.as_slice() {
            [] => return Err(OfflineReply::NotFound(words.to_owned())),
            [task] => ids.push(task.id),
            several => return Err(OfflineReply::Ambiguous(act, several.to_vec())),
        }
    }
    Ok(ids)
}
