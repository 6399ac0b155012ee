//! Whole turns of the offline assistant against a list behind the tools.

mod additions;
mod asked_periods;
mod evaluation;
mod everyday;
mod filing;
mod kept;
mod lists;
mod many;
mod taking_back;
mod things;
mod told_dates;

use serde_json::json;

use super::act::action::call;
use super::act::english::NOTICE;
use super::act::german::NOTICE as GERMAN_NOTICE;
use super::model::{OfflineModel, response};
use crate::language::Language;
use crate::testing::{TestHost, clock};

fn tools_used(host: &TestHost) -> Vec<String> {
    host.called.borrow().iter().map(|(name, _)| name.clone()).collect()
}

#[test]
fn adding_and_showing() {
    let host = TestHost::default();
    assert_eq!(host.chat_offline("What's left?").text, "You have no pending tasks.");
    let reply = host.chat_offline("add buy milk and call mum");
    assert_eq!(reply.text, "Added #1 buy milk.\nAdded #2 call mum.");
    assert_eq!(reply.calls.len(), 2);
    assert_eq!(host.chat_offline("show my tasks").text, "Your tasks:\n#1 buy milk\n#2 call mum");
}

#[test]
fn completing_by_number_and_by_title() {
    let host = TestHost::with_tasks(&["Buy groceries", "Call mum"]);
    assert_eq!(host.chat_offline("Mark task #1 as complete").text, "Completed #1 Buy groceries.");
    assert_eq!(tools_used(&host), ["complete_task"]);
    assert_eq!(host.chat_offline("complete mum").text, "Completed #2 Call mum.");
    assert_eq!(tools_used(&host), ["complete_task", "list_tasks", "complete_task"]);
    assert_eq!(host.chat_offline("show completed tasks").text.lines().count(), 3);
    assert_eq!(host.chat_offline("reopen groceries").text, "Reopened #1 Buy groceries.");
    assert_eq!(host.chat_offline("what's left?").text, "Your pending tasks:\n#1 Buy groceries");
}

#[test]
fn several_titles_are_found_one_by_one() {
    let host = TestHost::with_tasks(&["Buy groceries", "Call mum", "Fish and chips"]);
    assert_eq!(host.chat_offline("complete fish and chips").text, "Completed #3 Fish and chips.");
    assert_eq!(
        host.chat_offline("complete groceries and mum").text,
        "Completed #1 Buy groceries.\nCompleted #2 Call mum."
    );
}

#[test]
fn renaming_by_number_and_by_a_title_with_the_word_in_it() {
    let host = TestHost::with_tasks(&["talk to mum", "bread"]);
    assert_eq!(host.chat_offline("rename task 2 to Buy bread").text, "Renamed #2 Buy bread.");
    assert_eq!(host.chat_offline("rename talk to mum to call mum").text, "Renamed #1 call mum.");
    assert_eq!(host.tasks.borrow()[0], Some(("call mum".to_owned(), false)));
}

#[test]
fn deleting_by_number_and_by_title() {
    let host = TestHost::with_tasks(&["Buy groceries", "milk", "eggs", "tea"]);
    assert_eq!(host.chat_offline("delete task 2").text, "Deleted #2 milk.");
    assert_eq!(host.chat_offline("delete the groceries task").text, "Deleted #1 Buy groceries.");
    for message in ["delete eggs and tea", "delete tasks #3, #4"] {
        let reply = host.chat_offline(message);
        assert!(reply.text.starts_with("Please confirm:\n- delete #3 \"eggs\"\n- delete #4 \"tea\""), "{}", reply.text);
    }
    assert_eq!(host.tasks.borrow().iter().flatten().count(), 2);
}

#[test]
fn an_ambiguous_or_unknown_title_leads_to_a_question() {
    let host = TestHost::with_tasks(&["Buy milk", "Milk the cow"]);
    let reply = host.chat_offline("delete milk");
    assert!(reply.text.contains("#1 Buy milk") && reply.text.contains("#2 Milk the cow"), "{}", reply.text);
    assert!(host.chat_offline("complete bread").text.starts_with("I found no task"));
    assert!(host.chat_offline("complete it").text.starts_with("Which task"));
    assert!(host.chat_offline("delete them").text.starts_with("Which task"));
    assert!(host.chat_offline("delete all my tasks").text.starts_with("Please confirm:"));
    assert_eq!(host.chat_offline("clear completed tasks").text, "There is nothing to delete.");
    assert!(host.chat_offline("add a task").text.starts_with("What should"));
    assert_eq!(host.chat_offline("complete task 9").text, "Not completed: No task with id 9.");
    assert!(host.tasks.borrow().iter().all(Option::is_some));
}

