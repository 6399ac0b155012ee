use super::*;

#[test]
fn every_word_of_the_api_is_an_order_and_no_other() {
    let orders = SortOrder::WORDS.map(|word| SortOrder::parse(word).unwrap());
    assert_eq!(orders[0], SortOrder::default());
    assert!(orders.iter().enumerate().all(|(at, order)| !orders[..at].contains(order)));
    for bad in ["", "-", "--id", "Id", "completed", "id,title"] {
        assert!(SortOrder::parse(bad).is_err(), "{bad}");
    }
}

#[test]
fn the_words_of_other_apis_mean_the_same_order() {
    for (theirs, ours) in [
        ("created", "created_at"),
        ("-createdAt", "-created_at"),
        ("updated", "updated_at"),
        ("-updatedAt", "-updated_at"),
        ("name", "title"),
        ("due_date", "due"),
        ("-dueDate", "-due"),
    ] {
        assert_eq!(SortOrder::parse(theirs), SortOrder::parse(ours), "{theirs}");
    }
}

#[test]
fn a_search_is_its_words() {
    assert_eq!(SearchWords::parse("  buy\tOat milk ").unwrap().words(), ["buy", "Oat", "milk"]);
    assert_eq!(SearchWords::parse("").unwrap(), SearchWords::default());
    assert!(SearchWords::parse("a\0").is_err() && SearchWords::parse(&"ü".repeat(201)).is_err());
    assert!(SearchWords::parse(&"ü".repeat(200)).is_ok());
}

#[test]
fn a_position_fits_its_order() {
    let id = TaskId::new(7).unwrap();
    let at = |word: &str, key: &str| Position::new(SortOrder::parse(word).unwrap(), key.to_owned(), id).is_some();
    assert!(at("id", "") && at("-title", "milk") && at("-created_at", "2026-11-24T00:00:00.000Z"));
    assert!(at("priority", "1") && !at("priority", "0") && !at("-priority", "high"));
    assert!(at("due", "") && at("-due", "2026-12-01 23:59:59") && !at("due", "2026-12-01"));
    assert!(at("position", "a1i") && !at("-position", "A"));
    assert!(!at("id", "x") && !at("title", "a\0") && !at("updated_at", "yesterday"));
    let far = Position::new(SortOrder::parse("created_at").unwrap(), "2026-11-24T00:00:00+23:59".to_owned(), id);
    assert_eq!(far.unwrap().key, "2026-11-23T00:01:00.000Z");
}
