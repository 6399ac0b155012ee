-- The second factor of Better Auth's two-factor plugin. Its table "twoFactor" and the column "user"."twoFactorEnabled" may be missing, and may
-- come later: the functions that use them look first. They are made when the first user sets a second factor up at this server.

-- What users did with their second factor at this server.
create table second_factor_use (
  user_id text primary key references "user" ("id") on delete cascade,
  -- The step of time of the newest code that signed in: no code signs in twice.
  last_step bigint,
  -- Wrong codes in a row, and until when no code is taken.
  failures integer not null default 0,
  locked_until timestamptz
);

-- The second factor of a user: one row, or none. It is locked by wrong codes at this server or another one.
create function auth_second_factor(of_user text) returns table (factor_id text, sealed_secret text, sealed_codes text, is_verified boolean, is_locked boolean)
language plpgsql stable set timezone to 'UTC' as $$
begin
  if to_regclass('"twoFactor"') is null then
    return;
  end if;
  return query
  select f."id", f."secret", f."backupCodes", coalesce((to_jsonb(f) ->> 'verified')::boolean, true),
    coalesce((to_jsonb(f) ->> 'lockedUntil')::timestamptz > now(), false) or exists (
      select from second_factor_use as s where s.user_id = of_user and s.locked_until > now()
    )
  from "twoFactor" as f
  where f."userId" = of_user
  order by f."id"
  limit 1;
end $$;

-- Tries a code for a challenge: one of an authenticator app, of this step of time, or a backup code, by which `codes` become `codes_left`; all null for
-- a wrong one. A challenge takes five codes, a user ten wrong ones in a row; then none is taken for a quarter of an hour. Returns
-- `passed`, `wrong`, `lost` (another request used a backup code meanwhile), `locked`, `exhausted` or `gone`. What is passed, exhausted or gone is over.
create function auth_try_second_factor(challenge text, of_user text, step bigint, codes text, codes_left text) returns text language plpgsql as $$
declare
  tries text;
  proved boolean := false;
begin
  select v."value" into tries from "verification" as v
  where v."identifier" = '2fa-attempts-' || challenge and v."expiresAt" > now() for update;
  if not found then
    return 'gone';
  end if;
  if tries !~ '^[0-4]$' then
    delete from "verification" as v where v."identifier" in (challenge, '2fa-attempts-' || challenge);
    return 'exhausted';
  end if;
  insert into second_factor_use as s (user_id) values (of_user)
  on conflict on constraint second_factor_use_pkey do update set failures = 0, locked_until = null where s.locked_until <= now();
  perform from second_factor_use as s where s.user_id = of_user and s.locked_until is null for update;
  if not found then
    return 'locked';
  end if;
  if step is not null then
    update second_factor_use as s set last_step = step where s.user_id = of_user and coalesce(s.last_step < step, true);
    proved := found;
  elsif codes_left is not null then
    update "twoFactor" as f set "backupCodes" = codes_left where f."userId" = of_user and f."backupCodes" = codes;
    if not found then
      return 'lost';
    end if;
    proved := true;
  end if;
  if not proved then
    update "verification" as v set "value" = (tries::integer + 1)::text where v."identifier" = '2fa-attempts-' || challenge;
    update second_factor_use as s set failures = s.failures + 1,
      locked_until = case when s.failures >= 9 then now() + interval '15 minutes' end
    where s.user_id = of_user;
    return 'wrong';
  end if;
  update second_factor_use as s set failures = 0 where s.user_id = of_user;
  delete from "verification" as v where v."identifier" in (challenge, '2fa-attempts-' || challenge);
  return 'passed';
end $$;

-- Uses a backup code of a user up, by which `codes` become `codes_left`; false if another request was faster.
create function auth_spend_backup_code(of_user text, codes text, codes_left text) returns boolean language plpgsql as $$
begin
  update "twoFactor" as f set "backupCodes" = codes_left where f."userId" = of_user and f."backupCodes" = codes;
  return found;
end $$;

-- Stores a second factor that is to be confirmed by a code. Makes the table and the columns of Better Auth's plugin where they are missing.
create function auth_set_up_second_factor(of_user text, new_id text, sealed_secret text, sealed_codes text) returns boolean language plpgsql as $$
begin
  if to_regclass('"twoFactor"') is null then
    create table if not exists "twoFactor" (
      "id" text not null primary key, "secret" text not null, "backupCodes" text not null,
      "userId" text not null references "user" ("id") on delete cascade,
      "verified" boolean, "failedVerificationCount" integer, "lockedUntil" timestamptz
    );
    create index if not exists "twoFactor_secret_idx" on "twoFactor" ("secret");
    create index if not exists "twoFactor_userId_idx" on "twoFactor" ("userId");
  end if;
  if not exists (select from pg_attribute where attrelid = '"twoFactor"'::regclass and attname = 'verified' and not attisdropped) then
    alter table "twoFactor" add column "verified" boolean;
  end if;
  if not exists (select from pg_attribute where attrelid = '"user"'::regclass and attname = 'twoFactorEnabled' and not attisdropped) then
    alter table "user" add column "twoFactorEnabled" boolean;
  end if;
  update "twoFactor" as f set "secret" = sealed_secret, "backupCodes" = sealed_codes, "verified" = false where f."userId" = of_user;
  if not found then
    insert into "twoFactor" ("id", "secret", "backupCodes", "userId", "verified") values (new_id, sealed_secret, sealed_codes, of_user, false);
  end if;
  return true;
