use super::*;
use crate::offline::target::TaskTarget;

fn due(words: &str) -> TaskFilter {
    TaskFilter { due: Some(DueCondition::Told(words.to_owned())), ..TaskFilter::default() }
}

#[test]
fn tasks_are_named_by_what_they_have_in_common() {
    let high = TaskFilter { priority: Some("high"), ..TaskFilter::default() };
    let undated = TaskFilter { due: Some(DueCondition::Undated), ..TaskFilter::default() };
    let home = |list: Option<&str>, tags: &[&str]| TaskFilter {
        list: list.map(str::to_owned),
        tags: tags.iter().map(|tag| (*tag).to_owned()).collect(),
        ..TaskFilter::default()
    };
    for (words, filter) in [
        ("everything due today", Some(due("due today"))),
        ("all tasks that are due on friday", Some(due("due on friday"))),
        ("whatever is due tomorrow", Some(due("due tomorrow"))),
        ("today's tasks", Some(due("today"))),
        ("all my tasks for next week", Some(due("next week"))),
        ("everything due heute", Some(due("due heute"))),
        ("alles, was heute fällig ist", Some(due("heute fällig"))),
        ("alle heutigen Aufgaben", Some(due("heute"))),
        ("all overdue", Some(due("overdue"))),
        ("the overdue ones", Some(due("overdue"))),
        ("alle überfälligen Aufgaben", Some(due("überfälligen"))),
        ("everything due before friday", Some(due("due before friday"))),
        ("all tasks due soon", Some(due("due soon"))),
        ("tasks without a date", Some(undated)),
        ("all urgent tasks", Some(high.clone())),
        ("alle Aufgaben mit hoher Priorität", Some(high)),
        ("all tasks in the list Home", Some(home(Some("Home"), &[]))),
        ("everything on my \"Summer house\" list", Some(home(Some("Summer house"), &[]))),
        ("alle Aufgaben der Liste Home", Some(home(Some("Home"), &[]))),
        ("all tasks tagged home and garden", Some(home(None, &["home", "garden"]))),
        ("alles mit dem Tag #home", Some(home(None, &["home"]))),
        ("overdue", None), // a title, as in "complete overdue"
        ("all tasks for the party", None),
        ("all tasks due today for Ann and Bob Miller", None),
        ("\"overdue tasks\"", None),
        ("everything", None),
        ("all", None),
        ("tasks", None),
        ("the rent", None),
        ("", None),
    ] {
        let common = match TaskTarget::parse(words) {
            TaskTarget::Common(filter) => Some(*filter),
            _ => None,
        };
        assert_eq!(common, filter, "{words}");
    }
}

#[test]
fn orders_are_read_with_their_direction() {
    for (text, argument) in [
        ("show tasks sorted by due date", "due"),
        ("show tasks by due date descending", "-due"),
        ("tasks by priority", "priority"),
        ("tasks by priority ascending", "-priority"),
        ("tasks sorted alphabetically", "title"),
        ("tasks in alphabetical order", "title"),
        ("tasks, newest first", "-created_at"),
        ("Aufgaben nach Titel absteigend sortiert", "-title"),
        ("Aufgaben sortiert nach Datum", "due"),
        ("Aufgaben, die wichtigsten zuerst", "priority"),
        ("Aufgaben, neueste zuerst", "-created_at"),
    ] {
        let reading = read_filter(text);
        assert_eq!(reading.filter.order.map(TaskOrder::argument), Some(argument), "{text}");
        assert_eq!(reading.unread, None, "{text}");
    }
}

#[test]
fn a_day_that_does_not_exist_is_told_from_words() {
    for (words, is_time) in [
        ("31 june", true),
        ("den 30. Februar", true),
        ("6 people", false),
        ("call dad tomorrow", false),
        ("a week", false),
    ] {
        assert_eq!(is_unread_time(words), is_time, "{words}");
    }
}
