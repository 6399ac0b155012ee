-- Begins a session. A user who is gone violates the foreign key.
-- $1 id, $2 token, $3 seconds, $4 address, $5 user agent, $6 user
insert into "session" ("id", "token", "userId", "expiresAt", "createdAt", "updatedAt", "ipAddress", "userAgent")
select $1::text, $2::text, $6::text, t.now + $3::bigint * interval '1 second', t.now, t.now, $4::text, $5::text
from (select date_trunc('milliseconds', now()) as now) as t
