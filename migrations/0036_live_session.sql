-- What each page asks for all the time, planned once for each connection: as a statement it took three times as long to plan as to run.

-- The first session that lives of those with these tokens (separated by blanks), else the first that has expired, with its user and the key that signs
-- the user's tokens. None if there is no such session, or the user is banned. `fresh_for` is for how many seconds a session is fresh, `left_of` how many
-- are left to one that is to be prolonged; the rest is as in auth_signing_key.
create function auth_live_session(tokens text, fresh_for bigint, left_of bigint, algorithm text, curve text, notice bigint, greatest_age bigint)
returns table (session_id text, token text, ip_address text, user_agent text, expires_at timestamp, created_at timestamp, updated_at timestamp,
  expired boolean, fresh boolean, ends_soon boolean, user_id text, name text, email text, email_verified boolean, image text, has_second_factor boolean,
  user_created_at timestamp, user_updated_at timestamp, key_id text, private_key text, key_is_due boolean)
language plpgsql stable rows 1 set plan_cache_mode = force_generic_plan as $$
declare
  wanted text[] := string_to_array(tokens, ' ');
begin
  return query select
    s."id"::text, s."token"::text, s."ipAddress"::text, s."userAgent"::text,
    (s."expiresAt" at time zone 'utc')::timestamp, (s."createdAt" at time zone 'utc')::timestamp, (s."updatedAt" at time zone 'utc')::timestamp,
    s."expiresAt" < now(),
    s."createdAt" > now() - fresh_for * interval '1 second',
    s."expiresAt" <= now() + left_of * interval '1 second',
    u."id"::text, u."name"::text, u."email"::text, u."emailVerified", u."image"::text,
    coalesce((to_jsonb(u) ->> 'twoFactorEnabled')::boolean, false),
    (u."createdAt" at time zone 'utc')::timestamp, (u."updatedAt" at time zone 'utc')::timestamp,
    k.id, k.private_key, k.is_due
  from "session" as s
  join "user" as u on u."id" = s."userId"
  cross join auth_signing_key(algorithm, curve, notice, greatest_age) as k
  where s."token" = any (wanted) and not auth_is_banned(to_jsonb(u))
  order by s."expiresAt" < now(), array_position(wanted, s."token"::text)
  limit 1;
end $$;
