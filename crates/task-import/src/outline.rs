//! Files in which a line is a task: checklists, outlines, todo.txt and plain lines. Their lines end with LF here.

pub(crate) mod lines;
pub(crate) mod markdown;
mod obsidian;
pub(crate) mod org;
pub(crate) mod own_markdown;
pub(crate) mod todo_txt;

/// The lines of a text with their numbers, counted from 1.
fn numbered(text: &str) -> impl Iterator<Item = (u64, &str)> {
    text.split('\n').enumerate().map(|(at, line)| (at as u64 + 1, line))
}

/// The text behind a mark of an item: `- `, `* `, `+ `, `1. ` or `1) `.
fn behind_mark(line: &str) -> Option<&str> {
    let rest = match line.strip_prefix(['-', '*', '+', '•', '–']) {
        Some(rest) => rest,
        None => {
            let digits = line.bytes().take_while(u8::is_ascii_digit).count();
            if !(1..=6).contains(&digits) {
                return None;
            }
            line[digits..].strip_prefix(['.', ')'])?
        }
    };
    let text = rest.trim_start_matches([' ', '\t']);
    (text.len() < rest.len() || rest.is_empty()).then_some(text)
}

/// Whether the box in front of a text is checked, and the text behind it.
fn behind_box(text: &str) -> Option<(bool, &str)> {
    let signs = [("[ ]", false), ("[]", false), ("[x]", true), ("[X]", true), ("[-]", true), ("[/]", false)];
    let (sign, checked) = signs.iter().find(|(sign, _)| text.starts_with(sign))?;
    let rest = &text[sign.len()..];
    (rest.is_empty() || rest.starts_with([' ', '\t'])).then(|| (*checked, rest.trim_start()))
}

/// The columns of white space before a text; a tab goes to the next fourth.
fn indent(line: &str) -> usize {
    let blank = line.chars().take_while(|c| matches!(c, ' ' | '\t'));
    blank.fold(0, |column, c| if c == '\t' { (column / 4 + 1) * 4 } else { column + 1 })
}
