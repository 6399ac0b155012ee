-- The schema that the migrations make, to read and to check statements against. `make schema` writes this file, and the tests
-- compare it with the migrations. Nothing runs it.
create schema todo;

create table "oauthClientAssertion" (
  id text not null,
  "expiresAt" timestamptz not null,
  constraint "oauthClientAssertion_pkey" PRIMARY KEY (id)
);

create table "oauthResource" (
  id text not null,
  identifier text not null,
  name text not null,
  "accessTokenTtl" integer,
  "refreshTokenTtl" integer,
  "signingAlgorithm" text,
  "signingKeyId" text,
  "allowedScopes" jsonb,
  "customClaims" jsonb,
  "dpopBoundAccessTokensRequired" boolean,
  disabled boolean,
  "createdAt" timestamptz,
  "updatedAt" timestamptz,
  "policyVersion" integer,
  metadata jsonb,
  constraint "oauthResource_pkey" PRIMARY KEY (id),
  constraint "oauthResource_identifier_key" UNIQUE (identifier)
);

create table "rateLimit" (
  id text not null,
  key text not null,
  count integer not null,
  "lastRequest" bigint not null,
  constraint "rateLimit_pkey" PRIMARY KEY (id),
  constraint "rateLimit_key_key" UNIQUE (key)
);
CREATE INDEX "rateLimit_lastRequest_idx" ON public."rateLimit" USING btree ("lastRequest");

create table "user" (
  id text not null,
  name text not null,
  email text not null,
  "emailVerified" boolean not null,
  image text,
  "createdAt" timestamptz not null default CURRENT_TIMESTAMP,
  "updatedAt" timestamptz not null default CURRENT_TIMESTAMP,
  constraint user_pkey PRIMARY KEY (id),
  constraint user_email_key UNIQUE (email)
);

create table jwks (
  id text not null,
  "publicKey" text not null,
  "privateKey" text not null,
  "createdAt" timestamptz not null,
  "expiresAt" timestamptz,
  alg text,
  crv text,
  constraint jwks_pkey PRIMARY KEY (id)
);

create table todo.model_health (
  id integer not null default 1,
  failures integer not null default 0,
  counting_since timestamptz not null default now(),
  open_until timestamptz,
  constraint model_health_pkey PRIMARY KEY (id),
  constraint model_health_id_check CHECK (id = 1)
);

create table todo.model_spend (
  day date not null,
  micro_usd bigint not null default 0,
  constraint model_spend_pkey PRIMARY KEY (day)
);

create table todo.predecessor_table (
  name text not null,
  kind text not null,
  copied bigint not null default 0,
  copied_at timestamptz not null default now(),
  constraint predecessor_table_pkey PRIMARY KEY (name),
  constraint predecessor_table_kind_check CHECK (kind = ANY (ARRAY['task'::text, 'conversation'::text, 'message'::text]))
);

create unlogged table todo.rate_limit (
  name text not null,
  subject text not null,
  used bigint not null,
  resets_at timestamptz not null,
  constraint rate_limit_pkey PRIMARY KEY (name, subject)
) with (fillfactor=50);
CREATE INDEX rate_limit_resets_at_idx ON todo.rate_limit USING btree (resets_at);

create table verification (
  id text not null,
  identifier text not null,
  value text not null,
  "expiresAt" timestamptz not null,
  "createdAt" timestamptz not null default CURRENT_TIMESTAMP,
  "updatedAt" timestamptz not null default CURRENT_TIMESTAMP,
  constraint verification_pkey PRIMARY KEY (id)
);
CREATE INDEX verification_identifier_idx ON public.verification USING btree (identifier);

create table "oauthClient" (
  id text not null,
  "clientId" text not null,
  "clientSecret" text,
  "clientDiscoveryId" text,
  disabled boolean,
  "skipConsent" boolean,
  "enableEndSession" boolean,
  "subjectType" text,
  scopes jsonb,
  "clientCredentialsScopes" jsonb,
  "userId" text,
  "createdAt" timestamptz,
  "updatedAt" timestamptz,
  name text,
  uri text,
  icon text,
  contacts jsonb,
  tos text,
  policy text,
  "softwareId" text,
  "softwareVersion" text,
  "softwareStatement" text,
  "redirectUris" jsonb not null,
  "postLogoutRedirectUris" jsonb,
  "backchannelLogoutUri" text,
  "backchannelLogoutSessionRequired" boolean,
  "tokenEndpointAuthMethod" text,
  "applicationType" text,
  jwks text,
  "jwksUri" text,
  "grantTypes" jsonb,
  "responseTypes" jsonb,
  "requirePKCE" boolean,
  "dpopBoundAccessTokens" boolean,
  "referenceId" text,
  metadata jsonb,
  constraint "oauthClient_pkey" PRIMARY KEY (id),
  constraint "oauthClient_clientId_key" UNIQUE ("clientId"),
  constraint "oauthClient_userId_fkey" FOREIGN KEY ("userId") REFERENCES "user"(id) ON DELETE CASCADE
);
CREATE INDEX "oauthClient_userId_idx" ON public."oauthClient" USING btree ("userId");

create table account (
  id text not null,
  "accountId" text not null,
  "providerId" text not null,
  "userId" text not null,
  "accessToken" text,
  "refreshToken" text,
  "idToken" text,
  "accessTokenExpiresAt" timestamptz,
  "refreshTokenExpiresAt" timestamptz,
  scope text,
  password text,
  "createdAt" timestamptz not null default CURRENT_TIMESTAMP,
  "updatedAt" timestamptz not null,
  constraint account_pkey PRIMARY KEY (id),
  constraint "account_userId_fkey" FOREIGN KEY ("userId") REFERENCES "user"(id) ON DELETE CASCADE
);
CREATE INDEX "account_userId_idx" ON public.account USING btree ("userId");

create table session (
  id text not null,
  "expiresAt" timestamptz not null,
  token text not null,
  "createdAt" timestamptz not null default CURRENT_TIMESTAMP,
  "updatedAt" timestamptz not null,
  "ipAddress" text,
  "userAgent" text,
  "userId" text not null,
  constraint session_pkey PRIMARY KEY (id),
  constraint session_token_key UNIQUE (token),
  constraint "session_userId_fkey" FOREIGN KEY ("userId") REFERENCES "user"(id) ON DELETE CASCADE
);
CREATE INDEX "session_userId_idx" ON public.session USING btree ("userId");

create table todo.conversation (
  user_id text not null,
  id bigint not null generated always as identity,
  title text not null,
  turn bigint not null default 1,
  running_until timestamptz,
  created_at timestamptz not null default date_trunc('milliseconds'::text, now()),
  updated_at timestamptz not null default date_trunc('milliseconds'::text, now()),
  attempt bigint not null default 0,
  summary text,
  summarized_turn bigint not null default 0,
  reserved_on date,
  reserved_tokens bigint not null default 0,
  reserved_micro_usd bigint not null default 0,
  constraint conversation_pkey PRIMARY KEY (user_id, id),
  constraint conversation_summary_check CHECK (char_length(summary) >= 1 AND char_length(summary) <= 4000),
  constraint conversation_title_check CHECK (char_length(title) >= 1 AND char_length(title) <= 80),
  constraint conversation_turn_check CHECK (turn > 0),
  constraint conversation_user_id_fkey FOREIGN KEY (user_id) REFERENCES "user"(id) ON DELETE CASCADE
);
CREATE INDEX conversation_recent_idx ON todo.conversation USING btree (user_id, updated_at DESC, id DESC);
CREATE INDEX conversation_reserved_idx ON todo.conversation USING btree (user_id) WHERE (reserved_on IS NOT NULL);

