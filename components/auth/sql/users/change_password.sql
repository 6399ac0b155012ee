-- Replaces a password, if it is still the old one (`changed`). With a session all others end and that one begins.
-- $1 user, $2 the hash so far, $3 the new hash, $4 whether sessions end and one begins, $5 session, $6 token, $7 seconds, $8 address,
-- $9 user agent
with changed as (
  update "account" set "password" = $3::text, "updatedAt" = date_trunc('milliseconds', now())
  where "userId" = $1::text and "accountId" = $1::text and "providerId" = 'credential' and "password" = $2::text
  returning "userId"
),
ended as (
  delete from "session" where $4::boolean and "userId" in (select "userId" from changed)
),
begun as (
  insert into "session" ("id", "token", "userId", "expiresAt", "createdAt", "updatedAt", "ipAddress", "userAgent")
  select $5::text, $6::text, $1::text, t.now + $7::bigint * interval '1 second', t.now, t.now, $8::text, $9::text
  from (select date_trunc('milliseconds', now()) as now) as t
  where $4::boolean and exists (select from changed)
)
select exists (select from changed) as changed
