//! The table `rateLimit`: one row for each client and path.

use db::{DbError, Param};

use crate::store::database::Store;
use crate::store::rows::text;

/// Parameters: id, key, most requests, milliseconds of the window, whether to sweep. The window begins anew with
/// each request that is let through. A refused one changes nothing; then `wait` is what is left of the window.
const COUNT: &str = r#"
    with t as (
        select (extract(epoch from clock_timestamp()) * 1000)::bigint as now
    ), swept as (
        delete from "rateLimit" where $5::boolean and "id" in (
            select r."id" from "rateLimit" r, t where r."lastRequest" < t.now - 3600000 and r."key" <> $2::text
            limit 500 for update of r skip locked
        )
    ), counted as (
        insert into "rateLimit" as r ("id", "key", "count", "lastRequest")
        select $1::text, $2::text, 1, t.now from t
        on conflict ("key") do update
        set "count" = case when excluded."lastRequest" - r."lastRequest" >= $4::bigint then 1 else r."count" + 1 end,
            "lastRequest" = excluded."lastRequest"
        where excluded."lastRequest" - r."lastRequest" >= $4::bigint or r."count" < $3::integer
        returning r."key"
    )
    select exists (select from counted) as counted,
        coalesce((select r."lastRequest" from "rateLimit" r where r."key" = $2::text), t.now) + $4::bigint - t.now as wait
    from t"#;

impl Store<'_> {
    /// Counts a request; the answer is the seconds to wait, if it is one too many.
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
        let row = self.db()?.query_row(COUNT, &params)?;
        let wait = u64::try_from(row.i64("wait")?).unwrap_or(0).div_ceil(1000).max(1);
        Ok((!row.bool("counted")?).then_some(wait))
    }
}
