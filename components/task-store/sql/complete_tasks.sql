-- Completes or reopens tasks (function of migration 0022) and returns those that exist. `change` is the number of the change, if there is one.
-- $1 user, $2 ids, $3 completed, $4 who does it (function acting of migration 0017)
select task.*, todo.current_change() as change from (select) as always left join (
  select true as found, (done.current).id, shown.task, done.occurrence_due, done.occurrence_at
  from todo.complete_each(todo.acting($1::text, $4::text), $2::bigint[], $3::boolean) as done, todo.user_clock($1::text) as clock,
    todo.task_as_text(done.current, clock.zone, clock.today) as shown
) as task on true
order by task.id
