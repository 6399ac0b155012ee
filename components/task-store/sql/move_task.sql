-- Moves a task before or behind another one (function of migration 0023). Without a task nothing was moved: `present` says whether the task is
-- there, and then its neighbour is not, and `siblings` are the tasks of its list and parent in their order.
-- $1 user, $2 id, $3 id of the neighbour, $4 whether it comes behind the neighbour, $5 who does it (function acting of migration 0017)
select itself.id is not null as present,
  case when moved.task is null then todo.task_siblings($1::text, $2::bigint) end as siblings,
  todo.current_change() as change, moved.task
from (select) as always
left join todo.task as itself on itself.user_id = $1::text and itself.id = $2::bigint
left join (
  select shown.task
  from todo.move_task(todo.acting($1::text, $5::text), $2::bigint, $3::bigint, $4::boolean) as task, todo.user_clock($1::text) as clock,
    todo.task_as_text(task, clock.zone, clock.today) as shown
) as moved on true
