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
        assert_eq!(parse(message), add(&titles), "{message}");
    }
}

#[test]
fn adding_with_a_description() {
    let described = |title: &str, text: &str| Command::AddDescribed(title.to_owned(), text.to_owned());
    assert_eq!(parse("Add a task Buy milk with description 2 litres, fat"), described("Buy milk", "2 litres, fat"));
    assert_eq!(parse("add 'milk' with the note \"no sugar\""), described("milk", "no sugar"));
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
        ("what should I do today?", "pending"),
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
        assert_eq!(parse(message), Command::List(status), "{message}");
    }
}

#[test]
fn counting_and_looking_up() {
    assert_eq!(parse("How many tasks do I have?"), Command::Count("all"));
    assert_eq!(parse("how many are left?"), Command::Count("pending"));
    for (message, target) in [
        ("find milk", by_title("milk")),
        ("is milk on my list?", by_title("milk")),
        ("Do I have milk on my list?", by_title("milk")),
        ("show me the milk task", by_title("milk")),
        ("did I finish the groceries?", by_title("groceries")),
        ("is milk done?", by_title("milk")),
        ("show task 3", by_number(&[3])),
        ("what is task 3?", by_number(&[3])),
    ] {
        assert_eq!(parse(message), Command::Show(target), "{message}");
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
        ("mark it as done", Target::It),
        ("it's done", Target::It),
        ("complete both", Target::Them),
        ("complete", Target::Vague),
        ("everything is done", Target::All(None)),
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
        ("complete the first task", Target::Place(1)),
        ("finish my last one", Target::Place(-1)),
        ("cross off milk", by_title("milk")),
        ("cross milk off", by_title("milk")),
        ("done: milk", by_title("milk")),
        ("I bought the milk", by_title("buy milk")),
        ("I've already called mum", by_title("call mum")),
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
        ("task 1 is not done", by_number(&[1])),
        ("groceries is not done yet", by_title("groceries")),
        ("I didn't finish task 2", by_number(&[2])),
        ("move task 1 back to pending", by_number(&[1])),
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
        ("rename task 2: Buy bread", vec![(by_number(&[2]), "Buy bread")]),
        ("change task 2 to say Buy bread", vec![(by_number(&[2]), "Buy bread")]),
        ("task 2 should be called Buy bread", vec![(by_number(&[2]), "Buy bread")]),
        ("replace milk with bread", vec![(by_title("milk"), "bread")]),
        ("rename it to bread", vec![(Target::It, "bread")]),
        ("edit task 2", vec![]),
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
fn describing() {
    for message in [
        "set the description of task 2 to whole milk",
        "add a note to task 2: whole milk",
        "describe task 2 as \"whole milk\"",
    ] {
        assert_eq!(parse(message), Command::Describe(by_number(&[2]), "whole milk".to_owned()), "{message}");
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
        ("delete 2 tasks", Target::Vague),
        ("delete two tasks", Target::Vague),
        ("delete it", Target::It),
        ("delete them", Target::Them),
        ("dlete task 3", by_number(&[3])),
        ("delete task3", by_number(&[3])),
        ("delete nr. 3", by_number(&[3])),
        ("DELETE TASK 3", by_number(&[3])),
        ("delete tasks two and three", by_number(&[2, 3])),
        ("Could you please delete task 3 for me? Thanks!", by_number(&[3])),
        ("I need to delete task 3", by_number(&[3])),
        ("delete the last task", Target::Place(-1)),
        ("delete the milk one", by_title("milk")),
        ("remove the task about milk", by_title("milk")),
        ("take milk off my list", by_title("milk")),
        ("remove milk from list", by_title("milk")),
        ("delete everything that's done", Target::All(Some(true))),
        ("clear done", Target::All(Some(true))),
        ("empty my list", Target::All(None)),
        ("delete all but milk", by_title("all but milk")),
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
    for message in [
        "help",
        "Help!",
        "hello",
        "Hi",
        "What can you do?",
        "?",
        "Good morning",
        "how do I add a task?",
        "who are you?",
    ] {
        assert_eq!(parse(message), Command::Help, "{message}");
    }
    for message in [
        "don't delete task 3",
        "Do not add milk",
        "tell me a joke",
        "that is not done",
        "…",
        "I'm done",
        "lost my keys",
    ] {
        assert_eq!(parse(message), Command::Unknown, "{message}");
    }
}

#[test]
fn small_talk() {
    for message in ["thanks", "Thank you!", "great"] {
        assert_eq!(parse(message), Command::Thanks, "{message}");
    }
    for (message, answer) in
        [("yes", true), ("ok", true), ("no, thanks", false), ("never mind", false), ("cancel", false)]
    {
        assert_eq!(parse(message), Command::Decision(answer), "{message}");
    }
    for (message, target) in
        [("42", by_number(&[42])), ("#2", by_number(&[2])), ("the first one", Target::Place(1)), ("both", Target::Them)]
    {
        assert_eq!(parse(message), Command::Meant(target), "{message}");
    }
    assert_eq!(parse("call mum"), Command::Maybe("call mum".to_owned()));
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
        ("undo the last change", None),
        ("revert that", None),
    ] {
        assert_eq!(parse(message), Command::Undo(id), "{message}");
    }
    assert_eq!(parse("restore milk"), Command::Restore("milk".to_owned()));
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
        ("complete 1 and delete 2", vec![done(1), gone(2)]),
        ("Add milk! Then show my list.", vec![add(&["milk"]), Command::List("all")]),
        ("add milk\ndelete task 3", vec![add(&["milk"]), gone(3)]),
        ("add \"milk\" and delete task 3", vec![add(&["milk"]), gone(3)]),
        ("add milk and then complete it", vec![add(&["milk"]), Command::Complete(Target::It)]),
        ("add milk, complete task 1, and show what's left", vec![add(&["milk"]), done(1), Command::List("pending")]),
    ] {
        assert_eq!(parse(message), Command::Several(expected), "{message}");
    }
    for message in [
        "add \"mark and delete the tape\" to my list",
        "add bread and butter",
        "complete wash and iron",
        "add sort and delete photos",
    ] {
        assert!(!matches!(parse(message), Command::Several(_)), "{message}");
    }
    let Command::Either(title, one, other) = parse("complete sort and delete photos") else {
        panic!("a title, or two commands")
    };
    assert_eq!(
        (title.as_str(), *one),
        ("sort and delete photos", Command::Complete(by_title("sort and delete photos")))
    );
    assert_eq!(
        *other,
        Command::Several(vec![Command::Complete(by_title("sort")), Command::Delete(by_title("photos"))])
    );
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
