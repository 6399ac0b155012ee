//! Files of each format with the tasks that come of them. A member that a result does not name is left open.

use std::path::{Path, PathBuf};

use chrono::{DateTime, Datelike, NaiveDate, NaiveDateTime, SecondsFormat, TimeDelta, Utc, Weekday};
use serde_json::{Value, json};

use super::{TaskFile, read_as};
use crate::date::Moment;

pub(super) struct SampleFile {
    pub(super) path: PathBuf,
    pub(super) bytes: Vec<u8>,
}

/// The files of a folder that have a result beside them.
fn samples(folder: &Path) -> Vec<SampleFile> {
    let mut paths: Vec<PathBuf> = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    paths.retain(|path| {
        !path.to_str().unwrap().ends_with(".expected.json") && path.with_extension("expected.json").exists()
    });
    paths.into_iter().map(|path| SampleFile { bytes: std::fs::read(&path).unwrap(), path }).collect()
}

pub(super) fn own() -> Vec<SampleFile> {
    samples(&Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/fixtures/imports"))
}

/// How far a zone of these files is before UTC; the tests need no zone data for the four of them.
fn offset(zone: &str, day: NaiveDate) -> TimeDelta {
    assert!(["Europe/Berlin", "Europe/Vienna"].contains(&zone), "{zone}");
    let last_sunday = |month| {
        let last = NaiveDate::from_ymd_opt(day.year(), month, 31).unwrap();
        last.iter_days().rev().find(|day| day.weekday() == Weekday::Sun).unwrap()
    };
    TimeDelta::hours(if (last_sunday(3)..last_sunday(10)).contains(&day) { 2 } else { 1 })
}

fn shown(moment: &Option<Moment>) -> Value {
    let instant = |at: DateTime<Utc>| json!(at.to_rfc3339_opts(SecondsFormat::Secs, true));
    match moment {
        None => Value::Null,
        Some(Moment::Instant(at)) => instant(*at),
        Some(Moment::Zoned(time, zone)) => instant((*time - offset(zone, time.date())).and_utc()),
        Some(Moment::DayIn(at, zone)) => {
            json!((at.naive_utc() as NaiveDateTime + offset(zone, at.date_naive())).date().to_string())
        }
        Some(moment) => json!(moment.text()),
    }
}

fn tasks(file: &TaskFile) -> Vec<Value> {
    let shown_task = |(at, task): (usize, &crate::ImportedTask)| {
        json!({
            "title": task.title.as_str(),
            "description": task.description.as_ref().map(task::Description::as_str),
            "completed": task.completed,
            "completed_at": shown(&task.completed_at),
            "due": shown(&task.due),
            "repeat": task.repeat,
            "priority": task.priority.as_str(),
            "tags": task.tags,
            "list": task.list,
            "parent": task.parent.map(|parent| file.tasks[parent].title.as_str()),
            "order": at + 1,
            "created_at": shown(&task.created_at),
        })
    };
    file.tasks.iter().enumerate().map(shown_task).collect()
}

fn check(sample: &SampleFile) {
    let name = sample.path.display();
    let expected: Vec<Value> =
        serde_json::from_slice(&std::fs::read(sample.path.with_extension("expected.json")).unwrap()).unwrap();
    // The type decides nothing in these files.
    for media_type in ["", "application/octet-stream", "text/plain", "text/csv", "application/json"] {
        let file =
            read_as(media_type, &sample.bytes).unwrap_or_else(|error| panic!("{name} as {media_type:?}: {error}"));
        let found = tasks(&file);
        assert_eq!(found.len(), expected.len(), "{name} as {media_type:?}: {found:#?}");
        for (found, expected) in found.iter().zip(&expected) {
            for (member, value) in expected.as_object().unwrap() {
                assert_eq!(&found[member], value, "{name} as {media_type:?}: {member} of {}", expected["title"]);
            }
        }
    }
}

#[test]
fn every_sample_becomes_its_tasks() {
    let samples = own();
    assert!(samples.len() > 20, "the samples are there");
    samples.iter().for_each(check);
}

/// Samples that are kept elsewhere: the folder that `IMPORT_SAMPLES` names.
#[test]
fn other_samples_become_their_tasks() {
    if let Some(folder) = std::env::var_os("IMPORT_SAMPLES") {
        let samples = samples(Path::new(&folder));
        assert!(!samples.is_empty(), "the samples are there");
        samples.iter().for_each(check);
    }
}
