-- Undoes a change, or brings back one deleted task (function of migration 0026, which explains the columns with 0017). Returns the tasks that it
-- brought back or changed; one row without a task if there is none.
-- $1 user, $2 number of the change, or null for the actor's last one, $3 task to bring back, or null, $4 the most tasks of a user, $5 for
-- how many days changes are kept, $6 who does it (function acting of migration 0017)
select state, undone, kind, result.title as undone_title, made, amount, coalesce(to_jsonb(gone), '[]')::text as gone,
  coalesce(kept, '[]')::text as kept, coalesce(lists, '[]')::text as lists, shown.task
from todo.undo_tasks(todo.acting($1::text, $6::text), $2::bigint, $3::bigint, $4::bigint, $5::bigint) as result,
  todo.user_clock($1::text) as clock, todo.task_as_text(result.present, clock.zone, clock.today) as shown
