//! The state of a bucket of tokens, made into an allowance.

use http_api::Allowance;

use crate::rate::Rate;

/// The allowance of a bucket that is full again in `full_in` seconds, after `units` tokens were taken if they fit. It resets
/// when the bucket is full; or if it is empty, when there is one token; or if the tokens did not fit, when there are as many.
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "between 0 and the limit or the window")]
pub(crate) fn allowance(rate: Rate, units: u32, fits: bool, full_in: f64) -> Allowance {
    /// A statement's time is in microseconds.
    const GRAIN: f64 = 1e-5;
    let (limit, window) = (f64::from(rate.limit), f64::from(rate.window));
    let tokens = ((window - full_in + GRAIN) * limit / window).floor().clamp(0.0, limit);
    let until = |tokens: u32| full_in - window + f64::from(tokens) * window / limit;
    let (remaining, resets_in) = match fits {
        false => (0, until(units)),
        true if tokens < 1.0 => (0, until(1)),
        true => (tokens as u32, full_in),
    };
    Allowance { remaining, resets_in: resets_in.ceil().clamp(1.0, window) as u32, ..rate.untouched() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_bucket_says_what_is_left_and_when_there_is_more() {
        let chat = Rate { name: "chat", limit: 20, window: 300 };
        let state = |units, fits, full_in| {
            let allowance = allowance(chat, units, fits, full_in);
            (allowance.remaining, allowance.resets_in)
        };
        assert_eq!(state(1, true, 15.0), (19, 15));
        assert_eq!(state(1, true, 285.2), (0, 1), "the next token comes in a moment");
        assert_eq!(state(1, true, 300.0), (0, 15));
        assert_eq!(state(1, false, 290.5), (0, 6));
        assert_eq!(state(5, false, 290.5), (0, 66), "that many at once take longer");
        assert_eq!(allowance(Rate { name: "odd", limit: 7, window: 60 }, 1, true, 8.571_429).remaining, 6);
    }
}
