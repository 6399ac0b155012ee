//! The table of embedded files; `build.rs` writes it.

use http_api::ContentCoding;

/// One file of the front-end, with its compressed forms.
#[derive(Debug)]
pub struct EmbeddedFile {
    /// The path at which it is served, from the first slash.
    pub path: &'static str,
    /// The value of `Content-Type`.
    pub content_type: &'static str,
    /// A hash of the content, for the ETag.
    pub hash: &'static str,
    /// Whether the name changes with the content, so that caches may keep the file for ever.
    pub hashed_name: bool,
    /// The content.
    pub identity: &'static [u8],
    /// The content compressed by brotli, if that is smaller.
    pub brotli: Option<&'static [u8]>,
    /// The content compressed by gzip, if that is smaller.
    pub gzip: Option<&'static [u8]>,
}

/// The front-end of this build, sorted by path; empty when there was none.
pub const EMBEDDED: &[EmbeddedFile] = include!(concat!(env!("OUT_DIR"), "/files.rs"));

/// The file served at exactly this path.
pub(crate) fn find<'a>(files: &'a [EmbeddedFile], path: &str) -> Option<&'a EmbeddedFile> {
    let at = files.binary_search_by(|file| file.path.cmp(path)).ok()?;
    files.get(at)
}

impl EmbeddedFile {
    /// The content in this coding, if the file has it.
    pub(crate) fn encoded(&self, coding: ContentCoding) -> Option<&'static [u8]> {
        match coding {
            ContentCoding::Brotli => self.brotli,
            ContentCoding::Gzip => self.gzip,
            ContentCoding::Identity => Some(self.identity),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_embedded_table_is_sorted_by_path() {
        assert!(EMBEDDED.is_sorted_by(|a, b| a.path < b.path));
    }

    #[test]
    fn a_compressed_form_is_smaller_than_the_file() {
        for file in EMBEDDED {
            for packed in [file.brotli, file.gzip].into_iter().flatten() {
                assert!(packed.len() < file.identity.len(), "{}", file.path);
            }
        }
    }
}
