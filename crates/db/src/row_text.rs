//! Rows of PostgreSQL as text (8.16.6): the runtime converts each value of a result by itself, so a statement returns many of them as one.

use std::borrow::Cow;

use crate::error::DbError;
use crate::timestamp;

/// One row, whose fields are read in their order.
#[derive(Debug)]
pub struct RowText<'a> {
    /// Behind the field that was read last.
    rest: &'a str,
    is_at_end: bool,
}

impl<'a> RowText<'a> {
    /// Reads rows that follow each other without anything between them. `read` reads all fields of one.
    pub fn read_all<T>(
        text: &'a str,
        mut read: impl FnMut(&mut Self) -> Result<T, DbError>,
    ) -> Result<Vec<T>, DbError> {
        let mut found = Vec::new();
        let mut rest = text;
        while !rest.is_empty() {
            let rest_of_row = rest.strip_prefix('(').ok_or_else(|| wrong("a row does not begin"))?;
            let mut record = Self { rest: rest_of_row, is_at_end: false };
            found.push(read(&mut record)?);
            if !record.is_at_end {
                return Err(wrong("a row has more fields"));
            }
            rest = record.rest;
        }
        Ok(found)
    }

    /// A field of text.
    pub fn text(&mut self) -> Result<String, DbError> {
        self.field()?.map(Cow::into_owned).ok_or_else(|| wrong("a field is null"))
    }

    /// A field of text that may be null.
    pub fn opt_text(&mut self) -> Result<Option<String>, DbError> {
        Ok(self.field()?.map(Cow::into_owned))
    }

    /// A whole number.
    pub fn i64(&mut self) -> Result<i64, DbError> {
        self.opt_i64()?.ok_or_else(|| wrong("a field is null"))
    }

    /// A whole number that may be null.
    pub fn opt_i64(&mut self) -> Result<Option<i64>, DbError> {
        self.field()?.map(|field| field.parse().map_err(|_| wrong("a field is no number"))).transpose()
    }

    /// A boolean.
    pub fn bool(&mut self) -> Result<bool, DbError> {
        match self.field()?.as_deref() {
            Some("t") => Ok(true),
            Some("f") => Ok(false),
            _ => Err(wrong("a field is no boolean")),
        }
    }

    /// Microseconds since 1970, as RFC 3339 with milliseconds.
    pub fn time(&mut self) -> Result<String, DbError> {
        self.opt_time()?.ok_or_else(|| wrong("a field is null"))
    }

    /// The same for one that may be null.
    pub fn opt_time(&mut self) -> Result<Option<String>, DbError> {
        let Some(microseconds) = self.opt_i64()? else { return Ok(None) };
        timestamp::rfc3339(microseconds).map(Some).ok_or_else(|| wrong("a field is no time"))
    }

    /// An array of text.
    pub fn texts(&mut self) -> Result<Vec<String>, DbError> {
        array(&self.field()?.ok_or_else(|| wrong("a field is null"))?)
    }

    /// An array of whole numbers.
    pub fn numbers(&mut self) -> Result<Vec<i32>, DbError> {
        let numbers =
            self.texts()?.into_iter().map(|number| number.parse().map_err(|_| wrong("an element is no number")));
        numbers.collect()
    }

    /// The next field, and what ends it; an empty one without quotes is null.
    fn field(&mut self) -> Result<Option<Cow<'a, str>>, DbError> {
        if self.is_at_end {
            return Err(wrong("a row has fewer fields"));
        }
        let (field, rest) = value(self.rest, [b',', b')'])?;
        self.is_at_end = rest.starts_with(')');
        self.rest = &rest[1..];
        Ok(field)
    }
}

/// The elements of an array as text (8.15.6), which has one dimension and no nulls.
fn array(text: &str) -> Result<Vec<String>, DbError> {
    let mut elements = Vec::new();
    let mut rest = text.strip_prefix('{').ok_or_else(|| wrong("an array does not begin"))?;
    if rest == "}" {
        return Ok(elements);
    }
    loop {
        let (element, end) = value(rest, [b',', b'}'])?;
        elements.push(element.ok_or_else(|| wrong("an element is null"))?.into_owned());
        if end == "}" {
            return Ok(elements);
        }
        rest = end.strip_prefix(',').ok_or_else(|| wrong("an array goes on behind its end"))?;
    }
}

