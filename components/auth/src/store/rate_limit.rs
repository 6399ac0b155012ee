//! The table `rateLimit`: one row for each client and path.

use db::{DbError, Param};

use crate::store::database::Store;
use crate::store::rows::text;

const COUNT_REQUEST: &str = include_str!("../../sql/rate_limit/count_request.sql");

impl Store<'_> {
    /// Counts a request; the seconds to wait, if it is one too many.
    pub(crate) fn count_request(
        &self,
        id: &str,
        key: &str,
        max: u32,
        seconds: u32,
        sweep: bool,
    ) -> Result<Option<u64>, DbError> {
        let params = [
            text(id),
            text(key),
            Param::Int32(i32::try_from(max).unwrap_or(i32::MAX)),
            Param::Int64(i64::from(seconds) * 1000),
            Param::Boolean(sweep),
        ];
        let row = self.db()?.query_row(COUNT_REQUEST, &params)?;
        let wait = u64::try_from(row.i64("wait")?).unwrap_or(0).div_ceil(1000).max(1);
        Ok((!row.bool("counted")?).then_some(wait))
    }
}
