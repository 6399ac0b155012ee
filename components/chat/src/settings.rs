//! What the operator sets.

use assistant::GeminiSettings;
use edge::ApiError;

use crate::limits::{Breaker, Limits, Prices};

/// The component's variables, except those that verify tokens.
pub struct Settings {
    /// The database.
    pub database_url: String,
    /// The MCP server's endpoint.
    pub mcp_server_url: String,
    /// The tools that may be used; all if empty.
    pub tools: Vec<String>,
    /// Gemini; `None` without a key, and the offline assistant answers.
    pub gemini: Option<GeminiSettings>,
    /// What may be used up.
    pub limits: Limits,
}

impl Settings {
    /// Reads every variable once.
    pub fn load(variable: impl Fn(&str) -> Result<String, ApiError>) -> Result<Self, ApiError> {
        let key = variable("gemini_api_key")?.trim().to_owned();
        let gemini = GeminiSettings {
            url: variable("gemini_url")?,
            version: variable("gemini_api_version")?,
            model: variable("gemini_model")?,
            fallback: variable("gemini_fallback_model")?,
            key,
        };
        Ok(Self {
            database_url: variable("database_url")?,
            mcp_server_url: variable("mcp_server_url")?,
            tools: list(&variable("chat_tools")?),
            gemini: Some(gemini).filter(|gemini| !gemini.key.is_empty()),
            limits: limits(&variable)?,
        })
    }
}

fn limits(variable: &impl Fn(&str) -> Result<String, ApiError>) -> Result<Limits, ApiError> {
    let numbers = |name: &str| -> Result<Vec<f64>, ApiError> {
        let text = variable(name)?;
        let parsed: Option<Vec<f64>> =
            text.split('/').map(|part| part.trim().parse().ok().filter(|n: &f64| n.is_finite() && *n >= 0.0)).collect();
        parsed.ok_or_else(|| ApiError::internal(format!("variable {name} must be numbers from 0, not {text:?}")))
    };
    let exactly = |name: &str, wanted: usize| -> Result<Vec<f64>, ApiError> {
        let found = numbers(name)?;
        match found.len() == wanted {
            true => Ok(found),
            false => Err(ApiError::internal(format!("variable {name} must be {wanted} numbers separated by /"))),
        }
    };
    let (rate, prices, breaker) =
        (exactly("chat_rate_limit", 2)?, exactly("gemini_prices", 2)?, exactly("chat_breaker", 3)?);
    Ok(Limits {
        messages: (whole(rate[0]), whole(rate[1])),
        daily_tokens: u64::from(whole(exactly("chat_daily_tokens", 1)?[0])),
        daily_micro_usd: u64::from(whole(exactly("chat_daily_usd", 1)?[0] * 1_000.0)) * 1_000,
        prices: Prices { input: prices[0], output: prices[1] },
        breaker: Breaker { failures: whole(breaker[0]), within: whole(breaker[1]), rest: whole(breaker[2]) },
    })
}

#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "not negative, and cut at the largest")]
fn whole(number: f64) -> u32 {
    number.min(f64::from(u32::MAX)) as u32
}

fn list(text: &str) -> Vec<String> {
    text.split(',').map(str::trim).filter(|item| !item.is_empty()).map(str::to_owned).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn load(changed: &str, value: &str) -> Result<Settings, ApiError> {
        Settings::load(|name| {
            Ok(match name {
                name if name == changed => value,
                "chat_rate_limit" => "20/300",
                "chat_daily_tokens" => "200000",
                "chat_daily_usd" => "2.5",
                "gemini_prices" => "0.30/2.50",
                "chat_breaker" => "5/60/30",
                "chat_tools" => "add_task, list_tasks",
                _ => "",
            }
            .to_owned())
        })
    }

    #[test]
    fn numbers_are_read_and_nonsense_is_named() {
        let settings = load("", "").unwrap();
        assert_eq!(settings.limits.messages, (20, 300));
        assert_eq!((settings.limits.daily_tokens, settings.limits.daily_micro_usd), (200_000, 2_500_000));
        assert_eq!(settings.tools, ["add_task", "list_tasks"]);
        for (name, bad) in
            [("chat_rate_limit", "20"), ("chat_daily_usd", "-1"), ("gemini_prices", "a/b"), ("chat_breaker", "")]
        {
            let error = load(name, bad).err().unwrap();
            assert!(error.cause.unwrap().contains(name), "{name}");
        }
    }
}
