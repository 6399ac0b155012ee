//! Sentences that change tasks.

use super::*;

#[test]
fn sentences_that_complete_tasks() {
    for (message, target) in [
        ("Mark task #1 as complete", by_number(&[1])),
        ("mark #1 done", by_number(&[1])),
        ("complete task 1", by_number(&[1])),
        ("Complete tasks 1, 2 and #5", by_number(&[1, 2, 5])),
        ("complete groceries", by_title("groceries")),
        ("Mark the groceries task as completed", by_title("groceries")),
        ("finish \"call mum\"", by_title("call mum")),
        ("check off milk", by_title("milk")),
        ("tick milk off", by_title("milk")),
        ("task 3 is done", by_number(&[3])),
        ("Groceries is done!", by_title("Groceries")),
        ("I have finished task 2", by_number(&[2])),
        ("I’ve finished the laundry", by_title("laundry")),
        ("I did the dishes", by_title("dishes")),
        ("mark task 99999999999999999999 as done", by_title("99999999999999999999")),
        ("complete everything", TaskTarget::All(None)),
        ("complete all my tasks", TaskTarget::All(None)),
        ("mark it as done", TaskTarget::It),
        ("it's done", TaskTarget::It),
        ("complete both", TaskTarget::Them),
        ("complete", TaskTarget::Unspecified),
        ("everything is done", TaskTarget::All(None)),
        ("complete task one", by_number(&[1])),
        ("mark number two as done", by_number(&[2])),
        ("complete tasks 1-3", by_number(&[1, 2, 3])),
        ("complete tasks 2 to 4, please", by_number(&[2, 3, 4])),
        ("finish task two and three", by_number(&[2, 3])),
        ("mark 1 and 2 done", by_number(&[1, 2])),
        ("set task 1 to done", by_number(&[1])),
        ("make task 1 done", by_number(&[1])),
        ("tick 3", by_number(&[3])),
        ("check task 1", by_number(&[1])),
        ("3 done", by_number(&[3])),
        ("task 3 has been completed", by_number(&[3])),
        ("compelte taks 1", by_number(&[1])),
        ("complete the first task", TaskTarget::Place(1)),
        ("finish my last one", TaskTarget::Place(-1)),
        ("cross off milk", by_title("milk")),
        ("cross milk off", by_title("milk")),
        ("done: milk", by_title("milk")),
        ("I bought the milk", by_title("buy milk")),
        ("I've already called mum", by_title("call mum")),
        ("complete 2 apples", by_title("2 apples")),
    ] {
        assert_eq!(parse(message), TaskCommand::Complete(target), "{message}");
    }
}

#[test]
fn sentences_that_reopen_tasks() {
    for (message, target) in [
        ("reopen task 1", by_number(&[1])),
        ("mark task 1 as not done", by_number(&[1])),
        ("mark groceries as incomplete", by_title("groceries")),
        ("mark #4 as pending", by_number(&[4])),
        ("uncheck milk", by_title("milk")),
        ("task 1 is not done", by_number(&[1])),
        ("groceries is not done yet", by_title("groceries")),
        ("I didn't finish task 2", by_number(&[2])),
        ("move task 1 back to pending", by_number(&[1])),
    ] {
        assert_eq!(parse(message), TaskCommand::Reopen(target), "{message}");
    }
}

