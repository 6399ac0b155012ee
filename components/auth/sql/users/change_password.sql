-- Replaces a password, if it is still the old one (`changed`). The links in mails that set a password or change the address are void then.
-- With a session all others end, with the clients that the asking one did not let in, and that one begins (functions of migration 0015).
-- $1 user, $2 the hash so far, $3 the new hash, $4 whether sessions end and one begins, $5 session, $6 token, $7 seconds, $8 address,
-- $9 user agent, $10 the session that asks
with changed as (
  update "account" set "password" = $3::text, "updatedAt" = date_trunc('milliseconds', now())
  where "userId" = $1::text and "accountId" = $1::text and "providerId" = 'credential' and "password" = $2::text
  returning "userId"
),
begun as (
  insert into "session" ("id", "token", "userId", "expiresAt", "createdAt", "updatedAt", "ipAddress", "userAgent")
  select $5::text, $6::text, $1::text, t.now + $7::bigint * interval '1 second', t.now, t.now, $8::text, $9::text
  from (select date_trunc('milliseconds', now()) as now) as t
  where $4::boolean and exists (select from changed)
  returning "id"
)
select coalesce((select todo.auth_end_links("userId", true) from changed limit 1), false) as changed,
  coalesce((select todo.auth_end_access($1::text, $10::text, "id") from begun), false) as ended
