//! Parts of a sentence, whatever their case.

use std::ops::Range;

/// Marks that begin a quote, and those that end it.
const QUOTES: [(char, &[char]); 9] = [
    ('"', &['"']),
    ('\'', &['\'', '’']),
    ('„', &['“', '”', '"']),
    ('“', &['”', '"']),
    ('”', &['”']),
    ('‚', &['‘', '’']),
    ('‘', &['’', '\'']),
    ('«', &['»']),
    ('»', &['«']),
];

/// The quotes in a text, with their marks. A mark within a word is an apostrophe.
pub(crate) fn quotes(text: &str) -> Vec<Range<usize>> {
    let is_in_word = |letter: Option<char>| letter.is_some_and(char::is_alphanumeric);
    let (mut found, mut end) = (Vec::new(), 0);
    for (at, open) in text.char_indices() {
        let Some((_, closing)) = QUOTES.iter().find(|(mark, _)| *mark == open) else { continue };
        if at < end || is_in_word(text[..at].chars().next_back()) {
            continue;
        }
        let inside = at + open.len_utf8();
        let closes = |(place, mark): &(usize, char)| {
            let after = inside + place + mark.len_utf8();
            closing.contains(mark) && !is_in_word(text[after..].chars().next())
        };
        if let Some((length, mark)) = text[inside..].char_indices().find(closes)
            && !text[inside..inside + length].trim().is_empty()
        {
            end = inside + length + mark.len_utf8();
            found.push(at..end);
        }
    }
    found
}

/// The first of the characters that stand for quotes.
const FIRST_MASK: u32 = 0xE000;

/// A text in which each quote is one character, so that nothing in a quote is read.
pub(crate) struct MaskedText<'a> {
    pub(crate) text: String,
    quotes: Vec<&'a str>,
}

impl<'a> MaskedText<'a> {
    /// The text with its quotes hidden.
    pub(crate) fn new(text: &'a str) -> Self {
        let (mut masked, mut end) = (String::new(), 0);
        let ranges = quotes(text);
        for (number, range) in (FIRST_MASK..).zip(&ranges) {
            masked.push_str(&text[end..range.start]);
            masked.extend(char::from_u32(number));
            end = range.end;
        }
        masked.push_str(&text[end..]);
        Self { text: masked, quotes: ranges.into_iter().map(|range| &text[range]).collect() }
    }

    /// A part of the text with its quotes.
    pub(crate) fn unmask(&self, part: &str) -> String {
        let quotes =
            (FIRST_MASK..).zip(&self.quotes).filter_map(|(number, quote)| Some((char::from_u32(number)?, quote)));
        quotes.fold(part.to_owned(), |part, (mask, quote)| part.replace(mask, quote))
    }
}

/// Whether a character stands for a quote.
pub(crate) fn is_mask(letter: char) -> bool {
    (FIRST_MASK..FIRST_MASK + 0x400).contains(&u32::from(letter))
}

/// `text` without the quotes around all of it.
pub(crate) fn strip_quotes(text: &str) -> &str {
    let is_whole = quotes(text).first().is_some_and(|quote| *quote == (0..text.len()));
    let mut inside = text.chars();
    if is_whole && inside.next().is_some() && inside.next_back().is_some() { inside.as_str().trim() } else { text }
}

/// `text` without `prefix` (ASCII, lower case), whatever the case.
pub(crate) fn strip_prefix<'a>(text: &'a str, prefix: &str) -> &'a str {
    match text.get(..prefix.len()) {
        Some(start) if start.eq_ignore_ascii_case(prefix) => &text[prefix.len()..],
        _ => text,
    }
}

/// `text` without `suffix` (ASCII, lower case), whatever the case.
pub(crate) fn strip_suffix<'a>(text: &'a str, suffix: &str) -> &'a str {
    let at = text.len().saturating_sub(suffix.len());
    match text.get(at..) {
        Some(end) if end.eq_ignore_ascii_case(suffix) => &text[..at],
        _ => text,
    }
}

/// `text` in small letters, each at its place: a letter whose small form has another length in UTF-8 stays as it is.
pub(crate) fn lowercase(text: &str) -> String {
    let small = |letter: char| match letter.to_lowercase().collect::<Vec<_>>()[..] {
        [small] if small.len_utf8() == letter.len_utf8() => small,
        _ => letter,
    };
    text.chars().map(small).collect()
}

/// The lines of a message that say something, with single spaces.
pub(crate) fn lines_of(message: &str) -> Vec<String> {
    let lines = message.lines().map(|line| line.split_whitespace().collect::<Vec<_>>().join(" "));
    lines.filter(|line| !line.is_empty()).collect()
}

/// The text after a verb that it begins with.
pub(crate) fn after_verb<'a>(text: &'a str, verb: &str) -> Option<&'a str> {
    let rest = strip_prefix(text, verb);
    let ends = rest.is_empty() || verb.ends_with(':') || rest.starts_with([' ', ':', ',', '\n', '#']);
    (rest.len() < text.len() && ends).then(|| rest.trim_start_matches([' ', ':', ',', '\n']))
}
