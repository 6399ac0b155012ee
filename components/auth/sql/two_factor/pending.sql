-- The first challenge of these that waits, with its user and the second factor (function of migration 0027); one row in which `found` is null if
-- there is none, or the user is banned (function of migration 0016).
-- $1 challenges, separated by blanks
select p.* from (select) as always left join (
  select true as found, v."identifier" as challenge,
    u."id" as user_id, u."name" as name, u."email" as email, u."emailVerified" as email_verified, u."image" as image,
    coalesce((to_jsonb(u) ->> 'twoFactorEnabled')::boolean, false) as has_second_factor,
    (u."createdAt" at time zone 'utc')::timestamp as user_created_at, (u."updatedAt" at time zone 'utc')::timestamp as user_updated_at,
    f.sealed_secret, f.sealed_codes, coalesce(f.is_verified, false) as is_verified, coalesce(f.is_locked, false) as is_locked
  from "verification" as v
  join "user" as u on u."id" = v."value"
  left join lateral todo.auth_second_factor(u."id") as f on true
  where v."identifier" = any (string_to_array($1::text, ' ')) and v."expiresAt" > now() and not todo.auth_is_banned(to_jsonb(u))
  order by array_position(string_to_array($1::text, ' '), v."identifier")
  limit 1
) as p on true
