//! Where the project is.

use std::path::{Path, PathBuf};

/// The project's folder: as cargo says now, else where this was built.
pub fn root() -> PathBuf {
    let now = std::env::var_os("CARGO_MANIFEST_DIR").map(PathBuf::from).filter(|folder| folder.ends_with("tests"));
    now.unwrap_or_else(|| Path::new(env!("CARGO_MANIFEST_DIR")).to_owned()).join("..")
}