create table todo.deleted_task (
  user_id text not null,
  id bigint not null,
  title text not null,
  description text,
  completed boolean not null,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  deletion bigint not null,
  deleted_at timestamptz not null default now(),
  completed_at timestamptz,
  priority smallint not null default 4,
  constraint deleted_task_pkey PRIMARY KEY (user_id, id),
  constraint deleted_task_user_id_fkey FOREIGN KEY (user_id) REFERENCES "user"(id) ON DELETE CASCADE
);
CREATE INDEX deleted_task_deleted_at_idx ON todo.deleted_task USING btree (deleted_at);
CREATE INDEX deleted_task_deletion_idx ON todo.deleted_task USING btree (user_id, deletion);

create table todo.idempotency_key (
  user_id text not null,
  key text not null,
  fingerprint text not null,
  task_id bigint not null,
  created_at timestamptz not null,
  constraint idempotency_key_pkey PRIMARY KEY (user_id, key),
  constraint idempotency_key_key_check CHECK (char_length(key) >= 1 AND char_length(key) <= 255),
  constraint idempotency_key_user_id_fkey FOREIGN KEY (user_id) REFERENCES "user"(id) ON DELETE CASCADE
);
CREATE INDEX idempotency_key_created_at_idx ON todo.idempotency_key USING btree (created_at);

create table todo.personal_token (
  id text not null,
  user_id text not null,
  name text not null,
  scopes text not null,
  start text not null,
  token_hash text not null,
  created_at timestamptz not null default date_trunc('milliseconds'::text, now()),
  expires_at timestamptz,
  last_used_at timestamptz,
  constraint personal_token_pkey PRIMARY KEY (id),
  constraint personal_token_token_hash_key UNIQUE (token_hash),
  constraint personal_token_user_id_fkey FOREIGN KEY (user_id) REFERENCES "user"(id) ON DELETE CASCADE
);
CREATE INDEX personal_token_expires_at_idx ON todo.personal_token USING btree (expires_at);
CREATE INDEX personal_token_user_id_idx ON todo.personal_token USING btree (user_id);

create table todo.predecessor_row (
  name text not null,
  id text not null,
  user_id text not null,
  copied_id bigint not null,
  constraint predecessor_row_pkey PRIMARY KEY (name, id),
  constraint predecessor_row_user_id_fkey FOREIGN KEY (user_id) REFERENCES "user"(id) ON DELETE CASCADE
);
CREATE INDEX predecessor_row_user_id_idx ON todo.predecessor_row USING btree (user_id);

create table todo.task (
  user_id text not null,
  id bigint not null,
  title text not null,
  description text,
  completed boolean not null default false,
  created_at timestamptz not null default date_trunc('milliseconds'::text, now()),
  updated_at timestamptz not null default date_trunc('milliseconds'::text, now()),
  completed_at timestamptz,
  priority smallint not null default 4,
  constraint task_pkey PRIMARY KEY (user_id, id),
  constraint task_description_check CHECK (char_length(description) >= 1 AND char_length(description) <= 10000),
  constraint task_id_check CHECK (id > 0),
  constraint task_priority_check CHECK (priority >= 1 AND priority <= 4),
  constraint task_title_check CHECK (char_length(title) >= 1 AND char_length(title) <= 200),
  constraint task_user_id_fkey FOREIGN KEY (user_id) REFERENCES "user"(id) ON DELETE CASCADE
);
CREATE INDEX task_completed_idx ON todo.task USING btree (user_id, completed, id);
CREATE INDEX task_priority_idx ON todo.task USING btree (user_id, priority, id);

create table todo.task_change (
  user_id text not null,
  id bigint not null,
  made_at timestamptz not null default date_trunc('milliseconds'::text, now()),
  kind text not null,
  actor text not null,
  app text,
  app_name text,
  conversation_id bigint,
  turn bigint,
  undoes bigint,
  undone_by bigint,
  task_ids bigint[] not null,
  tasks jsonb not null,
  constraint task_change_pkey PRIMARY KEY (user_id, id),
  constraint task_change_actor_check CHECK (actor = ANY (ARRAY['page'::text, 'api'::text, 'chat'::text, 'mcp'::text])),
  constraint task_change_kind_check CHECK (char_length(kind) >= 1 AND char_length(kind) <= 40),
  constraint task_change_user_id_fkey FOREIGN KEY (user_id) REFERENCES "user"(id) ON DELETE CASCADE
);
CREATE INDEX task_change_made_at_idx ON todo.task_change USING btree (made_at);

create table todo.task_counter (
  user_id text not null,
  last_id bigint not null,
  live bigint not null default 0,
  deletion bigint not null default 0,
  last_change bigint not null default 0,
  constraint task_counter_pkey PRIMARY KEY (user_id),
  constraint task_counter_user_id_fkey FOREIGN KEY (user_id) REFERENCES "user"(id) ON DELETE CASCADE
);

create table todo.token_usage (
  user_id text not null,
  day date not null,
  prompt bigint not null default 0,
  cached bigint not null default 0,
  answer bigint not null default 0,
  thought bigint not null default 0,
  micro_usd bigint not null default 0,
  constraint token_usage_pkey PRIMARY KEY (user_id, day),
  constraint token_usage_user_id_fkey FOREIGN KEY (user_id) REFERENCES "user"(id) ON DELETE CASCADE
);

create table "oauthClientResource" (
  id text not null,
  "clientId" text not null,
  "resourceId" text not null,
  metadata jsonb,
  "createdAt" timestamptz,
  constraint "oauthClientResource_pkey" PRIMARY KEY (id),
  constraint "oauthClientResource_clientId_fkey" FOREIGN KEY ("clientId") REFERENCES "oauthClient"("clientId") ON DELETE CASCADE,
  constraint "oauthClientResource_resourceId_fkey" FOREIGN KEY ("resourceId") REFERENCES "oauthResource"(identifier) ON DELETE CASCADE
);
CREATE INDEX "oauthClientResource_clientId_idx" ON public."oauthClientResource" USING btree ("clientId");
CREATE UNIQUE INDEX "oauthClientResource_clientId_resourceId_uidx" ON public."oauthClientResource" USING btree ("clientId", "resourceId");
CREATE INDEX "oauthClientResource_resourceId_idx" ON public."oauthClientResource" USING btree ("resourceId");

create table "oauthConsent" (
  id text not null,
  "clientId" text not null,
  "userId" text,
  "referenceId" text,
  resources jsonb,
  "requestedUserInfoClaims" jsonb,
  scopes jsonb not null,
  "createdAt" timestamptz not null,
  "updatedAt" timestamptz not null,
  constraint "oauthConsent_pkey" PRIMARY KEY (id),
  constraint "oauthConsent_clientId_fkey" FOREIGN KEY ("clientId") REFERENCES "oauthClient"("clientId") ON DELETE CASCADE,
  constraint "oauthConsent_userId_fkey" FOREIGN KEY ("userId") REFERENCES "user"(id) ON DELETE CASCADE
);
CREATE INDEX "oauthConsent_clientId_idx" ON public."oauthConsent" USING btree ("clientId");
CREATE INDEX "oauthConsent_userId_idx" ON public."oauthConsent" USING btree ("userId");

