//! Counts a sample of the calls, for requests that are too quick to be worth a statement each.

use db::Db;
use http_api::{Allowance, ApiError};
use spin_host::RateState;

use crate::rate::Rate;
use crate::take::take_tokens;

/// How many counted calls use up a limit: one in `limit / SAMPLES` calls is counted, for that many.
const SAMPLES: u32 = 50;

/// As [`crate::take`], at the cost of a look into the key-value store: of a limit above [`SAMPLES`] only some calls, chosen at
/// random, are counted, each for several. What is left is then right on average, and once nothing is left this replica
/// rejects calls without asking the database.
pub fn admit(open: impl FnOnce() -> Result<Db, ApiError>, rate: Rate, subject: &str) -> Result<Allowance, ApiError> {
    if rate.limit == 0 {
        return Ok(rate.untouched());
    }
    let cached = cached_allowance(rate, subject);
    if let Some(empty) = cached.as_ref().filter(|allowance| allowance.remaining == 0) {
        return Err(ApiError::rate_limited(empty));
    }
    let weight = (rate.limit / SAMPLES).max(1);
    let drawn = getrandom::u32().map_err(|error| ApiError::internal(error.to_string()))?;
    if drawn % weight != 0 {
        return Ok(cached.unwrap_or_else(|| rate.untouched()));
    }
    count(&open()?, rate, subject, weight)
}

/// What this replica cached of a subject's allowance, while its window lasts.
pub fn cached_allowance(rate: Rate, subject: &str) -> Option<Allowance> {
    let cached = spin_host::cached_rate(subject, rate.name);
    cached.and_then(|state| current_allowance(state, rate, spin_host::now()))
}

/// As [`crate::take`]; what is left is cached for [`cached_allowance`].
pub fn take_and_cache(db: &Db, rate: Rate, subject: &str) -> Result<Allowance, ApiError> {
    count(db, rate, subject, 1)
}

/// Counts so many calls and caches what is left.
fn count(db: &Db, rate: Rate, subject: &str, weight: u32) -> Result<Allowance, ApiError> {
    let taken = take_tokens(db, rate, subject, weight)?;
    let Allowance { remaining, resets_in, .. } = taken.allowance;
    let state = RateState { remaining, resets_at: spin_host::now() + u64::from(resets_in) };
    spin_host::cache_rate(subject, rate.name, state);
    taken.into_allowance()
}

/// The allowance that this replica cached, while its window lasts.
fn current_allowance(state: RateState, rate: Rate, now: u64) -> Option<Allowance> {
    let resets_in = state.resets_at.checked_sub(now).filter(|seconds| *seconds > 0)?;
    let resets_in = u32::try_from(resets_in).unwrap_or(rate.window);
    Some(Allowance { remaining: state.remaining, resets_in, ..rate.untouched() })
}

#[cfg(test)]
mod tests {
    use super::*;

    const RATE: Rate = Rate { name: "tasks", limit: 100, window: 60 };

    #[test]
    fn a_cached_state_holds_until_its_window_ends() {
        let state = RateState { remaining: 0, resets_at: 1000 };
        let current = current_allowance(state, RATE, 970).unwrap();
        assert_eq!((current.remaining, current.resets_in, current.limit), (0, 30, 100));
        assert!(current_allowance(state, RATE, 1000).is_none() && current_allowance(state, RATE, 2000).is_none());
    }
}
