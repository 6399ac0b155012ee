//! Embeds the front-end's build (`ui/dist`) as a table sorted by path: each file with its content type, its hash, and its
//! forms compressed by brotli and gzip at their best. Without a build the table is empty, and the component says so.

use std::fmt::Write as _;
use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};

use anyhow::Context;
use sha2::{Digest, Sha256};

const DIST: &str = "../../ui/dist";

fn main() -> anyhow::Result<()> {
    let out = PathBuf::from(std::env::var_os("OUT_DIR").context("cargo sets OUT_DIR")?);
    let dist = Path::new(DIST);
    println!("cargo:rerun-if-changed={DIST}");
    println!("cargo:rerun-if-changed=build.rs");
    let mut files = Vec::new();
    if dist.join("index.html").is_file() {
        walk(dist, &mut files)?;
    } else {
        println!("cargo:warning=ui/dist is not there: the component is built without the front-end (`make build`)");
    }
    files.sort_by_key(|file| url_path(dist, file));
    let mut table = String::from("&[\n");
    for (index, file) in files.iter().enumerate() {
        table.push_str(&embed(dist, file, index, &out)?);
    }
    table.push_str("]\n");
    fs::write(out.join("files.rs"), table).context("writing the table")
}

fn walk(folder: &Path, files: &mut Vec<PathBuf>) -> anyhow::Result<()> {
    for entry in fs::read_dir(folder).with_context(|| folder.display().to_string())? {
        let path = entry?.path();
        println!("cargo:rerun-if-changed={}", path.display());
        if path.is_dir() { walk(&path, files)? } else { files.push(path) }
    }
    Ok(())
}

/// Writes the file's forms beside the table and returns its line in it.
fn embed(dist: &Path, file: &Path, index: usize, out: &Path) -> anyhow::Result<String> {
    let bytes = fs::read(file).with_context(|| file.display().to_string())?;
    let path = url_path(dist, file);
    let mut line = format!(
        "EmbeddedFile {{ path: {path:?}, content_type: {:?}, hash: {:?}, hashed_name: {}, identity: {}",
        content_type(file),
        hash(&bytes),
        path.starts_with("/assets/"),
        store(out, index, "raw", &bytes)?,
    );
    for (name, extension, packed) in [("brotli", "br", brotli(&bytes)?), ("gzip", "gz", gzip(&bytes)?)] {
        let form = if packed.len() < bytes.len() {
            format!("Some({})", store(out, index, extension, &packed)?)
        } else {
            "None".to_owned()
        };
        write!(line, ", {name}: {form}")?;
    }
    line.push_str(" },\n");
    Ok(line)
}

fn store(out: &Path, index: usize, extension: &str, bytes: &[u8]) -> anyhow::Result<String> {
    let name = format!("{index}.{extension}");
    fs::write(out.join(&name), bytes).with_context(|| name.clone())?;
    Ok(format!("include_bytes!(concat!(env!(\"OUT_DIR\"), \"/{name}\"))"))
}

fn url_path(dist: &Path, file: &Path) -> String {
    let relative = file.strip_prefix(dist).unwrap_or(file);
    relative.components().fold(String::new(), |path, part| path + "/" + &part.as_os_str().to_string_lossy())
}

/// 128 bits of SHA-256: enough to tell two builds of a file apart.
fn hash(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().take(16).map(|byte| format!("{byte:02x}")).collect()
}

fn brotli(bytes: &[u8]) -> anyhow::Result<Vec<u8>> {
    let mut packed = Vec::new();
    let parameters = brotli::enc::BrotliEncoderParams { quality: 11, lgwin: 22, ..Default::default() };
    brotli::BrotliCompress(&mut &bytes[..], &mut packed, &parameters).context("brotli")?;
    Ok(packed)
}

fn gzip(bytes: &[u8]) -> anyhow::Result<Vec<u8>> {
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
    encoder.write_all(bytes)?;
    encoder.finish().context("gzip")
}

fn content_type(file: &Path) -> &'static str {
    match file.extension().and_then(|extension| extension.to_str()) {
        Some("html") => "text/html; charset=utf-8",
        Some("js" | "mjs") => "text/javascript; charset=utf-8",
        Some("css") => "text/css; charset=utf-8",
        Some("json" | "map") => "application/json",
        Some("webmanifest") => "application/manifest+json",
        Some("svg") => "image/svg+xml",
        Some("png") => "image/png",
        Some("ico") => "image/x-icon",
        Some("woff2") => "font/woff2",
        Some("txt") => "text/plain; charset=utf-8",
        _ => "application/octet-stream",
    }
}
