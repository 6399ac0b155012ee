-- Uses a refresh token up for the next one; `rotated` is false if another request was faster. On the way the user's expired tokens are
-- deleted, and responses that are not repeated any more.
-- $1 id, $2 id of the next one, $3 its hash, $4 encrypted response, $5 seconds for which that is repeated, $6 seconds of the next one
with used as (
  update "oauthRefreshToken" set
    "revoked" = date_trunc('milliseconds', now()), "rotatedAt" = date_trunc('milliseconds', now()),
    "rotationReplayResponse" = $4::text,
    "rotationReplayExpiresAt" = date_trunc('milliseconds', now()) + $5::bigint * interval '1 second'
  where "id" = $1::text and "revoked" is null
  returning *
),
ended as (
  delete from "oauthRefreshToken" where "id" in (
    select r."id" from "oauthRefreshToken" as r, used
    where r."userId" = used."userId" and r."id" <> used."id" and r."expiresAt" <= now()
    limit 100
    for update of r skip locked
  )
),
forgotten as (
  update "oauthRefreshToken" set "rotationReplayResponse" = null where "id" in (
    select r."id" from "oauthRefreshToken" as r, used
    where r."userId" = used."userId" and r."expiresAt" > now() and r."rotationReplayExpiresAt" < now()
      and r."rotationReplayResponse" is not null
    limit 100
    for update of r skip locked
  )
),
next as (
  insert into "oauthRefreshToken" ("id", "token", "clientId", "sessionId", "userId", "referenceId", "authorizationCodeId", "resources",
    "requestedUserInfoClaims", "scopes", "authTime", "confirmation", "expiresAt", "createdAt")
  select $2::text, $3::text, "clientId", "sessionId", "userId", "referenceId", "authorizationCodeId", "resources",
    "requestedUserInfoClaims", "scopes", "authTime", "confirmation", "revoked" + $6::bigint * interval '1 second', "revoked"
  from used
  returning "id"
)
select exists (select from next) as rotated
