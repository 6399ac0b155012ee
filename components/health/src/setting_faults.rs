//! Whether the settings can be used that are no secret: those of the pages' addresses, and those that have a form.

use std::ops::RangeInclusive;

use http_api::ApiError;

use Form::{Numbers, Switch, Whole};

/// What the value of a setting looks like; `form` in scripts/settings.toml says it to the chart.
enum Form {
    /// `true` or `false`.
    Switch,
    /// A whole number.
    Whole(RangeInclusive<u32>),
    /// So many numbers from 0, with a slash between two.
    Numbers(usize),
}

/// The settings whose parts would fail at a request, or do something else than was meant. Auth and clock say the same of their own.
const FORMS: [(&str, Form); 14] = [
    ("auto_migrate", Switch),
    ("import_predecessor", Switch),
    ("check_database", Switch),
    ("require_if_match", Switch),
    ("max_tasks_per_user", Whole(0..=u32::MAX)),
    ("history_days", Whole(1..=9999)),
    ("rate_limit_per_minute", Whole(0..=u32::MAX)),
    ("mcp_body_limit", Whole(4096..=16_777_216)),
    ("gemini_prices", Numbers(2)),
    ("gemini_fallback_prices", Numbers(2)),
    ("chat_rate_limit", Numbers(2)),
    ("chat_daily_tokens", Numbers(1)),
    ("chat_daily_usd", Numbers(1)),
    ("chat_breaker", Numbers(3)),
];

impl Form {
    fn takes(&self, value: &str) -> bool {
        match self {
            Switch => matches!(value, "true" | "false" | ""),
            Whole(range) => value.parse().is_ok_and(|number: u32| range.contains(&number)),
            Numbers(amount) => {
                let is_number = |part: &str| part.trim().parse().is_ok_and(|n: f64| n.is_finite() && n >= 0.0);
                value.split('/').count() == *amount && value.split('/').all(is_number)
            }
        }
    }

    fn in_words(&self) -> String {
        match self {
            Switch => "true or false".to_owned(),
            Whole(range) => format!("a whole number from {} to {}", range.start(), range.end()),
            Numbers(1) => "a number from 0".to_owned(),
            Numbers(amount) => format!("{amount} numbers from 0 with a slash between two"),
        }
    }
}

/// One sentence for each setting that has not its form, by the name that people set.
///
/// # Errors
/// A variable cannot be read.
pub fn form_faults(variable: &dyn Fn(&str) -> Result<String, ApiError>) -> Result<Vec<String>, ApiError> {
    let mut faults = Vec::new();
    for (name, form) in &FORMS {
        let value = variable(name)?;
        if !form.takes(value.trim()) {
            faults.push(format!("{} must be {}, not {value:?}", name.to_ascii_uppercase(), form.in_words()));
        }
    }
    Ok(faults)
}

/// Why the public address cannot be used, if it cannot. `is_origin` says whether it begins with the origin of a page.
pub fn address_fault(url: &str, is_origin: bool) -> Option<String> {
    let url = url.trim();
    let Some((_, rest)) = url.split_once("://").filter(|(scheme, _)| ["http", "https"].contains(scheme)) else {
        return Some("BETTER_AUTH_URL must begin with http:// or https://".to_owned());
    };
    let is_bare = !rest.trim_end_matches('/').contains(['/', '?', '#']);
    let text = "BETTER_AUTH_URL must be an address without a path, such as https://todo.example.com";
    (!is_origin || !is_bare).then(|| text.to_owned())
}

#[cfg(test)]
mod tests;
