//! Drops what is not seen.

use crate::table::{
    Invisible, invisible, is_combining, is_han, is_joining_script, is_mongolian, is_private, is_symbol,
};

const ZERO_WIDTH_JOINER: char = '\u{200D}';
const EMOJI_VARIATION: char = '\u{FE0F}';
const KEYCAP: char = '\u{20E3}';
const BRAILLE_BLANK: char = '\u{2800}';

/// A text without the characters that nobody sees. One stays where it changes what is seen: a joiner inside an emoji or
/// after a letter that joins, a variation selector after a character that has variants, a direction mark next to a letter.
/// Line and paragraph separators stay.
pub fn visible(text: &str) -> String {
    let (mut filter, mut seen) = (VisibleFilter::default(), String::with_capacity(text.len()));
    filter.push(text, &mut seen);
    seen
}

/// Whether a text has nothing to read: only white space, marks without a letter, private and invisible characters.
pub fn is_blank(text: &str) -> bool {
    let has_no_meaning =
        |c: char| c.is_whitespace() || c == BRAILLE_BLANK || invisible(c).is_some() || is_combining(c) || is_private(c);
    text.chars().all(has_no_meaning)
}

/// [`visible`] for a text that comes in pieces.
#[derive(Debug, Default)]
pub struct VisibleFilter {
    /// The last character that stayed.
    before: Option<char>,
    /// An invisible character that stays if the next character needs it.
    pending: Option<char>,
}

impl VisibleFilter {
    /// Adds what is seen of the next piece to `seen`. A character at the end that only the next piece can decide about is
    /// held back.
    pub fn push(&mut self, piece: &str, seen: &mut String) {
        for c in piece.chars() {
            let stays = match invisible(c) {
                None | Some(Invisible::Separator) => {
                    let before = self.before;
                    if let Some(pending) = self.pending.take().filter(|pending| is_needed(before, *pending, c)) {
                        seen.push(pending);
                    }
                    true
                }
                Some(Invisible::Ignorable | Invisible::DirectionControl) => false,
                Some(_) if self.pending.is_some() => false,
                Some(kind) => self.stays_after(kind, c),
            };
            if stays {
                seen.push(c);
                self.before = Some(c);
            }
        }
    }

    /// Whether an invisible character changes the one before it. If that depends on the next one, it is held back.
    fn stays_after(&mut self, kind: Invisible, c: char) -> bool {
        let Some(before) = self.before else {
            self.pending = (kind == Invisible::DirectionMark).then_some(c);
            return false;
        };
        match kind {
            Invisible::Joiner if is_joining_script(before) => return true,
            Invisible::VariationSelector if has_variant(before, c) => return true,
            Invisible::Joiner if c == ZERO_WIDTH_JOINER && (is_symbol(before) || before == EMOJI_VARIATION) => {}
            Invisible::VariationSelector if c == EMOJI_VARIATION && is_keycap_base(before) => {}
            Invisible::DirectionMark => {}
            _ => return false,
        }
        self.pending = Some(c);
        false
    }
}

/// Whether the held-back character changes what is seen between these two.
fn is_needed(before: Option<char>, pending: char, after: char) -> bool {
    match invisible(pending) {
        Some(Invisible::Joiner) => is_symbol(after),
        Some(Invisible::VariationSelector) => after == KEYCAP,
        _ => before.is_some_and(char::is_alphabetic) || after.is_alphabetic(),
    }
}

fn has_variant(base: char, selector: char) -> bool {
    match selector {
        '\u{FE00}'..='\u{FE0F}' => is_symbol(base) || is_han(base),
        '\u{180B}'..='\u{180F}' => is_mongolian(base),
        _ => is_han(base),
    }
}

fn is_keycap_base(c: char) -> bool {
    c.is_ascii_digit() || matches!(c, '#' | '*')
}

#[cfg(test)]
mod tests;
