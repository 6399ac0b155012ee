//! How variables of more than one kind of value are read. An unusable value is an error that names the variable.

use http_api::ApiError;

/// Whether people may delete their account (`delete_user`).
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum DeleteUser {
    /// They may not.
    Off,
    /// At once, with the password or a session of today.
    On,
    /// After they followed the link of a mail.
    Confirm,
}

impl DeleteUser {
    /// Reads the variable.
    pub(super) fn parse(text: &str) -> Result<Self, ApiError> {
        match text.trim() {
            "off" | "false" | "" => Ok(Self::Off),
            "on" | "true" => Ok(Self::On),
            "confirm" => Ok(Self::Confirm),
            _ => Err(ApiError::internal("variable delete_user must be off, on or confirm")),
        }
    }
}

/// A variable that is `true` or `false`; empty is false.
pub(super) fn flag(name: &str, value: &str) -> Result<bool, ApiError> {
    match value.trim() {
        "true" => Ok(true),
        "false" | "" => Ok(false),
        _ => Err(ApiError::internal(format!("variable {name} must be true or false"))),
    }
}

/// `rate_limit`: on, off, or (empty) on unless the public address is a local one. YAML turns `on` into `true`.
pub(super) fn rate_limit(text: &str, is_local: bool) -> Result<bool, ApiError> {
    match text.trim() {
        "" => Ok(!is_local),
        "on" | "true" => Ok(true),
        "off" | "false" => Ok(false),
        _ => Err(ApiError::internal("variable rate_limit must be on, off or empty")),
    }
}

/// `jwks_rotation_days` in seconds; 0 is never, which is a century here.
pub(super) fn rotation_seconds(days: &str) -> Result<u32, ApiError> {
    const CENTURY: u32 = 36_500;
    let days = days.trim().parse::<u32>().ok().filter(|days| *days <= CENTURY);
    let days = days.ok_or_else(|| {
        ApiError::internal(format!("variable jwks_rotation_days must be a number of days from 0 (never) to {CENTURY}"))
    })?;
    Ok(if days == 0 { CENTURY } else { days } * 86_400)
}

#[cfg(test)]
mod tests;
