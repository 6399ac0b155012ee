-- Takes a slot that is free or expired, for some seconds; null if all are taken. Of two requests that choose the same slot at the same
-- moment, one gets it.
-- $1 holder, $2 number of slots, $3 seconds
with claimed as (
  insert into "verification" ("id", "identifier", "value", "expiresAt", "createdAt", "updatedAt")
  select slot.id, slot.id, $1::text, now() + $3::bigint * interval '1 second', now(), now()
  from (
    select 'password-slot-' || n as id from generate_series(1, $2::bigint) as n
    where not exists (select from "verification" as v where v."id" = 'password-slot-' || n and v."expiresAt" > now())
    order by random()
    limit 1
  ) as slot
  on conflict ("id") do update
  set "value" = excluded."value", "expiresAt" = excluded."expiresAt", "updatedAt" = excluded."updatedAt"
  where "verification"."expiresAt" <= now()
  returning "id"
)
select (select "id" from claimed) as id
