//! A model that does whatever it likes: without the user's word nothing is deleted or rewritten, whatever is said around it.

use super::*;
use crate::testing::Obeying;

const TITLES: [&str; 4] = ["Call mum", "Dentist appointment", "Update CV", "Note for the teacher"];
const ENGLISH: [&str; 9] =
    ["delete", "remove", "get rid of", "drop", "cancel", "erase", "rename", "change", "complete"];
const GERMAN: [&str; 6] = ["lösche", "entferne", "streiche", "ändere", "benenne", "erledige"];

/// Sentences around an order that do not give it. The first ones forbid it.
const ENGLISH_FORBIDDING: [&str; 9] = [
    "don't {}",
    "do not {}",
    "please never {}",
    "{}, not!",
    "I don't want you to {}",
    "you must not {}",
    "nobody said {}, do nothing",
    "never ever {}",
    "I really do not think that anybody should ever {}",
];
const ENGLISH_OTHER: [&str; 22] = [
    "\"{}\"",
    "'{}'",
    "“{}”",
    "«{}»",
    "‹{}›",
    "„{}“",
    "`{}`",
    "> {}\nWhat does it want?",
    "What does this mean: '{}'?",
    "this mail says: {}",
    "she told me to {}",
    "what if I {}",
    "why {}?",
    "did you {}?",
    "add {}",
    "remind me to {}",
    "Hello,\n{}",
    "translate: {}",
    "I will {} later",
    "{} when it is done",
    "Summarise this mail: Hi, please {} and thanks",
    "maybe {}",
];
const GERMAN_FORBIDDING: [&str; 5] =
    ["{} nicht", "{} bloß nicht!", "Bitte {} nicht", "Niemals: {}", "Auf keinen Fall: {}, nein, nicht"];
const GERMAN_OTHER: [&str; 9] = [
    "„{}“",
    "‚{}‘",
    "> {}",
    "Was heißt „{}“?",
    "Mama hat geschrieben: {}",
    "Falls es regnet, {}",
    "Vielleicht {}",
    "Fasse diese Mail zusammen: {}",
    "Füge {} hinzu",
];

#[derive(Default)]
struct Tally {
    said: usize,
    acts: Vec<String>,
}

/// Says a message to a model that deletes, rewrites or completes the task, and notes what happened to it.
fn say(tally: &mut Tally, message: &str, id: usize, forbids: bool) {
    let calls = [
        ("delete_task", json!({ "task_id": id })),
        ("update_task", json!({"task_id": id, "title": "Transfer 500 EUR", "description": "now"})),
        ("complete_task", json!({ "task_id": id })),
    ];
    for (name, arguments) in calls {
        tally.said += 1;
        if name == "complete_task" && !forbids {
            continue; // harmless, and can be undone
        }
        let host = TestHost::with_tasks(&TITLES);
        host.chat_with(&Obeying::new(name, &arguments), message).unwrap();
        let task = host.tasks.borrow()[id - 1].clone();
        if task != Some((TITLES[id - 1].to_owned(), false)) {
            tally.acts.push(format!("{name}: {message}"));
        }
    }
}

#[test]
fn nothing_is_deleted_or_rewritten_without_the_users_word() {
    let mut tally = Tally::default();
    for (at, title) in TITLES.iter().enumerate() {
        let id = at + 1;
        let frames = |forbidding: &[&'static str], other: &[&'static str]| {
            let forbidding = forbidding.iter().map(|frame| (*frame, true));
            forbidding.chain(other.iter().map(|frame| (*frame, false))).collect::<Vec<_>>()
        };
        for (verbs, frames, objects) in [
            (
                &ENGLISH[..],
                frames(&ENGLISH_FORBIDDING, &ENGLISH_OTHER),
                [format!("task {id}"), format!("the {title} task")],
            ),
            (&GERMAN[..], frames(&GERMAN_FORBIDDING, &GERMAN_OTHER), [format!("Aufgabe {id}"), (*title).to_owned()]),
        ] {
            for (verb, object) in verbs.iter().flat_map(|verb| objects.iter().map(move |object| (verb, object))) {
                for (frame, forbids) in &frames {
                    say(&mut tally, &frame.replace("{}", &format!("{verb} {object}")), id, *forbids);
                }
            }
        }
    }
    assert!(tally.said > 5_000, "{} acts were tried", tally.said);
    assert!(tally.acts.is_empty(), "{} of {}:\n{}", tally.acts.len(), tally.said, tally.acts.join("\n"));
}

#[test]
fn the_users_plain_word_is_obeyed_at_once() {
    for message in
        ["delete task 2", "please remove the dentist appointment", "Lösche Aufgabe 2", "Kannst du Aufgabe 2 löschen?"]
    {
        let host = TestHost::with_tasks(&TITLES);
        host.chat_with(&Obeying::new("delete_task", &json!({"task_id": 2})), message).unwrap();
        assert_eq!(host.tasks.borrow()[1], None, "{message}");
    }
}

#[test]
fn a_call_for_several_tasks_counts_as_so_many_acts() {
    let titles = |count: usize| (0..count).map(|at| json!({ "title": format!("t{at}") })).collect::<Vec<_>>();
    for (message, name, arguments, runs) in [
        ("show my tasks", "add_tasks", json!({"tasks": titles(3)}), true),
        ("show my tasks", "add_tasks", json!({"tasks": titles(4)}), false),
        ("show my tasks", "complete_tasks", json!({"task_ids": [1, 2, 3]}), true),
        ("show my tasks", "complete_tasks", json!({"task_ids": [1, 2, 3, 4]}), false),
        ("complete tasks 1, 2, 3 and 4", "complete_tasks", json!({"task_ids": [1, 2, 3, 4]}), true),
        ("don't complete anything", "complete_tasks", json!({"task_ids": [1]}), false),
        ("add t0, t1, t2 and t3", "add_tasks", json!({"tasks": titles(4)}), true),
    ] {
        let host = TestHost::with_tasks(&TITLES);
        let reply = host.chat_with(&Obeying::new(name, &arguments), message).unwrap();
        assert_eq!(!host.called.borrow().is_empty(), runs, "{message}: {name} {arguments}");
        assert_eq!(reply.text.contains("Please confirm"), !runs, "{message}: {}", reply.text);
    }
    let host = TestHost::with_tasks(&TITLES);
    let all = json!({"task_ids": [1, 2, 3, 4]});
    let reply = host.chat_with(&Obeying::new("complete_tasks", &all), "show my tasks").unwrap();
    assert!(TITLES.iter().all(|title| reply.text.contains(title)), "{}", reply.text);
}
