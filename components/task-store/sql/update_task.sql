-- Changes one task (function of migration 0014). Its version moves on only when something changes. Without an id nothing was changed;
-- `present` then says whether the task has another version than the expected ones. `change` is the number of the change, if there is one.
-- $1 user, $2 id, $3 title or null, $4 description or null, $5 whether to clear the description, $6 completed or null,
-- $7 priority or null, $8 expected versions, or null for any, $9 who does it (function acting of migration 0017)
select exists (select from todo.task where user_id = $1::text and id = $2::bigint) as present, todo.current_change() as change, changed.*
from (select) as always left join (
  select id, title, description, completed,
    created_at at time zone 'utc' as created_at, updated_at at time zone 'utc' as updated_at,
    completed_at at time zone 'utc' as completed_at, priority
  from todo.change_task(todo.acting($1::text, $9::text), $2::bigint, $3::text, $4::text, $5::boolean, $6::boolean, $7::smallint, $8::text[])
) as changed on true
