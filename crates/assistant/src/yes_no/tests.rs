use super::*;

#[test]
fn a_yes_or_no_is_the_whole_message() {
    for (message, decision) in [
        ("Yes", Some(true)),
        ("yes, please!", Some(true)),
        ("OK.", Some(true)),
        ("Yes, delete them", Some(true)),
        ("please do", Some(true)),
        ("Да", Some(true)),
        ("Ja, bitte!", Some(true)),
        ("nein danke", Some(false)),
        ("No", Some(false)),
        ("no thanks", Some(false)),
        ("Don’t", Some(false)),
        ("never mind", Some(false)),
        ("yes but not the milk", None),
        ("yesterday", None),
        ("what's left?", None),
        ("add yes", None),
        ("is that a yes or a no", None),
        ("", None),
        ("please", None),
    ] {
        assert_eq!(parse_yes_or_no(message), decision, "{message}");
    }
}
