-- The first session that lives of those with some tokens, else the first that has expired, its user, and the key that signs the user's tokens (function of migration 0011); one row in which `found`
-- is null if there is none, or the user is banned (function of migration 0016). It only reads: a statement that writes takes much longer to plan.
-- $1 tokens, separated by blanks, $2 seconds for which a session is fresh, $3 seconds that are left to a session that is to be prolonged, $4 algorithm,
-- $5 curve, $6 seconds of notice of a key, $7 greatest age of a key in seconds
select live.* from (select) as always left join (
  select true as found,
    s."id" as session_id, s."token" as token, s."ipAddress" as ip_address, s."userAgent" as user_agent,
    (s."expiresAt" at time zone 'utc')::timestamp as expires_at, (s."createdAt" at time zone 'utc')::timestamp as created_at,
    (s."updatedAt" at time zone 'utc')::timestamp as updated_at,
    s."expiresAt" < now() as expired,
    s."createdAt" > now() - $2::bigint * interval '1 second' as fresh,
    s."expiresAt" <= now() + $3::bigint * interval '1 second' as ends_soon,
    u."id" as user_id, u."name" as name, u."email" as email, u."emailVerified" as email_verified, u."image" as image,
    coalesce((to_jsonb(u) ->> 'twoFactorEnabled')::boolean, false) as has_second_factor,
    (u."createdAt" at time zone 'utc')::timestamp as user_created_at, (u."updatedAt" at time zone 'utc')::timestamp as user_updated_at,
    k.id as key_id, k.private_key, k.is_due as key_is_due
  from "session" as s
  join "user" as u on u."id" = s."userId"
  cross join todo.auth_signing_key($4::text, $5::text, $6::bigint, $7::bigint) as k
  where s."token" = any (string_to_array($1::text, ' ')) and not todo.auth_is_banned(to_jsonb(u))
  order by s."expiresAt" < now(), array_position(string_to_array($1::text, ' '), s."token")
  limit 1
) as live on true
