-- What was copied from the tables of the service that people used before: which tables, and which of their rows as what.
create table predecessor_table (
  name text not null,
  kind text not null constraint predecessor_table_kind_check check (kind in ('task', 'conversation', 'message')),
  copied bigint not null default 0,
  copied_at timestamptz not null default now(),
  constraint predecessor_table_pkey primary key (name)
);

-- `copied_id` is the number of the task, the id of the conversation, or the number of the message's turn.
create table predecessor_row (
  name text not null,
  id text not null,
  user_id text not null,
  copied_id bigint not null,
  constraint predecessor_row_pkey primary key (name, id),
  constraint predecessor_row_user_id_fkey foreign key (user_id) references "user" ("id") on delete cascade
);
create index predecessor_row_user_id_idx on predecessor_row (user_id);
