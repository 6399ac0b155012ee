-- Deletes tasks with their steps as one change (function of migration 0023), and returns those of the ids that existed: with its columns if
-- the task was deleted, with nulls if it has another version than the expected ones. `change` is the number of the change, if there is one.
-- $1 user, $2 ids, $3 expected versions, or null for any, $4 who does it (function acting of migration 0017)
select task.*, todo.current_change() as change from (select) as always left join (
  select true as found, (gone).id, shown.task
  from todo.delete_each(todo.acting($1::text, $4::text), $2::bigint[], $3::text[]) as gone, todo.user_clock($1::text) as clock,
    todo.task_as_text(gone, clock.zone, clock.today) as shown
) as task on true
order by task.id
