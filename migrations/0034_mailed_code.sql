-- A code that comes by mail ends a sign-in too, where the account has no authenticator app.

-- As in migration 0027, which the release before calls; and `mailed`, the signature of a code that was sent by mail for the challenge. It is `expired` where
-- none waits. A code signs in once.
create function auth_try_second_factor(challenge text, of_user text, step bigint, codes text, codes_left text, mailed text) returns text language plpgsql as $$
declare
  tries text;
  proved boolean := false;
begin
  select v."value" into tries from "verification" as v
  where v."identifier" = '2fa-attempts-' || challenge and v."expiresAt" > now() for update;
  if not found then
    return 'gone';
  end if;
  if mailed is not null and not exists (
    select from "verification" as v where v."identifier" = '2fa-otp-' || challenge and v."expiresAt" > now()
  ) then
    return 'expired';
  end if;
  if tries !~ '^[0-4]$' then
    delete from "verification" as v where v."identifier" in (challenge, '2fa-attempts-' || challenge, '2fa-otp-' || challenge);
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
  elsif mailed is not null then
    proved := exists (
      select from "verification" as v where v."identifier" = '2fa-otp-' || challenge and v."value" = mailed and v."expiresAt" > now()
    );
  end if;
  if not proved then
    update "verification" as v set "value" = (tries::integer + 1)::text where v."identifier" = '2fa-attempts-' || challenge;
    update second_factor_use as s set failures = s.failures + 1,
      locked_until = case when s.failures >= 9 then now() + interval '15 minutes' end
    where s.user_id = of_user;
    return 'wrong';
  end if;
  update second_factor_use as s set failures = 0 where s.user_id = of_user;
  delete from "verification" as v where v."identifier" in (challenge, '2fa-attempts-' || challenge, '2fa-otp-' || challenge);
  return 'passed';
end $$;