#[test]
fn several_commands_run_one_after_the_other() {
    let host = TestHost::with_tasks(&["milk", "eggs", "tea"]);
    let reply = host.chat_offline("complete eggs and delete task 1 and show pending tasks");
    assert_eq!(reply.text, "Completed #2 eggs.\nDeleted #1 milk.\nYour pending tasks:\n#3 tea");
    assert_eq!(host.chat_offline("undo that").text, "Brought back #1 milk.");
    assert_eq!(host.chat_offline("undo").text, "Undone: completed \"eggs\".");
    assert_eq!(host.chat_offline("complete tea and delete milk").text, "Completed #3 tea.\nDeleted #1 milk.");
    let read = tools_used(&host).iter().filter(|name| *name == "list_tasks").count();
    assert_eq!(read, 3, "the list is read once for both titles");
    assert_eq!(host.chat_offline("add bread, then complete it").text, "Added #4 bread.\nCompleted #4 bread.");
    assert_eq!(host.chat_offline("complete 4 and undo that").text, "Completed #4 bread.\nUndone: completed \"bread\".");
}

#[test]
fn a_title_that_holds_a_command_is_a_title() {
    let host = TestHost::with_tasks(&["sort and delete photos", "photos"]);
    assert_eq!(host.chat_offline("complete sort and delete photos").text, "Completed #1 sort and delete photos.");
    assert!(host.tasks.borrow().iter().all(Option::is_some));
}

#[test]
fn it_means_the_task_that_was_mentioned() {
    for (messages, reply) in [
        (&["add milk", "mark it as done"][..], "Completed #2 milk."),
        (
            &["complete task 1", "actually, rename it to bread"],
            "Please confirm: change #1 \"tea\": title \"bread\"? Say \"yes\" or \"no\".",
        ),
        (&["find tea", "complete it"], "Completed #1 tea."),
        (&["add tasks: a, b", "complete both"], "Completed #2 a.\nCompleted #3 b."),
        (
            &["add tasks: a, b", "complete it"],
            "Which task should I complete? Name it by number or title, for example \"complete task 3\".",
        ),
        (
            &["complete it"],
            "Which task should I complete? Name it by number or title, for example \"complete task 3\".",
        ),
        (&["add milk", "thanks", "delete it"], "Please confirm: delete #2 \"milk\"? Say \"yes\" or \"no\"."),
    ] {
        assert_eq!(TestHost::with_tasks(&["tea"]).talk(messages), reply, "{messages:?}");
    }
}

#[test]
fn undo_takes_back_the_last_change_whatever_it_was() {
    for (messages, reply) in [
        (&["complete task 1", "undo that"][..], "Undone: completed \"tea\"."),
        (&["delete task 1", "what's left?", "undo"], "Brought back #1 tea."),
        (&["complete task 1", "reopen task 1", "undo"], "Undone: reopened \"tea\"."),
        (&["complete task 1", "add milk", "undo", "undo"], "Undone: completed \"tea\"."),
        (&["add milk", "undo", "undo"], "Nothing is left to undo in this conversation."),
        (&["complete task 1", "undo", "redo"], "Done again: \"tea\"."),
        (
            &["complete task 1", "undo", "redo", "redo"],
            "There is nothing to redo: nothing is undone in this conversation.",
        ),
        (&["complete task 1", "undo", "redo", "undo"], "Undone: \"tea\"."),
        (&["complete task 1", "undo", "redo", "undo", "undo"], "Nothing is left to undo in this conversation."),
        (&["redo"], "There is nothing to redo: nothing is undone in this conversation."),
        (&["add milk", "undo that"], "Undone: added \"milk\"."),
        (&["add tasks: a, b, c", "undo"], "Undone: added \"c\".\nUndone: added \"b\".\nUndone: added \"a\"."),
        (&["undo"], "Nothing was undone: There is no change of yours that is not undone already."),
    ] {
        assert_eq!(TestHost::with_tasks(&["tea"]).talk(messages), reply, "{messages:?}");
    }
}

#[test]
fn the_next_message_answers_a_question() {
    let host = || TestHost::with_tasks(&["Buy milk", "Milk the cow", "tea"]);
    for (messages, reply) in [
        (&["complete milk", "2"][..], "Completed #2 Milk the cow."),
        (&["complete milk", "the first one"], "Completed #1 Buy milk."),
        (&["complete milk", "the cow one"], "Completed #2 Milk the cow."),
        (&["complete milk", "both, please"], "Completed #1 Buy milk.\nCompleted #2 Milk the cow."),
        (&["complete", "tea"], "Completed #3 tea."),
        (
            &["rename milk to bread", "#1"],
            "Please confirm: change #1 \"Buy milk\": title \"bread\"? Say \"yes\" or \"no\".",
        ),
        (&["delete milk", "the second"], "Please confirm: delete #2 \"Milk the cow\"? Say \"yes\" or \"no\"."),
        (&["complete milk", "show my tasks"], "Your tasks:\n#1 Buy milk\n#2 Milk the cow\n#3 tea"),
        (&["add a task", "feed the cat"], "Added #4 feed the cat."),
        (&["feed the cat", "yes"], "Added #4 feed the cat."),
        (&["what's left?", "2"], "What should I do with it? Say for example \"complete task 3\"."),
    ] {
        assert_eq!(host().talk(messages), reply, "{messages:?}");
    }
}

