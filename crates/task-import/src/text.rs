//! Texts within the limits of a task.

use task::{MAX_DESCRIPTION, MAX_TAG, MAX_TITLE};

const ELLIPSIS: char = '…';

/// A text on one line: line breaks and tabs, with the spaces around them, are one space.
pub(crate) fn one_line(text: &str) -> String {
    let is_break = |c: char| c.is_control() || matches!(c, '\u{2028}' | '\u{2029}');
    let parts = text.split(is_break).map(str::trim).filter(|part| !part.is_empty());
    visible_text::visible(&parts.collect::<Vec<_>>().join(" ")).trim().to_owned()
}

/// A text of several lines, which end with LF: without control characters and blank ends.
pub(crate) fn several_lines(text: &str) -> String {
    without_controls(&text.replace("\r\n", "\n").replace('\r', "\n")).trim().to_owned()
}

/// A text without control and invisible characters. Tabs and line ends stay.
pub(crate) fn without_controls(text: &str) -> String {
    let kept = text.chars().filter(|c| !c.is_control() || matches!(c, '\n' | '\r' | '\t'));
    visible_text::visible(&kept.collect::<String>())
}

/// A title that is too long, cut at the last space that lets it end in `…`.
pub(crate) fn cut_title(title: &str) -> String {
    let head: String = title.chars().take(MAX_TITLE).collect();
    match head.rsplit_once(' ').map(|(words, _)| words.trim_end()).filter(|words| !words.is_empty()) {
        Some(words) => format!("{words}{ELLIPSIS}"),
        None => cut(title, MAX_TITLE),
    }
}

/// A description that is too long, cut.
pub(crate) fn cut_description(text: &str) -> String {
    cut(text, MAX_DESCRIPTION)
}

fn cut(text: &str, most: usize) -> String {
    let head: String = text.chars().take(most - 1).collect();
    format!("{}{ELLIPSIS}", head.trim_end())
}

/// A name on one line of at most `most` characters; `None` if nothing is left to read.
pub(crate) fn name(text: &str, most: usize) -> Option<String> {
    let name: String = one_line(text).chars().take(most).collect();
    let name = name.trim();
    (!visible_text::is_blank(name)).then(|| name.to_owned())
}

/// The name of a tag: without its mark, and without the characters that no tag has.
pub(crate) fn tag(text: &str) -> Option<String> {
    name(&text.replace([',', '#'], ""), MAX_TAG)
}

/// A value as a note shows it.
pub(crate) fn shown(text: &str) -> String {
    one_line(text).chars().take(80).collect()
}
