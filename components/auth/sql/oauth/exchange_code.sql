-- Deletes a code and stores the refresh token that it is exchanged for, unless that is null; `exchanged` is false if the code is gone.
-- The user has seen to a key of this client that was used twice.
-- $1 hash of the code, $2 id, $3 hash of the refresh token or null, $4 client, $5 session, $6 user, $7 resources, $8 scopes,
-- $9 time of the sign-in in Unix seconds or null, $10 seconds
with used as (
  delete from "verification" where "identifier" = $1::text and "expiresAt" > now() returning "identifier"
),
token as (
  insert into "oauthRefreshToken" ("id", "token", "clientId", "sessionId", "userId", "authorizationCodeId", "resources", "scopes",
    "authTime", "expiresAt", "createdAt")
  select $2::text, $3::text, $4::text, $5::text, $6::text, used."identifier", $7::text::jsonb, $8::text::jsonb,
    to_timestamp($9::bigint), t.now + $10::bigint * interval '1 second', t.now
  from used, (select date_trunc('milliseconds', now()) as now) as t
  where $3::text is not null
),
settled as (
  delete from todo.refresh_reuse where user_id = $6::text and client_id = $4::text and exists (select from used)
)
select exists (select from used) as exchanged
