//! A content line, read. Lines are whole when they arrive here.

/// A content line: `NAME;PARAMETER=VALUE:VALUE`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ContentLine<'a> {
    /// The name, in capitals.
    pub name: String,
    parameters: Vec<(String, &'a str)>,
    /// The value as it is written.
    pub value: &'a str,
}

impl<'a> ContentLine<'a> {
    /// Reads a line; `None` for one that is none.
    pub fn parse(line: &'a str) -> Option<Self> {
        let mut quoted = false;
        let mut ends = line.char_indices().filter(|(_, c)| {
            quoted ^= *c == '"';
            !quoted && matches!(c, ';' | ':')
        });
        let (first, mut sign) = ends.next()?;
        let (mut at, mut parameters) = (first, Vec::new());
        while sign == ';' {
            let (end, next) = ends.next()?;
            let (name, value) = line[at + 1..end].split_once('=').unwrap_or((&line[at + 1..end], ""));
            parameters.push((name.trim().to_ascii_uppercase(), value.trim_matches('"')));
            (at, sign) = (end, next);
        }
        Some(Self { name: line[..first].trim().to_ascii_uppercase(), parameters, value: &line[at + 1..] })
    }

    /// The value of a parameter, by its name in capitals.
    pub fn parameter(&self, name: &str) -> Option<&'a str> {
        self.parameters.iter().find(|(known, _)| known == name).map(|(_, value)| *value)
    }

    /// The value as text.
    pub fn text(&self) -> String {
        unescaped(self.value)
    }

    /// The value as a list of texts. A comma behind a backslash is part of one.
    pub fn texts(&self) -> Vec<String> {
        let (mut items, mut from, mut escaped) = (Vec::new(), 0, false);
        for (at, c) in self.value.char_indices() {
            if c == ',' && !escaped {
                items.push(unescaped(&self.value[from..at]));
                from = at + 1;
            }
            escaped = c == '\\' && !escaped;
        }
        items.push(unescaped(&self.value[from..]));
        items
    }
}

fn unescaped(text: &str) -> String {
    let (mut plain, mut chars) = (String::with_capacity(text.len()), text.chars());
    while let Some(c) = chars.next() {
        match (c, if c == '\\' { chars.next() } else { None }) {
            ('\\', Some('n' | 'N')) => plain.push('\n'),
            ('\\', Some(escaped)) => plain.push(escaped),
            _ => plain.push(c),
        }
    }
    plain
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_has_a_name_parameters_and_a_value() {
        let line = ContentLine::parse("due;tzid=\"Europe/Berlin;x\";VALUE=DATE-TIME:2026").unwrap();
        assert_eq!((line.name.as_str(), line.value), ("DUE", "2026"));
        assert_eq!((line.parameter("TZID"), line.parameter("VALUE")), (Some("Europe/Berlin;x"), Some("DATE-TIME")));
        assert_eq!(ContentLine::parse("CATEGORIES:a\\,b,c\\\\,d").unwrap().texts(), ["a,b", "c\\", "d"]);
        assert_eq!(ContentLine::parse("no line"), None);
    }
}
