//! Files that are written task by task.

use serde::Serialize;
use task::ExportedTask;
use task_calendar::TodoCalendar;
use user_language::Language;

use crate::csv;
use crate::owned_task::OwnedTask;

/// What writes a file of tasks.
pub(crate) trait ExportWriter {
    /// What stands before the tasks.
    fn begin(&mut self, bytes: &mut Vec<u8>);
    /// A task.
    fn task(&mut self, bytes: &mut Vec<u8>, task: &ExportedTask);
    /// What stands behind them.
    fn end(&mut self, bytes: &mut Vec<u8>);
}

/// An array of tasks as a client sees them, with where their series stand.
pub(crate) struct JsonWriter {
    owner: String,
    has_tasks: bool,
}

#[derive(Serialize)]
struct ExportedMembers<'a> {
    #[serde(flatten)]
    task: OwnedTask<'a>,
    #[serde(skip_serializing_if = "Option::is_none")]
    repeat_anchor: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    repeat_passed: Option<u16>,
}

impl JsonWriter {
    pub(crate) fn new(owner: &str) -> Self {
        Self { owner: owner.to_owned(), has_tasks: false }
    }
}

impl ExportWriter for JsonWriter {
    fn begin(&mut self, bytes: &mut Vec<u8>) {
        bytes.push(b'[');
    }

    fn task(&mut self, bytes: &mut Vec<u8>, ExportedTask { task, series }: &ExportedTask) {
        bytes.extend_from_slice(if self.has_tasks { b",\n" } else { b"\n" });
        self.has_tasks = true;
        let members = ExportedMembers {
            task: OwnedTask::new(&self.owner, task, Language::English),
            repeat_anchor: series.map(|series| series.anchor.to_string()),
            repeat_passed: series.map(|series| series.passed),
        };
        serde_json::to_writer(bytes, &members).expect("a task is plain data");
    }

    fn end(&mut self, bytes: &mut Vec<u8>) {
        bytes.extend_from_slice(b"\n]\n");
    }
}

/// A table.
pub(crate) struct CsvWriter;

impl ExportWriter for CsvWriter {
    fn begin(&mut self, bytes: &mut Vec<u8>) {
        bytes.extend(csv::header());
    }

    fn task(&mut self, bytes: &mut Vec<u8>, task: &ExportedTask) {
        csv::write(bytes, task);
    }

    fn end(&mut self, _: &mut Vec<u8>) {}
}

impl ExportWriter for TodoCalendar {
    fn begin(&mut self, bytes: &mut Vec<u8>) {
        bytes.extend(Self::begin(self).into_bytes());
    }

    fn task(&mut self, bytes: &mut Vec<u8>, ExportedTask { task, series }: &ExportedTask) {
        bytes.extend(Self::task(self, task, series.as_ref()).into_bytes());
    }

    fn end(&mut self, bytes: &mut Vec<u8>) {
        bytes.extend(Self::end(self).into_bytes());
    }
}
