//! Everyday sentences: what they change, and what they leave alone.

use crate::testing::TestHost;

/// Sends the messages and returns the list afterwards, completed tasks marked, and the last response.
pub(super) fn after(titles: &[&str], messages: &[&str]) -> (Vec<String>, String) {
    let host = TestHost::with_tasks(&titles.iter().map(|title| title.trim_start_matches("✓ ")).collect::<Vec<_>>());
    for (task, title) in host.tasks.borrow_mut().iter_mut().flatten().zip(titles) {
        task.1 = title.starts_with("✓ ");
    }
    let text = host.talk(messages);
    let shown = |(title, done): &(String, bool)| if *done { format!("✓ {title}") } else { title.clone() };
    let list = host.tasks.borrow().iter().flatten().map(shown).collect();
    (list, text)
}

pub(super) const TASKS: [&str; 6] =
    ["Buy milk", "Call mum", "Pay rent", "Finish report", "✓ Book dentist", "Buy eggs and bread"];

pub(super) fn changed(messages: &[&str], expected: &[&str]) {
    let (list, text) = after(&TASKS, messages);
    assert_eq!(list, expected, "{messages:?}: {text}");
}

pub(super) fn unchanged(messages: &[&str], says: &str) {
    let (list, text) = after(&TASKS, messages);
    assert_eq!(list, TASKS, "{messages:?}: {text}");
    assert!(text.contains(says), "{messages:?}: {text}");
}

pub(super) fn added(message: &str, titles: &[&str]) {
    let (list, text) = after(&TASKS, &[message]);
    assert_eq!(list, [&TASKS, titles].concat(), "{message}: {text}");
}

#[test]
fn a_wish_for_a_task_owns_the_rest_of_its_sentence() {
    for message in [
        "I have to pick up the kids and cancel the dentist",
        "I need to call the bank and finish the report",
        "add call the bank and finish the report",
        "add clean the kitchen and remove the milk",
        "add buy stamps and complete the rent form",
        "we need to buy stamps and delete the old milk",
    ] {
        let (list, text) = after(&TASKS, &[message]);
        assert_eq!(list[..6], TASKS, "{message}: {text}");
        assert!(list.len() > 6, "{message}: {text}");
        assert!(!text.contains("found no"), "{message}: {text}");
    }
    changed(
        &["add tea and delete task 3"],
        &["Buy milk", "Call mum", "Finish report", "✓ Book dentist", "Buy eggs and bread", "tea"],
    );
}

#[test]
fn a_question_changes_nothing() {
    unchanged(&["milk done?"], "#1");
    unchanged(&["rent done yet?"], "#3");
    unchanged(&["can I delete milk?"], "Please confirm");
    unchanged(&["is rent paid?"], "#3 Pay rent");
    unchanged(&["did I pay the rent?"], "#3 Pay rent");
    unchanged(&["what about the rent?"], "#3 Pay rent");
    unchanged(&["may I remove the rent?"], "Please confirm");
    unchanged(&["is there anything about rent?"], "#3 Pay rent");
    unchanged(&["do I have to buy anything?"], "#1 Buy milk\n#6");
    unchanged(&["what's the first thing on my list"], "#1 Buy milk");
    unchanged(&["list all the tasks containing buy"], "#1 Buy milk\n#6");
}

#[test]
fn a_sentence_that_is_a_title_is_no_order_to_change_it() {
    for (title, message) in [
        ("Drop off parcel", "drop off parcel"),
        ("Cancel Netflix", "cancel netflix"),
        ("Replace batteries", "replace the batteries with new ones"),
        ("Delete old photos", "delete old photos"),
    ] {
        let (list, text) = after(&[title, "Call mum"], &[message]);
        assert_eq!(list, [title, "Call mum"], "{text}");
        assert!(text.starts_with("Do you mean"), "{text}");
    }
    let (list, text) = after(&["Take out the trash", "Call mum"], &["add clean the kitchen and remove the trash"]);
    assert_eq!(list[..2], ["Take out the trash", "Call mum"], "{text}");
}

