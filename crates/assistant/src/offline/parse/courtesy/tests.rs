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