create table "oauthRefreshToken" (
  id text not null,
  token text not null,
  "clientId" text not null,
  "sessionId" text,
  "userId" text not null,
  "referenceId" text,
  "authorizationCodeId" text,
  resources jsonb,
  "requestedUserInfoClaims" jsonb,
  "expiresAt" timestamptz not null,
  "createdAt" timestamptz not null,
  revoked timestamptz,
  "rotatedAt" timestamptz,
  "rotationReplayResponse" text,
  "rotationReplayExpiresAt" timestamptz,
  "authTime" timestamptz,
  confirmation jsonb,
  scopes jsonb not null,
  constraint "oauthRefreshToken_pkey" PRIMARY KEY (id),
  constraint "oauthRefreshToken_token_key" UNIQUE (token),
  constraint "oauthRefreshToken_clientId_fkey" FOREIGN KEY ("clientId") REFERENCES "oauthClient"("clientId") ON DELETE CASCADE,
  constraint "oauthRefreshToken_sessionId_fkey" FOREIGN KEY ("sessionId") REFERENCES session(id) ON DELETE SET NULL,
  constraint "oauthRefreshToken_userId_fkey" FOREIGN KEY ("userId") REFERENCES "user"(id) ON DELETE CASCADE
);
CREATE INDEX "oauthRefreshToken_authorizationCodeId_idx" ON public."oauthRefreshToken" USING btree ("authorizationCodeId");
CREATE INDEX "oauthRefreshToken_clientId_idx" ON public."oauthRefreshToken" USING btree ("clientId");
CREATE INDEX "oauthRefreshToken_sessionId_idx" ON public."oauthRefreshToken" USING btree ("sessionId");
CREATE INDEX "oauthRefreshToken_userId_idx" ON public."oauthRefreshToken" USING btree ("userId");

create table todo.message (
  user_id text not null,
  conversation_id bigint not null,
  turn bigint not null,
  step integer not null,
  role text not null,
  text text,
  content json,
  model text,
  model_version text,
  tool_calls json,
  outcome text,
  created_at timestamptz not null default date_trunc('milliseconds'::text, now()),
  idempotency_key text,
  constraint message_pkey PRIMARY KEY (user_id, conversation_id, turn, step),
  constraint message_idempotency_key_check CHECK (idempotency_key IS NULL OR step = 0 AND char_length(idempotency_key) >= 1 AND char_length(idempotency_key) <= 255),
  constraint message_outcome_check CHECK (outcome = ANY (ARRAY['complete'::text, 'truncated'::text, 'refused'::text, 'partial'::text])),
  constraint message_role_check CHECK (role = ANY (ARRAY['user'::text, 'model'::text, 'tool'::text])),
  constraint message_step_check CHECK (step >= 0),
  constraint message_tool_calls_check CHECK ((role = 'tool'::text) = (tool_calls IS NOT NULL)),
  constraint message_turn_check CHECK (turn > 0),
  constraint message_user_text_check CHECK ((role = 'user'::text) = (step = 0) AND (role <> 'user'::text OR char_length(text) >= 1 AND char_length(text) <= 2000)),
  constraint message_conversation_fkey FOREIGN KEY (user_id, conversation_id) REFERENCES todo.conversation(user_id, id) ON DELETE CASCADE
);
CREATE UNIQUE INDEX message_idempotency_key_idx ON todo.message USING btree (user_id, idempotency_key) WHERE (idempotency_key IS NOT NULL);

create table todo.oauth_registration (
  client_id text not null,
  registered_at timestamptz not null default now(),
  constraint oauth_registration_pkey PRIMARY KEY (client_id),
  constraint oauth_registration_client_id_fkey FOREIGN KEY (client_id) REFERENCES "oauthClient"("clientId") ON DELETE CASCADE
);
CREATE INDEX oauth_registration_registered_at_idx ON todo.oauth_registration USING btree (registered_at);

create table todo.pending_action (
  user_id text not null,
  id text not null,
  conversation_id bigint not null,
  turn bigint not null,
  step integer not null,
  call_id text not null,
  tool text not null,
  arguments json not null,
  summary text not null,
  state text not null default 'pending'::text,
  outcome json,
  created_at timestamptz not null default now(),
  expires_at timestamptz not null,
  decided_at timestamptz,
  constraint pending_action_pkey PRIMARY KEY (user_id, id),
  constraint pending_action_state_check CHECK (state = ANY (ARRAY['pending'::text, 'running'::text, 'done'::text, 'failed'::text, 'denied'::text])),
  constraint pending_action_conversation_fkey FOREIGN KEY (user_id, conversation_id) REFERENCES todo.conversation(user_id, id) ON DELETE CASCADE
);
CREATE INDEX pending_action_turn_idx ON todo.pending_action USING btree (user_id, conversation_id, turn);

create table todo.proved_password (
  account_id text not null,
  constraint proved_password_pkey PRIMARY KEY (account_id),
  constraint proved_password_account_id_fkey FOREIGN KEY (account_id) REFERENCES account(id) ON DELETE CASCADE
);

create table todo.refresh_reuse (
  user_id text not null,
  client_id text not null,
  seen_at timestamptz not null,
  constraint refresh_reuse_pkey PRIMARY KEY (user_id, client_id),
  constraint refresh_reuse_client_id_fkey FOREIGN KEY (client_id) REFERENCES "oauthClient"("clientId") ON DELETE CASCADE,
  constraint refresh_reuse_user_id_fkey FOREIGN KEY (user_id) REFERENCES "user"(id) ON DELETE CASCADE
);
CREATE INDEX refresh_reuse_client_id_idx ON todo.refresh_reuse USING btree (client_id);

create table "oauthAccessToken" (
  id text not null,
  token text not null,
  "clientId" text not null,
  "sessionId" text,
  "userId" text,
  "referenceId" text,
  "authorizationCodeId" text,
  resources jsonb,
  "requestedUserInfoClaims" jsonb,
  "refreshId" text,
  "expiresAt" timestamptz not null,
  "createdAt" timestamptz not null,
  revoked timestamptz,
  confirmation jsonb,
  scopes jsonb not null,
  constraint "oauthAccessToken_pkey" PRIMARY KEY (id),
  constraint "oauthAccessToken_token_key" UNIQUE (token),
  constraint "oauthAccessToken_clientId_fkey" FOREIGN KEY ("clientId") REFERENCES "oauthClient"("clientId") ON DELETE CASCADE,
  constraint "oauthAccessToken_refreshId_fkey" FOREIGN KEY ("refreshId") REFERENCES "oauthRefreshToken"(id) ON DELETE CASCADE,
  constraint "oauthAccessToken_sessionId_fkey" FOREIGN KEY ("sessionId") REFERENCES session(id) ON DELETE SET NULL,
  constraint "oauthAccessToken_userId_fkey" FOREIGN KEY ("userId") REFERENCES "user"(id) ON DELETE CASCADE
);
CREATE INDEX "oauthAccessToken_authorizationCodeId_idx" ON public."oauthAccessToken" USING btree ("authorizationCodeId");
CREATE INDEX "oauthAccessToken_clientId_idx" ON public."oauthAccessToken" USING btree ("clientId");
CREATE INDEX "oauthAccessToken_refreshId_idx" ON public."oauthAccessToken" USING btree ("refreshId");
CREATE INDEX "oauthAccessToken_sessionId_idx" ON public."oauthAccessToken" USING btree ("sessionId");
CREATE INDEX "oauthAccessToken_userId_idx" ON public."oauthAccessToken" USING btree ("userId");

create table todo.consent_session (
  consent_id text not null,
  session_id text not null,
  constraint consent_session_pkey PRIMARY KEY (consent_id),
  constraint consent_session_consent_id_fkey FOREIGN KEY (consent_id) REFERENCES "oauthConsent"(id) ON DELETE CASCADE
);
CREATE INDEX consent_session_session_id_idx ON todo.consent_session USING btree (session_id);

