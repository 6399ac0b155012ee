-- Confirms a second factor (function of migration 0027). If the user had none until now (`is_new`), another session takes the place of the asking one.
-- $1 user, $2 the asking session, $3 session, $4 token, $5 seconds, $6 address, $7 user agent
with confirmed as (
  select todo.auth_confirm_second_factor($1::text) as is_new
),
begun as (
  insert into "session" ("id", "token", "userId", "expiresAt", "createdAt", "updatedAt", "ipAddress", "userAgent")
  select $3::text, $4::text, $1::text, t.now + $5::bigint * interval '1 second', t.now, t.now, $6::text, $7::text
  from confirmed, (select date_trunc('milliseconds', now()) as now) as t
  where confirmed.is_new
),
ended as (
  delete from "session" where "id" = $2::text and "userId" = $1::text and (select is_new from confirmed)
)
select is_new from confirmed
