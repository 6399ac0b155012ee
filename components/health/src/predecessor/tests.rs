use super::*;

#[test]
fn what_would_be_copied_is_told_in_words() {
    let table = |kind: &str, unknown| {
        PredecessorTable { table: "t".to_owned(), kind: kind.to_owned(), rows: 5, users: 1, unknown }.in_words()
    };
    assert_eq!(table("task", 0), "The table t has 5 rows, tasks of 1 user: they are copied.");
    assert!(table("task", 1).ends_with("they are copied, without 1 row whose user is not known."));
    assert_eq!(table("message", 0), "The table t has 5 rows: they are copied with their conversations.");
}

#[test]
fn what_was_copied_is_told_in_words() {
    let table = |kind: &str, copied, users, unknown| {
        CopiedTable { table: "tasks".to_owned(), kind: kind.to_owned(), copied, users, unknown }
            .in_words()
            .unwrap_or_default()
    };
    assert_eq!(table("task", 12, 3, 0), "12 tasks of 3 users came from the table tasks.");
    let one = "1 conversation of 1 user came from the table tasks. 1 row is left, whose user is not known.";
    assert_eq!(table("conversation", 1, 1, 1), one);
    assert_eq!(table("task", 0, 0, 0), "");
    assert!(table("task", 0, 0, 2).ends_with(" 2 rows are left, whose user is not known."));
}
