//! The log of a running app.

use std::sync::{Arc, Mutex};

/// The lines so far, shared with the writers.
pub(crate) type LogLines = Arc<Mutex<Vec<String>>>;
