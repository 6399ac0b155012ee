//! Reads the members of a JSON object into domain types and collects every error, so that a client learns of all of
//! them at once. For REST bodies and tool arguments, which differ in what `null` means. Never does I/O, knows no HTTP.

mod error;
mod reader;

pub use error::{MemberError, ValueError};
pub use reader::{FieldReader, whole_number};