#[test]
fn tasks_are_found_counted_and_taken_by_their_place() {
    let host = TestHost::with_tasks(&["Buy milk", "Milk the cow", "grocery run"]);
    assert_eq!(host.chat_offline("find milk").text, "#1 Buy milk\n#2 Milk the cow");
    assert_eq!(
        host.chat_offline("is bread on my list?").text,
        "I found no such task. Say \"show my tasks\" to see them all."
    );
    assert_eq!(host.chat_offline("show task 2").text, "#2 Milk the cow");
    assert_eq!(host.chat_offline("complete the grocrey run").text, "Completed #3 grocery run.");
    assert_eq!(host.chat_offline("how many are left?").text, "You have 2 pending tasks:\n#1 Buy milk\n#2 Milk the cow");
    assert_eq!(host.chat_offline("complete the last one").text, "Completed #2 Milk the cow.", "of those that can be");
    assert_eq!(host.chat_offline("complete the second task").text, "There is nothing to complete.");
}

#[test]
fn it_says_what_it_is() {
    let host = TestHost::default();
    assert!(host.chat_offline("help").text.starts_with("I understand simple sentences"));
    assert_eq!(
        host.chat_offline("tell me a joke").text,
        "I did not understand that. Say \"what's left?\", \"add buy milk\" or \"help\"."
    );
    let first = host.chat_with(&OfflineModel::new(Language::English, &clock()), "add milk").unwrap();
    assert_eq!(first.text, format!("Added #1 milk.\n\n{NOTICE}"));
    for (message, reply) in [("add milk", "Hinzugefügt: #2 milk."), ("Hilfe", "Ich verstehe einfache Sätze")] {
        let text = TestHost::with_tasks(&["tea"])
            .chat_with(&OfflineModel::new(Language::German, &clock()), message)
            .unwrap()
            .text;
        assert!(text.starts_with(reply) && text.ends_with(GERMAN_NOTICE), "{text}");
    }
    let text =
        TestHost::default().chat_with(&OfflineModel::new(Language::English, &clock()), "Füge Tee hinzu").unwrap().text;
    assert_eq!(text, format!("Hinzugefügt: #1 Tee.\n\n{GERMAN_NOTICE}"));
}

#[test]
fn its_responses_have_a_shape_that_another_model_can_continue() {
    let response = response(String::new(), vec![call("add_task", json!({"title": "milk"}))]);
    let expected = r#"{"parts":[{"functionCall":{"args":{"title":"milk"},"name":"add_task"}}],"role":"model"}"#;
    assert_eq!(response.content.get(), expected);
}

/// Numbers that look random, the same at each run.
struct Numbers(u64);

impl Numbers {
    fn below(&mut self, end: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).unwrap() % end
    }
}

/// Words and signs that the assistant reads, and letters that are longer in small.
const WORDS: &str = "add|delete|complete|rename|remind me|reopen|mark|set|move|change|undo|show|find|call|make|put|take|the|a|my|task|\
    tasks|1|#2|3,|99999999999999999999|1-3|to|as|is|isn't|done|not|with|and|,|, and|&|then|.|!|?|:|;|\n|\n- |> |\"|'|\
    “|„|«|milk|rent|İstanbul|ẞ|K|é|ﬁ|👍|👨‍👩‍👧|它|ΑΣ|it|them|all|everything|except|the last two|the second one|both|\
    high priority|urgent|tomorrow|at 5pm|on friday|every monday|10 minutes before|an hour before|with a reminder|\
    description:|list|called|off|out|lösche|erledige|füge|hinzu|ändere|benenne|um|in|auf|morgen|um 17 Uhr|jeden Tag|\
    Aufgabe|Aufgaben|die|den|und|und dann|nicht|noch|ist|erledigt|bezahlt|gekauft|erinnere mich|an|vorher|kannst du|\
    can you|please|bitte|I need to|ich muss|no|yes|  ";

#[test]
fn any_words_in_any_order_have_a_reply() {
    let (mut numbers, words) = (Numbers(7), WORDS.split('|').collect::<Vec<_>>());
    for round in 0..600 {
        let count = 1 + numbers.below(12);
        let said: Vec<&str> = (0..count).map(|_| words[numbers.below(words.len())]).collect();
        let message = said.join(if round % 7 == 0 { "" } else { " " });
        let host = TestHost::with_tasks(&["Buy milk", "Pay rent", "İstanbul ẞ"]);
        host.has_dates.set(round % 2 == 0);
        let text = host.talk(&[&message]);
        assert!(!text.is_empty(), "{message}");
    }
}
