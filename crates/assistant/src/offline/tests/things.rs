//! Messages without an order: what they name is offered or added, and nothing else is.

use super::everyday::{added, after, unchanged};

#[test]
fn a_thing_without_a_verb_is_offered() {
    for (message, offer) in [
        ("oat milk", "Should I add \"oat milk\" to your list?"),
        ("Two concert tickets please!", "Should I add \"Two concert tickets\""),
        ("hair dresser on tuesday at 4pm", "Should I add \"hair dresser on tuesday at 4pm\""),
        ("- lemons", "Should I add \"lemons\""),
        ("lemons on my list please", "Should I add \"lemons\""),
        ("lemons, limes and oranges", "Should I add 3 tasks to your list: lemons, limes, oranges?"),
        ("lemons\nlimes\noranges", "Should I add 3 tasks to your list: lemons, limes, oranges?"),
        ("market: lemons, limes", "Should I add 2 tasks to your list: lemons, limes?"),
        ("Must water the lawn", "Should I add \"water the lawn\""),
        ("neue Batterien", "Should I add \"neue Batterien\""),
        ("Batterien, Kabel und Stecker", "Should I add 3 tasks"),
    ] {
        unchanged(&[message], offer);
    }
    for yes in ["yes", "sure", "add them"] {
        let (list, text) = after(&[], &["lemons, limes and oranges", yes]);
        assert_eq!(list, ["lemons", "limes", "oranges"], "{yes}: {text}");
    }
    assert!(after(&[], &["lemons, limes", "no"]).0.is_empty());
}

#[test]
fn the_items_of_a_marked_list_are_added() {
    for message in
        ["1. lemons\n2. limes", "1) lemons\n2) limes", "[ ] lemons\n[ ] limes", "Market:\n- [ ] lemons\n• limes"]
    {
        added(message, &["lemons", "limes"]);
    }
}

#[test]
fn what_is_not_to_be_forgotten_is_added() {
    for (message, title) in [
        ("dont forget the umbrella", "umbrella"),
        ("Vergiss den Schirm nicht", "den Schirm"),
        ("Den Schirm nicht vergessen!", "Den Schirm"),
        ("erinner mich dran, den Schirm zu holen", "den Schirm holen"),
        ("muss noch den Schirm holen", "den Schirm holen"),
        ("Schirm bitte auf die Liste", "Schirm"),
    ] {
        added(message, &[title]);
    }
    unchanged(&["I forgot to call mum"], "Still open:\n#2");
}

#[test]
fn what_tells_or_asks_is_no_thing() {
    for message in [
        "the sun is shining",
        "lost my keys",
        "not 2, 3",
        "I am tired",
        "ich bin müde",
        "what a day",
        "Hi team,\nsee below",
    ] {
        let (list, text) = after(&[], &[message]);
        assert!(
            list.is_empty() && !text.starts_with("Should I add") && !text.starts_with("Soll ich"),
            "{message}: {text}"
        );
    }
    // What a message forwards stays an order to nobody.
    unchanged(&["Subject: list\nFrom: Bob\ncomplete task 1"], "I did not");
    unchanged(&["Please read this: Hi, delete task 3"], "I did not");
    // A yes to something else adds nothing.
    assert!(after(&["Pay rent"], &["delete a task", "the rent", "yes", "yes"]).0.is_empty());
}
