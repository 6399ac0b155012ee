//! Parts of a German sentence; `lower` is the text in lower case, of the same length.

/// The text between a beginning and an end of a sentence.
pub(super) fn between<'a>(text: &'a str, lower: &str, start: &str, end: &str) -> Option<&'a str> {
    let fits = lower.starts_with(start) && lower.ends_with(end) && lower.len() > start.len() + end.len();
    fits.then(|| text[start.len()..text.len() - end.len()].trim_start_matches([':', ' ']))
}

/// The text without a beginning in lower case, whatever the case.
pub(super) fn strip_start<'a>(text: &'a str, start: &str) -> &'a str {
    match text.get(..start.len()) {
        Some(begin) if begin.to_lowercase() == start => &text[start.len()..],
        _ => text,
    }
}
