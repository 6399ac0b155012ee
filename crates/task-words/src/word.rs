//! The words of a text.

use std::ops::Range;

use user_language::Language;

use crate::lexicon::meanings;
use crate::meaning::Meaning;
use crate::numeral::numeral_meanings;

const QUOTES: [(char, &str); 7] =
    [('"', "\""), ('“', "”"), ('„', "“”"), ('«', "»"), ('»', "«"), ('‹', "›"), ('‘', "’")];
const PUNCTUATION: [char; 4] = [',', ';', ':', '!'];

/// A word of a text, without the punctuation that follows it.
#[derive(Debug, Clone)]
pub(crate) struct Word {
    /// Where it stands, in bytes.
    pub(crate) span: Range<usize>,
    /// In lower case, ä as ae.
    pub(crate) plain: String,
    pub(crate) capital: bool,
    /// Whether a comma or the like follows.
    pub(crate) comma: bool,
    /// Inside quotes: part of the title.
    pub(crate) quoted: bool,
    pub(crate) meanings: Vec<Meaning>,
}

impl Word {
    pub(crate) fn means(&self, meaning: Meaning) -> bool {
        self.meanings.contains(&meaning)
    }

    pub(crate) fn find<T>(&self, pick: impl Fn(&Meaning) -> Option<T>) -> Option<T> {
        self.meanings.iter().find_map(pick)
    }
}

/// The words of a text with their meanings in a language.
pub(crate) fn words(text: &str, language: Language) -> Vec<Word> {
    let quoted = quoted_spans(text);
    let mut words = Vec::new();
    let mut start = None;
    for (at, c) in text.char_indices().chain([(text.len(), ' ')]) {
        match (start, c.is_whitespace()) {
            (None, false) => start = Some(at),
            (Some(from), true) => {
                let is_quoted = quoted.iter().any(|span| span.start < at && from < span.end);
                words.push(word(text, from..at, is_quoted, language));
                start = None;
            }
            _ => {}
        }
    }
    words
}

fn word(text: &str, span: Range<usize>, quoted: bool, language: Language) -> Word {
    let raw = &text[span.clone()];
    let bare = raw.trim_end_matches(PUNCTUATION);
    let bare = if bare.is_empty() { raw } else { bare };
    let plain = plain_spelling(bare);
    let mut found = if quoted { Vec::new() } else { meanings(&plain, language) };
    if !quoted {
        found.extend(numeral_meanings(&plain));
    }
    Word {
        span: span.start..span.start + bare.len(),
        plain,
        capital: raw.starts_with(char::is_uppercase),
        comma: bare.len() < raw.len(),
        quoted,
        meanings: found,
    }
}

/// Lower case, umlauts as two letters, whichever way they are written.
fn plain_spelling(word: &str) -> String {
    let mut plain = String::with_capacity(word.len());
    for c in word.chars().flat_map(char::to_lowercase) {
        match c {
            'ä' => plain.push_str("ae"),
            'ö' => plain.push_str("oe"),
            'ü' => plain.push_str("ue"),
            'ß' => plain.push_str("ss"),
            '\u{308}' => plain.push('e'),
            '’' => plain.push('\''),
            _ => plain.push(c),
        }
    }
    plain
}

/// The places of quoted texts, marks included. A mark that is not closed quotes nothing.
fn quoted_spans(text: &str) -> Vec<Range<usize>> {
    let mut spans = Vec::new();
    let mut rest = 0;
    while let Some((at, c)) =
        text[rest..].char_indices().map(|(at, c)| (rest + at, c)).find(|(at, c)| opens(text, *at, *c))
    {
        let inside = at + c.len_utf8();
        let closing = QUOTES.iter().find(|(open, _)| *open == c).map_or("", |(_, close)| close);
        match text[inside..].find(|mark| closing.contains(mark)) {
            Some(length) => {
                let close = inside + length;
                rest = close + text[close..].chars().next().map_or(1, char::len_utf8);
                spans.push(at..rest);
            }
            None => rest = inside,
        }
    }
    spans
}

/// Whether a mark begins a quoted text: no letter stands before it.
fn opens(text: &str, at: usize, mark: char) -> bool {
    QUOTES.iter().any(|(open, _)| *open == mark) && !text[..at].ends_with(char::is_alphanumeric)
}
