//! JSON from clients that cut a text in the middle of an emoji: half of a surrogate pair is no character, so serde rejects
//! the whole message. It is read as U+FFFD, the character for what cannot be shown.

use serde_json::Value;

/// The JSON value of a text; `None` if it is none.
pub(crate) fn parse(text: &[u8]) -> Option<Value> {
    let value = serde_json::from_slice(text).ok();
    value.or_else(|| serde_json::from_slice(&replace_halves(text)?).ok())
}

/// The text with `\ufffd` for each escaped surrogate that stands alone; `None` if there is none.
fn replace_halves(text: &[u8]) -> Option<Vec<u8>> {
    let mut repaired = Vec::new();
    let (mut copied, mut at) = (0, 0);
    while let Some(rest) = text.get(at..).filter(|rest| !rest.is_empty()) {
        at += match (escaped_unit(rest), rest.get(6..).and_then(escaped_unit)) {
            (Some(0xd800..=0xdbff), Some(0xdc00..=0xdfff)) => 12,
            (Some(0xd800..=0xdfff), _) => {
                repaired.extend_from_slice(&text[copied..at]);
                repaired.extend_from_slice(br"\ufffd");
                copied = at + 6;
                6
            }
            _ if rest[0] == b'\\' => 2,
            _ => 1,
        };
    }
    repaired.extend_from_slice(&text[copied..]);
    (copied > 0).then_some(repaired)
}

/// The UTF-16 unit of an escape `\uXXXX` at the beginning.
fn escaped_unit(text: &[u8]) -> Option<u16> {
    let digits = std::str::from_utf8(text.strip_prefix(br"\u")?.get(..4)?).ok()?;
    digits.bytes().all(|b| b.is_ascii_hexdigit()).then_some(())?;
    u16::from_str_radix(digits, 16).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn half_an_emoji_is_a_replacement_character() {
        for (text, read) in [
            (r#""cut \ud83d""#, "cut \u{fffd}"),
            (r#""\udE00 b""#, "\u{fffd} b"),
            (r#""\ud83d\ud83d\ude00""#, "\u{fffd}😀"),
            (r#""\ud83dx""#, "\u{fffd}x"),
            (r#""\\ud83d \ud83d""#, "\\ud83d \u{fffd}"),
        ] {
            assert_eq!(parse(text.as_bytes()), Some(Value::from(read)), "{text}");
        }
    }

    #[test]
    fn what_is_no_json_stays_none() {
        for text in [r#""\ud83d"#, r#""\ud8""#, r"\ud83d", "{", "", r"\"] {
            assert_eq!(parse(text.as_bytes()), None, "{text}");
        }
    }
}
