-- Adds a refresh token that begins a family of its own, for a used token that may still give one; `forked` is false if that is gone. The name of
-- the new family is that of the old one, a dot, when the used token was made (milliseconds), and the id of the new one.
-- $1 id of the used token, $2 id of the new one, $3 its hash, $4 seconds of the new one, $5 seconds for which a used token gives new ones
with used as (
  select * from "oauthRefreshToken"
  where "id" = $1::text and "rotatedAt" > now() - $5::bigint * interval '1 second'
  for update
),
forked as (
  insert into "oauthRefreshToken" ("id", "token", "clientId", "sessionId", "userId", "referenceId", "authorizationCodeId", "resources",
    "requestedUserInfoClaims", "scopes", "authTime", "confirmation", "expiresAt", "createdAt")
  select $2::text, $3::text, "clientId", "sessionId", "userId", "referenceId",
    concat(coalesce("authorizationCodeId", "id"), '.', floor(extract(epoch from "createdAt") * 1000)::bigint, '-', $2::text), "resources",
    "requestedUserInfoClaims", "scopes", "authTime", "confirmation", t.now + $4::bigint * interval '1 second', t.now
  from used, (select date_trunc('milliseconds', now()) as now) as t
  returning "id"
)
select exists (select from forked) as forked
