use super::*;
use crate::testing::clock;
use crate::turn::ModelStep;

fn turn_with(message: &str, outcome: TurnOutcome) -> Turn {
    let step = ModelStep { text: "ok".into(), outcome: Some(outcome), ..ModelStep::default() };
    Turn { message: message.into(), steps: vec![Step::Model(step)] }
}

#[test]
fn the_prompt_names_the_day() {
    let clock = UserClock { local: "2026-11-28T01:00:00".parse().unwrap(), ..clock() };
    assert!(system_prompt(&clock).contains("\nToday is Saturday, 28 November 2026, 01:00 (Europe/Berlin).\n"));
    let late = UserClock { today: clock.today.pred_opt().unwrap(), ..clock };
    let today = "01:00 (Europe/Berlin). The user's day begins later: \"today\" is still Friday, 27 November 2026.\n";
    assert!(system_prompt(&late).contains(today));
}

#[test]
fn a_prompt_holds_the_newest_turns_but_no_refused_one() {
    let mut turns: Vec<Turn> = (0..30).map(|n| turn_with(&format!("m{n}"), TurnOutcome::Complete)).collect();
    turns[29] = turn_with("bad", TurnOutcome::Refused);
    let turns_in_prompt = recent(&turns);
    assert_eq!(turns_in_prompt.len(), MAX_HISTORY_TURNS);
    assert_eq!(turns_in_prompt.first().unwrap().message, "m9");
    assert_eq!(turns_in_prompt.last().unwrap().message, "m28");
}

#[test]
fn a_long_result_is_cut_and_says_how_to_read_the_rest() {
    let task = |id: usize| json!({"id": id, "title": "t".repeat(180), "description": "d".repeat(1000)});
    let tasks: Vec<Value> = (1..=100).map(task).collect();
    let short = shortened(&json!({"tasks": tasks, "next_cursor": "x"}), MAX_RESULT);
    assert!(short.to_string().len() <= MAX_RESULT, "{}", short.to_string().len());
    let shown = short["tasks"].as_array().unwrap().len();
    assert!((20..60).contains(&shown), "{shown}");
    assert!(short["note"].as_str().unwrap().starts_with(&format!("{} more tasks", 100 - shown)), "{short}");
    assert!(short.get("next_cursor").is_none(), "it would skip those that are left out");
    let small = json!({"tasks": [task(1)], "next_cursor": "x"});
    assert_eq!(shortened(&small, MAX_RESULT), small);
    assert!(shortened(&json!({"text": "ü".repeat(20_000)}), 1000).to_string().len() < 1200);
}

#[test]
fn the_last_turn_is_always_in_the_prompt() {
    let turns = [turn_with(&"a".repeat(2 * MAX_HISTORY_BYTES), TurnOutcome::Complete)];
    assert_eq!(recent(&turns).len(), 1);
    assert!(is_oversized(&turns[0]));
}

#[test]
fn a_long_history_is_cut_between_turns() {
    let turns = vec![
        turn_with(&"a".repeat(MAX_HISTORY_BYTES), TurnOutcome::Complete),
        turn_with("b", TurnOutcome::Complete),
        turn_with("c", TurnOutcome::Complete),
    ];
    let turns_in_prompt: Vec<&str> = recent(&turns).iter().map(|turn| turn.message.as_str()).collect();
    assert_eq!(turns_in_prompt, ["b", "c"]);
}
