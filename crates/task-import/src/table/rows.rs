//! The rows of a table with quotes as in RFC 4180. A quote inside a cell that does not begin with one is text. Of our own,
//! since the lines of errors have to be right: also behind blank lines, and with every kind of line end.

use crate::error::ImportError;

/// The most cells of a row; more are passed over.
const MAX_CELLS: usize = 256;

/// A row and the line, counted from 1, on which it begins.
#[derive(Debug, PartialEq)]
pub(super) struct TableRow {
    pub(super) line: u64,
    pub(super) cells: Vec<String>,
}

impl TableRow {
    pub(super) fn is_blank(&self) -> bool {
        self.cells.iter().all(|cell| cell.trim().is_empty())
    }
}

/// Reads one row after the other.
#[derive(Clone)]
pub(super) struct RowReader<'a> {
    rest: &'a str,
    delimiter: char,
    line: u64,
}

impl<'a> RowReader<'a> {
    pub(super) fn new(text: &'a str, delimiter: char, line: u64) -> Self {
        Self { rest: text, delimiter, line }
    }

    /// The same rows, with another delimiter.
    pub(super) fn with(self, delimiter: char) -> Self {
        Self { delimiter, ..self }
    }

    /// The line at which the next row begins.
    pub(super) fn line(&self) -> u64 {
        self.line
    }

    pub(super) fn delimiter(&self) -> char {
        self.delimiter
    }

    /// Takes one character. A line end of any kind is LF.
    fn take(&mut self) -> Option<char> {
        let mut chars = self.rest.chars();
        let c = chars.next()?;
        self.rest = chars.as_str();
        if c == '\r' {
            self.rest = self.rest.strip_prefix('\n').unwrap_or(self.rest);
        }
        let ends = matches!(c, '\r' | '\n');
        self.line += u64::from(ends);
        Some(if ends { '\n' } else { c })
    }

    /// The text of a quoted cell, from behind its first quote to behind its last one.
    fn quoted(&mut self, cell: &mut String) -> Result<(), ImportError> {
        let opened = self.line;
        loop {
            let before = self.rest;
            match self.take().ok_or(ImportError::OpenQuote(opened))? {
                '"' if self.rest.starts_with('"') => {
                    self.rest = &self.rest[1..];
                    cell.push('"');
                }
                '"' => return Ok(()),
                // The line ends that the cell has.
                _ => cell.push_str(&before[..before.len() - self.rest.len()]),
            }
        }
    }

    fn row(&mut self) -> Result<TableRow, ImportError> {
        let line = self.line;
        let (mut cells, mut cell, mut begins) = (Vec::new(), String::new(), true);
        let mut push = |cell: &mut String| {
            let cell = std::mem::take(cell);
            if cells.len() < MAX_CELLS {
                cells.push(cell);
            }
        };
        loop {
            match self.take() {
                None | Some('\n') => break,
                Some(c) if c == self.delimiter => {
                    push(&mut cell);
                    begins = true;
                    continue;
                }
                Some('"') if begins => self.quoted(&mut cell)?,
                Some(c) => cell.push(c),
            }
            begins = false;
        }
        push(&mut cell);
        Ok(TableRow { line, cells })
    }
}

impl Iterator for RowReader<'_> {
    type Item = Result<TableRow, ImportError>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.rest.is_empty() {
            return None;
        }
        let row = self.row();
        if row.is_err() {
            self.rest = "";
        }
        Some(row)
    }
}
