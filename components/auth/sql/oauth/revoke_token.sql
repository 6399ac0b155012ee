-- Revokes a client's refresh token and all that came from the same sign-in; none of them gives another one.
-- $1 hash of the token, $2 client
update "oauthRefreshToken" as r set
  "revoked" = coalesce(r."revoked", date_trunc('milliseconds', now())),
  "rotatedAt" = null, "rotationReplayResponse" = null, "rotationReplayExpiresAt" = null
from "oauthRefreshToken" as named
where named."token" = $1::text and named."clientId" = $2::text
  and r."clientId" = named."clientId" and r."userId" = named."userId"
  and (r."id" = named."id" or split_part(r."authorizationCodeId", '.', 1) = split_part(named."authorizationCodeId", '.', 1))
