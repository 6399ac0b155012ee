//! A rate.

use http_api::{Allowance, ApiError};

/// At most `limit` calls of each subject at once, and as many more in each window as time goes by.
#[derive(Debug, Clone, Copy)]
pub struct Rate {
    /// What is limited, as the `RateLimit` header names it ("tasks", "chat").
    pub name: &'static str,
    /// How many calls; 0 for any number.
    pub limit: u32,
    /// The window in seconds.
    pub window: u32,
}

impl Rate {
    /// The calls a minute that `text`, the value of `rate_limit_per_minute`, allows.
    pub fn per_minute(name: &'static str, text: &str) -> Result<Self, ApiError> {
        let not_a_number = |_| ApiError::internal("variable rate_limit_per_minute is not a number");
        Ok(Self { name, limit: text.parse().map_err(not_a_number)?, window: 60 })
    }

    /// The allowance of a subject that made no call.
    pub(crate) fn untouched(self) -> Allowance {
        let Self { name, limit, window } = self;
        Allowance { name, limit, window, remaining: limit, resets_in: window }
    }
}
