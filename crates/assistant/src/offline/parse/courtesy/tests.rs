use super::*;

#[test]
fn courtesies_are_left_out_and_nothing_else_is() {
    for (text, meant) in [
        ("Hello! Could you please show my tasks? Thanks!", "show my tasks"),
        ("hey there", "there"),
        ("please", "please"),
        ("thanks", "thanks"),
        ("Ok, now delete task 3 for me, please.", "delete task 3"),
        ("I'd like you to add milk", "add milk"),
        ("add please and thank you cards", "add please and thank you cards"),
    ] {
        assert_eq!(strip_courtesies(text), meant, "{text}");
    }
}

#[test]
fn a_slip_is_one_letter() {
    for (word, meant) in [
        ("dlete", "delete"),
        ("deleet", "delete"),
        ("shwo", "show"),
        ("shoow", "show"),
        ("compelte", "complete"),
        ("remove", "removee"),
        ("renane", "rename"),
        ("taks", "task"),
    ] {
        assert!(is_slip(word, meant), "{word}");
    }
    for (word, other) in
        [("lost", "list"), ("park", "mark"), ("remember", "remove"), ("completed", "complement"), ("ad", "add")]
    {
        assert!(!is_slip(word, other), "{word}");
    }
    assert_eq!(correct_slips("dlete taks 3").as_deref(), Some("delete task 3"));
    assert_eq!(correct_slips("would you ask mum"), None);
}
