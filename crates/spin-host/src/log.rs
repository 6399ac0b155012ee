//! Writes the lines of [`http_api::log()`]. The host's stream is called directly: `eprintln` opens all three standard
//! streams first, in a dozen calls of the host, and writes the line in two pieces.

/// How many bytes a stream accepts at once.
const PIECE: usize = 4096;

/// Writes one line to standard error. Nothing can be done where that fails, so it is not an error.
pub(crate) fn write_line(line: &str) {
    let stderr = wasi::cli::stderr::get_stderr();
    for piece in format!("{line}\n").as_bytes().chunks(PIECE) {
        stderr.blocking_write_and_flush(piece).unwrap_or(());
    }
}
