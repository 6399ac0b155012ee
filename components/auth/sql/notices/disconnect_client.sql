-- Takes a user's consent to a client back, and with it every token of that client for this user; `deleted` is false if there was none.
-- $1 client, $2 user
with gone as (
  delete from "oauthConsent" where "clientId" = $1::text and "userId" = $2::text returning "id"
),
refresh as (
  delete from "oauthRefreshToken" where "userId" = $2::text and "clientId" = $1::text
),
access as (
  delete from "oauthAccessToken" where "userId" = $2::text and "clientId" = $1::text
)
select exists (select from gone) as deleted