#[test]
fn sentences_that_rename_a_task() {
    for (message, readings) in [
        ("rename task 2 to Buy bread", vec![(by_number(&[2]), "Buy bread")]),
        ("Rename #2 to talk to mum", vec![(by_number(&[2]), "talk to mum")]),
        ("change the title of task 2 to 'Pay rent'", vec![(by_number(&[2]), "Pay rent")]),
        ("rename groceries to shopping", vec![(by_title("groceries"), "shopping")]),
        ("update task 7 to call dad.", vec![(by_number(&[7]), "call dad")]),
        ("rename task 2: Buy bread", vec![(by_number(&[2]), "Buy bread")]),
        ("change task 2 to say Buy bread", vec![(by_number(&[2]), "Buy bread")]),
        ("task 2 should be called Buy bread", vec![(by_number(&[2]), "Buy bread")]),
        ("replace milk with bread", vec![(by_title("milk"), "bread")]),
        ("rename it to bread", vec![(TaskTarget::It, "bread")]),
        ("edit task 2", vec![(by_number(&[2]), "")]),
        (
            "rename talk to mum to call mum",
            vec![(by_title("talk"), "mum to call mum"), (by_title("talk to mum"), "call mum")],
        ),
    ] {
        let readings = readings.into_iter().map(|(target, title)| (target, title.to_owned())).collect();
        assert_eq!(unreserved(parse(message)), TaskCommand::Rename(readings), "{message}");
    }
}

#[test]
fn sentences_that_describe_a_task() {
    for message in [
        "set the description of task 2 to whole milk",
        "add a note to task 2: whole milk",
        "describe task 2 as \"whole milk\"",
    ] {
        assert_eq!(parse(message), TaskCommand::Describe(by_number(&[2]), "whole milk".to_owned()), "{message}");
    }
}

#[test]
fn sentences_that_delete_tasks() {
    for (message, target) in [
        ("delete task 3", by_number(&[3])),
        ("Delete #3 please", by_number(&[3])),
        ("remove task #3 from my list", by_number(&[3])),
        ("delete the groceries task", by_title("groceries")),
        ("Get rid of the milk", by_title("milk")),
        ("please remove buy milk from my list", by_title("buy milk")),
        ("delete tasks 1 and 2", by_number(&[1, 2])),
        ("delete all my tasks", TaskTarget::All(None)),
        ("delete", TaskTarget::Unspecified),
        ("delete 2 tasks", TaskTarget::Unspecified),
        ("delete two tasks", TaskTarget::Unspecified),
        ("delete it", TaskTarget::It),
        ("delete them", TaskTarget::Them),
        ("dlete task 3", by_number(&[3])),
        ("delete task3", by_number(&[3])),
        ("delete nr. 3", by_number(&[3])),
        ("DELETE TASK 3", by_number(&[3])),
        ("delete tasks two and three", by_number(&[2, 3])),
        ("Could you please delete task 3 for me? Thanks!", by_number(&[3])),
        ("I need to delete task 3", by_number(&[3])),
        ("delete the last task", TaskTarget::Place(-1)),
        ("delete the milk one", by_title("milk")),
        ("remove the task about milk", by_title("milk")),
        ("take milk off my list", by_title("milk")),
        ("remove milk from list", by_title("milk")),
        ("delete everything that's done", TaskTarget::All(Some(true))),
        ("clear done", TaskTarget::All(Some(true))),
        ("empty my list", TaskTarget::All(None)),
        ("delete all but milk", TaskTarget::Except(Box::new(TaskTarget::All(None)), "milk".to_owned())),
        ("delete them all", TaskTarget::Them),
        ("clear my list", TaskTarget::All(None)),
        ("clear completed tasks", TaskTarget::All(Some(true))),
        ("delete all the finished ones", TaskTarget::All(Some(true))),
        ("remove everything", TaskTarget::All(None)),
    ] {
        assert_eq!(unreserved(parse(message)), TaskCommand::Delete(target), "{message}");
    }
}

#[test]
fn sentences_that_undo_a_change() {
    for (message, id) in [
        ("undo", None),
        ("Undo that", None),
        ("undo it, please", None),
        ("undo the last deletion", None),
        ("bring it back", None),
        ("restore task 3", Some(3)),
        ("Bring back #4", Some(4)),
        ("undelete 5", Some(5)),
        ("undo the last change", None),
        ("revert that", None),
    ] {
        assert_eq!(parse(message), TaskCommand::Undo(id), "{message}");
    }
    assert_eq!(parse("restore milk"), TaskCommand::RestoreByTitle("milk".to_owned()));
}
