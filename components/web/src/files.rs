//! The table of embedded files; `build.rs` writes it.

use crate::encoding::Coding;

/// One file of the front-end in all its forms.
#[derive(Debug)]
pub struct File {
    /// Where it is served, from the first slash.
    pub path: &'static str,
    /// Its media type.
    pub content_type: &'static str,
    /// What tells its versions apart.
    pub hash: &'static str,
    /// Its name changes with its content, so that it may be kept for ever.
    pub hashed_name: bool,
    /// As it is.
    pub identity: &'static [u8],
    /// Compressed, where that is smaller.
    pub brotli: Option<&'static [u8]>,
    /// Compressed, where that is smaller.
    pub gzip: Option<&'static [u8]>,
}

/// The front-end of this build, sorted by path; empty when there was none.
pub const EMBEDDED: &[File] = include!(concat!(env!("OUT_DIR"), "/files.rs"));

/// The file served at exactly this path.
pub(crate) fn find<'a>(files: &'a [File], path: &str) -> Option<&'a File> {
    let at = files.binary_search_by(|file| file.path.cmp(path)).ok()?;
    files.get(at)
}

impl File {
    /// The bytes in this coding, if there are any.
    pub(crate) fn form(&self, coding: Coding) -> Option<&'static [u8]> {
        match coding {
            Coding::Brotli => self.brotli,
            Coding::Gzip => self.gzip,
            Coding::Identity => Some(self.identity),
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
