-- What ends when somebody takes an account back, and what that rests on. The functions are called by the statement of the act itself.

-- The session in which a user let a client in. Without a row it is not known.
create table consent_session (
  consent_id text primary key references "oauthConsent" ("id") on delete cascade,
  session_id text not null
);
create index consent_session_session_id_idx on consent_session (session_id);

-- The passwords that were set, or seen to be used, by whoever reads the mails to the user's address.
create table proved_password (
  account_id text primary key references "account" ("id") on delete cascade
);

-- Ends the sessions of a user and what clients may do for them: refresh tokens, access tokens that are stored, codes and consents.
-- What the session `asking` let in itself stays, and so does that session, or the session `heir`, which takes its place.
create function auth_end_access(of_user text, asking text, heir text) returns boolean language plpgsql as $$
begin
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

-- Voids the links in mails that change a user's address, and if `resets` those that set a new password.
create function auth_end_links(of_user text, resets boolean) returns boolean language plpgsql as $$
begin
  delete from "verification" as v
  where v."identifier" = 'change-email:' || of_user
    or (resets and v."value" = of_user and strpos(v."identifier", 'reset-password:') = 1);
  return true;
end $$;
