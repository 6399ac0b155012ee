-- Changes one task (function of migration 0022). Its version moves on only when something changes. Without an id nothing was changed;
-- `present` then says whether the task has another version than the expected ones. `change` is the number of the change, if there is one.
-- $1 user, $2 id, $3 members (see `task_with`), $4 expected versions, or null for any, $5 who does it (function acting of migration 0017)
select exists (select from todo.task where user_id = $1::text and id = $2::bigint) as present, todo.current_change() as change, changed.*
from (select) as always left join (
  select shown.*, done.occurrence_due, done.occurrence_at
  from todo.change_task_members(todo.acting($1::text, $5::text), $2::bigint, $3::jsonb, $4::text[]) as done,
    todo.written_task($1::text, done.current) as shown
) as changed on true
