//! What was not meant is taken back, and done again if it was.

use super::everyday::{TASKS, after, changed, unchanged};
use crate::testing::TestHost;

#[test]
fn what_was_not_meant_is_undone() {
    for said in [
        "oops, wrong one",
        "that was a mistake!",
        "No, I haven't.",
        "actually not",
        "sorry, I take that back",
        "not done",
        "nee, doch nicht",
        "Ups, das war falsch",
        "nimm das bitte zurück",
        "Das war ein Versehen",
        "I didn't call mum",
    ] {
        unchanged(&["complete 2", said], "");
        let text = after(&TASKS, &["complete 2", said]).1;
        assert!(
            text.starts_with("Undone") || text.starts_with("Rückgängig") || text.starts_with("Reopened"),
            "{said}: {text}"
        );
    }
    unchanged(&["rename 2 to Call dad", "no, change it back"], "Undone");
    unchanged(&["delete 2", "I still need it"], "Brought back #2");
    unchanged(&["add tea", "remove that again"], "Undone: added \"tea\"");
}

#[test]
fn nothing_is_undone_where_nothing_was_done() {
    for said in ["that was wrong", "doch nicht", "by mistake"] {
        changed(
            &["complete 2", "what's left?", said],
            &["Buy milk", "✓ Call mum", "Pay rent", "Finish report", "✓ Book dentist", "Buy eggs and bread"],
        );
        unchanged(&[said], if said == "doch nicht" { "lasse alles" } else { "leave everything" });
    }
    // A mere no to what is done may mean something else.
    changed(
        &["complete 2", "never mind"],
        &["Buy milk", "✓ Call mum", "Pay rent", "Finish report", "✓ Book dentist", "Buy eggs and bread"],
    );
    assert_eq!(after(&TASKS, &["complete 2", "never mind"]).1, "That is done already. Say \"undo\" to take it back.");
}

#[test]
fn what_was_undone_is_done_again() {
    for again in ["redo", "again please", "do it again", "Nochmal!", "mach das noch einmal"] {
        let text = TestHost::with_tasks(&["tea"]).talk(&["complete 1", "undo", again]);
        assert!(text.ends_with("\"tea\"."), "{again}: {text}");
        assert!(text.starts_with("Done again") || text.starts_with("Noch einmal getan"), "{again}: {text}");
    }
    for nothing in [&["redo that"][..], &["complete 1", "redo"], &["complete 1", "undo", "redo", "redo"]] {
        let text = TestHost::with_tasks(&["tea"]).talk(nothing);
        assert_eq!(text, "There is nothing to redo: nothing is undone in this conversation.", "{nothing:?}");
    }
    let text = TestHost::with_tasks(&["Tee"]).talk(&["bitte wiederholen"]);
    assert!(text.starts_with("Es gibt nichts zu wiederholen"), "{text}");
}

#[test]
fn a_question_about_one_task_has_a_yes_or_a_no() {
    for (asked, reply) in [
        ("is the rent paid yet?", "No, it is still open:\n#3 Pay rent"),
        ("rent paid?", "No, it is still open:\n#3 Pay rent"),
        ("have i paid the rent already", "No, it is still open:\n#3 Pay rent"),
        ("Is number 5 done yet?", "Yes, it is done:\n#5 Book dentist (done)"),
        ("has the dentist been booked?", "Yes, it is done:\n#5 Book dentist (done)"),
        ("did I call mum", "No, it is still open:\n#2 Call mum"),
        ("do I still have to call mum?", "Yes, it is still open:\n#2 Call mum"),
        ("do I need to book the dentist?", "No, it is done:\n#5 Book dentist (done)"),
        ("Ist der Dentist schon erledigt?", "Ja, das ist erledigt:\n#5 Book dentist (erledigt)"),
    ] {
        unchanged(&[asked], reply);
    }
    let text = after(&["Mama anrufen"], &["Muss ich heute noch Mama anrufen?"]).1;
    assert_eq!(text, "Ja, das ist noch offen:\n#1 Mama anrufen");
}
