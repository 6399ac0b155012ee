-- Prolongs a session; one row in which `found` is null if it has ended meanwhile.
-- $1 token, $2 seconds
with prolonged as (
  update "session" set
    "expiresAt" = date_trunc('milliseconds', now()) + $2::bigint * interval '1 second',
    "updatedAt" = date_trunc('milliseconds', now())
  where "token" = $1::text and "expiresAt" >= now()
  returning true as found, ("expiresAt" at time zone 'utc')::timestamp as expires_at, ("updatedAt" at time zone 'utc')::timestamp as updated_at
)
select prolonged.* from (select) as always left join prolonged on true
