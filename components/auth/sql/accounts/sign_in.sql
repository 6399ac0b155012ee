-- Signs a user of Google in: the owner of the account; else a new user; else the user with this address, where both sides know that it
-- is theirs and that has no other account there. A password of that user that is not proved goes, and with it all sessions, clients and
-- links in mails (functions of migration 0015): somebody else may have chosen it. `is_banned` says that this user is banned (function of
-- migration 0016), so that nothing happens. `taken` says that there is such a user, but it is not linked. Two requests that add the same account at the same
-- moment use the same id for it, so that one of them finds the other's row in its way.
-- Reads all of account: Better Auth's table has no index on "accountId".
-- $1 access token, $2 refresh token, $3 id token, $4 seconds of the first, $5 of the second, $6 scopes, $7 account, $8 subject,
-- $9 e-mail, $10 whether it is verified, $11 user, $12 name, $13 image or null, $14 session, $15 token, $16 seconds, $17 address,
-- $18 user agent
with given as (
  select t.now as at, $1::text as access_token, $2::text as refresh_token, $3::text as id_token,
    t.now + $4::bigint * interval '1 second' as access_until, t.now + $5::bigint * interval '1 second' as refresh_until,
    $6::text as scope
  from (select date_trunc('milliseconds', now()) as now) as t
),
owned as (
  select "id", "userId" from "account"
  where "providerId" = 'google' and "accountId" = $8::text
  order by "createdAt", "id"
  limit 1
),
banned as (
  select u."id" from "user" as u
  where (u."id" = (select "userId" from owned) or (lower(u."email") = lower($9::text) and not exists (select from owned)))
    and todo.auth_is_banned(to_jsonb(u))
),
matched as (
  select "id", "emailVerified" from "user"
  where lower("email") = lower($9::text) and not exists (select from owned)
  order by "email" <> lower("email")
  limit 1
),
linkable as (
  select "id" from matched
  where "emailVerified" and $10::boolean and not exists (select from banned) and not exists (
    select from "account" as a where a."userId" = matched."id" and a."providerId" = 'google'
  )
),
made as (
  insert into "user" ("id", "name", "email", "emailVerified", "image", "createdAt", "updatedAt")
  select $11::text, $12::text, $9::text, $10::boolean, $13::text, g.at, g.at from given as g
  where not exists (select from owned) and not exists (select from matched)
  on conflict ("email") do nothing
  returning *
),
added as (
  insert into "account" ("id", "accountId", "providerId", "userId", "accessToken", "refreshToken", "idToken",
    "accessTokenExpiresAt", "refreshTokenExpiresAt", "scope", "createdAt", "updatedAt")
  select $7::text, $8::text, 'google', t."id", g.access_token, g.refresh_token, g.id_token, g.access_until, g.refresh_until, g.scope,
    g.at, g.at
  from given as g, (select "id" from linkable union all select "id" from made) as t
  on conflict ("id") do nothing
  returning "userId"
),
dropped as (
  delete from "account" as a
  where a."userId" in (select "id" from linkable) and a."userId" in (select "userId" from added) and a."providerId" = 'credential'
    and not exists (select from todo.proved_password as p where p.account_id = a."id")
  returning a."userId"
),
renewed as (
  update "account" as a set
    "accessToken" = coalesce(g.access_token, a."accessToken"),
    "refreshToken" = coalesce(g.refresh_token, a."refreshToken"),
    "idToken" = coalesce(g.id_token, a."idToken"),
    "accessTokenExpiresAt" = coalesce(g.access_until, a."accessTokenExpiresAt"),
    "refreshTokenExpiresAt" = coalesce(g.refresh_until, a."refreshTokenExpiresAt"),
    "updatedAt" = g.at
  from given as g
  where a."id" = (select "id" from owned) and not exists (select from banned)
  returning a."userId"
),
signed_in as (
  select "userId" from renewed union all select "userId" from added
),
verified as (
  update "user" as u set "emailVerified" = true, "updatedAt" = g.at
  from given as g
  where u."id" in (select "userId" from renewed) and $10::boolean and not u."emailVerified" and lower(u."email") = lower($9::text)
  returning u.*
),
begun as (
  insert into "session" ("id", "token", "userId", "expiresAt", "createdAt", "updatedAt", "ipAddress", "userAgent")
  select $14::text, $15::text, s."userId", g.at + $16::bigint * interval '1 second', g.at, g.at, $17::text, $18::text
  from given as g, signed_in as s
),
u as (
  select * from made where exists (select from added)
  union all
  select * from verified
  union all
  select * from "user"
  where "id" in (select "userId" from signed_in) and "id" not in (select "id" from verified) and "id" not in (select "id" from made)
)
select
  exists (select from banned) as is_banned,
  exists (select from made) as is_new,
  exists (select from matched) and not exists (select from linkable) as taken,
  exists (select from signed_in) as is_signed_in,
  (select todo.auth_end_access(d."userId", null, $14::text) and todo.auth_end_links(d."userId", true) from dropped as d limit 1) as is_taken_back,
  u."id" as user_id, u."name" as name, u."email" as email, u."emailVerified" as email_verified, u."image" as image,
    coalesce((to_jsonb(u) ->> 'twoFactorEnabled')::boolean, false) as has_second_factor,
  (u."createdAt" at time zone 'utc')::timestamp as user_created_at, (u."updatedAt" at time zone 'utc')::timestamp as user_updated_at
from (select) as always left join u on true
