use serde_json::json;

use super::*;

#[test]
fn a_text_in_pieces_loses_what_nobody_sees() {
    let mut text = VisibleText::default();
    let added: Vec<String> = [" \n", " Hel\u{0}lo\u{202e}", " 👩\u{200d}", "🚀\u{e0041}\t", "you\u{200b} \n"]
        .map(|piece| text.push(piece).to_owned())
        .into();
    assert_eq!(added, ["", "Hello", " 👩", "\u{200d}🚀\t", "you \n"]);
    assert_eq!(text.trimmed(), "Hello 👩\u{200d}🚀\tyou");
}

#[test]
fn stored_json_has_no_character_0() {
    assert_eq!(storable(json!({"a\u{0}": ["b\u{0}c", 1, null]})), json!({"a": ["bc", 1, null]}));
}
