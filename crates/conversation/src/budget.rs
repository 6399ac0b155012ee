//! What the model may cost, and when it is left alone.

/// The tokens that a running turn counts as until its usage is known, so that turns at the same time do not all spend the same
/// rest of a budget.
pub const RESERVED_TOKENS: u64 = 4000;

/// What the model may cost, and when it is left alone.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct ModelBudget {
    /// Tokens of one user in a day (UTC); 0 for no limit.
    pub daily_tokens: u64,
    /// What all users may cost in a day (UTC), in millionths of a dollar; 0 for no limit.
    pub daily_micro_usd: u64,
    /// What tokens cost.
    pub prices: TokenPrices,
    /// What the fallback model costs.
    pub fallback_prices: TokenPrices,
    /// When a failing model is left alone.
    pub breaker: CircuitBreaker,
}

/// Dollars for a million tokens, which is millionths of a dollar for one.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct TokenPrices {
    /// For tokens that the model reads.
    pub input: f64,
    /// For tokens that the model writes or thinks.
    pub output: f64,
}

/// Opens after `failures` within `within` seconds and stays open for `rest` seconds; never with 0 failures.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CircuitBreaker {
    /// How many failures open it.
    pub failures: u32,
    /// The seconds within which they are counted.
    pub within: u32,
    /// The seconds for which it stays open.
    pub rest: u32,
}

impl TokenPrices {
    /// What so many tokens cost, in millionths of a dollar, rounded up.
    #[expect(clippy::cast_precision_loss, clippy::cast_possible_truncation, reason = "far below 2^52")]
    pub fn cost(self, input: u64, output: u64) -> i64 {
        (input as f64 * self.input + output as f64 * self.output).ceil() as i64
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fractions_of_a_price_are_rounded_up() {
        assert_eq!(TokenPrices { input: 0.30, output: 2.50 }.cost(168, 17 + 72), 273); // 50.4 + 222.5
    }
}
