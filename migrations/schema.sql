-- The schema that the migrations make, to read and to check statements against. `make schema` writes this file, and the tests
-- compare it with the migrations. Nothing runs it.
create schema todo;
set check_function_bodies = off;

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
CREATE INDEX user_lower_email_idx ON public."user" USING btree (lower(email));

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
  users bigint not null default 0,
  unknown bigint not null default 0,
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
  lists jsonb,
  constraint task_change_pkey PRIMARY KEY (user_id, id)
);
CREATE INDEX task_change_made_at_idx ON todo.task_change USING brin (made_at) WITH (pages_per_range='32', autosummarize='on');

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

create table todo.calendar_feed (
  user_id text not null,
  secret_hash text not null,
  created_at timestamptz not null default date_trunc('milliseconds'::text, now()),
  last_read_at timestamptz,
  constraint calendar_feed_pkey PRIMARY KEY (user_id),
  constraint calendar_feed_secret_hash_key UNIQUE (secret_hash),
  constraint calendar_feed_user_id_fkey FOREIGN KEY (user_id) REFERENCES "user"(id) ON DELETE CASCADE
);

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

create table todo.imported_file (
  user_id text not null,
  digest text not null,
  imported_at timestamptz not null,
  first_id bigint not null,
  last_id bigint not null,
  amount bigint not null,
  constraint imported_file_pkey PRIMARY KEY (user_id, digest),
  constraint imported_file_digest_check CHECK (digest ~ '^[0-9a-f]{64}$'::text),
  constraint imported_file_user_id_fkey FOREIGN KEY (user_id) REFERENCES "user"(id) ON DELETE CASCADE
);

create table todo.known_device (
  user_id text not null,
  device text not null,
  seen_at timestamptz not null default now(),
  constraint known_device_pkey PRIMARY KEY (user_id, device),
  constraint known_device_user_id_fkey FOREIGN KEY (user_id) REFERENCES "user"(id) ON DELETE CASCADE
);

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

create table todo.push_subscription (
  id text not null default gen_random_uuid()::text,
  user_id text not null,
  endpoint text not null,
  p256dh text not null,
  auth text not null,
  device text,
  language text not null,
  created_at timestamptz not null default date_trunc('milliseconds'::text, now()),
  last_sent_at timestamptz,
  last_error text,
  constraint push_subscription_pkey PRIMARY KEY (id),
  constraint push_subscription_endpoint_key UNIQUE (endpoint),
  constraint push_subscription_device_check CHECK (char_length(device) >= 1 AND char_length(device) <= 80),
  constraint push_subscription_endpoint_check CHECK (octet_length(endpoint) <= 2000),
  constraint push_subscription_last_error_check CHECK (char_length(last_error) <= 300),
  constraint push_subscription_user_id_fkey FOREIGN KEY (user_id) REFERENCES "user"(id) ON DELETE CASCADE
);
CREATE INDEX push_subscription_user_id_idx ON todo.push_subscription USING btree (user_id);

create table todo.reminder (
  user_id text not null,
  task_id bigint not null,
  due text not null,
  minutes integer not null,
  remind_at timestamptz not null,
  next_at timestamptz,
  attempts integer not null default 0,
  reached text[] not null default '{}'::text[],
  sent_at timestamptz,
  error text,
  constraint reminder_pkey PRIMARY KEY (user_id, task_id, due, minutes),
  constraint reminder_error_check CHECK (char_length(error) <= 300),
  constraint reminder_user_id_fkey FOREIGN KEY (user_id) REFERENCES "user"(id) ON DELETE CASCADE
);
CREATE INDEX reminder_next_at_idx ON todo.reminder USING btree (next_at) WHERE (next_at IS NOT NULL);
CREATE INDEX reminder_settled_idx ON todo.reminder USING btree (remind_at) WHERE (next_at IS NULL);

create table todo.reminder_mail (
  user_id text not null,
  enabled boolean not null,
  language text not null,
  last_sent_at timestamptz,
  last_error text,
  constraint reminder_mail_pkey PRIMARY KEY (user_id),
  constraint reminder_mail_last_error_check CHECK (char_length(last_error) <= 300),
  constraint reminder_mail_user_id_fkey FOREIGN KEY (user_id) REFERENCES "user"(id) ON DELETE CASCADE
);

create table todo.second_factor_use (
  user_id text not null,
  last_step bigint,
  failures integer not null default 0,
  locked_until timestamptz,
  constraint second_factor_use_pkey PRIMARY KEY (user_id),
  constraint second_factor_use_user_id_fkey FOREIGN KEY (user_id) REFERENCES "user"(id) ON DELETE CASCADE
);

create table todo.tag (
  user_id text not null,
  key text not null,
  name text not null,
  constraint tag_pkey PRIMARY KEY (user_id, key),
  constraint tag_name_check CHECK (char_length(name) >= 1 AND char_length(name) <= 40),
  constraint tag_user_id_fkey FOREIGN KEY (user_id) REFERENCES "user"(id) ON DELETE CASCADE
);

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
  due_day date,
  due_time time(0) without time zone,
  repeat text,
  repeat_from text not null default 'due'::text,
  repeat_anchor date,
  repeat_done integer not null default 0,
  remind integer[] not null default '{}'::integer[],
  tags text[] not null default '{}'::text[],
  tag_keys text[] not null default '{}'::text[],
  list_id bigint,
  parent bigint,
  place text,
  title_key text,
  title_search text,
  description_search text,
  grams integer[],
  constraint task_pkey PRIMARY KEY (user_id, id),
  constraint task_user_id_fkey FOREIGN KEY (user_id) REFERENCES "user"(id) ON DELETE CASCADE
);
CREATE INDEX task_completed_idx ON todo.task USING btree (user_id, completed, id);
CREATE INDEX task_created_idx ON todo.task USING btree (user_id, created_at, id) WHERE (grams IS NOT NULL);
CREATE INDEX task_due_idx ON todo.task USING btree (user_id, completed, ((due_day + COALESCE(due_time, '23:59:59'::time without time zone))), id) WHERE (due_day IS NOT NULL);
CREATE INDEX task_grams_idx ON todo.task USING gin (grams) WITH (gin_pending_list_limit='256') WHERE (grams IS NOT NULL);
CREATE INDEX task_inbox_idx ON todo.task USING btree (user_id, id) WHERE ((list_id IS NULL) AND (grams IS NOT NULL));
CREATE INDEX task_list_idx ON todo.task USING btree (user_id, list_id, id) WHERE (list_id IS NOT NULL);
CREATE INDEX task_parent_idx ON todo.task USING btree (user_id, parent, id) WHERE (parent IS NOT NULL);
CREATE INDEX task_place_idx ON todo.task USING btree (user_id, COALESCE(place, ((chr((96 + length((id)::text))) || (id)::text) || 'i'::text)), id);
CREATE INDEX task_priority_idx ON todo.task USING btree (user_id, priority, id);
CREATE INDEX task_tags_idx ON todo.task USING gin (((tag_keys || user_id))) WHERE (tag_keys <> '{}'::text[]);
CREATE INDEX task_title_idx ON todo.task USING btree (user_id, "left"(COALESCE(title_key, lower(title)), 100), id) WHERE (grams IS NOT NULL);
CREATE INDEX task_undated_idx ON todo.task USING btree (user_id, id) WHERE ((due_day IS NULL) AND (grams IS NOT NULL));
CREATE INDEX task_unfolded_idx ON todo.task USING btree (user_id, id) WHERE (title_search IS NULL);
CREATE INDEX task_updated_idx ON todo.task USING btree (user_id, updated_at, id) WHERE (grams IS NOT NULL);

create table todo.task_counter (
  user_id text not null,
  last_id bigint not null,
  live bigint not null default 0,
  deletion bigint not null default 0,
  last_change bigint not null default 0,
  last_list bigint not null default 0,
  search_state smallint not null default 0,
  constraint task_counter_pkey PRIMARY KEY (user_id),
  constraint task_counter_user_id_fkey FOREIGN KEY (user_id) REFERENCES "user"(id) ON DELETE CASCADE
);

create table todo.task_list (
  user_id text not null,
  id bigint not null,
  name text not null,
  name_key text not null,
  color text,
  place text,
  archived boolean not null default false,
  created_at timestamptz not null default date_trunc('milliseconds'::text, now()),
  deleted_at timestamptz,
  constraint task_list_pkey PRIMARY KEY (user_id, id),
  constraint task_list_id_check CHECK (id > 0),
  constraint task_list_name_check CHECK (char_length(name) >= 1 AND char_length(name) <= 60),
  constraint task_list_user_id_fkey FOREIGN KEY (user_id) REFERENCES "user"(id) ON DELETE CASCADE
);
CREATE UNIQUE INDEX task_list_name_key ON todo.task_list USING btree (user_id, name_key) WHERE (deleted_at IS NULL);

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

