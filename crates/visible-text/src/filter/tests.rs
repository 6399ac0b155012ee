use super::*;

#[test]
fn what_nobody_sees_is_dropped() {
    let hidden = [
        "\u{200b}",
        "\u{2060}",
        "\u{feff}",
        "\u{ad}",
        "\u{34f}",
        "\u{2062}\u{2064}\u{2062}",
        "\u{115f}\u{1160}\u{3164}\u{ffa0}",
        "\u{180b}\u{180c}\u{180d}\u{180e}\u{180f}",
        "\u{17b4}\u{17b5}",
        "\u{1d173}\u{1d17a}",
        "\u{fffe}\u{10ffff}\u{fdd0}",
        "\u{202e}\u{2066}\u{2069}\u{202a}",
        "\u{e0041}\u{e007f}\u{e0001}",
        "\u{e0100}\u{e01ef}\u{e0123}",
        "\u{fe0f}\u{fe00}",
        "\u{200c}",
        "\u{200d}\u{200d}",
    ];
    for text in hidden {
        assert_eq!(visible(&format!("Buy milk{text} now")), "Buy milk now", "{text:?}");
        assert_eq!(visible(text), "", "{text:?}");
    }
}

#[test]
fn emoji_stay_whole() {
    for emoji in [
        "👨\u{200d}👩\u{200d}👧",
        "👩🏽\u{200d}🚀",
        "❤\u{fe0f}\u{200d}🔥",
        "🏳\u{fe0f}\u{200d}🌈",
        "1\u{fe0f}\u{20e3}",
        "☺\u{fe0e}",
    ] {
        let text = format!("#3 {emoji} trip");
        assert_eq!(visible(&text), text);
    }
}

#[test]
fn scripts_stay_whole() {
    for text in ["می\u{200c}خواهم", "क्\u{200d}ष", "ന്\u{200d}", "葛\u{e0100}城", "ᠠ\u{180b}", "שלום\u{200f}!"]
    {
        assert_eq!(visible(text), text);
    }
}

#[test]
fn only_the_first_of_a_run_can_change_anything() {
    assert_eq!(visible("❤\u{fe0f}\u{fe0f}\u{fe0e}"), "❤\u{fe0f}");
    assert_eq!(visible("👩\u{200d}\u{200d}🚀"), "👩\u{200d}🚀");
    assert_eq!(visible("می\u{200c}\u{200c}\u{200d}خ"), "می\u{200c}خ");
    assert_eq!(visible("葛\u{e0100}\u{e0101}"), "葛\u{e0100}");
    assert_eq!(visible("a\u{200e}\u{200f}b"), "a\u{200e}b");
}

#[test]
fn one_that_changes_nothing_is_dropped() {
    assert_eq!(visible("👩\u{200d}a"), "👩a");
    assert_eq!(visible("👩\u{200d}"), "👩");
    assert_eq!(visible("1\u{fe0f} egg"), "1 egg");
    assert_eq!(visible("\u{200e}1 \u{200e}2"), "1 2");
    assert_eq!(visible("a\u{e0100}"), "a");
}

#[test]
fn a_text_is_the_same_however_it_is_cut() {
    let text = "\u{200f}a 👨\u{200d}👩\u{200d}👧 می\u{200c}خ\u{200d}\u{200b} 1\u{fe0f}\u{20e3}❤\u{fe0f}x\u{200d}";
    let (mut filter, mut seen) = (VisibleFilter::default(), String::new());
    text.chars().for_each(|c| filter.push(&c.to_string(), &mut seen));
    assert_eq!(seen, visible(text));
    assert_eq!(seen, "\u{200f}a 👨\u{200d}👩\u{200d}👧 می\u{200c}خ\u{200d} 1\u{fe0f}\u{20e3}❤\u{fe0f}x");
}

#[test]
fn a_blank_text_has_nothing_to_read() {
    for text in ["", " \n", "\u{200d}", "\u{2800}", "\u{301}", "\u{fe0f}", "\u{e000}\u{f8ff}", "\u{61c} \u{3164}"] {
        assert!(is_blank(text), "{text:?}");
    }
    for text in ["a", "é", "e\u{301}", "👩", ".", "\u{0600}"] {
        assert!(!is_blank(text), "{text:?}");
    }
}
