-- How many tasks each user has, so that a limit needs no count, and how many times they deleted something.
alter table task_counter
  add column live bigint not null default 0,
  add column deletion bigint not null default 0;
update task_counter set live = (select count(*) from task where task.user_id = task_counter.user_id);

-- Deleted tasks, for 24 hours. They leave `task`, so that nothing that reads tasks can forget to skip them. Those of one
-- `deletion` are brought back together.
create table deleted_task (
  user_id text not null,
  id bigint not null,
  title text not null,
  description text,
  completed boolean not null,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  deletion bigint not null,
  deleted_at timestamptz not null default now(),
  constraint deleted_task_pkey primary key (user_id, id),
  constraint deleted_task_user_id_fkey foreign key (user_id) references "user" ("id") on delete cascade
);
create index deleted_task_deletion_idx on deleted_task (user_id, deletion);
create index deleted_task_deleted_at_idx on deleted_task (deleted_at);

-- The keys under which tasks were added, for 24 hours. The answer is made of the same request and these two members.
create table idempotency_key (
  user_id text not null,
  key text not null,
  fingerprint text not null,
  task_id bigint not null,
  created_at timestamptz not null,
  constraint idempotency_key_pkey primary key (user_id, key),
  constraint idempotency_key_user_id_fkey foreign key (user_id) references "user" ("id") on delete cascade,
  constraint idempotency_key_key_check check (char_length(key) between 1 and 255)
);
create index idempotency_key_created_at_idx on idempotency_key (created_at);

-- What was used of each limit by name ("tasks", "chat") and subject (a user's id). Unlogged: a crash forgets it, which
-- is cheaper than remembering.
create unlogged table rate_limit (
  name text not null,
  subject text not null,
  used bigint not null,
  resets_at timestamptz not null,
  constraint rate_limit_pkey primary key (name, subject)
) with (fillfactor = 50);
create index rate_limit_resets_at_idx on rate_limit (resets_at);
