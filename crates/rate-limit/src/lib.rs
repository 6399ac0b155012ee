//! How often a user may do something: a bucket of tokens that fills steadily, in the table `rate_limit`, taken from and read
//! by one statement, so that replicas and parallel requests share it. [`take`] counts every call; [`admit`] is for requests that
//! are too quick to be worth a statement each.

use db::{Db, DbError, Param, Row};
use http_api::{Allowance, ApiError};
use spin_host::RateState;

/// So many calls of each subject at once, and as many more in each window as time goes by.
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

/// Takes `$3` tokens of `$5` that come in `$4` seconds; `used` tells how many were taken. All that is kept of a bucket is when it
/// is full again, `resets_at`: a token more is taken by moving that on by the time in which one comes, at most to a window
/// from now.
const TAKE: &str = "insert into rate_limit as rate (name, subject, used, resets_at)
    select $1::text, $2::text, $3::bigint, now() + ($3::bigint * $4::bigint)::float8 / $5::bigint * interval '1 second'
    where true
    on conflict (name, subject) do update set (used, resets_at) = (
      select case when fits then excluded.used else 0 end, case when fits then later else rate.resets_at end
      from (select greatest(rate.resets_at, now()) + (excluded.resets_at - now()) as later) as next,
        lateral (select later <= now() + $4::bigint * interval '1 second' as fits) as judged
    )
    returning used, extract(epoch from resets_at - now())::float8 as full_in";

/// [`take`] as a part of a larger statement, whose first parameters are then [`params`], and which answers the columns of this part:
/// none if the condition `unless` holds.
pub fn taking(rate: Rate, unless: &str) -> String {
    match rate.limit {
        0 => format!(
            "select $3::bigint as used, ($4::bigint - $5::bigint)::float8 as full_in
            where $1::text is not null and $2::text is not null and not {unless}"
        ),
        _ => TAKE.replace("where true", &format!("where not {unless}")),
    }
}

/// What [`taking`] tells: what is left, or 429.
pub fn taken(rate: Rate, row: &Row) -> Result<Allowance, ApiError> {
    if rate.limit == 0 {
        return Ok(untouched(rate));
    }
    let (allowance, fits) = counted(rate, 1, row)?;
    if fits { Ok(allowance) } else { Err(ApiError::rate_limited(&allowance)) }
}

/// The parameters of a call of `subject`, for so many tokens.
pub fn params(rate: Rate, subject: &str, units: u32) -> [Param; 5] {
    [
        rate.name.to_owned().into(),
        subject.to_owned().into(),
        i64::from(units).into(),
        i64::from(rate.window).into(),
        i64::from(rate.limit).into(),
    ]
}

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
    let seen = spin_host::cached_rate(subject, rate.name).and_then(|left| still_left(left, rate, spin_host::now()));
    if let Some(seen) = seen.as_ref().filter(|seen| seen.remaining == 0) {
        return Err(ApiError::rate_limited(seen));
    }
    let weight = (rate.limit / SAMPLES).max(1);
    let drawn = getrandom::u32().map_err(|error| ApiError::internal(error.to_string()))?;
    if drawn % weight != 0 {
        return Ok(seen.unwrap_or_else(|| untouched(rate)));
    }
    let (allowance, fits) = count(&open()?, rate, subject, weight)?;
    let left =
        RateState { remaining: allowance.remaining, resets_at: spin_host::now() + u64::from(allowance.resets_in) };
    spin_host::cache_rate(subject, rate.name, left);
    if fits { Ok(allowance) } else { Err(ApiError::rate_limited(&allowance)) }
}

/// The allowance that this replica saw last, while its window lasts.
fn still_left(left: RateState, rate: Rate, now: u64) -> Option<Allowance> {
    let resets_in = left.resets_at.checked_sub(now).filter(|seconds| *seconds > 0)?;
    let resets_in = u32::try_from(resets_in).unwrap_or(rate.window);
    Some(Allowance { remaining: left.remaining, resets_in, ..untouched(rate) })
}

fn untouched(rate: Rate) -> Allowance {
    let Rate { name, limit, window } = rate;
    Allowance { name, limit, window, remaining: limit, resets_in: window }
}

fn count(db: &Db, rate: Rate, subject: &str, units: u32) -> Result<(Allowance, bool), DbError> {
    counted(rate, units, &db.query_row(TAKE, &params(rate, subject, units))?)
}

fn counted(rate: Rate, units: u32, row: &Row) -> Result<(Allowance, bool), DbError> {
    let fits = row.i64("used")? > 0;
    Ok((bucket(rate, units, fits, row.get("full_in")?), fits))
}

/// What a bucket holds that is full in so many seconds; and how long that takes, or a token, or those that did not fit.
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "between 0 and the limit or the window")]
fn bucket(rate: Rate, units: u32, fits: bool, full_in: f64) -> Allowance {
    /// A statement's time is in microseconds.
    const GRAIN: f64 = 1e-5;
    let (limit, window) = (f64::from(rate.limit), f64::from(rate.window));
    let there = ((window - full_in + GRAIN) * limit / window).floor().clamp(0.0, limit);
    let until = |tokens: u32| full_in - window + f64::from(tokens) * window / limit;
    let (remaining, resets_in) = match fits {
        false => (0, until(units)),
        true if there < 1.0 => (0, until(1)),
        true => (there as u32, full_in),
    };
    Allowance { remaining, resets_in: resets_in.ceil().clamp(1.0, window) as u32, ..untouched(rate) }
}

#[cfg(test)]
mod tests {
    use super::*;

    const RATE: Rate = Rate { name: "tasks", limit: 100, window: 60 };

    #[test]
    fn a_note_holds_until_its_window_ends() {
        let left = RateState { remaining: 0, resets_at: 1000 };
        let seen = still_left(left, RATE, 970).unwrap();
        assert_eq!((seen.remaining, seen.resets_in, seen.limit), (0, 30, 100));
        assert!(still_left(left, RATE, 1000).is_none() && still_left(left, RATE, 2000).is_none());
    }

    #[test]
    fn a_bucket_tells_what_is_left_and_when_there_is_more() {
        let chat = Rate { name: "chat", limit: 20, window: 300 };
        let told = |units, fits, full_in| {
            let allowance = bucket(chat, units, fits, full_in);
            (allowance.remaining, allowance.resets_in)
        };
        assert_eq!(told(1, true, 15.0), (19, 15));
        assert_eq!(told(1, true, 285.2), (0, 1), "the next token comes in a moment");
        assert_eq!(told(1, true, 300.0), (0, 15));
        assert_eq!(told(1, false, 290.5), (0, 6));
        assert_eq!(told(5, false, 290.5), (0, 66), "that many at once take longer");
        assert_eq!(bucket(Rate { name: "odd", limit: 7, window: 60 }, 1, true, 8.571_429).remaining, 6);
    }
}
