-- Databases that other versions of Better Auth made: adds the columns that only newer versions have, and lifts the demand of 1.7.0 to
-- 1.7.2 for a column that no other version writes. The genuine server of each version goes on working.
alter table "jwks" add column if not exists "alg" text, add column if not exists "crv" text,
  add column if not exists "expiresAt" timestamptz;

do $issuer$ begin if exists (
  select from pg_attribute
  where attrelid = to_regclass('"account"') and attname = 'issuer' and attnotnull and not attisdropped
) then
  alter table "account" alter column "issuer" drop not null;
end if; end $issuer$;

-- Whether a user may not come in at all: what the admin plugin of Better Auth keeps in columns that may be missing.
create function auth_is_banned(person jsonb) returns boolean language sql stable set timezone to 'UTC' as $$
  select coalesce((person ->> 'banned')::boolean, false)
    and coalesce((person ->> 'banExpires')::timestamptz > now(), true)
$$;
