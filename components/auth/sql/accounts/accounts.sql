-- The accounts of a user, oldest first; one row in which `found` is null if there are none.
-- $1 user
select a.* from (select) as always left join (
  select true as found,
    a."id" as id, a."accountId" as subject, a."providerId" as provider_id, a."userId" as user_id, a."scope" as scope,
    (a."createdAt" at time zone 'utc')::timestamp as created_at, (a."updatedAt" at time zone 'utc')::timestamp as updated_at
  from "account" as a
  where a."userId" = $1::text
) as a on true
order by a.created_at, a.id
