-- The user with an address and the hash of the password with its account, if there is one; one row in which `found` is null if there is no such user.
-- With it whether the user is banned (function of migration 0016) or has a second factor: columns that may be missing.
-- An address in other letters is the same one; of two that differ in that alone, the one in lower case counts.
-- Only an account that names the user by id is a credential.
-- $1 e-mail
select u.* from (select) as always left join (
  select true as found,
    u."id" as user_id, u."name" as name, u."email" as email, u."emailVerified" as email_verified, u."image" as image,
    (u."createdAt" at time zone 'utc')::timestamp as user_created_at, (u."updatedAt" at time zone 'utc')::timestamp as user_updated_at,
    a."password" as password, a."id" as account_id, todo.auth_is_banned(to_jsonb(u)) as is_banned,
    coalesce((to_jsonb(u) ->> 'twoFactorEnabled')::boolean, false) as has_second_factor
  from "user" as u
  left join "account" as a on a."userId" = u."id" and a."accountId" = u."id" and a."providerId" = 'credential'
  where lower(u."email") = lower($1::text)
  order by u."email" <> lower(u."email"), a."createdAt"
  limit 1
) as u on true
