-- Deletes all tokens that a code was exchanged for.
-- $1 hash of the code
with access as (
  delete from "oauthAccessToken" where "authorizationCodeId" = $1::text
)
delete from "oauthRefreshToken" where "authorizationCodeId" = $1::text
