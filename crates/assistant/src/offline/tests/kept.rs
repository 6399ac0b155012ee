//! Orders that say what they leave as it is.

use super::everyday::{after, unchanged};

const TASKS: [&str; 5] = ["Buy milk", "Buy oat milk", "Buy eggs", "Pay rent", "✓ Call mum"];

#[test]
fn what_is_to_be_kept_is_kept() {
    for (message, left) in [
        ("delete eggs but keep the oat milk", &["Buy milk", "Buy oat milk", "Pay rent", "✓ Call mum"][..]),
        ("delete milk but keep the oat milk", &["Buy oat milk", "Buy eggs", "Pay rent", "✓ Call mum"]),
        ("delete milk, not oat milk", &["Buy oat milk", "Buy eggs", "Pay rent", "✓ Call mum"]),
        ("delete the eggs but keep the receipt", &["Buy milk", "Buy oat milk", "Pay rent", "✓ Call mum"]),
        ("delete 1 and 3 but leave 2", &["Buy oat milk", "Pay rent", "✓ Call mum"]),
        ("delete everything but keep the eggs and the rent", &["Buy eggs", "Pay rent"]),
        ("delete all except 3 and 4", &["Buy eggs", "Pay rent"]),
        ("lösche Eggs, aber behalte Rent", &["Buy milk", "Buy oat milk", "Pay rent", "✓ Call mum"]),
        ("lösche alles außer Rent", &["Pay rent"]),
        ("lösche alles, aber lass Eggs drin", &["Buy eggs"]),
        ("mark all as done except rent", &["✓ Buy milk", "✓ Buy oat milk", "✓ Buy eggs", "Pay rent", "✓ Call mum"]),
        (
            "mark all as done, but leave the rent open",
            &["✓ Buy milk", "✓ Buy oat milk", "✓ Buy eggs", "Pay rent", "✓ Call mum"],
        ),
        (
            "complete everything apart from eggs and rent",
            &["✓ Buy milk", "✓ Buy oat milk", "Buy eggs", "Pay rent", "✓ Call mum"],
        ),
        (
            "markiere alles als erledigt außer Rent",
            &["✓ Buy milk", "✓ Buy oat milk", "✓ Buy eggs", "Pay rent", "✓ Call mum"],
        ),
        (
            "I bought the eggs but not the oat milk",
            &["Buy milk", "Buy oat milk", "✓ Buy eggs", "Pay rent", "✓ Call mum"],
        ),
    ] {
        let (list, text) = after(&TASKS, &[message, "yes"]);
        assert_eq!(list, left, "{message}: {text}");
    }
}

#[test]
fn nothing_happens_to_all_where_what_is_to_be_kept_is_not_there() {
    for message in
        ["delete everything except the piano", "mark all as done but not the piano", "lösche alles außer Klavier"]
    {
        let (list, text) = after(&TASKS, &[message, "yes"]);
        assert_eq!(list, TASKS, "{message}: {text}");
    }
    unchanged(&["don't delete the milk but keep the eggs"], "");
}
