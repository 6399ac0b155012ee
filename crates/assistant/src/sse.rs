//! Server-sent events as Gemini and MCP servers write them: `data:` lines, an empty line after each event, and the end of the
//! connection as the end. Pieces may be cut anywhere, in the middle of a character too. Lines that are not events are kept
//! apart: errors in the middle of a stream may come as bare JSON.

/// The longest event, and the most of other lines that is kept, in bytes.
const LONGEST: usize = 1024 * 1024;

/// Cuts a stream of bytes into events.
#[derive(Default)]
pub(crate) struct Events {
    line: Vec<u8>,
    data: Vec<u8>,
    stray: Vec<u8>,
    overlong: bool,
}

impl Events {
    /// Takes the next piece and hands each event that it completes to `take`.
    pub(crate) fn push(&mut self, piece: &[u8], take: &mut dyn FnMut(&[u8])) {
        for &byte in piece {
            if byte == b'\n' {
                self.end_line(take);
            } else if self.line.len() < LONGEST {
                self.line.push(byte);
            } else {
                self.overlong = true;
            }
        }
    }

    /// Ends the stream: the last event may lack its empty line. Answers the lines that were no events, unless something
    /// was too long to be taken.
    pub(crate) fn finish(mut self, take: &mut dyn FnMut(&[u8])) -> Result<Vec<u8>, ()> {
        if !self.line.is_empty() {
            self.end_line(take);
        }
        self.end_event(take);
        if self.overlong { Err(()) } else { Ok(self.stray) }
    }

    fn end_line(&mut self, take: &mut dyn FnMut(&[u8])) {
        let mut line = std::mem::take(&mut self.line);
        if line.last() == Some(&b'\r') {
            line.pop();
        }
        if line.is_empty() {
            self.end_event(take);
        } else if let Some(data) = line.strip_prefix(b"data:") {
            if !self.data.is_empty() {
                self.data.push(b'\n');
            }
            self.data.extend_from_slice(data.strip_prefix(b" ").unwrap_or(data));
            self.overlong |= self.data.len() > LONGEST;
        } else if ![b":".as_slice(), b"event:", b"id:", b"retry:"].iter().any(|field| line.starts_with(field)) {
            self.stray.extend_from_slice(&line);
            self.stray.truncate(LONGEST);
        }
    }

    fn end_event(&mut self, take: &mut dyn FnMut(&[u8])) {
        if !self.data.is_empty() {
            take(&std::mem::take(&mut self.data));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(bytes: &[u8], size: usize) -> (Vec<String>, String) {
        let mut events = Events::default();
        let mut seen = Vec::new();
        let mut take = |data: &[u8]| seen.push(String::from_utf8(data.to_vec()).unwrap());
        for piece in bytes.chunks(size) {
            events.push(piece, &mut take);
        }
        let stray = events.finish(&mut take).unwrap();
        (seen, String::from_utf8(stray).unwrap())
    }

    #[test]
    fn events_are_the_same_however_they_are_cut() {
        let stream = "data: {\"a\":\"é\"}\r\n\r\n: note\r\n\r\nevent: x\ndata: {\ndata: }\n\ndata: last";
        for size in 1..stream.len() {
            let (seen, stray) = read(stream.as_bytes(), size);
            assert_eq!(seen, ["{\"a\":\"é\"}", "{\n}", "last"], "{size}");
            assert_eq!(stray, "");
        }
    }

    #[test]
    fn bare_json_is_kept_apart() {
        let (seen, stray) = read(b"data: {}\n\n{\n \"error\": {\"code\": 503}\n}\n", 7);
        assert_eq!((seen, stray.as_str()), (vec!["{}".to_owned()], "{ \"error\": {\"code\": 503}}"));
    }

    #[test]
    fn what_has_no_end_is_refused() {
        let mut events = Events::default();
        let piece = vec![b'x'; LONGEST];
        events.push(&piece, &mut |_| ());
        events.push(&piece, &mut |_| ());
        assert!(events.finish(&mut |_| ()).is_err());
    }
}
