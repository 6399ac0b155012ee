use serde_json::json;

use super::*;

#[test]
fn a_title_is_trimmed_and_counted_in_characters() {
    assert_eq!(Title::parse("  buy milk ").unwrap().as_str(), "buy milk");
    assert_eq!(Title::parse("\tMilk\t2 l").unwrap().as_str(), "Milk 2 l");
    assert!(Title::parse(&"ü".repeat(200)).is_ok());
    for bad in
        ["", "   ", "\u{200b}", "a\nb", "a\0b", "a\u{7f}b", "a\u{2028}b", "a\u{2029}b", "a\u{85}b", &"ü".repeat(201)]
    {
        assert!(Title::parse(bad).is_err(), "{bad:?}");
    }
}

#[test]
fn text_that_hides_or_turns_is_dropped() {
    assert_eq!(Title::parse("pay\u{202e}lru\u{202c} \u{e0041}now").unwrap().as_str(), "paylru now");
    assert_eq!(Title::parse("👩\u{200d}🚀").unwrap().as_str(), "👩\u{200d}🚀");
}

#[test]
fn a_title_has_something_to_read() {
    for blank in [
        "\u{200d}",
        "\u{ad}",
        "\u{3164}",
        "\u{2800}",
        "\u{34f}",
        "\u{180e}",
        "\u{200e}",
        "\u{fe0f}",
        "\u{61c}",
        "\u{e0100}",
    ] {
        assert!(Title::parse(blank).is_err(), "{blank:?}");
    }
    assert!(Title::parse("\u{200d}\u{200d}").is_err() && Title::parse(" \u{301} ").is_err());
    assert_eq!(Title::parse("buy milk\u{e0101}\u{e0142}\u{e0155}").unwrap().as_str(), "buy milk");
}

#[test]
fn a_blank_description_is_none() {
    assert_eq!(Description::parse(" \n ").unwrap(), None);
    assert_eq!(Description::parse("two\nlines").unwrap().unwrap().as_str(), "two\nlines");
    assert!(Description::parse(&"ü".repeat(10_000)).is_ok() && Description::parse(&"a".repeat(10_001)).is_err());
    assert!(Description::parse("a\u{1}").is_err());
}

#[test]
fn an_id_is_a_plain_positive_number() {
    assert_eq!(TaskId::parse("42").unwrap().get(), 42);
    assert_eq!(TaskId::parse("9223372036854775807").unwrap().get(), i64::MAX);
    for bad in ["", "0", "-1", "+1", "01", "1.0", "9223372036854775808", "１"] {
        assert!(TaskId::parse(bad).is_none(), "{bad}");
    }
}

#[test]
fn task_numbers_are_counted_once() {
    let body = json!({"a": [3, 1, 3], "b": [], "c": [1, 2, 3, 4], "d": [0], "e": ["1"], "f": 1});
    let mut fields = FieldReader::new(body.as_object().unwrap(), &["a", "b", "c", "d", "e", "f"]);
    let read = ["a", "b", "c", "d", "e", "f"].map(|name| TaskId::read_list(&mut fields, name, 3).map(|ids| ids.len()));
    assert_eq!(read, [Some(2), None, None, None, None, None]);
}
