use std::collections::BTreeSet;

use super::*;

#[test]
fn the_names_are_in_the_table_of_tools() {
    let names = BTreeSet::from([
        ADD_TASK,
        ADD_TASKS,
        LIST_TASKS,
        COMPLETE_TASK,
        COMPLETE_TASKS,
        UPDATE_TASK,
        DELETE_TASK,
        UNDO,
    ]);
    let table: BTreeSet<&str> = task::tool::TOOLS.iter().map(|tool| tool.name).collect();
    assert!(names.is_subset(&table), "{table:?}");
}

#[test]
fn of_the_tools_known_by_name_only_the_one_that_lists_changes_nothing() {
    let read_only: Vec<&str> = task::tool::TOOLS.iter().filter(|tool| tool.read_only).map(|tool| tool.name).collect();
    assert!(read_only.contains(&LIST_TASKS));
    for changing in [ADD_TASK, COMPLETE_TASK, UPDATE_TASK, DELETE_TASK, UNDO] {
        assert!(!read_only.contains(&changing), "{changing}");
    }
}
