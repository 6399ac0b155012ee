//! Acts on more tasks than one answer can hold: nothing ends at a limit.

use serde_json::json;

use crate::language::Language;
use crate::testing::TestHost;
use crate::turn::Turn;

fn list_of(count: usize) -> TestHost {
    let titles: Vec<String> = (1..=count).map(|number| format!("task {number}")).collect();
    let host = TestHost::with_tasks(&titles.iter().map(String::as_str).collect::<Vec<_>>());
    host.has_dates.set(true);
    host
}

fn done(host: &TestHost) -> usize {
    host.tasks.borrow().iter().flatten().filter(|(_, done)| *done).count()
}

#[test]
fn all_tasks_are_completed_after_one_question() {
    for (count, message, language) in [
        (51, "mark all as done", Language::English),
        (120, "complete everything", Language::English),
        (120, "erledige alles", Language::German),
        (1000, "mark all as done", Language::English),
    ] {
        let host = list_of(count);
        let mut history = vec![Turn::default()];
        let question = host.go_on(&mut history, message, language);
        assert!(
            question.contains(&format!("for {count} tasks")) || question.contains(&format!("für {count} Aufgaben")),
            "{question}"
        );
        assert!(question.lines().count() <= 50 && question.len() < 20_000, "{question}");
        assert_eq!(done(&host), 0);
        host.go_on(&mut history, "yes", language);
        assert_eq!(done(&host), count, "{count} {message}");
    }
}

#[test]
fn other_changes_of_many_go_on_with_the_next_ones() {
    let left = |host: &TestHost| host.tasks.borrow().iter().flatten().count();
    for count in [51, 120] {
        let host = list_of(count);
        let mut history = vec![Turn::default()];
        let mut say = |message: &str| host.go_on(&mut history, message, Language::English);
        let question = say("delete all my tasks");
        assert!(
            question.contains(&format!("These are {count} tasks")) && question.contains("\"the next 50\""),
            "{question}"
        );
        say("yes");
        assert_eq!(left(&host), count - 50);
        while left(&host) > 0 {
            let before = left(&host);
            assert!(say("the next 50").contains("confirm"), "{before}");
            say("yes");
            assert_eq!(left(&host), before.saturating_sub(50));
        }
        assert_eq!(say("the next 50"), "There is nothing to delete.");
    }
    let host = list_of(120);
    let dated = |host: &TestHost| {
        host.members.borrow().values().filter(|members| members.get("due") == Some(&json!("2026-11-30"))).count()
    };
    let mut history = vec![Turn::default()];
    for (message, count) in [("move all tasks to monday", 50), ("next 50", 100), ("and the rest", 120)] {
        assert!(host.go_on(&mut history, message, Language::English).contains("confirm"), "{message}");
        host.go_on(&mut history, "yes", Language::English);
        assert_eq!(dated(&host), count, "{message}");
    }
    let host = list_of(60);
    let mut history = vec![Turn::default()];
    for message in ["set everything to high priority", "yes", "the next 50", "yes"] {
        host.go_on(&mut history, message, Language::English);
    }
    assert!(host.members.borrow().values().all(|members| members["priority"] == "high"));
}

#[test]
fn many_titles_are_added_at_once() {
    let host = TestHost::default();
    let lines: Vec<String> = (1..=30).map(|number| format!("- thing number {number}")).collect();
    let list = lines.join("\n");
    assert!(host.talk(&[&list]).contains("for 30 tasks"), "what may be pasted is asked about once");
    host.talk(&[&list, "yes"]);
    assert_eq!(host.tasks.borrow().len(), 30);
    assert_eq!(host.changes.borrow().len(), 2, "in as few calls as the tool allows");
}

#[test]
fn completed_by_the_many_they_are_undone_in_few_changes() {
    let host = list_of(60);
    let mut history = vec![Turn::default()];
    for message in ["complete 1-30", "undo"] {
        host.go_on(&mut history, message, Language::English);
    }
    assert_eq!(done(&host), 0);
    assert_eq!(host.changes.borrow().len(), 4, "two changes, and two undos");
}
