//! The operator's settings. On Spin, reading a variable moves work to another thread, so each is read where it is needed.

use assistant::GeminiSettings;
use conversation::{CircuitBreaker, ModelBudget, TokenPrices};
use http_api::ApiError;
use rate_limit::Rate;

/// The component's variables, by the function that reads one; without those that verify tokens.
#[derive(Clone, Copy)]
pub struct ChatSettings<'a>(pub &'a dyn Fn(&str) -> Result<String, ApiError>);

/// Where the tools are.
pub struct ToolSettings {
    /// The MCP server's endpoint.
    pub url: String,
    /// The names of the tools that may be used; all if empty.
    pub allowed: Vec<String>,
}

impl ChatSettings<'_> {
    /// The URL of the database.
    pub fn database_url(self) -> Result<String, ApiError> {
        (self.0)("database_url")
    }

    /// The MCP server and the tools that may be used.
    pub fn tools(self) -> Result<ToolSettings, ApiError> {
        Ok(ToolSettings { url: (self.0)("mcp_server_url")?, allowed: list(&(self.0)("chat_tools")?) })
    }

    /// Gemini; `None` without a key: then the offline assistant responds.
    pub fn gemini(self) -> Result<Option<GeminiSettings>, ApiError> {
        let Some(key) = self.key()? else { return Ok(None) };
        Ok(Some(GeminiSettings {
            url: (self.0)("gemini_url")?,
            version: (self.0)("gemini_api_version")?,
            model: model_id(&(self.0)("gemini_model")?),
            fallback: model_id(&(self.0)("gemini_fallback_model")?),
            key,
        }))
    }

    /// What Gemini may cost; `None` without a key.
    pub fn budget(self) -> Result<Option<ModelBudget>, ApiError> {
        if self.key()?.is_none() {
            return Ok(None);
        }
        let ([tokens], [dollars]) = (self.numbers("chat_daily_tokens")?, self.numbers("chat_daily_usd")?);
        let ([input, output], [failures, within, rest]) =
            (self.numbers("gemini_prices")?, self.numbers("chat_breaker")?);
        Ok(Some(ModelBudget {
            daily_tokens: u64::from(whole(tokens)),
            daily_micro_usd: u64::from(whole(dollars * 1_000.0)) * 1_000,
            prices: TokenPrices { input, output },
            fallback_prices: self.fallback_prices()?,
            breaker: CircuitBreaker { failures: whole(failures), within: whole(within), rest: whole(rest) },
        }))
    }

    /// How many messages a user may send.
    pub fn rate(self) -> Result<Rate, ApiError> {
        let [limit, window] = self.numbers("chat_rate_limit")?.map(whole);
        Ok(Rate { name: "chat", limit, window })
    }

    fn fallback_prices(self) -> Result<TokenPrices, ApiError> {
        let [input, output] = self.numbers("gemini_fallback_prices")?;
        Ok(TokenPrices { input, output })
    }

    fn key(self) -> Result<Option<String>, ApiError> {
        let key = (self.0)("gemini_api_key")?.trim().to_owned();
        Ok(Some(key).filter(|key| !key.is_empty()))
    }

    /// `N` numbers from 0, separated by slashes.
    fn numbers<const N: usize>(self, name: &str) -> Result<[f64; N], ApiError> {
        let text = (self.0)(name)?;
        let parsed: Option<Vec<f64>> =
            text.split('/').map(|part| part.trim().parse().ok().filter(|n: &f64| n.is_finite() && *n >= 0.0)).collect();
        let found = parsed
            .ok_or_else(|| ApiError::internal(format!("variable {name} must be numbers from 0, not {text:?}")))?;
        found.try_into().map_err(|_| ApiError::internal(format!("variable {name} must be {N} numbers separated by /")))
    }
}

#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "not negative, and cut at the largest")]
fn whole(number: f64) -> u32 {
    number.min(f64::from(u32::MAX)) as u32
}

/// The id of a model, without the "models/" with which Google lists it.
fn model_id(name: &str) -> String {
    let name = name.trim();
    name.strip_prefix("models/").unwrap_or(name).to_owned()
}

fn list(text: &str) -> Vec<String> {
    text.split(',').map(str::trim).filter(|item| !item.is_empty()).map(str::to_owned).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn usual(name: &str) -> &str {
        match name {
            "gemini_api_key" => " key ",
            "chat_rate_limit" => "20/300",
            "chat_daily_tokens" => "200000",
            "chat_daily_usd" => "2.5",
            "gemini_prices" => "0.30/2.50",
            "gemini_fallback_prices" => "0.75/3.75",
            "gemini_model" => "models/gemini-3.5-flash-lite",
            "chat_breaker" => "5/60/30",
            "chat_tools" => "add_task, list_tasks",
            _ => "",
        }
    }

    #[test]
    fn numbers_are_read_and_nonsense_is_named() {
        let variable = |name: &str| Ok(usual(name).to_owned());
        let settings = ChatSettings(&variable);
        let rate = settings.rate().unwrap();
        assert_eq!((rate.limit, rate.window), (20, 300));
        let gemini = settings.gemini().unwrap().unwrap();
        assert_eq!((gemini.model.as_str(), gemini.fallback.as_str()), ("gemini-3.5-flash-lite", ""));
        let budget = settings.budget().unwrap().unwrap();
        assert_eq!((budget.daily_tokens, budget.daily_micro_usd), (200_000, 2_500_000));
        assert_eq!(settings.tools().unwrap().allowed, ["add_task", "list_tasks"]);
        for (changed, bad) in
            [("chat_rate_limit", "20"), ("chat_daily_usd", "-1"), ("gemini_prices", "a/b"), ("chat_breaker", "")]
        {
            let variable = |name: &str| Ok(if name == changed { bad } else { usual(name) }.to_owned());
            let settings = ChatSettings(&variable);
            let error = settings.rate().err().or_else(|| settings.budget().err()).unwrap();
            assert!(error.cause.unwrap().contains(changed), "{changed}");
        }
    }

    #[test]
    fn without_a_key_nothing_else_of_gemini_is_read() {
        let variable = |name: &str| match name {
            "gemini_api_key" => Ok(" ".to_owned()),
            name => panic!("{name} is read"),
        };
        let settings = ChatSettings(&variable);
        assert!(settings.gemini().unwrap().is_none() && settings.budget().unwrap().is_none());
    }
}
