-- Switches the second factor of a user off (function of migration 0027); another session takes the place of the asking one. `done` is always true.
-- $1 user, $2 the asking session, $3 session, $4 token, $5 seconds, $6 address, $7 user agent
with begun as (
  insert into "session" ("id", "token", "userId", "expiresAt", "createdAt", "updatedAt", "ipAddress", "userAgent")
  select $3::text, $4::text, $1::text, t.now + $5::bigint * interval '1 second', t.now, t.now, $6::text, $7::text
  from (select date_trunc('milliseconds', now()) as now) as t
),
ended as (
  delete from "session" where "id" = $2::text and "userId" = $1::text
)
select todo.auth_switch_off_second_factor($1::text) as done
