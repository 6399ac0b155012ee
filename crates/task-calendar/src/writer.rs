//! Content lines, written: folded, and with their texts escaped.

/// The longest line in bytes, without its end.
const MAX_LINE: usize = 75;

/// A calendar as it is written.
#[derive(Debug, Default)]
pub(crate) struct CalendarWriter(String);

impl CalendarWriter {
    /// What was written so far.
    pub(crate) fn into_text(self) -> String {
        self.0
    }

    pub(crate) fn begin(&mut self, component: &str) {
        self.line("BEGIN", component);
    }

    pub(crate) fn end(&mut self, component: &str) {
        self.line("END", component);
    }

    /// A line with a value as it is. `name` may have parameters.
    pub(crate) fn line(&mut self, name: &str, value: &str) {
        let mut used = 0;
        for c in name.chars().chain([':']).chain(value.chars()) {
            if used + c.len_utf8() > MAX_LINE {
                self.0.push_str("\r\n ");
                used = 1;
            }
            self.0.push(c);
            used += c.len_utf8();
        }
        self.0.push_str("\r\n");
    }

    /// A line with a text.
    pub(crate) fn text(&mut self, name: &str, text: &str) {
        self.line(name, &escaped(text));
    }

    /// A line with texts; none without a text.
    pub(crate) fn texts(&mut self, name: &str, texts: &[String]) {
        if !texts.is_empty() {
            let escaped: Vec<String> = texts.iter().map(|text| escaped(text)).collect();
            self.line(name, &escaped.join(","));
        }
    }
}

/// A text as a value. Line ends become LF, and other control characters are left out: no value has them.
fn escaped(text: &str) -> String {
    let mut value = String::with_capacity(text.len() + 8);
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        match c {
            '\\' | ';' | ',' => value.extend(['\\', c]),
            '\r' if chars.peek() == Some(&'\n') => {}
            '\n' | '\r' => value.push_str("\\n"),
            c if c.is_control() && c != '\t' => {}
            c => value.push(c),
        }
    }
    value
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::ContentLine;

    #[test]
    fn a_line_is_folded_between_letters() {
        let mut writer = CalendarWriter::default();
        writer.text("SUMMARY", &"ä€🚀,".repeat(40));
        let text = writer.into_text();
        assert!(text.ends_with("\r\n") && text.split("\r\n").all(|line| line.len() <= MAX_LINE));
        assert!(text.split("\r\n").skip(1).all(|line| line.is_empty() || line.starts_with(' ')));
    }

    proptest! {
        #[test]
        fn a_text_is_read_as_it_was_written(text in "[ -~\n\tä€🚀\u{2028}]{0,300}") {
            let mut writer = CalendarWriter::default();
            writer.text("X", &text);
            let folded = writer.into_text();
            let whole = folded.trim_end_matches("\r\n").replace("\r\n ", "");
            prop_assert_eq!(ContentLine::parse(&whole).unwrap().text(), text);
        }
    }
}
