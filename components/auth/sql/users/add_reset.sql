-- Stores a token for a new password; `known` says whether a user has the address. An unknown address gets a row as well, which names no
-- user, so that both take the same time. Some of the rows whose time is long over are deleted on the way.
-- Reads all of verification: Better Auth's table has no index on "expiresAt".
-- $1 id, $2 identifier, $3 e-mail, $4 seconds
with lapsed as (
  delete from "verification" where "id" in (
    select "id" from "verification" where "expiresAt" < now() - interval '1 day' limit 100 for update skip locked
  )
),
owner as (
  select "id" from "user" where lower("email") = lower($3::text) order by "email" <> lower("email") limit 1
),
added as (
  insert into "verification" ("id", "identifier", "value", "expiresAt", "createdAt", "updatedAt")
  select $1::text, $2::text, coalesce((select "id" from owner), ''), t.now + $4::bigint * interval '1 second', t.now, t.now
  from (select date_trunc('milliseconds', now()) as now) as t
)
select exists (select from owner) as known
