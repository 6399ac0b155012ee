use super::*;

#[test]
fn the_reader_chooses_among_the_languages_that_there_are() {
    for (accepted, language) in [
        ("", Language::English),
        ("de", Language::German),
        ("de-AT,de;q=0.9,en;q=0.8", Language::German),
        ("en-GB,de;q=0.9", Language::English),
        ("fr, de;q=0.5, en;q=0.4", Language::German),
        ("fr", Language::English),
        ("de;q=0, *", Language::English),
        ("de;q=x", Language::English),
    ] {
        assert_eq!(Language::preferred(accepted), language, "{accepted}");
    }
}
