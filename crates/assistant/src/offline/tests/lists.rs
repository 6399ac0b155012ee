//! Lists with several conditions and an order: all that is said is obeyed, or it is said what is not understood.

use serde_json::json;

use crate::language::Language;
use crate::testing::TestHost;
use crate::turn::Turn;

/// Tasks of a Saturday, 28 November, with lists, tags, priorities and repeats; the last one is completed.
pub(super) fn host() -> TestHost {
    let host = TestHost::with_tasks(&[
        "Pay rent",
        "Buy milk",
        "Call mum",
        "Report",
        "gym",
        "Read book",
        "Water plants",
        "Old",
    ]);
    host.has_dates.set(true);
    host.tasks.borrow_mut()[7].as_mut().unwrap().1 = true;
    for (id, members) in [
        (1, json!({"due": "2026-11-25", "priority": "high", "list": "Home"})),
        (2, json!({"due": "2026-11-28", "tags": ["shop"]})),
        (3, json!({"due": "2026-11-29T17:00", "tags": ["home"], "priority": "high"})),
        (4, json!({"due": "2026-12-04T12:00", "list": "Work", "tags": ["office"], "priority": "low"})),
        (5, json!({"due": "2026-11-28", "repeat": "FREQ=DAILY"})),
        (7, json!({"due": "2026-11-30", "repeat": "FREQ=WEEKLY;BYDAY=MO", "list": "Home", "priority": "high"})),
        (8, json!({"due": "2026-11-20", "tags": ["home"]})),
    ] {
        host.members.borrow_mut().insert(id, members.as_object().unwrap().clone());
    }
    host
}

/// The numbers of the tasks in a reply, in its order.
fn listed(text: &str) -> Vec<usize> {
    text.lines().filter_map(|line| line.strip_prefix('#')?.split(' ').next()?.parse().ok()).collect()
}

pub(super) fn say(host: &TestHost, message: &str) -> String {
    let is_german = message.chars().any(|letter| "äöüß".contains(letter)) || message.starts_with("Zeig");
    let language = if is_german { Language::German } else { Language::English };
    host.go_on(&mut vec![Turn::default()], message, language)
}

#[test]
fn all_conditions_are_obeyed_together() {
    for (message, tasks) in [
        ("show recurring tasks", &[5, 7][..]),
        ("which tasks repeat?", &[5, 7]),
        ("wiederkehrende Aufgaben", &[5, 7]),
        ("Zeig mir die wiederkehrenden Aufgaben", &[5, 7]),
        ("Welche Aufgaben wiederholen sich?", &[5, 7]),
        ("show daily tasks", &[5]),
        ("Zeig die wöchentlichen Aufgaben", &[7]),
        ("show my recurring tasks in list Home", &[7]),
        ("urgent tasks due within a week", &[1, 3, 7]),
        ("urgent tasks due this week", &[1, 3]),
        ("tasks due next week with tag office", &[4]),
        ("high priority tasks in list Home", &[1, 7]),
        ("what's due tomorrow tagged #home", &[3]),
        ("what's due tomorrow tagged #home?", &[3]),
        ("show tasks without a date", &[6]),
        ("show low priority tasks without a date", &[]),
        ("overdue home tasks", &[1]),
        ("what do I have to do for work next week?", &[4]),
        ("any urgent tasks for tomorrow?", &[3]),
        ("show tasks in list Home", &[1, 7]),
        ("what should I do today?", &[1, 2, 5]),
        ("anything left to buy?", &[2]),
        ("what is due today or overdue?", &[1, 2, 5]),
        ("Was ist noch offen in der Liste Home?", &[1, 7]),
        ("Zeig Aufgaben, die heute fällig oder überfällig sind", &[1, 2, 5]),
        ("show me what's due next week in my Work list", &[4]),
        ("list all tasks tagged home and shop", &[]),
        ("which tasks contain read?", &[6]),
        ("dringende Aufgaben diese Woche", &[1, 3]),
        ("Welche wichtigen Aufgaben sind in der Liste Home?", &[1, 7]),
        ("Was ist morgen fällig mit Tag home?", &[3]),
        ("Zeig überfällige Aufgaben mit hoher Priorität", &[1]),
        ("Zeig alle Aufgaben mit hoher Priorität, die morgen fällig sind", &[3]),
        ("Zeig mir Aufgaben ohne Termin", &[6]),
    ] {
        let text = say(&host(), message);
        let mut found = listed(&text);
        found.sort_unstable();
        assert_eq!(found, tasks, "{message}: {text}");
    }
}

