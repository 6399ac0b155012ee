-- Takes a consent of a user back, and with it every token of that client for this user; `deleted` is false if there was none.
-- $1 consent, $2 user
with gone as (
  delete from "oauthConsent" as o using "oauthConsent" as named
  where named."id" = $1::text and named."userId" = $2::text
    and o."clientId" = named."clientId" and o."userId" = named."userId"
  returning o."clientId" as client_id
),
refresh as (
  delete from "oauthRefreshToken" where "userId" = $2::text and "clientId" in (select client_id from gone)
),
access as (
  delete from "oauthAccessToken" where "userId" = $2::text and "clientId" in (select client_id from gone)
)
select exists (select from gone) as deleted