#[test]
fn titles_are_what_was_said() {
    for (message, titles) in [
        ("add say thank you", &["say thank you"][..]),
        ("add start now", &["start now"]),
        ("add tell mum I love her too", &["tell mum I love her too"]),
        ("add to my list: tofu", &["tofu"]),
        ("add an item: tofu", &["tofu"]),
        ("Add these: 1) stamps 2) envelopes 3) glue", &["stamps", "envelopes", "glue"]),
        ("add a task for Friday: dentist", &["dentist (Friday)"]),
        ("add a high priority task to call dad", &["call dad"]),
        ("add bananas to the groceries list", &["bananas"]),
        ("add a task: buy tea, description: 2 boxes", &["buy tea"]),
        ("add taks buy tea", &["buy tea"]),
        ("add Who is coming to the party?", &["Who is coming to the party?"]),
        ("add milk, urgent, #home", &["milk, urgent, #home"]),
        ("remind me tomorrow to call the plumber", &["call the plumber tomorrow"]),
        ("can you put \"renew passport\" on there", &["renew passport"]),
        ("Could you add tea for me, please?", &["tea"]),
        ("füge Tee hinzu", &["Tee"]),
        ("Ich muss noch Tee kaufen", &["Tee kaufen"]),
    ] {
        added(message, titles);
    }
    unchanged(&["add 3 tasks"], "What should");
    unchanged(&["add a task", "hmm wait, what do I have already?"], "Buy milk");
}

#[test]
fn states_and_tales_change_what_they_tell_of() {
    let done = |number: usize| {
        let mut list: Vec<String> = TASKS.iter().map(|title| (*title).to_owned()).collect();
        list[number - 1].insert_str(0, "✓ ");
        list
    };
    for (message, number) in [
        ("got the milk", 1),
        ("bought milk", 1),
        ("paid the rent", 3),
        ("rent is paid", 3),
        ("just finished 4", 4),
        ("finished report", 4),
        ("finished the report", 4),
        ("maek 1 as done", 1),
        ("erledige Aufgabe 2", 2),
        ("Milk ist erledigt", 1),
    ] {
        let (list, text) = after(&TASKS, &[message]);
        assert_eq!(list, done(number), "{message}: {text}");
    }
    let (list, _) = after(&TASKS, &["I didn't actually book the dentist"]);
    assert_eq!(list[4], "Book dentist");
    unchanged(&["rent isn't paid yet"], "Still open:\n#3");
    unchanged(&["I did not call mum"], "Still open:\n#2");
    unchanged(&["we don't need milk anymore"], "Please confirm: delete #1");
    unchanged(&["cancel the call with mum"], "Please confirm: delete #2");
    assert_eq!(after(&["Cancel Netflix", "Call mum"], &["netflix is cancelled"]).0, ["✓ Cancel Netflix", "Call mum"]);
    unchanged(&["thanks, all done!"], "welcome");
}

#[test]
fn several_tasks_are_named_by_place_by_word_and_by_exception() {
    let both = ["✓ Buy milk", "Call mum", "Pay rent", "Finish report", "✓ Book dentist", "✓ Buy eggs and bread"];
    changed(&["complete all buy tasks"], &both);
    changed(&["find buy", "complete both"], &both);
    changed(
        &["complete the last two"],
        &["Buy milk", "Call mum", "Pay rent", "✓ Finish report", "✓ Book dentist", "✓ Buy eggs and bread"],
    );
    unchanged(&["mark everything except the rent as done"], "Please confirm:\n- complete #1");
    unchanged(&["delete everything I haven't finished"], "delete #6");
    unchanged(&["show completed tasks", "delete them all"], "delete #5 \"Book dentist\"?");
    changed(
        &["complete a task", "the second one"],
        &["Buy milk", "✓ Call mum", "Pay rent", "Finish report", "✓ Book dentist", "Buy eggs and bread"],
    );
    unchanged(&["delete one", "actually none"], "leave everything");
    unchanged(&["finish report by friday"], "Is \"report\" done");
}

#[test]
fn what_there_is_not_is_said_in_one_sentence() {
    for message in [
        "set milk to high priority",
        "move milk to the top",
        "sort my tasks",
        "duplicate task 1",
        "put the rent off",
        "what is due today?",
        "make groceries high priority",
        "change task 6 to Thursday",
        "move rent to tomorrow",
        "tag milk with home",
        "set an alarm for 5pm",
    ] {
        let (list, text) = after(&TASKS, &[message]);
        assert_eq!(list, TASKS, "{message}");
        assert_eq!(text.lines().count(), 1, "{message}: {text}");
        assert!(!text.starts_with("I did not understand"), "{message}: {text}");
    }
    assert!(after(&[], &["Remind me to call the dentist tomorrow at 5pm"]).1.contains("cannot remind you"));
    unchanged(&["I need stamps"], "Should I add \"stamps\"");
    unchanged(&["put the bins out"], "Should I add");
    unchanged(&["Brot kaufen"], "Should I add \"Brot kaufen\"");
    unchanged(&["zeig mir meine Aufgaben"], "#6");
}

#[test]
fn an_offer_is_taken_up_in_several_words() {
    for yes in ["yes please add it", "add it", "yes", "ja bitte"] {
        let (list, text) = after(&[], &["buy stamps", yes]);
        assert_eq!(list, ["buy stamps"], "{yes}: {text}");
    }
    assert!(after(&[], &["buy stamps", "no thanks"]).0.is_empty());
}
