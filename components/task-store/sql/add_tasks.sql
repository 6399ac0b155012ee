-- Adds all of these tasks under the user's next ids, or none, and returns them in their order as they are now: without a task where one was deleted since
-- (function of migration 0026). `known` is false for a user who does not exist; `replayed` says that the key was used before, `reused` that it was used
-- with other tasks; `fits` is false if the user would have more than the most tasks. Of two statements with the same key at once, one fails on the constraint
-- idempotency_key_pkey and adds nothing. `change` is the number of the change, if there is one.
-- $1 user, $2 drafts, $3 the most tasks of a user, $4 idempotency key or null, $5 who does it (function acting of migration 0017)
select known, replayed, reused, fits, todo.current_change() as change, shown.task
from todo.add_tasks(todo.acting($1::text, $5::text), $2::jsonb, $3::bigint, $4::text) as result,
  todo.written_as_text($1::text, result.added) as shown
order by result.number
