-- One task; one row in which `found` is null if the user has no such task.
-- $1 user, $2 id
select task.* from (select) as always left join (
  select true as found, shown.*
  from todo.task, todo.user_clock($1::text) as clock, todo.shown_task(task, clock.zone, clock.today) as shown
  where user_id = $1::text and task.id = $2::bigint
) as task on true
