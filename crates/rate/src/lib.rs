//! How often a user may do something: a count for each window of time in the table `rate_limit`, raised and read by one
//! statement, so that replicas and parallel requests share it. [`take`] counts every call; [`admit`] is for requests that
//! are too quick to be worth a statement each.

use db::{Db, DbError, Param};
use edge::{Allowance, ApiError};
use serde::{Deserialize, Serialize};
use spin_sdk::key_value::Store;

/// So many calls of each subject in each window.
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
    /// So many calls a minute as `rate_limit_per_minute` says.
    pub fn per_minute(name: &'static str, text: &str) -> Result<Self, ApiError> {
        let not_a_number = |_| ApiError::internal("variable rate_limit_per_minute is not a number");
        Ok(Self { name, limit: text.parse().map_err(not_a_number)?, window: 60 })
    }
}

/// `$1` name, `$2` subject, `$3` how many, `$4` window in seconds.
const TAKE: &str = "insert into rate_limit as rate (name, subject, used, resets_at)
    values ($1::text, $2::text, $3::bigint, now() + $4::bigint * interval '1 second')
    on conflict (name, subject) do update set
      used = case when rate.resets_at <= now() then excluded.used else rate.used + excluded.used end,
      resets_at = case when rate.resets_at <= now() then excluded.resets_at else rate.resets_at end
    returning used, greatest(ceil(extract(epoch from resets_at - now()))::bigint, 1) as resets_in";

/// Counts one call of `subject` (a user's id) and answers what is left, or 429 when there was nothing left.
pub fn take(db: &Db, rate: Rate, subject: &str) -> Result<Allowance, ApiError> {
    if rate.limit == 0 {
        return Ok(untouched(rate));
    }
    let (allowance, fits) = count(db, rate, subject, 1)?;
    if fits { Ok(allowance) } else { Err(ApiError::rate_limited(&allowance)) }
}

/// How many counted calls use up a limit in [`admit`]: one in `limit / SAMPLES` is counted, for that many.
const SAMPLES: u32 = 50;

/// Like [`take`], at the cost of a look into the key-value store: of a limit above [`SAMPLES`] only some calls, chosen at
/// random, are counted, each for several. What is left is then right on average, and once nothing is left this replica
/// refuses without asking the database.
pub fn admit(open: impl FnOnce() -> Result<Db, ApiError>, rate: Rate, subject: &str) -> Result<Allowance, ApiError> {
    if rate.limit == 0 {
        return Ok(untouched(rate));
    }
    let store = Store::open_default().map_err(|error| ApiError::internal(error.to_string()))?;
    let key = format!("rate:{}:{subject}", rate.name);
    let seen = store.get_json(&key).unwrap_or(None).and_then(|note: Note| note.allowance(rate, platform::now()));
    if let Some(seen) = seen.as_ref().filter(|seen| seen.remaining == 0) {
        return Err(ApiError::rate_limited(seen));
    }
    let weight = (rate.limit / SAMPLES).max(1);
    let drawn = getrandom::u32().map_err(|error| ApiError::internal(error.to_string()))?;
    if drawn % weight != 0 {
        return Ok(seen.unwrap_or_else(|| untouched(rate)));
    }
    let (allowance, fits) = count(&open()?, rate, subject, weight)?;
    let note = Note { remaining: allowance.remaining, resets_at: platform::now() + u64::from(allowance.resets_in) };
    store.set_json(&key, &note).map_err(|error| ApiError::internal(error.to_string()))?;
    if fits { Ok(allowance) } else { Err(ApiError::rate_limited(&allowance)) }
}

/// What this replica last saw of a subject's allowance.
#[derive(Serialize, Deserialize)]
struct Note {
    remaining: u32,
    resets_at: u64,
}

impl Note {
    /// The allowance while its window lasts.
    fn allowance(&self, rate: Rate, now: u64) -> Option<Allowance> {
        let left = self.resets_at.checked_sub(now).filter(|left| *left > 0)?;
        let resets_in = u32::try_from(left).unwrap_or(rate.window);
        Some(Allowance { remaining: self.remaining, resets_in, ..untouched(rate) })
    }
}

fn untouched(rate: Rate) -> Allowance {
    let Rate { name, limit, window } = rate;
    Allowance { name, limit, window, remaining: limit, resets_in: window }
}

fn count(db: &Db, rate: Rate, subject: &str, units: u32) -> Result<(Allowance, bool), DbError> {
    let params: [Param; 4] = [
        rate.name.to_owned().into(),
        subject.to_owned().into(),
        i64::from(units).into(),
        i64::from(rate.window).into(),
    ];
    let row = db.query_row(TAKE, &params)?;
    let used = row.i64("used")?;
    let remaining = u32::try_from(i64::from(rate.limit) - used).unwrap_or(0);
    let resets_in = u32::try_from(row.i64("resets_in")?).unwrap_or(rate.window);
    Ok((Allowance { remaining, resets_in, ..untouched(rate) }, used <= i64::from(rate.limit)))
}

#[cfg(test)]
mod tests {
    use super::*;

    const RATE: Rate = Rate { name: "tasks", limit: 100, window: 60 };

    #[test]
    fn a_note_holds_until_its_window_ends() {
        let note = Note { remaining: 0, resets_at: 1000 };
        let seen = note.allowance(RATE, 970).unwrap();
        assert_eq!((seen.remaining, seen.resets_in, seen.limit), (0, 30, 100));
        assert!(note.allowance(RATE, 1000).is_none() && note.allowance(RATE, 2000).is_none());
    }
}
