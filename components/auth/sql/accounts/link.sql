-- Adds an account at Google to the user whose session this is (`linked`), or renews its tokens if it is theirs already; `is_foreign`
-- says that it is another user's.
-- Reads all of account: Better Auth's table has no index on "accountId".
-- $1 access token, $2 refresh token, $3 id token, $4 seconds of the first, $5 of the second, $6 scopes, $7 account, $8 subject,
-- $9 user, $10 session token
with given as (
  select t.now as at, $1::text as access_token, $2::text as refresh_token, $3::text as id_token,
    t.now + $4::bigint * interval '1 second' as access_until, t.now + $5::bigint * interval '1 second' as refresh_until,
    $6::text as scope
  from (select date_trunc('milliseconds', now()) as now) as t
),
live as (
  select "userId" from "session" where "token" = $10::text and "userId" = $9::text and "expiresAt" > now()
),
owned as (
  select "id", "userId" from "account"
  where "providerId" = 'google' and "accountId" = $8::text
  order by "createdAt", "id"
  limit 1
),
added as (
  insert into "account" ("id", "accountId", "providerId", "userId", "accessToken", "refreshToken", "idToken",
    "accessTokenExpiresAt", "refreshTokenExpiresAt", "scope", "createdAt", "updatedAt")
  select $7::text, $8::text, 'google', l."userId", g.access_token, g.refresh_token, g.id_token, g.access_until, g.refresh_until, g.scope,
    g.at, g.at
  from given as g, live as l
  where not exists (select from owned)
  on conflict ("id") do nothing
  returning "userId"
),
renewed as (
  update "account" as a set
    "accessToken" = coalesce(g.access_token, a."accessToken"),
    "refreshToken" = coalesce(g.refresh_token, a."refreshToken"),
    "idToken" = coalesce(g.id_token, a."idToken"),
    "accessTokenExpiresAt" = coalesce(g.access_until, a."accessTokenExpiresAt"),
    "refreshTokenExpiresAt" = coalesce(g.refresh_until, a."refreshTokenExpiresAt"),
    "updatedAt" = g.at,
    "scope" = coalesce((
      select string_agg(merged.name, ',' order by merged.place)
      from (
        select name, min(place) as place
        from unnest(string_to_array(concat_ws(',', a."scope", g.scope), ',')) with ordinality as t (name, place)
        where name <> ''
        group by name
      ) as merged
    ), a."scope")
  from given as g
  where a."id" = (select "id" from owned where "userId" = $9::text) and exists (select from live)
  returning a."userId"
)
select
  exists (select from added) or exists (select from renewed) as linked,
  exists (select from live) and exists (select from owned where "userId" <> $9::text) as is_foreign
