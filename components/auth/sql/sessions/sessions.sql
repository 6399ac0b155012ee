-- The sessions of a user that have not expired, oldest first; one row in which `found` is null if there are none.
-- $1 user
select live.* from (select) as always left join (
  select true as found,
    s."id" as session_id, s."token" as token, s."userId" as user_id, s."ipAddress" as ip_address, s."userAgent" as user_agent,
    (s."expiresAt" at time zone 'utc')::timestamp as expires_at, (s."createdAt" at time zone 'utc')::timestamp as created_at,
    (s."updatedAt" at time zone 'utc')::timestamp as updated_at
  from "session" as s
  where s."userId" = $1::text and s."expiresAt" > now()
) as live on true
order by live.created_at, live.session_id