/// The value at the beginning of `text`, with or without quotes, and the rest, which begins with one of `ends`. In quotes, `""` and `\"` are a quote, and
/// what follows a `\` is itself.
fn value<'a>(text: &'a str, ends: [u8; 2]) -> Result<(Option<Cow<'a, str>>, &'a str), DbError> {
    let unended = || wrong("a field does not end");
    let Some(quoted) = text.strip_prefix('"') else {
        let end = text.bytes().position(|byte| byte == ends[0] || byte == ends[1]).ok_or_else(unended)?;
        return Ok(((end > 0).then(|| Cow::Borrowed(&text[..end])), &text[end..]));
    };
    let mut value = Cow::Borrowed("");
    let mut rest = quoted;
    loop {
        let special = rest.bytes().position(|byte| matches!(byte, b'"' | b'\\')).ok_or_else(unended)?;
        let (before, from) = rest.split_at(special);
        value += before;
        let escaped = from[1..].chars().next().filter(|next| from.starts_with('\\') || *next == '"');
        let Some(escaped) = escaped else {
            let rest = from.strip_prefix('"').filter(|rest| rest.bytes().next().is_some_and(|end| ends.contains(&end)));
            return Ok((Some(value), rest.ok_or_else(unended)?));
        };
        value.to_mut().push(escaped);
        rest = &from[1 + escaped.len_utf8()..];
    }
}

fn wrong(what: &str) -> DbError {
    DbError::Internal(format!("a row as text: {what}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(text: &str, count: usize) -> Result<Vec<Vec<Option<String>>>, DbError> {
        RowText::read_all(text, |record| (0..count).map(|_| record.opt_text()).collect())
    }

    #[test]
    fn rows_are_read_one_after_the_other() {
        let rows = texts(r#"(1,milk,,"")(2,"a, b) ""c"" \\ ""","ü(",x)"#, 4).unwrap();
        let some = |text: &str| Some(text.to_owned());
        assert_eq!(rows[0], [some("1"), some("milk"), None, some("")]);
        assert_eq!(rows[1], [some("2"), some(r#"a, b) "c" \ ""#), some("ü("), some("x")]);
        assert!(texts("", 4).unwrap().is_empty());
    }

    #[test]
    fn a_row_of_another_shape_is_an_error() {
        for text in ["(a,b,c)", "(a)", "(a,b", "a,b)", r#"(a,"b)"#, r#"(a,"b"x)"#, "(a,b)c", r#"(a,"\"#] {
            assert!(texts(text, 2).is_err(), "{text}");
        }
    }

    #[test]
    fn fields_have_types() {
        let read = |record: &mut RowText<'_>| {
            Ok((record.i64()?, record.bool()?, record.time()?, record.opt_time()?, record.texts()?, record.numbers()?))
        };
        let rows =
            RowText::read_all(r#"(7,t,1767323045067890,,"{a,""b, \\""c\\"" \\\\"",ü}","{0,-1440}")"#, read).unwrap();
        let (tags, minutes) = (vec!["a".to_owned(), r#"b, "c" \"#.to_owned(), "ü".to_owned()], vec![0, -1440]);
        assert_eq!(rows, [(7, true, "2026-01-02T03:04:05.067Z".to_owned(), None, tags, minutes)]);
        let empty = RowText::read_all("(7,f,0,-1,{},{})", read).unwrap();
        assert_eq!(empty[0].3.as_deref(), Some("1969-12-31T23:59:59.999Z"));
        assert!(empty[0].4.is_empty() && empty[0].5.is_empty());
        for wrong in [
            "(x,t,0,0,{},{})",
            "(1,yes,0,0,{},{})",
            "(1,t,,0,{},{})",
            "(1,t,0,0,a,{})",
            "(1,t,0,0,{a,{})",
            "(1,t,0,0,{},{a})",
        ] {
            assert!(RowText::read_all(wrong, read).is_err(), "{wrong}");
        }
    }
}
