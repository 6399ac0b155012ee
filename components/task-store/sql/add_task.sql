-- Adds a pending task (function of migration 0042). `known` is false for a user who does not exist; `replayed` says that the key was
-- used before, `deleted` that its task is gone, `reused` that the key was used with another task. Without a task the user has the most tasks already. Of two statements with
-- the same key at once, one fails on the constraint idempotency_key_pkey and adds nothing. `change` is the number of the change.
-- $1 user, $2 members (see `task_with`), $3 the most tasks of a user, $4 idempotency key or null, $5 who does it (function acting of
-- migration 0017)
select * from todo.write_new_task($1::text, $2::jsonb, $3::bigint, $4::text, $5::text)
