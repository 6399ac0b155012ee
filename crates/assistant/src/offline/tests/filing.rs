//! Lists and tags, and what the list cannot do.

use serde_json::{Value, json};

use super::everyday::{TASKS, after};
use crate::testing::TestHost;

/// The members of the first task after a message, and what is said.
fn first_after(message: &str) -> (Value, String) {
    let host = TestHost::with_tasks(&["Buy milk", "Call mum"]);
    host.has_dates.set(true);
    host.members.borrow_mut().insert(1, json!({"list": "Shop", "tags": ["food"]}).as_object().unwrap().clone());
    let text = host.talk(&[message]);
    let members = Value::Object(host.members.borrow()[&1].clone());
    (members, text)
}

#[test]
fn tasks_get_lists_and_tags() {
    for (message, list, tags) in [
        ("tag milk with home", "Shop", json!(["food", "home"])),
        ("label 1 as home", "Shop", json!(["food", "home"])),
        ("add the tag home to milk", "Shop", json!(["food", "home"])),
        ("remove the tag food from milk", "Shop", json!([])),
        ("gib 1 den Tag home", "Shop", json!(["food", "home"])),
        ("entferne den Tag food von 1", "Shop", json!([])),
        ("move milk to the list Home", "Home", json!(["food"])),
        ("move 1 to the Home list", "Home", json!(["food"])),
        ("verschiebe 1 in die Liste Home", "Home", json!(["food"])),
        ("don't move milk to the list Home", "Shop", json!(["food"])),
        ("should I tag milk with home?", "Shop", json!(["food"])),
    ] {
        let (members, text) = first_after(message);
        assert_eq!((&members["list"], &members["tags"]), (&json!(list), &tags), "{message}: {text}");
    }
    for message in [
        "show the list Shop",
        "what's on the Shop list?",
        "show tasks tagged food",
        "show #food",
        "zeig die Liste Shop",
    ] {
        let (_, text) = first_after(message);
        assert!(text.contains("#1 Buy milk") && !text.contains("#2"), "{message}: {text}");
    }
}

#[test]
fn what_is_added_goes_into_the_list_that_is_named() {
    for (message, list) in [
        ("add bananas to the groceries list", Some("groceries")),
        ("put bananas on the groceries list", Some("groceries")),
        ("add bananas to my Work list please", Some("Work")),
        ("add bananas to the list Summer house", Some("Summer house")),
        ("please put bananas on the list Home", Some("Home")),
        ("füge bananas zur Liste Haus hinzu", Some("Haus")),
        ("setz bananas auf die Liste Haus", Some("Haus")),
        ("schreib bananas auf die Liste Haus", Some("Haus")),
        ("add bananas to my shopping list", None),
        ("add bananas to the list", None),
        ("füge bananas zur Einkaufsliste hinzu", None),
        ("setz bananas auf die Einkaufsliste", None),
        ("schreib bananas auf den Einkaufszettel", None),
        ("setz bananas auf die Liste", None),
    ] {
        let host = TestHost::with_tasks(&[]);
        host.has_dates.set(true);
        let text = host.talk(&[message]);
        let titles: Vec<String> = host.tasks.borrow().iter().flatten().map(|(title, _)| title.clone()).collect();
        assert_eq!(titles, ["bananas"], "{message}: {text}");
        let members = host.members.borrow().get(&1).cloned().unwrap_or_default();
        assert_eq!(members.get("list").and_then(Value::as_str), list, "{message}: {text}");
    }
}

#[test]
fn what_the_list_cannot_do_is_said_in_one_sentence() {
    for (message, says) in [
        ("move the rent above task 2", "order"),
        ("put the rent at the top of the list", "order"),
        ("swap 1 and 2", "order"),
        ("schieb die Miete ganz nach oben", "order"),
        ("share my list with Ann", "cannot do that"),
        ("pin task 2", "cannot do that"),
        ("add a comment to task 1", "cannot do that"),
        ("delete my account", "cannot do that"),
        ("drucke meine Liste", "Das kann ich nicht"),
        ("add a subtask to 1: soy", "steps"),
        ("create a list called Work", "lists"),
        ("lösche die Liste Arbeit", "Listen"),
        ("make a copy of task 2", "duplicate"),
        ("stelle einen Wecker auf 7 Uhr", "Wecker"),
    ] {
        let (list, text) = after(&TASKS, &[message]);
        assert_eq!(list, TASKS, "{message}: {text}");
        assert!(text.contains(says) && text.lines().count() == 1, "{message}: {text}");
    }
    // The same verbs begin titles.
    for title in ["share the cake with Ann", "print tickets", "sort the laundry", "swap tyres"] {
        let (list, text) = after(&TASKS, &[title]);
        assert!(list == TASKS && !text.contains("cannot"), "{title}: {text}");
        assert_eq!(after(&[], &[&format!("add {title}")]).0, [title]);
    }
}
