use std::collections::BTreeSet;

use super::*;

#[test]
fn the_names_are_those_of_the_table_of_tools() {
    let names = BTreeSet::from([ADD_TASK, LIST_TASKS, COMPLETE_TASK, UPDATE_TASK, DELETE_TASK, UNDO]);
    let table: BTreeSet<&str> = task::tool::TOOLS.iter().map(|tool| tool.name).collect();
    assert_eq!(names, table);
}

#[test]
fn the_tool_that_lists_is_the_only_one_that_changes_nothing() {
    let read_only: Vec<&str> = task::tool::TOOLS.iter().filter(|tool| tool.read_only).map(|tool| tool.name).collect();
    assert_eq!(read_only, [LIST_TASKS]);
}
