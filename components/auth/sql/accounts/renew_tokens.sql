-- Stores new tokens of an account, of which those that are null stay as they are; one row in which `found` is null if the user has no
-- such account.
-- $1 access token, $2 refresh token, $3 id token, $4 seconds of the first, $5 of the second, $6 scopes, $7 user, $8 account
with given as (
  select t.now as at, $1::text as access_token, $2::text as refresh_token, $3::text as id_token,
    t.now + $4::bigint * interval '1 second' as access_until, t.now + $5::bigint * interval '1 second' as refresh_until,
    $6::text as scope
  from (select date_trunc('milliseconds', now()) as now) as t
),
a as (
  update "account" as a set
    "accessToken" = coalesce(g.access_token, a."accessToken"),
    "refreshToken" = coalesce(g.refresh_token, a."refreshToken"),
    "idToken" = coalesce(g.id_token, a."idToken"),
    "accessTokenExpiresAt" = coalesce(g.access_until, a."accessTokenExpiresAt"),
    "refreshTokenExpiresAt" = coalesce(g.refresh_until, a."refreshTokenExpiresAt"),
    "updatedAt" = g.at
  from given as g
  where a."userId" = $7::text and a."id" = $8::text
  returning a.*
)
select a.* from (select) as always left join (
  select true as found,
    a."id" as id, a."accountId" as subject, a."providerId" as provider_id, a."userId" as user_id,
    a."accessToken" as access_token, a."refreshToken" as refresh_token, a."idToken" as id_token, a."scope" as scope,
    (a."accessTokenExpiresAt" at time zone 'utc')::timestamp as access_until, (a."refreshTokenExpiresAt" at time zone 'utc')::timestamp as refresh_until,
    coalesce(a."accessTokenExpiresAt" < now() + interval '5 seconds', false) as is_expiring
  from a
) as a on true
