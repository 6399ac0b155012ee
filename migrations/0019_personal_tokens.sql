-- Personal access tokens: credentials that a user makes for programs without a browser. A token is stored as its hash alone.
create table personal_token (
  id text primary key,
  user_id text not null references "user" ("id") on delete cascade,
  name text not null,
  scopes text not null,
  -- The first characters of the token, by which its owner knows it.
  start text not null,
  token_hash text not null unique,
  created_at timestamptz not null default date_trunc('milliseconds', now()),
  expires_at timestamptz,
  -- To the minute.
  last_used_at timestamptz
);
create index personal_token_user_id_idx on personal_token (user_id);
create index personal_token_expires_at_idx on personal_token (expires_at);

-- Addresses are looked up in any letters: another server may have stored them as they were typed.
create index if not exists user_lower_email_idx on "user" (lower("email"));

-- When an old refresh token of a client was used, so that what came from it ended. A new sign-in of the client deletes the row.
create table refresh_reuse (
  user_id text not null references "user" ("id") on delete cascade,
  client_id text not null references "oauthClient" ("clientId") on delete cascade,
  seen_at timestamptz not null,
  primary key (user_id, client_id)
);
create index refresh_reuse_client_id_idx on refresh_reuse (client_id);

-- As in migration 0015; the personal access tokens of the user end too. It is not known in which session one was made.
create or replace function auth_end_access(of_user text, asking text, heir text) returns boolean language plpgsql as $$
begin
  delete from personal_token as p where p.user_id = of_user;
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
