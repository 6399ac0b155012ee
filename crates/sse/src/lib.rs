//! Reads server-sent events (WHATWG HTML §9.2.6): the data of each event. A stream may be cut anywhere, also inside a
//! character or a line end; lines end with CR, LF or both; the end of the stream ends its last event. Lines that belong to
//! no event are kept apart, since an error in the middle of a stream may come as bare JSON.

use std::fmt;

/// The default limit of a reader, in bytes.
const DEFAULT_LIMIT: usize = 1024 * 1024;

/// Cuts a stream of bytes into events.
pub struct EventReader {
    /// The longest line, the longest event, and how much of other lines is kept, in bytes.
    limit: usize,
    line: Vec<u8>,
    data: Vec<u8>,
    other_lines: Vec<u8>,
    after_cr: bool,
    is_too_long: bool,
}

/// A line or an event is longer than a reader takes.
#[derive(Debug)]
pub struct EventTooLong;

impl fmt::Display for EventTooLong {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a line or an event is longer than the limit")
    }
}

impl std::error::Error for EventTooLong {}

impl Default for EventReader {
    fn default() -> Self {
        Self::with_limit(DEFAULT_LIMIT)
    }
}

impl EventReader {
    /// A reader of lines and events of at most so many bytes.
    pub fn with_limit(limit: usize) -> Self {
        let (line, data, other_lines) = (Vec::new(), Vec::new(), Vec::new());
        Self { limit, line, data, other_lines, after_cr: false, is_too_long: false }
    }

    /// Reads the next piece of the stream and passes the data of each event that it completes to `take`.
    pub fn push(&mut self, piece: &[u8], take: &mut dyn FnMut(&[u8])) {
        for &byte in piece {
            match byte {
                b'\n' if self.after_cr => {}
                b'\n' | b'\r' => self.end_line(take),
                _ if self.line.len() < self.limit => self.line.push(byte),
                _ => self.is_too_long = true,
            }
            self.after_cr = byte == b'\r';
        }
    }

    /// Ends the stream; its last event may lack the empty line. Returns the lines that belong to no event.
    pub fn finish(mut self, take: &mut dyn FnMut(&[u8])) -> Result<Vec<u8>, EventTooLong> {
        if !self.line.is_empty() {
            self.end_line(take);
        }
        self.end_event(take);
        if self.is_too_long { Err(EventTooLong) } else { Ok(self.other_lines) }
    }

    fn end_line(&mut self, take: &mut dyn FnMut(&[u8])) {
        let line = std::mem::take(&mut self.line);
        if line.is_empty() {
            self.end_event(take);
        } else if let Some(data) = line.strip_prefix(b"data:") {
            if !self.data.is_empty() {
                self.data.push(b'\n');
            }
            self.data.extend_from_slice(data.strip_prefix(b" ").unwrap_or(data));
            self.is_too_long |= self.data.len() > self.limit;
        } else if ![b":".as_slice(), b"event:", b"id:", b"retry:"].iter().any(|field| line.starts_with(field)) {
            self.other_lines.extend_from_slice(&line);
            self.other_lines.truncate(self.limit);
        }
    }

    fn end_event(&mut self, take: &mut dyn FnMut(&[u8])) {
        if !self.data.is_empty() {
            take(&std::mem::take(&mut self.data));
        }
    }
}

#[cfg(test)]
mod tests;
