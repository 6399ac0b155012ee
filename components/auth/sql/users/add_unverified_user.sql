-- Adds a user with a password, but no session, unless the address is taken (`added`). The user is the same in both cases.
-- $1 user, $2 name, $3 e-mail, $4 image or null, $5 account, $6 password hash
with t as (
  select date_trunc('milliseconds', now()) as now
),
added as (
  insert into "user" ("id", "name", "email", "emailVerified", "image", "createdAt", "updatedAt")
  select $1::text, $2::text, $3::text, false, $4::text, t.now, t.now from t
  on conflict ("email") do nothing
  returning *
),
a as (
  insert into "account" ("id", "accountId", "providerId", "userId", "password", "createdAt", "updatedAt")
  select $5::text, "id", 'credential', "id", $6::text, "createdAt", "createdAt" from added
)
select
  $1::text as user_id, $2::text as name, $3::text as email, false as email_verified, $4::text as image,
  t.now at time zone 'utc' as user_created_at, t.now at time zone 'utc' as user_updated_at,
  exists (select from added) as added
from t
