-- Replaces an address and returns the user; one row in which `found` is null if the user does not have the old one. A new address that is
-- taken violates the unique constraint.
-- $1 user, $2 the address so far, $3 the new address
with u as (
  update "user" set "email" = $3::text, "updatedAt" = date_trunc('milliseconds', now())
  where "id" = $1::text and "email" = $2::text
  returning *
)
select u.* from (select) as always left join (
  select true as found,
    u."id" as user_id, u."name" as name, u."email" as email, u."emailVerified" as email_verified, u."image" as image,
    u."createdAt" at time zone 'utc' as user_created_at, u."updatedAt" at time zone 'utc' as user_updated_at
  from u
) as u on true
