-- Adds a pending task (function of migration 0014). `known` is false for a user who does not exist; `replayed` says that the key was
-- used before, `deleted` that its task is gone, `reused` that the key was used with another task. Without an id the user has the most tasks already. Of two statements with
-- the same key at once, one fails on the constraint idempotency_key_pkey and adds nothing.
-- `change` is the number of the change.
-- $1 user, $2 title, $3 description or null, $4 priority, $5 the most tasks of a user, $6 idempotency key or null, $7 who does it
-- (function acting of migration 0017)
select known, replayed, reused, added.id, added.created_at, todo.current_change() as change,
  coalesce(replayed, false) and not exists (select from todo.task where user_id = $1::text and task.id = added.id) as deleted
from todo.add_task_with(todo.acting($1::text, $7::text), $2::text, $3::text, $4::smallint, $5::bigint, $6::text) as added
