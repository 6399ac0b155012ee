-- Stores what a code that goes by mail is compared with; it takes the place of an earlier one of the same challenge. `done` is always true.
-- $1 id, $2 identifier, $3 signature of the code, $4 seconds
with replaced as (
  delete from "verification" where "identifier" = $2::text
),
added as (
  insert into "verification" ("id", "identifier", "value", "expiresAt", "createdAt", "updatedAt")
  select $1::text, $2::text, $3::text, t.now + $4::bigint * interval '1 second', t.now, t.now
  from (select date_trunc('milliseconds', now()) as now) as t
)
select true as done