#[test]
fn an_order_is_obeyed() {
    for (message, tasks) in [
        ("show my tasks sorted by due date", &[8, 1, 2, 5, 3, 7, 4, 6][..]),
        ("sort my tasks by due date", &[8, 1, 2, 5, 3, 7, 4, 6]),
        ("Zeig meine Aufgaben nach Fälligkeit sortiert", &[8, 1, 2, 5, 3, 7, 4, 6]),
        ("show my tasks by priority", &[1, 3, 7, 4, 2, 5, 6, 8]),
        ("Aufgaben nach Priorität sortiert", &[1, 3, 7, 4, 2, 5, 6, 8]),
        ("list tasks alphabetically", &[2, 3, 5, 8, 1, 6, 4, 7]),
        ("Zeig meine Aufgaben alphabetisch", &[2, 3, 5, 8, 1, 6, 4, 7]),
        ("show my tasks newest first", &[8, 7, 6, 5, 4, 3, 2, 1]),
        ("Zeig mir alle Aufgaben, älteste zuerst", &[1, 2, 3, 4, 5, 6, 7, 8]),
        ("show open tasks by title", &[2, 3, 5, 1, 6, 4, 7]),
        ("no, show open tasks by title", &[2, 3, 5, 1, 6, 4, 7]),
        ("show everything due this month by priority", &[1, 3, 7, 2, 5]),
        ("tasks in the list Home by title", &[1, 7]),
    ] {
        let text = say(&host(), message);
        assert_eq!(listed(&text), tasks, "{message}: {text}");
    }
}

#[test]
fn a_list_says_what_it_lists() {
    for (message, begins) in [
        ("show recurring tasks", "Your pending recurring tasks:\n"),
        ("urgent tasks in list Home by due date", "Your pending high-priority tasks in the list Home, by due date:\n"),
        ("what's due tomorrow tagged #home", "Your pending tasks due tomorrow tagged #home:\n"),
        ("how many overdue tasks are there?", "You have 1 pending overdue task:\n"),
        ("how many urgent tasks do I have?", "You have 3 pending high-priority tasks:\n"),
        ("which tasks have no priority?", "You have no pending tasks without a priority."),
        ("Wie viele Aufgaben sind überfällig?", "Du hast 1 offene überfällige Aufgabe:\n"),
        (
            "Zeig wichtige Aufgaben, älteste zuerst",
            "Deine offenen Aufgaben mit hoher Priorität, die ältesten zuerst:\n",
        ),
    ] {
        let text = say(&host(), message);
        assert!(text.starts_with(begins), "{message}: {text}");
    }
}

#[test]
fn a_condition_that_is_not_understood_lists_nothing() {
    for (message, says) in [
        ("show tasks with no list", "\"no\""),
        ("show overdue tasks due next week", "understand the date"),
        ("show tasks from Ann", "\"from Ann\""),
        ("show tasks assigned to Bob", "\"assigned\""),
        ("show tasks sorted by colour", "\"by colour\""),
        ("show tasks that do not repeat", "\"not\""),
        ("show all tasks except urgent ones", "\"except\""),
        ("show my tasks in reverse order", "\"in reverse\""),
        ("show tasks due on 31 june", "understand the date"),
        ("what did I finish this week?", "when tasks were completed"),
        ("Was habe ich diese Woche erledigt?", "wann Aufgaben erledigt wurden"),
    ] {
        let text = say(&host(), message);
        assert!(text.contains(says) && listed(&text).is_empty(), "{message}: {text}");
    }
}

#[test]
fn acts_on_several_tasks_obey_all_conditions() {
    for (message, tasks) in [
        ("delete everything due by friday", &[1, 2, 3, 4, 5, 7][..]),
        ("delete everything due until tomorrow", &[1, 2, 3, 5]),
        ("delete everything due today", &[2, 5]),
        ("delete all urgent tasks due this week", &[3]),
        ("delete tasks due by tomorrow in list Home", &[1]),
        ("delete all completed tasks tagged home", &[8]),
        ("delete everything due today except milk", &[5]),
        ("lösche alles bis morgen", &[1, 2, 3, 5]),
        ("lösche alles, was bis morgen fällig ist", &[1, 2, 3, 5]),
        ("lösche alle überfälligen Aufgaben", &[1]),
        ("lösche alle wiederkehrenden Aufgaben", &[5, 7]),
        ("delete all tasks due 31 june", &[]),
        ("delete all tasks from Ann", &[]),
        ("delete all tasks that do not repeat", &[]),
        ("complete everything due by today", &[1, 2, 5]),
        ("complete all urgent tasks except mum", &[1, 7]),
        ("erledige alles bis morgen", &[1, 2, 3, 5]),
        ("markiere alle überfälligen Aufgaben als erledigt", &[1]),
        ("move all overdue tasks to monday", &[1]),
        ("verschiebe alles von heute auf morgen", &[2, 5]),
    ] {
        let host = host();
        let mut history = vec![Turn::default()];
        host.go_on(&mut history, message, Language::English);
        let ids: Vec<i64> = host.turn("").calls().filter_map(|call| call.arguments.get("task_id")?.as_i64()).collect();
        assert_eq!(ids, tasks, "{message}");
    }
}

#[test]
fn what_repeats_says_when_it_comes_next() {
    for (message, says) in [
        ("complete gym", "Completed #5 gym. Next: tomorrow."),
        ("complete the plants", "Completed #7 Water plants. Next: Monday, 7 December."),
        ("complete report", "Completed #4 Report (Friday, 4 December at 12:00)."),
    ] {
        let text = say(&host(), message);
        assert!(text.contains(says), "{message}: {text}");
    }
    let text = host().go_on(&mut vec![Turn::default()], "erledige gym", Language::German);
    assert_eq!(text, "Erledigt: #5 gym. Als Nächstes: morgen.");
}
