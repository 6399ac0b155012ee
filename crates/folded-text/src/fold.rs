//! One spelling for all spellings of a text.

use unicode_normalization::UnicodeNormalization;
use visible_text::{Invisible, invisible};

/// A text without what a search does not distinguish: case, the marks of Latin, Greek, Cyrillic, Arabic and Hebrew letters,
/// width, ligatures, typographic quotes and dashes, invisible characters. Vowel signs and other marks that make another
/// letter stay (Indic scripts, Thai, Japanese). A folded text folds to itself.
pub fn folded(text: &str) -> String {
    let decomposed = text.chars().map(plain_sign).nfkd();
    let bare: String = decomposed.filter(|c| !is_dropped(*c)).map(plain_sign).collect();
    let mut folded = String::with_capacity(bare.len());
    for c in bare.to_lowercase().chars() {
        match plain_letters(c) {
            Some(letters) => folded.push_str(letters),
            None => folded.push(c),
        }
    }
    // The marks that stay are part of their letter again: a search for one letter does not find another.
    folded.nfc().collect()
}

fn is_dropped(c: char) -> bool {
    matches!(invisible(c), Some(kind) if kind != Invisible::Separator) || is_mark(c)
}

/// Marks of Latin, Greek and Cyrillic, then Hebrew, then Arabic with the stroke that lengthens a word.
fn is_mark(c: char) -> bool {
    matches!(c, '\u{0300}'..='\u{036F}' | '\u{0483}'..='\u{0489}' | '\u{1AB0}'..='\u{1AFF}' | '\u{1DC0}'..='\u{1DFF}')
        || matches!(c, '\u{20D0}'..='\u{20FF}' | '\u{2DE0}'..='\u{2DFF}' | '\u{A66F}'..='\u{A672}' | '\u{FE20}'..='\u{FE2F}')
        || matches!(c, '\u{A674}'..='\u{A67D}' | '\u{A69E}' | '\u{A69F}')
        || matches!(
            c,
            '\u{0591}'..='\u{05BD}' | '\u{05BF}' | '\u{05C1}' | '\u{05C2}' | '\u{05C4}' | '\u{05C5}' | '\u{05C7}'
        )
        || matches!(c, '\u{0610}'..='\u{061A}' | '\u{0640}' | '\u{064B}'..='\u{065F}' | '\u{0670}' | '\u{06D6}'..='\u{06DC}')
        || matches!(c, '\u{06DF}'..='\u{06E4}' | '\u{06E7}' | '\u{06E8}' | '\u{06EA}'..='\u{06ED}' | '\u{0898}'..='\u{089F}')
        || matches!(c, '\u{08CA}'..='\u{08E1}' | '\u{08E3}'..='\u{08FF}' | '\u{FB1E}')
}

/// The sign that people type for a typographic one.
fn plain_sign(c: char) -> char {
    match c {
        '`' | '´' | '‘' | '’' | '‚' | '‛' | '‹' | '›' | '′' | 'ʹ' | 'ʻ' | 'ʼ' | 'ʽ' | 'ˈ' | 'ʾ' | 'ʿ' => {
            '\''
        }
        '“' | '”' | '„' | '‟' | '«' | '»' | '″' | '〝' | '〞' | '〟' => '"',
        '‐' | '‑' | '‒' | '–' | '—' | '―' | '−' => '-',
        '\u{2028}' | '\u{2029}' => ' ',
        '⁄' => '/',
        _ => c,
    }
}

/// What is written for a letter that no decomposition takes apart.
fn plain_letters(c: char) -> Option<&'static str> {
    Some(match c {
        'ß' => "ss",
        'æ' => "ae",
        'œ' => "oe",
        'ø' => "o",
        'ł' => "l",
        'đ' | 'ð' => "d",
        'ħ' => "h",
        'ŧ' => "t",
        'þ' => "th",
        'ı' => "i",
        'ς' => "σ",
        'և' => "եւ",
        _ => return None,
    })
}
