//! The words of a text.

use std::ops::Range;

use user_language::Language;

use crate::lexicon::meanings;
use crate::meaning::Meaning;
use crate::numeral::numeral_meanings;

const QUOTES: [(char, &str); 7] =
    [('"', "\""), ('“', "”"), ('„', "“”\""), ('«', "»"), ('»', "«"), ('‹', "›"), ('‘', "’")];
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

    pub(crate) fn has(&self, is: impl Fn(&Meaning) -> bool) -> bool {
        self.meanings.iter().any(is)
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
    let capital = raw.starts_with(char::is_uppercase);
    // "So" is Sunday, "so" is none.
    if plain == "so" {
        found.retain(|meaning| capital == matches!(meaning, Meaning::Weekday(..)));
    }
    Word {
        span: span.start..span.start + bare.len(),
        plain,
        capital,
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
            '’' | '‘' => plain.push('\''),
            _ => plain.push(c),
        }
    }
    plain
}

/// The places of quoted texts, marks included. A mark that is not closed quotes nothing.
fn quoted_spans(text: &str) -> Vec<Range<usize>> {
    let mut spans: Vec<Range<usize>> = Vec::new();
    for (at, _) in text.char_indices() {
        let is_inside = spans.last().is_some_and(|span| at < span.end);
        if !is_inside && !text[..at].ends_with(char::is_alphanumeric) {
            spans.extend(quotation(text, at).map(|(_, end)| at..end));
        }
    }
    spans
}

/// What is quoted by the mark here, and the place behind the closing mark.
pub(crate) fn quotation(text: &str, at: usize) -> Option<(&str, usize)> {
    let mark = text[at..].chars().next()?;
    let (_, closing) = QUOTES.iter().find(|(open, _)| *open == mark)?;
    let inside = at + mark.len_utf8();
    let close = inside + text[inside..].find(|mark| closing.contains(mark))?;
    Some((&text[inside..close], close + text[close..].chars().next()?.len_utf8()))
}
