-- Tries a code for a challenge (function of migration 0034; 0027 says what `outcome` is). If it passes, a session begins where one is wanted,
-- and the device is trusted where that is wanted.
-- $1 challenge, $2 user, $3 step of time or null, $4 backup codes so far or null, $5 those that are left or null, $6 whether a session begins, $7 id of
-- the row of a trusted device or null, $8 its identifier, $9 its seconds, $10 session, $11 token, $12 seconds, $13 address, $14 user agent,
-- $15 signature of a code that came by mail or null
with tried as (
  select todo.auth_try_second_factor($1::text, $2::text, $3::bigint, $4::text, $5::text, $15::text) as outcome
),
passed as (
  select date_trunc('milliseconds', now()) as now from tried where outcome = 'passed' and $6::boolean
),
trusted as (
  insert into "verification" ("id", "identifier", "value", "expiresAt", "createdAt", "updatedAt")
  select $7::text, $8::text, $2::text, p.now + $9::bigint * interval '1 second', p.now, p.now from passed as p where $7::text is not null
),
begun as (
  insert into "session" ("id", "token", "userId", "expiresAt", "createdAt", "updatedAt", "ipAddress", "userAgent")
  select $10::text, $11::text, $2::text, p.now + $12::bigint * interval '1 second', p.now, p.now, $13::text, $14::text from passed as p
)
select outcome from tried
