-- `attempt` numbers those who go on with a turn that was cut off: only the last of them may write. The turns up to
-- `summarized_turn` are told to a model as `summary`.
alter table conversation
  add column attempt bigint not null default 0,
  add column summary text,
  add column summarized_turn bigint not null default 0,
  add constraint conversation_summary_check check (char_length(summary) between 1 and 4000);

-- The `Idempotency-Key` under which a message was sent.
alter table message
  add column idempotency_key text,
  add constraint message_idempotency_key_check check (idempotency_key is null or (step = 0 and char_length(idempotency_key) between 1 and 255));
create unique index message_idempotency_key_idx on message (user_id, idempotency_key) where idempotency_key is not null;

-- Calls that wait for the user's word: exactly this tool and these arguments, described by `summary`. `id` is made of
-- conversation, turn, step and place of the call. `outcome` is the call with what came of it.
create table pending_action (
  user_id text not null,
  id text not null,
  conversation_id bigint not null,
  turn bigint not null,
  step integer not null,
  call_id text not null,
  tool text not null,
  arguments json not null,
  summary text not null,
  state text not null default 'pending'
    constraint pending_action_state_check check (state in ('pending', 'running', 'done', 'failed', 'denied')),
  outcome json,
  created_at timestamptz not null default now(),
  expires_at timestamptz not null,
  decided_at timestamptz,
  constraint pending_action_pkey primary key (user_id, id),
  constraint pending_action_conversation_fkey foreign key (user_id, conversation_id)
    references conversation (user_id, id) on delete cascade
);
create index pending_action_turn_idx on pending_action (user_id, conversation_id, turn);

-- What each user's turns cost on each day (UTC), in tokens and millionths of a dollar, and what all of them cost.
create table token_usage (
  user_id text not null,
  day date not null,
  prompt bigint not null default 0,
  cached bigint not null default 0,
  answer bigint not null default 0,
  thought bigint not null default 0,
  micro_usd bigint not null default 0,
  constraint token_usage_pkey primary key (user_id, day),
  constraint token_usage_user_id_fkey foreign key (user_id) references "user" ("id") on delete cascade
);
create table model_spend (
  day date not null,
  micro_usd bigint not null default 0,
  constraint model_spend_pkey primary key (day)
);

-- The circuit breaker: failures of the model since `counting_since`; nobody asks it before `open_until`. One row.
create table model_health (
  id integer not null default 1 constraint model_health_id_check check (id = 1),
  failures integer not null default 0,
  counting_since timestamptz not null default now(),
  open_until timestamptz,
  constraint model_health_pkey primary key (id)
);
insert into model_health default values;

-- The date and time in a zone, in words; null for a zone that is not known.
create function local_time(zone text) returns text language plpgsql stable as $$
begin
  return to_char(now() at time zone zone, 'FMDay, FMDD FMMonth YYYY, HH24:MI') || ' (' || zone || ')';
exception when invalid_parameter_value then
  return null;
end $$;
