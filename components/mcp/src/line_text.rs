//! JSON that stays on one line for every reader: some end a line at the separators of Unicode too.

/// JSON with these separators escaped. They occur in its strings only.
pub(crate) fn escape_separators(json: Vec<u8>) -> Vec<u8> {
    const SEPARATORS: [(&str, &str); 3] = [("\u{2028}", "\\u2028"), ("\u{2029}", "\\u2029"), ("\u{85}", "\\u0085")];
    match std::str::from_utf8(&json) {
        Ok(text) if text.contains(['\u{2028}', '\u{2029}', '\u{85}']) => SEPARATORS
            .iter()
            .fold(text.to_owned(), |text, (separator, escaped)| text.replace(separator, escaped))
            .into_bytes(),
        _ => json,
    }
}
