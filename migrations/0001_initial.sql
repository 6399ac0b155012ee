-- Better Auth 1.7's own tables (made only where they are missing: a database of a running Better Auth server is left as it is).
create table if not exists "user" (
  "id" text not null primary key,
  "name" text not null,
  "email" text not null unique,
  "emailVerified" boolean not null,
  "image" text,
  "createdAt" timestamptz default current_timestamp not null,
  "updatedAt" timestamptz default current_timestamp not null
);

create table if not exists "session" (
  "id" text not null primary key,
  "expiresAt" timestamptz not null,
  "token" text not null unique,
  "createdAt" timestamptz default current_timestamp not null,
  "updatedAt" timestamptz not null,
  "ipAddress" text,
  "userAgent" text,
  "userId" text not null references "user" ("id") on delete cascade
);

create table if not exists "account" (
  "id" text not null primary key,
  "accountId" text not null,
  "providerId" text not null,
  "userId" text not null references "user" ("id") on delete cascade,
  "accessToken" text,
  "refreshToken" text,
  "idToken" text,
  "accessTokenExpiresAt" timestamptz,
  "refreshTokenExpiresAt" timestamptz,
  "scope" text,
  "password" text,
  "createdAt" timestamptz default current_timestamp not null,
  "updatedAt" timestamptz not null
);

create table if not exists "verification" (
  "id" text not null primary key,
  "identifier" text not null,
  "value" text not null,
  "expiresAt" timestamptz not null,
  "createdAt" timestamptz default current_timestamp not null,
  "updatedAt" timestamptz default current_timestamp not null
);

create table if not exists "jwks" (
  "id" text not null primary key,
  "publicKey" text not null,
  "privateKey" text not null,
  "createdAt" timestamptz not null,
  "expiresAt" timestamptz,
  "alg" text,
  "crv" text
);

create index if not exists "session_userId_idx" on "session" ("userId");
create index if not exists "account_userId_idx" on "account" ("userId");
create index if not exists "verification_identifier_idx" on "verification" ("identifier");

-- The last number given to a task of each user. A number is never given twice, so the counter outlives the tasks.
create table task_counter (
  user_id text not null,
  last_id bigint not null,
  constraint task_counter_pkey primary key (user_id),
  constraint task_counter_user_id_fkey foreign key (user_id) references "user" ("id") on delete cascade
);

-- Tasks by owner and the owner's own running number; the primary key is the order of every list.
create table task (
  user_id text not null,
  id bigint not null,
  title text not null,
  description text,
  completed boolean not null default false,
  created_at timestamptz not null default date_trunc('milliseconds', now()),
  updated_at timestamptz not null default date_trunc('milliseconds', now()),
  constraint task_pkey primary key (user_id, id),
  constraint task_user_id_fkey foreign key (user_id) references "user" ("id") on delete cascade,
  constraint task_id_check check (id > 0),
  constraint task_title_check check (char_length(title) between 1 and 200),
  constraint task_description_check check (char_length(description) between 1 and 1000)
);

-- Keeps a list of the pending (or completed) tasks of one owner from reading all the others.
create index task_completed_idx on task (user_id, completed, id);

-- Conversations with the assistant. `turn` numbers the user's messages; a running turn holds the conversation until
-- `running_until`, and only the turn that is still `conversation.turn` may write (a late writer finds nothing to write to).
create table conversation (
  user_id text not null constraint conversation_user_id_fkey references "user" (id) on delete cascade,
  id bigint generated always as identity,
  title text not null constraint conversation_title_check check (char_length(title) between 1 and 80),
  turn bigint not null default 1 constraint conversation_turn_check check (turn > 0),
  running_until timestamptz,
  created_at timestamptz not null default date_trunc('milliseconds', now()),
  updated_at timestamptz not null default date_trunc('milliseconds', now()),
  constraint conversation_pkey primary key (user_id, id)
);

create index conversation_recent_idx on conversation (user_id, updated_at desc, id desc);

-- One row per step of a turn: 0 the user's text, then a model's answer and the results of the tools it called, in turn.
-- `content` is the model's answer as it came, byte for byte (type json keeps the text; jsonb would not): thought
-- signatures in it must be echoed unchanged. `outcome` is set on the last answer of a turn only.
create table message (
  user_id text not null,
  conversation_id bigint not null,
  turn bigint not null constraint message_turn_check check (turn > 0),
  step integer not null constraint message_step_check check (step >= 0),
  role text not null constraint message_role_check check (role in ('user', 'model', 'tool')),
  text text,
  content json,
  model text,
  model_version text,
  tool_calls json,
  outcome text constraint message_outcome_check check (outcome in ('complete', 'truncated', 'refused', 'partial')),
  created_at timestamptz not null default date_trunc('milliseconds', now()),
  constraint message_pkey primary key (user_id, conversation_id, turn, step),
  constraint message_conversation_fkey foreign key (user_id, conversation_id)
    references conversation (user_id, id) on delete cascade,
  constraint message_user_text_check check ((role = 'user') = (step = 0) and (role <> 'user' or char_length(text) between 1 and 2000)),
  constraint message_tool_calls_check check ((role = 'tool') = (tool_calls is not null))
);
