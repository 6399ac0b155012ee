-- Adds a user with a password and a session. A taken address violates the unique constraint, also in other letters.
-- $1 user, $2 name, $3 e-mail, $4 image or null, $5 account, $6 password hash, $7 session, $8 token, $9 seconds, $10 address,
-- $11 user agent
with u as (
  insert into "user" ("id", "name", "email", "emailVerified", "image", "createdAt", "updatedAt")
  select $1::text, $2::text, coalesce((select other."email" from "user" as other where lower(other."email") = lower($3::text) limit 1), $3::text),
    false, $4::text, t.now, t.now
  from (select date_trunc('milliseconds', now()) as now) as t
  returning *
),
a as (
  insert into "account" ("id", "accountId", "providerId", "userId", "password", "createdAt", "updatedAt")
  select $5::text, u."id", 'credential', u."id", $6::text, u."createdAt", u."createdAt" from u
),
s as (
  insert into "session" ("id", "token", "userId", "expiresAt", "createdAt", "updatedAt", "ipAddress", "userAgent")
  select $7::text, $8::text, u."id", u."createdAt" + $9::bigint * interval '1 second', u."createdAt", u."createdAt", $10::text,
    $11::text
  from u
)
select
  u."id" as user_id, u."name" as name, u."email" as email, u."emailVerified" as email_verified, u."image" as image, false as has_second_factor,
  (u."createdAt" at time zone 'utc')::timestamp as user_created_at, (u."updatedAt" at time zone 'utc')::timestamp as user_updated_at
from u
