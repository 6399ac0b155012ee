-- Adds a user with a password, but no session. A user who has the address and did not prove it gets name, image and password of this
-- sign-up; what there was of that user ends (functions of migration 0015). `owner_id` is who is to be proved by a mail: null if the
-- address is proved, since nothing of that user changes. The user is the same in all three cases.
-- Reads all of verification: Better Auth's table has no index on "value", which names the user of a link.
-- $1 user, $2 name, $3 e-mail, $4 image or null, $5 account, $6 password hash
with t as (
  select date_trunc('milliseconds', now()) as now
),
owner as (
  insert into "user" as u ("id", "name", "email", "emailVerified", "image", "createdAt", "updatedAt")
  select $1::text, $2::text, coalesce((
    select other."email" from "user" as other where lower(other."email") = lower($3::text) order by other."email" <> lower(other."email") limit 1
  ), $3::text), false, $4::text, t.now, t.now
  from t
  on conflict ("email") do update set "name" = excluded."name", "image" = excluded."image", "updatedAt" = excluded."updatedAt"
  where not u."emailVerified"
  returning u.*
),
replaced as (
  delete from "account" where "providerId" = 'credential' and "userId" in (select "id" from owner)
),
a as (
  insert into "account" ("id", "accountId", "providerId", "userId", "password", "createdAt", "updatedAt")
  select $5::text, o."id", 'credential', o."id", $6::text, t.now, t.now from owner as o, t
)
select
  $1::text as user_id, $2::text as name, $3::text as email, false as email_verified, $4::text as image, false as has_second_factor,
  t.now at time zone 'utc' as user_created_at, t.now at time zone 'utc' as user_updated_at,
  (select o."id" from owner as o where todo.auth_end_access(o."id", null, null) and todo.auth_end_links(o."id", true)) as owner_id
from t
