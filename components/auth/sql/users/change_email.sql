-- Replaces an address and returns the user; one row in which `found` is null if the user does not have the old one or the change is void.
-- Who followed the link reads the mails and is signed in, so the password is proved. All other links are void then (function of migration
-- 0015). A new address that is taken, also in other letters, violates the unique constraint.
-- $1 user, $2 the address so far, $3 the new address, $4 the pending change
with u as (
  update "user" as mine set "email" = coalesce((
    select other."email" from "user" as other where lower(other."email") = lower($3::text) and other."id" <> mine."id" limit 1
  ), $3::text), "updatedAt" = date_trunc('milliseconds', now())
  where "id" = $1::text and "email" = $2::text and exists (
    select from "verification"
    where "identifier" = 'change-email:' || $1::text and "value" = $4::text and "expiresAt" > now()
  )
  returning *
),
proved as (
  insert into todo.proved_password (account_id)
  select a."id" from "account" as a join u on a."userId" = u."id" and a."accountId" = u."id"
  where a."providerId" = 'credential'
  on conflict (account_id) do nothing
)
select u.* from (select) as always left join (
  select true as found,
    u."id" as user_id, u."name" as name, u."email" as email, u."emailVerified" as email_verified, u."image" as image,
    coalesce((to_jsonb(u) ->> 'twoFactorEnabled')::boolean, false) as has_second_factor,
    (u."createdAt" at time zone 'utc')::timestamp as user_created_at, (u."updatedAt" at time zone 'utc')::timestamp as user_updated_at, todo.auth_end_links(u."id", true) as links_ended
  from u
) as u on true
