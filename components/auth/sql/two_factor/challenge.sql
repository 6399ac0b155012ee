-- Adds a challenge and the counter of its attempts, if the user has a second factor that this server knows (function of migration 0027), or $7. One
-- row in which `found` is null if not. `has_app` is whether an authenticator app is set up.
-- $1 user, $2 challenge, $3 id of its row, $4 the counter, $5 id of its row, $6 seconds, $7 whether codes go by mail
with known as (
  select f.is_verified from todo.auth_second_factor($1::text) as f
),
factor as (
  select coalesce((select is_verified from known), false) as is_verified where $7::boolean or exists (select from known)
),
added as (
  insert into "verification" ("id", "identifier", "value", "expiresAt", "createdAt", "updatedAt")
  select c.id, c.identifier, c.value, t.now + $6::bigint * interval '1 second', t.now, t.now
  from (values ($3::text, $2::text, $1::text), ($5::text, $4::text, '0')) as c (id, identifier, value),
    (select date_trunc('milliseconds', now()) as now) as t
  where exists (select from factor)
)
select factor.found, factor.has_app
from (select) as always left join (select true as found, is_verified as has_app from factor) as factor on true