CREATE OR REPLACE FUNCTION todo.acting(owner text, actor text)
 RETURNS text
 LANGUAGE sql
AS $function$
  select case when set_config('todo.actor', actor, true) is not null then owner end
$function$;

CREATE OR REPLACE FUNCTION todo.add_task_with(owner text, new_title text, new_description text, new_priority smallint, most bigint, given_key text, OUT known boolean, OUT replayed boolean, OUT reused boolean, OUT id bigint, OUT created_at timestamp without time zone)
 RETURNS record
 LANGUAGE plpgsql
 SET search_path TO 'todo', 'public'
AS $function$
declare
  asked text;
begin
  if given_key is not null then
    asked := encode(sha256(convert_to(new_title || E'\n' || coalesce('+' || new_description, '')
      || case when new_priority = 4 then '' else E'\npriority ' || new_priority end, 'UTF8')), 'hex');
    delete from idempotency_key as k
    where k.user_id = owner and k.key = given_key and k.created_at <= now() - interval '24 hours';
    select true, true, k.fingerprint <> asked, k.task_id, k.created_at at time zone 'utc'
    into known, replayed, reused, id, created_at
    from idempotency_key as k where k.user_id = owner and k.key = given_key;
    if found then
      return;
    end if;
  end if;
  replayed := false;
  reused := false;
  insert into task_counter as counter (user_id, last_id, live)
  select u.id, 1, 1 from "user" as u where u.id = owner and most > 0
  on conflict on constraint task_counter_pkey do update set last_id = counter.last_id + 1, live = counter.live + 1
  where counter.live < most
  returning counter.last_id into id;
  known := found;
  if not found then
    known := exists (select from "user" as u where u.id = owner);
    return;
  end if;
  if given_key is not null then
    insert into idempotency_key (user_id, key, fingerprint, task_id, created_at)
    values (owner, given_key, asked, add_task_with.id, date_trunc('milliseconds', now()));
  end if;
  insert into task as t (user_id, id, title, description, priority)
  values (owner, add_task_with.id, new_title, new_description, new_priority)
  returning t.created_at at time zone 'utc' into created_at;
end $function$;

CREATE OR REPLACE FUNCTION todo.add_task(owner text, new_title text, new_description text, most bigint, given_key text, OUT known boolean, OUT replayed boolean, OUT reused boolean, OUT id bigint, OUT created_at timestamp without time zone)
 RETURNS record
 LANGUAGE plpgsql
 SET search_path TO 'todo', 'public'
AS $function$
declare
  asked text;
begin
  if given_key is not null then
    asked := encode(sha256(convert_to(new_title || E'\n' || coalesce('+' || new_description, ''), 'UTF8')), 'hex');
    delete from idempotency_key as k
    where k.user_id = owner and k.key = given_key and k.created_at <= now() - interval '24 hours';
    select true, true, k.fingerprint <> asked, k.task_id, k.created_at at time zone 'utc'
    into known, replayed, reused, id, created_at
    from idempotency_key as k where k.user_id = owner and k.key = given_key;
    if found then
      return;
    end if;
  end if;
  replayed := false;
  reused := false;
  insert into task_counter as counter (user_id, last_id, live)
  select u.id, 1, 1 from "user" as u where u.id = owner and most > 0
  on conflict on constraint task_counter_pkey do update set last_id = counter.last_id + 1, live = counter.live + 1
  where counter.live < most
  returning counter.last_id into id;
  known := found;
  if not found then
    known := exists (select from "user" as u where u.id = owner);
    return;
  end if;
  if given_key is not null then
    insert into idempotency_key (user_id, key, fingerprint, task_id, created_at)
    values (owner, given_key, asked, add_task.id, date_trunc('milliseconds', now()));
  end if;
  insert into task as t (user_id, id, title, description) values (owner, add_task.id, new_title, new_description)
  returning t.created_at at time zone 'utc' into created_at;
end $function$;

CREATE OR REPLACE FUNCTION todo.add_usage(owner text, prompt bigint, cached bigint, answer bigint, thought bigint, micro_usd bigint)
 RETURNS void
 LANGUAGE plpgsql
 SET search_path TO 'todo', 'public'
AS $function$
declare
  today date := (now() at time zone 'utc')::date;
begin
  insert into token_usage as mine (user_id, day, prompt, cached, answer, thought, micro_usd)
  values (owner, today, add_usage.prompt, add_usage.cached, add_usage.answer, add_usage.thought, add_usage.micro_usd)
  on conflict on constraint token_usage_pkey do update set prompt = mine.prompt + excluded.prompt,
    cached = mine.cached + excluded.cached, answer = mine.answer + excluded.answer,
    thought = mine.thought + excluded.thought, micro_usd = mine.micro_usd + excluded.micro_usd;
  insert into model_spend as everybody (day, micro_usd) values (today, add_usage.micro_usd)
  on conflict on constraint model_spend_pkey do update set micro_usd = everybody.micro_usd + excluded.micro_usd;
end $function$;

CREATE OR REPLACE FUNCTION todo.auth_end_access(of_user text, asking text, heir text)
 RETURNS boolean
 LANGUAGE plpgsql
 SET search_path TO 'todo', 'public'
AS $function$
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
end $function$;

CREATE OR REPLACE FUNCTION todo.auth_end_links(of_user text, resets boolean)
 RETURNS boolean
 LANGUAGE plpgsql
 SET search_path TO 'todo', 'public'
AS $function$
begin
  delete from "verification" as v
  where v."identifier" = 'change-email:' || of_user
    or (resets and v."value" = of_user and strpos(v."identifier", 'reset-password:') = 1);
  return true;
end $function$;

CREATE OR REPLACE FUNCTION todo.auth_is_banned(person jsonb)
 RETURNS boolean
 LANGUAGE sql
 STABLE
 SET "TimeZone" TO 'UTC'
AS $function$
  select coalesce((person ->> 'banned')::boolean, false)
    and coalesce((person ->> 'banExpires')::timestamptz > now(), true)
$function$;

CREATE OR REPLACE FUNCTION todo.auth_signing_key(algorithm text, curve text, notice bigint, greatest_age bigint, OUT id text, OUT private_key text, OUT is_due boolean)
 RETURNS record
 LANGUAGE plpgsql
 STABLE
 SET search_path TO 'todo', 'public'
AS $function$
begin
  select k."id", k."privateKey", not bool_or(
    k."createdAt" > now() - greatest_age * interval '1 second'
    and (k."expiresAt" is null or k."expiresAt" > now() + notice * interval '1 second')
  ) over ()
  into id, private_key, is_due
  from "jwks" as k
  where coalesce(k."alg", algorithm) = algorithm and coalesce(k."crv", curve) = curve
    and (k."expiresAt" is null or k."expiresAt" > now())
  order by k."createdAt" > now() - notice * interval '1 second',
    case when k."createdAt" > now() - notice * interval '1 second' then k."createdAt" end,
    k."createdAt" desc, k."id"
  limit 1;
  is_due := coalesce(is_due, true);
end $function$;

CREATE OR REPLACE FUNCTION todo.begin_turn(may boolean, owner text, asked bigint, title text, said text, key text, tokens bigint, micro_usd bigint, most_tokens bigint, most_micro_usd bigint, rests boolean, OUT refused text, OUT wait bigint, OUT begun bigint, OUT begun_turn bigint)
 RETURNS record
 LANGUAGE plpgsql
 SET search_path TO 'todo', 'public'
AS $function$
declare
  seconds text;
