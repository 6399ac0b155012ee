-- An account of a user with its tokens; one row in which `found` is null if there is none.
-- $1 user, $2 account
select a.* from (select) as always left join (
  select true as found,
    a."id" as id, a."accountId" as subject, a."providerId" as provider_id, a."userId" as user_id,
    a."accessToken" as access_token, a."refreshToken" as refresh_token, a."idToken" as id_token, a."scope" as scope,
    (a."accessTokenExpiresAt" at time zone 'utc')::timestamp as access_until, (a."refreshTokenExpiresAt" at time zone 'utc')::timestamp as refresh_until,
    coalesce(a."accessTokenExpiresAt" < now() + interval '5 seconds', false) as is_expiring
  from "account" as a
  where a."userId" = $1::text and a."id" = $2::text
) as a on true
