//! Tables of sentences and the command of each.

mod change;

use super::*;

fn add(titles: &[&str]) -> TaskCommand {
    TaskCommand::Add(titles.iter().map(|title| WantedTask::titled(*title)).collect())
}

/// A command without the reservation for titles that begin with its verb.
fn unreserved(command: TaskCommand) -> TaskCommand {
    match command {
        TaskCommand::Unless(_, command) => *command,
        TaskCommand::Several(commands) => TaskCommand::Several(commands.into_iter().map(unreserved).collect()),
        command => command,
    }
}

/// A command whose titles may be quoted or not.
fn unquoted(command: TaskCommand) -> TaskCommand {
    match command {
        TaskCommand::Add(tasks) => {
            TaskCommand::Add(tasks.into_iter().map(|task| WantedTask { is_quoted: false, ..task }).collect())
        }
        TaskCommand::Several(commands) => TaskCommand::Several(commands.into_iter().map(unquoted).collect()),
        command => command,
    }
}

fn by_number(ids: &[i64]) -> TaskTarget {
    TaskTarget::Numbers(ids.to_vec())
}

fn by_title(words: &str) -> TaskTarget {
    TaskTarget::Title(words.to_owned())
}

#[test]
fn sentences_that_add_tasks() {
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
        ("add milk, eggs and bread", vec!["milk", "eggs", "bread"]),
        ("add 'buy milk' and 'call mum'", vec!["buy milk", "call mum"]),
        ("add 3 tasks: a, b, c", vec!["a", "b", "c"]),
        ("add 1. milk\n2. eggs", vec!["milk", "eggs"]),
        ("add task - buy milk", vec!["buy milk"]),
        ("add milk to the shopping list", vec!["milk"]),
        ("please add a task for me to call mum", vec!["call mum"]),
        ("add another task: pay gas", vec!["pay gas"]),
        ("and add eggs, too", vec!["eggs"]),
        ("I need to buy milk", vec!["buy milk"]),
        ("I have to finish the report", vec!["finish the report"]),
        ("Don't forget to water the plants!", vec!["water the plants"]),
        ("remember to buy eggs", vec!["buy eggs"]),
        ("make a note to pay rent", vec!["pay rent"]),
        ("todo: call mum", vec!["call mum"]),
        ("remind me about the dentist", vec!["the dentist"]),
        ("Would you mind adding milk to my list?", vec!["milk"]),
        ("I wanna add milk", vec!["milk"]),
        ("ad milk", vec!["milk"]),
        ("add a task", vec![]),
        ("Add a new task.", vec![]),
    ] {
        assert_eq!(unquoted(parse(message)), add(&titles), "{message}");
    }
}

#[test]
fn sentences_that_add_a_task_with_a_description() {
    let described = |title: &str, text: &str| {
        TaskCommand::Add(vec![WantedTask { description: Some(text.to_owned()), ..WantedTask::titled(title) }])
    };
    assert_eq!(parse("Add a task Buy milk with description 2 litres, fat"), described("Buy milk", "2 litres, fat"));
    assert_eq!(unquoted(parse("add 'milk' with the note \"no sugar\"")), described("milk", "no sugar"));
}

#[test]
fn questions_for_a_list() {
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
        ("shwo my tasks", "all"),
        ("Hello! Show my list", "all"),
        ("show everything", "all"),
        ("I'd like to see my tasks", "all"),
        ("give me an overview", "all"),
        ("show", "all"),
        ("show me what's left", "pending"),
        ("can you tell me what is left to do?", "pending"),
        ("What remains?", "pending"),
        ("what's next?", "pending"),
        ("do I have anything to do?", "pending"),
        ("anything left?", "pending"),
        ("are there any tasks left?", "pending"),
        ("pending?", "pending"),
        ("which tasks aren't done?", "pending"),
        ("what haven't I done yet?", "pending"),
        ("is everything done?", "pending"),
        ("thanks, what's left?", "pending"),
        ("what did I finish?", "completed"),
        ("show all completed", "completed"),
    ] {
        assert_eq!(parse(message), TaskCommand::List(status), "{message}");
    }
}

