-- Renews the trust in a device: uses the rows of its cookies up and adds another one; `is_trusted` is false, and nothing is added, if none of them is good.
-- $1 user, $2 identifiers, separated by blanks, $3 id of the new row, $4 its identifier, $5 seconds
with spent as (
  delete from "verification"
  where "identifier" = any (string_to_array($2::text, ' ')) and "value" = $1::text
  returning "expiresAt"
),
renewed as (
  insert into "verification" ("id", "identifier", "value", "expiresAt", "createdAt", "updatedAt")
  select $3::text, $4::text, $1::text, t.now + $5::bigint * interval '1 second', t.now, t.now
  from (select date_trunc('milliseconds', now()) as now) as t
  where exists (select from spent where "expiresAt" > now())
  returning true
)
select exists (select from renewed) as is_trusted
