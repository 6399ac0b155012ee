-- The session of a request, with the key that signs only where the caller has kept none. It replaces auth_live_session, which the release before calls.

-- The first session that lives of those with these tokens (separated by blanks), else the first that has expired, with its user. One row in which
-- `session_id` is null if there is no such session, or the user is banned. `fresh_for` is for how many seconds a session is fresh, `left_of` how many are
-- left to one that is to be prolonged. `with_key` asks for the key that signs the user's tokens, by the rest as in auth_signing_key.
create function auth_session(
  tokens text, fresh_for bigint, left_of bigint, with_key boolean, algorithm text, curve text, notice bigint, greatest_age bigint
) returns table (session_id text, token text, ip_address text, user_agent text, expires_at timestamp, created_at timestamp, updated_at timestamp,
  expired boolean, fresh boolean, ends_soon boolean, user_id text, name text, email text, email_verified boolean, image text, has_second_factor boolean,
  user_created_at timestamp, user_updated_at timestamp, key_id text, private_key text, key_is_due boolean)
language plpgsql stable rows 1 set plan_cache_mode = force_generic_plan as $$
declare
  wanted text[] := string_to_array(tokens, ' ');
begin
  if with_key then
    select k.id, k.private_key, k.is_due into key_id, private_key, key_is_due from auth_signing_key(algorithm, curve, notice, greatest_age) as k;
  end if;
  return query select
    live."id"::text, live."token"::text, live."ipAddress"::text, live."userAgent"::text, (live."expiresAt" at time zone 'utc')::timestamp,
    (live."createdAt" at time zone 'utc')::timestamp, (live."updatedAt" at time zone 'utc')::timestamp,
    live."expiresAt" < now(),
    live."createdAt" > now() - fresh_for * interval '1 second',
    live."expiresAt" <= now() + left_of * interval '1 second',
    live."userId"::text, live."name"::text, live."email"::text, live."emailVerified", live."image"::text,
    coalesce((live.person ->> 'twoFactorEnabled')::boolean, false),
    (live.user_created_at at time zone 'utc')::timestamp, (live.user_updated_at at time zone 'utc')::timestamp,
    key_id, private_key, key_is_due
  from (
    select s."id", s."token", s."ipAddress", s."userAgent", s."expiresAt", s."createdAt", s."updatedAt", s."userId",
      u."name", u."email", u."emailVerified", u."image", u."createdAt" as user_created_at, u."updatedAt" as user_updated_at, to_jsonb(u) as person
    from "session" as s join "user" as u on u."id" = s."userId"
    where s."token" = any (wanted)
    offset 0
  ) as live
  where not (live.person ? 'banned' and auth_is_banned(live.person))
  order by live."expiresAt" < now(), array_position(wanted, live."token"::text)
  limit 1;
  if not found then
    return next;
  end if;
end $$;
