-- Deletes all tokens that a code was exchanged for.
-- $1 hash of the code
with access as (
  delete from "oauthAccessToken" where "authorizationCodeId" = $1::text
)
delete from "oauthRefreshToken" as r
using "oauthRefreshToken" as first
where first."authorizationCodeId" = $1::text and r."userId" = first."userId" and r."clientId" = first."clientId"
  and (r."authorizationCodeId" = $1::text or starts_with(r."authorizationCodeId", $1::text || '.'))
