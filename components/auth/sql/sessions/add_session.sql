-- Begins a session. A user who is gone violates the foreign key. Some of the sessions, of anybody, and of the tokens of clients whose time
-- is over are deleted on the way.
-- Reads all of session: Better Auth's table has no index on "expiresAt".
-- Reads all of oauthRefreshToken: nor has this one.
-- Reads all of oauthAccessToken: nor has this one.
-- $1 id, $2 token, $3 seconds, $4 address, $5 user agent, $6 user
with lapsed_sessions as (
  delete from "session" where "id" in (
    select "id" from "session" where "expiresAt" < now() limit 500 for update skip locked
  )
),
lapsed_refresh_tokens as (
  delete from "oauthRefreshToken" where "id" in (
    select "id" from "oauthRefreshToken" where "expiresAt" < now() limit 500 for update skip locked
  )
),
lapsed_access_tokens as (
  delete from "oauthAccessToken" where "id" in (
    select "id" from "oauthAccessToken" where "expiresAt" < now() limit 500 for update skip locked
  )
)
insert into "session" ("id", "token", "userId", "expiresAt", "createdAt", "updatedAt", "ipAddress", "userAgent")
select $1::text, $2::text, $6::text, t.now + $3::bigint * interval '1 second', t.now, t.now, $4::text, $5::text
from (select date_trunc('milliseconds', now()) as now) as t