end $$;

-- Confirms the second factor of a user; whether the user had none until now.
create function auth_confirm_second_factor(of_user text) returns boolean language plpgsql as $$
begin
  update "twoFactor" as f set "verified" = true where f."userId" = of_user;
  update "user" as u set "twoFactorEnabled" = true, "updatedAt" = date_trunc('milliseconds', now())
  where u."id" = of_user and u."twoFactorEnabled" is not true;
  return found;
end $$;

-- Replaces the backup codes of a user; whether there is a second factor.
create function auth_replace_backup_codes(of_user text, sealed_codes text) returns boolean language plpgsql as $$
begin
  update "twoFactor" as f set "backupCodes" = sealed_codes where f."userId" = of_user;
  return found;
end $$;

-- Deletes the second factor of a user, what waits for it, and the devices that need none; always true.
create function auth_drop_second_factor(of_user text) returns boolean language plpgsql as $$
begin
  perform auth_end_challenges(of_user);
  delete from second_factor_use as s where s.user_id = of_user;
  if to_regclass('"twoFactor"') is not null then
    delete from "twoFactor" as f where f."userId" = of_user;
  end if;
  return true;
end $$;

-- Switches the second factor of a user off; always true.
create function auth_switch_off_second_factor(of_user text) returns boolean language plpgsql as $$
begin
  perform auth_drop_second_factor(of_user);
  if exists (select from pg_attribute where attrelid = '"user"'::regclass and attname = 'twoFactorEnabled' and not attisdropped) then
    update "user" as u set "twoFactorEnabled" = false, "updatedAt" = date_trunc('milliseconds', now()) where u."id" = of_user;
  end if;
  return true;
end $$;

-- Ends sign-ins of a user that wait for a second factor, and the trust in devices.
create function auth_end_challenges(of_user text) returns void language plpgsql as $$
begin
  delete from "verification" as v
  where v."value" = of_user and (v."identifier" like '2fa-%' or v."identifier" like 'trust-device-%');
end $$;

-- As in migration 0019; sign-ins that wait for a second factor and the trust in devices end too.
create or replace function auth_end_access(of_user text, asking text, heir text) returns boolean language plpgsql as $$
begin
  perform auth_end_challenges(of_user);
  delete from personal_token as p where p.user_id = of_user;
  delete from calendar_feed as f where f.user_id = of_user;
  delete from push_subscription as p where p.user_id = of_user;
  delete from "oauthConsent" as o
  where o."userId" = of_user and not exists (
    select from consent_session as c where c.consent_id = o."id" and c.session_id = asking
  );
  delete from "oauthRefreshToken" as r
  where r."userId" = of_user and not (coalesce(r."sessionId" = asking, false) and (
    exists (select from "oauthConsent" as o where o."userId" = of_user and o."clientId" = r."clientId")
    or exists (select from "oauthClient" as c where c."clientId" = r."clientId" and c."skipConsent")
  ));
  delete from "oauthAccessToken" as a where a."userId" = of_user and not coalesce(a."sessionId" = asking, false);
  delete from "verification" as v
  where strpos(v."value", '{"type":"authorization_code"') = 1 and strpos(v."value", '"userId":' || to_json(of_user)) > 0
    and (asking is null or strpos(v."value", '"sessionId":' || to_json(asking)) = 0);
  update consent_session set session_id = heir where session_id = asking and heir is not null;
  update "oauthRefreshToken" set "sessionId" = heir where "userId" = of_user and "sessionId" = asking and heir is not null;
  delete from "session" as s
  where s."userId" = of_user and (coalesce(heir, asking) is null or s."id" <> coalesce(heir, asking));
  return true;
end $$;

-- The devices with which users signed in: a hash of the kind of device and its network. A mail tells of another one.
create table known_device (
  user_id text not null references "user" ("id") on delete cascade,
  device text not null,
  seen_at timestamptz not null default now(),
  primary key (user_id, device)
);

-- Better Auth 1.7.0 to 1.7.2 finds an account only by its issuer, which no other version writes. A version that drops the column goes on.
create function name_issuer() returns trigger language plpgsql as $$
declare
  issuer text := case new."providerId" when 'credential' then 'local:credential' when 'google' then 'https://accounts.google.com' end;
begin
  if to_jsonb(new) ->> 'issuer' is null and to_jsonb(new) ? 'issuer' then
    new := jsonb_populate_record(new, jsonb_build_object('issuer', issuer));
  end if;
  return new;
end $$;
do $issuer$ begin if exists (
  select from pg_attribute where attrelid = to_regclass('"account"') and attname = 'issuer' and not attisdropped
) then
  create trigger name_issuer before insert on "account" for each row execute function name_issuer();
  update "account" set "issuer" = case "providerId" when 'credential' then 'local:credential' else 'https://accounts.google.com' end
  where "issuer" is null and "providerId" in ('credential', 'google');
end if; end $issuer$;
