-- Marks an address as proved, unless the id is another user's, and returns its user with whether something changed; one row in which
-- `found` is null if no user has the address.
-- $1 e-mail, $2 user or null for any
with changed as (
  update "user" set "emailVerified" = true, "updatedAt" = date_trunc('milliseconds', now())
  where "email" = $1::text and ($2::text is null or "id" = $2::text) and not "emailVerified"
  returning *
),
u as (
  select * from changed
  union all
  select * from "user" where "email" = $1::text and not exists (select from changed)
)
select u.* from (select) as always left join (
  select true as found,
    u."id" as user_id, u."name" as name, u."email" as email, u."emailVerified" as email_verified, u."image" as image,
    u."createdAt" at time zone 'utc' as user_created_at, u."updatedAt" at time zone 'utc' as user_updated_at,
    exists (select from changed) as changed
  from u
) as u on true
