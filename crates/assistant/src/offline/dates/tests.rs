use serde_json::Value;

use crate::language::Language;
use crate::testing::TestHost;
use crate::turn::Turn;

/// What a message on a Saturday noon says, and the members of the task that it adds or changes.
fn after(message: &str, language: Language) -> (String, Value) {
    let host = TestHost::with_tasks(&["Pay rent", "Call mum"]);
    host.has_dates.set(true);
    let mut history = vec![Turn::default()];
    let text = host.go_on(&mut history, message, language);
    let last = host
        .called
        .borrow()
        .iter()
        .rev()
        .find(|(name, _)| name != "list_tasks")
        .map(|(_, arguments)| arguments.clone());
    (text, last.unwrap_or_default())
}

#[test]
fn new_tasks_have_the_dates_of_their_words() {
    for (message, language, title, due) in [
        ("Remind me to call the dentist tomorrow at 5pm", Language::English, "call the dentist", "2026-11-29T17:00"),
        ("add water the plants on Monday", Language::English, "water the plants", "2026-11-30"),
        ("remind me tomorrow to call the plumber", Language::English, "call the plumber", "2026-11-29"),
        ("Erinnere mich morgen um 9 Uhr daran, den Müll rauszubringen", Language::German, "", "2026-11-29T09:00"),
        ("Füge Zahnarzt anrufen morgen hinzu", Language::German, "Zahnarzt anrufen", "2026-11-29"),
    ] {
        let (text, arguments) = after(message, language);
        assert_eq!(arguments["due"], due, "{message}: {text} {arguments}");
        assert!(title.is_empty() || arguments["title"] == title, "{message}: {arguments}");
        let wishes = message.to_lowercase().starts_with("remind") || message.starts_with("Erinnere");
        assert_eq!(arguments.get("remind"), wishes.then_some(&serde_json::json!([0])), "{message}: {text}");
        assert!(!text.contains("no dates") && !text.contains("cannot remind"), "{message}: {text}");
    }
    let (_, arguments) = after("add water the plants every Monday #home", Language::English);
    assert_eq!(
        (&arguments["tags"], &arguments["due"]),
        (&serde_json::json!(["home"]), &serde_json::json!("2026-11-30"))
    );
    assert!(arguments["repeat"].as_str().unwrap().starts_with("FREQ=WEEKLY"), "{arguments}");
}

#[test]
fn tasks_get_other_dates() {
    for message in [
        "move the rent to tomorrow",
        "postpone task 1 to tomorrow",
        "set rent for tomorrow",
        "verschiebe Pay rent auf morgen",
    ] {
        let (text, arguments) = after(message, Language::English);
        assert_eq!((&arguments["task_id"], &arguments["due"]), (&1.into(), &"2026-11-29".into()), "{message}: {text}");
    }
    assert!(after("postpone the rent", Language::English).0.contains("To which day?"));
}

#[test]
fn what_is_due_is_with_what_is_overdue() {
    let host = TestHost::with_tasks(&["Pay rent", "Call mum", "Buy milk", "Tidy up"]);
    host.has_dates.set(true);
    for (id, due) in [(1, "2026-11-28"), (2, "2026-11-20T10:00"), (3, "2026-12-01")] {
        host.members.borrow_mut().entry(id).or_default().insert("due".to_owned(), due.into());
    }
    let mut history = vec![Turn::default()];
    let mut say = |message: &str, language| host.go_on(&mut history, message, language);
    assert_eq!(
        say("What is due today?", Language::English),
        "Due:\n#2 Call mum (Friday, 20 November at 10:00)\n#1 Pay rent (today)"
    );
    assert_eq!(say("what is overdue?", Language::English), "Due:\n#2 Call mum (Friday, 20 November at 10:00)");
    assert_eq!(say("Was ist heute fällig?", Language::German).lines().count(), 3);
}
