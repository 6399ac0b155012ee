//! The formats of an export.

use http_api::{ApiError, FieldError};

#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) enum ExportFormat {
    Json,
    Csv,
    Calendar,
    Markdown,
}

impl ExportFormat {
    /// The value of the parameter `format`.
    pub(crate) fn parse(text: &str) -> Result<Self, ApiError> {
        match text {
            "json" => Ok(Self::Json),
            "csv" => Ok(Self::Csv),
            "ics" => Ok(Self::Calendar),
            "markdown" => Ok(Self::Markdown),
            _ => {
                let message = "must be one of json, csv, ics, markdown.";
                Err(ApiError::invalid(vec![FieldError::new("format", message)]))
            }
        }
    }

    pub(super) fn media_type(self) -> &'static str {
        match self {
            Self::Json => "application/json",
            Self::Csv => "text/csv; charset=utf-8; header=present",
            Self::Calendar => "text/calendar; charset=utf-8",
            Self::Markdown => "text/markdown; charset=utf-8",
        }
    }

    pub(super) fn extension(self) -> &'static str {
        match self {
            Self::Json => "json",
            Self::Csv => "csv",
            Self::Calendar => "ics",
            Self::Markdown => "md",
        }
    }
}