begin
  if not may then
    refused := 'rate';
    return;
  end if;
  if asked is null then
    insert into conversation as c (user_id, title, running_until) values (owner, title, now() + interval '120 seconds')
    returning c.id, c.turn into begun, begun_turn;
  else
    update conversation c
    set turn = c.turn + 1, attempt = 0, running_until = now() + interval '120 seconds', updated_at = date_trunc('milliseconds', now())
    where c.user_id = owner and c.id = asked and (c.running_until is null or c.running_until < now())
    returning c.id, c.turn into begun, begun_turn;
    if not found then
      raise exception using errcode = 'TC001', detail = '5', message = case
        when exists (select from conversation c where c.user_id = owner and c.id = asked) then 'running' else 'unknown' end;
    end if;
  end if;
  insert into message (user_id, conversation_id, turn, step, role, text, idempotency_key)
  values (owner, begun, begun_turn, 0, 'user', said, key);
  if tokens > 0 then
    perform reserve_turn(owner, begun, tokens, micro_usd, most_tokens, most_micro_usd, rests);
  end if;
exception when sqlstate 'TC001' then
  get stacked diagnostics refused = message_text, seconds = pg_exception_detail;
  wait := seconds::bigint;
  begun := null;
end $function$;

CREATE OR REPLACE FUNCTION todo.change_task(owner text, task_id bigint, new_title text, new_description text, clear boolean, new_completed boolean, new_priority smallint, expected text[])
 RETURNS SETOF todo.task
 LANGUAGE plpgsql
 ROWS 1
 SET search_path TO 'todo', 'public'
