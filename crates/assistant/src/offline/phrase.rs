//! Parts of a sentence, whatever their case.

/// `text` without a pair of quotes around it.
pub(crate) fn strip_quotes(text: &str) -> &str {
    for (open, close) in [('"', '"'), ('\'', '\''), ('“', '”'), ('‘', '’'), ('«', '»')] {
        let inner = text.strip_prefix(open).and_then(|rest| rest.strip_suffix(close));
        if let Some(inner) = inner.filter(|inner| !inner.contains([open, close])) {
            return inner.trim();
        }
    }
    text
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
