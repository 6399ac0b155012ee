//! Why a file is not imported, in sentences for its user, in English and German.

use http::StatusCode;
use http_api::{ApiError, FieldError};
use serde_json::json;
use task::{PastImport, TaskRoom};
use task_import::ImportError;
use user_language::Language;

/// A file of which nothing can be imported.
pub(crate) fn import_error(error: ImportError, language: Language) -> ApiError {
    let detail = match language {
        Language::English => error.to_string(),
        Language::German => german(&error),
    };
    let unprocessable = |code| ApiError::new(StatusCode::UNPROCESSABLE_ENTITY, code, &detail);
    let on_line = |line| vec![FieldError::new("body", &detail).on_line(line)];
    match error {
        ImportError::Spreadsheet | ImportError::Archive | ImportError::NotText => {
            ApiError::new(StatusCode::UNSUPPORTED_MEDIA_TYPE, "unsupported_file", detail)
        }
        ImportError::NoTasks => unprocessable("no_tasks"),
        ImportError::UnknownColumns(names) => {
            let message = match language {
                Language::English => "is not a known column.",
                Language::German => "ist keine bekannte Spalte.",
            };
            let named = names.into_iter().map(|name| FieldError::new(name, message));
            ApiError { fields: named.collect(), ..unprocessable("unknown_columns") }
        }
        ImportError::BrokenJson(line) | ImportError::OpenQuote(line) => {
            ApiError { fields: on_line(line), ..ApiError::malformed(&detail) }
        }
        ImportError::TooMany { .. } => {
            ApiError { fields: vec![FieldError::new("body", &detail)], ..unprocessable("invalid") }
        }
    }
}

fn german(error: &ImportError) -> String {
    match error {
        ImportError::Spreadsheet => {
            "Das ist eine Tabellendatei. Speichere sie als CSV und wähle diese Datei.".to_owned()
        }
        ImportError::Archive => "Das ist ein Archiv. Entpacke es und wähle die Datei mit den Aufgaben darin; in einem Export von Vikunja ist \
             das data.json."
            .to_owned(),
        ImportError::NotText => {
            "Das ist keine Textdatei. Wähle einen Export als CSV, JSON, iCalendar, Markdown oder einfachen Text.".to_owned()
        }
        ImportError::NoTasks => "In dieser Datei ist keine Aufgabe.".to_owned(),
        ImportError::UnknownColumns(_) => {
            "Keine Spalte dieser Tabelle ist bekannt. Sag, welche Spalte welche ist.".to_owned()
        }
        ImportError::BrokenJson(line) => {
            format!("Diese Datei beginnt als JSON, lässt sich aber ab Zeile {line} nicht lesen.")
        }
        ImportError::OpenQuote(line) => {
            format!("Das Anführungszeichen, das in Zeile {line} öffnet, wird nie geschlossen.")
        }
        ImportError::TooMany { count, most } => {
            format!("In dieser Datei sind {count} Aufgaben; ein Import nimmt höchstens {most}.")
        }
    }
}

/// 409: a task of an earlier import of the file is left.
pub(crate) fn already_imported(PastImport { at, count }: &PastImport, language: Language) -> ApiError {
    let day = at.split('T').next().unwrap_or(at);
    let detail = match (language, count) {
        (Language::English, 1) => {
            format!("This file was imported on {day}: 1 task. Send it with again=true to import it once more.")
        }
        (Language::English, _) => {
            format!("This file was imported on {day}: {count} tasks. Send it with again=true to import it once more.")
        }
        (Language::German, 1) => {
            format!("Diese Datei wurde am {day} importiert: 1 Aufgabe. Mit again=true kommt sie noch einmal.")
        }
        (Language::German, _) => {
            format!("Diese Datei wurde am {day} importiert: {count} Aufgaben. Mit again=true kommen sie noch einmal.")
        }
    };
    let details = vec![FieldError::new("imported_at", at), FieldError::new("count", count.to_string())];
    ApiError { fields: details, ..ApiError::new(StatusCode::CONFLICT, "already_imported", detail) }
}

/// 409: the tasks of the file do not fit; `limit`, `count` and `room` say how many do.
pub(crate) fn too_many_tasks(count: usize, TaskRoom { most, left }: TaskRoom, language: Language) -> ApiError {
    let detail = match (language, left) {
        (Language::English, 0) => format!(
            "You can have at most {most} tasks, and you have them. None of the {count} of this file fits; delete some first."
        ),
        (Language::English, _) => format!(
            "You can have at most {most} tasks. {left} of the {count} of this file would fit; delete some first, or import a part."
        ),
        (Language::German, 0) => format!(
            "Du kannst höchstens {most} Aufgaben haben, und du hast sie. Von den {count} dieser Datei passt keine; lösche erst welche."
        ),
        (Language::German, _) => format!(
            "Du kannst höchstens {most} Aufgaben haben. Von den {count} dieser Datei würden {left} passen; lösche erst welche, oder \
             importiere einen Teil."
        ),
    };
    ApiError::new(StatusCode::CONFLICT, "task_limit", detail)
        .with_member("room", json!({ "limit": most, "count": count, "fits": left }))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_refusal_says_what_would_fit_in_the_language_of_its_reader() {
        let room = TaskRoom { most: 100, left: 7 };
        let english = too_many_tasks(12, room, Language::English);
        assert!(english.detail.contains("at most 100") && english.detail.contains("7 of the 12"), "{}", english.detail);
        assert_eq!(english.extension.unwrap().1, json!({"limit": 100, "count": 12, "fits": 7}));
        let german = too_many_tasks(12, TaskRoom { left: 0, ..room }, Language::German);
        assert!(german.detail.contains("höchstens 100") && german.detail.contains("passt keine"), "{}", german.detail);
        let broken = import_error(ImportError::BrokenJson(3), Language::German);
        assert_eq!((broken.status.as_u16(), broken.fields[0].line), (400, Some(3)));
        assert!(broken.detail.contains("ab Zeile 3"));
    }
}