AS $function$
begin
  return query
  update task as t set
    title = coalesce(new_title, t.title),
    description = case when clear then null else coalesce(new_description, t.description) end,
    completed = coalesce(new_completed, t.completed),
    priority = coalesce(new_priority, t.priority),
    updated_at = case
      when (coalesce(new_title, t.title), case when clear then null else coalesce(new_description, t.description) end,
            coalesce(new_completed, t.completed), coalesce(new_priority, t.priority))
        is distinct from (t.title, t.description, t.completed, t.priority)
      then greatest(date_trunc('milliseconds', now()), t.updated_at + interval '1 millisecond')
      else t.updated_at end
  where t.user_id = owner and t.id = change_task.task_id
    and (expected is null or to_char(t.updated_at at time zone 'utc', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') = any(expected))
  returning t.*;
end $function$;

CREATE OR REPLACE FUNCTION todo.current_change()
 RETURNS bigint
 LANGUAGE sql
 STABLE
AS $function$
  select nullif(current_setting('todo.change', true), '')::bigint
$function$;

CREATE OR REPLACE FUNCTION todo.find_change(owner text, who jsonb, wanted bigint, restored bigint, days bigint, below bigint)
 RETURNS todo.task_change
 LANGUAGE plpgsql
 STABLE
 SET search_path TO 'todo', 'public'
AS $function$
declare
  meant task_change;
begin
  if wanted is not null then
    select c.* into meant from task_change as c
    where c.user_id = owner and c.id = wanted and c.made_at > now() - days * interval '1 day';
  elsif restored is not null then
    select c.* into meant from task_change as c
    where c.user_id = owner and c.task_ids @> array[restored] and c.made_at > now() - days * interval '1 day'
      and exists (select from jsonb_array_elements(c.tasks) as entry where entry -> 'id' = to_jsonb(restored) and not entry ? 'after')
    order by c.id desc limit 1;
  else
    select c.* into meant from task_change as c
    where c.user_id = owner and c.undone_by is null and c.kind <> 'redo' and (c.id < below or c.kind = 'undo')
      and c.actor = coalesce(who ->> 'actor', 'api') and (c.actor <> 'mcp' or c.app is not distinct from who ->> 'app')
      and c.made_at > now() - case c.kind when 'undo' then 1 else days end * interval '1 day'
    order by c.kind = 'undo', c.id desc limit 1;
  end if;
  return meant;
end $function$;

CREATE OR REPLACE FUNCTION todo.give_back()
 RETURNS trigger
 LANGUAGE plpgsql
 SET search_path TO 'todo', 'public'
AS $function$
declare
  tokens bigint := case tg_op when 'DELETE' then old.reserved_tokens else new.reserved_tokens end;
  paid bigint := case tg_op when 'DELETE' then old.reserved_micro_usd else new.reserved_micro_usd end;
begin
  update token_usage set prompt = prompt - tokens, micro_usd = micro_usd - paid
  where user_id = old.user_id and day = old.reserved_on;
  update model_spend set micro_usd = micro_usd - paid where day = old.reserved_on;
  return null;
end $function$;

CREATE OR REPLACE FUNCTION todo.kind_of_update(members jsonb, now_completed boolean)
 RETURNS text
 LANGUAGE sql
 IMMUTABLE
AS $function$
  select case
    when members - '{updated_at,completed_at,completed}'::text[] = '{}' and members ? 'completed'
      then case when now_completed then 'complete' else 'reopen' end
    when members - '{updated_at,position,list,list_id,parent}'::text[] = '{}' then 'move'
    else 'edit'
  end
$function$;

CREATE OR REPLACE FUNCTION todo.list_tasks(owner text, most bigint, done boolean, after_id bigint, descending boolean)
 RETURNS TABLE(present boolean, id bigint, title text, description text, completed boolean, created_at timestamp without time zone, updated_at timestamp without time zone)
 LANGUAGE plpgsql
 STABLE ROWS 20
 SET search_path TO 'todo', 'public'
AS $function$
begin
  if done is null and not descending then
    return query select true, t.id, t.title, t.description, t.completed, t.created_at at time zone 'utc', t.updated_at at time zone 'utc'
    from task as t where t.user_id = owner and t.id > coalesce(after_id, 0) order by t.id limit most;
  elsif done is null then
    return query select true, t.id, t.title, t.description, t.completed, t.created_at at time zone 'utc', t.updated_at at time zone 'utc'
    from task as t where t.user_id = owner and t.id < coalesce(after_id, 9223372036854775807) order by t.id desc limit most;
  elsif not descending then
    return query select true, t.id, t.title, t.description, t.completed, t.created_at at time zone 'utc', t.updated_at at time zone 'utc'
    from task as t where t.user_id = owner and t.completed = done and t.id > coalesce(after_id, 0) order by t.id limit most;
  else
    return query select true, t.id, t.title, t.description, t.completed, t.created_at at time zone 'utc', t.updated_at at time zone 'utc'
    from task as t where t.user_id = owner and t.completed = done and t.id < coalesce(after_id, 9223372036854775807)
    order by t.id desc limit most;
  end if;
  if not found then
    return next;
  end if;
end $function$;

CREATE OR REPLACE FUNCTION todo.local_time(zone text)
 RETURNS text
 LANGUAGE plpgsql
 STABLE
 SET search_path TO 'todo', 'public'
AS $function$
begin
  return to_char(now() at time zone zone, 'FMDay, FMDD FMMonth YYYY, HH24:MI') || ' (' || zone || ')';
exception when invalid_parameter_value then
  return null;
end $function$;

CREATE OR REPLACE FUNCTION todo.merge_entries(earlier jsonb, later jsonb)
 RETURNS jsonb
 LANGUAGE sql
 IMMUTABLE
AS $function$
  select case
    when earlier is null then later
    when later is null then earlier
    else later - '{before,after}'::text[]
      || case when earlier ? 'before'
        then jsonb_build_object('before', coalesce(later -> 'before', '{}') || (earlier -> 'before')) else '{}' end
      || case when later ? 'after'
        then jsonb_build_object('after', coalesce(earlier -> 'after', '{}') || (later -> 'after')) else '{}' end
  end
$function$;

CREATE OR REPLACE FUNCTION todo.note_change(owner text, what text, ids bigint[], entries jsonb)
 RETURNS void
 LANGUAGE plpgsql
 SET search_path TO 'todo', 'public'
AS $function$
declare
  who jsonb := coalesce(nullif(current_setting('todo.actor', true), ''), '{}');
  number bigint := current_change();
begin
  if who ->> 'actor' = 'none' or what <> 'add' and not exists (select from "user" as u where u.id = owner) then
    return;
  end if;
  if number is not null and current_setting('todo.change_owner') = owner then
    update task_change as c set
      task_ids = array(select distinct id from unnest(c.task_ids || ids) as id order by id),
      tasks = (
        select jsonb_agg(merge_entries(earlier.entry, later.entry) order by coalesce(earlier.entry, later.entry) -> 'id')
        from jsonb_array_elements(c.tasks) as earlier (entry)
        full join jsonb_array_elements(entries) as later (entry) on earlier.entry -> 'id' = later.entry -> 'id'
      )
    where c.user_id = owner and c.id = number;
    return;
  end if;
  insert into task_counter as c (user_id, last_id, live, last_change) values (owner, ids[cardinality(ids)], cardinality(ids), 1)
  on conflict on constraint task_counter_pkey do update set last_change = c.last_change + 1
  returning c.last_change into number;
  insert into task_change (user_id, id, kind, actor, app, app_name, conversation_id, turn, undoes, task_ids, tasks) values (
    owner, number, coalesce(who ->> 'kind', what), coalesce(who ->> 'actor', 'api'), who ->> 'app',
    case when who ? 'app' then (select c.name from "oauthClient" as c where c."clientId" = who ->> 'app') end,
    (who ->> 'conversation_id')::bigint, (who ->> 'turn')::bigint, (who ->> 'undoes')::bigint, ids, entries
  );
  perform set_config('todo.change', number::text, true), set_config('todo.change_owner', owner, true);
  -- An owner keeps 20,000 changes.
  if number % 100 = 0 then
    delete from task_change as c where c.user_id = owner and c.id <= number - 20000;
  end if;
end $function$;

CREATE OR REPLACE FUNCTION todo.note_completion()
 RETURNS trigger
 LANGUAGE plpgsql
 SET search_path TO 'todo', 'public'
AS $function$
begin
  new.completed_at := case when new.completed then coalesce(new.completed_at, date_trunc('milliseconds', now())) end;
  return new;
end $function$;

CREATE OR REPLACE FUNCTION todo.plan_undo(entry jsonb, present jsonb, OUT act text, OUT patch jsonb, OUT kept text[])
 RETURNS record
 LANGUAGE plpgsql
 IMMUTABLE
 SET search_path TO 'todo', 'public'
AS $function$
declare
  old_members jsonb := entry -> 'before';
  new_members jsonb := entry -> 'after';
begin
  kept := '{}';
  if new_members is null then
    if present is null then
      act := 'insert';
      patch := old_members;
    end if;
  elsif old_members is null then
    if present -> 'updated_at' <> new_members -> 'updated_at' then
      kept := array(
        select key from jsonb_each(present) where key <> 'updated_at' and value is distinct from new_members -> key order by key
      );
    end if;
    act := case when present is not null and kept = '{}' then 'delete' end;
  elsif present is null then
    kept := array(select key from jsonb_object_keys(new_members - 'updated_at') as key order by key);
  else
    kept := array(
      select key from jsonb_each(new_members)
      where key <> 'updated_at' and present -> key is distinct from value and present -> key is distinct from old_members -> key
      order by key
    );
    if 'completed_at' = any(kept) and 'completed' <> all(kept) then
      kept := kept || 'completed'::text;
    end if;
    select jsonb_object_agg(key, value) into patch from jsonb_each(old_members)
    where key <> 'updated_at' and key <> all(kept) and value is distinct from present -> key;
    act := case when patch is not null then 'update' end;
  end if;
end $function$;

CREATE OR REPLACE FUNCTION todo.record_added_tasks()
 RETURNS trigger
 LANGUAGE plpgsql
 SET "TimeZone" TO 'UTC'
 SET search_path TO 'todo', 'public'
AS $function$
declare
  made record;
begin
  for made in
    select t.user_id as owner, array_agg(t.id order by t.id) as ids,
      jsonb_agg(jsonb_build_object('id', t.id, 'title', t.title, 'after', to_jsonb(t) - '{user_id,id}'::text[]) order by t.id) as entries
    from after_task as t group by t.user_id
  loop
    perform note_change(made.owner, 'add', made.ids, made.entries);
  end loop;
  return null;
end $function$;

CREATE OR REPLACE FUNCTION todo.record_changed_tasks()
 RETURNS trigger
 LANGUAGE plpgsql
 SET "TimeZone" TO 'UTC'
 SET search_path TO 'todo', 'public'
AS $function$
declare
  made record;
begin
  for made in
    select b.user_id as owner, array_agg(b.id order by b.id) as ids,
      case when min(kind) = max(kind) then min(kind) else 'edit' end as kind,
      jsonb_agg(jsonb_build_object('id', b.id, 'title', a.title, 'before', before, 'after', after) order by b.id) as entries
    from before_task as b join after_task as a on a.user_id = b.user_id and a.id = b.id,
      lateral (select to_jsonb(b) as whole_before, to_jsonb(a) as whole_after) as rows,
      lateral (
        select jsonb_object_agg(key, value) as before, jsonb_object_agg(key, whole_after -> key) as after
        from jsonb_each(whole_before) where value <> whole_after -> key
      ) as members,
      lateral (select kind_of_update(after, a.completed) as kind) as kinds
    where before is not null
    group by b.user_id
  loop
    perform note_change(made.owner, made.kind, made.ids, made.entries);
  end loop;
  return null;
end $function$;

CREATE OR REPLACE FUNCTION todo.record_deleted_tasks()
 RETURNS trigger
 LANGUAGE plpgsql
 SET "TimeZone" TO 'UTC'
 SET search_path TO 'todo', 'public'
AS $function$
declare
  made record;
begin
  for made in
    select t.user_id as owner, array_agg(t.id order by t.id) as ids,
      jsonb_agg(jsonb_build_object('id', t.id, 'title', t.title, 'before', to_jsonb(t) - '{user_id,id}'::text[]) order by t.id) as entries
    from before_task as t where exists (select from "user" as u where u.id = t.user_id) group by t.user_id
  loop
    perform note_change(made.owner, 'delete', made.ids, made.entries);
    with counter as (update task_counter as c set deletion = c.deletion + 1 where c.user_id = made.owner returning c.deletion)
    insert into deleted_task (user_id, id, title, description, completed, created_at, updated_at, completed_at, priority, deletion)
    select t.user_id, t.id, t.title, t.description, t.completed, t.created_at, t.updated_at, t.completed_at, t.priority, counter.deletion
    from before_task as t, counter where t.user_id = made.owner
    on conflict do nothing;
  end loop;
  return null;
end $function$;

CREATE OR REPLACE FUNCTION todo.record_response(owner text, in_conversation bigint, in_turn bigint, by_attempt bigint, in_step bigint, said text, content text, model text, model_version text, outcome text, prompt bigint, cached bigint, answer bigint, thought bigint, micro_usd bigint)
 RETURNS boolean
 LANGUAGE plpgsql
 SET search_path TO 'todo', 'public'
AS $function$
declare
  live boolean;
begin
  update conversation as c set updated_at = date_trunc('milliseconds', now()),
    running_until = case when record_response.outcome is null then now() + interval '120 seconds' end, reserved_on = null
  where c.user_id = owner and c.id = in_conversation and c.turn = in_turn and c.attempt = by_attempt;
  live := found;
  if (prompt, cached, answer, thought, micro_usd) <> (0, 0, 0, 0, 0) then
    perform add_usage(owner, prompt, cached, answer, thought, micro_usd);
  end if;
  if live then
    insert into message (user_id, conversation_id, turn, step, role, text, content, model, model_version, outcome)
    values (owner, in_conversation, in_turn, in_step::integer, 'model', said, record_response.content::json,
      record_response.model, record_response.model_version, record_response.outcome);
  end if;
  return live;
end $function$;

CREATE OR REPLACE FUNCTION todo.reserve_turn(owner text, in_conversation bigint, tokens bigint, micro_usd bigint, most_tokens bigint, most_micro_usd bigint, rests boolean)
 RETURNS void
 LANGUAGE plpgsql
 SET search_path TO 'todo', 'public'
AS $function$
declare
  today date := (now() at time zone 'utc')::date;
  day_left text := ceil(extract(epoch from today + 1 - now() at time zone 'utc'))::text;
  open_for bigint := (select ceil(extract(epoch from h.open_until - now())) from model_health h);
begin
  if rests and open_for > 0 then
    raise exception using errcode = 'TC001', message = 'resting', detail = open_for::text;
  end if;
  update conversation set reserved_on = null, reserved_tokens = 0, reserved_micro_usd = 0 where user_id = owner and id in (
    select c.id from conversation c
    where c.user_id = owner and c.reserved_on is not null and (c.running_until < now() or c.id = in_conversation)
    for update skip locked
  );
  insert into token_usage as mine (user_id, day, prompt, micro_usd)
  values (owner, today, reserve_turn.tokens, reserve_turn.micro_usd)
  on conflict on constraint token_usage_pkey do update set prompt = mine.prompt + excluded.prompt,
    micro_usd = mine.micro_usd + excluded.micro_usd
  where most_tokens = 0 or mine.prompt + mine.answer + mine.thought < most_tokens;
  if not found then
    raise exception using errcode = 'TC001', message = 'tokens', detail = day_left;
  end if;
  insert into model_spend as everybody (day, micro_usd) values (today, reserve_turn.micro_usd)
  on conflict on constraint model_spend_pkey do update set micro_usd = everybody.micro_usd + excluded.micro_usd
  where most_micro_usd = 0 or everybody.micro_usd < most_micro_usd;
  if not found then
    raise exception using errcode = 'TC001', message = 'money', detail = day_left;
  end if;
  update conversation
  set reserved_on = today, reserved_tokens = reserve_turn.tokens, reserved_micro_usd = reserve_turn.micro_usd
  where user_id = owner and id = in_conversation;
end $function$;

CREATE OR REPLACE FUNCTION todo.restore_tasks(owner text, wanted bigint, most bigint)
 RETURNS SETOF todo.task
 LANGUAGE plpgsql
 SET search_path TO 'todo', 'public'
AS $function$
declare
  last bigint;
  ids bigint[];
begin
  loop
    if wanted is null then
      select max(d.deletion) into last from deleted_task as d
      where d.user_id = owner and d.deleted_at > now() - interval '24 hours';
      if last is null then
        return;
      end if;
    end if;
    select array_agg(locked.id) into ids from (
      select d.id from deleted_task as d
      where d.user_id = owner and d.deleted_at > now() - interval '24 hours'
        and case when wanted is null then d.deletion = last else d.id = wanted end
      order by d.id for update
    ) as locked;
    exit when ids is not null or wanted is not null;
  end loop;
  if ids is null then
    return;
  end if;
  update task_counter as c set live = c.live + cardinality(ids) where c.user_id = owner and c.live + cardinality(ids) <= most;
  if not found then
    return next null;
    return;
  end if;
  return query
  with back as (
    delete from deleted_task as d where d.user_id = owner and d.id = any(ids) returning d.*
  )
  insert into task (user_id, id, title, description, completed, created_at, updated_at, completed_at, priority)
  select back.user_id, back.id, back.title, back.description, back.completed, back.created_at, back.updated_at,
    back.completed_at, back.priority
  from back
  returning task.*;
end $function$;

CREATE OR REPLACE FUNCTION todo.resume_turn(owner text, in_conversation bigint, tokens bigint, micro_usd bigint, most_tokens bigint, most_micro_usd bigint, rests boolean, OUT refused text, OUT wait bigint)
 RETURNS record
 LANGUAGE plpgsql
 SET search_path TO 'todo', 'public'
AS $function$
declare
  seconds text;
begin
  if tokens > 0 then
    perform reserve_turn(owner, in_conversation, tokens, micro_usd, most_tokens, most_micro_usd, rests);
  end if;
exception when sqlstate 'TC001' then
  get stacked diagnostics refused = message_text, seconds = pg_exception_detail;
  wait := seconds::bigint;
end $function$;

CREATE OR REPLACE FUNCTION todo.take_tokens(rate text, owner text, units bigint, seconds bigint, most bigint, OUT used bigint, OUT full_in double precision)
 RETURNS record
 LANGUAGE plpgsql
 SET search_path TO 'todo', 'public'
AS $function$
begin
  if most = 0 then
    used := units;
    full_in := 0;
    return;
  end if;
  insert into rate_limit as bucket (name, subject, used, resets_at)
  values (rate, owner, units, now() + (units * seconds)::float8 / most * interval '1 second')
  on conflict on constraint rate_limit_pkey do update set (used, resets_at) = (
    select case when fits then excluded.used else 0 end, case when fits then later else bucket.resets_at end
    from (select greatest(bucket.resets_at, now()) + (excluded.resets_at - now()) as later) as next,
      lateral (select later <= now() + seconds * interval '1 second' as fits) as judged
  )
  returning bucket.used, extract(epoch from bucket.resets_at - now())::float8 into take_tokens.used, take_tokens.full_in;
end $function$;

CREATE OR REPLACE FUNCTION todo.tasks_by_id(owner text, most bigint, done boolean, after_id bigint, descending boolean)
 RETURNS SETOF todo.task
 LANGUAGE plpgsql
 STABLE ROWS 20
 SET search_path TO 'todo', 'public'
AS $function$
begin
  if done is null and not descending then
    return query select t.* from task as t where t.user_id = owner and t.id > coalesce(after_id, 0) order by t.id limit most;
  elsif done is null then
    return query select t.* from task as t where t.user_id = owner and t.id < coalesce(after_id, 9223372036854775807)
    order by t.id desc limit most;
  elsif not descending then
    return query select t.* from task as t where t.user_id = owner and t.completed = done and t.id > coalesce(after_id, 0)
    order by t.id limit most;
  else
    return query select t.* from task as t
    where t.user_id = owner and t.completed = done and t.id < coalesce(after_id, 9223372036854775807)
    order by t.id desc limit most;
  end if;
end $function$;

CREATE OR REPLACE FUNCTION todo.undo_tasks(owner text, wanted bigint, restored bigint, most bigint, days bigint)
 RETURNS TABLE(state text, undone bigint, kind text, title text, made bigint, amount bigint, gone bigint[], kept jsonb, present todo.task)
 LANGUAGE plpgsql
 SET "TimeZone" TO 'UTC'
 SET search_path TO 'todo', 'public'
AS $function$
#variable_conflict use_variable
declare
  who jsonb := coalesce(nullif(current_setting('todo.actor', true), ''), '{}');
  below bigint := 9223372036854775807;
  old task_change;
  plan jsonb;
  acts bigint[];
  growth bigint;
  link bigint;
  mark bigint;
begin
  perform pg_advisory_xact_lock(hashtextextended('undo ' || owner, 0));
  loop
    old := find_change(owner, who, wanted, restored, days, below);
    undone := old.id;
    kind := old.kind;
    title := old.tasks -> 0 ->> 'title';
    perform from task as t where t.user_id = owner and t.id = any(old.task_ids) order by t.id for update;
    select coalesce(jsonb_agg(to_jsonb(planned) || jsonb_build_object('id', entry -> 'id', 'title', coalesce(t.title, entry ->> 'title'))), '[]')
    into plan from jsonb_array_elements(old.tasks) as entry
    left join task as t on t.user_id = owner and t.id = (entry -> 'id')::bigint,
      plan_undo(entry, case when t.id is not null then to_jsonb(t) - '{user_id,id}'::text[] end) as planned
    where restored is null or entry -> 'id' = to_jsonb(restored);
    select array_agg((item -> 'id')::bigint order by item -> 'id') filter (where item ->> 'act' is not null),
      array_agg((item -> 'id')::bigint order by item -> 'id') filter (where item ->> 'act' = 'delete'),
      count(*) filter (where item ->> 'act' = 'insert') - count(*) filter (where item ->> 'act' = 'delete'),
      jsonb_agg(jsonb_build_object('id', item -> 'id', 'title', item -> 'title', 'members', item -> 'kept')) filter (where item -> 'kept' <> '[]')
    into acts, gone, growth, kept from jsonb_array_elements(plan) as item;
    state := case when old.id is null then 'nothing' when old.undone_by is not null and restored is null then 'undone'
      when acts is not null then 'done' when kept is not null then 'changed' when wanted is not null then 'undone' else 'nothing' end;
    -- What somebody else took back is passed over.
    exit when state <> 'nothing' or old.id is null or restored is not null or old.kind = 'undo';
    below := old.id;
  end loop;
  if state = 'done' then
    update task_counter as c set live = c.live + growth where c.user_id = owner and (growth <= 0 or c.live + growth <= most);
    state := case when found then 'done' else 'full' end;
  end if;
  if state <> 'done' then
    return next;
    return;
  end if;
  link := case when restored is null or cardinality(old.task_ids) = 1 then old.id end;
  perform acting(owner, (who || jsonb_build_object('undoes', link,
    'kind', case when restored is not null then 'restore' when old.kind = 'undo' then 'redo' else 'undo' end))::text);
  begin
    perform write_undo(owner, plan);
  exception when integrity_constraint_violation then
    update task_counter as c set live = c.live - growth where c.user_id = owner;
    state := 'changed';
    return next;
    return;
  end;
  delete from deleted_task as d using task as t where d.user_id = owner and d.id = any(acts) and t.user_id = owner and t.id = d.id;
  made := current_change();
  -- The change is undone; what it had undone itself stands again, and so on.
  mark := made;
  while link is not null loop
    update task_change as c set undone_by = mark where c.user_id = owner and c.id = link returning c.undoes into old.undoes;
    mark := case when mark is null then link end;
    link := case when found then old.undoes end;
  end loop;
  amount := cardinality(acts);
  return query select state, undone, kind, title, made, amount, gone, kept, t
  from (select) as always left join task as t on t.user_id = owner and t.id = any(acts) order by t.id limit 100;
end $function$;

CREATE OR REPLACE FUNCTION todo.update_task(owner text, task_id bigint, new_title text, new_description text, clear boolean, new_completed boolean, expected text[], OUT present boolean, OUT id bigint, OUT title text, OUT description text, OUT completed boolean, OUT created_at timestamp without time zone, OUT updated_at timestamp without time zone)
 RETURNS record
 LANGUAGE plpgsql
 SET search_path TO 'todo', 'public'
AS $function$
begin
  update task as t set
    title = coalesce(new_title, t.title),
    description = case when clear then null else coalesce(new_description, t.description) end,
    completed = coalesce(new_completed, t.completed),
    updated_at = case
      when (coalesce(new_title, t.title), case when clear then null else coalesce(new_description, t.description) end,
            coalesce(new_completed, t.completed)) is distinct from (t.title, t.description, t.completed)
      then greatest(date_trunc('milliseconds', now()), t.updated_at + interval '1 millisecond')
      else t.updated_at end
  where t.user_id = owner and t.id = update_task.task_id
    and (expected is null or to_char(t.updated_at at time zone 'utc', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') = any(expected))
  returning t.id, t.title, t.description, t.completed, t.created_at at time zone 'utc', t.updated_at at time zone 'utc'
  into id, title, description, completed, created_at, updated_at;
  present := found or exists (select from task as t where t.user_id = owner and t.id = update_task.task_id);
end $function$;

CREATE OR REPLACE FUNCTION todo.write_undo(owner text, plan jsonb)
 RETURNS void
 LANGUAGE plpgsql
 SET "TimeZone" TO 'UTC'
 SET search_path TO 'todo', 'public'
AS $function$
declare
  every text;
  given text;
begin
  select string_agg(quote_ident(attname), ', '), string_agg(quote_ident(attname), ', ') filter (
    where exists (select from jsonb_array_elements(plan) as item where item ->> 'act' = 'insert' and item -> 'patch' ? attname)
  ) into every, given
  from pg_attribute
  where attrelid = 'task'::regclass and attnum > 0 and not attisdropped and attgenerated = '' and attname not in ('user_id', 'id');
  delete from task as t using jsonb_array_elements(plan) as item
  where t.user_id = owner and t.id = (item -> 'id')::bigint and item ->> 'act' = 'delete';
  execute format('update task as t set (%1$s) = (
      select %1$s from jsonb_populate_record(t, item -> ''patch'' || jsonb_build_object(''updated_at'',
        greatest(date_trunc(''milliseconds'', now()), t.updated_at + interval ''1 millisecond'')))
    ) from jsonb_array_elements($2) as item
    where t.user_id = $1 and t.id = (item -> ''id'')::bigint and item ->> ''act'' = ''update''', every) using owner, plan;
  if given is not null then
    execute format('insert into task (user_id, id, %1$s) select $1, (item -> ''id'')::bigint, %1$s
      from jsonb_array_elements($2) as item, jsonb_populate_record(null::task, item -> ''patch'')
      where item ->> ''act'' = ''insert''', given) using owner, plan;
  end if;
end $function$;

CREATE TRIGGER conversation_deleted AFTER DELETE ON todo.conversation FOR EACH ROW WHEN (old.reserved_on IS NOT NULL AND old.running_until >= now()) EXECUTE FUNCTION todo.give_back();

CREATE TRIGGER conversation_settled AFTER UPDATE OF reserved_on ON todo.conversation FOR EACH ROW WHEN (old.reserved_on IS NOT NULL AND new.reserved_on IS NULL) EXECUTE FUNCTION todo.give_back();

CREATE TRIGGER task_added AFTER INSERT ON todo.task REFERENCING NEW TABLE AS after_task FOR EACH STATEMENT EXECUTE FUNCTION todo.record_added_tasks();

CREATE TRIGGER task_changed AFTER UPDATE ON todo.task REFERENCING OLD TABLE AS before_task NEW TABLE AS after_task FOR EACH STATEMENT EXECUTE FUNCTION todo.record_changed_tasks();

CREATE TRIGGER task_completed BEFORE UPDATE OF completed ON todo.task FOR EACH ROW WHEN (old.completed IS DISTINCT FROM new.completed) EXECUTE FUNCTION todo.note_completion();

CREATE TRIGGER task_deleted AFTER DELETE ON todo.task REFERENCING OLD TABLE AS before_task FOR EACH STATEMENT EXECUTE FUNCTION todo.record_deleted_tasks();
