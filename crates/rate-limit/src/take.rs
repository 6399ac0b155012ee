//! Counts calls in the database.

use db::{Db, DbError, Param, Row};
use http_api::{Allowance, ApiError};

use crate::bucket::allowance;
use crate::rate::Rate;

const TAKE_TOKENS: &str = include_str!("../sql/take_tokens.sql");

/// What taking tokens left, and whether there were enough.
pub(crate) struct TakeResult {
    pub(crate) allowance: Allowance,
    pub(crate) fits: bool,
}

impl TakeResult {
    /// What is left, or 429.
    pub(crate) fn into_allowance(self) -> Result<Allowance, ApiError> {
        if self.fits { Ok(self.allowance) } else { Err(ApiError::rate_limited(&self.allowance)) }
    }

    fn read(rate: Rate, units: u32, row: &Row) -> Result<Self, DbError> {
        let fits = row.i64("used")? > 0;
        Ok(Self { allowance: allowance(rate, units, fits, row.get("full_in")?), fits })
    }
}

/// Counts one call of `subject` (a user's id) and returns what is left, or 429 if nothing was left.
pub fn take(db: &Db, rate: Rate, subject: &str) -> Result<Allowance, ApiError> {
    if rate.limit == 0 {
        return Ok(rate.untouched());
    }
    take_tokens(db, rate, subject, 1)?.into_allowance()
}

/// The parameters of the database's function `take_tokens`, for `units` calls of `subject`.
pub fn params(rate: Rate, subject: &str, units: u32) -> [Param; 5] {
    [
        rate.name.to_owned().into(),
        subject.to_owned().into(),
        i64::from(units).into(),
        i64::from(rate.window).into(),
        i64::from(rate.limit).into(),
    ]
}

/// What is left after a statement that took one token by `take_tokens` and returned its columns, or 429 if nothing was left.
pub fn read_allowance(rate: Rate, row: &Row) -> Result<Allowance, ApiError> {
    if rate.limit == 0 {
        return Ok(rate.untouched());
    }
    TakeResult::read(rate, 1, row)?.into_allowance()
}

/// Counts several calls at once.
pub(crate) fn take_tokens(db: &Db, rate: Rate, subject: &str, units: u32) -> Result<TakeResult, DbError> {
    TakeResult::read(rate, units, &db.query_row(TAKE_TOKENS, &params(rate, subject, units))?)
}
