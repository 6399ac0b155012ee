-- Changes or deletes several tasks as one change, and returns each of the ids in their order with its `state` (function of migration 0031). `change`
-- is the number of the change, if there is one.
-- $1 user, $2 ids, $3 when each is due, or null for any, $4 members, $5 who does it (function acting of migration 0017)
select done.id as asked, done.state, todo.current_change() as change, shown.task, done.occurrence_due, done.occurrence_at
from todo.change_tasks(todo.acting($1::text, $5::text), $2::bigint[], $3::text[], $4::jsonb) as done,
  todo.written_as_text($1::text, done.current) as shown
