-- Stores a value for some seconds. Some of the rows whose time is long over are deleted on the way.
-- Reads all of verification: Better Auth's table has no index on "expiresAt".
-- $1 id, $2 identifier, $3 value, $4 seconds
with lapsed as (
  delete from "verification" where "id" in (
    select "id" from "verification" where "expiresAt" < now() - interval '1 day' limit 100 for update skip locked
  )
)
insert into "verification" ("id", "identifier", "value", "expiresAt", "createdAt", "updatedAt")
select $1::text, $2::text, $3::text, t.now + $4::bigint * interval '1 second', t.now, t.now
from (select date_trunc('milliseconds', now()) as now) as t
