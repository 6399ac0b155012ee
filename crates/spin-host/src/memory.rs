//! Texts that are worth remembering from one request to the next, in the key-value store; forgetting them costs time only.

use serde::{Deserialize, Serialize};

use crate::{now_ms, store};

#[derive(Serialize, Deserialize)]
struct Note {
    at: u64,
    text: String,
}

/// What was remembered under this name less than `max_age` milliseconds ago.
pub fn recall(name: &str, max_age: u64) -> Option<String> {
    let note: Note = store().ok()?.get_json(name).unwrap_or(None)?;
    (now_ms().saturating_sub(note.at) < max_age).then_some(note.text)
}

/// Remembers a text under this name.
pub fn remember(name: &str, text: &str) {
    let note = Note { at: now_ms(), text: text.to_owned() };
    if let Err(cause) = store().and_then(|store| store.set_json(name, &note).map_err(|error| error.to_string())) {
        not_remembered(&cause);
    }
}

/// Logs that a note was not taken.
pub(crate) fn not_remembered(cause: &str) {
    crate::log(&format!("{{\"level\":\"warn\",\"event\":\"not_remembered\",\"cause\":{cause:?}}}"));
}
