//! Prints the document: `cargo run --bin openapi >ui/public/api/openapi.json`.

#[expect(clippy::print_stdout, reason = "that is what it is for")]
fn main() {
    print!("{}", openapi::text());
}
