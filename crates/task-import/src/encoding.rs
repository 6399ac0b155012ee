//! Bytes to text: UTF-8, UTF-16 with its mark, or Windows-1252.

use crate::error::ImportError;

/// How far an archive is looked at to tell a spreadsheet.
const ARCHIVE_HEAD: usize = 4_096;

/// How Excel's own files begin that are no archives.
const OLD_SPREADSHEET: &[u8] = b"\xd0\xcf\x11\xe0";
/// How files begin that may have no NUL: pictures, PDF, RTF and packed ones.
const OTHER_FILES: [&[u8]; 6] = [b"\x89PNG", b"GIF8", b"\xff\xd8\xff", b"%PDF-", b"{\\rtf", b"\x1f\x8b"];

/// Windows-1252 from 0x80 to 0x9F; the other bytes are their own code points.
const WINDOWS_1252: [char; 32] = [
    '€', '\u{81}', '‚', 'ƒ', '„', '…', '†', '‡', 'ˆ', '‰', 'Š', '‹', 'Œ', '\u{8d}', 'Ž', '\u{8f}', '\u{90}', '‘', '’',
    '“', '”', '•', '–', '—', '˜', '™', 'š', '›', 'œ', '\u{9d}', 'ž', 'Ÿ',
];

/// The text of a file, without its byte order mark and with the line ends that it has.
pub(crate) struct SourceText(String);

impl SourceText {
    /// Refuses archives and everything with a NUL.
    pub(crate) fn decode(bytes: &[u8]) -> Result<Self, ImportError> {
        if bytes.starts_with(b"PK") && bytes.get(2).is_some_and(|byte| *byte < 9) {
            return Err(archive(bytes));
        }
        if bytes.starts_with(OLD_SPREADSHEET) {
            return Err(ImportError::Spreadsheet);
        }
        if OTHER_FILES.iter().any(|begin| bytes.starts_with(begin)) {
            return Err(ImportError::NotText);
        }
        let wide = match bytes {
            [0xff, 0xfe, rest @ ..] => Some(utf16(rest, u16::from_le_bytes)),
            [0xfe, 0xff, rest @ ..] => Some(utf16(rest, u16::from_be_bytes)),
            _ => None,
        };
        let text = from_bytes(&unfolded(wide.as_deref().map_or(bytes, str::as_bytes)));
        let text = text.trim_start_matches('\u{feff}');
        match text.contains('\0') || is_binary(text) {
            true => Err(ImportError::NotText),
            false => Ok(Self(text.to_owned())),
        }
    }

    pub(crate) fn as_str(&self) -> &str {
        &self.0
    }

    /// The text with LF at the end of each line.
    pub(crate) fn with_line_feeds(&self) -> String {
        self.0.replace("\r\n", "\n").replace('\r', "\n")
    }
}

fn archive(bytes: &[u8]) -> ImportError {
    let head = String::from_utf8_lossy(&bytes[..bytes.len().min(ARCHIVE_HEAD)]);
    let spreadsheet = ["[Content_Types].xml", "xl/", "opendocument.spreadsheet"].iter().any(|name| head.contains(name));
    if spreadsheet { ImportError::Spreadsheet } else { ImportError::Archive }
}

fn utf16(bytes: &[u8], unit: fn([u8; 2]) -> u16) -> String {
    let units = bytes.chunks(2).map(|pair| unit([pair[0], pair.get(1).copied().unwrap_or_default()]));
    char::decode_utf16(units).map(|decoded| decoded.unwrap_or(char::REPLACEMENT_CHARACTER)).collect()
}

fn from_bytes(bytes: &[u8]) -> String {
    let windows = |byte: &u8| match byte {
        0x80..=0x9f => WINDOWS_1252[usize::from(byte - 0x80)],
        byte => char::from(*byte),
    };
    std::str::from_utf8(bytes).map_or_else(|_| bytes.iter().map(windows).collect(), str::to_owned)
}

/// Control characters that no text has in any number: the sign of pictures and other bytes.
fn is_binary(text: &str) -> bool {
    let controls = text.chars().filter(|c| c.is_control() && !c.is_whitespace()).count();
    controls > 8 && controls * 50 > text.len()
}

/// The bytes of a calendar with each folded line whole, since a fold may split a letter. A line stays where it is: the line
/// ends that are taken out of a folded one follow it as blank lines. Other files stay as they are.
fn unfolded(bytes: &[u8]) -> Vec<u8> {
    if !is_calendar(bytes) {
        return bytes.to_vec();
    }
    let (mut whole, mut folds, mut at) = (Vec::with_capacity(bytes.len()), 0, 0);
    while at < bytes.len() {
        let end = match &bytes[at..] {
            [b'\r', b'\n', ..] => 2,
            [b'\r' | b'\n', ..] => 1,
            _ => 0,
        };
        match (end, bytes.get(at + end)) {
            (0, _) => {
                whole.push(bytes[at]);
                at += 1;
            }
            (_, Some(b' ' | b'\t')) => {
                folds += 1;
                at += end + 1;
            }
            _ => {
                whole.extend(std::iter::repeat_n(b'\n', std::mem::take(&mut folds) + 1));
                at += end;
            }
        }
    }
    whole
}

/// Whether the text of these bytes begins a calendar.
pub(crate) fn is_calendar(bytes: &[u8]) -> bool {
    const BEGIN: &[u8] = b"BEGIN:VCALENDAR";
    let bytes = bytes.strip_prefix("\u{feff}".as_bytes()).unwrap_or(bytes).trim_ascii_start();
    bytes.get(..BEGIN.len()).is_some_and(|head| head.eq_ignore_ascii_case(BEGIN))
}
