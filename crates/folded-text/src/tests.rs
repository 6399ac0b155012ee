use proptest::prelude::*;
use serde_json::Value;

use super::*;

fn cases(name: &str) -> Vec<Value> {
    let file: Value =
        serde_json::from_str(include_str!("../../../tests/fixtures/folding.json")).expect("the file is JSON");
    file[name].as_array().expect("the file has this list").clone()
}

fn text(value: &Value) -> &str {
    value.as_str().expect("a text")
}

#[test]
fn every_spelling_folds_as_the_table_says() {
    for case in cases("folded") {
        assert_eq!(folded(text(&case[0])), text(&case[1]), "{case}");
    }
}

#[test]
fn a_search_finds_what_the_table_says() {
    for case in cases("matches") {
        let found = matches_all(
            &search_terms(text(&case["query"])),
            case["id"].as_i64().unwrap(),
            &folded(text(&case["text"])),
        );
        assert_eq!(found, case["found"].as_bool().unwrap(), "{case}");
    }
}

#[test]
fn titles_are_ordered_by_letters_and_by_the_value_of_numbers() {
    for case in cases("sorted") {
        let titles: Vec<&str> = case.as_array().unwrap().iter().map(text).collect();
        let mut sorted = titles.clone();
        sorted.reverse();
        sorted.sort_by_key(|title| sort_key(title));
        assert_eq!(sorted, titles);
    }
}

proptest! {
    #[test]
    fn a_folded_text_folds_to_itself(text in "\\PC*") {
        let once = folded(&text);
        prop_assert_eq!(folded(&once), once);
    }

    #[test]
    fn numbers_are_ordered_by_value(one in 0u128..u128::MAX, other in 0u128..100_000, zeros in 0usize..4) {
        let key = |number: u128| sort_key(&format!("a {}{number} b", "0".repeat(zeros)));
        prop_assert_eq!(key(one).cmp(&key(other)), one.cmp(&other));
    }
}
