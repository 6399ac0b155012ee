-- All values under an identifier, oldest first; one row in which `found` is null if there are none.
-- $1 identifier
select v.found, v.value from (select) as always left join (
  select true as found, "value" as value, "createdAt" as created_at, "id" as id
  from "verification"
  where "identifier" = $1::text and "expiresAt" > now()
) as v on true
order by v.created_at, v.id
