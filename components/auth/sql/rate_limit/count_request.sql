-- Counts a request, if it is within the limit (`counted`). The window begins anew with each request that is counted; one that is not
-- changes nothing, and `wait` is what is left of the window in milliseconds.
-- $1 id, $2 key, $3 most requests, $4 milliseconds of the window, $5 whether to delete counters whose time is long over
with t as (
  select (extract(epoch from clock_timestamp()) * 1000)::bigint as now
),
swept as (
  delete from "rateLimit" where $5::boolean and "id" in (
    select r."id" from "rateLimit" as r, t
    where r."lastRequest" < t.now - 3600000 and r."key" <> $2::text
    limit 500
    for update of r skip locked
  )
),
counted as (
  insert into "rateLimit" as r ("id", "key", "count", "lastRequest")
  select $1::text, $2::text, 1, t.now from t
  on conflict ("key") do update set
    "count" = case when excluded."lastRequest" - r."lastRequest" >= $4::bigint then 1 else r."count" + 1 end,
    "lastRequest" = excluded."lastRequest"
  where excluded."lastRequest" - r."lastRequest" >= $4::bigint or r."count" < $3::integer
  returning r."key"
)
select exists (select from counted) as counted,
  coalesce((select r."lastRequest" from "rateLimit" as r where r."key" = $2::text), t.now) + $4::bigint - t.now as wait
from t
