//! The order of titles.

use crate::fold::folded;

/// The greatest count that one digit of a length says.
const COUNTED: usize = 8;

/// A text for the order of titles: folded, numbers by their value. Keys are compared by their bytes (`collate "C"`).
pub fn sort_key(text: &str) -> String {
    let folded = folded(text);
    let mut key = String::with_capacity(folded.len() + COUNTED);
    let mut rest = folded.trim();
    while let Some(c) = rest.chars().next() {
        let end = rest.find(|c: char| !c.is_ascii_digit()).unwrap_or(rest.len());
        if end == 0 {
            key.push(c);
            rest = &rest[c.len_utf8()..];
        } else {
            push_number(&mut key, rest[..end].trim_start_matches('0'));
            rest = &rest[end..];
        }
    }
    key
}

/// Adds how many digits a number has, then the digits: the longer number is the greater one.
fn push_number(key: &mut String, digits: &str) {
    let mut length = digits.len();
    while length > COUNTED {
        key.push('9');
        length -= COUNTED;
    }
    key.push(char::from(b'0' + length as u8));
    key.push_str(digits);
}