#[test]
fn questions_for_a_number_or_for_one_task() {
    assert_eq!(parse("How many tasks do I have?"), TaskCommand::Count("all"));
    assert_eq!(parse("how many are left?"), TaskCommand::Count("pending"));
    for (message, target) in [
        ("find milk", by_title("milk")),
        ("is milk on my list?", by_title("milk")),
        ("Do I have milk on my list?", by_title("milk")),
        ("show me the milk task", by_title("milk")),
        ("show task 3", by_number(&[3])),
        ("what is task 3?", by_number(&[3])),
    ] {
        assert_eq!(parse(message), TaskCommand::Show(target), "{message}");
    }
    for (message, target) in [("did I finish the groceries?", "groceries"), ("is milk done?", "milk")] {
        assert_eq!(parse(message), TaskCommand::Ask(TaskQuestion::Done, by_title(target)), "{message}");
    }
}

#[test]
fn sentences_that_ask_for_help_or_are_not_understood() {
    for message in ["help", "Help!", "What can you do?", "how do I add a task?", "who are you?"] {
        assert_eq!(parse(message), TaskCommand::Help, "{message}");
    }
    for message in ["hello", "Hi", "Good morning"] {
        assert_eq!(parse(message), TaskCommand::Greeting, "{message}");
    }
    for message in [
        "don't delete task 3",
        "Do not add milk",
        "tell me a joke",
        "that is not done",
        "…",
        "I'm done",
        "lost my keys",
        "?",
        "!!!",
    ] {
        assert_eq!(parse(message), TaskCommand::Unknown, "{message}");
    }
}

#[test]
fn small_talk_and_decisions() {
    for message in ["thanks", "Thank you!", "great"] {
        assert_eq!(parse(message), TaskCommand::Thanks, "{message}");
    }
    for (message, decision) in
        [("yes", true), ("ok", true), ("no, thanks", false), ("never mind", false), ("cancel", false)]
    {
        assert_eq!(parse(message), TaskCommand::Decision(decision), "{message}");
    }
    for (message, target) in [
        ("42", by_number(&[42])),
        ("#2", by_number(&[2])),
        ("the first one", TaskTarget::Place(1)),
        ("both", TaskTarget::Them),
    ] {
        assert_eq!(parse(message), TaskCommand::Select(target), "{message}");
    }
    assert_eq!(parse("call mum"), TaskCommand::SuggestAdd(vec!["call mum".to_owned()]));
}

#[test]
fn several_commands_in_one_sentence() {
    let done = |id| TaskCommand::Complete(by_number(&[id]));
    let gone = |id| TaskCommand::Delete(by_number(&[id]));
    for (message, expected) in [
        ("add buy milk and delete task 3", vec![add(&["buy milk"]), gone(3)]),
        (
            "complete task 1 and then rename task 2 to x",
            vec![done(1), TaskCommand::Rename(vec![(by_number(&[2]), "x".to_owned())])],
        ),
        ("mark task 1 as done, delete task 2 and show my tasks", vec![done(1), gone(2), TaskCommand::List("all")]),
        ("Complete #1. Delete #2.", vec![done(1), gone(2)]),
        ("complete task 1; what's left?", vec![done(1), TaskCommand::List("pending")]),
        ("delete task 2, then undo that", vec![gone(2), TaskCommand::Undo(None)]),
        ("complete 1 and delete 2", vec![done(1), gone(2)]),
        ("Add milk! Then show my list.", vec![add(&["milk"]), TaskCommand::List("all")]),
        ("add milk\ndelete task 3", vec![add(&["milk"]), gone(3)]),
        ("add \"milk\" and delete task 3", vec![add(&["milk"]), gone(3)]),
        ("add milk and then complete it", vec![add(&["milk"]), TaskCommand::Complete(TaskTarget::It)]),
        (
            "add milk, complete task 1, and show what's left",
            vec![add(&["milk"]), done(1), TaskCommand::List("pending")],
        ),
    ] {
        assert_eq!(unquoted(parse(message)), TaskCommand::Several(expected), "{message}");
    }
    for message in [
        "add \"mark and delete the tape\" to my list",
        "add bread and butter",
        "complete wash and iron",
        "add sort and delete photos",
    ] {
        assert!(!matches!(parse(message), TaskCommand::Several(_)), "{message}");
    }
    let TaskCommand::Either(title, one, other) = parse("complete sort and delete photos") else {
        panic!("a title, or two commands")
    };
    assert_eq!(
        (title.as_str(), *one),
        ("sort and delete photos", TaskCommand::Complete(by_title("sort and delete photos")))
    );
    assert_eq!(
        unreserved(*other),
        TaskCommand::Several(vec![TaskCommand::Complete(by_title("sort")), TaskCommand::Delete(by_title("photos"))])
    );
}

#[test]
fn no_message_makes_the_parser_panic() {
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
