//! Tables of phrases and what each must mean.

use super::*;

fn add(titles: &[&str]) -> Command {
    Command::Add(titles.iter().map(|title| (*title).to_owned()).collect())
}

fn by_number(ids: &[i64]) -> Target {
    Target::Numbers(ids.to_vec())
}

fn by_title(words: &str) -> Target {
    Target::Title(words.to_owned())
}

#[test]
fn adding() {
    for (message, titles) in [
        ("Add a task to buy groceries", vec!["buy groceries"]),
        ("add buy milk and call mum", vec!["buy milk", "call mum"]),
        ("add bread and butter", vec!["bread and butter"]),
        ("Please add milk to my list.", vec!["milk"]),
        ("add \"mark and delete\" to my list", vec!["mark and delete"]),
        ("Could you add a new task: pay the rent?", vec!["pay the rent"]),
        ("add task called Water the plants", vec!["Water the plants"]),
        ("add tasks: milk, eggs and bread", vec!["milk", "eggs", "bread"]),
        ("add tasks milk; eggs", vec!["milk", "eggs"]),
        ("add a task to buy milk, eggs and bread", vec!["buy milk, eggs and bread"]),
        ("add buy milk, call mum and pay rent", vec!["buy milk", "call mum", "pay rent"]),
        ("add a task to buy milk and add a task to call mum", vec!["buy milk", "call mum"]),
        ("Remind me to call the bank", vec!["call the bank"]),
        ("put eggs on my list", vec!["eggs"]),
        ("create a task 'Tidy up'", vec!["Tidy up"]),
        ("new task: ÜBERWEISUNG prüfen", vec!["ÜBERWEISUNG prüfen"]),
        ("add write the report for task 3", vec!["write the report for task 3"]),
        ("add a task", vec![]),
        ("Add a new task.", vec![]),
    ] {
        assert_eq!(parse(message), add(&titles), "{message}");
    }
}

#[test]
fn listing_tasks() {
    for (message, status) in [
        ("show my tasks", "all"),
        ("Show me all my tasks, please", "all"),
        ("list tasks", "all"),
        ("tasks", "all"),
        ("What are my tasks?", "all"),
        ("what's on my list?", "all"),
        ("what's left?", "pending"),
        ("What’s left?", "pending"),
        ("what is still open", "pending"),
        ("show pending tasks", "pending"),
        ("which tasks are not done?", "pending"),
        ("what do I have to do?", "pending"),
        ("show completed tasks", "completed"),
        ("what have I done?", "completed"),
        ("list my finished todos", "completed"),
    ] {
        assert_eq!(parse(message), Command::List(status), "{message}");
    }
}

#[test]
fn completing() {
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
        ("complete everything", Target::All(None)),
        ("complete all my tasks", Target::All(None)),
        ("mark it as done", Target::Vague),
        ("complete 2 apples", by_title("2 apples")),
    ] {
        assert_eq!(parse(message), Command::Complete(target), "{message}");
    }
}

#[test]
fn reopening() {
    for (message, target) in [
        ("reopen task 1", by_number(&[1])),
        ("mark task 1 as not done", by_number(&[1])),
        ("mark groceries as incomplete", by_title("groceries")),
        ("mark #4 as pending", by_number(&[4])),
        ("uncheck milk", by_title("milk")),
    ] {
        assert_eq!(parse(message), Command::Reopen(target), "{message}");
    }
}

#[test]
fn renaming() {
    for (message, readings) in [
        ("rename task 2 to Buy bread", vec![(by_number(&[2]), "Buy bread")]),
        ("Rename #2 to talk to mum", vec![(by_number(&[2]), "talk to mum")]),
        ("change the title of task 2 to 'Pay rent'", vec![(by_number(&[2]), "Pay rent")]),
        ("rename groceries to shopping", vec![(by_title("groceries"), "shopping")]),
        ("update task 7 to call dad.", vec![(by_number(&[7]), "call dad")]),
        (
            "rename talk to mum to call mum",
            vec![(by_title("talk"), "mum to call mum"), (by_title("talk to mum"), "call mum")],
        ),
    ] {
        let readings = readings.into_iter().map(|(target, title)| (target, title.to_owned())).collect();
        assert_eq!(parse(message), Command::Rename(readings), "{message}");
    }
}

#[test]
fn deleting() {
    for (message, target) in [
        ("delete task 3", by_number(&[3])),
        ("Delete #3 please", by_number(&[3])),
        ("remove task #3 from my list", by_number(&[3])),
        ("delete the groceries task", by_title("groceries")),
        ("Get rid of the milk", by_title("milk")),
        ("please remove buy milk from my list", by_title("buy milk")),
        ("delete tasks 1 and 2", by_number(&[1, 2])),
        ("delete all my tasks", Target::All(None)),
        ("delete", Target::Vague),
        ("delete it", Target::Vague),
        ("delete them all", Target::All(None)),
        ("clear my list", Target::All(None)),
        ("clear completed tasks", Target::All(Some(true))),
        ("delete all the finished ones", Target::All(Some(true))),
        ("remove everything", Target::All(None)),
    ] {
        assert_eq!(parse(message), Command::Delete(target), "{message}");
    }
}

#[test]
fn help_and_what_is_not_understood() {
    for message in ["help", "Help!", "hello", "Hi", "What can you do?", "?"] {
        assert_eq!(parse(message), Command::Help, "{message}");
    }
    for message in ["don't delete task 3", "Do not add milk", "tell me a joke", "yes", "42", "that is not done", "…"]
    {
        assert_eq!(parse(message), Command::Unknown, "{message}");
    }
}

#[test]
fn undoing() {
    for (message, id) in [
        ("undo", None),
        ("Undo that", None),
        ("undo it, please", None),
        ("undo the last deletion", None),
        ("bring it back", None),
        ("restore task 3", Some(3)),
        ("Bring back #4", Some(4)),
        ("undelete 5", Some(5)),
    ] {
        assert_eq!(parse(message), Command::Undo(id), "{message}");
    }
}

#[test]
fn several_commands_in_one_sentence() {
    let done = |id| Command::Complete(by_number(&[id]));
    let gone = |id| Command::Delete(by_number(&[id]));
    for (message, expected) in [
        ("add buy milk and delete task 3", vec![add(&["buy milk"]), gone(3)]),
        (
            "complete task 1 and then rename task 2 to x",
            vec![done(1), Command::Rename(vec![(by_number(&[2]), "x".to_owned())])],
        ),
        ("mark task 1 as done, delete task 2 and show my tasks", vec![done(1), gone(2), Command::List("all")]),
        ("Complete #1. Delete #2.", vec![done(1), gone(2)]),
        ("complete task 1; what's left?", vec![done(1), Command::List("pending")]),
        ("delete task 2, then undo that", vec![gone(2), Command::Undo(None)]),
    ] {
        assert_eq!(parse(message), Command::Several(expected), "{message}");
    }
    for message in ["add \"mark and delete the tape\" to my list", "add bread and butter", "complete wash and iron"] {
        assert!(!matches!(parse(message), Command::Several(_)), "{message}");
    }
}

#[test]
fn no_message_makes_it_stumble() {
    for message in [
        "",
        " ",
        "add",
        "delete #",
        "rename to to to",
        "mark as done",
        "\"",
        "add \"",
        "ÄÖÜ is done",
        "🎉",
        "rename é to ü",
    ] {
        parse(message);
        parse(&message.repeat(40));
    }
}