create table todo.user_settings (
  user_id text not null,
  time_zone text,
  day_start time(0) without time zone not null default '00:00:00'::time without time zone,
  week_start text not null default 'monday'::text,
  reminder_time time(0) without time zone not null default '09:00:00'::time without time zone,
  constraint user_settings_pkey PRIMARY KEY (user_id),
  constraint user_settings_week_start_check CHECK (week_start = ANY (ARRAY['monday'::text, 'saturday'::text, 'sunday'::text])),
  constraint user_settings_user_id_fkey FOREIGN KEY (user_id) REFERENCES "user"(id) ON DELETE CASCADE
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
  select case when pg_advisory_xact_lock(hashtextextended('tasks ' || owner, 0)) is not null
    and set_config('todo.actor', actor, true) is not null then owner end
$function$;

CREATE OR REPLACE FUNCTION todo.add_list(owner text, given_name text, given_key text, given_color text)
 RETURNS todo.task_list
 LANGUAGE plpgsql
 SET search_path TO 'todo', 'public'
AS $function$
declare
  added task_list;
begin
  insert into task_counter as c (user_id, last_id, last_list) values (owner, 0, 1)
  on conflict (user_id) do update set last_list = c.last_list + 1
  returning c.last_list into added.id;
  delete from task_list as l where l.user_id = owner and l.id in (
    select d.id from task_list as d where d.user_id = owner and d.deleted_at is not null order by d.deleted_at desc offset 200
  );
  if (select count(*) from task_list as l where l.user_id = owner and l.deleted_at is null) >= 200 then
    raise exception 'too many lists' using errcode = 'check_violation', constraint = 'task_list_limit';
  end if;
  insert into task_list as l (user_id, id, name, name_key, color) values (owner, added.id, given_name, given_key, given_color)
  on conflict (user_id, name_key) where deleted_at is null do nothing
  returning l.* into added;
  if not found then
    select l.* into added from task_list as l where l.user_id = owner and l.name_key = given_key and l.deleted_at is null;
  end if;
  return added;
end $function$;

CREATE OR REPLACE FUNCTION todo.add_one(owner text, members jsonb, most bigint, given_key text, actor text)
 RETURNS TABLE(known boolean, replayed boolean, reused boolean, deleted boolean, change bigint, id bigint, title text, description text, completed boolean, created_at timestamp without time zone, updated_at timestamp without time zone, completed_at timestamp without time zone, priority smallint, due text, due_at timestamp without time zone, overdue boolean, repeat text, repeat_from text, remind integer[], tags text[], list text, parent bigint, "position" text, remind_at text[])
 LANGUAGE plpgsql
 ROWS 1
 SET plan_cache_mode TO 'force_generic_plan'
 SET search_path TO 'todo', 'public'
AS $function$
declare
  noted text := acting(owner, actor);
  who jsonb := actor;
  asked text;
  earlier idempotency_key;
  counted task_counter;
  added task;
begin
  known := true;
  replayed := false;
  reused := false;
  deleted := false;
  if given_key is not null then
    asked := task_fingerprint(members);
    delete from idempotency_key as k
    where k.user_id = owner and k.key = given_key and k.created_at <= now() - interval '24 hours';
    select k.* into earlier from idempotency_key as k where k.user_id = owner and k.key = given_key;
    if found then
      replayed := true;
      reused := earlier.fingerprint <> asked;
      if not reused then
        deleted := not exists (select from task as t where t.user_id = owner and t.id = earlier.task_id);
        added := task_with(blank_task(owner, earlier.task_id, earlier.created_at), members);
      end if;
    end if;
  end if;
  if not replayed then
    insert into task_counter as counter (user_id, last_id, live, last_change)
    select u.id, 1, 1, 1 from "user" as u where u.id = owner and most > 0
    on conflict on constraint task_counter_pkey do update set
      last_id = counter.last_id + 1, live = counter.live + 1, last_change = counter.last_change + 1
    where counter.live < most
    returning counter.* into counted;
    if found then
      noted := set_config('todo.numbered', counted.last_change::text, true);
      added := blank_task(owner, counted.last_id, date_trunc('milliseconds', now()));
      if given_key is not null then
        insert into idempotency_key (user_id, key, fingerprint, task_id, created_at) values (owner, given_key, asked, added.id, added.created_at);
      end if;
      if members ? 'zone' then
        perform keep_zone(owner, members ->> 'zone');
      end if;
      if members ?| '{due,repeat,list,tags}' then
        added := task_with(added, members);
      else
        added := jsonb_populate_record(added, members);
      end if;
      if counted.search_state > 0 then
        added.grams := task_grams(added);
      end if;
      noted := set_config('todo.is_kept', 'yes', true);
      insert into task as t values (added.*) returning t.* into added;
      noted := set_config('todo.is_kept', '', true);
      if who ->> 'actor' <> 'none' then
        perform keep_change(owner, who, 'add', array[added.id],
          jsonb_build_array(jsonb_build_object('id', added.id, 'title', added.title, 'after', added)), null, 1);
      end if;
    else
      known := exists (select from "user" as u where u.id = owner);
    end if;
  end if;
  if added.id is null then
    return next;
  else
    return query select known, replayed, reused, deleted, current_change(), s.*
    from user_clock(owner) as c, shown_task(added, c.zone, c.today) as s;
  end if;
end $function$;

CREATE OR REPLACE FUNCTION todo.add_task_members(owner text, members jsonb, most bigint, given_key text, OUT known boolean, OUT replayed boolean, OUT reused boolean, OUT added todo.task)
 RETURNS record
 LANGUAGE plpgsql
 SET search_path TO 'todo', 'public'
AS $function$
declare
  asked text;
  earlier idempotency_key;
  at timestamptz := date_trunc('milliseconds', now());
  counted task_counter;
  is_first boolean := coalesce(current_setting('todo.change', true), '') = '';
begin
  if given_key is not null then
    asked := task_fingerprint(members);
    delete from idempotency_key as k
    where k.user_id = owner and k.key = given_key and k.created_at <= now() - interval '24 hours';
    select k.* into earlier from idempotency_key as k where k.user_id = owner and k.key = given_key;
    if found then
      known := true;
      replayed := true;
      reused := earlier.fingerprint <> asked;
      if not reused then
        added := task_with(blank_task(owner, earlier.task_id, earlier.created_at), members);
      end if;
      return;
    end if;
  end if;
  replayed := false;
  reused := false;
  insert into task_counter as counter (user_id, last_id, live, last_change)
  select u.id, 1, 1, is_first::integer from "user" as u where u.id = owner and most > 0
  on conflict on constraint task_counter_pkey do update set
    last_id = counter.last_id + 1, live = counter.live + 1, last_change = counter.last_change + is_first::integer
  where counter.live < most
  returning counter.* into counted;
  known := found;
  if not found then
    known := exists (select from "user" as u where u.id = owner);
    return;
  end if;
  if is_first then
    perform set_config('todo.numbered', counted.last_change::text, true);
  end if;
  if given_key is not null then
    insert into idempotency_key (user_id, key, fingerprint, task_id, created_at) values (owner, given_key, asked, counted.last_id, at);
  end if;
  perform keep_zone(owner, members ->> 'zone');
  added := task_with(blank_task(owner, counted.last_id, at), members);
  if counted.search_state > 0 then
    added.grams := task_grams(added);
  end if;
  perform set_config('todo.is_kept', 'yes', true);
  insert into task as t values (added.*) returning t.* into added;
  perform set_config('todo.is_kept', '', true), keep_one(owner, added.id, 'add', jsonb_build_object('id', added.id, 'title', added.title, 'after', added));
end $function$;

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

CREATE OR REPLACE FUNCTION todo.add_tasks(owner text, drafts jsonb, most bigint, given_key text)
 RETURNS TABLE(known boolean, replayed boolean, reused boolean, fits boolean, number bigint, added todo.task)
 LANGUAGE plpgsql
 SET search_path TO 'todo', 'public'
AS $function$
#variable_conflict use_variable
declare
  first bigint;
begin
  select i.known, i.replayed, i.reused, i.fits, i.first_id into known, replayed, reused, fits, first
  from import_numbered(owner, drafts, most, given_key, 'add') as i;
  return query select known, replayed, reused, fits, n::bigint, t
  from (select) as always left join generate_series(1, jsonb_array_length(drafts)) as n on true
  left join task as t on t.user_id = owner and t.id = first - 1 + n
  order by n;
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

CREATE OR REPLACE FUNCTION todo.auth_confirm_second_factor(of_user text)
 RETURNS boolean
 LANGUAGE plpgsql
 SET search_path TO 'todo', 'public'
AS $function$
begin
  update "twoFactor" as f set "verified" = true where f."userId" = of_user;
  update "user" as u set "twoFactorEnabled" = true, "updatedAt" = date_trunc('milliseconds', now())
  where u."id" = of_user and u."twoFactorEnabled" is not true;
  return found;
end $function$;

CREATE OR REPLACE FUNCTION todo.auth_drop_second_factor(of_user text)
 RETURNS boolean
 LANGUAGE plpgsql
 SET search_path TO 'todo', 'public'
AS $function$
begin
  perform auth_end_challenges(of_user);
  delete from second_factor_use as s where s.user_id = of_user;
  if to_regclass('"twoFactor"') is not null then
    delete from "twoFactor" as f where f."userId" = of_user;
  end if;
  return true;
end $function$;

CREATE OR REPLACE FUNCTION todo.auth_end_access(of_user text, asking text, heir text)
 RETURNS boolean
 LANGUAGE plpgsql
 SET search_path TO 'todo', 'public'
AS $function$
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
end $function$;

CREATE OR REPLACE FUNCTION todo.auth_end_challenges(of_user text)
 RETURNS void
 LANGUAGE plpgsql
 SET search_path TO 'todo', 'public'
AS $function$
begin
  delete from "verification" as v
  where v."value" = of_user and (v."identifier" like '2fa-%' or v."identifier" like 'trust-device-%');
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
 LANGUAGE plpgsql
 STABLE
 SET "TimeZone" TO 'UTC'
 SET search_path TO 'todo', 'public'
AS $function$
begin
  return coalesce((person ->> 'banned')::boolean, false) and coalesce((person ->> 'banExpires')::timestamptz > now(), true);
end $function$;

CREATE OR REPLACE FUNCTION todo.auth_live_session(tokens text, fresh_for bigint, left_of bigint, algorithm text, curve text, notice bigint, greatest_age bigint)
 RETURNS TABLE(session_id text, token text, ip_address text, user_agent text, expires_at timestamp without time zone, created_at timestamp without time zone, updated_at timestamp without time zone, expired boolean, fresh boolean, ends_soon boolean, user_id text, name text, email text, email_verified boolean, image text, has_second_factor boolean, user_created_at timestamp without time zone, user_updated_at timestamp without time zone, key_id text, private_key text, key_is_due boolean)
 LANGUAGE plpgsql
 STABLE ROWS 1
 SET plan_cache_mode TO 'force_generic_plan'
 SET search_path TO 'todo', 'public'
AS $function$
declare
  wanted text[] := string_to_array(tokens, ' ');
begin
  return query select
    live."id"::text, live."token"::text, live."ipAddress"::text, live."userAgent"::text, (live."expiresAt" at time zone 'utc')::timestamp,
    (live."createdAt" at time zone 'utc')::timestamp, (live."updatedAt" at time zone 'utc')::timestamp,
    live."expiresAt" < now(),
    live."createdAt" > now() - fresh_for * interval '1 second',
    live."expiresAt" <= now() + left_of * interval '1 second',
    live."userId"::text, live."name"::text, live."email"::text, live."emailVerified", live."image"::text,
    coalesce((live.person ->> 'twoFactorEnabled')::boolean, false),
    (live.user_created_at at time zone 'utc')::timestamp, (live.user_updated_at at time zone 'utc')::timestamp,
    k.id, k.private_key, k.is_due
  from (
    select s."id", s."token", s."ipAddress", s."userAgent", s."expiresAt", s."createdAt", s."updatedAt", s."userId",
      u."name", u."email", u."emailVerified", u."image", u."createdAt" as user_created_at, u."updatedAt" as user_updated_at, to_jsonb(u) as person
    from "session" as s join "user" as u on u."id" = s."userId"
    where s."token" = any (wanted)
    offset 0
  ) as live cross join auth_signing_key(algorithm, curve, notice, greatest_age) as k
  where not auth_is_banned(live.person)
  order by live."expiresAt" < now(), array_position(wanted, live."token"::text)
  limit 1;
end $function$;

CREATE OR REPLACE FUNCTION todo.auth_replace_backup_codes(of_user text, sealed_codes text)
 RETURNS boolean
 LANGUAGE plpgsql
 SET search_path TO 'todo', 'public'
AS $function$
begin
  update "twoFactor" as f set "backupCodes" = sealed_codes where f."userId" = of_user;
  return found;
end $function$;

CREATE OR REPLACE FUNCTION todo.auth_second_factor(of_user text)
 RETURNS TABLE(factor_id text, sealed_secret text, sealed_codes text, is_verified boolean, is_locked boolean)
 LANGUAGE plpgsql
 STABLE
 SET "TimeZone" TO 'UTC'
 SET search_path TO 'todo', 'public'
AS $function$
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
end $function$;

CREATE OR REPLACE FUNCTION todo.auth_session(tokens text, fresh_for bigint, left_of bigint, with_key boolean, algorithm text, curve text, notice bigint, greatest_age bigint)
 RETURNS TABLE(session_id text, token text, ip_address text, user_agent text, expires_at timestamp without time zone, created_at timestamp without time zone, updated_at timestamp without time zone, expired boolean, fresh boolean, ends_soon boolean, user_id text, name text, email text, email_verified boolean, image text, has_second_factor boolean, user_created_at timestamp without time zone, user_updated_at timestamp without time zone, key_id text, private_key text, key_is_due boolean)
 LANGUAGE plpgsql
 STABLE ROWS 1
 SET plan_cache_mode TO 'force_generic_plan'
 SET search_path TO 'todo', 'public'
AS $function$
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
end $function$;

CREATE OR REPLACE FUNCTION todo.auth_set_up_second_factor(of_user text, new_id text, sealed_secret text, sealed_codes text)
 RETURNS boolean
 LANGUAGE plpgsql
 SET search_path TO 'todo', 'public'
AS $function$
begin
  if to_regclass('"twoFactor"') is null then
    create table if not exists public."twoFactor" (
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
end $function$;

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

CREATE OR REPLACE FUNCTION todo.auth_spend_backup_code(of_user text, codes text, codes_left text)
 RETURNS boolean
 LANGUAGE plpgsql
 SET search_path TO 'todo', 'public'
AS $function$
begin
  update "twoFactor" as f set "backupCodes" = codes_left where f."userId" = of_user and f."backupCodes" = codes;
  return found;
end $function$;

CREATE OR REPLACE FUNCTION todo.auth_switch_off_second_factor(of_user text)
 RETURNS boolean
 LANGUAGE plpgsql
 SET search_path TO 'todo', 'public'
AS $function$
begin
  perform auth_drop_second_factor(of_user);
  if exists (select from pg_attribute where attrelid = '"user"'::regclass and attname = 'twoFactorEnabled' and not attisdropped) then
    update "user" as u set "twoFactorEnabled" = false, "updatedAt" = date_trunc('milliseconds', now()) where u."id" = of_user;
  end if;
  return true;
end $function$;

CREATE OR REPLACE FUNCTION todo.auth_try_second_factor(challenge text, of_user text, step bigint, codes text, codes_left text)
 RETURNS text
 LANGUAGE plpgsql
 SET search_path TO 'todo', 'public'
AS $function$
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
end $function$;

CREATE OR REPLACE FUNCTION todo.auth_try_second_factor(challenge text, of_user text, step bigint, codes text, codes_left text, mailed text)
 RETURNS text
 LANGUAGE plpgsql
 SET search_path TO 'todo', 'public'
AS $function$
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

CREATE OR REPLACE FUNCTION todo.blank_task(owner text, new_id bigint, at timestamp with time zone)
 RETURNS todo.task
 LANGUAGE plpgsql
 SET search_path TO 'todo', 'public'
AS $function$
declare
  t task;
begin
  t.user_id := owner;
  t.id := new_id;
  t.created_at := at;
  t.updated_at := at;
  t.completed := false;
  t.priority := 4;
  t.repeat_from := 'due';
  t.repeat_done := 0;
  t.remind := '{}';
  t.tags := '{}';
  t.tag_keys := '{}';
  return t;
end $function$;

CREATE OR REPLACE FUNCTION todo.change_as_text(owner text, wanted bigint, members jsonb, expected text[], actor text)
 RETURNS text
 LANGUAGE plpgsql
 SET plan_cache_mode TO 'force_generic_plan'
 SET search_path TO 'todo', 'public'
AS $function$
declare
  occurrence_due text;
  occurrence_at timestamptz;
  noted text := acting(owner, actor);
  who jsonb := actor;
  was task;
  given task;
  is_done boolean;
  only_completes boolean := members - '{completed,zone,key,if_due}'::text[] = '{}';
  next_time record;
  key_task bigint;
  made record;
  made_kind text;
  before jsonb;
  after jsonb;
begin
  select t.* into was from task as t
  where t.user_id = owner and t.id = wanted
    and (expected is null or to_char(t.updated_at at time zone 'utc', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') = any(expected))
  for update;
  if not found then
    return row(exists (select from task as t where t.user_id = owner and t.id = wanted), null, null, null, null)::text;
  end if;
  given := was;
  is_done := members ? 'if_due' and due_text(was.due_day, was.due_time) is distinct from members ->> 'if_due';
  if members ? 'key' and not is_done then
    delete from idempotency_key as k
    where k.user_id = owner and k.key = members ->> 'key' and k.created_at <= now() - interval '24 hours';
    select case when k.fingerprint = 'change' then k.task_id else 0 end into key_task
    from idempotency_key as k where k.user_id = owner and k.key = members ->> 'key';
    if not found then
      insert into idempotency_key (user_id, key, fingerprint, task_id, created_at)
      values (owner, members ->> 'key', 'change', wanted, date_trunc('milliseconds', now()));
    elsif key_task = wanted then
      is_done := true;
    else
      raise exception 'the key was used for something else' using errcode = 'unique_violation', constraint = 'idempotency_key_used';
    end if;
  end if;
  if not is_done then
    if members ? 'zone' then
      perform keep_zone(owner, members ->> 'zone');
    end if;
    if only_completes then
      given.completed := coalesce((members ->> 'completed')::boolean, was.completed);
    else
      given := task_with(was, members);
    end if;
    if given.completed and not was.completed and given.repeat is not null then
      select o.* into next_time from next_occurrence(given) as o;
      occurrence_due := next_time.due;
      if occurrence_due is not null then
        given := next_time.again;
        occurrence_at := date_trunc('milliseconds', now());
        who := who || '{"kind":"complete"}';
        noted := acting(owner, who::text);
        only_completes := false;
      end if;
    end if;
  end if;
  if given is distinct from was then
    noted := set_config('todo.is_kept', 'yes', true);
    if only_completes then
      -- Of so few columns: triggers and indexes of the others need not be looked at.
      update task as t set completed = given.completed,
        completed_at = case when given.completed then date_trunc('milliseconds', now()) end,
        updated_at = greatest(date_trunc('milliseconds', now()), t.updated_at + interval '1 millisecond')
      where t.user_id = owner and t.id = wanted
      returning t.* into given;
      made_kind := case when given.completed then 'complete' else 'reopen' end;
      before := completion_members(was.completed, was.completed_at, was.updated_at);
      after := completion_members(given.completed, given.completed_at, given.updated_at);
    else
      update task as t set
        title = given.title, description = given.description, completed = given.completed, priority = given.priority,
        due_day = given.due_day, due_time = given.due_time,
        repeat = given.repeat, repeat_from = given.repeat_from, repeat_anchor = given.repeat_anchor, repeat_done = given.repeat_done,
        remind = given.remind, tags = given.tags, tag_keys = given.tag_keys, list_id = given.list_id, parent = given.parent,
        title_key = given.title_key, title_search = given.title_search, description_search = given.description_search,
        updated_at = greatest(date_trunc('milliseconds', now()), t.updated_at + interval '1 millisecond')
      where t.user_id = owner and t.id = wanted
      returning t.* into given;
      made := changed_members(was, given);
      made_kind := made.kind;
      before := made.before;
      after := made.after;
    end if;
    noted := set_config('todo.is_kept', '', true);
    if who ->> 'actor' <> 'none' then
      perform keep_change(owner, who, made_kind, array[wanted],
        jsonb_build_array(jsonb_build_object('id', wanted, 'title', given.title, 'before', before, 'after', after)), null, 1);
    end if;
    -- Even an update of no step would cost the reading of its triggers.
    if (given.completed and not was.completed or occurrence_due is not null)
      and exists (select from task as s where s.user_id = owner and s.parent = wanted and s.completed <> given.completed)
    then
      update task as s set completed = given.completed,
        updated_at = greatest(date_trunc('milliseconds', now()), s.updated_at + interval '1 millisecond')
      where s.user_id = owner and s.parent = wanted and s.completed <> given.completed;
    end if;
  end if;
  return row(true, current_change(), shown_as_text(given), occurrence_due, (date_part('epoch', occurrence_at) * 1000000)::bigint)::text;
end $function$;

CREATE OR REPLACE FUNCTION todo.change_list(owner text, wanted bigint, members jsonb)
 RETURNS boolean
 LANGUAGE plpgsql
 SET search_path TO 'todo', 'public'
AS $function$
declare
  given task_list;
  low text;
  high text;
begin
  perform from task_counter as c where c.user_id = owner for update;
  select l.* into given from task_list as l where l.user_id = owner and l.id = wanted and l.deleted_at is null for update;
  if not found then
    return false;
  end if;
  given := jsonb_populate_record(given, members - 'position');
  if members ? 'position' then
    with others as (
      select task_place(l.place, l.id) as place, row_number() over (order by task_place(l.place, l.id), l.id) as number
      from task_list as l where l.user_id = owner and l.id <> wanted and l.deleted_at is null
    )
    select max(place) filter (where number < (members -> 'position')::bigint), min(place) filter (where number >= (members -> 'position')::bigint)
    into low, high from others;
    given.place := place_between(low, high);
  end if;
  update task_list as l set name = given.name, name_key = given.name_key, color = given.color, archived = given.archived, place = given.place
  where l.user_id = owner and l.id = wanted;
  return true;
end $function$;

CREATE OR REPLACE FUNCTION todo.change_one(owner text, wanted bigint, members jsonb, expected text[], actor text)
 RETURNS TABLE(present boolean, change bigint, id bigint, title text, description text, completed boolean, created_at timestamp without time zone, updated_at timestamp without time zone, completed_at timestamp without time zone, priority smallint, due text, due_at timestamp without time zone, overdue boolean, repeat text, repeat_from text, remind integer[], tags text[], list text, parent bigint, "position" text, remind_at text[], occurrence_due text, occurrence_at timestamp without time zone)
 LANGUAGE plpgsql
 ROWS 1
 SET plan_cache_mode TO 'force_generic_plan'
 SET search_path TO 'todo', 'public'
AS $function$
declare
  noted text := acting(owner, actor);
  who jsonb := actor;
  was task;
  given task;
  is_done boolean;
  only_completes boolean := members - '{completed,zone,key,if_due}'::text[] = '{}';
  next_time record;
  key_task bigint;
  made record;
begin
  select t.* into was from task as t
  where t.user_id = owner and t.id = wanted
    and (expected is null or to_char(t.updated_at at time zone 'utc', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') = any(expected))
  for update;
  if not found then
    present := exists (select from task as t where t.user_id = owner and t.id = wanted);
    return next;
    return;
  end if;
  given := was;
  is_done := members ? 'if_due' and due_text(was.due_day, was.due_time) is distinct from members ->> 'if_due';
  if members ? 'key' and not is_done then
    delete from idempotency_key as k
    where k.user_id = owner and k.key = members ->> 'key' and k.created_at <= now() - interval '24 hours';
    select case when k.fingerprint = 'change' then k.task_id else 0 end into key_task
    from idempotency_key as k where k.user_id = owner and k.key = members ->> 'key';
    if not found then
      insert into idempotency_key (user_id, key, fingerprint, task_id, created_at)
      values (owner, members ->> 'key', 'change', wanted, date_trunc('milliseconds', now()));
    elsif key_task = wanted then
      is_done := true;
    else
      raise exception 'the key was used for something else' using errcode = 'unique_violation', constraint = 'idempotency_key_used';
    end if;
  end if;
  if not is_done then
    if members ? 'zone' then
      perform keep_zone(owner, members ->> 'zone');
    end if;
    if only_completes then
      given.completed := coalesce((members ->> 'completed')::boolean, was.completed);
    else
      given := task_with(was, members);
    end if;
    if given.completed and not was.completed and given.repeat is not null then
      select o.* into next_time from next_occurrence(given) as o;
      occurrence_due := next_time.due;
      if occurrence_due is not null then
        given := next_time.again;
        occurrence_at := date_trunc('milliseconds', now()) at time zone 'utc';
        who := who || '{"kind":"complete"}';
        noted := acting(owner, who::text);
        only_completes := false;
      end if;
    end if;
  end if;
  if given is distinct from was then
    noted := set_config('todo.is_kept', 'yes', true);
    if only_completes then
      -- Of so few columns: triggers and indexes of the others need not be looked at.
      update task as t set completed = given.completed,
        completed_at = case when given.completed then date_trunc('milliseconds', now()) end,
        updated_at = greatest(date_trunc('milliseconds', now()), t.updated_at + interval '1 millisecond')
      where t.user_id = owner and t.id = wanted
      returning t.* into given;
      select case when given.completed then 'complete' else 'reopen' end as kind,
        completion_members(was.completed, was.completed_at, was.updated_at) as before,
        completion_members(given.completed, given.completed_at, given.updated_at) as after into made;
    else
      update task as t set
        title = given.title, description = given.description, completed = given.completed, priority = given.priority,
        due_day = given.due_day, due_time = given.due_time,
        repeat = given.repeat, repeat_from = given.repeat_from, repeat_anchor = given.repeat_anchor, repeat_done = given.repeat_done,
        remind = given.remind, tags = given.tags, tag_keys = given.tag_keys, list_id = given.list_id, parent = given.parent,
        title_key = given.title_key, title_search = given.title_search, description_search = given.description_search,
        updated_at = greatest(date_trunc('milliseconds', now()), t.updated_at + interval '1 millisecond')
      where t.user_id = owner and t.id = wanted
      returning t.* into given;
      made := changed_members(was, given);
    end if;
    noted := set_config('todo.is_kept', '', true);
    if who ->> 'actor' <> 'none' then
      perform keep_change(owner, who, made.kind, array[wanted], jsonb_build_array(
        jsonb_build_object('id', wanted, 'title', given.title, 'before', made.before, 'after', made.after)), null, 1);
    end if;
    if given.completed and not was.completed or occurrence_due is not null then
      update task as s set completed = given.completed,
        updated_at = greatest(date_trunc('milliseconds', now()), s.updated_at + interval '1 millisecond')
      where s.user_id = owner and s.parent = wanted and s.completed <> given.completed;
    end if;
  end if;
  return query select true, current_change(), s.*, occurrence_due, occurrence_at
  from user_clock(owner) as c, shown_task(given, c.zone, c.today) as s;
end $function$;

CREATE OR REPLACE FUNCTION todo.change_task_members(owner text, wanted bigint, members jsonb, expected text[])
 RETURNS TABLE(current todo.task, occurrence_due text, occurrence_at timestamp without time zone)
 LANGUAGE plpgsql
 ROWS 1
 SET search_path TO 'todo', 'public'
AS $function$
declare
  was task;
  given task;
  next_time record;
  key_task bigint;
  change record;
  made_kind text;
  before jsonb;
  after jsonb;
begin
  select t.* into was from task as t
  where t.user_id = owner and t.id = wanted
    and (expected is null or to_char(t.updated_at at time zone 'utc', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') = any(expected))
  for update;
  if not found then
    return;
  end if;
  if members ? 'if_due' and due_text(was.due_day, was.due_time) is distinct from members ->> 'if_due' then
    current := was;
    return next;
    return;
  end if;
  if members ? 'key' then
    delete from idempotency_key as k
    where k.user_id = owner and k.key = members ->> 'key' and k.created_at <= now() - interval '24 hours';
    select case when k.fingerprint = 'change' then k.task_id else 0 end into key_task
    from idempotency_key as k where k.user_id = owner and k.key = members ->> 'key';
    if key_task = wanted then
      current := was;
      return next;
      return;
    elsif found then
      raise exception 'the key was used for something else' using errcode = 'unique_violation', constraint = 'idempotency_key_used';
    end if;
    insert into idempotency_key (user_id, key, fingerprint, task_id, created_at)
    values (owner, members ->> 'key', 'change', wanted, date_trunc('milliseconds', now()));
  end if;
  perform keep_zone(owner, members ->> 'zone');
  given := task_with(was, members);
  if given.completed and not was.completed and given.repeat is not null then
    select o.* into next_time from next_occurrence(given) as o;
    occurrence_due := next_time.due;
    if occurrence_due is not null then
      given := next_time.again;
      occurrence_at := date_trunc('milliseconds', now()) at time zone 'utc';
      perform acting(owner, (coalesce(nullif(current_setting('todo.actor', true), ''), '{}')::jsonb || '{"kind":"complete"}')::text);
    end if;
  end if;
  if given is distinct from was then
    perform set_config('todo.is_kept', 'yes', true);
    update task as t set
      title = given.title, description = given.description, completed = given.completed, priority = given.priority,
      due_day = given.due_day, due_time = given.due_time,
      repeat = given.repeat, repeat_from = given.repeat_from, repeat_anchor = given.repeat_anchor, repeat_done = given.repeat_done,
      remind = given.remind, tags = given.tags, tag_keys = given.tag_keys, list_id = given.list_id, parent = given.parent,
      title_key = given.title_key, title_search = given.title_search, description_search = given.description_search,
      updated_at = greatest(date_trunc('milliseconds', now()), t.updated_at + interval '1 millisecond')
    where t.user_id = owner and t.id = wanted
    returning t.* into given;
    if occurrence_due is null and members - '{completed,zone,key,if_due}'::text[] = '{}' then
      made_kind := case when given.completed then 'complete' else 'reopen' end;
      before := completion_members(was.completed, was.completed_at, was.updated_at);
      after := completion_members(given.completed, given.completed_at, given.updated_at);
    else
      change := changed_members(was, given);
      made_kind := change.kind;
      before := change.before;
      after := change.after;
    end if;
    perform set_config('todo.is_kept', '', true), keep_one(owner, wanted, made_kind,
      jsonb_build_object('id', wanted, 'title', given.title, 'before', before, 'after', after));
  end if;
  if given.completed and not was.completed or occurrence_due is not null then
    update task as s set completed = given.completed,
      updated_at = greatest(date_trunc('milliseconds', now()), s.updated_at + interval '1 millisecond')
    where s.user_id = owner and s.parent = wanted and s.completed <> given.completed;
  end if;
  current := given;
  return next;
end $function$;

CREATE OR REPLACE FUNCTION todo.change_tasks(owner text, ids bigint[], dues text[], members jsonb)
 RETURNS TABLE(id bigint, state text, current todo.task, occurrence_due text, occurrence_at timestamp without time zone)
 LANGUAGE plpgsql
 ROWS 20
 SET search_path TO 'todo', 'public'
AS $function$
#variable_conflict use_column
declare
  was task;
  given task;
  next_time record;
  due text;
  states jsonb := '{}';
  occurrences jsonb := '{}';
  planned task[] := '{}';
  closed bigint[] := '{}';
  opened bigint[] := '{}';
  at timestamptz := date_trunc('milliseconds', now());
  is_replay boolean := members ? 'key' and is_repeated(owner, members);
  shared jsonb := members - '{key,delete,due_day,add_tags,add_tag_keys,remove_tag_keys,neighbour,behind}'::text[];
  places jsonb := '{}';
begin
  if members ? 'neighbour' and not is_replay then
    places := places_beside(owner, ids, (members -> 'neighbour')::bigint, (members -> 'behind')::boolean);
    if places is null then
      raise exception 'no such neighbour' using errcode = 'foreign_key_violation', constraint = 'task_neighbour_gone';
    end if;
  end if;
  for was in select t.* from task as t where t.user_id = owner and t.id = any(ids) order by t.parent is not null, t.id loop
    given := was;
    due := dues[array_position(ids, was.id)];
    if due is distinct from due_text(was.due_day, was.due_time) and due is not null then
      states := states || jsonb_build_object(was.id, 'not_current');
    elsif is_replay then
      states := states || jsonb_build_object(was.id, 'unchanged');
    elsif members ? 'delete' then
      states := states || jsonb_build_object(was.id, 'deleted');
    else
      given := task_with(was, shared
        || case when members ? 'due_day' then jsonb_build_object('due', due_text((members ->> 'due_day')::date, was.due_time)) else '{}' end
        || case when members ?| '{add_tag_keys,remove_tag_keys}' then task_tags(was, members) else '{}' end);
      given.place := coalesce(places ->> was.id::text, was.place);
      if given.completed and not was.completed and given.repeat is not null then
        select o.* into next_time from next_occurrence(given) as o;
        if next_time.due is not null then
          given := next_time.again;
          occurrences := occurrences || jsonb_build_object(was.id, next_time.due);
          opened := opened || was.id;
        end if;
      end if;
      if given.completed and not was.completed then
        closed := closed || was.id;
      end if;
      if cardinality(given.tags) > 20 then
        states := states || jsonb_build_object(was.id, 'too_many_tags');
      elsif given is distinct from was then
        states := states || jsonb_build_object(was.id, 'changed');
        given.updated_at := greatest(at, was.updated_at + interval '1 millisecond');
        planned := planned || given;
      else
        states := states || jsonb_build_object(was.id, 'unchanged');
      end if;
    end if;
  end loop;
  for given in
    select t.* from task as t where t.user_id = owner and t.id <> all(ids) and (t.parent = any(closed) and not t.completed or t.parent = any(opened) and t.completed)
  loop
    given.completed := not given.completed;
    given.updated_at := greatest(at, given.updated_at + interval '1 millisecond');
    planned := planned || given;
  end loop;
  if occurrences <> '{}' then
    perform acting(owner, (coalesce(nullif(current_setting('todo.actor', true), ''), '{}')::jsonb || '{"kind":"complete"}')::text);
  end if;
  if planned <> '{}' then
    update task as t set
      completed = g.completed, priority = g.priority, due_day = g.due_day, due_time = g.due_time, repeat = g.repeat,
      repeat_from = g.repeat_from, repeat_anchor = g.repeat_anchor, repeat_done = g.repeat_done, remind = g.remind, tags = g.tags,
      tag_keys = g.tag_keys, list_id = g.list_id, parent = g.parent, place = g.place, updated_at = g.updated_at
    from unnest(planned) as g where t.user_id = owner and t.id = g.id;
  end if;
  if members ? 'delete' then
    return query select w.id, coalesce(states ->> w.id::text, 'missing'), case when d.id is null then t else d end, null::text, null::timestamp
    from unnest(ids) with ordinality as w (id, number)
    left join delete_each(owner, array(select key::bigint from jsonb_each_text(states) where value = 'deleted'), null) as d on d.id = w.id
    left join task as t on t.user_id = owner and t.id = w.id order by w.number;
    return;
  end if;
  return query select w.id, coalesce(states ->> w.id::text, 'missing'), t, occurrences ->> w.id::text,
    case when occurrences ? w.id::text then at at time zone 'utc' end
  from unnest(ids) with ordinality as w (id, number) left join task as t on t.user_id = owner and t.id = w.id order by w.number;
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

CREATE OR REPLACE FUNCTION todo.changed_members(earlier todo.task, later todo.task, OUT kind text, OUT before jsonb, OUT after jsonb)
 RETURNS record
 LANGUAGE plpgsql
 STABLE
 SET search_path TO 'todo', 'public'
AS $function$
declare
  likewise task := later;
begin
  likewise.completed := earlier.completed;
  likewise.completed_at := earlier.completed_at;
  likewise.updated_at := earlier.updated_at;
  if likewise is not distinct from earlier then
    if later.completed <> earlier.completed then
      kind := case when later.completed then 'complete' else 'reopen' end;
      before := jsonb_build_object('completed', earlier.completed, 'completed_at', earlier.completed_at, 'updated_at', earlier.updated_at);
      after := jsonb_build_object('completed', later.completed, 'completed_at', later.completed_at, 'updated_at', later.updated_at);
      return;
    elsif (later.completed_at, later.updated_at) is not distinct from (earlier.completed_at, earlier.updated_at) then
      return;
    end if;
  end if;
  select jsonb_object_agg(m.key, m.value), jsonb_object_agg(m.key, now.members -> m.key) into before, after
  from (select to_jsonb(later) as members) as now, jsonb_each(to_jsonb(earlier)) as m where m.value <> now.members -> m.key;
  kind := kind_of_update(after, later.completed);
end $function$;

CREATE OR REPLACE FUNCTION todo.changes_since(owner text, since bigint, most bigint)
 RETURNS TABLE(version bigint, reload boolean, lists_changed boolean, gone bigint[], present todo.task)
 LANGUAGE plpgsql
 STABLE
 SET search_path TO 'todo', 'public'
AS $function$
#variable_conflict use_variable
declare
  changed bigint[] := '{}';
begin
  version := coalesce((select c.last_change from task_counter as c where c.user_id = owner), 0);
  reload := false;
  lists_changed := false;
  gone := '{}';
  if since <> version then
    reload := since > version or not exists (select from task_change as c where c.user_id = owner and c.id = since + 1);
    if not reload then
      lists_changed := exists (select from task_change as c where c.user_id = owner and c.id > since and c.lists is not null);
      changed := array(
        select distinct u.id from (
          select c.task_ids from task_change as c where c.user_id = owner and c.id > since order by c.id limit most + 1
        ) as c, unnest(c.task_ids) as u (id) limit most + 1
      );
      reload := cardinality(changed) > most or version - since > most;
    end if;
    if reload then
      changed := '{}';
    end if;
    gone := array(
      select u.id from unnest(changed) as u (id) where not exists (select from task as t where t.user_id = owner and t.id = u.id) order by u.id
    );
  end if;
  return query select version, reload, lists_changed, gone, t
  from (select) as always left join task as t on t.user_id = owner and t.id = any(changed) order by t.id;
end $function$;

CREATE OR REPLACE FUNCTION todo.check_parent()
 RETURNS trigger
 LANGUAGE plpgsql
 SET search_path TO 'todo', 'public'
AS $function$
begin
  perform from task as p where p.user_id = new.user_id and p.id = new.parent and p.parent is null for update;
  if not found then
    if exists (select from task as p where p.user_id = new.user_id and p.id = new.parent) then
      raise exception 'the parent is a step' using errcode = 'check_violation', constraint = 'task_parent_is_step';
    end if;
    raise exception 'no such parent' using errcode = 'foreign_key_violation', constraint = 'task_parent_unknown';
  end if;
  if exists (select from task as s where s.user_id = new.user_id and s.parent = new.id) then
    raise exception 'the task has steps' using errcode = 'check_violation', constraint = 'task_has_steps';
  end if;
  return null;
end $function$;

CREATE OR REPLACE FUNCTION todo.choose_reminder_mail(owner text, wanted boolean, given_language text)
 RETURNS TABLE(address text, is_proved boolean, wants_mail boolean, language text, mail_sent_at timestamp without time zone, mail_error text, subscriptions json)
 LANGUAGE plpgsql
 SET search_path TO 'todo', 'public'
AS $function$
begin
  insert into reminder_mail as m (user_id, enabled, language)
  select u."id", wanted, given_language from "user" as u where u."id" = owner
  on conflict (user_id) do update set enabled = excluded.enabled, language = excluded.language,
    last_error = case when m.enabled = excluded.enabled then m.last_error end;
  return query select n.* from notifications_of(owner) as n;
end $function$;

CREATE OR REPLACE FUNCTION todo.complete_each(owner text, ids bigint[], done boolean)
 RETURNS TABLE(current todo.task, occurrence_due text, occurrence_at timestamp without time zone)
 LANGUAGE plpgsql
 SET search_path TO 'todo', 'public'
AS $function$
begin
  return query select c.current, c.occurrence_due, c.occurrence_at
  from change_tasks(owner, ids, null, jsonb_build_object('completed', done)) as c where c.state <> 'missing';
end $function$;

CREATE OR REPLACE FUNCTION todo.completion_members(completed boolean, completed_at timestamp with time zone, updated_at timestamp with time zone)
 RETURNS jsonb
 LANGUAGE sql
 STABLE
AS $function$
  select jsonb_build_object('completed', completed, 'completed_at', completed_at, 'updated_at', updated_at)
$function$;

CREATE OR REPLACE FUNCTION todo.copy_predecessor_details(source text)
 RETURNS void
 LANGUAGE plpgsql
 SET "TimeZone" TO 'UTC'
 SET search_path TO 'todo', 'public'
AS $function$
begin
  with given as (
    select r.user_id, r.copied_id, g.members, coalesce(tagged.names, todo.predecessor_words(g.members -> 'tags')) as words,
      todo.predecessor_time(coalesce(g.members ->> 'due_date', g.members ->> 'due_at', g.members ->> 'due', g.members ->> 'deadline')) as due
    from predecessor_rows(source) as g (members)
    join predecessor_row as r on r.name = source and r.id = g.members ->> 'id'
    left join (select t.task_id, array_agg(name) as names from predecessor_tags(source) as t, unnest(t.names) as name group by 1) as tagged
      on tagged.task_id = g.members ->> 'id'
  ),
  tagged as (
    select given.user_id, given.copied_id, array_agg(tag.name order by tag.number) as tags, array_agg(tag.key order by tag.number) as keys
    from given, lateral (
      select distinct on (tag.key) tag.number, tag.name, tag.key from (
        select word.number, line.name, lower(replace(regexp_replace(normalize(line.name, nfkd), '[\u0300-\u036f]', '', 'g'), 'ß', 'ss')) as key
        from unnest(given.words) with ordinality as word (text, number),
          lateral (select todo.predecessor_line(ltrim(translate(word.text, ',', ' '), ' #'), 40)) as line (name)
      ) as tag
      where tag.key <> '' order by tag.key, tag.number
    ) as tag
    where tag.number <= 20
    group by given.user_id, given.copied_id
  ),
  named as (
    insert into tag (user_id, key, name)
    select distinct on (user_id, key) user_id, key, name from tagged, unnest(keys, tags) as t (key, name) order by user_id, key
    on conflict do nothing
  )
  update task as t set
    due_day = given.due::date,
    due_time = case when given.due is not null then coalesce(
      nullif(given.due::time(0), '00:00'), substring(given.members ->> 'due_time' from '^(([01][0-9]|2[0-3]):[0-5][0-9])')::time
    ) end,
    repeat = case when given.due is not null and not t.completed then predecessor_repeat(given.members) end,
    repeat_anchor = case when given.due is not null and not t.completed and predecessor_repeat(given.members) is not null then given.due::date end,
    remind = case when given.due is not null and coalesce(given.members ->> 'reminder_minutes', given.members ->> 'reminder_offset') ~ '^[0-9]{1,5}$'
      then array[coalesce(given.members ->> 'reminder_minutes', given.members ->> 'reminder_offset')::integer] else '{}' end,
    tags = coalesce(tagged.tags, '{}'), tag_keys = coalesce(tagged.keys, '{}')
  from given left join tagged on tagged.user_id = given.user_id and tagged.copied_id = given.copied_id
  where t.user_id = given.user_id and t.id = given.copied_id and t.tags = '{}' and t.due_day is null and t.updated_at = coalesce(
      todo.predecessor_time(given.members ->> 'updated_at'), todo.predecessor_time(given.members ->> 'created_at'), t.updated_at)
    and (given.due is not null or tagged.tags is not null);
end $function$;

CREATE OR REPLACE FUNCTION todo.copy_predecessor_messages(conversations text, messages text)
 RETURNS bigint
 LANGUAGE plpgsql
 SET "TimeZone" TO 'UTC'
 SET search_path TO 'todo', 'public'
AS $function$
declare
  added bigint;
begin
  with known as (
    select given.members ->> 'id' as id, u."id" as user_id, given.members, p.copied_id as copied
    from predecessor_rows(conversations) as given (members) join "user" as u on u."id" = given.members ->> 'user_id'
    left join predecessor_row as p on p.name = conversations and p.id = given.members ->> 'id'
    where given.members ->> 'id' is not null
  ),
  held as (
    select c.user_id, c.id, c.turn, c.running_until > now() is true as running
    from conversation as c join known on c.user_id = known.user_id and c.id = known.copied
    order by c.user_id, c.id for update of c
  ),
  said as (
    -- Ids that are no numbers say nothing about the order; then the user spoke first.
    select given.members ->> 'id' as id, case when given.members ->> 'id' ~ '^[0-9]{1,18}$' then (given.members ->> 'id')::bigint else 0 end as place,
      given.members ->> 'conversation_id' as conversation, known.user_id, known.members as head, known.copied,
      held.turn as last_turn, lower(given.members ->> 'role') = 'user' as by_user,
      predecessor_text(given.members ->> 'content', case when lower(given.members ->> 'role') = 'user' then 2000 else 100000 end) as words,
      coalesce(todo.predecessor_time(given.members ->> 'created_at'), todo.predecessor_time(given.members ->> 'timestamp'),
        todo.predecessor_time(known.members ->> 'created_at'), date_trunc('milliseconds', now())) as said_at
    from predecessor_rows(messages) as given (members) join known on known.id = given.members ->> 'conversation_id'
    left join held on held.user_id = known.user_id and held.id = known.copied
    where lower(given.members ->> 'role') in ('user', 'assistant', 'model', 'ai', 'bot') and given.members ->> 'id' is not null
      and (known.copied is null or held.running = false)
      and not exists (select from predecessor_row as p where p.name = messages and p.id = given.members ->> 'id')
  ),
  placed as (
    select said.*, count(*) filter (where by_user) over lines as turn_of_new,
      bool_or(first_by_user) over (partition by conversation) as begins_with_user
    from (
      select said.*, by_user and row_number() over (partition by conversation order by said_at, place, by_user desc, id) = 1 as first_by_user
      from said where words is not null
    ) as said
    window lines as (partition by conversation order by said_at, place, by_user desc, id rows unbounded preceding)
  ),
  turned as (
    select placed.*, coalesce(last_turn, 0) + turn_of_new + case when begins_with_user then 0 else 1 end as turn from placed
  ),
  stepped as (
    select turned.*,
      row_number() over steps - case when bool_or(by_user) over (partition by conversation, turn) then 1 else 0 end as step,
      row_number() over (partition by conversation, turn order by said_at desc, place desc, by_user, id desc) = 1 as is_last
    from turned
    window steps as (partition by conversation, turn order by by_user desc, said_at, place, id)
  ),
  begun as (
    select first.*, nextval(pg_get_serial_sequence('todo.conversation', 'id')) as new_id
    from (
      select conversation, user_id, head, max(turn) as turn, min(said_at) as began, max(said_at) as ended,
        (array_agg(words order by by_user desc, turn, step))[1] as first_words
      from stepped where copied is null group by conversation, user_id, head
    ) as first
  ),
  opened as (
    insert into conversation (user_id, id, title, turn, created_at, updated_at) overriding system value
    select user_id, new_id, coalesce(predecessor_line(head ->> 'title', 80), predecessor_line(first_words, 80)), turn,
      coalesce(todo.predecessor_time(head ->> 'created_at'), began),
      greatest(coalesce(todo.predecessor_time(head ->> 'updated_at'), ended), ended)
    from begun
  ),
  continued as (
    update conversation as c set turn = later.turn, updated_at = greatest(c.updated_at, later.ended)
    from (select user_id, copied, max(turn) as turn, max(said_at) as ended from stepped where copied is not null group by user_id, copied) as later
    where c.user_id = later.user_id and c.id = later.copied
  ),
  made as (
    insert into message (user_id, conversation_id, turn, step, role, text, outcome, created_at)
    select s.user_id, coalesce(s.copied, b.new_id), s.turn, case when s.by_user then 0 else greatest(s.step, 1) end,
      case when s.by_user then 'user' else 'model' end, s.words, case when s.is_last and not s.by_user then 'complete' end, s.said_at
    from stepped as s left join begun as b on b.conversation = s.conversation
    returning 1
  ),
  noted as (
    insert into predecessor_row (name, id, user_id, copied_id)
    select conversations, conversation, user_id, new_id from begun
    union all
    select messages, id, user_id, turn from stepped
  )
  select count(*) into added from made;
  return added;
end $function$;

CREATE OR REPLACE FUNCTION todo.copy_predecessor_tasks(source text)
 RETURNS bigint
 LANGUAGE plpgsql
 SET "TimeZone" TO 'UTC'
 SET search_path TO 'todo', 'public'
AS $function$
declare
  added bigint;
begin
  -- It is no change that anybody made.
  perform set_config('todo.actor', '{"actor":"none"}', true);
  insert into task_counter (user_id, last_id, live)
  select u."id", 0, 0 from predecessor_users(source) as p join "user" as u on u."id" = p.user_id
  on conflict on constraint task_counter_pkey do nothing;
  perform from task_counter as c
  where c.user_id in (select p.user_id from predecessor_users(source) as p)
  order by c.user_id for update;
  with fresh as (
    select distinct on (given.members ->> 'id') given.members, given.members ->> 'id' as id, c.user_id, c.last_id,
      coalesce(todo.predecessor_time(given.members ->> 'created_at'), date_trunc('milliseconds', now())) as created_at,
      todo.predecessor_time(given.members ->> 'updated_at') as updated_at,
      case when given.members ->> 'id' ~ '^[1-9][0-9]{0,14}$' and (given.members ->> 'id')::bigint > c.last_id
        then (given.members ->> 'id')::bigint end as kept
    from predecessor_rows(source) as given (members) join task_counter as c on c.user_id = given.members ->> 'user_id'
    where given.members ->> 'id' is not null
      and not exists (select from predecessor_row as p where p.name = source and p.id = given.members ->> 'id')
    order by given.members ->> 'id'
  ),
  numbered as (
    select fresh.*, coalesce(kept, greatest(last_id, max(kept) over (partition by user_id))
      + row_number() over (partition by user_id, kept is null order by created_at, id)) as number
    from fresh
  ),
  draft as (
    select numbered.*, predecessor_line(members ->> 'title', 200) as title, predecessor_line(members ->> 'title', 20000) as whole_title,
      coalesce(lower(members ->> 'completed'), lower(members ->> 'is_completed'), lower(members ->> 'is_complete'), lower(members ->> 'done'))
        in ('true', '1', 't', 'yes') is true
        or lower(members ->> 'status') in ('completed', 'complete', 'done', 'finished', 'closed') is true as completed
    from numbered
  ),
  made as (
    insert into task (user_id, id, title, description, completed, created_at, updated_at, completed_at, priority)
    select user_id, number, coalesce(title, 'Untitled'),
      predecessor_text(concat_ws(E'\n\n', case when whole_title <> title then whole_title end, members ->> 'description'), 10000),
      completed, created_at, coalesce(updated_at, created_at),
      case when completed then coalesce(todo.predecessor_time(members ->> 'completed_at'), updated_at, created_at) end,
      predecessor_priority(members ->> 'priority')
    from draft
    order by user_id, number
    returning user_id, task.id
  ),
  noted as (
    insert into predecessor_row (name, id, user_id, copied_id) select source, id, user_id, number from draft
  ),
  counted as (
    update task_counter as c set last_id = greatest(c.last_id, made.last), live = c.live + made.amount
    from (select user_id, max(id) as last, count(*) as amount from made group by user_id) as made
    where c.user_id = made.user_id
  )
  select count(*) into added from made;
  return added;
end $function$;

CREATE OR REPLACE FUNCTION todo.copy_predecessor(again boolean)
 RETURNS boolean
 LANGUAGE plpgsql
 SET jit TO 'off'
 SET search_path TO 'todo', 'public'
AS $function$
declare
  item record;
  conversations text;
  is_new boolean := exists (select from predecessor_tables() as p where p.name not in (select t.name from predecessor_table as t));
begin
  if not is_new and not again then
    return false;
  end if;
  perform pg_advisory_xact_lock(1953457263);
  for item in
    select p.name, p.kind from predecessor_tables() as p
    where again or p.name not in (select t.name from predecessor_table as t)
  loop
    if item.kind = 'task' then
      perform copy_predecessor_tasks(item.name);
      if exists (select from pg_attribute where attrelid = 'todo.task'::regclass and attname = 'tag_keys') then
        perform copy_predecessor_details(item.name);
      end if;
    elsif item.kind = 'message' then
      conversations := (
        select p.name from predecessor_tables() as p where p.kind = 'conversation'
        order by left(p.name, 4) <> left(item.name, 4), p.name limit 1
      );
      if conversations is not null then
        perform copy_predecessor_messages(conversations, item.name);
      end if;
    end if;
  end loop;
  insert into predecessor_table as t (name, kind, copied, users, unknown)
  select p.name, p.kind, total.copied, total.users, total.unknown
  from predecessor_tables() as p, lateral (
    select (select count(*) from predecessor_row as r where r.name = p.name) as copied,
      (select count(distinct r.user_id) from predecessor_row as r where r.name = p.name) as users,
      case when p.kind = 'message' then 0 else (
        select coalesce(sum(g.amount), 0) from predecessor_users(p.name) as g
        where not exists (select from "user" as u where u."id" = g.user_id)
      ) end as unknown
  ) as total
  on conflict on constraint predecessor_table_pkey do update
  set copied = excluded.copied, users = excluded.users, unknown = excluded.unknown, copied_at = now();
  return true;
end $function$;

CREATE OR REPLACE FUNCTION todo.current_change()
 RETURNS bigint
 LANGUAGE sql
 STABLE
AS $function$
  select nullif(current_setting('todo.change', true), '')::bigint
$function$;

CREATE OR REPLACE FUNCTION todo.delete_changes()
 RETURNS trigger
 LANGUAGE plpgsql
 SET search_path TO 'todo', 'public'
AS $function$
begin
  delete from task_change as c where c.user_id = old.user_id;
  return null;
end $function$;

CREATE OR REPLACE FUNCTION todo.delete_each(owner text, ids bigint[], expected text[])
 RETURNS SETOF todo.task
 LANGUAGE plpgsql
 SET search_path TO 'todo', 'public'
AS $function$
declare
  going bigint[];
  gone bigint;
begin
  perform from task as t where t.user_id = owner and (t.id = any(ids) or t.parent = any(ids)) order by t.parent is not null, t.id for update;
  select array_agg(t.id) into going from task as t
  where t.user_id = owner and t.id = any(ids)
    and (expected is null or to_char(t.updated_at at time zone 'utc', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') = any(expected));
  return query select (case when t.id = any(going) then t end).* from task as t where t.user_id = owner and t.id = any(ids) order by t.id;
  if going is not null then
    delete from task as t where t.user_id = owner and (t.id = any(going) or t.parent = any(going));
    get diagnostics gone = row_count;
    update task_counter as c set live = greatest(c.live - gone, 0) where c.user_id = owner;
  end if;
end $function$;

CREATE OR REPLACE FUNCTION todo.delete_list(owner text, wanted bigint, with_tasks boolean)
 RETURNS boolean
 LANGUAGE plpgsql
 SET search_path TO 'todo', 'public'
AS $function$
declare
  ids bigint[];
begin
  perform from task as t where t.user_id = owner and t.list_id = wanted order by t.parent is not null, t.id for update;
  perform from task_counter as c where c.user_id = owner for update;
  perform acting(owner, (coalesce(nullif(current_setting('todo.actor', true), ''), '{}')::jsonb || '{"kind":"list_delete"}')::text);
  update task_list as l set deleted_at = now() where l.user_id = owner and l.id = wanted and l.deleted_at is null;
  if not found then
    return false;
  end if;
  select array_agg(t.id) into ids from task as t where t.user_id = owner and t.list_id = wanted;
  if with_tasks then
    perform delete_each(owner, ids, null);
  else
    update task as t set list_id = null, updated_at = greatest(date_trunc('milliseconds', now()), t.updated_at + interval '1 millisecond')
    where t.user_id = owner and t.id = any(ids);
  end if;
  return true;
end $function$;

CREATE OR REPLACE FUNCTION todo.detach_steps()
 RETURNS trigger
 LANGUAGE plpgsql
 SET search_path TO 'todo', 'public'
AS $function$
begin
  update task as s set parent = null from gone where s.user_id = gone.user_id and s.parent = gone.id;
  return null;
end $function$;

CREATE OR REPLACE FUNCTION todo.drop_folded()
 RETURNS trigger
 LANGUAGE plpgsql
 SET search_path TO 'todo', 'public'
AS $function$
begin
  new.title_key := null;
  new.title_search := null;
  return new;
end $function$;

CREATE OR REPLACE FUNCTION todo.due_from(owner text, filter jsonb)
 RETURNS timestamp without time zone
 LANGUAGE plpgsql
 STABLE COST 1
 SET search_path TO 'todo', 'public'
AS $function$
declare
  today date := (select c.today from user_clock(owner) as c);
  day date := case filter ->> 'due' when 'today' then today when 'tomorrow' then today + 1 when 'week' then today end;
  after text := filter ->> 'due_after';
begin
  if after is null then
    return coalesce(day, '-infinity'::timestamp);
  end if;
  return greatest(day, local_moment(owner, after) + case when length(after) = 10 then interval '1 day' else interval '1 second' end);
end $function$;

CREATE OR REPLACE FUNCTION todo.due_moment(day date, at time without time zone)
 RETURNS timestamp without time zone
 LANGUAGE sql
 IMMUTABLE
AS $function$
  select day + coalesce(at, time '23:59:59')
$function$;

CREATE OR REPLACE FUNCTION todo.due_page(owner text, most bigint, filter jsonb, after_id bigint, after_moment timestamp without time zone)
 RETURNS TABLE(version text, id bigint, title text, description text, completed boolean, created_at timestamp without time zone, updated_at timestamp without time zone, completed_at timestamp without time zone, priority smallint, due text, due_at timestamp without time zone, overdue boolean, repeat text, repeat_from text, remind integer[], tags text[], list text, parent bigint, "position" text, remind_at text[], sort_key text)
 LANGUAGE plpgsql
 STABLE ROWS 20
 SET plan_cache_mode TO 'force_generic_plan'
 SET search_path TO 'todo', 'public'
AS $function$
declare
  zone text;
  today date;
  since timestamp := greatest(due_from(owner, filter), after_moment);
  until timestamp := due_until(owner, filter);
  only_overdue boolean := coalesce(filter ->> 'due' = 'overdue', false);
begin
  select s.version, s.zone, s.today into version, zone, today from list_state(owner) as s;
  -- The index has open tasks before completed ones: each kind is read by itself.
  return query select version, s.*, d.moment::text
  from unnest('{false,true}'::boolean[]) as kind (is_completed), lateral (
    select t as task, due_moment(t.due_day, t.due_time) as moment from task as t
    where t.user_id = owner and t.completed = kind.is_completed and t.due_day is not null
      and due_moment(t.due_day, t.due_time) >= since and due_moment(t.due_day, t.due_time) < until
      and (after_id is null or (due_moment(t.due_day, t.due_time), t.id) > (after_moment, after_id))
      and (not only_overdue or case when t.due_time is null then t.due_day < today else (t.due_day + t.due_time) at time zone zone < now() end)
    order by due_moment(t.due_day, t.due_time), t.id limit most
  ) as d, shown_task(d.task, zone, today) as s
  where kind.is_completed = coalesce((filter -> 'completed')::boolean, kind.is_completed) and not (only_overdue and kind.is_completed)
  order by d.moment, s.id limit most;
  if not found then
    return next;
  end if;
end $function$;

CREATE OR REPLACE FUNCTION todo.due_text(day date, at time without time zone)
 RETURNS text
 LANGUAGE sql
 STABLE
AS $function$
  select to_char(day, 'YYYY-MM-DD') || coalesce(to_char(at, '"T"HH24:MI'), '')
$function$;

CREATE OR REPLACE FUNCTION todo.due_until(owner text, filter jsonb)
 RETURNS timestamp without time zone
 LANGUAGE plpgsql
 STABLE COST 1
 SET search_path TO 'todo', 'public'
AS $function$
declare
  clock record;
  moment timestamp;
begin
  select c.today, c.local_now into clock from user_clock(owner) as c;
  moment := case filter ->> 'due' when 'today' then clock.today + 1 when 'tomorrow' then clock.today + 2 when 'overdue' then clock.local_now end;
  if filter ->> 'due' = 'week' then
    moment := week_end(owner, clock.today);
  end if;
  if filter ->> 'due_before' is null then
    return coalesce(moment, 'infinity');
  end if;
  return least(moment, local_moment(owner, filter ->> 'due_before'));
end $function$;

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

CREATE OR REPLACE FUNCTION todo.import_numbered(owner text, drafts jsonb, most bigint, given_key text, purpose text, OUT known boolean, OUT replayed boolean, OUT reused boolean, OUT fits boolean, OUT added bigint, OUT first_id bigint)
 RETURNS record
 LANGUAGE plpgsql
 SET search_path TO 'todo', 'public'
AS $function$
declare
  asked text;
  earlier idempotency_key;
  counted task_counter;
begin
  known := exists (select from "user" as u where u.id = owner);
  replayed := false;
  reused := false;
  fits := true;
  added := jsonb_array_length(drafts);
  if not known then
    return;
  end if;
  if given_key is not null then
    asked := encode(sha256(convert_to(purpose || drafts::text, 'UTF8')), 'hex');
    delete from idempotency_key as k
    where k.user_id = owner and k.key = given_key and k.created_at <= now() - interval '24 hours';
    select k.* into earlier from idempotency_key as k where k.user_id = owner and k.key = given_key;
    if found then
      replayed := true;
      reused := earlier.fingerprint <> asked;
      first_id := earlier.task_id;
      return;
    end if;
  end if;
  insert into task_counter as counter (user_id, last_id, live) select owner, added, added where added <= most
  on conflict (user_id) do update set last_id = counter.last_id + added, live = counter.live + added
    where counter.live + added <= most
  returning counter.* into counted;
  fits := found;
  if not fits then
    return;
  end if;
  first_id := counted.last_id - added + 1;
  if given_key is not null then
    insert into idempotency_key (user_id, key, fingerprint, task_id, created_at)
    values (owner, given_key, asked, case purpose when 'import' then added else first_id end, date_trunc('milliseconds', now()));
  end if;
  insert into task
  select (case when counted.search_state > 0 then jsonb_populate_record(t, jsonb_build_object('grams', task_grams(t))) else t end).*
  from jsonb_array_elements(drafts) with ordinality as d (draft, number), lateral task_with(
    blank_task(owner, first_id - 1 + d.number, date_trunc('milliseconds', now())),
    d.draft || case when d.draft ? 'parent_draft' then jsonb_build_object('parent', first_id - 1 + (d.draft -> 'parent_draft')::bigint) else '{}' end
      || case when d.draft ? 'rank' then jsonb_build_object('place', task_place(null, first_id - 1 + (d.draft -> 'rank')::bigint)) else '{}' end
  ) as t
  order by d.draft ? 'parent_draft', d.number;
end $function$;

CREATE OR REPLACE FUNCTION todo.import_task_members(owner text, drafts jsonb, most bigint, given_key text, OUT known boolean, OUT replayed boolean, OUT reused boolean, OUT fits boolean, OUT added bigint)
 RETURNS record
 LANGUAGE plpgsql
 SET search_path TO 'todo', 'public'
AS $function$
begin
  select i.known, i.replayed, i.reused, i.fits, i.added into known, replayed, reused, fits, added
  from import_numbered(owner, drafts, most, given_key, 'import') as i;
end $function$;

CREATE OR REPLACE FUNCTION todo.is_overdue(owner text, day date, at time without time zone)
 RETURNS boolean
 LANGUAGE plpgsql
 STABLE
 SET search_path TO 'todo', 'public'
AS $function$
begin
  return (select case when at is null then day < c.today else (day + at) at time zone c.zone < now() end from user_clock(owner) as c);
end $function$;

CREATE OR REPLACE FUNCTION todo.is_repeated(owner text, members jsonb)
 RETURNS boolean
 LANGUAGE plpgsql
 SET search_path TO 'todo', 'public'
AS $function$
declare
  asked text := encode(sha256(convert_to('several' || (members - 'zone')::text, 'UTF8')), 'hex');
  earlier text;
begin
  delete from idempotency_key as k
  where k.user_id = owner and k.key = members ->> 'key' and k.created_at <= now() - interval '24 hours';
  select k.fingerprint into earlier from idempotency_key as k where k.user_id = owner and k.key = members ->> 'key';
  if earlier is not null and earlier <> asked then
    raise exception 'the key was used for something else' using errcode = 'unique_violation', constraint = 'idempotency_key_used';
  elsif earlier is null then
    insert into idempotency_key (user_id, key, fingerprint, task_id, created_at)
    values (owner, members ->> 'key', asked, 0, date_trunc('milliseconds', now()));
  end if;
  return earlier is not null;
end $function$;

CREATE OR REPLACE FUNCTION todo.keep_change(owner text, who jsonb, made_kind text, ids bigint[], entries jsonb, list_entries jsonb, alive bigint)
 RETURNS void
 LANGUAGE plpgsql
 SET search_path TO 'todo', 'public'
AS $function$
declare
  number bigint := nullif(current_setting('todo.change', true), '')::bigint;
  app_name text;
  noted text;
begin
  if number is not null and current_setting('todo.change_owner') = owner then
    update task_change as c set
      kind = case when c.kind like 'list\_%' and list_entries is null and not who ? 'kind' then made_kind else c.kind end,
      task_ids = array(select distinct id from unnest(c.task_ids || ids) as id order by id),
      tasks = merged_entries(c.tasks, entries),
      lists = merged_entries(c.lists, list_entries)
    where c.user_id = owner and c.id = number;
    return;
  end if;
  number := nullif(current_setting('todo.numbered', true), '')::bigint;
  if number is not null then
    noted := set_config('todo.numbered', '', true);
  else
    update task_counter as c set last_change = c.last_change + 1 where c.user_id = owner returning c.last_change into number;
    if not found then
      insert into task_counter (user_id, last_id, live, last_change)
      select u.id, coalesce(ids[cardinality(ids)], 0), alive, 1 from "user" as u where u.id = owner
      returning last_change into number;
      -- The account is being deleted.
      if not found then
        return;
      end if;
    end if;
  end if;
  -- Apart from the insertion, whose plan then serves every change.
  if who ? 'app' then
    select c.name into app_name from "oauthClient" as c where c."clientId" = who ->> 'app';
  end if;
  insert into task_change (user_id, id, kind, actor, app, app_name, conversation_id, turn, undoes, task_ids, tasks, lists) values (
    owner, number, coalesce(who ->> 'kind', made_kind), coalesce(who ->> 'actor', 'api'), who ->> 'app',
    app_name,
    (who ->> 'conversation_id')::bigint, (who ->> 'turn')::bigint, (who ->> 'undoes')::bigint, ids, entries, list_entries
  );
  noted := set_config('todo.change', number::text, true);
  noted := set_config('todo.change_owner', owner, true);
  -- An owner keeps 20,000 changes.
  if number % 100 = 0 then
    delete from task_change as c where c.user_id = owner and c.id <= number - 20000;
  end if;
end $function$;

CREATE OR REPLACE FUNCTION todo.keep_for_earlier_release()
 RETURNS trigger
 LANGUAGE plpgsql
 SET search_path TO 'todo', 'public'
AS $function$
begin
  with counter as (
    update task_counter as c set deletion = c.deletion + 1
    where c.user_id in (select t.user_id from before_task as t) and exists (select from "user" as u where u.id = c.user_id)
    returning c.user_id, c.deletion
  )
  insert into deleted_task (user_id, id, title, description, completed, created_at, updated_at, completed_at, priority, deletion)
  select t.user_id, t.id, t.title, t.description, t.completed, t.created_at, t.updated_at, t.completed_at, t.priority, counter.deletion
  from before_task as t join counter on counter.user_id = t.user_id
  on conflict do nothing;
  return null;
end $function$;

CREATE OR REPLACE FUNCTION todo.keep_list()
 RETURNS trigger
 LANGUAGE plpgsql
 SET search_path TO 'todo', 'public'
AS $function$
declare
  named task_list;
begin
  select l.* into named from task_list as l where l.user_id = new.user_id and l.id = new.list_id for share;
  if named.deleted_at is not null then
    select l.id into new.list_id from task_list as l
    where l.user_id = new.user_id and l.name_key = named.name_key and l.deleted_at is null for share;
    if not found then
      update task_list as l set deleted_at = null where l.user_id = new.user_id and l.id = named.id returning l.id into new.list_id;
    end if;
  elsif named.id is null then
    new.list_id := null;
  end if;
  return new;
end $function$;

CREATE OR REPLACE FUNCTION todo.keep_one(owner text, id bigint, made_kind text, entry jsonb)
 RETURNS void
 LANGUAGE plpgsql
 SET search_path TO 'todo', 'public'
AS $function$
declare
  who jsonb := coalesce(nullif(current_setting('todo.actor', true), ''), '{}');
begin
  if who ->> 'actor' is distinct from 'none' then
    perform keep_change(owner, who, made_kind, array[id], jsonb_build_array(entry), null, 1);
  end if;
end $function$;

CREATE OR REPLACE FUNCTION todo.keep_reminders()
 RETURNS trigger
 LANGUAGE plpgsql
 SET search_path TO 'todo', 'public'
AS $function$
begin
  if tg_op = 'DELETE' then
    delete from reminder as r where r.user_id = old.user_id and r.task_id = old.id and r.next_at is not null;
    return null;
  elsif tg_op = 'UPDATE' then
    if (old.due_day, old.due_time, old.remind, old.completed) is not distinct from (new.due_day, new.due_time, new.remind, new.completed) then
      return null;
    end if;
    delete from reminder as r where r.user_id = old.user_id and r.task_id = old.id and r.next_at is not null
      and (new.completed or r.due is distinct from due_text(new.due_day, new.due_time) or r.minutes >= 0 and r.minutes <> all(new.remind));
  end if;
  if not new.completed and new.due_day is not null then
    insert into reminder (user_id, task_id, due, minutes, remind_at, next_at)
    select new.user_id, new.id, due_text(new.due_day, new.due_time), m.minutes, instant.moment, instant.moment
    from unnest(new.remind) as m (minutes) left join user_settings as s on s.user_id = new.user_id,
      reminder_moment(new.due_day, new.due_time, m.minutes, s.time_zone, coalesce(s.reminder_time, '09:00')) as instant (moment)
    where instant.moment > now() - interval '1 day'
    order by m.minutes
    on conflict do nothing;
  end if;
  return null;
end $function$;

CREATE OR REPLACE FUNCTION todo.keep_zone(owner text, given text)
 RETURNS void
 LANGUAGE plpgsql
 SET search_path TO 'todo', 'public'
AS $function$
begin
  if given is null or exists (select from user_settings as s where s.user_id = owner and s.time_zone is not null) then
    return;
  end if;
  insert into user_settings as s (user_id, time_zone)
  select u.id, z.name from "user" as u, pg_timezone_names as z where u.id = owner and z.name = given
  on conflict (user_id) do update set time_zone = excluded.time_zone where s.time_zone is null;
end $function$;

CREATE OR REPLACE FUNCTION todo.kind_of_update(members jsonb, now_completed boolean)
 RETURNS text
 LANGUAGE sql
 IMMUTABLE
AS $function$
  select case
    when members - '{updated_at,completed_at,completed}'::text[] = '{}' and members ? 'completed'
      then case when now_completed then 'complete' else 'reopen' end
    when members - '{updated_at,place,list_id,parent}'::text[] = '{}' then 'move'
    else 'edit'
  end
$function$;

CREATE OR REPLACE FUNCTION todo.list_members(l todo.task_list)
 RETURNS jsonb
 LANGUAGE sql
 IMMUTABLE
AS $function$
  select case when l.deleted_at is null and l.id is not null then to_jsonb(l) - '{user_id,id,deleted_at}'::text[] end
$function$;

CREATE OR REPLACE FUNCTION todo.list_named(owner text, given_name text, given_key text, make boolean)
 RETURNS bigint
 LANGUAGE plpgsql
 SET search_path TO 'todo', 'public'
AS $function$
declare
  found_id bigint;
begin
  if given_key is null then
    return null;
  end if;
  select l.id into found_id from task_list as l where l.user_id = owner and l.name_key = given_key and l.deleted_at is null;
  if found_id is null and make then
    select a.id into found_id from add_list(owner, given_name, given_key, null) as a;
  elsif found_id is null then
    raise exception 'no such list' using errcode = 'foreign_key_violation', constraint = 'task_list_unknown';
  end if;
  return found_id;
end $function$;

CREATE OR REPLACE FUNCTION todo.list_state(owner text)
 RETURNS TABLE(version text, zone text, today date)
 LANGUAGE sql
 STABLE ROWS 1
AS $function$
  select coalesce((select n.last_change || ' ' || n.last_id || ' ' || n.live from todo.task_counter as n where n.user_id = owner), '0')
    || ' ' || c.today || ' ' || c.zone || coalesce(' ' || (
      select todo.due_moment(t.due_day, t.due_time) from todo.task as t
      where t.user_id = owner and not t.completed and t.due_day is not null and todo.due_moment(t.due_day, t.due_time) < c.local_now
      order by todo.due_moment(t.due_day, t.due_time) desc limit 1
    ), ''), c.zone, c.today
  from todo.user_clock(owner) as c
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

CREATE OR REPLACE FUNCTION todo.list_version(owner text)
 RETURNS text
 LANGUAGE plpgsql
 STABLE
 SET plan_cache_mode TO 'force_generic_plan'
 SET search_path TO 'todo', 'public'
AS $function$
begin
  return (select s.version from list_state(owner) as s);
end $function$;

CREATE OR REPLACE FUNCTION todo.list_with_key(owner text, key text)
 RETURNS bigint
 LANGUAGE sql
 STABLE COST 1
AS $function$
  select l.id from todo.task_list as l where l.user_id = owner and l.name_key = key and l.deleted_at is null
$function$;

CREATE OR REPLACE FUNCTION todo.lists_of(owner text)
 RETURNS TABLE(id bigint, name text, color text, archived boolean, "position" bigint, open_tasks bigint, created_at timestamp without time zone)
 LANGUAGE sql
 STABLE
AS $function$
  select l.id, l.name, l.color, l.archived, row_number() over (order by todo.task_place(l.place, l.id), l.id),
    (select count(*) from todo.task as t where t.user_id = owner and t.list_id = l.id and not t.completed), l.created_at at time zone 'utc'
  from todo.task_list as l where l.user_id = owner and l.deleted_at is null
  order by todo.task_place(l.place, l.id), l.id
$function$;

CREATE OR REPLACE FUNCTION todo.local_clock(owner text, given_zone text)
 RETURNS TABLE(zone text, local text, today text, utc text, week_start text)
 LANGUAGE plpgsql
 STABLE ROWS 1
 SET search_path TO 'todo', 'public'
AS $function$
declare
  now_there timestamp;
  begins interval;
begin
  select coalesce(s.time_zone, given_zone, 'UTC'), coalesce(s.day_start, '00:00')::interval, coalesce(s.week_start, 'monday')
  into zone, begins, week_start
  from (select) as always left join user_settings as s on s.user_id = owner;
  begin
    now_there := now() at time zone zone;
  exception when invalid_parameter_value then
    zone := 'UTC';
    now_there := now() at time zone zone;
  end;
  local := to_char(now_there, 'YYYY-MM-DD"T"HH24:MI:SS');
  today := to_char(now_there - begins, 'YYYY-MM-DD');
  utc := to_char(now() at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS');
  return next;
end $function$;

CREATE OR REPLACE FUNCTION todo.local_moment(owner text, written text)
 RETURNS timestamp without time zone
 LANGUAGE plpgsql
 STABLE
 SET search_path TO 'todo', 'public'
AS $function$
begin
  if written like '%Z' then
    return (select written::timestamptz at time zone c.zone from user_clock(owner) as c);
  end if;
  return written;
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

CREATE OR REPLACE FUNCTION todo.lock_counter(owner text, members jsonb)
 RETURNS void
 LANGUAGE plpgsql
 SET search_path TO 'todo', 'public'
AS $function$
begin
  if members ?| '{list,tags,tag_keys,add_tag_keys}' then
    perform from task_counter as c where c.user_id = owner for update;
  end if;
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

CREATE OR REPLACE FUNCTION todo.merged_entries(earlier jsonb, later jsonb)
 RETURNS jsonb
 LANGUAGE sql
 IMMUTABLE
AS $function$
  select case when earlier is null then later when later is null then earlier else (
    select coalesce(jsonb_agg(todo.merge_entries(e.entry, l.entry) order by coalesce(e.entry, l.entry) -> 'id'), '[]')
    from jsonb_array_elements(earlier) as e (entry) full join jsonb_array_elements(later) as l (entry) on e.entry -> 'id' = l.entry -> 'id'
  ) end
$function$;

CREATE OR REPLACE FUNCTION todo.move_reminders()
 RETURNS trigger
 LANGUAGE plpgsql
 SET search_path TO 'todo', 'public'
AS $function$
begin
  update reminder as r set remind_at = instant.moment, next_at = case when r.attempts = 0 then instant.moment else r.next_at end
  from task as t, reminder as same,
    reminder_moment(t.due_day, t.due_time, same.minutes, new.time_zone, new.reminder_time) as instant (moment)
  where same.user_id = new.user_id and same.next_at is not null and same.minutes >= 0
    and t.user_id = same.user_id and t.id = same.task_id and t.due_day is not null
    and r.user_id = same.user_id and r.task_id = same.task_id and r.due = same.due and r.minutes = same.minutes;
  return null;
end $function$;

CREATE OR REPLACE FUNCTION todo.move_task(owner text, wanted bigint, neighbour bigint, behind boolean)
 RETURNS SETOF todo.task
 LANGUAGE plpgsql
 ROWS 1
 SET search_path TO 'todo', 'public'
AS $function$
declare
  near text;
  far text;
begin
  perform from task as t where t.user_id = owner and t.id in (wanted, neighbour) order by t.parent is not null, t.id for update;
  perform from task_counter as c where c.user_id = owner for update;
  select task_place(t.place, t.id) into near from task as t where t.user_id = owner and t.id = neighbour;
  if not found then
    return;
  elsif wanted = neighbour then
    return query select t.* from task as t where t.user_id = owner and t.id = wanted;
    return;
  elsif behind then
    select task_place(t.place, t.id) into far from task as t
    where t.user_id = owner and t.id <> wanted and task_place(t.place, t.id) > near order by task_place(t.place, t.id) limit 1;
  else
    select task_place(t.place, t.id) into far from task as t
    where t.user_id = owner and t.id <> wanted and task_place(t.place, t.id) < near order by task_place(t.place, t.id) desc limit 1;
  end if;
  return query update task as t set
    place = case when behind then place_between(near, far) else place_between(far, near) end,
    updated_at = greatest(date_trunc('milliseconds', now()), t.updated_at + interval '1 millisecond')
  where t.user_id = owner and t.id = wanted
  returning t.*;
end $function$;

CREATE OR REPLACE FUNCTION todo.moved_subscription(owner text, former text, given_endpoint text)
 RETURNS text
 LANGUAGE plpgsql
 SET search_path TO 'todo', 'public'
AS $function$
begin
  update push_subscription as p set endpoint = given_endpoint
  where p.user_id = owner and p.endpoint = former and not exists (select from push_subscription as other where other.endpoint = given_endpoint);
  return owner;
end $function$;

CREATE OR REPLACE FUNCTION todo.name_issuer()
 RETURNS trigger
 LANGUAGE plpgsql
 SET search_path TO 'todo', 'public'
AS $function$
declare
  issuer text := case new."providerId" when 'credential' then 'local:credential' when 'google' then 'https://accounts.google.com' end;
begin
  if to_jsonb(new) ->> 'issuer' is null and to_jsonb(new) ? 'issuer' then
    new := jsonb_populate_record(new, jsonb_build_object('issuer', issuer));
  end if;
  return new;
end $function$;

CREATE OR REPLACE FUNCTION todo.new_task_as_text(owner text, members jsonb, most bigint, given_key text, actor text)
 RETURNS text
 LANGUAGE plpgsql
 SET plan_cache_mode TO 'force_generic_plan'
 SET search_path TO 'todo', 'public'
AS $function$
declare
  known boolean := true;
  replayed boolean := false;
  reused boolean := false;
  deleted boolean := false;
  noted text := acting(owner, actor);
  who jsonb := actor;
  asked text;
  earlier idempotency_key;
  counted task_counter;
  added task;
begin
  if given_key is not null then
    asked := task_fingerprint(members);
    delete from idempotency_key as k
    where k.user_id = owner and k.key = given_key and k.created_at <= now() - interval '24 hours';
    select k.* into earlier from idempotency_key as k where k.user_id = owner and k.key = given_key;
    if found then
      replayed := true;
      reused := earlier.fingerprint <> asked;
      if not reused then
        deleted := not exists (select from task as t where t.user_id = owner and t.id = earlier.task_id);
        added := task_with(blank_task(owner, earlier.task_id, earlier.created_at), members);
      end if;
    end if;
  end if;
  if not replayed then
    insert into task_counter as counter (user_id, last_id, live, last_change)
    select u.id, 1, 1, 1 from "user" as u where u.id = owner and most > 0
    on conflict on constraint task_counter_pkey do update set
      last_id = counter.last_id + 1, live = counter.live + 1, last_change = counter.last_change + 1
    where counter.live < most
    returning counter.* into counted;
    if found then
      noted := set_config('todo.numbered', counted.last_change::text, true);
      added := blank_task(owner, counted.last_id, date_trunc('milliseconds', now()));
      if given_key is not null then
        insert into idempotency_key (user_id, key, fingerprint, task_id, created_at) values (owner, given_key, asked, added.id, added.created_at);
      end if;
      if members ? 'zone' then
        perform keep_zone(owner, members ->> 'zone');
      end if;
      if members ?| '{due,repeat,list,tags}' then
        added := task_with(added, members);
      else
        added := jsonb_populate_record(added, members);
      end if;
      if counted.search_state > 0 then
        added.grams := task_grams(added);
      end if;
      noted := set_config('todo.is_kept', 'yes', true);
      insert into task as t values (added.*) returning t.* into added;
      noted := set_config('todo.is_kept', '', true);
      if who ->> 'actor' <> 'none' then
        perform keep_change(owner, who, 'add', array[added.id],
          jsonb_build_array(jsonb_build_object('id', added.id, 'title', added.title, 'after', added)), null, 1);
      end if;
    else
      known := exists (select from "user" as u where u.id = owner);
    end if;
  end if;
  return row(known, replayed, reused, deleted, current_change(), shown_as_text(added))::text;
end $function$;

CREATE OR REPLACE FUNCTION todo.next_due(t todo.task, today date)
 RETURNS date
 LANGUAGE plpgsql
 IMMUTABLE
 SET search_path TO 'todo', 'public'
AS $function$
begin
  if t.repeat_from = 'due' then
    return repeat_next(t.repeat, t.repeat_anchor, greatest(t.due_day, today));
  elsif t.repeat_done + 1 >= substring(t.repeat from 'COUNT=([0-9]+)')::integer then
    return null;
  end if;
  return repeat_next(regexp_replace(t.repeat, ';COUNT=[0-9]+', ''), today, today);
end $function$;

CREATE OR REPLACE FUNCTION todo.next_occurrence(given todo.task, OUT again todo.task, OUT due text)
 RETURNS record
 LANGUAGE plpgsql
 STABLE
 SET search_path TO 'todo', 'public'
AS $function$
declare
  next_day date;
begin
  select next_due(given, c.today) into next_day from user_clock(given.user_id) as c;
  if next_day is not null then
    due := due_text(given.due_day, given.due_time);
    again := given;
    again.completed := false;
    again.due_day := next_day;
    again.repeat_done := given.repeat_done + 1;
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

CREATE OR REPLACE FUNCTION todo.note_imported_file()
 RETURNS trigger
 LANGUAGE plpgsql
 SET search_path TO 'todo', 'public'
AS $function$
declare
  who jsonb := coalesce(nullif(current_setting('todo.actor', true), ''), '{}');
begin
  if who ->> 'file' is null then
    return null;
  end if;
  insert into imported_file as f (user_id, digest, imported_at, first_id, last_id, amount)
  values (new.user_id, who ->> 'file', new.made_at, new.task_ids[1], new.task_ids[cardinality(new.task_ids)], cardinality(new.task_ids))
  on conflict on constraint imported_file_pkey do update set
    imported_at = excluded.imported_at, first_id = excluded.first_id, last_id = excluded.last_id, amount = excluded.amount
    where coalesce((who ->> 'again')::boolean, false)
      or not exists (select from task as t where t.user_id = f.user_id and t.id between f.first_id and f.last_id);
  if not found then
    raise exception 'the file was imported before' using errcode = '23505', constraint = 'imported_file_once', table = 'imported_file';
  end if;
  return null;
end $function$;

CREATE OR REPLACE FUNCTION todo.notifications_of(owner text)
 RETURNS TABLE(address text, is_proved boolean, wants_mail boolean, language text, mail_sent_at timestamp without time zone, mail_error text, subscriptions json)
 LANGUAGE sql
 STABLE
AS $function$
  select u."email", u."emailVerified", coalesce(m.enabled, false), coalesce(m.language, 'en'), m.last_sent_at at time zone 'utc', m.last_error, (
    select coalesce(json_agg(todo.shown_subscription(p) order by p.created_at, p.id), '[]') from todo.push_subscription as p where p.user_id = u."id"
  )
  from "user" as u left join todo.reminder_mail as m on m.user_id = u."id" where u."id" = owner
$function$;

CREATE OR REPLACE FUNCTION todo.one_task(owner text, wanted bigint)
 RETURNS TABLE(id bigint, title text, description text, completed boolean, created_at timestamp without time zone, updated_at timestamp without time zone, completed_at timestamp without time zone, priority smallint, due text, due_at timestamp without time zone, overdue boolean, repeat text, repeat_from text, remind integer[], tags text[], list text, parent bigint, "position" text, remind_at text[])
 LANGUAGE plpgsql
 STABLE ROWS 1
 SET plan_cache_mode TO 'force_generic_plan'
 SET search_path TO 'todo', 'public'
AS $function$
begin
  return query select s.* from task as t, user_clock(owner) as c, shown_task(t, c.zone, c.today) as s where t.user_id = owner and t.id = wanted;
  if not found then
    return next;
  end if;
end $function$;

CREATE OR REPLACE FUNCTION todo.place_between(low text, high text)
 RETURNS text
 LANGUAGE plpgsql
 IMMUTABLE
 SET search_path TO 'todo', 'public'
AS $function$
declare
  digits constant text := '0123456789abcdefghijklmnopqrstuvwxyz';
  made text := '';
  above text := high;
  l integer;
  h integer;
begin
  if low collate "C" >= high then
    return low || 'i';
  end if;
  loop
    l := greatest(strpos(digits, substr(coalesce(low, ''), length(made) + 1, 1)) - 1, 0);
    h := case when above is null then 36 else strpos(digits, substr(above, length(made) + 1, 1)) - 1 end;
    if h - l > 1 then
      return made || substr(digits, (l + h) / 2 + 1, 1);
    elsif h > l then
      above := null;
    end if;
    made := made || substr(digits, l + 1, 1);
  end loop;
end $function$;

CREATE OR REPLACE FUNCTION todo.places_beside(owner text, ids bigint[], neighbour bigint, behind boolean)
 RETURNS jsonb
 LANGUAGE plpgsql
 STABLE
 SET search_path TO 'todo', 'public'
AS $function$
declare
  near text;
  far text;
  wanted bigint;
  places jsonb := '{}';
begin
  select task_place(t.place, t.id) into near from task as t where t.user_id = owner and t.id = neighbour;
  if not found then
    return null;
  elsif behind then
    select task_place(t.place, t.id) into far from task as t
    where t.user_id = owner and t.id <> all(ids) and task_place(t.place, t.id) > near order by task_place(t.place, t.id) limit 1;
  else
    select task_place(t.place, t.id) into far from task as t
    where t.user_id = owner and t.id <> all(ids) and task_place(t.place, t.id) < near order by task_place(t.place, t.id) desc limit 1;
  end if;
  foreach wanted in array ids loop
    if behind then
      near := place_between(near, far);
    else
      far := place_between(far, near);
    end if;
    places := places || jsonb_build_object(wanted, case when behind then near else far end);
  end loop;
  return places;
end $function$;

CREATE OR REPLACE FUNCTION todo.plan_lists(owner text, entries jsonb, plan jsonb)
 RETURNS jsonb
 LANGUAGE sql
 STABLE
AS $function$
  select jsonb_agg(jsonb_build_object('id', p.id, 'name', p.name, 'patch', p.patch,
    'act', case when p.holds or p.named and p.act = 'insert' or p.patch = '{}' then null else p.act end,
    'kept', p.kept || case when p.named then '{name}' else '{}'::text[] end || case when p.holds then '{tasks}' else '{}'::text[] end) order by p.id)
  from (
    select (entry -> 'id')::bigint as id, coalesce(l.name, entry ->> 'name') as name, planned.act, planned.kept,
      case when taken.named then planned.patch - '{name,name_key}'::text[] else planned.patch end as patch, taken.named,
      planned.act = 'delete' and exists (
        select from todo.task as t where t.user_id = owner and t.list_id = l.id and not exists (
          select from jsonb_array_elements(plan) as item
          where (item -> 'id')::bigint = t.id and (item ->> 'act' = 'delete' or item ->> 'act' = 'update' and item -> 'patch' ? 'list_id')
        )
      ) as holds
    from jsonb_array_elements(entries) as entry
    left join todo.task_list as l on l.user_id = owner and l.id = (entry -> 'id')::bigint and l.deleted_at is null,
      todo.plan_undo(entry -> 'before', entry -> 'after', todo.list_members(l)) as planned,
      lateral (
        select planned.patch ? 'name_key' and exists (
          select from todo.task_list as other
          where other.user_id = owner and other.name_key = planned.patch ->> 'name_key' and other.deleted_at is null and other.id <> (entry -> 'id')::bigint
        ) as named
      ) as taken
  ) as p
$function$;

CREATE OR REPLACE FUNCTION todo.plan_undo(old_members jsonb, new_members jsonb, present jsonb, OUT act text, OUT patch jsonb, OUT kept text[])
 RETURNS record
 LANGUAGE plpgsql
 IMMUTABLE
 SET search_path TO 'todo', 'public'
AS $function$
begin
  kept := '{}';
  if new_members is null then
    if present is null then
      act := 'insert';
      patch := old_members;
    end if;
  elsif old_members is null then
    if present ->> 'updated_at' is distinct from new_members ->> 'updated_at' or not new_members ? 'updated_at' then
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

CREATE OR REPLACE FUNCTION todo.predecessor_line(written text, most integer)
 RETURNS text
 LANGUAGE sql
 STABLE
AS $function$
  select case when char_length(line) > most then rtrim(left(line, most - 1)) || '…' else nullif(line, '') end
  from (
    select btrim(case when written !~ '[^ -~]|  ' then written else regexp_replace(regexp_replace(
      written, '[\u00ad\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff\U000e0000-\U000e007f]', '', 'g'
    ), '[\u0001-\u0020\u007f-\u00a0\u2028\u2029]+', ' ', 'g') end) as line
  ) as cleaned
$function$;

CREATE OR REPLACE FUNCTION todo.predecessor_priority(word text)
 RETURNS smallint
 LANGUAGE sql
 IMMUTABLE
AS $function$
  select case lower(btrim(word))
    when 'urgent' then 1 when 'critical' then 1 when 'highest' then 1 when 'high' then 1 when 'medium' then 2 when 'normal' then 2
    when 'low' then 3 when 'lowest' then 3 else 4
  end::smallint
$function$;

CREATE OR REPLACE FUNCTION todo.predecessor_repeat(members jsonb)
 RETURNS text
 LANGUAGE sql
 STABLE
AS $function$
  select 'FREQ=' || freq
    || coalesce(';INTERVAL=' || nullif(case when word like 'bi%' or word = 'fortnightly' then 2 else every end, 1), '')
    || coalesce(';BYDAY=' || nullif(days, ''), '')
    || coalesce(';UNTIL=' || to_char(todo.predecessor_time(members ->> 'recurrence_end_date'), 'YYYYMMDD'), '')
  from (
    select named.word, case
        when word in ('daily', 'day') then 'DAILY' when word in ('weekly', 'week', 'biweekly', 'fortnightly') then 'WEEKLY'
        when word in ('monthly', 'month', 'bimonthly') then 'MONTHLY' when word in ('yearly', 'year', 'annually') then 'YEARLY'
      end as freq,
      coalesce(substring(coalesce(members ->> 'recurrence_interval', members ->> 'recurring_interval') from '^[1-9][0-9]{0,2}$')::integer, 1) as every,
      case when word in ('weekly', 'week', 'biweekly', 'fortnightly') then (
        select string_agg(day.code, ',' order by day.number)
        from unnest('{MO,TU,WE,TH,FR,SA,SU}'::text[]) with ordinality as day (code, number)
        where exists (
          select from unnest(todo.predecessor_words(coalesce(members -> 'recurrence_days', members -> 'recurring_days'))) as given
          where upper(left(btrim(given), 2)) = day.code
        )
      ) end as days
    from (
      select lower(btrim(coalesce(members ->> 'recurring_type', members ->> 'recurrence_type', members ->> 'recurrence_pattern',
        members ->> 'recurrence', members ->> 'recurring'))) as word
    ) as named
  ) as rule
  where freq is not null and lower(members ->> 'is_recurring') is distinct from 'false'
$function$;

CREATE OR REPLACE FUNCTION todo.predecessor_rows(source text)
 RETURNS SETOF jsonb
 LANGUAGE plpgsql
 STABLE
 SET "TimeZone" TO 'UTC'
 SET search_path TO 'todo', 'public'
AS $function$
begin
  return query execute format(
    'select to_jsonb(t) from %I.%I as t',
    (select u.relnamespace::regnamespace::text from pg_class as u where u.oid = to_regclass('"user"')), source
  );
end $function$;

CREATE OR REPLACE FUNCTION todo.predecessor_tables()
 RETURNS TABLE(name text, kind text)
 LANGUAGE plpgsql
 STABLE
 SET search_path TO 'todo', 'public'
AS $function$
begin
  return query
  select found.name, found.kind from (
    select c.relname::text as name, case
      when c.relname ~ '^(task|todo|todo_?item)s?$' and columns @> '{id,user_id,title}'
        and columns && '{completed,is_completed,is_complete,done,status}' then 'task'
      when c.relname ~ '^(chat_?)?conversations?$' and columns @> '{id,user_id}' then 'conversation'
      when c.relname ~ '^(chat_?)?messages?$' and columns @> '{id,conversation_id,role,content}' then 'message'
    end as kind
    from pg_class as c, lateral (
      select array_agg(a.attname::text) as columns
      from pg_attribute as a where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
    ) as members
    where c.relkind in ('r', 'p') and not c.relispartition
      and c.relnamespace = (select u.relnamespace from pg_class as u where u.oid = to_regclass('"user"'))
  ) as found
  where found.kind is not null
  order by found.kind = 'message', found.kind, found.name;
end $function$;

CREATE OR REPLACE FUNCTION todo.predecessor_tags(source text)
 RETURNS TABLE(task_id text, names text[])
 LANGUAGE plpgsql
 STABLE
 SET search_path TO 'todo', 'public'
AS $function$
declare
  home text := (select u.relnamespace::regnamespace::text from pg_class as u where u.oid = to_regclass('"user"'));
  link record;
begin
  for link in
    select c.relname, columns @> '{tag_id}' as by_id,
      case when columns @> '{tag}' then 'tag' when columns @> '{tag_name}' then 'tag_name' else 'name' end as column_name,
      (select t.relname from pg_class as t where t.relkind in ('r', 'p') and t.relnamespace = home::regnamespace
        and t.relname in ('tag', 'tags') and exists (select from pg_attribute as a where a.attrelid = t.oid and a.attname = 'name')
        order by t.relname limit 1) as tags
    from pg_class as c, lateral (
      select array_agg(a.attname::text) as columns
      from pg_attribute as a where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
    ) as members
    where c.relkind in ('r', 'p') and c.relnamespace = home::regnamespace and c.relname ~ '^tasks?_?tags?(_?links?)?$'
      and columns @> '{task_id}' and columns && '{tag_id,tag,tag_name,name}'
  loop
    if not link.by_id then
      return query execute format(
        'select l.task_id::text, array_agg(l.%1$I::text order by l.%1$I::text) from %2$I.%3$I as l group by 1',
        link.column_name, home, link.relname
      );
    elsif link.tags is not null then
      return query execute format(
        'select l.task_id::text, array_agg(t.name::text order by t.name::text)
          from %1$I.%2$I as l join %1$I.%3$I as t on t.id::text = l.tag_id::text group by 1',
        home, link.relname, link.tags
      );
    end if;
  end loop;
end $function$;

CREATE OR REPLACE FUNCTION todo.predecessor_text(written text, most integer)
 RETURNS text
 LANGUAGE sql
 STABLE
AS $function$
  select case when char_length(cleaned.words) > most then rtrim(left(cleaned.words, most - 1)) || '…' else nullif(cleaned.words, '') end
  from (
    select btrim(case when written !~ '[^ -~]' then written else regexp_replace(
      replace(written, E'\r\n', E'\n'),
      '[\u0001-\u0008\u000b-\u001f\u007f-\u009f\u00ad\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff\U000e0000-\U000e007f]', '', 'g'
    ) end, E' \n\t') as words
  ) as cleaned
$function$;

CREATE OR REPLACE FUNCTION todo.predecessor_time(written text)
 RETURNS timestamp with time zone
 LANGUAGE sql
 STABLE
AS $function$
  select case
    when written ~ '^(19[7-9]|2[01]\d)\d-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])([T ]([01]\d|2[0-3]):[0-5]\d(:[0-5]\d(\.\d{1,9})?)?(Z|[+-](0\d|1[0-4])(:?[0-5]\d)?)?)?$'
    then date_trunc('milliseconds', (left(written, 8) || '01' || coalesce(nullif(substr(written, 11), ''), 'T00:00'))::timestamptz)
      + (substr(written, 9, 2)::integer - 1) * interval '1 day'
  end
$function$;

CREATE OR REPLACE FUNCTION todo.predecessor_users(source text)
 RETURNS TABLE(user_id text, amount bigint)
 LANGUAGE plpgsql
 STABLE
 SET search_path TO 'todo', 'public'
AS $function$
begin
  return query execute format(
    'select t.user_id::text, count(*) from %I.%I as t group by 1',
    (select u.relnamespace::regnamespace::text from pg_class as u where u.oid = to_regclass('"user"')), source
  );
end $function$;

CREATE OR REPLACE FUNCTION todo.predecessor_words(given jsonb)
 RETURNS text[]
 LANGUAGE sql
 STABLE
AS $function$
  select case
    when jsonb_typeof(given) = 'array' then array(
      select coalesce(item.value ->> 'name', item.value #>> '{}') from jsonb_array_elements(given) with ordinality as item (value, number)
      order by item.number
    )
    when jsonb_typeof(given) = 'string' then string_to_array(regexp_replace(given #>> '{}', '[][{}"]', '', 'g'), ',')
    else '{}'
  end
$function$;

CREATE OR REPLACE FUNCTION todo.read_changes(owner text, since bigint, most bigint)
 RETURNS TABLE(version bigint, reload boolean, lists_changed boolean, gone text, task text)
 LANGUAGE plpgsql
 STABLE ROWS 20
 SET plan_cache_mode TO 'force_generic_plan'
 SET search_path TO 'todo', 'public'
AS $function$
begin
  return query select c.version, c.reload, c.lists_changed, coalesce(to_jsonb(c.gone), '[]')::text, s.task
  from changes_since(owner, since, most) as c, user_clock(owner) as k, task_as_text(c.present, k.zone, k.today) as s
  order by (c.present).id;
end $function$;

CREATE OR REPLACE FUNCTION todo.read_due_page(owner text, most bigint, filter jsonb, after_id bigint, after_moment timestamp without time zone)
 RETURNS TABLE(version text, task text, sort_key text)
 LANGUAGE plpgsql
 STABLE ROWS 20
 SET plan_cache_mode TO 'force_generic_plan'
 SET search_path TO 'todo', 'public'
AS $function$
declare
  zone text;
  today date;
  since timestamp := greatest(due_from(owner, filter), after_moment);
  until timestamp := due_until(owner, filter);
  only_overdue boolean := coalesce(filter ->> 'due' = 'overdue', false);
begin
  select s.version, s.zone, s.today into version, zone, today from list_state(owner) as s;
  -- The index has open tasks before completed ones: each kind is read by itself.
  return query select version, d.task, d.moment::text
  from unnest('{false,true}'::boolean[]) as kind (is_completed), lateral (
    select s.task, t.id, due_moment(t.due_day, t.due_time) as moment from task as t, task_as_text(t, zone, today) as s
    where t.user_id = owner and t.completed = kind.is_completed and t.due_day is not null
      and due_moment(t.due_day, t.due_time) >= since and due_moment(t.due_day, t.due_time) < until
      and (after_id is null or (due_moment(t.due_day, t.due_time), t.id) > (after_moment, after_id))
      and (not only_overdue or case when t.due_time is null then t.due_day < today else (t.due_day + t.due_time) at time zone zone < now() end)
    order by due_moment(t.due_day, t.due_time), t.id limit most
  ) as d
  where kind.is_completed = coalesce((filter -> 'completed')::boolean, kind.is_completed) and not (only_overdue and kind.is_completed)
  order by d.moment, d.id limit most;
  if not found then
    return next;
  end if;
end $function$;

CREATE OR REPLACE FUNCTION todo.read_page(owner text, most bigint, done boolean, after_id bigint, descending boolean)
 RETURNS TABLE(version text, task text)
 LANGUAGE plpgsql
 STABLE ROWS 1
 SET plan_cache_mode TO 'force_generic_plan'
 SET search_path TO 'todo', 'public'
AS $function$
declare
  zone text;
  today date;
begin
  select s.version, s.zone, s.today into version, zone, today from list_state(owner) as s;
  if done is null and not descending then
    task := (select string_agg(page.task, '') from (
      select s.task from task as t, task_as_text(t, zone, today) as s
      where t.user_id = owner and t.id > coalesce(after_id, 0) order by t.id limit most
    ) as page);
  elsif done is null then
    task := (select string_agg(page.task, '') from (
      select s.task from task as t, task_as_text(t, zone, today) as s
      where t.user_id = owner and t.id < coalesce(after_id, 9223372036854775807) order by t.id desc limit most
    ) as page);
  elsif not descending then
    task := (select string_agg(page.task, '') from (
      select s.task from task as t, task_as_text(t, zone, today) as s
      where t.user_id = owner and t.completed = done and t.id > coalesce(after_id, 0) order by t.id limit most
    ) as page);
  else
    task := (select string_agg(page.task, '') from (
      select s.task from task as t, task_as_text(t, zone, today) as s
      where t.user_id = owner and t.completed = done and t.id < coalesce(after_id, 9223372036854775807) order by t.id desc limit most
    ) as page);
  end if;
  return next;
end $function$;

CREATE OR REPLACE FUNCTION todo.read_task(owner text, wanted bigint)
 RETURNS text
 LANGUAGE plpgsql
 STABLE
 SET plan_cache_mode TO 'force_generic_plan'
 SET search_path TO 'todo', 'public'
AS $function$
begin
  return (select s.task from task as t, user_clock(owner) as c, task_as_text(t, c.zone, c.today) as s where t.user_id = owner and t.id = wanted);
end $function$;

CREATE OR REPLACE FUNCTION todo.record_calls(owner text, in_conversation bigint, in_turn bigint, by_attempt bigint, in_step integer, calls json)
 RETURNS boolean
 LANGUAGE plpgsql
 SET plan_cache_mode TO 'force_generic_plan'
 SET search_path TO 'todo', 'public'
AS $function$
begin
  perform from conversation as c
  where c.user_id = owner and c.id = in_conversation and c.turn = in_turn and c.attempt = by_attempt for update;
  if not found then
    return false;
  end if;
  insert into pending_action (user_id, id, conversation_id, turn, step, call_id, tool, arguments, summary, expires_at)
  select owner, call ->> 'action_id', in_conversation, in_turn, in_step, call ->> 'id', call ->> 'name', call -> 'arguments', call ->> 'summary',
    now() + interval '10 minutes'
  from json_array_elements(calls) as call where call ->> 'status' = 'confirmation_required'
  on conflict do nothing;
  insert into message (user_id, conversation_id, turn, step, role, tool_calls) values (owner, in_conversation, in_turn, in_step, 'tool', calls)
  on conflict on constraint message_pkey do update set tool_calls = excluded.tool_calls;
  return true;
end $function$;

CREATE OR REPLACE FUNCTION todo.record_lists()
 RETURNS trigger
 LANGUAGE plpgsql
 SET search_path TO 'todo', 'public'
AS $function$
declare
  who jsonb := coalesce(nullif(current_setting('todo.actor', true), ''), '{}');
  made record;
begin
  if who ->> 'actor' = 'none' then
    return null;
  elsif tg_op = 'INSERT' then
    for made in
      select l.user_id as owner, jsonb_agg(jsonb_build_object('id', l.id, 'name', l.name, 'after', list_members(l)) order by l.id) as entries
      from after_list as l where l.deleted_at is null group by l.user_id
    loop
      perform keep_change(made.owner, who, 'list_add', '{}', '[]', made.entries, 0);
    end loop;
    return null;
  end if;
  for made in
    select b.user_id as owner,
      case when bool_and(whole.after is null) then 'list_delete' when bool_and(whole.before is null) then 'list_add' else 'list_edit' end as kind,
      jsonb_agg(jsonb_build_object('id', b.id, 'name', a.name)
        || case when whole.before is null then '{}' else jsonb_build_object('before', coalesce(m.before, whole.before)) end
        || case when whole.after is null then '{}' else jsonb_build_object('after', coalesce(m.after, whole.after)) end order by b.id) as entries
    from before_list as b join after_list as a on a.user_id = b.user_id and a.id = b.id,
      lateral (select list_members(b) as before, list_members(a) as after) as whole,
      lateral (
        select jsonb_object_agg(key, value) as before, jsonb_object_agg(key, whole.after -> key) as after
        from jsonb_each(whole.before) where whole.after is not null and value <> whole.after -> key
      ) as m
    where whole.before is distinct from whole.after group by b.user_id
  loop
    perform keep_change(made.owner, who, made.kind, '{}', '[]', made.entries, 0);
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

CREATE OR REPLACE FUNCTION todo.record_tasks()
 RETURNS trigger
 LANGUAGE plpgsql
 SET search_path TO 'todo', 'public'
AS $function$
declare
  who jsonb := coalesce(nullif(current_setting('todo.actor', true), ''), '{}');
  made record;
begin
  if who ->> 'actor' = 'none' then
    return null;
  elsif tg_op = 'INSERT' then
    for made in
      select t.user_id as owner, array_agg(t.id order by t.id) as ids, jsonb_agg(entry order by t.id) as entries
      from after_task as t, lateral (select t.id, t.title, t as after) as entry group by t.user_id
    loop
      perform keep_change(made.owner, who, 'add', made.ids, made.entries, null, cardinality(made.ids));
    end loop;
  elsif tg_op = 'DELETE' then
    for made in
      select t.user_id as owner, array_agg(t.id order by t.id) as ids, jsonb_agg(entry order by t.id) as entries
      from before_task as t, lateral (select t.id, t.title, t as before) as entry group by t.user_id
    loop
      perform keep_change(made.owner, who, 'delete', made.ids, made.entries, null, 0);
    end loop;
  else
    for made in
      select b.user_id as owner, case when min(m.kind) = max(m.kind) then min(m.kind) else 'edit' end as kind,
        array_agg(b.id order by b.id) as ids, jsonb_agg(entry order by b.id) as entries
      from before_task as b join after_task as a on a.user_id = b.user_id and a.id = b.id,
        lateral changed_members(b, a) as m, lateral (select a.id, a.title, m.before, m.after) as entry
      where m.kind is not null group by b.user_id
    loop
      perform keep_change(made.owner, who, made.kind, made.ids, made.entries, null, cardinality(made.ids));
    end loop;
  end if;
  return null;
end $function$;

CREATE OR REPLACE FUNCTION todo.recorded_members(members jsonb)
 RETURNS jsonb
 LANGUAGE plpgsql
 STABLE
 SET search_path TO 'todo', 'public'
AS $function$
begin
  return (
    select jsonb_object_agg(key, value) from jsonb_each(to_jsonb(jsonb_populate_record(null::task, members)))
    where members ? key and key not in ('user_id', 'id')
  );
end $function$;

CREATE OR REPLACE FUNCTION todo.reminder_moment(day date, at time without time zone, minutes integer, zone text, hour time without time zone)
 RETURNS timestamp with time zone
 LANGUAGE sql
 STABLE
AS $function$
  select (day + coalesce(at, hour)) at time zone coalesce(zone, 'UTC') - minutes * interval '1 minute'
$function$;

CREATE OR REPLACE FUNCTION todo.reminder_times(t todo.task, zone text)
 RETURNS text[]
 LANGUAGE plpgsql
 STABLE
 SET search_path TO 'todo', 'public'
AS $function$
begin
  return array(
    select to_char(reminder_moment(t.due_day, t.due_time, minutes, zone, coalesce(s.reminder_time, '09:00')) at time zone zone, 'YYYY-MM-DD"T"HH24:MI')
    from unnest(t.remind) as r (minutes) left join user_settings as s on s.user_id = t.user_id order by minutes desc
  );
end $function$;

CREATE OR REPLACE FUNCTION todo.renew_grams()
 RETURNS trigger
 LANGUAGE plpgsql
 SET search_path TO 'todo', 'public'
AS $function$
begin
  new.grams := task_grams(new);
  return new;
end $function$;

CREATE OR REPLACE FUNCTION todo.repeat_days(freq text, first_day date, anchor date, names text[], month_days integer[])
 RETURNS SETOF date
 LANGUAGE plpgsql
 IMMUTABLE
 SET search_path TO 'todo', 'public'
AS $function$
declare
  weekdays constant text[] := '{MO,TU,WE,TH,FR,SA,SU}';
  month_end date := (date_trunc('month', first_day) + interval '1 month')::date - 1;
begin
  if freq = 'WEEKLY' then
    return query select first_day + (array_position(weekdays, name) - extract(isodow from first_day)::integer + 7) % 7
    from unnest(coalesce(names, array[weekdays[extract(isodow from anchor)::integer]])) as name;
  elsif freq = 'MONTHLY' and names is not null then
    return query select day from unnest(names) as name, lateral (
      select d::date as day, row_number() over (order by d) as from_begin, row_number() over (order by d desc) as from_end
      from generate_series(first_day, month_end, interval '1 day') as d
      where extract(isodow from d) = array_position(weekdays, right(name, 2))
    ) as same where coalesce(nullif(left(name, -2), '')::integer, from_begin) in (from_begin, -from_end);
  elsif freq = 'MONTHLY' then
    return query select case when number < 0 then month_end + 1 + number else least(first_day + number - 1, month_end) end
    from unnest(coalesce(month_days, array[extract(day from anchor)::integer])) as number;
  else
    return next first_day;
  end if;
end $function$;

CREATE OR REPLACE FUNCTION todo.repeat_left(rule text, anchor date, day date)
 RETURNS text
 LANGUAGE plpgsql
 IMMUTABLE
 SET search_path TO 'todo', 'public'
AS $function$
declare
  left_over integer := substring(rule from 'COUNT=([0-9]+)')::integer;
  passed date := anchor;
begin
  while left_over > 1 and passed < day loop
    left_over := left_over - 1;
    passed := repeat_next(regexp_replace(rule, ';COUNT=[0-9]+', ''), anchor, passed);
  end loop;
  return coalesce(regexp_replace(rule, 'COUNT=[0-9]+', 'COUNT=' || left_over), rule);
end $function$;

CREATE OR REPLACE FUNCTION todo.repeat_next(rule text, anchor date, after date)
 RETURNS date
 LANGUAGE plpgsql
 IMMUTABLE
 SET search_path TO 'todo', 'public'
AS $function$
declare
  freq text := substring(rule from 'FREQ=([A-Z]+)');
  every integer := coalesce(substring(rule from 'INTERVAL=([0-9]+)')::integer, 1);
  most integer := substring(rule from 'COUNT=([0-9]+)')::integer;
  last_day date := to_date(substring(rule from 'UNTIL=([0-9]{8})'), 'YYYYMMDD');
  names text[] := string_to_array(substring(rule from 'BYDAY=([-+0-9A-Z,]+)'), ',');
  week_start integer := coalesce(array_position('{MO,TU,WE,TH,FR,SA,SU}', substring(rule from 'WKST=([A-Z]+)')), 1);
  month_days integer[] := string_to_array(substring(rule from 'BYMONTHDAY=([-0-9,]+)'), ',')::integer[];
  period integer := 0;
  seen integer := 1;
  first_day date;
  day date;
begin
  if most is null and after > anchor then
    period := greatest(0, (after - anchor) / (every * case freq when 'DAILY' then 1 when 'WEEKLY' then 7 when 'MONTHLY' then 31 else 366 end) - 1);
  end if;
  loop
    first_day := case freq
      when 'DAILY' then anchor + period * every
      when 'WEEKLY' then anchor - (extract(isodow from anchor)::integer - week_start + 7) % 7 + period * every * 7
      when 'MONTHLY' then (date_trunc('month', anchor) + make_interval(months => period * every))::date
      else (anchor + make_interval(years => period * every))::date
    end;
    if first_day > coalesce(last_day, '2200-12-31') or first_day > '2200-12-31' then
      return null;
    end if;
    for day in select distinct d from repeat_days(freq, first_day, anchor, names, month_days) as d where d > anchor order by d loop
      seen := seen + 1;
      if seen > most or day > last_day or day > '2200-12-31' then
        return null;
      elsif day > after then
        return day;
      end if;
    end loop;
    period := period + 1;
  end loop;
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

CREATE OR REPLACE FUNCTION todo.shown_as_text(t todo.task)
 RETURNS text
 LANGUAGE plpgsql
 SET search_path TO 'todo', 'public'
AS $function$
declare
  zone text;
  today date;
  list text;
  times text[] := '{}';
begin
  if t.id is null then
    return null;
  end if;
  if t.due_day is not null then
    select c.zone, c.today into zone, today from user_clock(t.user_id) as c;
  end if;
  if t.list_id is not null then
    list := (select l.name from task_list as l where l.user_id = t.user_id and l.id = t.list_id);
  end if;
  if not (t.remind = '{}' or t.completed or t.due_day is null) then
    times := reminder_times(t, zone);
  end if;
  return task_fields(t, zone, today, list, times);
end $function$;

CREATE OR REPLACE FUNCTION todo.shown_by_id(owner text, most bigint, done boolean, after_id bigint, descending boolean)
 RETURNS TABLE(id bigint, title text, description text, completed boolean, created_at timestamp without time zone, updated_at timestamp without time zone, completed_at timestamp without time zone, priority smallint, due text, due_at timestamp without time zone, overdue boolean, repeat text, repeat_from text, remind integer[], tags text[], list text, parent bigint, "position" text, remind_at text[])
 LANGUAGE plpgsql
 STABLE ROWS 20
 SET search_path TO 'todo', 'public'
AS $function$
declare
  clock record;
begin
  select c.zone, c.today into clock from user_clock(owner) as c;
  return query select s.* from tasks_by_id(owner, most, done, after_id, descending) as t, shown_task(t, clock.zone, clock.today) as s;
end $function$;

CREATE OR REPLACE FUNCTION todo.shown_changes(owner text, since bigint, most bigint)
 RETURNS TABLE(version bigint, reload boolean, lists_changed boolean, gone text, id bigint, title text, description text, completed boolean, created_at timestamp without time zone, updated_at timestamp without time zone, completed_at timestamp without time zone, priority smallint, due text, due_at timestamp without time zone, overdue boolean, repeat text, repeat_from text, remind integer[], tags text[], list text, parent bigint, "position" text, remind_at text[])
 LANGUAGE plpgsql
 STABLE ROWS 20
 SET plan_cache_mode TO 'force_generic_plan'
 SET search_path TO 'todo', 'public'
AS $function$
begin
  return query select c.version, c.reload, c.lists_changed, coalesce(to_jsonb(c.gone), '[]')::text, s.*
  from changes_since(owner, since, most) as c, user_clock(owner) as k, shown_task(c.present, k.zone, k.today) as s
  order by s.id;
end $function$;

CREATE OR REPLACE FUNCTION todo.shown_subscription(p todo.push_subscription)
 RETURNS json
 LANGUAGE sql
 STABLE
AS $function$
  select json_build_object('id', p.id, 'device', p.device, 'created_at', todo.written_instant(p.created_at),
    'last_sent_at', todo.written_instant(p.last_sent_at), 'last_error', p.last_error)
$function$;

CREATE OR REPLACE FUNCTION todo.shown_task(t todo.task, zone text, today date)
 RETURNS TABLE(id bigint, title text, description text, completed boolean, created_at timestamp without time zone, updated_at timestamp without time zone, completed_at timestamp without time zone, priority smallint, due text, due_at timestamp without time zone, overdue boolean, repeat text, repeat_from text, remind integer[], tags text[], list text, parent bigint, "position" text, remind_at text[])
 LANGUAGE sql
 STABLE ROWS 1
AS $function$
  select t.id, t.title, t.description, t.completed, t.created_at at time zone 'utc', t.updated_at at time zone 'utc',
    t.completed_at at time zone 'utc', t.priority, todo.due_text(t.due_day, t.due_time),
    case when t.due_time is not null then (t.due_day + t.due_time) at time zone zone at time zone 'utc' end,
    case when t.completed or t.due_day is null then false
      when t.due_time is null then t.due_day < today
      else (t.due_day + t.due_time) at time zone zone < now() end,
    t.repeat, t.repeat_from, t.remind, t.tags,
    case when t.list_id is not null then (select l.name from todo.task_list as l where l.user_id = t.user_id and l.id = t.list_id) end,
    t.parent, todo.task_place(t.place, t.id),
    case when t.remind = '{}' or t.completed or t.due_day is null then '{}' else todo.reminder_times(t, zone) end
$function$;

CREATE OR REPLACE FUNCTION todo.start_turn(rate text, owner text, units bigint, seconds bigint, most bigint, key text, asked bigint, title text, said text, zone text, tokens bigint, micro_usd bigint, most_tokens bigint, most_micro_usd bigint, rests boolean)
 RETURNS TABLE(used bigint, full_in double precision, refused text, wait bigint, begun bigint, begun_turn bigint, today text)
 LANGUAGE plpgsql
 ROWS 1
 SET plan_cache_mode TO 'force_generic_plan'
 SET search_path TO 'todo', 'public'
AS $function$
begin
  if key is null or not exists (select from message as m where m.user_id = owner and m.idempotency_key = key) then
    select t.used, t.full_in into used, full_in from take_tokens(rate, owner, units, seconds, most) as t;
    select b.refused, b.wait, b.begun, b.begun_turn into refused, wait, begun, begun_turn
    from begin_turn(used > 0, owner, asked, title, said, key, tokens, micro_usd, most_tokens, most_micro_usd, rests) as b;
    today := local_time(zone);
  end if;
  return next;
end $function$;

CREATE OR REPLACE FUNCTION todo.subscribe_to_push(owner text, given_endpoint text, given_p256dh text, given_auth text, given_device text, given_language text, most bigint)
 RETURNS TABLE(added boolean, subscription todo.push_subscription)
 LANGUAGE plpgsql
 SET search_path TO 'todo', 'public'
AS $function$
begin
  perform pg_advisory_xact_lock(hashtextextended('push ' || owner, 0));
  added := not exists (select from push_subscription as p where p.user_id = owner and p.endpoint = given_endpoint);
  if added and (select count(*) from push_subscription as p where p.user_id = owner) >= most then
    return;
  end if;
  delete from push_subscription as p where p.endpoint = given_endpoint and p.user_id <> owner;
  insert into push_subscription as p (user_id, endpoint, p256dh, auth, device, language)
  values (owner, given_endpoint, given_p256dh, given_auth, given_device, given_language)
  on conflict (endpoint) do update set
    p256dh = excluded.p256dh, auth = excluded.auth, device = coalesce(excluded.device, p.device), language = excluded.language, last_error = null
  where p.user_id = owner
  returning p.* into subscription;
  if found then
    return next;
  end if;
end $function$;

CREATE OR REPLACE FUNCTION todo.sweep_reminders(history_days bigint)
 RETURNS bigint
 LANGUAGE plpgsql
 SET plan_cache_mode TO 'force_generic_plan'
 SET search_path TO 'todo', 'public'
AS $function$
begin
  if exists (select from reminder where next_at is null and remind_at < now() - interval '8 days') then
    delete from reminder where (user_id, task_id, due, minutes) in (
      select user_id, task_id, due, minutes from reminder
      where next_at is null and remind_at < now() - interval '8 days' order by remind_at limit 5000 for update skip locked
    );
  end if;
  if exists (select from task_change where made_at < now() - history_days * interval '1 day') then
    delete from task_change where (user_id, id) in (
      select user_id, id from task_change
      where made_at < now() - history_days * interval '1 day' order by made_at limit 5000 for update skip locked
    );
  end if;
  return (select floor(extract(epoch from now() - min(next_at)))::bigint from reminder where next_at <= now());
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

CREATE OR REPLACE FUNCTION todo.task_as_text(t todo.task, zone text, today date)
 RETURNS TABLE(task text)
 LANGUAGE sql
 STABLE ROWS 1
AS $function$
  select case when t.id is not null then todo.task_fields(t, zone, today,
    case when t.list_id is not null then (select l.name from todo.task_list as l where l.user_id = t.user_id and l.id = t.list_id) end,
    case when t.remind = '{}' or t.completed or t.due_day is null then '{}' else todo.reminder_times(t, zone) end
  ) end
$function$;

CREATE OR REPLACE FUNCTION todo.task_fields(t todo.task, zone text, today date, list text, times text[])
 RETURNS text
 LANGUAGE sql
 STABLE
AS $function$
  select row(
    t.id, t.title, t.description, t.completed, (date_part('epoch', t.created_at) * 1000000)::bigint, (date_part('epoch', t.updated_at) * 1000000)::bigint,
    (date_part('epoch', t.completed_at) * 1000000)::bigint, t.priority, todo.due_text(t.due_day, t.due_time),
    case when t.due_time is not null then (date_part('epoch', (t.due_day + t.due_time) at time zone zone) * 1000000)::bigint end,
    case when t.completed or t.due_day is null then false
      when t.due_time is null then t.due_day < today
      else (t.due_day + t.due_time) at time zone zone < now() end,
    t.repeat, t.repeat_from, t.remind, t.tags, list, t.parent, todo.task_place(t.place, t.id), times
  )::text
$function$;

CREATE OR REPLACE FUNCTION todo.task_fingerprint(members jsonb)
 RETURNS text
 LANGUAGE plpgsql
 IMMUTABLE
 SET search_path TO 'todo', 'public'
AS $function$
declare
  more jsonb := members - '{title,description,priority,title_key,title_search,description_search,zone}'::text[];
begin
  return encode(sha256(convert_to((members ->> 'title') || E'\n' || coalesce('+' || (members ->> 'description'), '')
    || case when coalesce(members ->> 'priority', '4') = '4' then '' else E'\npriority ' || (members ->> 'priority') end
    || case when more = '{}' then '' else E'\n' || more::text end, 'UTF8')), 'hex');
end $function$;

CREATE OR REPLACE FUNCTION todo.task_fits(t todo.task, owner text, filter jsonb)
 RETURNS boolean
 LANGUAGE sql
 STABLE
AS $function$
  select (filter -> 'completed' is null or t.completed = (filter -> 'completed')::boolean)
    and (filter -> 'priority' is null or t.priority = (filter -> 'priority')::smallint)
    and (filter -> 'number' is null or t.id = (filter -> 'number')::bigint)
    and (filter -> 'words' is null
      or coalesce(t.title_search || E'\n' || coalesce(t.description_search, ''), lower(t.title || E'\n' || coalesce(t.description, '')))
        like all (todo.texts(filter -> 'words')))
    and (filter -> 'searchable' is null or t.grams is not null)
    and (filter -> 'terms' is null or t.grams @> todo.word_grams(owner, filter -> 'terms'))
    and (filter -> 'tags' is null or t.tag_keys <> '{}' and (t.tag_keys || t.user_id) @> (todo.texts(filter -> 'tags') || owner))
    and (filter -> 'list' is null
      or case filter ->> 'list' when '' then t.list_id is null else t.list_id = todo.list_with_key(owner, filter ->> 'list') end)
    and (filter -> 'parent' is null or t.parent = (filter -> 'parent')::bigint)
    and (coalesce(filter ->> 'due', 'none') = 'none' and filter -> 'due_after' is null and filter -> 'due_before' is null
      or t.due_day is not null and todo.due_moment(t.due_day, t.due_time) >= todo.due_from(owner, filter)
        and todo.due_moment(t.due_day, t.due_time) < todo.due_until(owner, filter))
    and (coalesce(filter ->> 'due', '') <> 'none' or t.due_day is null)
    and (coalesce(filter ->> 'due', '') <> 'overdue'
      or not t.completed and (t.due_day < current_date - 2 or todo.is_overdue(owner, t.due_day, t.due_time)))
$function$;

CREATE OR REPLACE FUNCTION todo.task_grams(t todo.task)
 RETURNS integer[]
 LANGUAGE sql
 IMMUTABLE
AS $function$
  select todo.text_grams(t.user_id, coalesce(t.title_search || E'\n' || coalesce(t.description_search, ''), lower(t.title || E'\n' || coalesce(t.description, ''))))
$function$;

CREATE OR REPLACE FUNCTION todo.task_page(owner text, most bigint, done boolean, after_id bigint, descending boolean)
 RETURNS TABLE(version text, id bigint, title text, description text, completed boolean, created_at timestamp without time zone, updated_at timestamp without time zone, completed_at timestamp without time zone, priority smallint, due text, due_at timestamp without time zone, overdue boolean, repeat text, repeat_from text, remind integer[], tags text[], list text, parent bigint, "position" text, remind_at text[])
 LANGUAGE plpgsql
 STABLE ROWS 20
 SET plan_cache_mode TO 'force_generic_plan'
 SET search_path TO 'todo', 'public'
AS $function$
declare
  zone text;
  today date;
begin
  select s.version, s.zone, s.today into version, zone, today from list_state(owner) as s;
  if done is null and not descending then
    return query select version, s.* from task as t, shown_task(t, zone, today) as s
    where t.user_id = owner and t.id > coalesce(after_id, 0) order by t.id limit most;
  elsif done is null then
    return query select version, s.* from task as t, shown_task(t, zone, today) as s
    where t.user_id = owner and t.id < coalesce(after_id, 9223372036854775807) order by t.id desc limit most;
  elsif not descending then
    return query select version, s.* from task as t, shown_task(t, zone, today) as s
    where t.user_id = owner and t.completed = done and t.id > coalesce(after_id, 0) order by t.id limit most;
  else
    return query select version, s.* from task as t, shown_task(t, zone, today) as s
    where t.user_id = owner and t.completed = done and t.id < coalesce(after_id, 9223372036854775807) order by t.id desc limit most;
  end if;
  if not found then
    return next;
  end if;
end $function$;

CREATE OR REPLACE FUNCTION todo.task_place(place text, id bigint)
 RETURNS text
 LANGUAGE sql
 IMMUTABLE
AS $function$
  select coalesce(place, chr(96 + length(id::text)) || id::text || 'i') collate "C"
$function$;

CREATE OR REPLACE FUNCTION todo.task_siblings(owner text, wanted bigint)
 RETURNS bigint[]
 LANGUAGE sql
 STABLE
AS $function$
  select array(
    select t.id from todo.task as itself join todo.task as t on t.user_id = itself.user_id
      and t.list_id is not distinct from itself.list_id and t.parent is not distinct from itself.parent
    where itself.user_id = owner and itself.id = wanted
    order by todo.task_place(t.place, t.id), t.id limit 1000
  )
$function$;

CREATE OR REPLACE FUNCTION todo.task_tags(t todo.task, members jsonb)
 RETURNS jsonb
 LANGUAGE sql
 IMMUTABLE
AS $function$
  select jsonb_build_object('tag_keys', coalesce(jsonb_agg(key order by number), '[]'), 'tags', coalesce(jsonb_agg(name order by number), '[]'))
  from (
    select distinct on (key) key, name, number from (
      select key, name, number from unnest(t.tag_keys, t.tags) with ordinality as old (key, name, number)
      union all
      select key, name, 100 + number from rows from (
        jsonb_array_elements_text(members -> 'add_tag_keys'), jsonb_array_elements_text(members -> 'add_tags')
      ) with ordinality as more (key, name, number)
    ) as every
    where not coalesce(members -> 'remove_tag_keys', '[]') ? key
    order by key, number
  ) as kept
$function$;

CREATE OR REPLACE FUNCTION todo.task_with(t todo.task, members jsonb)
 RETURNS todo.task
 LANGUAGE plpgsql
 SET search_path TO 'todo', 'public'
AS $function$
declare
  given task := jsonb_populate_record(t, members);
  moment timestamp;
begin
  if members ? 'due' then
    given.due_day := left(members ->> 'due', 10)::date;
    given.due_time := nullif(substr(members ->> 'due', 12, 5), '')::time;
    if members ->> 'due' like '%Z' then
      select date_trunc('minute', (members ->> 'due')::timestamptz at time zone c.zone) into moment from user_clock(t.user_id) as c;
      given.due_day := moment::date;
      given.due_time := moment::time;
    end if;
    if given.due_day is null and not members ? 'repeat' then
      given.repeat := null;
    end if;
  end if;
  if given.repeat is distinct from t.repeat or given.due_day is distinct from t.due_day then
    given.repeat_anchor := case when given.repeat is not null then coalesce((members ->> 'repeat_anchor')::date, given.due_day) end;
    given.repeat_done := coalesce((members ->> 'repeat_done')::integer, 0);
    if given.repeat = t.repeat and given.repeat_from = 'due' then
      given.repeat := repeat_left(t.repeat, t.repeat_anchor, t.due_day);
    elsif given.repeat = t.repeat then
      given.repeat_done := t.repeat_done;
    end if;
  end if;
  if members ? 'list' then
    given.list_id := list_named(t.user_id, members ->> 'list', members ->> 'list_key', members ? 'new_list');
  end if;
  if cardinality(given.tag_keys) > 0 and given.tag_keys is distinct from t.tag_keys then
    insert into tag (user_id, key, name)
    select t.user_id, u.key, u.name from unnest(given.tag_keys, given.tags) as u (key, name) order by u.key on conflict do nothing;
    given.tags := array(
      select g.name from unnest(given.tag_keys) with ordinality as u (key, number), tag as g
      where g.user_id = t.user_id and g.key = u.key order by u.number
    );
  end if;
  return given;
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

CREATE OR REPLACE FUNCTION todo.text_grams(owner text, given text)
 RETURNS integer[]
 LANGUAGE sql
 IMMUTABLE
AS $function$
  select array(
    select distinct hashtext(owner || gram) from (
      select c || lead(c) over (order by n) as gram from unnest(string_to_array(given, null)) with ordinality as s (c, n)
      union all
      select c from unnest(string_to_array(given, null)) as s (c) where c > '~' collate "C"
    ) as grams where gram !~ '\s'
  )
$function$;

CREATE OR REPLACE FUNCTION todo.texts(list jsonb)
 RETURNS text[]
 LANGUAGE sql
 IMMUTABLE
AS $function$
  select array(select jsonb_array_elements_text(list))
$function$;

CREATE OR REPLACE FUNCTION todo.turns_until(owner text, in_conversation bigint, last_turn bigint, most bigint, whole boolean)
 RETURNS TABLE(turn bigint, role text, text text, content text, model text, model_version text, outcome text, tool_calls text, summary text)
 LANGUAGE plpgsql
 STABLE ROWS 20
 SET plan_cache_mode TO 'force_generic_plan'
 SET search_path TO 'todo', 'public'
AS $function$
begin
  return query select m.turn, m.role, m.text, m.content::text, m.model, m.model_version, m.outcome, m.tool_calls::text, c.summary
  from message as m join conversation as c on c.user_id = m.user_id and c.id = m.conversation_id
  where m.user_id = owner and m.conversation_id = in_conversation
    and m.turn <= last_turn and m.turn > last_turn - most and (m.turn > c.summarized_turn or whole)
  order by m.turn, m.step;
  if not found then
    return next;
  end if;
end $function$;

CREATE OR REPLACE FUNCTION todo.undo_tasks(owner text, wanted bigint, restored bigint, most bigint, days bigint)
 RETURNS TABLE(state text, undone bigint, kind text, title text, made bigint, amount bigint, gone bigint[], kept jsonb, lists jsonb, present todo.task)
 LANGUAGE plpgsql
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
    title := coalesce(case when old.kind like 'list\_%' then old.lists -> 0 ->> 'name' end, old.tasks -> 0 ->> 'title', old.lists -> 0 ->> 'name');
    perform from task as t where t.user_id = owner and t.id = any(old.task_ids) order by t.id for update;
    perform from task_counter as c where c.user_id = owner for update;
    select coalesce(jsonb_agg(to_jsonb(planned) || jsonb_build_object('id', entry -> 'id', 'title', coalesce(t.title, entry ->> 'title'))), '[]')
    into plan from jsonb_array_elements(old.tasks) as entry
    left join task as t on t.user_id = owner and t.id = (entry -> 'id')::bigint,
      plan_undo(recorded_members(entry -> 'before'), recorded_members(entry -> 'after'),
        case when t.id is not null then to_jsonb(t) - '{user_id,id}'::text[] end) as planned
    where restored is null or entry -> 'id' = to_jsonb(restored);
    lists := case when restored is null then plan_lists(owner, old.lists, plan) end;
    select array_agg((item -> 'id')::bigint order by item -> 'id') filter (where item ->> 'act' is not null),
      array_agg((item -> 'id')::bigint order by item -> 'id') filter (where item ->> 'act' = 'delete'),
      count(*) filter (where item ->> 'act' = 'insert') - count(*) filter (where item ->> 'act' = 'delete'),
      jsonb_agg(jsonb_build_object('id', item -> 'id', 'title', item -> 'title', 'members', item -> 'kept')) filter (where item -> 'kept' <> '[]')
    into acts, gone, growth, kept from jsonb_array_elements(plan) as item;
    state := case when old.id is null then 'nothing' when old.undone_by is not null and restored is null then 'undone'
      when acts is not null or lists @? '$[*] ? (@.act != null)' then 'done'
      when kept is not null or lists @? '$[*] ? (@.kept.size() > 0)' then 'changed' when wanted is not null then 'undone' else 'nothing' end;
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
    perform write_lists(owner, lists, false);
    perform write_undo(owner, plan);
    perform write_lists(owner, lists, true);
  exception when integrity_constraint_violation then
    update task_counter as c set live = c.live - growth where c.user_id = owner;
    state := 'changed';
    return next;
    return;
  end;
  update task as t set grams = task_grams(t) where t.user_id = owner and t.id = any(acts) and t.grams is null
    and (select c.search_state > 0 from task_counter as c where c.user_id = owner);
  delete from deleted_task as d using task as t where d.user_id = owner and d.id = any(acts) and t.user_id = owner and t.id = d.id;
  made := current_change();
  -- The change is undone; what it had undone itself stands again, and so on.
  mark := made;
  while link is not null loop
    update task_change as c set undone_by = mark where c.user_id = owner and c.id = link returning c.undoes into old.undoes;
    mark := case when mark is null then link end;
    link := case when found then old.undoes end;
  end loop;
  amount := coalesce(cardinality(acts), 0);
  return query select state, undone, kind, title, made, amount, gone, kept, lists, t
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

CREATE OR REPLACE FUNCTION todo.user_clock(owner text)
 RETURNS TABLE(zone text, local_now timestamp without time zone, day_start interval, today date)
 LANGUAGE sql
 STABLE ROWS 1
AS $function$
  select z.zone, now() at time zone z.zone, z.day_start, ((now() at time zone z.zone) - z.day_start)::date
  from (
    select coalesce(s.time_zone, 'UTC') as zone, coalesce(s.day_start, time '00:00')::interval as day_start
    from (select) as always left join todo.user_settings as s on s.user_id = owner
  ) as z
$function$;

CREATE OR REPLACE FUNCTION todo.valid_task(id bigint, title text, description text, priority smallint, due_day date, due_time time without time zone, repeat text, repeat_from text, remind integer[], tags text[], parent bigint)
 RETURNS boolean
 LANGUAGE plpgsql
 IMMUTABLE
 SET search_path TO 'todo', 'public'
AS $function$
declare
  violated text := case
    when id <= 0 then 'task_id_check'
    when char_length(title) not between 1 and 200 then 'task_title_check'
    when char_length(description) not between 1 and 10000 then 'task_description_check'
    when priority not between 1 and 4 then 'task_priority_check'
    when due_day not between '1970-01-01' and '2200-12-31' then 'task_due_day_check'
    when due_time is not null and due_day is null then 'task_due_time_check'
    when char_length(repeat) not between 1 and 250 then 'task_repeat_check'
    when repeat is not null and due_day is null then 'task_repeat_due'
    when repeat_from not in ('due', 'completion') then 'task_repeat_from_check'
    when cardinality(remind) > 5 then 'task_remind_check'
    when cardinality(tags) > 20 then 'task_tags_check'
    when parent = id then 'task_parent_self'
  end;
begin
  if violated is null then
    return true;
  end if;
  raise exception 'a task violates check constraint "%"', violated using errcode = 'check_violation', schema = 'todo', table = 'task', constraint = violated;
end $function$;

CREATE OR REPLACE FUNCTION todo.week_end(owner text, day date)
 RETURNS date
 LANGUAGE sql
 STABLE COST 1
AS $function$
  select day + 7 - (extract(isodow from day)::integer + 7 - coalesce(
    (select case s.week_start when 'saturday' then 6 when 'sunday' then 7 else 1 end from todo.user_settings as s where s.user_id = owner), 1
  )) % 7
$function$;

CREATE OR REPLACE FUNCTION todo.word_grams(owner text, words jsonb)
 RETURNS integer[]
 LANGUAGE sql
 IMMUTABLE
AS $function$
  select array(select distinct gram from jsonb_array_elements_text(words) as w (word), unnest(todo.text_grams(owner, word)) as g (gram))
$function$;

CREATE OR REPLACE FUNCTION todo.write_change(owner text, wanted bigint, members jsonb, expected text[], actor text)
 RETURNS TABLE(present boolean, change bigint, task text, occurrence_due text, occurrence_at timestamp without time zone)
 LANGUAGE plpgsql
 ROWS 1
 SET plan_cache_mode TO 'force_generic_plan'
 SET search_path TO 'todo', 'public'
AS $function$
declare
  noted text := acting(owner, actor);
  who jsonb := actor;
  was task;
  given task;
  is_done boolean;
  only_completes boolean := members - '{completed,zone,key,if_due}'::text[] = '{}';
  next_time record;
  key_task bigint;
  made record;
begin
  select t.* into was from task as t
  where t.user_id = owner and t.id = wanted
    and (expected is null or to_char(t.updated_at at time zone 'utc', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') = any(expected))
  for update;
  if not found then
    present := exists (select from task as t where t.user_id = owner and t.id = wanted);
    return next;
    return;
  end if;
  given := was;
  is_done := members ? 'if_due' and due_text(was.due_day, was.due_time) is distinct from members ->> 'if_due';
  if members ? 'key' and not is_done then
    delete from idempotency_key as k
    where k.user_id = owner and k.key = members ->> 'key' and k.created_at <= now() - interval '24 hours';
    select case when k.fingerprint = 'change' then k.task_id else 0 end into key_task
    from idempotency_key as k where k.user_id = owner and k.key = members ->> 'key';
    if not found then
      insert into idempotency_key (user_id, key, fingerprint, task_id, created_at)
      values (owner, members ->> 'key', 'change', wanted, date_trunc('milliseconds', now()));
    elsif key_task = wanted then
      is_done := true;
    else
      raise exception 'the key was used for something else' using errcode = 'unique_violation', constraint = 'idempotency_key_used';
    end if;
  end if;
  if not is_done then
    if members ? 'zone' then
      perform keep_zone(owner, members ->> 'zone');
    end if;
    if only_completes then
      given.completed := coalesce((members ->> 'completed')::boolean, was.completed);
    else
      given := task_with(was, members);
    end if;
    if given.completed and not was.completed and given.repeat is not null then
      select o.* into next_time from next_occurrence(given) as o;
      occurrence_due := next_time.due;
      if occurrence_due is not null then
        given := next_time.again;
        occurrence_at := date_trunc('milliseconds', now()) at time zone 'utc';
        who := who || '{"kind":"complete"}';
        noted := acting(owner, who::text);
        only_completes := false;
      end if;
    end if;
  end if;
  if given is distinct from was then
    noted := set_config('todo.is_kept', 'yes', true);
    if only_completes then
      -- Of so few columns: triggers and indexes of the others need not be looked at.
      update task as t set completed = given.completed,
        completed_at = case when given.completed then date_trunc('milliseconds', now()) end,
        updated_at = greatest(date_trunc('milliseconds', now()), t.updated_at + interval '1 millisecond')
      where t.user_id = owner and t.id = wanted
      returning t.* into given;
      select case when given.completed then 'complete' else 'reopen' end as kind,
        completion_members(was.completed, was.completed_at, was.updated_at) as before,
        completion_members(given.completed, given.completed_at, given.updated_at) as after into made;
    else
      update task as t set
        title = given.title, description = given.description, completed = given.completed, priority = given.priority,
        due_day = given.due_day, due_time = given.due_time,
        repeat = given.repeat, repeat_from = given.repeat_from, repeat_anchor = given.repeat_anchor, repeat_done = given.repeat_done,
        remind = given.remind, tags = given.tags, tag_keys = given.tag_keys, list_id = given.list_id, parent = given.parent,
        title_key = given.title_key, title_search = given.title_search, description_search = given.description_search,
        updated_at = greatest(date_trunc('milliseconds', now()), t.updated_at + interval '1 millisecond')
      where t.user_id = owner and t.id = wanted
      returning t.* into given;
      made := changed_members(was, given);
    end if;
    noted := set_config('todo.is_kept', '', true);
    if who ->> 'actor' <> 'none' then
      perform keep_change(owner, who, made.kind, array[wanted], jsonb_build_array(
        jsonb_build_object('id', wanted, 'title', given.title, 'before', made.before, 'after', made.after)), null, 1);
    end if;
    if given.completed and not was.completed or occurrence_due is not null then
      update task as s set completed = given.completed,
        updated_at = greatest(date_trunc('milliseconds', now()), s.updated_at + interval '1 millisecond')
      where s.user_id = owner and s.parent = wanted and s.completed <> given.completed;
    end if;
  end if;
  return query select true, current_change(), s.task, occurrence_due, occurrence_at
  from user_clock(owner) as c, task_as_text(given, c.zone, c.today) as s;
end $function$;

CREATE OR REPLACE FUNCTION todo.write_lists(owner text, plan jsonb, going boolean)
 RETURNS void
 LANGUAGE plpgsql
 SET search_path TO 'todo', 'public'
AS $function$
begin
  if going then
    update task_list as l set deleted_at = now() from jsonb_array_elements(plan) as item
    where l.user_id = owner and l.id = (item -> 'id')::bigint and item ->> 'act' = 'delete';
    return;
  end if;
  insert into task_list as l (user_id, id, name, name_key, color, archived, place, created_at)
  select owner, (item -> 'id')::bigint, old.name, old.name_key, old.color, old.archived, old.place, old.created_at
  from jsonb_array_elements(plan) as item, jsonb_populate_record(null::task_list, item -> 'patch') as old
  where item ->> 'act' = 'insert'
  on conflict on constraint task_list_pkey do update set
    deleted_at = null, name = excluded.name, name_key = excluded.name_key, color = excluded.color, archived = excluded.archived, place = excluded.place;
  update task_list as l set name = old.name, name_key = old.name_key, color = old.color, archived = old.archived, place = old.place
  from jsonb_array_elements(plan) as item, task_list as present, jsonb_populate_record(present, item -> 'patch') as old
  where l.user_id = owner and l.id = (item -> 'id')::bigint and present.user_id = owner and present.id = l.id and item ->> 'act' = 'update';
end $function$;

CREATE OR REPLACE FUNCTION todo.write_new_task(owner text, members jsonb, most bigint, given_key text, actor text)
 RETURNS TABLE(known boolean, replayed boolean, reused boolean, deleted boolean, change bigint, task text)
 LANGUAGE plpgsql
 ROWS 1
 SET plan_cache_mode TO 'force_generic_plan'
 SET search_path TO 'todo', 'public'
AS $function$
declare
  noted text := acting(owner, actor);
  who jsonb := actor;
  asked text;
  earlier idempotency_key;
  counted task_counter;
  added task;
begin
  known := true;
  replayed := false;
  reused := false;
  deleted := false;
  if given_key is not null then
    asked := task_fingerprint(members);
    delete from idempotency_key as k
    where k.user_id = owner and k.key = given_key and k.created_at <= now() - interval '24 hours';
    select k.* into earlier from idempotency_key as k where k.user_id = owner and k.key = given_key;
    if found then
      replayed := true;
      reused := earlier.fingerprint <> asked;
      if not reused then
        deleted := not exists (select from task as t where t.user_id = owner and t.id = earlier.task_id);
        added := task_with(blank_task(owner, earlier.task_id, earlier.created_at), members);
      end if;
    end if;
  end if;
  if not replayed then
    insert into task_counter as counter (user_id, last_id, live, last_change)
    select u.id, 1, 1, 1 from "user" as u where u.id = owner and most > 0
    on conflict on constraint task_counter_pkey do update set
      last_id = counter.last_id + 1, live = counter.live + 1, last_change = counter.last_change + 1
    where counter.live < most
    returning counter.* into counted;
    if found then
      noted := set_config('todo.numbered', counted.last_change::text, true);
      added := blank_task(owner, counted.last_id, date_trunc('milliseconds', now()));
      if given_key is not null then
        insert into idempotency_key (user_id, key, fingerprint, task_id, created_at) values (owner, given_key, asked, added.id, added.created_at);
      end if;
      if members ? 'zone' then
        perform keep_zone(owner, members ->> 'zone');
      end if;
      if members ?| '{due,repeat,list,tags}' then
        added := task_with(added, members);
      else
        added := jsonb_populate_record(added, members);
      end if;
      if counted.search_state > 0 then
        added.grams := task_grams(added);
      end if;
      noted := set_config('todo.is_kept', 'yes', true);
      insert into task as t values (added.*) returning t.* into added;
      noted := set_config('todo.is_kept', '', true);
      if who ->> 'actor' <> 'none' then
        perform keep_change(owner, who, 'add', array[added.id],
          jsonb_build_array(jsonb_build_object('id', added.id, 'title', added.title, 'after', added)), null, 1);
      end if;
    else
      known := exists (select from "user" as u where u.id = owner);
    end if;
  end if;
  if added.id is null then
    return next;
  else
    return query select known, replayed, reused, deleted, current_change(), s.task
    from user_clock(owner) as c, task_as_text(added, c.zone, c.today) as s;
  end if;
end $function$;

CREATE OR REPLACE FUNCTION todo.write_undo(owner text, plan jsonb)
 RETURNS void
 LANGUAGE plpgsql
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
  if given is not null then
    execute format('insert into task (user_id, id, %1$s) select $1, (item -> ''id'')::bigint, %1$s
      from jsonb_array_elements($2) as item, jsonb_populate_record(null::task, item -> ''patch'')
      where item ->> ''act'' = ''insert''', given) using owner, plan;
  end if;
  execute format('update task as t set (%1$s) = (
      select %1$s from jsonb_populate_record(t, item -> ''patch'' || jsonb_build_object(''updated_at'',
        greatest(date_trunc(''milliseconds'', now()), t.updated_at + interval ''1 millisecond'')))
    ) from jsonb_array_elements($2) as item
    where t.user_id = $1 and t.id = (item -> ''id'')::bigint and item ->> ''act'' = ''update''', every) using owner, plan;
end $function$;

CREATE OR REPLACE FUNCTION todo.written_as_text(owner text, t todo.task)
 RETURNS TABLE(task text)
 LANGUAGE plpgsql
 ROWS 1
 SET search_path TO 'todo', 'public'
AS $function$
begin
  task := shown_as_text(t);
  return next;
end $function$;

CREATE OR REPLACE FUNCTION todo.written_instant(at timestamp with time zone)
 RETURNS text
 LANGUAGE sql
 STABLE
AS $function$
  select to_char(at at time zone 'utc', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')
$function$;

CREATE OR REPLACE FUNCTION todo.written_task(owner text, t todo.task)
 RETURNS TABLE(id bigint, title text, description text, completed boolean, created_at timestamp without time zone, updated_at timestamp without time zone, completed_at timestamp without time zone, priority smallint, due text, due_at timestamp without time zone, overdue boolean, repeat text, repeat_from text, remind integer[], tags text[], list text, parent bigint, "position" text, remind_at text[])
 LANGUAGE plpgsql
 ROWS 1
 SET search_path TO 'todo', 'public'
AS $function$
begin
  return query select s.* from user_clock(owner) as c, shown_task(t, c.zone, c.today) as s;
end $function$;

CREATE OR REPLACE FUNCTION todo.zone_changes(zone text, first_day date, last_day date)
 RETURNS TABLE(changed_at timestamp without time zone, offset_before integer, offset_after integer)
 LANGUAGE sql
 STABLE ROWS 30
AS $function$
  select minute.at, day.before, day.after
  from (
    select d as begins, todo.zone_offset(zone, d) as before, todo.zone_offset(zone, d + interval '1 day') as after
    from generate_series(first_day::timestamp, last_day::timestamp, interval '1 day') as d
  ) as day,
  lateral (
    select min(h) as ends from generate_series(day.begins + interval '1 hour', day.begins + interval '1 day', interval '1 hour') as h
    where todo.zone_offset(zone, h) = day.after
  ) as hour,
  lateral (
    select min(m) as at from generate_series(hour.ends - interval '59 minutes', hour.ends, interval '1 minute') as m
    where todo.zone_offset(zone, m) = day.after
  ) as minute
  where day.before <> day.after
  order by minute.at
$function$;

CREATE OR REPLACE FUNCTION todo.zone_offset(zone text, at timestamp without time zone)
 RETURNS integer
 LANGUAGE sql
 STABLE
AS $function$
  select extract(epoch from (at at time zone 'UTC' at time zone zone) - at)::integer
$function$;

CREATE OR REPLACE FUNCTION todo.zoned_drafts(drafts jsonb)
 RETURNS jsonb
 LANGUAGE sql
 STABLE
AS $function$
  select coalesce(jsonb_agg(
    case when draft ? 'due_zone'
      then draft - 'due_zone' || jsonb_build_object('due', todo.zoned_due(draft ->> 'due', draft ->> 'due_zone'))
      else draft end
    order by number), '[]')
  from jsonb_array_elements(drafts) with ordinality as d (draft, number)
$function$;

CREATE OR REPLACE FUNCTION todo.zoned_due(due text, zone text)
 RETURNS text
 LANGUAGE plpgsql
 STABLE
 SET search_path TO 'todo', 'public'
AS $function$
begin
  if due like '%Z' then
    return to_char(due::timestamptz at time zone zone, 'YYYY-MM-DD');
  end if;
  return to_char(due::timestamp at time zone zone at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"');
exception when invalid_parameter_value then
  return case when due like '%Z' then left(due, 10) else due end;
end $function$;

alter table todo.task add constraint task_valid CHECK (todo.valid_task(id, title, description, priority, due_day, due_time, repeat, repeat_from, remind, tags, parent));

CREATE TRIGGER conversation_deleted AFTER DELETE ON todo.conversation FOR EACH ROW WHEN (old.reserved_on IS NOT NULL AND old.running_until >= now()) EXECUTE FUNCTION todo.give_back();

CREATE TRIGGER conversation_settled AFTER UPDATE OF reserved_on ON todo.conversation FOR EACH ROW WHEN (old.reserved_on IS NOT NULL AND new.reserved_on IS NULL) EXECUTE FUNCTION todo.give_back();

CREATE TRIGGER task_change_of_file AFTER INSERT ON todo.task_change FOR EACH ROW WHEN (new.kind = 'import'::text AND cardinality(new.task_ids) > 0) EXECUTE FUNCTION todo.note_imported_file();

CREATE TRIGGER task_change_of_file_after_list AFTER UPDATE OF task_ids ON todo.task_change FOR EACH ROW WHEN (new.kind = 'import'::text AND cardinality(old.task_ids) = 0 AND cardinality(new.task_ids) > 0) EXECUTE FUNCTION todo.note_imported_file();

CREATE TRIGGER task_counter_deleted AFTER DELETE ON todo.task_counter FOR EACH ROW EXECUTE FUNCTION todo.delete_changes();

CREATE TRIGGER task_list_added AFTER INSERT ON todo.task_list REFERENCING NEW TABLE AS after_list FOR EACH STATEMENT EXECUTE FUNCTION todo.record_lists();

CREATE TRIGGER task_list_changed AFTER UPDATE ON todo.task_list REFERENCING OLD TABLE AS before_list NEW TABLE AS after_list FOR EACH STATEMENT EXECUTE FUNCTION todo.record_lists();

CREATE TRIGGER task_added AFTER INSERT ON todo.task REFERENCING NEW TABLE AS after_task FOR EACH STATEMENT WHEN (current_setting('todo.is_kept'::text, true) IS DISTINCT FROM 'yes'::text) EXECUTE FUNCTION todo.record_tasks();

CREATE TRIGGER task_changed AFTER UPDATE ON todo.task REFERENCING OLD TABLE AS before_task NEW TABLE AS after_task FOR EACH STATEMENT WHEN (current_setting('todo.is_kept'::text, true) IS DISTINCT FROM 'yes'::text) EXECUTE FUNCTION todo.record_tasks();

CREATE TRIGGER task_completed BEFORE UPDATE OF completed ON todo.task FOR EACH ROW WHEN (old.completed IS DISTINCT FROM new.completed AND new.completed = (new.completed_at IS NULL)) EXECUTE FUNCTION todo.note_completion();

CREATE TRIGGER task_deleted AFTER DELETE ON todo.task REFERENCING OLD TABLE AS before_task FOR EACH STATEMENT EXECUTE FUNCTION todo.record_tasks();

CREATE TRIGGER task_deleted_for_earlier_release AFTER DELETE ON todo.task REFERENCING OLD TABLE AS before_task FOR EACH STATEMENT EXECUTE FUNCTION todo.keep_for_earlier_release();

CREATE TRIGGER task_folded BEFORE UPDATE OF title, description ON todo.task FOR EACH ROW WHEN ((new.title IS DISTINCT FROM old.title OR new.description IS DISTINCT FROM old.description) AND NOT (new.title_search IS DISTINCT FROM old.title_search OR new.description_search IS DISTINCT FROM old.description_search)) EXECUTE FUNCTION todo.drop_folded();

CREATE TRIGGER task_grams_renewed BEFORE UPDATE OF title, description, title_search, description_search ON todo.task FOR EACH ROW WHEN (old.grams IS NOT NULL AND (new.title IS DISTINCT FROM old.title OR new.description IS DISTINCT FROM old.description OR new.title_search IS DISTINCT FROM old.title_search OR new.description_search IS DISTINCT FROM old.description_search)) EXECUTE FUNCTION todo.renew_grams();

CREATE TRIGGER task_new_list BEFORE INSERT ON todo.task FOR EACH ROW WHEN (new.list_id IS NOT NULL) EXECUTE FUNCTION todo.keep_list();

CREATE CONSTRAINT TRIGGER task_new_parent AFTER INSERT ON todo.task NOT DEFERRABLE INITIALLY IMMEDIATE FOR EACH ROW WHEN (new.parent IS NOT NULL) EXECUTE FUNCTION todo.check_parent();

CREATE TRIGGER task_other_list BEFORE UPDATE OF list_id ON todo.task FOR EACH ROW WHEN (new.list_id IS NOT NULL AND new.list_id IS DISTINCT FROM old.list_id) EXECUTE FUNCTION todo.keep_list();

CREATE CONSTRAINT TRIGGER task_other_parent AFTER UPDATE OF parent ON todo.task NOT DEFERRABLE INITIALLY IMMEDIATE FOR EACH ROW WHEN (new.parent IS NOT NULL AND new.parent IS DISTINCT FROM old.parent) EXECUTE FUNCTION todo.check_parent();

CREATE TRIGGER task_reminders_added AFTER INSERT ON todo.task FOR EACH ROW WHEN (new.due_day IS NOT NULL AND new.remind <> '{}'::integer[]) EXECUTE FUNCTION todo.keep_reminders();

CREATE TRIGGER task_reminders_changed AFTER UPDATE ON todo.task FOR EACH ROW WHEN (old.due_day IS NOT NULL OR new.due_day IS NOT NULL) EXECUTE FUNCTION todo.keep_reminders();

CREATE TRIGGER task_reminders_deleted AFTER DELETE ON todo.task FOR EACH ROW WHEN (old.due_day IS NOT NULL) EXECUTE FUNCTION todo.keep_reminders();

CREATE TRIGGER task_steps AFTER DELETE ON todo.task REFERENCING OLD TABLE AS gone FOR EACH STATEMENT EXECUTE FUNCTION todo.detach_steps();

CREATE TRIGGER user_settings_added AFTER INSERT ON todo.user_settings FOR EACH ROW EXECUTE FUNCTION todo.move_reminders();

CREATE TRIGGER user_settings_moved AFTER UPDATE ON todo.user_settings FOR EACH ROW WHEN (old.time_zone IS DISTINCT FROM new.time_zone OR old.reminder_time <> new.reminder_time) EXECUTE FUNCTION todo.move_reminders();
