-- The user of an access token; one row in which `found` is null if the user, or the session that they granted it in, is gone, or the user is banned (function of migration 0016).
-- $1 user, $2 session or null for any
select u.* from (select) as always left join (
  select true as found,
    u."id" as user_id, u."name" as name, u."email" as email, u."emailVerified" as email_verified, u."image" as image,
    coalesce((to_jsonb(u) ->> 'twoFactorEnabled')::boolean, false) as has_second_factor,
    (u."createdAt" at time zone 'utc')::timestamp as user_created_at, (u."updatedAt" at time zone 'utc')::timestamp as user_updated_at
  from "user" as u
  where u."id" = $1::text and not todo.auth_is_banned(to_jsonb(u)) and ($2::text is null or exists (
    select from "session" as s where s."id" = $2::text and s."userId" = u."id" and s."expiresAt" > now()
  ))
) as u on true
